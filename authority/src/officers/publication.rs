//! The publication of a public bundle as two officers sign it.
//!
//! Invariant: officers sign kind, name, version and hash, so what is published is what they saw. What kinds there are
//! and what their contents must be is not known here.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Order, OrderRefusal};

/// What two officers sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublicationOrder {
    /// UUIDv7.
    pub id: String,
    /// Kind of bundle as in the index, such as `rule-set`.
    pub kind: String,
    /// Name in the index, which the content says as well.
    pub name: String,
    /// Higher than any before under this kind and name.
    pub version: u64,
    /// Hex SHA-256 of the content.
    pub sha256: String,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Answer to an order: 201, or 200 for the same publication again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicationAnswer {
    /// Id of the order.
    pub id: String,
    /// As in the index.
    pub kind: String,
    /// As in the index.
    pub name: String,
    /// As in the index.
    pub version: u64,
    /// Hex SHA-256 of the signed bundle, as in the index.
    pub sha256: String,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

impl Order for PublicationOrder {
    const PREFIX: &'static [u8] = b"health-code publication v1\n";
    const PATH: &'static str = "/v1/admin/publications";
    const MEMBER: &'static str = "publication";
    const HAS_CONTENT: bool = true;
    type Answer = PublicationAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }
}

/// Hex SHA-256 as an order names its content.
#[must_use]
pub fn content_sha256(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

/// What goes along with an order, if it is what the order names.
pub(crate) fn content_of(
    order: &PublicationOrder,
    content: Option<&str>,
) -> Result<Vec<u8>, OrderRefusal> {
    let content = content.and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
    let content = content.ok_or(OrderRefusal::Malformed("content"))?;
    if content_sha256(&content) != order.sha256 {
        return Err(OrderRefusal::Invalid("sha256", "not_of_content"));
    }
    Ok(content)
}
