//! What a community desk asks of the authority: to make, strike off and list activation codes, signed by one enrolled officer.
//!
//! Invariant: the signature covers exactly the bytes of the order; a code itself is not in it, only its hash.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::officers::{OfficerSignature, Order, sign_order};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CodeAct {
    /// A code that the desk has made is to count.
    Make,
    /// A code is to count no more.
    StrikeOff,
    /// The officer's own codes are to be told.
    List,
}

/// What an officer signs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CodeOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// What is asked for.
    pub act: CodeAct,
    /// Kind of the document that the desk saw; to make one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_kind: Option<String>,
    /// Its number; to make one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// The name on it, where the code is to count for that name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Hash of the code, hex; to make one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_sha256: Option<String>,
    /// How long it is good, days; the policy's where it is left out, and at most that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The code's id as it was told when it was made; to strike it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_id: Option<String>,
    /// When it was written, Unix seconds.
    pub at: i64,
}

/// Body of `POST /v1/admin/activation-codes`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedCodeOrder {
    /// Base64url of the bytes of a [`CodeOrder`].
    pub order: String,
    /// Of one enrolled officer over the order's bytes.
    pub signature: OfficerSignature,
}

/// Answer to it: the codes that it is about; 201 for one that was made now, else 200.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodesAnswer {
    /// The one that was made or struck off; or all of the officer's that are told still, newest first.
    pub codes: Vec<CodeEntry>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// A code as it is told to a desk: without the code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeEntry {
    /// Its id: 32 hex digits; says nothing of the code.
    pub id: String,
    /// Last characters of the document, as in a health code.
    pub document_tail: String,
    /// Unix seconds.
    pub made_at: i64,
    /// First instant at which it is good no more, Unix seconds.
    pub expires_at: i64,
    /// Last day on which it is good, by the region's clock, `YYYY-MM-DD`; none from an authority of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
    /// `open`, `used`, `struck_off`, `expired`.
    pub state: String,
}

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_code_order(order: &CodeOrder, officer: &str, key: &SigningKey) -> SignedCodeOrder {
    let bytes = serde_json::to_vec(order).unwrap_or_default();
    SignedCodeOrder {
        signature: sign_order::<CodeOrder>(&bytes, officer, key),
        order: BASE64URL_NOPAD.encode(&bytes),
    }
}

impl Order for CodeOrder {
    const PREFIX: &'static [u8] = b"health-code activation code v1\n";
    const PATH: &'static str = "/v1/admin/activation-codes";
    type Answer = CodesAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }
}

/// 32 bytes in lower-case hex.
pub(super) fn sha256_of_hex(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

health_code_core::hidden_debug!(CodeOrder, SignedCodeOrder, CodesAnswer, CodeEntry);
