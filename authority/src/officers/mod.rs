//! Officers: who is enrolled, and whether two of them signed.
//!
//! Invariant: what needs officers counts only with the signatures of two different enrolled ones (a sheet of paper: of one) over its exact bytes,
//! each kind of order under a prefix of its own, so that a signature can be taken for nothing else. Carries out nothing.

mod appeal_decision;
mod colour_change;
mod device_move;
mod publication;

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::errors::AuthorityError;
use crate::{files, keys};

pub use appeal_decision::{
    AppealDecisionAnswer, AppealDecisionOrder, SignedAppealDecision, appeal_decision_submission,
    sign_appeal_decision,
};
pub(crate) use appeal_decision::{VerifiedAppealDecision, appeal_decision_is_signed_by};
pub use colour_change::{
    ColourChangeAnswer, ColourOrder, SignedColourChange, sign_change, submission,
};
pub(crate) use colour_change::{VerifiedChange, change_is_signed_by, fits};
pub use device_move::{MoveAnswer, MoveOrder, SignedMove, move_submission, sign_move};
pub(crate) use device_move::{VerifiedMove, is_device_id, move_is_signed_by};
pub use publication::{
    PublicationAnswer, PublicationOrder, SignedPublication, content_sha256, sign_publication,
};
pub(crate) use publication::{VerifiedPublication, publication_is_signed_by};

/// An order must reach the server within this time, seconds.
const MAX_ORDER_AGE_SECS: i64 = 3 * 86_400;

/// One officer's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfficerSignature {
    /// Officer's id.
    pub officer: String,
    /// Base64url, 64 bytes: Ed25519 over the prefix of this kind of order, then the order's bytes.
    pub signature: String,
}

impl OfficerSignature {
    /// Whether `key` made it over `order` under `prefix`.
    fn is_by(&self, prefix: &[u8], order: &[u8], key: &VerifyingKey) -> bool {
        let signature = BASE64URL_NOPAD.decode(self.signature.as_bytes()).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        let signed = [prefix, order].concat();
        signature.is_some_and(|signature| key.verify_strict(&signed, &signature).is_ok())
    }

    pub(crate) fn sign(prefix: &[u8], order: &[u8], officer: &str, key: &SigningKey) -> Self {
        let signature = key.sign(&[prefix, order].concat());
        Self {
            officer: officer.to_owned(),
            signature: BASE64URL_NOPAD.encode(&signature.to_bytes()),
        }
    }
}

/// Why an order does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderRefusal {
    /// Cannot be read; the member at fault.
    Malformed(&'static str),
    /// Not two different enrolled officers' valid signatures: at which place, and its code.
    Officers(&'static str, &'static str),
    /// A member with a value that is refused, and its code.
    Invalid(&'static str, &'static str),
}

/// Both officers' ids and signatures, in the order of the ids.
pub(crate) type BothSignatures = [(String, [u8; 64]); 2];

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

    /// The id under which this key is enrolled.
    pub(crate) fn id_of(&self, key: &VerifyingKey) -> Option<&str> {
        let mut officers = self.0.iter();
        officers
            .find(|(_, enrolled)| *enrolled == key)
            .map(|(id, _)| id.as_str())
    }

    /// How many are enrolled.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether these are two different enrolled officers' signatures over `order` under `prefix`.
    fn require_two(
        &self,
        prefix: &[u8],
        order: &[u8],
        signatures: &[OfficerSignature],
    ) -> Result<BothSignatures, OrderRefusal> {
        let [first, second] = signatures else {
            return Err(OrderRefusal::Officers("signatures", "not_two"));
        };
        if first.officer == second.officer {
            return Err(OrderRefusal::Officers("signatures", "same_officer"));
        }
        let signed = [prefix, order].concat();
        let mut both = [
            self.signature("signatures/0", first, &signed)?,
            self.signature("signatures/1", second, &signed)?,
        ];
        both.sort();
        Ok(both)
    }

    /// The id of the enrolled officer whose signature over `order` under `prefix` this is: for what one officer may do.
    pub(crate) fn require_one(
        &self,
        prefix: &[u8],
        order: &[u8],
        signature: &OfficerSignature,
    ) -> Result<String, OrderRefusal> {
        let signed = [prefix, order].concat();
        let (officer, _) = self.signature("signature", signature, &signed)?;
        Ok(officer)
    }

    /// Whether an enrolled officer made the signature over `signed`; `place` is where a refusal says it is.
    pub(crate) fn signature(
        &self,
        place: &'static str,
        submitted: &OfficerSignature,
        signed: &[u8],
    ) -> Result<(String, [u8; 64]), OrderRefusal> {
        let key = self
            .0
            .get(&submitted.officer)
            .ok_or(OrderRefusal::Officers(place, "officer_not_enrolled"))?;
        let wrong = OrderRefusal::Officers(place, "signature_wrong");
        let signature: [u8; 64] = BASE64URL_NOPAD
            .decode(submitted.signature.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(wrong)?;
        key.verify_strict(signed, &Signature::from_bytes(&signature))
            .map_err(|_| wrong)?;
        Ok((submitted.officer.clone(), signature))
    }
}

/// The bytes of an order as they were sent: base64url, capped.
pub(crate) fn order_bytes(text: &str, cap: usize) -> Option<Vec<u8>> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    (bytes.len() <= cap).then_some(bytes)
}

/// Whether these bytes are how the order is written: what is signed is what was understood, and nothing beside it.
pub(crate) fn require_canonical<T: Serialize>(
    member: &'static str,
    order: &T,
    bytes: &[u8],
) -> Result<(), OrderRefusal> {
    let written = serde_json::to_vec(order).map_err(|_| OrderRefusal::Malformed(member))?;
    if written == bytes {
        Ok(())
    } else {
        Err(OrderRefusal::Invalid(member, "not_canonical"))
    }
}

/// Whether an order of `at` counts at `now`; all in Unix seconds.
pub(crate) fn check_time(at: i64, now: i64, skew_secs: i64) -> Result<(), OrderRefusal> {
    if at > now + skew_secs {
        return Err(OrderRefusal::Invalid("at", "in_future"));
    }
    if at < now - MAX_ORDER_AGE_SECS {
        return Err(OrderRefusal::Invalid("at", "too_old"));
    }
    Ok(())
}

/// The bytes of a UUIDv7 in its one accepted form (lower case, hyphens).
pub(crate) fn uuid_v7(text: &str) -> Option<[u8; 16]> {
    let id = uuid::Uuid::try_parse(text).ok()?;
    let canonical = id.get_version_num() == 7 && id.hyphenated().to_string() == text;
    canonical.then(|| id.into_bytes())
}

/// Whether this can be an officer's id.
pub(crate) fn is_officer_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests;
