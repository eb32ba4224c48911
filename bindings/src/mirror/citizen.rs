//! What screens show, and what comes of a sync.

use health_code_core::citizen::{
    CheckInsView, CodeView, ColourView, FormKind, FormReview, HomeView, ObjectionView,
    Recomputation, Stage,
};
use health_code_core::colour::{Colour, ColourChange, Reason};
use health_code_core::event::Event;
use health_code_core::form::FieldError;
use health_code_core::ports::ClockReading;
use health_code_core::sync::{
    RefusedUpload, SyncOutcome, SyncReason, SyncResult, TimeSource, TrustedTime,
};
use health_code_core::wire::{self, AppUpdate, ItineraryLeg};

/// [`Event`], under a name that no platform's own framework has.
pub(crate) type HealthCodeEvent = Event;

/// How far the citizen has come.
#[uniffi::remote(Enum)]
pub enum Stage {
    /// Nothing sent and nothing queued: show the registration form.
    NotRegistered,
    /// Registered on this phone, waiting for the authority: sync when there is a network.
    RegistrationQueued,
    /// Registered, but the authority has not decided a colour yet: show the declaration form.
    AwaitingColour,
    /// There is a colour.
    Decided,
}

/// The home screen.
#[uniffi::remote(Record)]
pub struct HomeView {
    /// How far the citizen has come.
    pub stage: Stage,
    /// The colour and why; none before `Decided`.
    pub colour: Option<ColourView>,
    /// Whether there is a code whose credential has not ended.
    pub code_available: bool,
    /// When the credential ends, Unix seconds.
    pub credential_expires_at: Option<i64>,
    /// When the authority last answered, Unix milliseconds of its clock.
    pub synced_at_ms: Option<i64>,
    /// How old what is shown is, seconds.
    pub data_age_secs: Option<i64>,
    /// Uploads that still wait for the network.
    pub uploads_waiting: u32,
    /// Uploads that a newer version of the app queued: kept, and sent once it is installed again.
    pub uploads_of_newer_app: u32,
    /// Uploads that the authority refused and that need the citizen: id and stable code.
    pub uploads_refused: Vec<RefusedUpload>,
    /// Objections that the authority took, oldest first; dismissed like uploads.
    pub objections: Vec<ObjectionView>,
    /// Whether the time shown comes from an authenticated answer of this boot.
    pub time_is_anchored: bool,
    /// Whether the citizen should get a newer app, by the last answer that said.
    pub app_update: AppUpdate,
}

/// The colour and why.
#[uniffi::remote(Record)]
pub struct ColourView {
    /// The citizen's id at the authority: what an office asks for. No part of any document.
    pub citizen_id: String,
    /// Colour.
    pub colour: Colour,
    /// Reason; none where this version does not know it. The texts are there all the same.
    pub reason: Option<Reason>,
    /// Stable id of the reason, also of one that is not known.
    pub reason_id: String,
    /// The reason, English.
    pub why_en: String,
    /// The reason, Chinese.
    pub why_zh: String,
    /// What to do, English.
    pub instruction_en: String,
    /// What to do, Chinese.
    pub instruction_zh: String,
    /// Since when, Unix seconds.
    pub since: i64,
    /// First day on which the code can be green, `YYYY-MM-DD`; none for green.
    pub earliest_green: Option<String>,
    /// Day of the evidence, `YYYY-MM-DD`.
    pub evidence_date: Option<String>,
    /// The rule that decided: rule set, version, rule.
    pub rule_set_id: String,
    /// Version of the rule set.
    pub rule_set_version: u32,
    /// Rule within it.
    pub rule_id: String,
    /// Daily check-ins, where the rule that decided counts them.
    pub check_ins: Option<CheckInsView>,
    /// What this phone came to from the published rule set and the receipt's evidence.
    pub recomputation: Recomputation,
    /// SHA-256 of the signed receipt, lower-case hex: what a correction refers to.
    pub receipt_sha256: String,
}

