//! The desk's word that somebody comes into somebody's care, as two officers sign it: they saw the carer, and a document of
//! the dependant.
//!
//! Invariant: it names the dependant's document and the one device whose owner may care; it holds for no other.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use super::{
    BothSignatures, OfficerSignature, Officers, OrderRefusal, check_time, is_device_id,
    order_bytes, require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code care order v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 1_024;

/// What two officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// Kind of the dependant's document, as in a registration.
    pub document_kind: String,
    /// Its number.
    pub document_number: String,
    /// Id of the carer's device: 22 characters, which the phone shows.
    pub device_id: String,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/care-orders`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedCareOrder {
    /// Base64url of the bytes of a [`CareOrder`].
    pub order: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same order again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CareOrderAnswer {
    /// Id of the order.
    pub id: String,
    /// Until when that phone may ask, Unix seconds.
    pub until: i64,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_care_order(order: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, order, officer, key)
}

/// Whether a signature of an order is by this key, whoever it says it is by.
pub(crate) fn care_order_is_signed_by(
    order: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, order, key)
}

/// The body to post for an order and its signatures.
#[must_use]
pub fn care_order_submission(order: &[u8], signatures: Vec<OfficerSignature>) -> SignedCareOrder {
    SignedCareOrder {
        order: BASE64URL_NOPAD.encode(order),
        signatures,
    }
}

/// An order whose signatures hold.
pub(crate) struct VerifiedCareOrder {
    pub(crate) id: [u8; 16],
    pub(crate) order: CareOrder,
    pub(crate) bytes: Vec<u8>,
    pub(crate) signatures: BothSignatures,
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify_care_order(
        &self,
        submitted: &SignedCareOrder,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedCareOrder, OrderRefusal> {
        let bytes = order_bytes(&submitted.order, MAX_ORDER_BYTES)
            .ok_or(OrderRefusal::Malformed("order"))?;
        let signatures = self.require_two(SIGNED_PREFIX, &bytes, &submitted.signatures)?;
        let order: CareOrder = health_code_core::encoding::json::from_slice(&bytes)
            .map_err(|_| OrderRefusal::Malformed("order"))?;
        require_canonical("order", &order, &bytes)?;
        check_time(order.at, now, skew_secs)?;
        let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        if !is_device_id(&order.device_id) {
            return Err(OrderRefusal::Invalid("deviceId", "not_a_device_id"));
        }
        Ok(VerifiedCareOrder {
            id,
            order,
            bytes,
            signatures,
        })
    }
}

health_code_core::hidden_debug!(
    CareOrder,
    SignedCareOrder,
    CareOrderAnswer,
    VerifiedCareOrder
);
