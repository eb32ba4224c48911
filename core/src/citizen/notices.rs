//! What is to be said above everything else on the home screen.
//!
//! Invariant: a notice tells what this phone knows by now, and goes as soon as it is no longer so; the most urgent comes
//! first. How the last sync ended is known since the app started.

use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;

use super::Recomputation;
use super::snapshot::Snapshot;
use super::status::Asked;
use crate::civil_time::CivilTime;
use crate::sync::{PendingUpload, SyncResult, TimeSource, TrustedTime, UploadKind};
use crate::wire::AppUpdate;
use crate::words::moments::{MomentStyle, Reading};
use crate::words::{self, LanguageTag};

/// What is shown is stale from this age on, seconds: a sync is planned each six or seven hours, and codes live for a day at
/// most.
const STALE_AFTER_SECS: i64 = 8 * 3_600;
/// How far a phone's own clock may be off before anybody is told, milliseconds.
const CLOCK_MAY_BE_OFF_MS: u64 = 5 * 60 * 1_000;

crate::app_types! {
    describe as describe_notices;

    /// What a notice is about, most urgent first.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum HomeNoticeKind {
        /// The codes of this region have ended.
        RegionEnded,
        /// The authority does not support this version of the app any more.
        UpdateNeeded,
        /// The code is past its end, grace counted: the colour is not known.
        Expired,
        /// The authority does not know this phone, which could not register again by itself.
        DeviceUnknown,
        /// The authority refused uploads.
        UploadRefused,
        /// The authority did not decide an appeal or an objection by the deadline that it signed.
        AppealOverdue,
        /// Officers ask for more on an appeal, and the deadline stands still until they have it.
        AppealAsked,
        /// An appeal was decided, and the decision was not looked at yet.
        AppealDecided,
        /// Results of tests or vaccinations came, and were not looked at yet.
        NewResults,
        /// This phone comes to another colour by the published rules.
        ColourDiffers,
        /// Something about the chain of changes of the colour does not fit, and was not read yet.
        ColourAlarm,
        /// The phone shows a year that cannot be, and was never told the time.
        ClockNeverSet,
        /// The authority had lost this phone, which registers again by itself.
        RegistersAgain,
        /// The last sync met a server whose certificate is not trusted.
        CertificateRefused,
        /// The last sync was answered by somebody else, as a network does that wants a login.
        CaptivePortal,
        /// The last sync found no network.
        Offline,
        /// The last sync found the authority's server unable to serve.
        ServerBusy,
        /// The code has ended and is accepted all the same, by an order for the time when servers are out of service.
        GraceInForce,
        /// What is shown is older than a planned sync would leave it.
        Stale,
        /// The codes of this region are about to end.
        SunsetComing,
        /// The phone's clock is off; codes are made with the authority's time.
        ClockWrong,
        /// Uploads wait for the network.
        UploadsWaiting,
        /// A newer version of the app queued something that this one cannot send.
        UploadsOfNewerApp,
        /// A newer version of the app is there.
        UpdateAdvised,
    }

    /// A strip above everything else on the home screen.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct HomeNotice {
        /// What it is about.
        pub kind: HomeNoticeKind,
        /// In a sentence or two.
        pub text: String,
        /// The time that it is about, Unix seconds: when the code ended, until when it is accepted, when the region's codes end, since when what is shown
        /// is as it is.
        pub at: Option<i64>,
    }
}

impl HomeNoticeKind {
    /// All, most urgent first.
    pub const ALL: [Self; 24] = [
        Self::RegionEnded,
        Self::UpdateNeeded,
        Self::Expired,
        Self::DeviceUnknown,
        Self::UploadRefused,
        Self::AppealOverdue,
        Self::AppealAsked,
        Self::AppealDecided,
        Self::NewResults,
        Self::ColourDiffers,
        Self::ColourAlarm,
        Self::ClockNeverSet,
        Self::RegistersAgain,
        Self::CertificateRefused,
        Self::CaptivePortal,
        Self::Offline,
        Self::ServerBusy,
        Self::GraceInForce,
        Self::Stale,
        Self::SunsetComing,
        Self::ClockWrong,
        Self::UploadsWaiting,
        Self::UploadsOfNewerApp,
        Self::UpdateAdvised,
    ];

