//! A foreign issuer of EU certificates that really signs, with ES256 and with PS256; and what is put together wrongly on purpose.
//!
//! Invariant: its keys are for tests alone, and open to everybody.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use p256::ecdsa::signature::Signer as _;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use crate::encoding::{base45, base64, cbor, cose};

/// A key of 2,048 bits, PKCS #8, base64url.
const RSA_KEY: &str = include_str!("dcc_issuer_rsa.txt");
/// `SubjectPublicKeyInfo` up to the point, of a P-256 key; and up to the `RSAPublicKey`, of one of 2,048 bits.
const P_256_INFO: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const RSA_INFO: &[u8] = &[
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];

/// Label of the algorithm ES256 and PS256.
const ES256: i64 = -7;
const PS256: i64 = -37;

/// An issuer.
pub struct DccIssuer {
    country: String,
    kid: [u8; 8],
    key: Key,
}

impl std::fmt::Debug for DccIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DccIssuer({})", self.country)
    }
}

enum Key {
    Es256(p256::ecdsa::SigningKey),
    Ps256(RsaKeyPair),
}

impl DccIssuer {
    /// One that signs with ES256; another `seed` (not 0) is another key.
    #[must_use]
    pub fn es256(country: &str, seed: u8) -> Self {
        let key = p256::ecdsa::SigningKey::from_slice(&[seed; 32]);
        Self {
            country: country.to_owned(),
            kid: [seed; 8],
            key: Key::Es256(key.expect("a scalar of the curve")),
        }
    }

    /// One that signs with PS256: always the same key.
    #[must_use]
    pub fn ps256(country: &str) -> Self {
        let key = base64::decode_url(RSA_KEY.trim()).expect("base64url");
        let key = RsaKeyPair::from_pkcs8(&key).expect("a key");
        Self {
            country: country.to_owned(),
            kid: *b"rsa-2048",
            key: Key::Ps256(key),
        }
    }

    /// The key as a list has it, good from 2020 to 2030 for `uses`; for all where there are none.
    #[must_use]
    pub fn entry(&self, uses: &[&str]) -> Value {
        let mut entry = json!({
            "kid": base64::encode_url(&self.kid),
            "country": self.country,
            "key": base64::encode_url(&self.public_info()),
            "notBefore": 1_577_836_800, "notAfter": 1_893_456_000,
        });
        if !uses.is_empty() {
            entry["uses"] = json!(uses);
        }
        entry
    }

    /// `SubjectPublicKeyInfo`, DER.
    #[must_use]
    pub fn public_info(&self) -> Vec<u8> {
        match &self.key {
            Key::Es256(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                [P_256_INFO, point.as_bytes()].concat()
            }
            Key::Ps256(key) => [RSA_INFO, key.public().as_ref()].concat(),
        }
    }

    /// The text of a certificate with this content, good from `issued_at` to `expires_at`, Unix seconds.
    #[must_use]
    pub fn issue(&self, content: &Value, issued_at: i64, expires_at: i64) -> String {
        let claims = self.claims(content, issued_at, expires_at);
        text_of(&self.sign(&self.header(), &[0xa0], &claims))
    }

    /// The protected header with algorithm and key id.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut header = Vec::new();
        cbor::write_map(&mut header, 2);
        cbor::write_uint(&mut header, 1);
        cbor::write_int(&mut header, self.algorithm());
        cbor::write_uint(&mut header, 4);
        cbor::write_bytes(&mut header, &self.kid);
        header
    }

    /// The claims.
    #[must_use]
    pub fn claims(&self, content: &Value, issued_at: i64, expires_at: i64) -> Vec<u8> {
        let mut claims = Vec::new();
        cbor::write_map(&mut claims, 4);
        cbor::write_uint(&mut claims, 1);
        cbor::write_text(&mut claims, &self.country);
        cbor::write_uint(&mut claims, 4);
        cbor::write_int(&mut claims, expires_at);
        cbor::write_uint(&mut claims, 6);
        cbor::write_int(&mut claims, issued_at);
        cbor::write_int(&mut claims, -260);
        cbor::write_map(&mut claims, 1);
        cbor::write_uint(&mut claims, 1);
        claims.extend(cbor_of(content));
        claims
    }

    /// A tagged COSE_Sign1 over `payload`; both headers as they are to stand there: the protected one's bytes, the other as CBOR.
    #[must_use]
    pub fn sign(&self, protected: &[u8], unprotected: &[u8], payload: &[u8]) -> Vec<u8> {
        let signature = self.signature(protected, payload);
        message(protected, unprotected, payload, &signature)
    }

    /// The signature alone.
    #[must_use]
    pub fn signature(&self, protected: &[u8], payload: &[u8]) -> Vec<u8> {
        let mut signed = Vec::new();
        cose::write_signed_bytes(protected, &[], payload, &mut signed);
        match &self.key {
            Key::Es256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(&signed);
                signature.to_bytes().to_vec()
            }
            Key::Ps256(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(
                    &RSA_PSS_SHA256,
                    &SystemRandom::new(),
                    &signed,
                    &mut signature,
                )
                .expect("signed");
                signature
            }
        }
    }

    const fn algorithm(&self) -> i64 {
        match self.key {
            Key::Es256(_) => ES256,
            Key::Ps256(_) => PS256,
        }
    }
}

