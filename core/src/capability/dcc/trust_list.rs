//! Whose signatures on certificates count: keys of other countries, as an authority took them from the EU's gateway or got them
//! from elsewhere, as JSON in a signed bundle.
//!
//! ```json
//! { "id": "eu", "version": 7, "keys": [
//!   { "kid": "<base64url>", "country": "DE", "key": "<base64url of a SubjectPublicKeyInfo>",
//!     "notBefore": 1622505600, "notAfter": 1685577600, "uses": ["vaccination", "test", "recovery"] } ] }
//! ```
//!
//! Invariant: a phone judges each key alone: one that it cannot read is passed over, the rest counts; of several lists the keys
//! count together. An authority publishes none that a phone would pass over. A key is for one algorithm, one country, one time
//! and certain kinds, and counts for nothing else.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use spki::der::asn1::UintRef;
use spki::der::{Decode as _, Reader as _, SliceReader};
use spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

use super::certificate::{Certificate, DccAlgorithm, DccKind, is_country};
use super::signed::MAX_KID_BYTES;
use super::{DccError, DccListError};
use crate::capability::published::is_id;
use crate::encoding::{MAX_INSTANT, base64, json};

/// Most keys of one list; the EU's gateway had some 2,000 at its end.
pub const MAX_KEYS: usize = 4_000;
/// How far the clocks of an issuer and of who looks may be apart, seconds.
const CLOCKS_APART_SECS: i64 = 30;
/// Bits of RSA keys that are verified with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

/// RFC 5480, 2.1.1; RFC 8017, appendix A.1 and A.2.3.
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// A key as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccKeyEntry {
    /// Key id, base64url.
    pub kid: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `SubjectPublicKeyInfo` in DER, base64url.
    pub key: String,
    /// First instant, Unix seconds.
    pub not_before: i64,
    /// Last instant, Unix seconds.
    pub not_after: i64,
    /// Ids of [`DccKind`] that it may sign, by its extended key usage; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
}

/// A key of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DccKey {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// What it signs with.
    pub algorithm: DccAlgorithm,
    /// Point or `RSAPublicKey`, as ring takes it.
    bytes: Vec<u8>,
    not_before: i64,
    not_after: i64,
    kinds: Vec<DccKind>,
}

/// A list that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DccKeys {
    /// Name in the index: 1 to 64 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    keys: BTreeMap<Vec<u8>, Vec<DccKey>>,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    version: u64,
    keys: Vec<Value>,
}

impl DccKeys {
    /// What is made of a content that was signed: entries that this version cannot read, and all after the
    /// [`MAX_KEYS`]th, are passed over.
    ///
    /// # Errors
    /// [`DccListError::Malformed`] if it is no list of keys at all.
    pub fn read(content: &[u8]) -> Result<Self, DccListError> {
        let head: Head = json::from_slice(content).map_err(|_| DccListError::Malformed)?;
        let mut keys: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for value in head.keys.into_iter().take(MAX_KEYS) {
            let entry = serde_json::from_value::<DccKeyEntry>(value).ok();
            if let Some((kid, key)) = entry.and_then(|entry| read_entry(&entry)) {
                keys.entry(kid).or_default().push(key);
            }
        }
        Ok(Self {
            id: head.id,
            version: head.version,
            keys,
        })
    }

    /// What an authority may publish: every key whole, and nothing that this version does not know.
    ///
    /// # Errors
    /// Any [`DccListError`] but those of rules.
    pub fn read_strictly(content: &[u8]) -> Result<Self, DccListError> {
        let head: Head = json::from_slice(content).map_err(|_| DccListError::Malformed)?;
        if !is_id(&head.id) || head.version == 0 || head.keys.len() > MAX_KEYS {
            return Err(DccListError::ValueInvalid);
        }
        let mut there = BTreeSet::new();
        for value in &head.keys {
            let entry: DccKeyEntry =
                serde_json::from_value(value.clone()).map_err(|_| DccListError::Malformed)?;
            // A member that is unknown.
            let again = serde_json::to_value(&entry).map_err(|_| DccListError::Malformed)?;
            if again != *value {
                return Err(DccListError::Malformed);
            }
            let known = |id: &String| DccKind::ALL.iter().any(|kind| kind.id() == id);
            let (_, key) = read_entry(&entry).ok_or(DccListError::KeyInvalid)?;
            if !entry.uses.iter().all(known) || !key.can_verify() {
                return Err(DccListError::KeyInvalid);
            }
            if !there.insert((entry.kid, entry.country, entry.key)) {
                return Err(DccListError::ValueInvalid);
            }
        }
        Self::read(content)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.values().map(Vec::len).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Certificate {
    /// Whether it holds at `at` (Unix seconds) by the keys of `lists` together; by which key.
    ///
    /// # Errors
    /// From [`DccError::NoTrustList`] to [`DccError::Expired`].
    pub fn verify<'k, L: Borrow<DccKeys>>(
        &self,
        lists: &'k [L],
        at: i64,
    ) -> Result<&'k DccKey, DccError> {
        if lists.is_empty() {
            return Err(DccError::NoTrustList);
        }
        let of_kid = |list: &'k L| list.borrow().keys.get(&self.signed.kid);
        let candidates = lists.iter().filter_map(of_kid).flatten();
        let message = self.signed.signed_bytes();
        // Of several keys with one id, what is wrong with the one that came furthest is told.
        let mut refusal = DccError::KeyUnknown;
        let mut signer = None;
        for key in candidates {
            match self.is_by(key, &message) {
                Ok(()) => {
                    signer = Some(key);
                    break;
                }
                Err(wrong) => refusal = refusal_further(refusal, wrong),
            }
        }
        let key = signer.ok_or(refusal)?;
        let validity = key.not_before..=key.not_after;
        if !validity.contains(&self.issued_at) || at > key.not_after {
            return Err(DccError::KeyNotValid);
        }
        if !key.kinds.contains(&self.kind) {
            return Err(DccError::KeyNotForKind);
        }
        if self.issued_at > at + CLOCKS_APART_SECS {
            return Err(DccError::IssuedInFuture);
        }
        if self.expires_at <= at {
            return Err(DccError::Expired);
        }
        Ok(key)
    }

