//! Request signatures: RFC 9421 over method, authority, path, query and the body's RFC 9530 digest.
//!
//! Invariant: one request has one accepted form of each header. Headers are parsed as structured fields
//! (RFC 9651), written again, and must come out the same byte for byte; so nothing can hide in them.
//! Freshness is the server's nonce. `created` is informative and is not compared with any clock here.

use sfv::{BareItem, Dictionary, InnerList, ListEntry, Parser, key_ref};
use sha2::{Digest, Sha256};

use crate::encoding::base64;
use crate::ports::PortError;
use crate::trust::{DEVICE_SIGNATURE_BYTES, DevicePublicKey};

/// Header with the body's digest (RFC 9530); signed requests always carry it, also with an empty body.
pub const CONTENT_DIGEST_HEADER: &str = "content-digest";
/// Header that says what is signed (RFC 9421, 4.1).
pub const SIGNATURE_INPUT_HEADER: &str = "signature-input";
/// Header with the signature (RFC 9421, 4.2).
pub const SIGNATURE_HEADER: &str = "signature";
/// Longest of each of these headers, bytes.
pub const MAX_SIGNATURE_HEADER_BYTES: usize = 2 * 1024;
/// Longest nonce, characters.
pub const MAX_NONCE_CHARS: usize = 128;

/// The only label.
const LABEL: &str = "sig1";
/// What is signed, in this order.
const COMPONENTS: [&str; 5] = ["@method", "@authority", "@path", "@query", "content-digest"];
/// Largest integer of a structured field (RFC 9651, 3.3.1).
const MAX_CREATED: i64 = 999_999_999_999_999;

crate::coded_errors! {
    /// Why a request's signature does not count.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SignatureRefusal {
        /// A header above [`MAX_SIGNATURE_HEADER_BYTES`].
        HeaderTooLong => "request_signature_header_too_long";
        /// The body is not the one that was digested, or the digest is written in another way.
        DigestMismatch => "request_signature_digest_mismatch";
        /// Not structured fields, several labels, or not in the one accepted form.
        Malformed => "request_signature_malformed";
        /// Other components than the agreed ones, or in another order.
        ComponentsNotAccepted => "request_signature_components";
        /// A parameter is missing, unknown, or of the wrong kind.
        ParametersNotAccepted => "request_signature_parameters";
        /// Neither `ed25519` nor `ecdsa-p256-sha256`, or not the one of the key.
        AlgorithmNotAccepted => "request_signature_algorithm";
        /// The key given is not the one that the request names.
        KeyMismatch => "request_signature_key_mismatch";
        /// The signature is wrong.
        SignatureWrong => "request_signature_wrong";
    }
}

/// The parts of a request that are signed.
#[derive(Clone, Copy)]
pub struct RequestParts<'a> {
    /// `GET`, `PUT`, `POST` or `DELETE`.
    pub method: &'a str,
    /// Host, and port unless it is 443; compared without regard to case (RFC 9421, 2.2.3).
    pub authority: &'a str,
    /// Path as sent, starting with `/`.
    pub path: &'a str,
    /// Query as sent, without the question mark; empty if there is none.
    pub query: &'a str,
    /// Body as sent.
    pub body: &'a [u8],
}

impl std::fmt::Debug for RequestParts<'_> {
    /// Bodies are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RequestParts({} {})", self.method, self.path)
    }
}

/// Headers that make a request a signed one.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedHeaders {
    /// Value of [`CONTENT_DIGEST_HEADER`].
    pub content_digest: String,
    /// Value of [`SIGNATURE_INPUT_HEADER`].
    pub signature_input: String,
    /// Value of [`SIGNATURE_HEADER`].
    pub signature: String,
}

/// Name of a device in requests: base64url of the first 16 bytes of SHA-256 of its public key, 22 characters.
#[must_use]
pub fn device_id(key: &DevicePublicKey) -> String {
    base64::encode_url(&Sha256::digest(key.as_bytes())[..16])
}

/// Value of [`CONTENT_DIGEST_HEADER`] for `body`.
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", base64::encode(&Sha256::digest(body)))
}

/// What signs: a message in, a signature out, see [`crate::ports::DeviceSigner::sign`].
pub type SignMessage<'a> = dyn Fn(&[u8]) -> Result<Vec<u8>, PortError> + 'a;

/// Signs a request with the nonce of the server's last answer, or, where a subject is erased, with one of the device's
/// own. `created` is in Unix seconds.
///
/// # Errors
/// What `sign` returns; [`PortError::HostFailed`] if it returned no signature.
pub fn sign_request(
    parts: &RequestParts<'_>,
    nonce: &str,
    created: i64,
    public_key: &DevicePublicKey,
    sign: &SignMessage<'_>,
) -> Result<SignedHeaders, PortError> {
    let content_digest = content_digest(parts.body);
    let parameters = Parameters {
        created: created.clamp(0, MAX_CREATED),
        key_id: device_id(public_key),
        nonce: nonce.to_owned(),
        algorithm: algorithm(public_key).to_owned(),
    };
    let base = request_base(parts, &content_digest, &parameters);
    let signature = public_key.canonical_signature(&sign(base.as_bytes())?)?;
    Ok(SignedHeaders {
        content_digest,
        signature_input: format!("{LABEL}={}", parameters.write()),
        signature: write_signature(&signature),
    })
}

