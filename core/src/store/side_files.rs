//! The small files beside the records: envelope, anchor, journal, manifest.
//!
//! Invariant: each is as durable as [`SideFile`] says; a file that is written whole is the old one or the new one at any
//! time. It does not know what they hold.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::file_tree::{remove_file, sync_dir};
use super::journal::JOURNAL_BYTES;
use super::record_store::MAX_SIDE_FILE_BYTES;
use super::sled_files::{
    ANCHOR, ENVELOPE, ENVELOPE_NEW, JOURNAL, JOURNAL_NEW, MANIFEST, MANIFEST_NEW, SledFiles,
};
use super::{SideFile, StoreError};

impl SledFiles {
    pub(super) fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        let name = match file {
            SideFile::Envelope => ENVELOPE,
            SideFile::Anchor => ANCHOR,
            SideFile::Manifest => MANIFEST,
        };
        let mut bytes = Vec::new();
        match File::open(self.path(name)) {
            Ok(file) => file
                .take(MAX_SIDE_FILE_BYTES as u64)
                .read_to_end(&mut bytes)
                .map(|_| Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
        .map_err(|error| StoreError::from_io(&error))
    }

    pub(super) fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        match file {
            SideFile::Envelope => self.write_envelope(bytes),
            SideFile::Anchor => self.write_anchor(bytes),
            SideFile::Manifest => write_manifest(self.dir(), bytes),
        }
        .map_err(|error| StoreError::from_io(&error))
    }

    /// The journal, if there is one.
    pub(super) fn open_journal(&self) -> Result<Option<File>, StoreError> {
        let mut options = OpenOptions::new();
        match options.read(true).write(true).open(self.path(JOURNAL)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::from_io(&error)),
        }
    }

    /// Makes an empty journal, durably, if there is room for it. Its bytes are all written, so that later writes
    /// change nothing but them: neither the file's length nor where it lies.
    pub(super) fn make_journal(&self) -> Option<File> {
        let new = self.path(JOURNAL_NEW);
        let made = File::create(&new)
            .and_then(|mut file| {
                file.write_all(&vec![0; JOURNAL_BYTES])
                    .and_then(|()| file.sync_all())
            })
            .and_then(|()| fs::rename(&new, self.path(JOURNAL)))
            .and_then(|()| sync_dir(self.dir()));
        if made.is_err() {
            let _ = remove_file(&new);
        }
        self.open_journal().ok().flatten()
    }

    /// Makes the anchor durable as it is.
    pub(super) fn sync_anchor(&self) -> std::io::Result<()> {
        self.anchor().as_ref().map_or(Ok(()), File::sync_all)
    }

    fn write_envelope(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut file = File::create(self.path(ENVELOPE_NEW))?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(self.path(ENVELOPE_NEW), self.path(ENVELOPE))?;
        sync_dir(self.dir())
    }

    fn write_anchor(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut anchor = self.anchor();
        if let Some(file) = anchor.as_ref() {
            return file.write_all_at(bytes, 0);
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.path(ANCHOR))?;
        file.write_all_at(bytes, 0)?;
        file.sync_all()?;
        sync_dir(self.dir())?;
        *anchor = Some(file);
        Ok(())
    }
}

/// Writes the manifest of the store in `dir`. Nothing depends on its being there.
pub(super) fn write_manifest(dir: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::write(dir.join(MANIFEST_NEW), bytes)?;
    fs::rename(dir.join(MANIFEST_NEW), dir.join(MANIFEST))
}
