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

use crate::officers::{
    OfficerSignature, Officers, OrderRefusal, check_time, order_bytes, require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code paper v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 1_024;

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

/// What an officer signs: the UTF-8 bytes of this JSON, without spaces, members in this order.
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
    /// The officer's.
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
        signature: OfficerSignature::sign(SIGNED_PREFIX, order, officer, key),
    }
}

/// An order whose signature holds.
pub(super) struct VerifiedPaperOrder {
    pub(super) id: [u8; 16],
    pub(super) order: PaperOrder,
    pub(super) officer: String,
}

/// Checks the signature first, then what was signed. `now` and `skew_secs` in Unix seconds.
pub(super) fn verify(
    officers: &Officers,
    submitted: &SignedPaperOrder,
    now: i64,
    skew_secs: i64,
) -> Result<VerifiedPaperOrder, OrderRefusal> {
    let bytes =
        order_bytes(&submitted.order, MAX_ORDER_BYTES).ok_or(OrderRefusal::Malformed("order"))?;
    let officer = officers.require_one(SIGNED_PREFIX, &bytes, &submitted.signature)?;
    let order: PaperOrder = health_code_core::encoding::json::from_slice(&bytes)
        .map_err(|_| OrderRefusal::Malformed("order"))?;
    require_canonical("order", &order, &bytes)?;
    check_time(order.at, now, skew_secs)?;
    let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
    if (order.act == PaperAct::Issue) != order.days.is_some() {
        return Err(OrderRefusal::Invalid(
            "days",
            PaperError::DaysOutOfRange.code(),
        ));
    }
    Ok(VerifiedPaperOrder { id, order, officer })
}

health_code_core::hidden_debug!(
    PaperOrder,
    SignedPaperOrder,
    PaperAnswer,
    VerifiedPaperOrder
);