/// A request's signature, read and found well-formed but not yet verified.
#[derive(Clone, PartialEq, Eq)]
pub struct SignatureVerifier {
    /// The device that claims to have signed, see [`device_id`].
    pub key_id: String,
    /// The server's nonce that it used; whether it is fresh is the server's to say.
    pub nonce: String,
    /// When the device says it signed, Unix seconds; informative.
    pub created: i64,
    algorithm: String,
    base: String,
    signature: [u8; DEVICE_SIGNATURE_BYTES],
}

impl SignatureVerifier {
    /// Reads the three headers of the request `parts`. Several lines of one header must come joined by `, `
    /// (RFC 9110, 5.2), and are then refused.
    ///
    /// # Errors
    /// Any [`SignatureRefusal`] but [`SignatureRefusal::KeyMismatch`] and [`SignatureRefusal::SignatureWrong`].
    pub fn parse(
        parts: &RequestParts<'_>,
        content_digest_header: &str,
        signature_input: &str,
        signature: &str,
    ) -> Result<Self, SignatureRefusal> {
        let headers = [content_digest_header, signature_input, signature];
        if headers
            .iter()
            .any(|header| header.len() > MAX_SIGNATURE_HEADER_BYTES)
        {
            return Err(SignatureRefusal::HeaderTooLong);
        }
        if content_digest_header != content_digest(parts.body) {
            return Err(SignatureRefusal::DigestMismatch);
        }
        let parameters = Parameters::read(signature_input)?;
        let signature = read_signature(signature)?;
        Ok(Self {
            base: request_base(parts, content_digest_header, &parameters),
            key_id: parameters.key_id,
            nonce: parameters.nonce,
            created: parameters.created,
            algorithm: parameters.algorithm,
            signature,
        })
    }

    /// What the device says it signed: the signature base (RFC 9421, 2.5).
    #[must_use]
    pub fn signed_text(&self) -> &str {
        &self.base
    }

    /// The signature, of which nobody knows yet whether it holds.
    #[must_use]
    pub const fn signature(&self) -> &[u8; DEVICE_SIGNATURE_BYTES] {
        &self.signature
    }

    /// Verifies with the public key of the device [`Self::key_id`].
    ///
    /// # Errors
    /// [`SignatureRefusal::KeyMismatch`], [`SignatureRefusal::AlgorithmNotAccepted`] if the key is of the
    /// other kind, [`SignatureRefusal::SignatureWrong`].
    pub fn verify(&self, key: &DevicePublicKey) -> Result<(), SignatureRefusal> {
        if device_id(key) != self.key_id {
            return Err(SignatureRefusal::KeyMismatch);
        }
        if algorithm(key) != self.algorithm {
            return Err(SignatureRefusal::AlgorithmNotAccepted);
        }
        if !key.verify(self.base.as_bytes(), &self.signature) {
            return Err(SignatureRefusal::SignatureWrong);
        }
        Ok(())
    }
}

impl SignatureVerifier {
    /// Whether the device with this `key`, where there is one, made the signature. One signature is verified in any case,
    /// so that whether there is a key cannot be told by the time that the answer takes.
    #[must_use]
    pub fn is_by(&self, key: Option<&DevicePublicKey>) -> bool {
        let fits = |key: &&DevicePublicKey| algorithm(key) == self.algorithm;
        if let Some(key) = key.filter(fits) {
            return self.verify(key).is_ok();
        }
        let stand_in = if self.algorithm == ED25519 {
            STAND_IN_ED25519
        } else {
            STAND_IN_P256
        };
        std::hint::black_box(stand_in.verify(self.base.as_bytes(), &self.signature));
        false
    }
}

/// Keys that nobody's signature counts by: the base points of both curves.
const STAND_IN_ED25519: DevicePublicKey = {
    let mut bytes = [0x66; 32];
    bytes[0] = 0x58;
    DevicePublicKey::Ed25519(bytes)
};
const STAND_IN_P256: DevicePublicKey = DevicePublicKey::P256([
    0x03, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40,
    0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2,
    0x96,
]);

/// Signature parameters (RFC 9421, 2.3).
#[derive(PartialEq, Eq)]
struct Parameters {
    created: i64,
    key_id: String,
    nonce: String,
    algorithm: String,
}

impl Parameters {
    /// The components and parameters as an inner list, always in the same order.
    fn write(&self) -> String {
        let components: Vec<_> = COMPONENTS
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        format!(
            "({});created={};keyid=\"{}\";nonce=\"{}\";alg=\"{}\"",
            components.join(" "),
            self.created,
            self.key_id,
            self.nonce,
            self.algorithm
        )
    }

