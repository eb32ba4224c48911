//! A move to another phone as two officers sign it, and the mending of a document that was mistyped: the desk saw the person
//! and the document.
//!
//! Invariant: it names the document that is registered, the one device that may register now, and the document for which, where
//! that is another one.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::Order;

/// What two officers sign.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// Kind of the document, as in a registration.
    pub document_kind: String,
    /// The number under which the citizen is registered.
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

/// Answer to an order: 201, or 200 for the same order again.
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

impl Order for MoveOrder {
    const PREFIX: &'static [u8] = b"health-code device move v1\n";
    const PATH: &'static str = "/v1/admin/moves";
    type Answer = MoveAnswer;

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

/// Whether this is a device's id.
pub(crate) fn is_device_id(text: &str) -> bool {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes());
    bytes.is_ok_and(|bytes| bytes.len() == 16)
}

health_code_core::hidden_debug!(MoveOrder, MoveAnswer);
