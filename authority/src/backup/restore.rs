//! Putting a backup back.
//!
//! Invariant: the database gets its name last, after everything that follows from its being old was written into it: a
//! server that starts on the folder either finds no database or one that knows. The time that had surely come is written
//! first: with it there and no database no server starts. What is there already is not
//! overwritten: a database and another storage key are refused, settings stay (those on the new machine are newer). What broke
//! off can be tried again.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use health_code_core::ports::{Clock, Entropy};
use health_code_core::trust::RevocationStatus;
use zeroize::Zeroizing;

use super::age::{AgeReader, Fault, Identity};
use super::lists::ListReading;
use super::manifest::{FORMAT, Manifest, Versions, is_signed};
use super::{DATABASE, MANIFEST, MAX_FILE_BYTES, SETTINGS, SIGNATURE, STORAGE_KEY, SURE_TIME};
use super::{copy_hashing, remove_database, shown, unreadable, unwritable};
use crate::cases::restored;
use crate::errors::AuthorityError;
use crate::store::{Restoration, Sealer, Snapshot, StoreError, schema};
use crate::{files, keys};

/// What was acknowledged after a backup was begun may have come this long before, seconds: the longest request.
const LONGEST_REQUEST_SECS: i64 = 3_600;

/// Name and content of a small file.
type Small = (String, Zeroizing<Vec<u8>>);

/// Where from, where to, and what is expected.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) backup: &'a Path,
    pub(crate) identity: &'a Identity,
    /// GB/T 2260, six digits.
    pub(crate) division: u32,
    /// The issuer's public key that signed the backup.
    pub(crate) signed_by: [u8; 32],
    /// Folder to put it into; none looks only whether the backup is whole.
    pub(crate) data: Option<&'a Path>,
    /// The newest published status lists that anybody has.
    pub(crate) status_lists: &'a [PathBuf],
}

/// The system.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'a> {
    pub(crate) clock: &'a dyn Clock,
    pub(crate) entropy: &'a dyn Entropy,
}

/// What was put back.
pub(crate) struct Restored {
    pub(crate) manifest: Manifest,
    /// Credentials that the database took for good and that are revoked now.
    pub(crate) revoked: u64,
    /// As of when the oldest of the status lists is, Unix seconds; none without lists.
    pub(crate) lists_of: Option<i64>,
    /// Files that stayed as they were.
    pub(crate) kept: Vec<PathBuf>,
    /// Settings that are as the backup has them.
    pub(crate) put_back: Vec<PathBuf>,
    /// Ids of citizens of whose credentials one was revoked after the backup.
    pub(crate) citizens: Vec<String>,
}

health_code_core::hidden_debug!(Restored);

/// Puts a backup back.
///
/// # Errors
/// Those that name what is wrong with the backup or a status list; [`AuthorityError::FileUnwritable`] where a database or
/// another storage key is there.
pub(crate) fn restore(
    request: &Request<'_>,
    sources: Sources<'_>,
) -> Result<Restored, AuthorityError> {
    let opening = Opening(request.backup);
    let file = File::open(request.backup).map_err(|_| unreadable(request.backup))?;
    let sealed = AgeReader::new(BufReader::new(file), request.identity);
    let sealed = sealed.map_err(|fault| opening.named(fault))?;
    let fault = sealed.fault();
    // A reader around the sealed one tells of its errors in words of its own.
    let named = |error: Unsound| match (error, fault.get()) {
        (Unsound::Named(error), _) => error,
        (Unsound::Unreadable, Some(fault)) => opening.named(fault),
        (Unsound::Unreadable, None) => opening.named(Fault::Damaged),
    };
    let mut archive = tar::Archive::new(sealed);
    let mut entries = archive.entries().map_err(|_| named(Unsound::Unreadable))?;
    let manifest = read_manifest(&mut entries, request).map_err(named)?;
    let mut restoring = match request.data {
        Some(data) => Some(Restoring::begin(data)?),
        None => None,
    };
    let mut small = Vec::new();
    for listed in &manifest.files {
        let mut entry = next(&mut entries, &listed.name).map_err(named)?;
        let done = if listed.name == DATABASE {
            match &mut restoring {
                Some(restoring) => restoring
                    .require_storage_key(&small)
                    .map_err(Unsound::Named)
                    .and_then(|()| restoring.write_database(&mut entry)),
                None => {
                    copy_hashing(&mut entry, &mut std::io::sink()).map_err(|_| Unsound::Unreadable)
                }
            }
        } else {
            read_small(&mut entry).and_then(|content| {
                let hashed = copy_hashing(&mut content.as_slice(), &mut std::io::sink());
                small.push((listed.name.clone(), content));
                hashed.map_err(|_| Unsound::Unreadable)
            })
        };
        if done.map_err(named)? != (listed.size, listed.sha256.clone()) {
            return Err(opening.named(Fault::Damaged));
        }
    }
    // What is after the archive's end is read as well: the last piece says that nothing was cut off.
    let mut sealed = archive.into_inner();
    std::io::copy(&mut sealed, &mut std::io::sink()).map_err(|_| named(Unsound::Unreadable))?;
    let Some(restoring) = restoring else {
        return Ok(Restored::only_looked_at(manifest));
    };
    restoring.finish(manifest, &small, request, sources)
}

