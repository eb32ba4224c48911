//! What can go wrong on the phone's side of syncing.

use crate::ports::PortError;
use crate::store::StoreError;

crate::coded_errors! {
    /// Why the sync engine did not do what it was asked.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum SyncError {
        /// Not `https://host[:port][/path]`.
        BaseUrlInvalid => "sync_base_url_invalid", "The authority's address is not a valid https address.", "主管机构的网址不是有效的 https 地址。";
        /// 200 uploads wait already.
        OutboxFull => "sync_outbox_full", "Too many forms wait to be sent. Connect to the network first.", "待发送的表单过多，请先连接网络。";
        /// The body is empty or larger than 64 KiB.
        UploadSizeRefused => "sync_upload_size_refused", "What is to be sent is empty or too large.", "待发送的内容为空或过大。";
        /// No upload with this id is queued.
        UploadUnknown => "sync_upload_unknown", "There is no such upload.", "没有这条待发送记录。";
        /// A stored upload cannot be read.
        UploadDamaged => "sync_upload_damaged", "A form that waits to be sent cannot be read.", "一条待发送的表单无法读取。";
        /// The store failed.
        Store {
            /// How.
            error: StoreError,
        } => "sync_store_failed", "The phone's store failed.", "手机存储出错。";
        /// The host's key, clock or randomness failed.
        Port {
            /// How.
            error: PortError,
        } => "sync_port_failed", "The app around the core failed.", "宿主应用出错。";
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
