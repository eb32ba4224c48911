//! A colour change as two officers sign it.
//!
//! Invariant: the reason is of the closed list and fits the colour; each change names the head of the chain before it,
//! and its own head covers change and signatures.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
pub use health_code_core::capability::officer_chain::ColourOrder;
use health_code_core::capability::officer_chain::{
    MAX_ORDER_BYTES, SIGNED_PREFIX, fits, order_chain_head,
};
use health_code_core::colour::{Colour, Reason};
use serde::{Deserialize, Serialize};

use super::{
    BothSignatures, OfficerSignature, Officers, OrderRefusal, check_time, order_bytes,
    require_canonical, uuid_v7,
};

/// Body of `POST /v1/admin/colour-changes`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedColourChange {
    /// Base64url of the bytes of a [`ColourOrder`].
    pub change: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same change again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ColourChangeAnswer {
    /// Id of the change.
    pub id: String,
    /// Hex head of the subject's chain after this change; the next one must name it.
    pub head: String,
    /// Colour that the rules give now.
    pub colour: Option<Colour>,
    /// Why.
    pub reason: Option<Reason>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// Signs a change's bytes as `officer`.
#[must_use]
pub fn sign_change(change: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, change, officer, key)
}

/// Whether `key` made this signature over a change.
pub(crate) fn change_is_signed_by(
    change: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, change, key)
}

/// The body to post for a change and its signatures.
#[must_use]
pub fn submission(change: &[u8], signatures: Vec<OfficerSignature>) -> SignedColourChange {
    SignedColourChange {
        change: BASE64URL_NOPAD.encode(change),
        signatures,
    }
}

/// A change whose signatures hold.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct VerifiedChange {
    pub(crate) id: [u8; 16],
    pub(crate) order: ColourOrder,
    pub(crate) bytes: Vec<u8>,
    pub(crate) signatures: BothSignatures,
    /// Head of the chain once this change is appended.
    pub(crate) head: [u8; 32],
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify(
        &self,
        submitted: &SignedColourChange,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedChange, OrderRefusal> {
        let bytes = order_bytes(&submitted.change, MAX_ORDER_BYTES)
            .ok_or(OrderRefusal::Malformed("change"))?;
        let signatures = self.require_two(SIGNED_PREFIX, &bytes, &submitted.signatures)?;
        let order = read_order(&bytes)?;
        check_time(order.at, now, skew_secs)?;
        self.require_valid(&signatures, order.at)?;
        let id = uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        let head = order_chain_head(&bytes, &signatures);
        Ok(VerifiedChange {
            id,
            order,
            bytes,
            signatures,
            head,
        })
    }
}

fn read_order(bytes: &[u8]) -> Result<ColourOrder, OrderRefusal> {
    // Read loosely first, so that an unknown reason is named instead of "cannot be read".
    let value: serde_json::Value = health_code_core::encoding::json::from_slice(bytes)
        .map_err(|_| OrderRefusal::Malformed("change"))?;
    let text = |name| value.get(name).and_then(serde_json::Value::as_str);
    if text("reason").and_then(Reason::from_id).is_none() {
        return Err(OrderRefusal::Invalid("reason", "unknown_reason"));
    }
    let order: ColourOrder = health_code_core::encoding::json::from_slice(bytes)
        .map_err(|_| OrderRefusal::Malformed("change"))?;
    require_canonical("change", &order, bytes)?;
    if !fits(order.colour, order.reason) {
        return Err(OrderRefusal::Invalid("reason", "reason_not_for_colour"));
    }
    Ok(order)
}

health_code_core::hidden_debug!(SignedColourChange, ColourChangeAnswer, VerifiedChange);