/// Why an archive is not gone on with.
enum Unsound {
    /// Its reader knows.
    Unreadable,
    Named(AuthorityError),
}

struct Opening<'a>(&'a Path);

impl Opening<'_> {
    fn named(&self, fault: Fault) -> AuthorityError {
        let at = shown(self.0);
        match fault {
            Fault::KeyWrong => AuthorityError::BackupKeyWrong { at },
            Fault::Damaged => AuthorityError::BackupDamaged { at },
            Fault::CutOff => AuthorityError::BackupCutOff { at },
            Fault::Unreadable => AuthorityError::FileUnreadable { at },
        }
    }
}

type Entries<'a, R> = tar::Entries<'a, R>;

fn next<'a, R: std::io::Read>(
    entries: &mut Entries<'a, R>,
    name: &str,
) -> Result<tar::Entry<'a, R>, Unsound> {
    let entry = entries.next().ok_or(Unsound::Unreadable)?;
    let entry = entry.map_err(|_| Unsound::Unreadable)?;
    let is_right = entry.header().entry_type().is_file()
        && entry.path().is_ok_and(|path| path == Path::new(name));
    is_right.then_some(entry).ok_or(Unsound::Unreadable)
}

fn read_small(entry: &mut impl std::io::Read) -> Result<Zeroizing<Vec<u8>>, Unsound> {
    let mut content = Zeroizing::new(Vec::new());
    let read = entry.take(MAX_FILE_BYTES + 1).read_to_end(&mut content);
    match read {
        Ok(length) if length as u64 <= MAX_FILE_BYTES => Ok(content),
        _ => Err(Unsound::Unreadable),
    }
}

fn read_manifest<R: std::io::Read>(
    entries: &mut Entries<'_, R>,
    request: &Request<'_>,
) -> Result<Manifest, Unsound> {
    let bytes = read_small(&mut next(entries, MANIFEST)?)?;
    let signature = read_small(&mut next(entries, SIGNATURE)?)?;
    let at = shown(request.backup);
    let named = |error| Err(Unsound::Named(error));
    if !is_signed(&bytes, &signature, &request.signed_by) {
        return named(AuthorityError::BackupSignatureRefused { at });
    }
    let versions: Versions = serde_json::from_slice(&bytes).map_err(|_| Unsound::Unreadable)?;
    if versions.format > FORMAT || versions.schema > schema() {
        let at = format!("{at} ({})", versions.program);
        return named(AuthorityError::BackupNewer { at });
    }
    if versions.schema < schema() {
        return named(AuthorityError::DatabaseSchemaForeign {
            at: format!("{at} ({})", versions.program),
        });
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|_| Unsound::Unreadable)?;
    if manifest.division != request.division {
        let at = format!("{at}: {}, not {}", manifest.division, request.division);
        return named(AuthorityError::BackupOfAnotherRegion { at });
    }
    let mut names = manifest.files.iter().map(|file| file.name.as_str());
    let is_known = names.next() == Some(STORAGE_KEY)
        && names.next_back() == Some(DATABASE)
        && names.all(|name| SETTINGS.contains(&name));
    is_known.then_some(manifest).ok_or(Unsound::Unreadable)
}

impl Restored {
    fn only_looked_at(manifest: Manifest) -> Self {
        Self {
            manifest,
            revoked: 0,
            lists_of: None,
            kept: Vec::new(),
            put_back: Vec::new(),
            citizens: Vec::new(),
        }
    }
}

/// A database that is not in its place yet; taken away again unless it gets there.
struct Restoring<'a> {
    data: &'a Path,
    part: PathBuf,
    is_done: bool,
}

impl Drop for Restoring<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            remove_database(&self.part);
        }
    }
}

impl<'a> Restoring<'a> {
    fn begin(data: &'a Path) -> Result<Self, AuthorityError> {
        files::make_private_folder(data)?;
        let database = data.join(DATABASE);
        if database.exists() {
            return Err(unwritable(&database));
        }
        Ok(Self {
            data,
            part: data.join("authority.sqlite.restoring"),
            is_done: false,
        })
    }

    /// Refuses another storage key than the backup's: something may be sealed with it.
    fn require_storage_key(&self, small: &[Small]) -> Result<(), AuthorityError> {
        let path = self.data.join(STORAGE_KEY);
        let content = small.iter().find(|(name, _)| name == STORAGE_KEY);
        match content {
            Some((_, content)) if path.exists() && !is_same(&path, content) => {
                Err(unwritable(&path))
            }
            _ => Ok(()),
        }
    }

