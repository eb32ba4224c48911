//! What one officer signs at the desk: a sheet for somebody who is there with the document, a list of the sheets, their end.
//!
//! Invariant: one officer is enough, since a sheet says nothing that the decision in force does not say and changes no colour; who
//! it was is kept with the sheet. The signature is under a prefix of its own.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::paper::{PaperError, Sheet};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use crate::officers::{OfficerSignature, Order, sign_order};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaperAct {
    /// Make a sheet; it ends the one before.
    Issue,
    /// Tell the sheets.
    List,
    /// End the one that counts.
    Revoke,
}

/// What an officer signs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaperOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// What is to be done.
    pub act: PaperAct,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose sheet: the citizen's own, or a dependant's.
    #[serde(default, skip_serializing_if = "SubjectId::is_owner")]
    pub subject: SubjectId,
    /// How long it is to count, days; to issue alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u8>,
    /// When it was signed, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/papers`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedPaperOrder {
    /// Base64url of the bytes of a [`PaperOrder`].
    pub order: String,
    /// Of one enrolled officer over the order's bytes.
    pub signature: OfficerSignature,
}

/// Answer to it: 201, or 200 for the same order again and for a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaperAnswer {
    /// Id of the order.
    pub id: String,
    /// The authority's region, as the sheet names it.
    pub region: LocalizedText,
    /// The sheets of the subject as they stand now, newest first.
    pub sheets: Vec<Sheet>,
    /// How many sheets counted until now and do not any more.
    pub revoked: u32,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// The body to post for an order, signed by `officer`.
#[must_use]
pub fn sign_paper_order(order: &[u8], officer: &str, key: &SigningKey) -> SignedPaperOrder {
    SignedPaperOrder {
        order: BASE64URL_NOPAD.encode(order),
        signature: sign_order::<PaperOrder>(order, officer, key),
    }
}

impl Order for PaperOrder {
    const PREFIX: &'static [u8] = b"health-code paper v1\n";
    const PATH: &'static str = "/v1/admin/papers";
    type Answer = PaperAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }

    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let issues = self.act == PaperAct::Issue;
        let fault = ("days", PaperError::DaysOutOfRange.code());
        (issues != self.days.is_some()).then_some(fault)
    }
}

health_code_core::hidden_debug!(PaperOrder, SignedPaperOrder, PaperAnswer);