    fn is_by(&self, key: &DccKey, message: &[u8]) -> Result<(), DccError> {
        if key.country != self.issuer {
            return Err(DccError::KeyOfAnotherCountry);
        }
        if key.algorithm != self.signed.algorithm {
            return Err(DccError::KeyOfAnotherAlgorithm);
        }
        key.verifier()
            .verify(message, &self.signed.signature)
            .map_err(|_| DccError::SignatureWrong)
    }
}

impl DccKey {
    fn verifier(&self) -> UnparsedPublicKey<&[u8]> {
        match self.algorithm {
            DccAlgorithm::Es256 => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.bytes.as_slice())
            }
            DccAlgorithm::Ps256 => {
                UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, self.bytes.as_slice())
            }
        }
    }

    /// Whether it is a point of the curve, or a modulus of a length that is verified with.
    fn can_verify(&self) -> bool {
        match self.algorithm {
            DccAlgorithm::Es256 => p256::PublicKey::from_sec1_bytes(&self.bytes).is_ok(),
            DccAlgorithm::Ps256 => {
                rsa_bits(&self.bytes).is_some_and(|bits| RSA_BITS.contains(&bits))
            }
        }
    }
}

fn refusal_further(one: DccError, other: DccError) -> DccError {
    let place = |error| match error {
        DccError::SignatureWrong => 3,
        DccError::KeyOfAnotherAlgorithm => 2,
        DccError::KeyOfAnotherCountry => 1,
        _ => 0,
    };
    if place(other) > place(one) {
        other
    } else {
        one
    }
}

/// The key's id and the key; none where this version can do nothing with it. A use that is not known is passed over.
fn read_entry(entry: &DccKeyEntry) -> Option<(Vec<u8>, DccKey)> {
    let kid = base64::decode_url(&entry.kid)?;
    let der = base64::decode_url(&entry.key)?;
    let validity = 0..=MAX_INSTANT;
    let is_valid = (1..=MAX_KID_BYTES).contains(&kid.len())
        && is_country(&entry.country)
        && validity.contains(&entry.not_before)
        && validity.contains(&entry.not_after)
        && entry.not_before < entry.not_after;
    let (algorithm, bytes) = public_key(&der).filter(|_| is_valid)?;
    let kinds = DccKind::ALL.into_iter();
    let kinds: Vec<_> = kinds
        .filter(|kind| entry.uses.is_empty() || entry.uses.iter().any(|id| id == kind.id()))
        .collect();
    let key = DccKey {
        country: entry.country.clone(),
        algorithm,
        bytes,
        not_before: entry.not_before,
        not_after: entry.not_after,
        kinds,
    };
    Some((kid, key))
}

/// What a `SubjectPublicKeyInfo` has in it.
fn public_key(der: &[u8]) -> Option<(DccAlgorithm, Vec<u8>)> {
    let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
    let bytes = info.subject_public_key.as_bytes()?.to_vec();
    match info.algorithm.oid {
        EC_PUBLIC_KEY => {
            let curve = info.algorithm.parameters_oid().ok()?;
            let is_point = bytes.len() == 65 && bytes.first() == Some(&4);
            (curve == P_256 && is_point).then_some((DccAlgorithm::Es256, bytes))
        }
        RSA | RSA_PSS => Some((DccAlgorithm::Ps256, bytes)),
        _ => None,
    }
}

/// The length of the modulus of an `RSAPublicKey` (RFC 8017, appendix A.1.1).
fn rsa_bits(der: &[u8]) -> Option<usize> {
    let mut reader = SliceReader::new(der).ok()?;
    let bits = reader.sequence(|inner| {
        let modulus = UintRef::decode(inner)?;
        UintRef::decode(inner)?;
        Ok::<_, spki::der::Error>(modulus.as_bytes().len() * 8)
    });
    let bits = bits.ok()?;
    reader.is_finished().then_some(bits)
}