    fn write_database(&mut self, entry: &mut impl std::io::Read) -> Result<(u64, String), Unsound> {
        let named = |_| Unsound::Named(unwritable(&self.part));
        // Of one that was killed.
        remove_database(&self.part);
        let mut file = files::create_private(&self.part).map_err(named)?;
        let mut failed_here = false;
        let mut out = Noting(&mut file, &mut failed_here);
        let copied = copy_hashing(entry, &mut out);
        let copied = copied.map_err(|_| {
            if failed_here {
                Unsound::Named(unwritable(&self.part))
            } else {
                Unsound::Unreadable
            }
        })?;
        file.sync_all().map_err(named)?;
        Ok(copied)
    }

    fn finish(
        mut self,
        manifest: Manifest,
        small: &[Small],
        request: &Request<'_>,
        sources: Sources<'_>,
    ) -> Result<Restored, AuthorityError> {
        let content = |name: &str| {
            let mut files = small.iter().filter(|(known, _)| known == name);
            files.next().map(|(_, content)| content.as_slice())
        };
        let damaged = || AuthorityError::BackupDamaged {
            at: shown(request.backup),
        };
        let storage_key = content(STORAGE_KEY).and_then(keys::parse_storage_key);
        let storage_key = storage_key.ok_or_else(damaged)?;
        let sealer = Sealer::new(&storage_key);
        let now = sources.clock.read().wall_ms.div_euclid(1_000);
        // One in the folder is newer.
        let newer = files::read_capped(&self.data.join("trust-bundle.cbor"), MAX_FILE_BYTES).ok();
        let reading = ListReading {
            trust: newer.as_deref().or_else(|| content("trust-bundle.cbor")),
            root: content("root-key.hex"),
            division: request.division,
            begun_at: manifest.begun_at,
            now,
        };
        let lists = reading.read(request.status_lists)?;
        let refused = |error: StoreError| match error {
            StoreError::DiskFull | StoreError::DiskFailed | StoreError::ReadOnly => {
                unwritable(&self.part)
            }
            _ => damaged(),
        };
        let check = sealer.hash("storage key", &[]);
        let mut snapshot = Snapshot::open(&self.part, &check).map_err(refused)?;
        snapshot.check().map_err(refused)?;
        if snapshot.counts().map_err(refused)? != manifest.counts {
            return Err(damaged());
        }
        let restoration = Restoration {
            since: manifest.begun_at - LONGEST_REQUEST_SECS,
            at: now.max(manifest.begun_at),
        };
        let done = restored::withdraw(&mut snapshot, &sealer, &lists, restoration, sources.entropy);
        let withdrawn = done.map_err(refused)?;
        snapshot.close().map_err(refused)?;
        // Without a database beside it no server starts on the folder.
        let (time, others): (Vec<_>, Vec<_>) =
            small.iter().partition(|(name, _)| name == SURE_TIME);
        let (mut kept, mut put_back) = (Vec::new(), Vec::new());
        for (name, content) in time.into_iter().chain(others) {
            let path = self.data.join(name);
            if name == STORAGE_KEY {
                self.write_storage_key(&path, content)?;
                continue;
            }
            // Of an attempt that broke off, too.
            let is_as_backed_up = !path.exists() || is_same(&path, content);
            if !path.exists() {
                files::write_public(&path, content)?;
            }
            if !is_as_backed_up {
                kept.push(path);
            } else if name != SURE_TIME {
                put_back.push(path);
            }
        }
        let file = File::open(&self.part).map_err(|_| unreadable(&self.part))?;
        file.sync_all().map_err(|_| unwritable(&self.part))?;
        files::publish_new(&self.part, &self.data.join(DATABASE))?;
        self.is_done = true;
        Ok(Restored {
            manifest,
            revoked: withdrawn.revoked,
            lists_of: lists.iter().map(RevocationStatus::as_of).min(),
            kept,
            put_back,
            citizens: withdrawn.citizens,
        })
    }

    /// Whole or not at all: one that ends too early would be taken for another.
    fn write_storage_key(&self, path: &Path, content: &[u8]) -> Result<(), AuthorityError> {
        let part = self.data.join("storage.key.restoring");
        // Of one that was killed.
        let _ = std::fs::remove_file(&part);
        if path.exists() {
            return Ok(());
        }
        files::write_secret(&part, content)?;
        let done = files::publish_new(&part, path);
        if done.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        done
    }
}

fn is_same(path: &Path, content: &[u8]) -> bool {
    let there = files::read_capped(path, MAX_FILE_BYTES).map(Zeroizing::new);
    there.is_ok_and(|there| there.as_slice() == content)
}

/// Notes whether it was the writing that failed.
struct Noting<'a>(&'a mut File, &'a mut bool);

impl std::io::Write for Noting<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.0.write(bytes);
        *self.1 |= written.is_err();
        written
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
