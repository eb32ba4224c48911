//! One kind of order: its name, what is signed, what is posted, written once for all that two officers sign.
//!
//! Invariant: an order counts only in the bytes that were signed, under the prefix of its kind, by officers whose keys count at the
//! instant that stands in it. What it does is for the use case.

use std::fmt;
use std::marker::PhantomData;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{OfficerSignature, Officers, OrderRefusal, check_time, uuid_v7};

/// A kind of order. It is signed as the UTF-8 bytes of its JSON, without spaces, members in the order in which they are declared.
pub trait Order: Serialize + DeserializeOwned {
    /// Put before the bytes when they are signed: a signature counts for no other kind.
    const PREFIX: &'static [u8];
    /// Where it is posted.
    const PATH: &'static str;
    /// Member of the body, and of the file that goes from hand to hand, in which it stands.
    const MEMBER: &'static str = "order";
    /// A content goes along whose hash the order names.
    const HAS_CONTENT: bool = false;
    /// One officer may be enough; for what, the use case says.
    const ONE_MAY_SIGN: bool = false;
    /// Longest order, bytes.
    const MAX_BYTES: usize = 1_024;
    /// What the authority answers.
    type Answer: Serialize + DeserializeOwned;

    /// UUIDv7; the same id twice is the same order.
    fn id(&self) -> &str;

    /// When it was drafted, Unix seconds.
    fn at(&self) -> i64;

    /// The member at fault, and its code, where nobody could order this.
    fn fault(&self) -> Option<(&'static str, &'static str)> {
        None
    }

    /// The same of one that cannot be read for it: named instead of "cannot be read".
    fn fault_of_unread(_order: &Value) -> Option<(&'static str, &'static str)> {
        None
    }
}

/// An order with its signatures: the body to post.
pub struct SignedOrder<O> {
    /// Base64url of the order's bytes.
    pub order: String,
    /// Base64url of what goes along, for a kind that has it; else none.
    pub content: Option<String>,
    /// Two different officers'; see [`Order::ONE_MAY_SIGN`].
    pub signatures: Vec<OfficerSignature>,
    kind: PhantomData<fn() -> O>,
}

/// Signs an order's bytes as `officer`.
#[must_use]
pub fn sign_order<O: Order>(order: &[u8], officer: &str, key: &SigningKey) -> OfficerSignature {
    OfficerSignature::sign(O::PREFIX, order, officer, key)
}

impl<O: Order> SignedOrder<O> {
    /// The body to post for an order and its signatures.
    #[must_use]
    pub fn new(order: &[u8], signatures: Vec<OfficerSignature>) -> Self {
        Self::of_text(BASE64URL_NOPAD.encode(order), signatures)
    }

    pub(crate) const fn of_text(order: String, signatures: Vec<OfficerSignature>) -> Self {
        Self {
            order,
            content: None,
            signatures,
            kind: PhantomData,
        }
    }

    /// The same with what goes along.
    #[must_use]
    pub fn with_content(mut self, content: &[u8]) -> Self {
        self.content = Some(BASE64URL_NOPAD.encode(content));
        self
    }
}

impl<O> Clone for SignedOrder<O> {
    fn clone(&self) -> Self {
        Self {
            order: self.order.clone(),
            content: self.content.clone(),
            signatures: self.signatures.clone(),
            kind: PhantomData,
        }
    }
}

impl<O> fmt::Debug for SignedOrder<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignedOrder(..)")
    }
}

impl<O: Order> Serialize for SignedOrder<O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry(O::MEMBER, &self.order)?;
        if let Some(content) = &self.content {
            members.serialize_entry("content", content)?;
        }
        members.serialize_entry("signatures", &self.signatures)?;
        members.end()
    }
}

impl<'de, O: Order> Deserialize<'de> for SignedOrder<O> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<O>(PhantomData<fn() -> O>);

impl<'de, O: Order> Visitor<'de> for Members<O> {
    type Value = SignedOrder<O>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object with {} and signatures", O::MEMBER)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut order, mut content, mut signatures) = (None, None, None);
        while let Some(member) = map.next_key::<String>()? {
            match member.as_str() {
                name if name == O::MEMBER && order.is_none() => order = Some(map.next_value()?),
                "content" if O::HAS_CONTENT && content.is_none() => {
                    content = Some(map.next_value()?);
                }
                "signatures" if signatures.is_none() => signatures = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    return Err(A::Error::custom("a member that is unknown, or there twice"));
                }
            }
        }
        if O::HAS_CONTENT && content.is_none() {
            return Err(A::Error::missing_field("content"));
        }
        Ok(SignedOrder {
            order: order.ok_or_else(|| A::Error::missing_field(O::MEMBER))?,
            content,
            signatures: signatures.ok_or_else(|| A::Error::missing_field("signatures"))?,
            kind: PhantomData,
        })
    }
}

