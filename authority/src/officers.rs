//! Officers: who is enrolled, and when a colour change counts.
//!
//! Invariant: a change counts only with the signatures of two different enrolled officers over its exact bytes,
//! with a reason of the closed list, and only on top of the change before it. Decides no colour itself.

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use health_code_core::colour::{Colour, Reason};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::errors::AuthorityError;
use crate::{files, keys};

/// Put before the change when it is signed, so that the signature can be taken for nothing else.
const SIGNED_PREFIX: &[u8] = b"health-code colour change v1\n";
/// Put before a link of the chain when it is hashed.
const CHAIN_PREFIX: &[u8] = b"health-code colour change chain v1\n";
/// Longest change, bytes.
const MAX_CHANGE_BYTES: usize = 1_024;
/// A change must reach the server within this time, seconds.
pub(crate) const MAX_CHANGE_AGE_SECS: i64 = 3 * 86_400;

/// What two officers sign: the UTF-8 bytes of this JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ColourOrder {
    /// UUIDv7; the same id twice is the same change.
    pub id: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Colour ordered; green lifts an earlier order.
    pub colour: Colour,
    /// Why.
    pub reason: Reason,
    /// When it was drafted, Unix seconds.
    pub at: i64,
    /// Hex hash of the citizen's chain head; empty for the citizen's first change.
    pub previous: String,
}

/// One officer's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfficerSignature {
    /// Officer's id.
    pub officer: String,
    /// Base64url, 64 bytes: Ed25519 over `health-code colour change v1` and a line feed, then the change's bytes.
    pub signature: String,
}

/// Body of `POST /v1/admin/colour-changes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedColourChange {
    /// Base64url of the bytes of a [`ColourOrder`].
    pub change: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same change again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColourChangeAnswer {
    /// Id of the change.
    pub id: String,
    /// Hex head of the citizen's chain after this change; the next one must name it.
    pub head: String,
    /// Colour that the rules give now.
    pub colour: Option<Colour>,
    /// Why.
    pub reason: Option<Reason>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Signs a change's bytes as `officer`.
#[must_use]
pub fn sign_change(change: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    let signature = key.sign(&[SIGNED_PREFIX, change].concat());
    OfficerSignature {
        officer: officer.to_owned(),
        signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
    }
}

/// The body to post for a change and its signatures.
#[must_use]
pub fn submission(change: &[u8], signatures: Vec<OfficerSignature>) -> SignedColourChange {
    SignedColourChange {
        change: BASE64URL_NOPAD.encode(change),
        signatures,
    }
}

/// Why a submitted change does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeRefusal {
    /// Cannot be read; the member at fault.
    Malformed(&'static str),
    /// Not two different enrolled officers' valid signatures.
    Officers,
    /// A member with a value that is refused, and its code.
    Invalid(&'static str, &'static str),
}

/// A change whose signatures hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VerifiedChange {
    pub(crate) id: [u8; 16],
    pub(crate) order: ColourOrder,
    pub(crate) bytes: Vec<u8>,
    pub(crate) signatures: [(String, [u8; 64]); 2],
    /// Head of the chain once this change is appended.
    pub(crate) head: [u8; 32],
}

/// The enrolled officers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Officers(BTreeMap<String, VerifyingKey>);

/// Form of `officers.toml`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficersFile {
    #[serde(default, rename = "officer")]
    officers: Vec<EnrolledOfficer>,
}

/// One enrolled officer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnrolledOfficer {
    id: String,
    public_key: String,
}

