//! The presentation: a credential wrapped, for a few seconds, in a signature by the phone's own key.
//!
//! An untagged COSE_Sign1 whose protected header carries the credential (`kcwt`, label 13, as in RFC 9528) and whose
//! payload says when, and if bound to a place, where. The text is `JKM1:` and base45, QR's alphanumeric mode.
//! Invariant: one presentation has exactly one text, but for what scanners put around it.

use super::claims::CredentialClaims;
use super::credential::{CredentialParts, CredentialView};
use super::{CodeError, Refusal, read_credential};
use crate::encoding::{
    base45,
    cbor::{self, NotCanonical, Reader},
    cose::{self, Sign1},
    instant,
};
use crate::ports::DeviceSigner;
use crate::trust::DevicePublicKey;

/// What every code starts with.
pub const TEXT_PREFIX: &str = "JKM1:";
/// Longest text that is looked at, characters.
pub const MAX_CODE_CHARS: usize = 512;
/// Longest place id, characters.
pub const MAX_AUDIENCE_CHARS: usize = 16;

/// What scanners send after a text or before it: ends of lines and tabs, their keys of "next".
const SCANNER_KEYS: [char; 3] = ['\r', '\n', '\t'];
/// What scanners send before the text of a QR code: this and a digit (ISO/IEC 15424).
const SYMBOLOGY_IDENTIFIER: &str = "]Q";

/// Domain separation of the device's signature.
pub(super) const PRESENTATION_AAD: &[u8] = b"JKM1 presentation";
/// What 512 characters decode to at most.
pub(super) const MAX_CODE_BYTES: usize = (MAX_CODE_CHARS - TEXT_PREFIX.len()) / 3 * 2;

const KCWT: u64 = 13;
const AUD: u64 = 3;
const IAT: u64 = 6;
const CNONCE: u64 = 39;
/// Bytes of a challenge that a presentation may answer.
const NONCE_BYTES: std::ops::RangeInclusive<usize> = 8..=32;

/// A presentation taken apart, borrowed.
pub(super) struct PresentationParts<'b> {
    pub(super) sign1: Sign1<'b>,
    pub(super) credential: CredentialParts<'b>,
    algorithm: i128,
    audience: Option<&'b str>,
    issued_at: u64,
    nonce: Option<&'b [u8]>,
}

/// What it says, borrowed, every value in its range and every algorithm allowed.
pub(super) struct PresentationView<'b> {
    pub(super) credential: CredentialView<'b>,
    pub(super) issued_at: i64,
    pub(super) audience: Option<&'b str>,
}

/// What was in the picture, out of what a scanner sent. A space stays: base45 has it.
fn without_scanner_marks(text: &str) -> &str {
    let text = text.trim_matches(SCANNER_KEYS);
    let identified = text.strip_prefix(SYMBOLOGY_IDENTIFIER);
    let unmarked = identified.and_then(|rest| rest.strip_prefix(|kind| matches!(kind, '0'..='6')));
    unmarked.unwrap_or(text)
}

/// The bytes behind the prefix, of a presentation or of a paper code.
pub(super) fn code_bytes<'b>(
    text: &str,
    buffer: &'b mut [u8; MAX_CODE_BYTES],
) -> Result<&'b [u8], Refusal> {
    let text = without_scanner_marks(text);
    if text.len() > MAX_CODE_CHARS {
        return Err(Refusal::TooLong);
    }
    let body = text
        .strip_prefix(TEXT_PREFIX)
        .ok_or(Refusal::NotAHealthCode)?;
    base45::decode_into(body.as_bytes(), buffer).ok_or(Refusal::Base45)
}

impl<'b> PresentationParts<'b> {
    /// Takes a text apart; `buffer` holds the decoded bytes.
    pub(super) fn read(text: &str, buffer: &'b mut [u8; MAX_CODE_BYTES]) -> Result<Self, Refusal> {
        Ok(Self::read_bytes(code_bytes(text, buffer)?)?)
    }

    pub(super) fn read_bytes(bytes: &'b [u8]) -> Result<Self, NotCanonical> {
        let sign1 = Sign1::read_all(bytes)?;

        let mut header = Reader::new(sign1.protected);
        header.map_of(2)?;
        header.key(cose::ALG)?;
        let algorithm = header.int()?;
        header.key(KCWT)?;
        let credential = CredentialParts::read(&mut header)?;
        header.end()?;

        let mut claims = Reader::new(sign1.payload);
        let pairs = claims.map()?;
        let mut pairs_read = 1;
        let mut key = claims.uint()?;
        let mut audience = None;
        if key == AUD {
            audience = Some(claims.text()?);
            key = claims.uint()?;
            pairs_read += 1;
        }
        if key != IAT {
            return Err(NotCanonical);
        }
        let issued_at = claims.uint()?;
        let mut nonce = None;
        if pairs_read < pairs {
            claims.key(CNONCE)?;
            nonce = Some(claims.bytes()?);
            pairs_read += 1;
        }
        claims.end()?;
        if pairs_read != pairs {
            return Err(NotCanonical);
        }

        Ok(Self {
            sign1,
            credential,
            algorithm,
            audience,
            issued_at,
            nonce,
        })
    }

