//! The desk's word that somebody comes into somebody's care, as two officers sign it: they saw the carer, and a document of
//! the dependant.
//!
//! Invariant: it names the dependant's document and the one device whose owner may care; it holds for no other.

use serde::{Deserialize, Serialize};

use super::{Order, is_device_id};

/// What two officers sign.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// Kind of the dependant's document, as in a registration.
    pub document_kind: String,
    /// The number on it, as a registration has it.
    pub document_number: String,
    /// Id of the carer's device: 22 characters, which the phone shows.
    pub device_id: String,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Answer to an order: 201, or 200 for the same order again.
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

impl Order for CareOrder {
    const PREFIX: &'static [u8] = b"health-code care order v1\n";
    const PATH: &'static str = "/v1/admin/care-orders";
    type Answer = CareOrderAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }

    fn fault(&self) -> Option<(&'static str, &'static str)> {
        (!is_device_id(&self.device_id)).then_some(("deviceId", "not_a_device_id"))
    }
}

health_code_core::hidden_debug!(CareOrder, CareOrderAnswer);
