//! Backups: everything that a new machine needs to go on from, in one file that only an offline key opens.
//!
//! A backup is a tar archive sealed in age's format: `age -d -i offline.key backup.age | tar x` reads it without this program. In it, in
//! this order: `manifest.json`, `manifest.sig`, the storage key, the settings that lie in the data folder, the database.
//! Not in it: the issuer key, certificates' keys, officers' keys and the national root's. They are made once and
//! kept elsewhere; whoever opens a backup cannot sign a health code with it.
//!
//! Invariant: a backup appears under its name whole or not at all, and over nothing; it is put back whole or not at all,
//! and over nothing; the manifest, signed by the issuer key, says what belongs to it. What was acknowledged before
//! it was begun is in it. Starts no server; what a server does with a database that was put back is `cases`' business.

mod age;
mod lists;
mod make;
mod manifest;
mod restore;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::errors::AuthorityError;

pub(crate) use age::{Identity, Recipient};
pub(crate) use make::make;
pub(crate) use manifest::Manifest;
pub(crate) use restore::{Request, Restored, Sources, restore};

const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.sig";
const STORAGE_KEY: &str = "storage.key";
const DATABASE: &str = "authority.sqlite";
const SURE_TIME: &str = "sure-time";
/// What else is taken of the data folder, where it is there.
const SETTINGS: [&str; 5] = [
    "authority.toml",
    "officers.toml",
    "root-key.hex",
    SURE_TIME,
    "trust-bundle.cbor",
];
/// Largest of these, bytes.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Copies to the end, hashing; length and hex SHA-256.
fn copy_hashing(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    let mut length = 0;
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => return Ok((length, HEXLOWER.encode(&hash.finalize()))),
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&piece[..read]);
        to.write_all(&piece[..read])?;
        length += read as u64;
    }
}

/// Takes away a database that is not in its place, and what lies beside it: the journal of one that was killed would be played
/// into the next one of its name.
fn remove_database(database: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
}

fn unwritable(path: &Path) -> AuthorityError {
    AuthorityError::FileUnwritable { at: shown(path) }
}

fn unreadable(path: &Path) -> AuthorityError {
    AuthorityError::FileUnreadable { at: shown(path) }
}

#[cfg(test)]
mod tests;
