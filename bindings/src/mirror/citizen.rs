//! What screens show, and what comes of a sync.

use health_code_core::capability::bulletins::BulletinUrgency;
use health_code_core::capability::results::ReportedEvidence;
use health_code_core::citizen::{
    CheckInDay, CheckInDayState, CheckInsView, CodeView, ColourView, ErasureState, ErasureView,
    FormKind, FormReview, HomeNotice, HomeNoticeKind, HomeStatus, HomeView, KeptView, NextStep,
    NextStepKind, OpeningFailure, OpeningFailureKind, Recomputation, Stage, StatusKind,
    WayToGreenKind, WayToGreenView,
};
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::event::{ColourChange, HealthCodeEvent};
use health_code_core::form::{AnswerView, FieldError};
use health_code_core::ports::ClockReading;
use health_code_core::sync::{
    RefusedUpload, SyncOutcome, SyncReason, SyncResult, TimeSource, TrustedTime,
};
use health_code_core::trust::{ColourWords, Scheme};
use health_code_core::wire::{self, AppUpdate, ItineraryLeg};

health_code_core::describe_citizen_views!();
health_code_core::describe_status!();
health_code_core::describe_way_to_green!();
health_code_core::describe_notices!();
health_code_core::describe_opening_failure!();
health_code_core::describe_recomputation!();
health_code_core::describe_clock_reading!();
health_code_core::describe_sync_outcome!();
health_code_core::describe_trusted_time!();
health_code_core::describe_app_update!();
health_code_core::describe_itinerary_leg!();
health_code_core::describe_event!();

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
