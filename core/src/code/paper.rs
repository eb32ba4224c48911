//! The paper code: what an authority prints for somebody without a phone, good for days. docs/PROTOCOL.md, "Paper".
//!
//! An untagged COSE_Sign1 by the authority, under a name of its own (`JKM1 paper`), behind the same `JKM1:`. No device key and
//! so no presentation: whoever has a copy has the sheet. Therefore it says neither colour nor reason: a sheet is made for
//! somebody green and revoked with the first other colour, so that a status list that counts says what the colour is, at the
//! door, and nothing else does.
//! Invariant: a paper code has exactly one byte form, which no reader of presentations takes, and no signature of the one counts
//! for the other.

use ed25519_dalek::SigningKey;

use super::claims::{is_allowed_in_name, subject_kind_bits, subject_kind_of_bits};
use super::credential::{KeyNamed, issuer_of};
use super::presentation::{MAX_CODE_BYTES, TEXT_PREFIX, code_bytes};
use super::{CodeError, MAX_CREDENTIAL_BYTES, MAX_NAME_BYTES, Refusal, SubjectKind};
use crate::encoding::{
    base45,
    cbor::{self, NotCanonical, Reader},
    cose::{self, Sign1},
    instant,
};
use crate::trust::{Issuer, IssuerDirectory, Scheme, TrustBundle, key_id};

/// Domain separation of the authority's signature.
const PAPER_AAD: &[u8] = b"JKM1 paper";
/// Longest text of a paper code, characters: QR version 9, level M, holds 262.
pub const MAX_PAPER_CHARS: usize = 192;
/// Life of a paper code in days.
pub const PAPER_DAYS: std::ops::RangeInclusive<u8> = 1..=180;

const EXP: u64 = 4;
const SCOPE: u64 = 9;
const DAY_SECS: i64 = 86_400;
const FIXED_BYTES: usize = 10;
/// Bits 2 and 3 of the first byte: assurance paper, as in a credential.
const PAPER_BITS: u8 = 2 << 2;
const SUBJECT_BITS: u8 = 3 << 4;
const INTERNATIONAL_BIT: u8 = 1 << 6;

/// What a paper code says.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperClaims {
    /// First instant at which it no longer counts, Unix seconds. No grace order reaches it.
    pub expires_at: i64,
    /// How long it counts, in days: 1 to 180.
    pub lifetime_days: u8,
    /// Place in the issuer's status lists for the day of `expires_at`.
    pub status_index: u32,
    /// Whose it is.
    pub subject_kind: SubjectKind,
    /// Domestic or international.
    pub scheme: Scheme,
    /// Last four characters of the document, `0-9A-Z`, `*` where there are fewer.
    pub document_tail: String,
    /// Masked name, 1 to 24 bytes of UTF-8.
    pub masked_name: String,
}

crate::hidden_debug!(PaperClaims);

impl PaperClaims {
    /// First instant at which it counts, Unix seconds.
    #[must_use]
    pub const fn issued_at(&self) -> i64 {
        issued_at(self.expires_at, self.lifetime_days)
    }
}

const fn issued_at(expires_at: i64, lifetime_days: u8) -> i64 {
    expires_at - DAY_SECS * lifetime_days as i64
}

/// A paper code taken apart, borrowed.
pub(super) struct PaperParts<'b> {
    sign1: Sign1<'b>,
    algorithm: i128,
    key_id_prefix: &'b [u8; 4],
    expires_at: u64,
    scope: &'b [u8],
}

/// What it says, borrowed, every value in its range and the algorithm allowed.
pub(super) struct PaperView<'b> {
    pub(super) issued_at: i64,
    pub(super) expires_at: i64,
    pub(super) status_index: u32,
    pub(super) subject_kind: SubjectKind,
    pub(super) scheme: Scheme,
    pub(super) document_tail: &'b str,
    pub(super) masked_name: &'b str,
}

