//! Everything that can go wrong with the store, by name.
//!
//! Invariant: no text of the file system, of sled or of the host's key store passes through here.

use crate::ports::PortError;

crate::coded_errors! {
    /// Why the store did not do what it was asked.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StoreError {
        /// The host's key store is locked, was reset or failed.
        KeyUnavailable => "store_key_unavailable";
        /// The key that the guard gave is not this store's.
        KeyRefused => "store_key_refused";
        /// The phone gave no randomness.
        EntropyUnavailable => "store_entropy_unavailable";
        /// There are records, but the file with their wrapped key is gone.
        EnvelopeMissing => "store_envelope_missing";
        /// The file with the wrapped key is not what was written.
        EnvelopeDamaged => "store_envelope_damaged";
        /// The file that proves how far the store had come is missing or not what was written.
        AnchorDamaged => "store_anchor_damaged";
        /// A record is there but is not what was written.
        RecordAltered => "store_record_altered";
        /// Records that were acknowledged are no longer there.
        RecordsLost => "store_records_lost";
        /// The records are those of an earlier time.
        RolledBack => "store_rolled_back";
        /// The database files cannot be read.
        Damaged => "store_damaged";
        /// Somebody else has it open, in this process or another.
        AlreadyOpen => "store_already_open";
        /// No room on the disk.
        DiskFull => "store_disk_full";
        /// The disk failed in another way.
        IoFailed => "store_io_failed";
        /// An earlier write failed, so no more are taken until the store is opened again.
        WritesStopped => "store_writes_stopped";
        /// Written by a newer version of the app.
        NewerSchema => "store_newer_schema";
        /// Written by a version of the app that this one cannot upgrade from.
        NoMigration => "store_no_migration";
        /// The key is empty or longer than the cap.
        KeyTooLong => "store_key_too_long";
        /// The record is whole but not of the form that this version knows.
        RecordUnreadable => "store_record_unreadable";
        /// The value is longer than the cap.
        ValueTooLarge => "store_value_too_large";
    }
}

impl StoreError {
    /// What a failed host port means here.
    pub(crate) const fn from_guard(error: &PortError) -> Self {
        match error {
            PortError::EnvelopeRefused => Self::KeyRefused,
            PortError::EntropyUnavailable => Self::EntropyUnavailable,
            PortError::KeyUnavailable | PortError::HostFailed => Self::KeyUnavailable,
        }
    }

    /// What a failed file operation means here.
    pub(crate) fn from_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            // A file size limit is met where the phone gives an app a quota.
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            _ => Self::IoFailed,
        }
    }
}
