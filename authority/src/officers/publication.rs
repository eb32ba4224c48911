//! The publication of a public bundle as two officers sign it.
//!
//! Invariant: officers sign kind, name, version and hash, so what is published is what they saw. What kinds there are
//! and what their contents must be is not known here.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    BothSignatures, OfficerSignature, Officers, OrderRefusal, check_time, order_bytes,
    require_canonical, uuid_v7,
};

/// Put before the order when it is signed.
const SIGNED_PREFIX: &[u8] = b"health-code publication v1\n";
/// Longest order, bytes.
const MAX_ORDER_BYTES: usize = 1_024;

/// What two officers sign: the UTF-8 bytes of this JSON, without spaces, members in this order.
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

/// Body of `POST /v1/admin/publications`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignedPublication {
    /// Base64url of the bytes of a [`PublicationOrder`].
    pub publication: String,
    /// Base64url of the content.
    pub content: String,
    /// Exactly two.
    pub signatures: Vec<OfficerSignature>,
}

/// Answer to it: 201, or 200 for the same publication again.
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

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_publication(order: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(SIGNED_PREFIX, order, officer, key)
}

/// Whether `key` made this signature over an order.
pub(crate) fn publication_is_signed_by(
    order: &[u8],
    signature: &OfficerSignature,
    key: &ed25519_dalek::VerifyingKey,
) -> bool {
    signature.is_by(SIGNED_PREFIX, order, key)
}

/// Hex SHA-256 as an order names its content.
#[must_use]
pub fn content_sha256(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content))
}

/// A publication whose signatures hold over this content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VerifiedPublication {
    pub(crate) order: PublicationOrder,
    pub(crate) content: Vec<u8>,
    pub(crate) signatures: BothSignatures,
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify_publication(
        &self,
        submitted: &SignedPublication,
        now: i64,
        skew_secs: i64,
    ) -> Result<VerifiedPublication, OrderRefusal> {
        let bytes = order_bytes(&submitted.publication, MAX_ORDER_BYTES)
            .ok_or(OrderRefusal::Malformed("publication"))?;
        let signatures = self.require_two(SIGNED_PREFIX, &bytes, &submitted.signatures)?;
        let order: PublicationOrder = health_code_core::encoding::json::from_slice(&bytes)
            .map_err(|_| OrderRefusal::Malformed("publication"))?;
        require_canonical("publication", &order, &bytes)?;
        check_time(order.at, now, skew_secs)?;
        self.require_valid(&signatures, order.at)?;
        uuid_v7(&order.id).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        let content = BASE64URL_NOPAD
            .decode(submitted.content.as_bytes())
            .map_err(|_| OrderRefusal::Malformed("content"))?;
        if content_sha256(&content) != order.sha256 {
            return Err(OrderRefusal::Invalid("sha256", "not_of_content"));
        }
        Ok(VerifiedPublication {
            order,
            content,
            signatures,
        })
    }
}
