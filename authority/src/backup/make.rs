//! Making a backup, while the server runs or not.
//!
//! Invariant: at no time is anything unsealed written outside of the data folder; what an attempt that was killed left behind,
//! the next one takes away.

use std::fs::File;
use std::io::{BufReader, Seek as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use health_code_core::ports::{Clock, Entropy};
use zeroize::Zeroizing;

use super::age::{AgeWriter, Recipient};
use super::manifest::{FORMAT, ListedFile, Manifest, sign};
use super::{DATABASE, MANIFEST, MAX_FILE_BYTES, SETTINGS, SIGNATURE, STORAGE_KEY};
use super::{copy_hashing, remove_database, shown, unreadable, unwritable};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::store::{Sealer, Snapshot, schema};
use crate::{app, files, keys};

/// A small file of the archive.
struct Small {
    name: &'static str,
    content: Zeroizing<Vec<u8>>,
}

/// Writes a backup to the new file `to`, for `recipient`.
///
/// # Errors
/// [`AuthorityError::FileUnwritable`] where `to` exists or cannot be written, [`AuthorityError::DataInUse`] where
/// another backup is being made, those of reading keys and database.
pub(crate) fn make(
    config: &Config,
    to: &Path,
    recipient: &Recipient,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<Manifest, AuthorityError> {
    if to.exists() {
        return Err(unwritable(to));
    }
    let key = keys::read_key_file(&config.issuer_key_path())?;
    let small = small_files(config)?;
    let storage_key = keys::read_storage_key(&config.data.join(STORAGE_KEY))?;
    let check = Sealer::new(&storage_key).hash("storage key", &[]);
    let copying = Copying::begin(&config.data)?;
    let begun_at = clock.read().wall_ms.div_euclid(1_000);
    let refused = |error| app::refused(config, error);
    Snapshot::copy(&config.database_path(), &copying.path).map_err(refused)?;
    let snapshot = Snapshot::open(&copying.path, &check).map_err(refused)?;
    snapshot.check().map_err(refused)?;
    let counts = snapshot.counts().map_err(refused)?;
    snapshot.close().map_err(refused)?;

    let mut database = File::open(&copying.path).map_err(|_| unreadable(&copying.path))?;
    let listed = |name: &str, from: &mut dyn std::io::Read| {
        let (size, sha256) = copy_hashing(&mut { from }, &mut std::io::sink())?;
        Ok::<_, std::io::Error>(ListedFile {
            name: name.to_owned(),
            size,
            sha256,
        })
    };
    let mut listing = Vec::new();
    for one in &small {
        let entry = listed(one.name, &mut one.content.as_slice());
        listing.push(entry.map_err(|_| unreadable(Path::new(one.name)))?);
    }
    let entry = listed(DATABASE, &mut BufReader::new(&database));
    listing.push(entry.map_err(|_| unreadable(&copying.path))?);
    database.rewind().map_err(|_| unreadable(&copying.path))?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: schema(),
        division: config.division,
        begun_at,
        issuer_key: keys::public_hex(&key),
        counts,
        files: listing,
    };
    let part = part_of(to);
    let written = write(
        &part,
        &manifest,
        &key,
        &small,
        &mut database,
        recipient,
        entropy,
    );
    let done = written
        .map_err(|_| unwritable(to))
        .and_then(|()| files::publish_new(&part, to));
    if done.is_err() {
        // Nobody has use for a piece of a backup.
        let _ = std::fs::remove_file(&part);
    }
    done.map(|()| manifest)
}

fn part_of(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    to.with_file_name(name)
}

fn write(
    part: &Path,
    manifest: &Manifest,
    key: &SigningKey,
    small: &[Small],
    database: &mut File,
    recipient: &Recipient,
    entropy: &dyn Entropy,
) -> std::io::Result<()> {
    // Of one that was killed: another one that runs would hold the lock.
    let _ = std::fs::remove_file(part);
    let file = files::create_private(part)?;
    let sealed = AgeWriter::new(std::io::BufWriter::new(file), recipient, entropy)?;
    let mut archive = tar::Builder::new(sealed);
    let at = manifest.begun_at;
    let bytes = serde_json::to_vec_pretty(manifest)?;
    append(
        &mut archive,
        MANIFEST,
        at,
        bytes.len() as u64,
        &mut bytes.as_slice(),
    )?;
    let signature = sign(&bytes, key);
    let length = signature.len() as u64;
    append(
        &mut archive,
        SIGNATURE,
        at,
        length,
        &mut signature.as_bytes(),
    )?;
    for one in small {
        let length = one.content.len() as u64;
        append(
            &mut archive,
            one.name,
            at,
            length,
            &mut one.content.as_slice(),
        )?;
    }
    let length = manifest.files.last().map_or(0, |file| file.size);
    append(
        &mut archive,
        DATABASE,
        at,
        length,
        &mut BufReader::new(database),
    )?;
    let file = archive.into_inner()?.finish()?;
    let file = file
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()
}

fn append<W: std::io::Write>(
    archive: &mut tar::Builder<W>,
    name: &str,
    at: i64,
    size: u64,
    content: &mut dyn std::io::Read,
) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(at.unsigned_abs());
    archive.append_data(&mut header, name, content)
}

/// The storage key and what is there of the settings.
fn small_files(config: &Config) -> Result<Vec<Small>, AuthorityError> {
    let storage_key = config.data.join(STORAGE_KEY);
    let mut small = vec![Small {
        name: STORAGE_KEY,
        content: Zeroizing::new(files::read_secret(&storage_key)?.as_bytes().to_vec()),
    }];
    for name in SETTINGS {
        let path = match name {
            "officers.toml" => config.officers_path(),
            "trust-bundle.cbor" => config.trust_bundle_path(),
            _ => config.data.join(name),
        };
        let content = match &config.root_key {
            Some(hex) if name == "root-key.hex" => format!("{hex}\n").into_bytes(),
            _ if !path.exists() => continue,
            _ => files::read_capped(&path, MAX_FILE_BYTES)?,
        };
        small.push(Small {
            name,
            content: Zeroizing::new(content),
        });
    }
    Ok(small)
}

/// The copy of the database while it is sealed. One backup at a time.
struct Copying {
    path: PathBuf,
    _lock: File,
}

impl Copying {
    fn begin(data: &Path) -> Result<Self, AuthorityError> {
        let lock = data.join("backup.lock");
        let file = File::create(&lock).map_err(|_| unwritable(&lock))?;
        file.try_lock()
            .map_err(|_| AuthorityError::DataInUse { at: shown(&lock) })?;
        let path = data.join("authority.sqlite.backup");
        remove_database(&path);
        Ok(Self { path, _lock: file })
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        remove_database(&self.path);
    }
}
