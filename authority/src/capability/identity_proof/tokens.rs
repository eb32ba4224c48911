//! Tokens: an id_token of a login (OpenID Connect Core 1.0, 3.1.3.7), an assertion of the app around this one (RFC 7519).
//!
//! Invariant: a token counts for one audience, one device's key, one person and a time, all of which it says under a signature of an
//! issuer of the policy. Pure: the instant is an argument.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::identity_proof::{IdentityProofError, ProofKind};
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::Identity;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::policy::{ProofPolicy, TokenIssuer};

/// What the hash of a document is made over, before its key.
const HASHED_DOCUMENT: &[u8] = b"health-code document v1\n";

/// A token that counts.
pub(super) struct GoodToken {
    pub(super) issuer: String,
    /// The issuer's id of the person.
    pub(super) subject: String,
    /// When it was issued, Unix seconds.
    pub(super) issued_at: i64,
}

/// What a token is compared with.
pub(super) struct Claimed<'a> {
    pub(super) identity: &'a Identity,
    pub(super) key: &'a DevicePublicKey,
    /// Unix seconds.
    pub(super) now: i64,
    /// How far the issuer's clock may be off, seconds.
    pub(super) skew_secs: i64,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    cnf: Option<Confirmation>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
struct Confirmation {
    jkt: String,
}

impl ProofPolicy {
    /// Checks a token of this kind against who and which device it is to be for.
    pub(super) fn check_token(
        &self,
        kind: ProofKind,
        token: &str,
        claimed: &Claimed<'_>,
    ) -> Result<GoodToken, IdentityProofError> {
        let claims = unverified(token)?;
        let mut issuers = self.issuers.iter();
        let issuer = issuers
            .find(|issuer| issuer.kind == kind && issuer.issuer == claims.iss)
            .ok_or(IdentityProofError::IssuerRefused)?;
        issuer.verify(token)?;
        issuer.check(&claims, claimed)?;
        Ok(GoodToken {
            issuer: claims.iss,
            subject: claims.sub,
            issued_at: claims.iat,
        })
    }
}

/// The claims, read with one meaning; nothing of them counts before [`TokenIssuer::verify`].
fn unverified(token: &str) -> Result<Claims, IdentityProofError> {
    let unreadable = IdentityProofError::Unreadable;
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(unreadable);
    };
    let json = |part: &str| {
        BASE64URL_NOPAD
            .decode(part.as_bytes())
            .map_err(|_| unreadable)
    };
    let header: Map<String, Value> =
        health_code_core::encoding::json::from_slice(&json(header)?).map_err(|_| unreadable)?;
    // What must be understood is not (RFC 7515, 4.1.11).
    if header.contains_key("crit") {
        return Err(unreadable);
    }
    let claims: Claims =
        health_code_core::encoding::json::from_slice(&json(claims)?).map_err(|_| unreadable)?;
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(unreadable);
    }
    Ok(claims)
}

impl TokenIssuer {
    /// Whether a key of this issuer signed it, for this audience.
    fn verify(&self, token: &str) -> Result<(), IdentityProofError> {
        let header = decode_header(token).map_err(|_| IdentityProofError::Unreadable)?;
        let key = self
            .keys
            .find(header.kid.as_deref())
            .ok_or(IdentityProofError::IssuerRefused)?;
        let mut validation = Validation::new(key.algorithm);
        // By the server's own time, below.
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        decode::<IgnoredAny>(token, &key.key, &validation).map_err(|error| match error.kind() {
            ErrorKind::InvalidAudience => IdentityProofError::WrongAudience,
            ErrorKind::MissingRequiredClaim(_) => IdentityProofError::Unreadable,
            _ => IdentityProofError::IssuerRefused,
        })?;
        Ok(())
    }

    fn check(&self, claims: &Claims, claimed: &Claimed<'_>) -> Result<(), IdentityProofError> {
        // One of several audiences is to say that it is the one that asked.
        let is_shared = claims.aud.as_array().is_some_and(|all| all.len() > 1);
        let asked = claims.azp.as_deref();
        if (is_shared && asked.is_none()) || asked.is_some_and(|azp| azp != self.audience) {
            return Err(IdentityProofError::WrongAudience);
        }
        let Claimed { now, skew_secs, .. } = *claimed;
        let begins = claims.nbf.unwrap_or(claims.iat).max(claims.iat);
        if begins > now.saturating_add(skew_secs) {
            return Err(IdentityProofError::NotYetValid);
        }
        let ends = claims.exp.min(claims.iat.saturating_add(self.max_age_secs));
        if ends.saturating_add(skew_secs) <= now {
            return Err(IdentityProofError::Expired);
        }
        let bound_to = match self.kind {
            ProofKind::Oidc => claims.nonce.as_deref(),
            _ => claims.cnf.as_ref().map(|cnf| cnf.jkt.as_str()),
        };
        if bound_to.is_none() || bound_to != claimed.key.jwk_thumbprint().as_deref() {
            return Err(IdentityProofError::OtherDevice);
        }
        if self.is_of(&claims.others, claimed.identity) == Some(true) {
            Ok(())
        } else {
            Err(IdentityProofError::OtherPerson)
        }
    }

    /// Whether the claims are of this person; none where they do not say.
    fn is_of(&self, claims: &Map<String, Value>, identity: &Identity) -> Option<bool> {
        let said = |name: &Option<String>| claims.get(name.as_ref()?)?.as_str();
        let names = &self.claims;
        let own = document_of(&identity.document_kind, &identity.document_number)?;
        if names.document_sha256.is_some() {
            let hash = said(&names.document_sha256)?;
            return Some(hash == document_sha256(&own));
        }
        let kind = match &names.fixed_document_kind {
            Some(kind) => kind,
            None => said(&names.document_kind)?,
        };
        let document = document_of(kind, said(&names.document_number)?)?;
        Some(document == own && is_same_name(said(&names.name)?, &identity.name))
    }
}

/// What a document is told apart by.
fn document_of(kind: &str, number: &str) -> Option<String> {
    let kind = DocumentKind::from_id(kind)?;
    let number = check_document_number(kind, number).ok()?;
    Some(document_key(kind, &number))
}

/// The hash of a document as an issuer says it, base64url.
fn document_sha256(key: &str) -> String {
    let hash = Sha256::new()
        .chain_update(HASHED_DOCUMENT)
        .chain_update(key)
        .finalize();
    BASE64URL_NOPAD.encode(&hash)
}

/// Whether two ways of writing it are one name: blanks, dots, case and width do not count.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    let bare = |name: &str| -> String {
        let kept = name.chars().filter(|it| {
            !it.is_whitespace() && !matches!(it, '·' | '•' | '‧' | '・' | '.' | '-' | '\'')
        });
        kept.flat_map(|it| {
            let wide = u32::from(it);
            let narrow = match wide {
                0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(it),
                _ => it,
            };
            narrow.to_lowercase()
        })
        .collect()
    };
    let one = bare(one);
    !one.is_empty() && one == bare(other)
}
