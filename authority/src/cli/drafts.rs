//! Drafts of orders: files that go from hand to hand until two officers have signed.
//!
//! Invariant: a draft is replaced in one step, so that no signature is lost half-way.

use std::path::{Path, PathBuf};

use health_code_core::ports::Entropy;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::explain;
use crate::errors::AuthorityError;
use crate::files;
use crate::officers::OfficerSignature;
use crate::system::SystemEntropy;

/// Longest draft file, bytes: the largest bundle in base64url, and the order.
const MAX_DRAFT_BYTES: u64 = 2 * 1024 * 1024;

/// Reads a draft.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, AuthorityError> {
    let bytes = files::read_capped(path, MAX_DRAFT_BYTES)?;
    health_code_core::encoding::json::from_slice(&bytes).map_err(|_| {
        AuthorityError::ConfigUnreadable {
            at: path.display().to_string(),
        }
    })
}

/// Writes a draft.
pub(super) fn write<T: Serialize>(path: &Path, draft: &T) -> Result<(), AuthorityError> {
    let mut json =
        serde_json::to_string_pretty(draft).map_err(|_| AuthorityError::FileUnwritable {
            at: path.display().to_string(),
        })?;
    json.push('\n');
    files::write_public(path, json.as_bytes())
}

/// Says how many signatures are still missing.
pub(super) fn count_signatures(signatures: &[OfficerSignature]) {
    match signatures.len() {
        count @ 0..=2 => explain!("signatures", count = count),
        count => explain!("signatures-too-many", count = count),
    }
}

/// A new UUIDv7 for an order that is drafted at `wall_ms` (Unix milliseconds).
pub(super) fn order_id(wall_ms: i64) -> Result<String, AuthorityError> {
    let mut random = [0; 10];
    SystemEntropy
        .fill(&mut random)
        .map_err(|_| AuthorityError::NoEntropy)?;
    let millis = u64::try_from(wall_ms).unwrap_or_default();
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    Ok(id.to_string())
}

/// Officer and key file of `ID=FILE`, or of a `FILE` whose name without ending is the id.
pub(super) fn officer_key(said: &str) -> Result<(String, PathBuf), AuthorityError> {
    if let Some((officer, path)) = said.split_once('=') {
        return Ok((officer.to_owned(), PathBuf::from(path)));
    }
    let path = PathBuf::from(said);
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let officer = stem.ok_or_else(|| AuthorityError::KeyInvalid {
        at: said.to_owned(),
    })?;
    Ok((officer.to_owned(), path.clone()))
}