impl Officers {
    /// Reads `officers.toml`: `[[officer]]` tables with `id` and `public_key` (hex). A missing file enrols nobody.
    ///
    /// # Errors
    /// [`AuthorityError::ConfigUnreadable`], [`AuthorityError::ConfigInvalid`] (an id or a key twice),
    /// [`AuthorityError::KeyInvalid`].
    pub(crate) fn read(path: &Path) -> Result<Self, AuthorityError> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let at = path.display().to_string();
        let bytes = files::read_capped(path, 256 * 1024)?;
        let file: OfficersFile = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| toml::from_str(text).ok())
            .ok_or_else(|| AuthorityError::ConfigUnreadable { at: at.clone() })?;
        let mut officers = BTreeMap::new();
        for officer in file.officers {
            let bytes = keys::parse_public_hex(&officer.public_key, &at)?;
            let key = VerifyingKey::from_bytes(&bytes)
                .map_err(|_| AuthorityError::KeyInvalid { at: at.clone() })?;
            // One key under two ids would let one person sign twice.
            let twice = officers.values().any(|enrolled| *enrolled == key);
            if twice || !is_officer_id(&officer.id) || officers.insert(officer.id, key).is_some() {
                return Err(AuthorityError::ConfigInvalid { at });
            }
        }
        Ok(Self(officers))
    }

    /// `officers.toml` for these officers.
    pub(crate) fn file(officers: &[(&str, &SigningKey)]) -> String {
        let file = OfficersFile {
            officers: officers
                .iter()
                .map(|(id, key)| EnrolledOfficer {
                    id: (*id).to_owned(),
                    public_key: keys::public_hex(key),
                })
                .collect(),
        };
        toml::to_string(&file).unwrap_or_default()
    }

    /// How many are enrolled.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify(
        &self,
        submitted: &SignedColourChange,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedChange, ChangeRefusal> {
        let bytes = BASE64URL_NOPAD
            .decode(submitted.change.as_bytes())
            .ok()
            .filter(|bytes| bytes.len() <= MAX_CHANGE_BYTES)
            .ok_or(ChangeRefusal::Malformed("change"))?;
        let [first, second] = submitted.signatures.as_slice() else {
            return Err(ChangeRefusal::Officers);
        };
        if first.officer == second.officer {
            return Err(ChangeRefusal::Officers);
        }
        let mut signatures = [
            self.signature(first, &bytes)?,
            self.signature(second, &bytes)?,
        ];
        signatures.sort();
        let order = read_order(&bytes, now, skew_secs)?;
        let id = change_id(&order.id).ok_or(ChangeRefusal::Invalid("id", "not_uuid_v7"))?;
        let head = chain_head(&bytes, &signatures);
        Ok(VerifiedChange {
            id,
            order,
            bytes,
            signatures,
            head,
        })
    }

    fn signature(
        &self,
        submitted: &OfficerSignature,
        change: &[u8],
    ) -> Result<(String, [u8; 64]), ChangeRefusal> {
        let key = self
            .0
            .get(&submitted.officer)
            .ok_or(ChangeRefusal::Officers)?;
        let signature: [u8; 64] = BASE64URL_NOPAD
            .decode(submitted.signature.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(ChangeRefusal::Officers)?;
        key.verify_strict(
            &[SIGNED_PREFIX, change].concat(),
            &Signature::from_bytes(&signature),
        )
        .map_err(|_| ChangeRefusal::Officers)?;
        Ok((submitted.officer.clone(), signature))
    }
}

fn read_order(bytes: &[u8], now: i64, skew_secs: i64) -> Result<ColourOrder, ChangeRefusal> {
    // Read loosely first, so that an unknown reason is named instead of "cannot be read".
    let value: serde_json::Value =
        serde_json::from_slice(bytes).map_err(|_| ChangeRefusal::Malformed("change"))?;
    let text = |name| value.get(name).and_then(serde_json::Value::as_str);
    if text("reason").and_then(Reason::from_id).is_none() {
        return Err(ChangeRefusal::Invalid("reason", "unknown_reason"));
    }
    let order: ColourOrder =
        serde_json::from_value(value).map_err(|_| ChangeRefusal::Malformed("change"))?;
    if !fits(order.colour, order.reason) {
        return Err(ChangeRefusal::Invalid("reason", "reason_not_for_colour"));
    }
    if order.at > now + skew_secs {
        return Err(ChangeRefusal::Invalid("at", "in_future"));
    }
    if order.at < now - MAX_CHANGE_AGE_SECS {
        return Err(ChangeRefusal::Invalid("at", "too_old"));
    }
    Ok(order)
}

/// Green needs a reason that lifts, the others one that restricts; nobody orders `not_declared`.
fn fits(colour: Colour, reason: Reason) -> bool {
    let lifts = matches!(
        reason,
        Reason::Clear | Reason::MeasureLifted | Reason::ErrorCorrected
    );
    reason != Reason::NotDeclared && lifts == (colour == Colour::Green)
}

/// The bytes of a UUIDv7 in its one accepted form (lower case, hyphens).
pub(crate) fn change_id(text: &str) -> Option<[u8; 16]> {
    let id = uuid::Uuid::try_parse(text).ok()?;
    let canonical = id.get_version_num() == 7 && id.hyphenated().to_string() == text;
    canonical.then(|| id.into_bytes())
}

/// Hex of the head as a change names it in `previous`; empty before the first change.
pub(crate) fn head_hex(head: Option<&[u8; 32]>) -> String {
    head.map(|head| HEXLOWER.encode(head)).unwrap_or_default()
}

/// SHA-256 over the prefix, the change (which names the head before it) and both signatures in the order of
/// the officers' ids, each as id, line feed, 64 bytes.
fn chain_head(change: &[u8], signatures: &[(String, [u8; 64]); 2]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(CHAIN_PREFIX);
    hash.update(change);
    for (officer, signature) in signatures {
        hash.update(officer.as_bytes());
        hash.update(b"\n");
        hash.update(signature);
    }
    hash.finalize().into()
}

fn is_officer_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests;