    fn read(header: &str) -> Result<Self, SignatureRefusal> {
        let ListEntry::InnerList(list) = only_member(header)? else {
            return Err(SignatureRefusal::Malformed);
        };
        if !covers_the_components(&list) {
            return Err(SignatureRefusal::ComponentsNotAccepted);
        }
        let refused = SignatureRefusal::ParametersNotAccepted;
        if list.params.len() != 4 {
            return Err(refused);
        }
        let text = |name| match list.params.get(name) {
            Some(BareItem::String(value)) => Ok(value.as_str().to_owned()),
            _ => Err(refused),
        };
        let created = match list.params.get(key_ref("created")) {
            Some(BareItem::Integer(value)) => i64::from(*value),
            _ => return Err(refused),
        };
        let parameters = Self {
            created,
            key_id: text(key_ref("keyid"))?,
            nonce: text(key_ref("nonce"))?,
            algorithm: text(key_ref("alg"))?,
        };
        if created < 0 || !is_device_id(&parameters.key_id) || !is_nonce(&parameters.nonce) {
            return Err(refused);
        }
        if ![ED25519, P256].contains(&parameters.algorithm.as_str()) {
            return Err(SignatureRefusal::AlgorithmNotAccepted);
        }
        if format!("{LABEL}={}", parameters.write()) != header {
            return Err(SignatureRefusal::Malformed);
        }
        Ok(parameters)
    }
}

fn covers_the_components(list: &InnerList) -> bool {
    let names = list.items.iter().map(|item| match &item.bare_item {
        BareItem::String(name) if item.params.is_empty() => Some(name.as_str()),
        _ => None,
    });
    names.eq(COMPONENTS.into_iter().map(Some))
}

/// Names of the algorithms (RFC 9421, 6.2.2).
const ED25519: &str = "ed25519";
const P256: &str = "ecdsa-p256-sha256";

const fn algorithm(key: &DevicePublicKey) -> &'static str {
    match key {
        DevicePublicKey::Ed25519(_) => ED25519,
        DevicePublicKey::P256(_) => P256,
    }
}

/// The one member of a dictionary, under the one accepted label.
fn only_member(header: &str) -> Result<ListEntry, SignatureRefusal> {
    let mut members: Dictionary = Parser::new(header)
        .parse()
        .map_err(|_| SignatureRefusal::Malformed)?;
    match (members.len(), members.pop()) {
        (1, Some((label, member))) if label.as_str() == LABEL => Ok(member),
        _ => Err(SignatureRefusal::Malformed),
    }
}

fn write_signature(signature: &[u8; DEVICE_SIGNATURE_BYTES]) -> String {
    format!("{LABEL}=:{}:", base64::encode(signature))
}

fn read_signature(header: &str) -> Result<[u8; DEVICE_SIGNATURE_BYTES], SignatureRefusal> {
    let refused = SignatureRefusal::Malformed;
    let ListEntry::Item(item) = only_member(header)? else {
        return Err(refused);
    };
    let BareItem::ByteSequence(bytes) = item.bare_item else {
        return Err(refused);
    };
    let signature = bytes.try_into().map_err(|_| refused)?;
    if write_signature(&signature) != header {
        return Err(refused);
    }
    Ok(signature)
}

/// The signature that a header's value holds, if it is in the one accepted form.
#[must_use]
pub fn signature_in(header: &str) -> Option<[u8; DEVICE_SIGNATURE_BYTES]> {
    read_signature(header).ok()
}

fn request_base(parts: &RequestParts<'_>, content_digest: &str, parameters: &Parameters) -> String {
    let authority = normal_authority(parts.authority);
    let path = if parts.path.is_empty() {
        "/"
    } else {
        parts.path
    };
    let query = format!("?{}", parts.query);
    let values = [parts.method, &authority, path, &query, content_digest];
    signature_base(COMPONENTS.into_iter().zip(values), &parameters.write())
}

/// Lower case, without the port of https (RFC 9421, 2.2.3).
pub(super) fn normal_authority(authority: &str) -> String {
    let mut authority = authority.to_ascii_lowercase();
    if authority.ends_with(":443") {
        authority.truncate(authority.len() - ":443".len());
    }
    authority
}

/// The bytes that are signed (RFC 9421, 2.5).
fn signature_base<'a>(
    components: impl Iterator<Item = (&'a str, &'a str)>,
    parameters: &str,
) -> String {
    let mut base = String::new();
    for (name, value) in components {
        base.extend(["\"", name, "\": ", value, "\n"]);
    }
    base.push_str("\"@signature-params\": ");
    base.push_str(parameters);
    base
}

/// Whether this is a nonce: base64url without padding, 1 to [`MAX_NONCE_CHARS`] characters.
#[must_use]
pub fn is_nonce(nonce: &str) -> bool {
    !nonce.is_empty() && nonce.len() <= MAX_NONCE_CHARS && base64::decode_url(nonce).is_some()
}

fn is_device_id(key_id: &str) -> bool {
    base64::decode_url(key_id).is_some_and(|id| id.len() == 16)
}

crate::hidden_debug!(SignedHeaders, SignatureVerifier, Parameters);

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