/// An order whose signatures hold.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Verified<O> {
    pub(crate) id: [u8; 16],
    pub(crate) order: O,
    /// What was signed.
    pub(crate) bytes: Vec<u8>,
    /// Officers' ids and signatures, in the order of the ids.
    pub(crate) signatures: Vec<(String, [u8; 64])>,
}

impl<O> Verified<O> {
    /// What tells one order from another of its id: SHA-256 of what was signed, hex.
    pub(crate) fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(&self.bytes))
    }

    /// Who signed.
    pub(crate) fn officers(&self) -> Vec<String> {
        let all = self.signatures.iter();
        all.map(|(officer, _)| officer.clone()).collect()
    }

    /// Who signed first: the one officer of an order that takes but one.
    pub(crate) fn officer(&self) -> &str {
        let first = self.signatures.first();
        first.map_or("", |(officer, _)| officer)
    }

    /// Who signed, each with the signature in base64url.
    pub(crate) fn signed(&self) -> Vec<(String, String)> {
        let all = self.signatures.iter();
        all.map(|(officer, signature)| (officer.clone(), BASE64URL_NOPAD.encode(signature)))
            .collect()
    }
}

impl<O> fmt::Debug for Verified<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Verified(..)")
    }
}

impl Officers {
    /// Checks signatures first, then what was signed. `now` and `skew_secs` in Unix seconds.
    pub(crate) fn verify<O: Order>(
        &self,
        submitted: &SignedOrder<O>,
        now: i64,
        skew_secs: i64,
    ) -> Result<Verified<O>, OrderRefusal> {
        let bytes = order_bytes::<O>(&submitted.order)?;
        let signed = [O::PREFIX, &bytes].concat();
        let signatures = match submitted.signatures.as_slice() {
            [one] if O::ONE_MAY_SIGN => vec![self.signature("signatures/0", one, &signed)?],
            both => self.require_two(both, &signed)?,
        };
        self.read_order(bytes, signatures, now, skew_secs)
    }

    /// The same for what one officer signs alone.
    pub(crate) fn verify_one<O: Order>(
        &self,
        order: &str,
        signature: &OfficerSignature,
        now: i64,
        skew_secs: i64,
    ) -> Result<Verified<O>, OrderRefusal> {
        let bytes = order_bytes::<O>(order)?;
        let signed = [O::PREFIX, &bytes].concat();
        let by = self.signature("signature", signature, &signed)?;
        self.read_order(bytes, vec![by], now, skew_secs)
    }

    fn read_order<O: Order>(
        &self,
        bytes: Vec<u8>,
        signatures: Vec<(String, [u8; 64])>,
        now: i64,
        skew_secs: i64,
    ) -> Result<Verified<O>, OrderRefusal> {
        let invalid = |(member, code)| OrderRefusal::Invalid(member, code);
        let malformed = OrderRefusal::Malformed(O::MEMBER);
        let Ok(order) = health_code_core::encoding::json::from_slice::<O>(&bytes) else {
            let loosely = health_code_core::encoding::json::from_slice::<Value>(&bytes);
            let fault = loosely.ok().and_then(|order| O::fault_of_unread(&order));
            return Err(fault.map_or(malformed, invalid));
        };
        // What is signed is what was understood, and nothing beside it.
        if serde_json::to_vec(&order).map_err(|_| malformed)? != bytes {
            return Err(OrderRefusal::Invalid(O::MEMBER, "not_canonical"));
        }
        check_time(order.at(), now, skew_secs)?;
        let officers = signatures.iter().map(|(officer, _)| officer.as_str());
        self.require_counting(officers, order.at())?;
        let id = uuid_v7(order.id()).ok_or(OrderRefusal::Invalid("id", "not_uuid_v7"))?;
        if let Some(fault) = order.fault() {
            return Err(invalid(fault));
        }
        Ok(Verified {
            id,
            order,
            bytes,
            signatures,
        })
    }
}

/// The bytes of an order as they were sent: base64url, capped.
fn order_bytes<O: Order>(text: &str) -> Result<Vec<u8>, OrderRefusal> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
    bytes
        .filter(|bytes| bytes.len() <= O::MAX_BYTES)
        .ok_or(OrderRefusal::Malformed(O::MEMBER))
}
