//! Officers: who is enrolled, and whether two of them signed.
//!
//! Invariant: what needs officers counts only with the signatures of two different enrolled ones (a sheet of paper: of one) over its exact bytes,
//! each kind of order under a prefix of its own, so that a signature can be taken for nothing else. Carries out nothing.

mod appeal_decision;
mod appeal_request;
mod care_order;
mod colour_change;
mod device_move;
mod order;
mod publication;

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::errors::AuthorityError;
use crate::{files, keys};

pub use appeal_decision::{AppealDecisionAnswer, AppealDecisionOrder};
pub use appeal_request::{AppealRequestAnswer, AppealRequestOrder};
pub use care_order::{CareOrder, CareOrderAnswer};
pub use colour_change::{ColourChangeAnswer, ColourOrder};
pub(crate) use device_move::is_device_id;
pub use device_move::{MoveAnswer, MoveOrder};
pub use health_code_core::capability::officer_chain::OfficerSignature;
pub(crate) use health_code_core::capability::officer_chain::fits;
use health_code_core::capability::officer_chain::{MAX_ORDER_AGE_SECS, OfficerKey, OfficerList};
pub(crate) use order::Verified;
pub use order::{Order, SignedOrder, sign_order};
pub(crate) use publication::content_of;
pub use publication::{PublicationAnswer, PublicationOrder, content_sha256};

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

/// The enrolled officers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Officers {
    /// Each officer's key, and when it counts.
    enrolled: BTreeMap<String, (VerifyingKey, OfficerKey)>,
    /// Version of the list, from 1.
    version: u64,
}

/// Form of `officers.toml`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficersFile {
    /// Raised whenever the file is changed: phones take no lower one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    #[serde(default, rename = "officer")]
    officers: Vec<EnrolledOfficer>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnrolledOfficer {
    id: String,
    public_key: String,
    /// First instant of an order that may be signed with it, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_before: Option<i64>,
    /// Last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_after: Option<i64>,
    /// From when on it counts no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked_at: Option<i64>,
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
        let mut officers: BTreeMap<String, (VerifyingKey, OfficerKey)> = BTreeMap::new();
        for officer in file.officers {
            let bytes = keys::parse_public_hex(&officer.public_key, &at)?;
            let key = VerifyingKey::from_bytes(&bytes)
                .map_err(|_| AuthorityError::KeyInvalid { at: at.clone() })?;
            // One key under two ids would let one person sign twice.
            let twice = officers.values().any(|(enrolled, _)| *enrolled == key);
            let told = OfficerKey {
                id: officer.id.clone(),
                public_key: officer.public_key,
                not_before: officer.not_before,
                not_after: officer.not_after,
                revoked_at: officer.revoked_at,
            };
            if twice
                || !is_officer_id(&officer.id)
                || officers.insert(officer.id, (key, told)).is_some()
            {
                return Err(AuthorityError::ConfigInvalid { at });
            }
        }
        Ok(Self {
            enrolled: officers,
            version: file.version.unwrap_or(1).max(1),
        })
    }

    /// `officers.toml` for these officers.
    pub(crate) fn file(officers: &[(&str, &SigningKey)]) -> String {
        let file = OfficersFile {
            version: None,
            officers: officers
                .iter()
                .map(|(id, key)| EnrolledOfficer {
                    id: (*id).to_owned(),
                    public_key: keys::public_hex(key),
                    not_before: None,
                    not_after: None,
                    revoked_at: None,
                })
                .collect(),
        };
        toml::to_string(&file).unwrap_or_default()
    }

    /// The id under which this key is enrolled.
    pub(crate) fn id_of(&self, key: &VerifyingKey) -> Option<&str> {
        let mut officers = self.enrolled.iter();
        officers
            .find(|(_, (enrolled, _))| enrolled == key)
            .map(|(id, _)| id.as_str())
    }

    /// What is told of them to everybody.
    pub(crate) fn list(&self) -> OfficerList {
        OfficerList {
            id: "officers".to_owned(),
            version: self.version,
            officers: self
                .enrolled
                .values()
                .map(|(_, told)| told.clone())
                .collect(),
        }
    }

    /// How many are enrolled.
    pub(crate) fn count(&self) -> usize {
        self.enrolled.len()
    }

    /// Whether these are two different enrolled officers' signatures over `signed`; in the order of the ids.
    fn require_two(
        &self,
        signatures: &[OfficerSignature],
        signed: &[u8],
    ) -> Result<Vec<(String, [u8; 64])>, OrderRefusal> {
        let [first, second] = signatures else {
            return Err(OrderRefusal::Officers("signatures", "not_two"));
        };
        if first.officer == second.officer {
            return Err(OrderRefusal::Officers("signatures", "same_officer"));
        }
        let mut both = vec![
            self.signature("signatures/0", first, signed)?,
            self.signature("signatures/1", second, signed)?,
        ];
        both.sort();
        Ok(both)
    }

    /// Whether these officers' keys count for an order of `at`, Unix seconds.
    fn require_counting<'a>(
        &self,
        mut officers: impl Iterator<Item = &'a str>,
        at: i64,
    ) -> Result<(), OrderRefusal> {
        let counts = |officer: &str| {
            let enrolled = self.enrolled.get(officer);
            enrolled.is_some_and(|(_, told)| told.counts_at(at))
        };
        if officers.all(counts) {
            Ok(())
        } else {
            Err(OrderRefusal::Officers("signatures", "officer_not_valid"))
        }
    }

    /// Whether an enrolled officer made the signature over `signed`; `place` is where a refusal says it is.
    fn signature(
        &self,
        place: &'static str,
        submitted: &OfficerSignature,
        signed: &[u8],
    ) -> Result<(String, [u8; 64]), OrderRefusal> {
        let (key, _) = self
            .enrolled
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

/// Whether an order of `at` counts at `now`; all in Unix seconds.
fn check_time(at: i64, now: i64, skew_secs: i64) -> Result<(), OrderRefusal> {
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
