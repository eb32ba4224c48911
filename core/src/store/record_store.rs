//! What the sealed store needs from the floor below: opaque records, kept atomically and durably.
//!
//! Invariant: after `apply` returned `Ok`, all of its writes survive a kill and a power cut;
//! after anything else, all of them or none are there. It does not encrypt and does not look into values.

use super::{MAX_KEY_BYTES, MAX_VALUE_BYTES, StoreError};

/// Largest value of a record below the sealing, in bytes: the cap plus what sealing adds.
pub const MAX_SEALED_BYTES: usize = MAX_VALUE_BYTES + 256;

/// One change of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Sets the value, whether or not there was one.
    Put {
        /// 1 to [`MAX_KEY_BYTES`] bytes.
        key: Vec<u8>,
        /// At most [`MAX_SEALED_BYTES`] bytes.
        value: Vec<u8>,
    },
    /// Removes the record, whether or not there was one.
    Delete {
        /// 1 to [`MAX_KEY_BYTES`] bytes.
        key: Vec<u8>,
    },
}

impl Write {
    /// The key that is changed.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        match self {
            Self::Put { key, .. } | Self::Delete { key } => key,
        }
    }

    /// Whether key and value are within the caps.
    ///
    /// # Errors
    /// [`StoreError::KeyTooLong`], [`StoreError::ValueTooLarge`].
    pub fn check(&self) -> Result<(), StoreError> {
        if self.key().is_empty() || self.key().len() > MAX_KEY_BYTES {
            return Err(StoreError::KeyTooLong);
        }
        match self {
            Self::Put { value, .. } if value.len() > MAX_SEALED_BYTES => {
                Err(StoreError::ValueTooLarge)
            }
            _ => Ok(()),
        }
    }
}

/// A small file beside the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SideFile {
    /// The wrapped master key. Written whole (a new file takes the old one's place), durable when the call returns.
    Envelope,
    /// How far the store had come. Always of the same length, written over in place, and only handed to the
    /// system: after a power cut an earlier content may be back (after a kill, not). Its creation is durable.
    Anchor,
    /// That the records were counted while their files were what they are. Written whole, by the records' store alone,
    /// and only handed to the system: after a kill or a power cut it may be missing, damaged or older.
    Manifest,
}

/// What was applied to records that were counted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceManifest {
    /// Of the files that they were counted in.
    pub digest: [u8; 32],
    /// What is different from what these files hold, each key once.
    pub changes: Vec<Change>,
}

/// A record that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: Vec<u8>,
    /// Its value before, if there was one.
    pub before: Option<Vec<u8>>,
    /// Its value now, if there is one.
    pub now: Option<Vec<u8>>,
}

/// Makes a manifest of a digest.
pub type MakeManifest = Box<dyn FnOnce([u8; 32]) -> Vec<u8> + Send>;

/// Largest side file, in bytes.
pub const MAX_SIDE_FILE_BYTES: usize = 4096;

/// Keeps records. See the module's invariant; `testing::store_contract` is its executable form.
pub trait RecordStore: Send + Sync {
    /// The value under `key`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::IoFailed`].
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// All records whose key starts with `prefix`, in the order of their keys. An empty prefix means all.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::IoFailed`].
    #[expect(clippy::type_complexity, reason = "pairs of key and value say it best")]
    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError>;

    /// Calls `visit` with key and value of every record, once each, in any order and from up to two threads at once.
    /// Nothing may be applied meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::IoFailed`]: some may have been visited.
    fn for_each(&self, visit: &(dyn Fn(&[u8], &[u8]) + Sync)) -> Result<(), StoreError> {
        for (key, value) in self.scan(&[])? {
            visit(&key, &value);
        }
        Ok(())
    }

    /// Applies all of `writes`, in order, or none; durable when it returns. Of two writes to one key the last counts.
    ///
    /// # Errors
    /// [`StoreError::KeyTooLong`] and [`StoreError::ValueTooLarge`] (nothing happened);
    /// [`StoreError::DiskFull`], [`StoreError::IoFailed`], [`StoreError::Damaged`]: all or none may be there after
    /// the next open, reads may show either until then, and every later call gives [`StoreError::WritesStopped`].
    fn apply(&self, writes: &[Write]) -> Result<(), StoreError>;

    /// Where the files below were, when they were opened, the very ones that the manifest names: what was applied since.
    ///
    /// # Errors
    /// As [`RecordStore::get`].
    fn since_manifest(&self) -> Result<Option<SinceManifest>, StoreError> {
        Ok(None)
    }

    /// The caller has visited all records and they are right: writes what `make` makes of the digest of their files,
    /// soon and unless they change before. Need not succeed.
    fn write_manifest(&self, make: MakeManifest) {
        drop(make);
    }

    /// Moves what was applied to where it is kept for good, where that is another place; reads show no difference.
    /// An older version that does not know the first place then finds it.
    ///
    /// # Errors
    /// As [`RecordStore::apply`]; what was applied stays applied.
    fn settle(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// The content of a side file, if there is one. Longer than 4 KiB is cut off there.
    ///
    /// # Errors
    /// [`StoreError::IoFailed`].
    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a side file; see [`SideFile`] for how durably.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::IoFailed`].
    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError>;

    /// The caller has checked the records: what was kept to put them back as they were found may go.
    ///
    /// A store that is closed without it leaves its files as they were when it was opened, so that damage is never
    /// made worse by a repair. The first `apply` accepts too.
    ///
    /// # Errors
    /// [`StoreError::IoFailed`].
    fn accept(&self) -> Result<(), StoreError>;
}