    /// What it says; refused if a value is outside of its range or an algorithm is not its key's.
    pub(super) fn view(&self) -> Result<PresentationView<'b>, Refusal> {
        let credential = self.credential.view()?;
        let issued_at = instant(self.issued_at).ok_or(Refusal::ClaimsInvalid)?;
        let audience_is_valid = self.audience.is_none_or(is_audience);
        let nonce_is_valid = self
            .nonce
            .is_none_or(|nonce| NONCE_BYTES.contains(&nonce.len()));
        if !audience_is_valid || !nonce_is_valid {
            return Err(Refusal::ClaimsInvalid);
        }
        self.credential.check_algorithm()?;
        if self.algorithm != i128::from(algorithm_of(&credential.device_key)) {
            return Err(Refusal::AlgorithmNotAllowed);
        }
        Ok(PresentationView {
            credential,
            issued_at,
            audience: self.audience,
        })
    }
}

/// Whether `id` can name a place: 1 to 16 of `A-Z`, `0-9`, `-`.
#[must_use]
pub fn is_audience(id: &str) -> bool {
    (1..=MAX_AUDIENCE_CHARS).contains(&id.len())
        && id
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'-'))
}

const fn algorithm_of(key: &DevicePublicKey) -> i64 {
    match key {
        DevicePublicKey::P256(_) => cose::ESP256,
        DevicePublicKey::Ed25519(_) => cose::ED25519,
    }
}

/// Makes the text of a code: `credential` wrapped in a signature by `signer`, for `issued_at` (Unix seconds),
/// and for one place if `audience` names it.
///
/// # Errors
/// Any [`CodeError`].
pub fn present(
    credential: &[u8],
    issued_at: i64,
    audience: Option<&str>,
    signer: &dyn DeviceSigner,
) -> Result<String, CodeError> {
    let claims = read_credential(credential).map_err(|_| CodeError::CredentialMalformed)?;
    present_verified(credential, &claims.device_key, issued_at, audience, signer)
}

/// [`present`] for a credential that was read before.
pub(super) fn present_verified(
    credential: &[u8],
    device_key: &DevicePublicKey,
    issued_at: i64,
    audience: Option<&str>,
    signer: &dyn DeviceSigner,
) -> Result<String, CodeError> {
    if audience.is_some_and(|id| !is_audience(id)) {
        return Err(CodeError::AudienceInvalid);
    }
    let issued_at = u64::try_from(issued_at).map_err(|_| CodeError::ClaimsOutOfRange)?;
    instant(issued_at).ok_or(CodeError::ClaimsOutOfRange)?;
    if signer.public_key().map_err(|_| CodeError::SignerFailed)? != *device_key {
        return Err(CodeError::SignerMismatch);
    }

    let mut header = Vec::with_capacity(credential.len() + 8);
    cbor::write_map(&mut header, 2);
    cbor::write_uint(&mut header, cose::ALG);
    cbor::write_int(&mut header, algorithm_of(device_key));
    cbor::write_uint(&mut header, KCWT);
    header.extend_from_slice(credential);

    let mut payload = Vec::with_capacity(32);
    cbor::write_map(&mut payload, 1 + u64::from(audience.is_some()));
    if let Some(audience) = audience {
        cbor::write_uint(&mut payload, AUD);
        cbor::write_text(&mut payload, audience);
    }
    cbor::write_uint(&mut payload, IAT);
    cbor::write_uint(&mut payload, issued_at);

    let bytes = cose::sign1(&header, PRESENTATION_AAD, &payload, |message| {
        let signature = signer.sign(message)?;
        device_key.canonical_signature(&signature)
    })
    .map_err(|_: crate::ports::PortError| CodeError::SignerFailed)?;

    let mut text = String::with_capacity(TEXT_PREFIX.len() + bytes.len().div_ceil(2) * 3);
    text.push_str(TEXT_PREFIX);
    base45::encode_into(&bytes, &mut text);
    Ok(text)
}

/// What a code says about itself, its signatures not looked at.
#[derive(Clone, PartialEq, Eq)]
pub struct UncheckedCode {
    /// What its credential says.
    pub credential: CredentialClaims,
    /// When it was made, Unix seconds.
    pub issued_at: i64,
    /// The place it was made for.
    pub audience: Option<String>,
}

/// Takes a code apart without believing it: for a phone's own code, and for diagnosis.
/// A checkpoint asks [`super::Checkpoint::check`].
///
/// # Errors
/// The [`Refusal`]s up to and with [`Refusal::AlgorithmNotAllowed`].
pub fn read_code(text: &str) -> Result<UncheckedCode, Refusal> {
    let mut buffer = [0; MAX_CODE_BYTES];
    let view = PresentationParts::read(text, &mut buffer)?.view()?;
    Ok(UncheckedCode {
        credential: view.credential.to_claims(),
        issued_at: view.issued_at,
        audience: view.audience.map(str::to_owned),
    })
}

crate::hidden_debug!(UncheckedCode);
