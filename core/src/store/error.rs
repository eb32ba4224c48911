//! Everything that can go wrong with the store, by name.
//!
//! Invariant: no text of the file system, of sled or of the host's key store passes through here.

use crate::ports::PortError;

crate::coded_errors! {
    /// Why the store did not do what it was asked.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StoreError {
        /// The host's key store is locked, was reset or failed.
        KeyUnavailable => "store_key_unavailable", "The phone's key store did not give the store's key. Unlock the phone and try again.", "手机密钥库未能提供存储密钥，请解锁手机后重试。";
        /// The key that the guard gave is not this store's.
        KeyRefused => "store_key_refused", "The stored data was sealed with another key than this phone now has.", "存储的数据由另一把密钥加密，本机当前的密钥无法打开。";
        /// The phone gave no randomness.
        EntropyUnavailable => "store_entropy_unavailable", "The phone gave no randomness, so nothing was stored.", "手机未能提供随机数，未存储任何数据。";
        /// There are records, but the file with their wrapped key is gone.
        EnvelopeMissing => "store_envelope_missing", "The file with the wrapped key of the stored data is missing.", "存储数据的密钥信封文件丢失。";
        /// The file with the wrapped key is not what was written.
        EnvelopeDamaged => "store_envelope_damaged", "The file with the wrapped key of the stored data is damaged.", "存储数据的密钥信封文件已损坏。";
        /// The file that proves how far the store had come is missing or not what was written.
        AnchorDamaged => "store_anchor_damaged", "The file that tells how far the stored data had come is missing or damaged.", "记录存储进度的文件丢失或已损坏。";
        /// A record is there but is not what was written.
        RecordAltered => "store_record_altered", "A stored record is damaged or was altered.", "一条存储记录已损坏或被改动。";
        /// Records that were acknowledged are no longer there.
        RecordsLost => "store_records_lost", "Stored records are missing.", "部分存储记录丢失。";
        /// The records are those of an earlier time.
        RolledBack => "store_rolled_back", "The stored data is older than what was last saved.", "存储的数据早于最后一次保存的数据。";
        /// The database files cannot be read.
        Damaged => "store_damaged", "The files of the stored data are damaged.", "存储数据的文件已损坏。";
        /// Somebody else has it open, in this process or another.
        AlreadyOpen => "store_already_open", "The stored data is already open elsewhere.", "存储的数据已在别处打开。";
        /// No room on the disk.
        DiskFull => "store_disk_full", "The phone has no free space. Free some, then open the app again.", "手机存储空间已满，请清理空间后重新打开应用。";
        /// The disk failed in another way.
        IoFailed => "store_io_failed", "The phone's storage failed.", "手机存储读写失败。";
        /// An earlier write failed, so no more are taken until the store is opened again.
        WritesStopped => "store_writes_stopped", "An earlier write failed. Open the app again before saving more.", "此前的写入失败，请重新打开应用后再保存。";
        /// Written by a newer version of the app.
        NewerSchema => "store_newer_schema", "The stored data was written by a newer version of the app. Update the app.", "存储的数据由更新版本的应用写入，请升级应用。";
        /// Written by a version of the app that this one cannot upgrade from.
        NoMigration => "store_no_migration", "The stored data is too old for this version of the app.", "存储的数据版本过旧，本应用无法升级。";
        /// The key is empty or longer than the cap.
        KeyTooLong => "store_key_too_long", "The name of the record is empty or too long.", "记录名称为空或过长。";
        /// The value is longer than the cap.
        ValueTooLarge => "store_value_too_large", "The record is too large to be stored.", "记录过大，无法存储。";
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
