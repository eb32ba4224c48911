//! A decision on an appeal as two officers sign it.
//!
//! Invariant: outcome, reason and what is corrected fit each other; what is corrected are facts, and no colour stands in it.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::appeals::{
    AppealOutcome, FactCorrection, MAX_DECISION_CHARS, decision_fits,
};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::{
    BothSignatures, OfficerSignature, Officers, OrderRefusal, check_time, order_bytes,
    require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code appeal decision v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 8 * 1_024;
/// Most corrections of one decision.
const MAX_CORRECTIONS: usize = 10;

/// What two officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
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
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/appeal-decisions`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedAppealDecision {
    /// Base64url of the bytes of an [`AppealDecisionOrder`].
    pub decision: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same decision again.
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

/// Signs a decision's bytes as `officer`.
#[must_use]
pub fn sign_appeal_decision(decision: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, decision, officer, key)
}

/// Whether `key` made this signature over a decision.
pub(crate) fn appeal_decision_is_signed_by(
    decision: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, decision, key)
}

/// The body to post for a decision and its signatures.
#[must_use]
pub fn appeal_decision_submission(
    decision: &[u8],
    signatures: Vec<OfficerSignature>,
) -> SignedAppealDecision {
    SignedAppealDecision {
        decision: BASE64URL_NOPAD.encode(decision),
        signatures,
    }
}

impl AppealDecisionOrder {
    /// The member at fault, and its code, where it cannot be decided so.
    pub(crate) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let faulty = |text: &LocalizedText| text.faulty_language(MAX_DECISION_CHARS).is_some();
        if uuid_v7(&self.appeal).is_none() {
            return Some(("appeal", "not_uuid_v7"));
        }
        if self.corrections.len() > MAX_CORRECTIONS
            || !self.corrections.iter().all(FactCorrection::is_well_formed)
        {
            return Some(("corrections", "invalid"));
        }
        if !decision_fits(self.outcome, &self.reason, &self.corrections) {
            return Some(("reason", "reason_not_for_outcome"));
        }
        self.text
            .as_ref()
            .filter(|text| faulty(text))
            .map(|_| ("text", "text_invalid"))
    }
}

/// A decision whose signatures hold.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct VerifiedAppealDecision {
    pub(crate) id: [u8; 16],
    pub(crate) order: AppealDecisionOrder,
    pub(crate) bytes: Vec<u8>,
    signatures: BothSignatures,
}

impl VerifiedAppealDecision {
    /// Both officers' ids.
    pub(crate) fn officers(&self) -> Vec<String> {
        let both = self.signatures.iter();
        both.map(|(officer, _)| officer.clone()).collect()
    }

    /// Their signatures, base64url, in the order of the ids.
    pub(crate) fn signatures(&self) -> Vec<String> {
        let both = self.signatures.iter();
        both.map(|(_, signature)| BASE64URL_NOPAD.encode(signature))
            .collect()
    }
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify_appeal_decision(
        &self,
        submitted: &SignedAppealDecision,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedAppealDecision, OrderRefusal> {
        let malformed = OrderRefusal::Malformed("decision");
        let bytes = order_bytes(&submitted.decision, MAX_ORDER_BYTES).ok_or(malformed)?;
        let signatures = self.require_two(SIGNED_PREFIX, &bytes, &submitted.signatures)?;
        let order: AppealDecisionOrder =
            health_code_core::encoding::json::from_slice(&bytes).map_err(|_| malformed)?;
        require_canonical("decision", &order, &bytes)?;
        check_time(order.at, now, skew_secs)?;
        let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        if let Some((member, code)) = order.fault() {
            return Err(OrderRefusal::Invalid(member, code));
        }
        Ok(VerifiedAppealDecision {
            id,
            order,
            bytes,
            signatures,
        })
    }
}

health_code_core::hidden_debug!(
    AppealDecisionOrder,
    SignedAppealDecision,
    AppealDecisionAnswer,
    VerifiedAppealDecision
);