/// A COSE_Sign1 with tag 18 of these parts.
#[must_use]
pub fn message(protected: &[u8], unprotected: &[u8], payload: &[u8], signature: &[u8]) -> Vec<u8> {
    let mut message = vec![0xd2];
    cbor::write_array(&mut message, 4);
    cbor::write_bytes(&mut message, protected);
    message.extend_from_slice(unprotected);
    cbor::write_bytes(&mut message, payload);
    cbor::write_bytes(&mut message, signature);
    message
}

/// The text of a QR code for a COSE message.
#[must_use]
pub fn text_of(message: &[u8]) -> String {
    text_of_packed(&packed(message))
}

/// The zlib stream of a message.
#[must_use]
pub fn packed(message: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(message).expect("written");
    encoder.finish().expect("written")
}

/// The text of a QR code for what is to be a zlib stream.
#[must_use]
pub fn text_of_packed(packed: &[u8]) -> String {
    let mut text = "HC1:".to_owned();
    base45::encode_into(packed, &mut text);
    text
}

/// JSON without fractions as CBOR.
#[must_use]
pub fn cbor_of(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, value);
    out
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(boolean) => out.push(if *boolean { 0xf5 } else { 0xf4 }),
        Value::Number(number) => cbor::write_int(out, number.as_i64().expect("an integer")),
        Value::String(text) => cbor::write_text(out, text),
        Value::Array(items) => {
            cbor::write_array(out, items.len() as u64);
            for item in items {
                write(out, item);
            }
        }
        Value::Object(members) => {
            cbor::write_map(out, members.len() as u64);
            for (key, member) in members {
                cbor::write_text(out, key);
                write(out, member);
            }
        }
    }
}

/// Anna Maria Eriksson, as her passport's lines name her.
#[must_use]
pub fn anna() -> Value {
    json!({"fn": "Eriksson", "fnt": "ERIKSSON", "gn": "Anna Maria", "gnt": "ANNA<MARIA"})
}

/// A content about a dose, `dose` of `of`, of the day `on` (`YYYY-MM-DD`).
#[must_use]
pub fn vaccination(name: &Value, birth_date: &str, (dose, of): (u8, u8), on: &str) -> Value {
    content(
        name,
        birth_date,
        "v",
        &json!({
            "tg": "840539006", "vp": "1119349007", "mp": "EU/1/20/1528", "ma": "ORG-100030215",
            "dn": dose, "sd": of, "dt": on, "co": "SE", "is": "Folkhälsomyndigheten",
            "ci": format!("URN:UVCI:01:SE:V{dose}{on}#M"),
        }),
    )
}

/// A content about a test of `at` (RFC 3339) that found nothing.
#[must_use]
pub fn negative_test(name: &Value, birth_date: &str, at: &str) -> Value {
    content(
        name,
        birth_date,
        "t",
        &json!({
            "tg": "840539006", "tt": "LP6464-4", "nm": "PCR", "sc": at, "tr": "260415000",
            "tc": "Karolinska", "co": "SE", "is": "Folkhälsomyndigheten",
            "ci": format!("URN:UVCI:01:SE:T{at}#K"),
        }),
    )
}

/// A content about a recovery after a positive test of the day `on`, said to be good to the day `until`.
#[must_use]
pub fn recovery(name: &Value, birth_date: &str, on: &str, until: &str) -> Value {
    content(
        name,
        birth_date,
        "r",
        &json!({
            "tg": "840539006", "fr": on, "df": on, "du": until, "co": "SE",
            "is": "Folkhälsomyndigheten", "ci": format!("URN:UVCI:01:SE:R{on}#J"),
        }),
    )
}

fn content(name: &Value, birth_date: &str, group: &str, entry: &Value) -> Value {
    json!({"ver": "1.3.0", "nam": name, "dob": birth_date, group: [entry]})
}
