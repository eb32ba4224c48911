//! The keys that were ever revoked, in a file beside the root key.
//!
//! A bundle remembers a revocation only for as long as it lists the key. Invariant: a key is never taken off, its instant
//! never gets later, and no bundle is signed that says otherwise. Written before the bundle. Is no secret.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use health_code_core::trust::{TrustBundle, key_id};

use super::content::{instant_text, parse_instant};
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::parse_public_hex;

/// Largest file: some ten thousand keys, bytes.
const MAX_BYTES: u64 = 1024 * 1024;
const HEAD: &str = "# Keys that were revoked, and when. Never to be shortened: it keeps them from counting again.\n";

/// See the module.
#[derive(Debug)]
pub(super) struct RevokedKeys {
    path: PathBuf,
    /// When it was revoked, Unix seconds, by public key.
    keys: BTreeMap<[u8; 32], i64>,
    is_changed: bool,
}

impl RevokedKeys {
    /// Those beside this root key; none where there is no file yet.
    pub(super) fn read(root_key: &Path) -> Result<Self, AuthorityError> {
        let mut path = root_key.as_os_str().to_owned();
        path.push(".revoked");
        let path = PathBuf::from(path);
        let mut keys = BTreeMap::new();
        if path.exists() {
            let bytes = files::read_capped(&path, MAX_BYTES)?;
            for (place, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
                if line.starts_with('#') || line.trim().is_empty() {
                    continue;
                }
                let (key, at) =
                    read_line(line).ok_or_else(|| AuthorityError::TrustContentInvalid {
                        at: format!("{}: line {}", path.display(), place + 1),
                    })?;
                keys.insert(key, at);
            }
        }
        Ok(Self {
            path,
            keys,
            is_changed: false,
        })
    }

    /// Takes over what a bundle says.
    pub(super) fn learn(&mut self, bundle: &TrustBundle) {
        for key in bundle.regions.iter().flat_map(|region| &region.keys) {
            let Some(revoked_at) = key.revoked_at else {
                continue;
            };
            let at = self.keys.entry(key.public_key).or_insert(i64::MAX);
            if revoked_at < *at {
                *at = revoked_at;
                self.is_changed = true;
            }
        }
    }

    /// When it was revoked, Unix seconds.
    pub(super) fn at(&self, public_key: &[u8; 32]) -> Option<i64> {
        self.keys.get(public_key).copied()
    }

    /// Refuses a bundle in which one of them counts again, or for longer.
    pub(super) fn check(&self, bundle: &TrustBundle) -> Result<(), AuthorityError> {
        for key in bundle.regions.iter().flat_map(|region| &region.keys) {
            let Some(revoked_at) = self.keys.get(&key.public_key) else {
                continue;
            };
            if key.revoked_at.is_none_or(|at| at > *revoked_at) {
                return Err(AuthorityError::TrustBundleUnRevokes {
                    at: HEXLOWER.encode(&key_id(&key.public_key)),
                });
            }
        }
        Ok(())
    }

    /// Writes what was learnt.
    pub(super) fn write(&self) -> Result<(), AuthorityError> {
        if !self.is_changed {
            return Ok(());
        }
        let lines = self.keys.iter().map(|(key, at)| {
            let (key, at) = (HEXLOWER.encode(key), instant_text(*at));
            format!("{key} {at}\n")
        });
        let text: String = std::iter::once(HEAD.to_owned()).chain(lines).collect();
        files::write_public(&self.path, text.as_bytes())
    }
}

fn read_line(line: &str) -> Option<([u8; 32], i64)> {
    let (key, at) = line.split_once(' ')?;
    let key = parse_public_hex(key, "revoked").ok()?;
    Some((key, parse_instant(at.trim()).ok()?))
}