/// Whether this phone comes to the same colour, reason, rule, day of green and check-ins as the authority.
#[uniffi::remote(Enum)]
pub enum Recomputation {
    /// It does.
    Same,
    /// It does not: the authority did not follow its published rules, or the receipt contradicts itself.
    Differs,
    /// Evidence, rules or reason hold something that this version does not know.
    NotByThisVersion,
    /// The rule set in that version is not on this phone.
    NotYet,
}

/// Daily check-ins in a row: "3 of 7".
#[uniffi::remote(Record)]
pub struct CheckInsView {
    /// Days done by the authority's count, as of the receipt.
    pub done: u32,
    /// Days required.
    pub required: u32,
    /// Day of the last check-in that counts, `YYYY-MM-DD`.
    pub last: Option<String>,
    /// Day on which the next one is due, `YYYY-MM-DD`; none once all are done.
    pub next_due: Option<String>,
}

/// An objection that the authority took.
#[uniffi::remote(Record)]
pub struct ObjectionView {
    /// Id of the upload.
    pub upload_id: String,
    /// When the authority took it, Unix seconds.
    pub received_at: i64,
    /// When it will have decided, Unix seconds.
    pub decided_by: Option<i64>,
}

/// The code to show now.
#[uniffi::remote(Record)]
pub struct CodeView {
    /// Text of the QR code, `JKM1:...`.
    pub text: String,
    /// Colour, to be shown with its word and shape.
    pub colour: Colour,
    /// Masked name.
    pub masked_name: String,
    /// Milliseconds until the next one is due.
    pub remaining_ms: u32,
    /// Length of a rotation, seconds.
    pub rotation_secs: u32,
    /// When the credential ends, Unix seconds.
    pub credential_expires_at: i64,
    /// Whether it has ended: checkpoints refuse the code unless an outage-grace order counts. Say so on the screen.
    pub is_expired: bool,
}

/// The forms that a citizen fills in.
#[uniffi::remote(Enum)]
pub enum FormKind {
    /// Who the citizen is; once.
    Registration,
    /// How the citizen is; again and again.
    HealthDeclaration,
}

/// A half-filled form, judged.
#[uniffi::remote(Record)]
pub struct FormReview {
    /// Ids of the fields to show, in order.
    pub visible_fields: Vec<String>,
    /// What stands in the way of submitting, in the form's order.
    pub errors: Vec<FieldError>,
    /// Required, visible fields with an acceptable answer.
    pub answered: u32,
    /// Required, visible fields.
    pub required: u32,
}

/// Something the host may want to tell the citizen at once.
#[uniffi::remote(Enum)]
pub enum HealthCodeEvent {
    /// The colour changed: raise an alert with the instructions.
    ColourChanged(ColourChange),
    /// A queued upload was refused for good and needs the citizen.
    UploadRefused {
        /// Id of the upload.
        upload_id: String,
        /// Stable code of the refusal.
        code: String,
    },
}

/// One look at the phone's clocks, taken together.
#[uniffi::remote(Record)]
pub struct ClockReading {
    /// Wall clock, milliseconds since 1970-01-01T00:00Z. The user can set it to anything.
    pub wall_ms: i64,
    /// Milliseconds since an arbitrary point of this boot, counting sleep; never goes back.
    pub monotonic_ms: u64,
    /// Names the boot: two readings with different values cannot be compared on `monotonic_ms`.
    pub boot_id: u64,
}

/// Why a sync is asked for; decides which waits it may skip. None skips the server's `Retry-After`.
#[uniffi::remote(Enum)]
pub enum SyncReason {
    /// The host's background timer.
    Scheduled,
    /// The app came to the front.
    AppOpened,
    /// A push message hinted at news; skips the plan, not the wait after a failure.
    PushHint,
    /// The citizen pulled to refresh; skips the plan and the wait after a failure.
    UserAsked,
    /// Something was just submitted; as `UserAsked`.
    AfterSubmit,
}

