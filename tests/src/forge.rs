//! Makes codes that the core would never make: any header, any claim, any signature.
//!
//! Written from docs/PROTOCOL.md over other libraries than the core's encoder, so it is also a second encoder to
//! compare with. Invariant: what is not changed is right, so a refusal is due to the change alone.

use ed25519_dalek::{Signer as _, SigningKey};
use minicbor::Encoder;

/// Domain separation of an issuer's signature.
pub const CREDENTIAL_AAD: &[u8] = b"JKM1 credential";
/// Domain separation of a device's signature.
pub const PRESENTATION_AAD: &[u8] = b"JKM1 presentation";
/// Ed25519.
pub const ED25519: i64 = -19;
/// ECDSA, P-256, SHA-256.
pub const ESP256: i64 = -9;

/// A device's private key.
#[derive(Clone)]
pub enum DeviceKey {
    /// P-256.
    P256(p256::ecdsa::SigningKey),
    /// Ed25519.
    Ed25519(SigningKey),
}

impl DeviceKey {
    /// The P-256 key of these bytes.
    ///
    /// # Panics
    /// If they are none.
    #[must_use]
    pub fn p256(seed: [u8; 32]) -> Self {
        Self::P256(p256::ecdsa::SigningKey::from_slice(&seed).expect("a private key"))
    }

    /// The Ed25519 key of this seed.
    #[must_use]
    pub fn ed25519(seed: [u8; 32]) -> Self {
        Self::Ed25519(SigningKey::from_bytes(&seed))
    }

    /// As `cnf.kid` holds it.
    #[must_use]
    pub fn public_key(&self) -> Vec<u8> {
        match self {
            Self::P256(key) => key.verifying_key().to_sec1_point(true).as_bytes().to_vec(),
            Self::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
        }
    }

    /// COSE algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> i64 {
        match self {
            Self::P256(_) => ESP256,
            Self::Ed25519(_) => ED25519,
        }
    }

    /// A signature in the accepted form.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.normalize_s().to_bytes().to_vec()
            }
            Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        }
    }
}

/// The same P-256 signature with `n - s`.
///
/// # Panics
/// If it is no signature.
#[must_use]
pub fn other_s(signature: &[u8]) -> Vec<u8> {
    let signature = p256::ecdsa::Signature::from_slice(signature).expect("a signature");
    let (r, s) = signature.split_scalars();
    let other = p256::ecdsa::Signature::from_scalars(*r, -*s).expect("a signature");
    other.to_bytes().to_vec()
}

/// A P-256 signature over `message` with another random number than RFC 6979's, low `s` (FIPS 186-4, 6.4).
///
/// # Panics
/// Never for a valid key.
#[must_use]
pub fn sign_again(key: &p256::ecdsa::SigningKey, message: &[u8]) -> Vec<u8> {
    use p256::elliptic_curve::point::AffineCoordinates as _;
    use p256::{FieldBytes, ProjectivePoint, Scalar, elliptic_curve::ops::Reduce};
    let reduce = |bytes: &FieldBytes| <Scalar as Reduce<FieldBytes>>::reduce(bytes);
    let number = Scalar::from(0x5eed_5eed_u64);
    let point = (ProjectivePoint::GENERATOR * number).to_affine();
    let r = reduce(&point.x());
    let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(message).into();
    let private = **key.as_nonzero_scalar();
    let s = number.invert().expect("not zero") * (reduce(&digest.into()) + r * private);
    let signature = p256::ecdsa::Signature::from_scalars(r, s).expect("a signature");
    signature.normalize_s().to_bytes().to_vec()
}

