//! What officers sign about certificates: to be shown those of somebody, with both names; that one is the citizen's, or is not.
//!
//! Invariant: to be shown them one officer is enough, who is told in the answer alone; a decision takes as many different officers as
//! the settings say. The signatures are under a prefix of their own.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::dcc::{DccComparison, DccKind, DccPart, NamesStanding};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::officers::{
    OfficerSignature, Officers, OrderRefusal, check_time, order_bytes, require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code certificate names v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 1_024;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DccAct {
    /// Show the certificates of somebody with both names.
    Show,
    /// One of them is the citizen's.
    Agree,
    /// It is not.
    Refuse,
}

/// What officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DccOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// What is to be done.
    pub act: DccAct,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose certificates: the citizen's own, or a dependant's.
    #[serde(default, skip_serializing_if = "SubjectId::is_owner")]
    pub subject: SubjectId,
    /// Id of the certificate that is decided about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/certificates`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedDccOrder {
    /// Base64url of the bytes of a [`DccOrder`].
    pub order: String,
    /// One to be shown something; to decide, as many as the settings say.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same order again and to be shown something.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccAnswer {
    /// Id of the order.
    pub id: String,
    /// The certificates as they stand now.
    pub certificates: Vec<DccAtDesk>,
    /// Colour that the rules give now, where something was decided.
    pub colour: Option<Colour>,
    /// Why.
    pub reason: Option<Reason>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// A certificate as an officer sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccAtDesk {
    /// Its id.
    pub id: String,
    /// What it is about; none where it cannot be read any more.
    pub kind: Option<DccKind>,
    /// Country whose key signed it.
    pub issuer: String,
    /// Day of the dose, of the sample, of the first positive test, `YYYY-MM-DD`.
    pub day: String,
    /// How its names stand.
    pub names: NamesStanding,
    /// Names and date of birth on both sides.
    pub parts: Vec<DccPartAtDesk>,
    /// Code of what is wrong with it now; none: it counts by the rules.
    pub fault: Option<String>,
}

/// A part of what names a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccPartAtDesk {
    /// `surname`, `givenNames`, `birthDate`.
    pub part: String,
    /// As the certificate has it.
    pub in_certificate: String,
    /// As it is registered.
    pub in_document: String,
    /// `same`, `differs`, `cannotCompare`.
    pub comparison: String,
}

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_dcc_order(order: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, order, officer, key)
}

/// Whether `key` made this signature over an order.
pub(crate) fn dcc_order_is_signed_by(
    order: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, order, key)
}

/// The body to post for an order and its signatures.
#[must_use]
pub fn dcc_order_submission(order: &[u8], signatures: Vec<OfficerSignature>) -> SignedDccOrder {
    SignedDccOrder {
        order: BASE64URL_NOPAD.encode(order),
        signatures,
    }
}

/// An order whose signatures hold.
pub(super) struct VerifiedDccOrder {
    pub(super) id: [u8; 16],
    pub(super) order: DccOrder,
    pub(super) officers: Vec<String>,
}

/// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds; `deciding` officers decide.
pub(super) fn verify(
    officers: &Officers,
    submitted: &SignedDccOrder,
    deciding: u8,
    now: i64,
    skew_secs: i64,
) -> Result<VerifiedDccOrder, OrderRefusal> {
    let malformed = OrderRefusal::Malformed("order");
    let bytes = order_bytes(&submitted.order, MAX_ORDER_BYTES).ok_or(malformed)?;
    let by = match submitted.signatures.as_slice() {
        [one] => vec![officers.require_one(SIGNED_PREFIX, &bytes, one)?],
        two => {
            let both = officers.require_two(SIGNED_PREFIX, &bytes, two)?;
            both.into_iter().map(|(officer, _)| officer).collect()
        }
    };
    let order: DccOrder =
        health_code_core::encoding::json::from_slice(&bytes).map_err(|_| malformed)?;
    require_canonical("order", &order, &bytes)?;
    check_time(order.at, now, skew_secs)?;
    officers.require_counting(&by, order.at)?;
    let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
    if (order.act == DccAct::Show) != order.certificate.is_none() {
        return Err(OrderRefusal::Invalid("certificate", "not_for_act"));
    }
    if order.act != DccAct::Show && by.len() < usize::from(deciding) {
        return Err(OrderRefusal::Officers("signatures", "not_two"));
    }
    Ok(VerifiedDccOrder {
        id,
        order,
        officers: by,
    })
}

/// As the order's answer names a part and what can be said of it.
pub(super) const fn part_id(part: DccPart) -> &'static str {
    match part {
        DccPart::Surname => "surname",
        DccPart::GivenNames => "givenNames",
        DccPart::BirthDate => "birthDate",
    }
}

pub(super) const fn comparison_id(comparison: DccComparison) -> &'static str {
    match comparison {
        DccComparison::Same => "same",
        DccComparison::Differs => "differs",
        DccComparison::CannotCompare => "cannotCompare",
    }
}

health_code_core::hidden_debug!(
    DccOrder,
    SignedDccOrder,
    DccAnswer,
    DccAtDesk,
    DccPartAtDesk,
    VerifiedDccOrder
);
