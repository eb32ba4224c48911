//! A decision on an appeal as two officers sign it.
//!
//! Invariant: outcome, reason and what is corrected fit each other; what is corrected are facts, and no colour stands in it.

use health_code_core::capability::appeals::{
    AppealOutcome, FactAddition, FactCorrection, MAX_DECISION_CHARS, decision_fits,
};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::{Order, uuid_v7};

/// Most corrections, and most additions, of one decision.
const MAX_CORRECTIONS: usize = 10;

/// What two officers sign.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppealDecisionOrder {
    /// UUIDv7; the same id twice is the same decision.
    pub id: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal: the citizen's own where it does not say, or a dependant's in the citizen's care.
    #[serde(default)]
    pub subject: SubjectId,
    /// The appeal's id.
    pub appeal: String,
    /// What becomes of it.
    pub outcome: AppealOutcome,
    /// Why, of the closed list.
    pub reason: String,
    /// Words for the citizen, by language, English and Chinese among them; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalizedText>,
    /// What of the facts does not count any more; none of a rejected appeal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<FactCorrection>,
    /// What counts from now on that nobody had told; none of a rejected appeal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additions: Vec<FactAddition>,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Answer to an order: 201, or 200 for the same decision again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealDecisionAnswer {
    /// Id of the decision.
    pub id: String,
    /// Colour that the rules give now.
    pub colour: Option<Colour>,
    /// Why.
    pub reason: Option<Reason>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

impl Order for AppealDecisionOrder {
    const PREFIX: &'static [u8] = b"health-code appeal decision v1\n";
    const PATH: &'static str = "/v1/admin/appeal-decisions";
    const MEMBER: &'static str = "decision";
    const MAX_BYTES: usize = 8 * 1_024;
    type Answer = AppealDecisionAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }

    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let faulty = |text: &LocalizedText| text.faulty_language(MAX_DECISION_CHARS).is_some();
        if uuid_v7(&self.appeal).is_none() {
            return Some(("appeal", "not_uuid_v7"));
        }
        if self.corrections.len() > MAX_CORRECTIONS
            || !self.corrections.iter().all(FactCorrection::is_well_formed)
        {
            return Some(("corrections", "invalid"));
        }
        if self.additions.len() > MAX_CORRECTIONS
            || !self.additions.iter().all(FactAddition::is_well_formed)
        {
            return Some(("additions", "invalid"));
        }
        let (corrections, additions) = (&self.corrections, &self.additions);
        if !decision_fits(self.outcome, &self.reason, corrections, additions) {
            return Some(("reason", "reason_not_for_outcome"));
        }
        self.text
            .as_ref()
            .filter(|text| faulty(text))
            .map(|_| ("text", "text_invalid"))
    }
}

health_code_core::hidden_debug!(AppealDecisionOrder, AppealDecisionAnswer);
