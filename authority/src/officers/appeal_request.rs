//! What one officer asks of somebody who appealed: a document, a clearer picture, an explanation.
//!
//! Invariant: what is asked for is of a closed list. One officer's signature is enough: a request changes no fact, and how often and for how long a deadline stands still is the authority's policy.

use health_code_core::capability::appeals::{MAX_DECISION_CHARS, REQUEST_REASONS};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::{Order, uuid_v7};

/// What an officer signs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppealRequestOrder {
    /// UUIDv7; the same id twice is the same request.
    pub id: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose appeal: the citizen's own where it does not say, or a dependant's in the citizen's care.
    #[serde(default)]
    pub subject: SubjectId,
    /// The appeal's id.
    pub appeal: String,
    /// What is asked for, of the closed list.
    pub reason: String,
    /// Words for the citizen, by language, English and Chinese among them; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalizedText>,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Answer to it: 201, or 200 for the same request again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppealRequestAnswer {
    /// Id of the request.
    pub id: String,
    /// Until when the deadline stands still, Unix seconds.
    pub answer_by: i64,
    /// Deadline of the decision where no answer comes, Unix seconds.
    pub decide_by: i64,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

impl Order for AppealRequestOrder {
    const PREFIX: &'static [u8] = b"health-code appeal request v1\n";
    const PATH: &'static str = "/v1/admin/appeal-requests";
    const MEMBER: &'static str = "request";
    const ONE_MAY_SIGN: bool = true;
    const MAX_BYTES: usize = 8 * 1_024;
    type Answer = AppealRequestAnswer;

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
        if !REQUEST_REASONS.contains(&self.reason.as_str()) {
            return Some(("reason", "reason_unknown"));
        }
        self.text
            .as_ref()
            .filter(|text| faulty(text))
            .map(|_| ("text", "text_invalid"))
    }
}

health_code_core::hidden_debug!(AppealRequestOrder, AppealRequestAnswer);
