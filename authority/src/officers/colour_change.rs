//! A colour change as two officers sign it.
//!
//! Invariant: the reason is of the closed list and fits the colour; each change names the head of the chain before it. What the chain
//! is, the core says.

pub use health_code_core::capability::officer_chain::ColourOrder;
use health_code_core::capability::officer_chain::{MAX_ORDER_BYTES, SIGNED_PREFIX, fits};
use health_code_core::colour::{Colour, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Order;

/// Answer to an order: 201, or 200 for the same change again.
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

impl Order for ColourOrder {
    const PREFIX: &'static [u8] = SIGNED_PREFIX;
    const PATH: &'static str = "/v1/admin/colour-changes";
    const MEMBER: &'static str = "change";
    const MAX_BYTES: usize = MAX_ORDER_BYTES;
    type Answer = ColourChangeAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }

    fn fault(&self) -> Option<(&'static str, &'static str)> {
        (!fits(self.colour, self.reason)).then_some(("reason", "reason_not_for_colour"))
    }

    fn fault_of_unread(order: &Value) -> Option<(&'static str, &'static str)> {
        let reason = order.get("reason").and_then(Value::as_str);
        let is_known = reason.and_then(Reason::from_id).is_some();
        (!is_known).then_some(("reason", "unknown_reason"))
    }
}

health_code_core::hidden_debug!(ColourChangeAnswer);
