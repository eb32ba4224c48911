//! A laboratory's report: a JWT (RFC 7519) as a compact JWS (RFC 7515), signed with Ed25519 (RFC 8037) or ES256.
//!
//! Invariant: nothing of a report is looked at further before a key of a laboratory that may report now signed it, for this authority.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_core::capability::results::{
    Laboratories, Laboratory, MAX_REPORTS, ReportError, Reports,
};
use jsonwebtoken::{Validation, decode, decode_header};
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

use crate::capability::identity_proof::TokenKeys;

/// The report in `body` and who sent it. `now` in Unix seconds.
pub(super) fn verify<'a>(
    laboratories: &'a Laboratories,
    laboratory: &str,
    division: u32,
    body: &[u8],
    (now, skew_secs): (i64, i64),
) -> Result<(&'a Laboratory, Reports), ReportError> {
    let laboratory = laboratories.laboratory(laboratory);
    let laboratory = laboratory.ok_or(ReportError::LaboratoryUnknown)?;
    let token = std::str::from_utf8(body).map_err(|_| ReportError::Malformed)?;
    let token = token.trim_ascii();
    let claims = unverified(token)?;
    let keys =
        TokenKeys::read(laboratory.jwks.clone()).map_err(|_| ReportError::LaboratoriesInvalid)?;
    let header = decode_header(token).map_err(|_| ReportError::Malformed)?;
    let wrong = ReportError::SignatureWrong;
    let key = keys.find(header.kid.as_deref()).ok_or(wrong)?;
    let mut validation = Validation::new(key.algorithm);
    // By the server's own time, and one by one, below.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_required_spec_claims::<&str>(&[]);
    decode::<IgnoredAny>(token, &key.key, &validation).map_err(|_| wrong)?;
    // Only who has the key learns how the registration stands.
    if !laboratory.may_report_at(now) {
        return Err(ReportError::LaboratoryNotValid);
    }
    if claims.iss != laboratory.id || claims.aud != division.to_string() {
        return Err(ReportError::OtherAuthority);
    }
    if claims.iat > now.saturating_add(skew_secs) {
        return Err(ReportError::InFuture);
    }
    if claims.results.is_empty() || claims.results.len() > MAX_REPORTS {
        return Err(ReportError::Count);
    }
    Ok((laboratory, claims))
}

/// The claims, read with one meaning.
fn unverified(token: &str) -> Result<Reports, ReportError> {
    let malformed = ReportError::Malformed;
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed);
    };
    let bytes = |part: &str| {
        BASE64URL_NOPAD
            .decode(part.as_bytes())
            .map_err(|_| malformed)
    };
    let header: Map<String, Value> =
        health_code_core::encoding::json::from_slice(&bytes(header)?).map_err(|_| malformed)?;
    // What must be understood is not (RFC 7515, 4.1.11).
    if header.contains_key("crit") {
        return Err(malformed);
    }
    health_code_core::encoding::json::from_slice(&bytes(claims)?).map_err(|_| malformed)
}

/// Signs a report as a laboratory does: the body of its request.
#[must_use]
pub fn sign_reports(reports: &Reports, key: &SigningKey) -> String {
    let header = json!({"alg": "EdDSA", "typ": "JWT"}).to_string();
    let claims = serde_json::to_vec(reports).unwrap_or_default();
    let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let signed = format!("{}.{}", encode(header.as_bytes()), encode(&claims));
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", encode(&signature))
}
