//! What can go wrong on the phone's side of syncing.

use crate::ports::PortError;
use crate::store::StoreError;

crate::coded_errors! {
    /// Why the sync engine did not do what it was asked.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum SyncError {
        /// Not `https://host[:port][/path]`.
        BaseUrlInvalid => "sync_base_url_invalid";
        /// 200 uploads wait already.
        OutboxFull => "sync_outbox_full";
        /// The body is empty or larger than 64 KiB.
        UploadSizeRefused => "sync_upload_size_refused";
        /// No upload with this id is queued.
        UploadUnknown => "sync_upload_unknown";
        /// Nobody on this phone has this id.
        SubjectUnknown => "sync_subject_unknown";
        /// The owner cannot be erased while there are dependants on this phone.
        DependantsRemain => "sync_dependants_remain";
        /// No erasing has this id.
        ErasureUnknown => "sync_erasure_unknown";
        /// The authority has not answered this erasing yet.
        ErasureWaiting => "sync_erasure_waiting";
        /// As many erasings wait as are kept.
        ErasuresFull => "sync_erasures_full";
        /// A stored upload cannot be read.
        UploadDamaged => "sync_upload_damaged";
        /// The store failed.
        Store {
            /// How.
            error: StoreError,
        } => "sync_store_failed";
        /// The host's key, clock or randomness failed.
        Port {
            /// How.
            error: PortError,
        } => "sync_port_failed";
    }
}

impl SyncError {
    /// The most exact code: the store's or the port's own where one of them failed.
    #[must_use]
    pub const fn root_code(&self) -> &'static str {
        match self {
            Self::Store { error } => error.code(),
            Self::Port { error } => error.code(),
            _ => self.code(),
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store { error }
    }
}

impl From<PortError> for SyncError {
    fn from(error: PortError) -> Self {
        Self::Port { error }
    }
}