/// A credential and a presentation, part by part.
#[derive(Clone)]
pub struct Forgery {
    /// Signs the credential.
    pub issuer: SigningKey,
    /// Signs the presentation.
    pub device: DeviceKey,
    /// Credential header: algorithm.
    pub credential_algorithm: i64,
    /// Credential header: key id.
    pub key_id: Vec<u8>,
    /// `exp`.
    pub expires_at: u64,
    /// `cnf.kid`.
    pub device_key: Vec<u8>,
    /// `scope`.
    pub scope: Scope,
    /// Presentation header: algorithm.
    pub presentation_algorithm: i64,
    /// `aud`.
    pub audience: Option<String>,
    /// `iat`.
    pub issued_at: u64,
    /// `cnonce`.
    pub nonce: Option<Vec<u8>>,
    /// `external_aad` of the credential.
    pub credential_aad: &'static [u8],
    /// `external_aad` of the presentation.
    pub presentation_aad: &'static [u8],
    /// Whole parts put in place of the ones made from the above.
    pub raw: RawParts,
}

/// Makes a presentation's protected header around a credential.
pub type MakeHeader = fn(&[u8]) -> Vec<u8>;

/// Parts to be used as they are.
#[derive(Clone, Default)]
pub struct RawParts {
    /// The credential's protected header.
    pub credential_header: Option<Vec<u8>>,
    /// The credential's claims.
    pub credential_claims: Option<Vec<u8>>,
    /// The presentation's protected header, made from the credential.
    pub presentation_header: Option<MakeHeader>,
    /// The presentation's claims.
    pub presentation_claims: Option<Vec<u8>>,
    /// The credential's signature, made from the right one.
    pub credential_signature: Option<fn(Vec<u8>) -> Vec<u8>>,
    /// The presentation's signature, made from the right one.
    pub presentation_signature: Option<fn(Vec<u8>) -> Vec<u8>>,
}

/// The fields of `scope`, any values.
#[derive(Clone)]
pub struct Scope {
    /// Colour, assurance, subject kind, scheme.
    pub flags: u8,
    /// Reason.
    pub reason: u8,
    /// Rule-set version.
    pub rule_set_version: u16,
    /// Lifetime.
    pub lifetime_quarter_hours: u8,
    /// Status index.
    pub status_index: u32,
    /// Four characters.
    pub document_tail: Vec<u8>,
    /// Masked name.
    pub masked_name: Vec<u8>,
}

impl Scope {
    /// The claim's bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.flags, self.reason];
        bytes.extend(self.rule_set_version.to_be_bytes());
        bytes.push(self.lifetime_quarter_hours);
        bytes.extend(self.status_index.to_be_bytes());
        bytes.extend(&self.document_tail);
        bytes.extend(&self.masked_name);
        bytes
    }
}

impl Forgery {
    /// 欧阳娜娜's green code of the issuer, made at `at` by `device`, issued an hour before for twelve hours.
    ///
    /// # Panics
    /// If `at` is negative.
    #[must_use]
    pub fn new(issuer: &SigningKey, device: DeviceKey, at: i64) -> Self {
        let assurance = u8::from(matches!(device, DeviceKey::Ed25519(_)));
        let at = u64::try_from(at).expect("after 1970");
        let key_id = health_code_core::trust::key_id(&issuer.verifying_key().to_bytes());
        Self {
            issuer: issuer.clone(),
            credential_algorithm: ED25519,
            key_id: key_id[..4].to_vec(),
            expires_at: at + 11 * 3600,
            device_key: device.public_key(),
            scope: Scope {
                flags: assurance << 2,
                reason: 0,
                rule_set_version: 3,
                lifetime_quarter_hours: 48,
                status_index: 4_711,
                document_tail: b"002X".to_vec(),
                masked_name: "欧**娜".as_bytes().to_vec(),
            },
            presentation_algorithm: device.algorithm(),
            device,
            audience: None,
            issued_at: at,
            nonce: None,
            credential_aad: CREDENTIAL_AAD,
            presentation_aad: PRESENTATION_AAD,
            raw: RawParts::default(),
        }
    }

    /// The same with a change.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    /// The credential's protected header.
    #[must_use]
    pub fn credential_header(&self) -> Vec<u8> {
        let header = |e: &mut Encoder<&mut Vec<u8>>| {
            e.map(2)?.u8(1)?.i64(self.credential_algorithm)?;
            e.u8(4)?.bytes(&self.key_id)?.ok()
        };
        self.raw
            .credential_header
            .clone()
            .unwrap_or_else(|| cbor(header))
    }