impl<'b> PaperParts<'b> {
    pub(super) fn read_bytes(bytes: &'b [u8]) -> Result<Self, NotCanonical> {
        let sign1 = Sign1::read_all(bytes)?;

        let mut header = Reader::new(sign1.protected);
        header.map_of(2)?;
        header.key(cose::ALG)?;
        let algorithm = header.int()?;
        header.key(cose::KID)?;
        let key_id_prefix = header.byte_array()?;
        header.end()?;

        let mut claims = Reader::new(sign1.payload);
        claims.map_of(2)?;
        claims.key(EXP)?;
        let expires_at = claims.uint()?;
        claims.key(SCOPE)?;
        let scope = claims.bytes()?;
        claims.end()?;

        Ok(Self {
            sign1,
            algorithm,
            key_id_prefix,
            expires_at,
            scope,
        })
    }

    /// What it says; refused if a value is outside of its range or the algorithm is another one.
    pub(super) fn view(&self) -> Result<PaperView<'b>, Refusal> {
        let view = self.claims().ok_or(Refusal::ClaimsInvalid)?;
        if self.algorithm == i128::from(cose::ED25519) {
            Ok(view)
        } else {
            Err(Refusal::AlgorithmNotAllowed)
        }
    }

    fn claims(&self) -> Option<PaperView<'b>> {
        let expires_at = instant(self.expires_at)?;
        let (fixed, name) = self.scope.split_first_chunk::<FIXED_BYTES>()?;
        let &[flags, days, index_0, index_1, index_2, index_3, ..] = fixed;
        let named = PAPER_BITS | SUBJECT_BITS | INTERNATIONAL_BIT;
        (flags & !named == 0 && flags & (3 << 2) == PAPER_BITS && PAPER_DAYS.contains(&days))
            .then_some(())?;
        let view = PaperView {
            issued_at: issued_at(expires_at, days),
            expires_at,
            status_index: u32::from_be_bytes([index_0, index_1, index_2, index_3]),
            subject_kind: subject_kind_of_bits(flags >> 4 & 3),
            scheme: if flags & INTERNATIONAL_BIT == 0 {
                Scheme::Domestic
            } else {
                Scheme::International
            },
            document_tail: std::str::from_utf8(&fixed[6..]).ok()?,
            masked_name: std::str::from_utf8(name).ok()?,
        };
        are_shown(view.document_tail, view.masked_name).then_some(view)
    }

    /// The key that signed it, valid for it at `at`.
    pub(super) fn signed_by<'i>(
        &self,
        view: &PaperView<'_>,
        issuers: &'i IssuerDirectory,
        trust: &TrustBundle,
        at: i64,
    ) -> Result<&'i Issuer, Refusal> {
        let mut scratch = Vec::with_capacity(MAX_CODE_BYTES);
        let named = KeyNamed {
            sign1: &self.sign1,
            external_aad: PAPER_AAD,
            key_id_prefix: self.key_id_prefix,
            issued_at: view.issued_at,
        };
        issuer_of(named, issuers, trust, at, &mut scratch)
    }

    /// The first half of the signature: another sheet has another.
    pub(super) fn signature_r(&self) -> [u8; 32] {
        std::array::from_fn(|place| self.sign1.signature[place])
    }
}

impl PaperView<'_> {
    /// Whether it counts at `at`. Its life is of days, so no grace order stretches it.
    pub(super) fn check_time(&self, trust: &TrustBundle, at: i64) -> Result<(), Refusal> {
        if trust.is_ahead(self.issued_at, at) {
            return Err(Refusal::CredentialNotYetValid);
        }
        if at >= self.expires_at {
            return Err(Refusal::PaperExpired);
        }
        Ok(())
    }

    fn to_claims(&self) -> PaperClaims {
        let days = (self.expires_at - self.issued_at) / DAY_SECS;
        PaperClaims {
            expires_at: self.expires_at,
            lifetime_days: u8::try_from(days).unwrap_or(u8::MAX),
            status_index: self.status_index,
            subject_kind: self.subject_kind,
            scheme: self.scheme,
            document_tail: self.document_tail.to_owned(),
            masked_name: self.masked_name.to_owned(),
        }
    }
}