    /// Id of its text.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::RegionEnded => "notice-region_ended",
            Self::UpdateNeeded => "notice-update_needed",
            Self::Expired => "notice-expired",
            Self::DeviceUnknown => "notice-device_unknown",
            Self::UploadRefused => "notice-upload_refused",
            Self::AppealOverdue => "notice-appeal_overdue",
            Self::AppealAsked => "notice-appeal_asked",
            Self::AppealDecided => "notice-appeal_decided",
            Self::NewResults => "notice-new_results",
            Self::ColourDiffers => "notice-colour_differs",
            Self::ColourAlarm => "notice-colour_alarm",
            Self::ClockNeverSet => "notice-clock_never_set",
            Self::RegistersAgain => "registers-again",
            Self::CertificateRefused => "notice-certificate_refused",
            Self::CaptivePortal => "notice-captive_portal",
            Self::Offline => "notice-offline",
            Self::ServerBusy => "notice-server_busy",
            Self::GraceInForce => "notice-grace_in_force",
            Self::Stale => "notice-stale",
            Self::SunsetComing => "notice-sunset_coming",
            Self::ClockWrong => "notice-clock_wrong",
            Self::UploadsWaiting => "notice-uploads_waiting",
            Self::UploadsOfNewerApp => "notice-uploads_of_newer_app",
            Self::UpdateAdvised => "notice-update_advised",
        }
    }
}

/// What the notices are made of beside the snapshot.
pub(super) struct Circumstances<'a> {
    pub(super) now: TrustedTime,
    /// How far the phone's own clock is off, milliseconds; none where that is not known.
    pub(super) clock_off_ms: Option<u64>,
    /// How the last sync since the app's start ended, where it said something of the network.
    pub(super) last_sync: Option<SyncResult>,
    /// Whether alarms about the chain of changes were not read.
    pub(super) has_alarms: bool,
    /// What capabilities ask of the citizen.
    pub(super) asked: Asked,
    pub(super) language: &'a LanguageTag,
    pub(super) civil: CivilTime,
}

/// Of a snapshot, most urgent first.
pub(super) fn notices(snapshot: &Snapshot, given: &Circumstances<'_>) -> Vec<HomeNotice> {
    let all = HomeNoticeKind::ALL.into_iter();
    all.filter_map(|kind| notice(kind, snapshot, given))
        .collect()
}