    /// The credential's claims.
    #[must_use]
    pub fn credential_claims(&self) -> Vec<u8> {
        let claims = |e: &mut Encoder<&mut Vec<u8>>| {
            e.map(3)?.u8(4)?.u64(self.expires_at)?;
            e.u8(8)?.map(1)?.u8(3)?.bytes(&self.device_key)?;
            e.u8(9)?.bytes(&self.scope.bytes())?.ok()
        };
        self.raw
            .credential_claims
            .clone()
            .unwrap_or_else(|| cbor(claims))
    }

    /// The credential.
    #[must_use]
    pub fn credential(&self) -> Vec<u8> {
        let (header, claims) = (self.credential_header(), self.credential_claims());
        let message = sig_structure(&header, self.credential_aad, &claims);
        let signature = self.issuer.sign(&message).to_bytes().to_vec();
        let change = self.raw.credential_signature.unwrap_or(|right| right);
        sign1(&header, &claims, &change(signature))
    }

    /// The presentation's protected header.
    #[must_use]
    pub fn presentation_header(&self) -> Vec<u8> {
        let credential = self.credential();
        if let Some(make) = self.raw.presentation_header {
            return make(&credential);
        }
        let mut header = cbor(|e| {
            e.map(2)?.u8(1)?.i64(self.presentation_algorithm)?;
            e.u8(13)?.ok()
        });
        header.extend(credential);
        header
    }

    /// The presentation's claims.
    #[must_use]
    pub fn presentation_claims(&self) -> Vec<u8> {
        if let Some(raw) = &self.raw.presentation_claims {
            return raw.clone();
        }
        cbor(|e| {
            let pairs = 1 + u64::from(self.audience.is_some()) + u64::from(self.nonce.is_some());
            e.map(pairs)?;
            if let Some(audience) = &self.audience {
                e.u8(3)?.str(audience)?;
            }
            e.u8(6)?.u64(self.issued_at)?;
            if let Some(nonce) = &self.nonce {
                e.u8(39)?.bytes(nonce)?;
            }
            Ok(())
        })
    }

    /// What the device signs.
    #[must_use]
    pub fn signed_by_device(&self) -> Vec<u8> {
        let (header, claims) = (self.presentation_header(), self.presentation_claims());
        sig_structure(&header, self.presentation_aad, &claims)
    }

    /// The presentation.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let signature = self.device.sign(&self.signed_by_device());
        let change = self.raw.presentation_signature.unwrap_or(|right| right);
        self.bytes_with(&change(signature))
    }

    /// The presentation with this signature.
    #[must_use]
    pub fn bytes_with(&self, signature: &[u8]) -> Vec<u8> {
        sign1(
            &self.presentation_header(),
            &self.presentation_claims(),
            signature,
        )
    }

    /// The code's text.
    #[must_use]
    pub fn text(&self) -> String {
        text(&self.bytes())
    }
}

/// `JKM1:` and base45.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    format!("JKM1:{}", base45::encode(bytes))
}

/// An untagged COSE_Sign1 with empty unprotected header.
#[must_use]
pub fn sign1(protected: &[u8], payload: &[u8], signature: &[u8]) -> Vec<u8> {
    cbor(|e| {
        e.array(4)?.bytes(protected)?.map(0)?;
        e.bytes(payload)?.bytes(signature)?.ok()
    })
}

/// What a COSE_Sign1's signature is over (RFC 9052, 4.4).
#[must_use]
pub fn sig_structure(protected: &[u8], external_aad: &[u8], payload: &[u8]) -> Vec<u8> {
    cbor(|e| {
        e.array(4)?.str("Signature1")?.bytes(protected)?;
        e.bytes(external_aad)?.bytes(payload)?.ok()
    })
}

type EncodeError = minicbor::encode::Error<std::convert::Infallible>;

/// What `write` writes.
///
/// # Panics
/// Never: a vector takes everything.
pub fn cbor(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>) -> Result<(), EncodeError>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut Encoder::new(&mut bytes)).expect("a vector takes everything");
    bytes
}