fn are_shown(document_tail: &str, masked_name: &str) -> bool {
    let is_tail = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'*');
    document_tail.len() == 4
        && document_tail.bytes().all(is_tail)
        && (1..=MAX_NAME_BYTES).contains(&masked_name.len())
        && masked_name.chars().all(is_allowed_in_name)
}

/// Makes the text of a paper code, signed by the authority's key.
///
/// # Errors
/// [`CodeError::ClaimsOutOfRange`] if a claim does not fit.
pub fn issue_paper(claims: &PaperClaims, issuer_key: &SigningKey) -> Result<String, CodeError> {
    let out_of_range = CodeError::ClaimsOutOfRange;
    let subject_bits = subject_kind_bits(claims.subject_kind).ok_or(out_of_range)?;
    let expires_at = u64::try_from(claims.expires_at).map_err(|_| out_of_range)?;
    instant(expires_at).ok_or(out_of_range)?;
    let fits = are_shown(&claims.document_tail, &claims.masked_name)
        && PAPER_DAYS.contains(&claims.lifetime_days);
    if !fits {
        return Err(out_of_range);
    }
    let scheme_bit = match claims.scheme {
        Scheme::Domestic => 0,
        Scheme::International => INTERNATIONAL_BIT,
    };
    let mut scope = vec![
        PAPER_BITS | subject_bits << 4 | scheme_bit,
        claims.lifetime_days,
    ];
    scope.extend_from_slice(&claims.status_index.to_be_bytes());
    scope.extend_from_slice(claims.document_tail.as_bytes());
    scope.extend_from_slice(claims.masked_name.as_bytes());

    let [a, b, c, d, ..] = key_id(&issuer_key.verifying_key().to_bytes());
    let mut header = Vec::with_capacity(16);
    cbor::write_map(&mut header, 2);
    cbor::write_uint(&mut header, cose::ALG);
    cbor::write_int(&mut header, cose::ED25519);
    cbor::write_uint(&mut header, cose::KID);
    cbor::write_bytes(&mut header, &[a, b, c, d]);

    let mut payload = Vec::with_capacity(48);
    cbor::write_map(&mut payload, 2);
    cbor::write_uint(&mut payload, EXP);
    cbor::write_uint(&mut payload, expires_at);
    cbor::write_uint(&mut payload, SCOPE);
    cbor::write_bytes(&mut payload, &scope);

    let bytes = cose::sign1_ed25519(&header, PAPER_AAD, &payload, issuer_key);
    debug_assert!(bytes.len() <= MAX_CREDENTIAL_BYTES);
    let mut text = String::with_capacity(MAX_PAPER_CHARS);
    text.push_str(TEXT_PREFIX);
    base45::encode_into(&bytes, &mut text);
    Ok(text)
}

/// Reads a paper code and checks that an authority of `trust` issued it and that it counts at `at` (Unix seconds): what a phone
/// does when it receives one. Revocation is the checkpoint's to look at.
///
/// # Errors
/// The [`Refusal`]s up to and with [`Refusal::CredentialSignature`], [`Refusal::CredentialNotYetValid`] and
/// [`Refusal::PaperExpired`].
pub fn verify_paper(text: &str, trust: &TrustBundle, at: i64) -> Result<PaperClaims, Refusal> {
    let mut buffer = [0; MAX_CODE_BYTES];
    let parts = PaperParts::read_bytes(code_bytes(text, &mut buffer)?)?;
    let view = parts.view()?;
    let issuers = IssuerDirectory::with_prefix(trust, parts.key_id_prefix);
    parts.signed_by(&view, &issuers, trust, at)?;
    view.check_time(trust, at)?;
    Ok(view.to_claims())
}

/// Reads a paper code without checking its signature: for one that was verified when it came, and for whoever prints it.
///
/// # Errors
/// The [`Refusal`]s up to and with [`Refusal::AlgorithmNotAllowed`].
pub fn read_paper(text: &str) -> Result<PaperClaims, Refusal> {
    let mut buffer = [0; MAX_CODE_BYTES];
    let parts = PaperParts::read_bytes(code_bytes(text, &mut buffer)?)?;
    Ok(parts.view()?.to_claims())
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