/// How a sync ended.
#[uniffi::remote(Enum)]
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
    /// The authority does not know this device: it has to register again.
    DeviceUnknown,
    /// An answer could not be believed; what was stored before stays.
    AnswerRefused,
    /// The phone's store or key failed.
    PhoneFailed,
}

/// What came of a sync.
#[uniffi::remote(Record)]
pub struct SyncOutcome {
    /// How it ended.
    pub result: SyncResult,
    /// Stable code of what went wrong, where something did; beside `Synced` something published that was left out.
    pub problem: Option<String>,
    /// Uploads that the authority took.
    pub uploads_sent: u32,
    /// Uploads that it refused for good; they stay until dismissed.
    pub uploads_refused: Vec<RefusedUpload>,
    /// Uploads that still wait; those of a newer version of the app do not count.
    pub uploads_left: u32,
    /// Whether this device is registered.
    pub registered: bool,
    /// Whether a new receipt or credential was stored.
    pub state_changed: bool,
    /// Bundles that were stored.
    pub bundles_updated: u32,
    /// Trusted time from which a scheduled sync may go, Unix milliseconds.
    pub next_allowed_at_ms: i64,
    /// Whether the citizen should get a newer app, by the last answer that said.
    pub app_update: AppUpdate,
}

/// An upload that was refused for good.
#[uniffi::remote(Record)]
pub struct RefusedUpload {
    /// Its id.
    pub upload_id: String,
    /// Stable code: a `ProblemKind`'s.
    pub code: String,
    /// Path of the field that was refused, where the authority names one.
    pub field: Option<String>,
    /// Stable code of what is wrong with the field.
    pub field_code: Option<String>,
}

/// Where a time comes from.
#[uniffi::remote(Enum)]
pub enum TimeSource {
    /// An answer since the last boot, carried on by the monotonic clock.
    Anchored,
    /// The wall clock, corrected by what it was off at the last answer before the reboot.
    Estimated,
    /// The wall clock alone: no answer was ever had.
    WallClock,
}

/// An instant and how much it can be relied on.
#[uniffi::remote(Record)]
pub struct TrustedTime {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub at_ms: i64,
    /// Where it comes from.
    pub source: TimeSource,
    /// Largest possible error, milliseconds; none where no bound is known.
    pub error_ms: Option<u64>,
}

/// Kinds of published bundles that an app can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum BundleKind {
    /// Whose keys count; signed by the national root.
    Trust,
    /// Which credentials were revoked.
    StatusList,
    /// Colour rules.
    RuleSet,
    /// A questionnaire.
    Form,
}

impl From<BundleKind> for wire::BundleKind {
    fn from(kind: BundleKind) -> Self {
        match kind {
            BundleKind::Trust => Self::TRUST,
            BundleKind::StatusList => Self::STATUS_LIST,
            BundleKind::RuleSet => Self::RULE_SET,
            BundleKind::Form => Self::FORM,
        }
    }
}

/// Whether the citizen should get a newer app.
#[uniffi::remote(Enum)]
pub enum AppUpdate {
    /// No.
    NotNeeded,
    /// Soon: the authority speaks a newer protocol already, and this one's still.
    Advised,
    /// Now: the authority does not support this version any more.
    Needed,
}

/// One leg of an itinerary.
#[uniffi::remote(Record)]
pub struct ItineraryLeg {
    /// Division arrived at, six digits.
    pub division: u32,
    /// First day there, `YYYY-MM-DD`.
    pub from: String,
    /// Last day there, `YYYY-MM-DD`, not before `from`.
    pub until: String,
    /// `train`, `flight`, `coach`, `car`, `ship` or `other`.
    pub transport: String,
    /// Number of the train or flight; may be empty. At most 16 characters.
    pub number: String,
}