fn notice(
    kind: HomeNoticeKind,
    snapshot: &Snapshot,
    given: &Circumstances<'_>,
) -> Option<HomeNotice> {
    let uploads = || snapshot.uploads.iter();
    let registers = || uploads().any(|one| one.is_registration() && one.is_waiting());
    let plain = |holds: bool| holds.then(|| said(kind, "", [], None, given));
    let counted = |count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (count > 0).then(|| said(kind, "", [("count", count.into())], None, given))
    };
    let last_sync_was = |result| plain(given.last_sync == Some(result));
    let now = given.now.at_secs();
    match kind {
        HomeNoticeKind::RegionEnded | HomeNoticeKind::SunsetComing => sunset(kind, snapshot, given),
        HomeNoticeKind::UpdateNeeded => plain(snapshot.app_update == AppUpdate::Needed),
        HomeNoticeKind::UpdateAdvised => plain(snapshot.app_update == AppUpdate::Advised),
        HomeNoticeKind::Expired => {
            let has_ended = snapshot.sunset(now).is_some_and(|sunset| sunset.has_come);
            let is_expired = snapshot.has_state && !snapshot.has_code() && !has_ended;
            let held = snapshot.credential.as_ref().ok();
            let at = held.map(|held| held.claims.expires_at);
            is_expired.then(|| said(kind, "", [], at, given))
        }
        HomeNoticeKind::DeviceUnknown => {
            let was_unknown = given.last_sync == Some(SyncResult::DeviceUnknown);
            plain(was_unknown && !registers())
        }
        HomeNoticeKind::UploadRefused => {
            counted(uploads().filter(|one| one.refusal.is_some()).count())
        }
        HomeNoticeKind::AppealOverdue => {
            let appeals = &snapshot.appeals;
            let objections = snapshot.corrections.iter();
            let objections = objections.filter(|it| !appeals.known.contains(&it.id));
            let deadlines = objections.filter_map(|objection| objection.decided_by);
            let deadlines = deadlines.chain(appeals.deadlines.iter().copied());
            counted(deadlines.filter(|deadline| *deadline < now).count())
        }
        HomeNoticeKind::AppealAsked => counted(snapshot.appeals.asked),
        HomeNoticeKind::AppealDecided => counted(snapshot.appeals.new_decisions),
        HomeNoticeKind::NewResults => counted(snapshot.new_results),
        HomeNoticeKind::ColourDiffers => {
            let colour = snapshot.colour.as_ref().ok()?.as_ref()?;
            plain(colour.recomputation == Recomputation::Differs)
        }
        HomeNoticeKind::ColourAlarm => plain(given.has_alarms),
        HomeNoticeKind::ClockNeverSet => {
            plain(given.now.source == TimeSource::WallClock && !given.now.is_plausible())
        }
        HomeNoticeKind::RegistersAgain => plain(snapshot.is_forgotten() && registers()),
        HomeNoticeKind::CertificateRefused => last_sync_was(SyncResult::CertificateRefused),
        HomeNoticeKind::CaptivePortal => last_sync_was(SyncResult::CaptivePortal),
        HomeNoticeKind::Offline => last_sync_was(SyncResult::Offline),
        HomeNoticeKind::ServerBusy => last_sync_was(SyncResult::ServerBusy),
        HomeNoticeKind::GraceInForce => {
            let until = snapshot.grace_until(now)?;
            Some(said(kind, "", [], Some(until), given))
        }
        HomeNoticeKind::Stale => {
            let checked_at = snapshot.checked_at_ms?.div_euclid(1_000);
            let is_stale = now - checked_at > STALE_AFTER_SECS;
            is_stale.then(|| said(kind, "", [], Some(checked_at), given))
        }
        HomeNoticeKind::ClockWrong => {
            let is_off = given.clock_off_ms? > CLOCK_MAY_BE_OFF_MS;
            let has_code = snapshot.has_code();
            let without = if has_code { "" } else { ".without-code" };
            is_off.then(|| said(kind, without, [], None, given))
        }
        HomeNoticeKind::UploadsWaiting => counted(uploads().filter(|it| it.is_waiting()).count()),
        HomeNoticeKind::UploadsOfNewerApp => {
            let of_newer_app = |it: &&PendingUpload| matches!(it.kind, UploadKind::Newer { .. });
            counted(uploads().filter(of_newer_app).count())
        }
    }
}

fn sunset(
    kind: HomeNoticeKind,
    snapshot: &Snapshot,
    given: &Circumstances<'_>,
) -> Option<HomeNotice> {
    let sunset = snapshot.sunset(given.now.at_secs())?;
    if sunset.has_come != (kind == HomeNoticeKind::RegionEnded) {
        return None;
    }
    let reason = [("reason", sunset.text.for_tag(given.language).into())];
    Some(said(kind, "", reason, Some(sunset.effective_at), given))
}

/// Until when a code that has ended is accepted, in a sentence.
pub(super) fn grace_text(until: i64, reading: Reading<'_>) -> String {
    let mut arguments = FluentArgs::new();
    arguments.set("time", reading.moment(until, MomentStyle::DayAndTime));
    let id = HomeNoticeKind::GraceInForce.text_id();
    words::format(id, &arguments, reading.language.words()).unwrap_or_default()
}

/// A notice in words; the time that it is about is its argument `time`.
fn said<const N: usize>(
    kind: HomeNoticeKind,
    attribute: &str,
    arguments: [(&'static str, FluentValue<'_>); N],
    at: Option<i64>,
    given: &Circumstances<'_>,
) -> HomeNotice {
    let id = format!("{}{attribute}", kind.text_id());
    let language = given.language;
    let text = if let Some(text) = words::text(&id, language.words()) {
        text.to_owned()
    } else {
        let mut arguments: FluentArgs<'_> = arguments.into_iter().collect();
        if let Some(at) = at {
            let reading = Reading {
                now: given.now.at_secs(),
                civil: given.civil,
                language,
            };
            arguments.set("time", reading.moment(at, MomentStyle::DayAndTime));
        }
        words::format(&id, &arguments, language.words()).unwrap_or_default()
    };
    HomeNotice { kind, text, at }
}
