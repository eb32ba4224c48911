//! The status lists that a backup is put back with.
//!
//! Invariant: they speak of the region's own credentials and go on to after the backup was begun; what they would leave unsaid
//! between the two is refused, not guessed. Revokes nothing itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use health_code_core::trust::{
    MAX_BUNDLE_BYTES, RevocationStatus, StatusList, TrustBundle, key_id,
};

use super::shown;
use crate::errors::AuthorityError;
use crate::files;

/// By what lists are judged.
pub(super) struct ListReading<'a> {
    /// The trust bundle under which they are signed.
    pub(super) trust: Option<&'a [u8]>,
    /// The root's public key that signed that one, hex.
    pub(super) root: Option<&'a [u8]>,
    /// The region whose credentials they must speak of.
    pub(super) division: u32,
    /// When the backup was begun, Unix seconds.
    pub(super) begun_at: i64,
    /// Unix seconds.
    pub(super) now: i64,
}

impl ListReading<'_> {
    /// What the lists in these files say of each key: a base, and what follows on it.
    pub(super) fn read(&self, paths: &[PathBuf]) -> Result<Vec<RevocationStatus>, AuthorityError> {
        let mut lists = Vec::new();
        for path in paths {
            lists.push((self.open(path)?, path));
        }
        lists.sort_by_key(|(list, _)| list.span());
        let mut keys: BTreeMap<[u8; 8], (RevocationStatus, &Path)> = BTreeMap::new();
        for (list, path) in lists {
            let key = list.key_id();
            let added = match keys.get_mut(&key) {
                Some((status, newest)) => {
                    *newest = path;
                    status.add(list)
                }
                None => RevocationStatus::new(list).map(|status| {
                    keys.insert(key, (status, path));
                }),
            };
            added.map_err(|error| refused(path, error.code()))?;
        }
        let mut statuses = keys.values();
        if let Some((_, path)) = statuses.find(|(status, _)| status.as_of() < self.begun_at) {
            return Err(AuthorityError::StatusListOlderThanBackup { at: shown(path) });
        }
        Ok(keys.into_values().map(|(status, _)| status).collect())
    }

    fn open(&self, path: &Path) -> Result<StatusList, AuthorityError> {
        let root = self
            .root
            .and_then(|text| HEX.decode(text.trim_ascii()).ok());
        let root = root.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let root = root.ok_or_else(|| refused(path, "no root key"))?;
        let trust = TrustBundle::open(self.trust.unwrap_or_default(), &root, self.now, 0);
        let trust = trust.map_err(|error| refused(path, error.code()))?;
        let bytes = files::read_capped(path, MAX_BUNDLE_BYTES as u64)?;
        let list = StatusList::open(&bytes, &trust, self.now, 0);
        let list = list.map_err(|error| refused(path, error.code()))?;
        let regions = trust.regions.iter();
        let own = regions.filter(|region| region.division == self.division);
        let mut own = own.flat_map(|region| &region.keys);
        if own.any(|key| key_id(&key.public_key) == list.key_id()) {
            Ok(list)
        } else {
            Err(AuthorityError::StatusListOfAnotherRegion { at: shown(path) })
        }
    }
}

fn refused(path: &Path, code: &str) -> AuthorityError {
    AuthorityError::StatusListRefused {
        at: format!("{} ({code})", shown(path)),
    }
}
