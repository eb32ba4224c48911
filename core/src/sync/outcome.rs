//! What a sync was asked for and what came of it: plain records for the host.

use serde::Serialize;

use super::upload_kind::UploadKind;
use crate::wire::AppUpdate;

crate::app_types! {
    describe as describe_sync_outcome;

    /// Why a sync is asked for; decides which waits it may skip. None skips the server's `Retry-After`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum SyncReason {
        /// The host's background timer.
        Scheduled,
        /// The app came to the front.
        AppOpened,
        /// A push message hinted at news; skips the plan, not the wait after a failure.
        PushHint,
        /// The citizen pulled to refresh; skips the plan and the wait after a failure.
        UserAsked,
        /// Something was just submitted; as [`SyncReason::UserAsked`].
        AfterSubmit,
    }

    /// How a sync ended.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum SyncResult {
        /// Everything that was due was done.
        Synced,
        /// Not yet time for the next one, and nothing waits to be sent.
        NotNeeded,
        /// A wait after a failure, or the server's wish, is in force.
        Waiting,
        /// Another thread is syncing.
        AlreadyRunning,
        /// The server cannot be reached.
        Offline,
        /// Somebody else answered: a Wi-Fi login page, a broken proxy.
        CaptivePortal,
        /// The server's certificate is not trusted. Nothing was sent. Showing the code goes on.
        CertificateRefused,
        /// The deadline passed; what was done stays done.
        DeadlinePassed,
        /// Cancelled; what was done stays done.
        Cancelled,
        /// The server cannot serve now.
        ServerBusy,
        /// The authority does not know this device, which could not register again by itself: the citizen has to.
        DeviceUnknown,
        /// An answer could not be believed; what was stored before stays.
        AnswerRefused,
        /// The phone's store or key failed.
        PhoneFailed,
    }

    /// What came of a sync.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct SyncOutcome {
        /// How it ended.
        pub result: SyncResult,
        /// Stable code of what went wrong, where something did; beside [`SyncResult::Synced`] something published that was
        /// left out, or `device_unknown` where the phone registered again.
        pub problem: Option<String>,
        /// Uploads that the authority took.
        pub uploads_sent: u32,
        /// Uploads that it refused for good; they stay until dismissed.
        pub uploads_refused: Vec<RefusedUpload>,
        /// Uploads of anybody on this phone that still wait; those of a newer version of the app do not count.
        pub uploads_left: u32,
        /// Whether this device is registered.
        pub registered: bool,
        /// Whether the authority had lost this phone, which registers again by itself with what it holds.
        pub registers_again: bool,
        /// Whether a new receipt, credential or part of a subject was stored.
        pub state_changed: bool,
        /// Bundles that were stored.
        pub bundles_updated: u32,
        /// Trusted time from which a scheduled sync may go, Unix milliseconds.
        pub next_allowed_at_ms: i64,
        /// Whether the citizen should get a newer app, by the last answer that said.
        pub app_update: AppUpdate,
    }

    /// An upload that was refused for good.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct RefusedUpload {
        /// Its id.
        pub upload_id: String,
        /// What it is: `registration`, `declaration`, `itinerary`, `correction`, or a kind that a later version added.
        pub kind: String,
        /// Stable code: a [`crate::wire::ProblemKind`]'s.
        pub code: String,
        /// That in words, in the language that the app set. The engine alone, which has no words, leaves it empty.
        pub text: String,
        /// Path of the field that was refused, where the authority names one: the form's own path, also for registrations.
        pub field: Option<String>,
        /// Stable code of what is wrong with the field.
        pub field_code: Option<String>,
        /// That in words, where there are any: the core's, or those of the form's own condition.
        pub field_text: Option<String>,
    }
}

impl SyncResult {
    /// Whether it says anything of the network and the authority, beyond that no sync was done or that one was stopped.
    #[must_use]
    pub const fn tells_of_network(self) -> bool {
        match self {
            Self::NotNeeded
            | Self::Waiting
            | Self::AlreadyRunning
            | Self::DeadlinePassed
            | Self::Cancelled
            | Self::PhoneFailed => false,
            Self::Synced
            | Self::Offline
            | Self::CaptivePortal
            | Self::CertificateRefused
            | Self::ServerBusy
            | Self::DeviceUnknown
            | Self::AnswerRefused => true,
        }
    }
}

impl RefusedUpload {
    /// The upload `upload_id`, refused for `refusal`.
    #[must_use]
    pub fn new(upload_id: &str, kind: UploadKind, refusal: &UploadRefusal) -> Self {
        let field = refusal.field.as_deref().map(|field| kind.form_path(field));
        Self {
            upload_id: upload_id.to_owned(),
            kind: kind.id().to_owned(),
            code: refusal.code.clone(),
            text: String::new(),
            field,
            field_code: refusal.field_code.clone(),
            field_text: None,
        }
    }
}

/// A queued upload, without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingUpload {
    /// UUIDv7: the same upload sent twice counts once.
    pub upload_id: String,
    /// Kind; a newer version of the app may have queued it.
    pub kind: UploadKind,
    /// When it was queued, trusted time, Unix milliseconds.
    pub queued_at_ms: i64,
    /// Why it was refused for good; none while it waits.
    pub refusal: Option<UploadRefusal>,
}

impl PendingUpload {
    /// Whether it registers the device, also where it was refused.
    #[must_use]
    pub const fn is_registration(&self) -> bool {
        matches!(self.kind, UploadKind::Known(row) if row.goes_first)
    }

    /// Whether this version will send it: it was neither refused nor queued by a newer version of the app.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.refusal.is_none() && matches!(self.kind, UploadKind::Known(_))
    }
}

/// Why an upload was refused for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRefusal {
    /// Stable code: a [`crate::wire::ProblemKind`]'s.
    pub code: String,
    /// Path of the field that was refused, where the authority names one.
    pub field: Option<String>,
    /// Stable code of what is wrong with the field.
    pub field_code: Option<String>,
}
