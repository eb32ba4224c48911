//! Drafts of orders: files that go from hand to hand until two officers have signed.
//!
//! Invariant: a draft is replaced in one step, and a new one never takes the place of another, so that no signature is lost.

use std::path::{Path, PathBuf};

use clap::Args;
use ed25519_dalek::{SigningKey, VerifyingKey};
use health_code_core::ports::Entropy;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::explain;
use crate::errors::AuthorityError;
use crate::files;
use crate::officers::{OfficerSignature, Officers};
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

/// Writes a new draft: over another one, signatures would be lost.
pub(super) fn create<T: Serialize>(path: &Path, draft: &T) -> Result<(), AuthorityError> {
    if path.exists() {
        return Err(AuthorityError::FileUnwritable {
            at: path.display().to_string(),
        });
    }
    write(path, draft)
}

/// Which draft is signed, and by whom.
#[derive(Args)]
pub(super) struct Signing {
    /// File made by draft
    pub(super) file: PathBuf,
    /// Officer's id as enrolled
    #[arg(long, value_name = "ID")]
    pub(super) officer: String,
    /// Officer's key file
    #[arg(long, value_name = "FILE")]
    officer_key: PathBuf,
    /// The authority's officers.toml: the key must be enrolled in it under this id
    #[arg(long, value_name = "FILE")]
    officers: Option<PathBuf>,
}

impl Signing {
    pub(super) fn by(&self) -> By<'_> {
        By {
            officer: &self.officer,
            key: &self.officer_key,
            enrolled: self.officers.as_deref(),
        }
    }
}

/// Who signs.
pub(super) struct By<'a> {
    pub(super) officer: &'a str,
    /// Key file.
    pub(super) key: &'a Path,
    /// List of officers that must name the key.
    pub(super) enrolled: Option<&'a Path>,
}

/// Refuses a key that is another officer's, as far as that can be known here: it is enrolled under another id, or it
/// signed this draft already, under another id.
pub(super) fn require_own_key(
    by: &By<'_>,
    key: &SigningKey,
    signatures: &[OfficerSignature],
    is_signed_by: impl Fn(&OfficerSignature, &VerifyingKey) -> bool,
) -> Result<(), AuthorityError> {
    let key = key.verifying_key();
    let of_another = |at: &str| Err(AuthorityError::OfficerKeyOfAnother { at: at.to_owned() });
    let officer = by.officer;
    if let Some(path) = by.enrolled {
        // A missing list enrols nobody, which is no reason to sign.
        files::read_capped(path, 256 * 1024)?;
        match Officers::read(path)?.id_of(&key) {
            Some(id) if id == officer => {}
            _ => return of_another(officer),
        }
    }
    let mut others = signatures.iter().filter(|one| one.officer != officer);
    match others.find(|one| is_signed_by(one, &key)) {
        Some(other) => of_another(&other.officer),
        None => Ok(()),
    }
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

health_code_core::hidden_debug!(Signing);
