//! A move to another phone as two officers sign it, and the mending of a document that was mistyped: the desk saw the person
//! and the document.
//!
//! Invariant: it names the document that is registered, the one device that may register now, and the document for which, where
//! that is another one.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use super::{
    BothSignatures, OfficerSignature, Officers, OrderRefusal, check_time, order_bytes,
    require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code device move v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 1_024;

/// What two officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// Kind of the document, as in a registration.
    pub document_kind: String,
    /// Its number.
    pub document_number: String,
    /// Kind of the document that the desk saw, where another one is registered by mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_document_kind: Option<String>,
    /// Its number; both or neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_document_number: Option<String>,
    /// Id of the device that may register it now: 22 characters, which the phone shows.
    pub device_id: String,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/moves`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedMove {
    /// Base64url of the bytes of a [`MoveOrder`].
    pub order: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same order again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MoveAnswer {
    /// Id of the order.
    pub id: String,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Credentials of the phone before that counted until now and were revoked.
    pub revoked_credentials: u32,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_move(order: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, order, officer, key)
}

/// Whether a signature of an order is by this key, whoever it says it is by.
pub(crate) fn move_is_signed_by(
    order: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, order, key)
}

/// The body to post for an order and its signatures.
#[must_use]
pub fn move_submission(order: &[u8], signatures: Vec<OfficerSignature>) -> SignedMove {
    SignedMove {
        order: BASE64URL_NOPAD.encode(order),
        signatures,
    }
}

/// Whether this is a device's id.
pub(crate) fn is_device_id(text: &str) -> bool {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes());
    bytes.is_ok_and(|bytes| bytes.len() == 16)
}

/// An order whose signatures hold.
pub(crate) struct VerifiedMove {
    pub(crate) id: [u8; 16],
    pub(crate) order: MoveOrder,
    pub(crate) bytes: Vec<u8>,
    pub(crate) signatures: BothSignatures,
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify_move(
        &self,
        submitted: &SignedMove,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedMove, OrderRefusal> {
        let bytes = order_bytes(&submitted.order, MAX_ORDER_BYTES)
            .ok_or(OrderRefusal::Malformed("order"))?;
        let signatures = self.require_two(SIGNED_PREFIX, &bytes, &submitted.signatures)?;
        let order: MoveOrder = health_code_core::encoding::json::from_slice(&bytes)
            .map_err(|_| OrderRefusal::Malformed("order"))?;
        require_canonical("order", &order, &bytes)?;
        check_time(order.at, now, skew_secs)?;
        self.require_valid(&signatures, order.at)?;
        let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        if !is_device_id(&order.device_id) {
            return Err(OrderRefusal::Invalid("deviceId", "not_a_device_id"));
        }
        Ok(VerifiedMove {
            id,
            order,
            bytes,
            signatures,
        })
    }
}

health_code_core::hidden_debug!(MoveOrder, SignedMove, MoveAnswer, VerifiedMove);
