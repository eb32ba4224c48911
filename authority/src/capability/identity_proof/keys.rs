//! Keys of issuers of tokens (RFC 7517), pinned in the settings, and the signatures that they verify (RFC 7518, RFC 8037).
//!
//! Invariant: a key counts for one algorithm, which the key says and not the token; none of them is a shared secret. Several keys
//! count side by side, so that an issuer can go over from one to the next.

use std::sync::Once;

use health_code_core::capability::identity_proof::IdentityPolicyError;
use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse,
};
use jsonwebtoken::signature::{self, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

const MAX_KEYS: usize = 16;

/// The keys of one issuer.
pub(crate) struct TokenKeys(Vec<TokenKey>);

/// One of them.
pub(crate) struct TokenKey {
    id: Option<String>,
    pub(crate) algorithm: Algorithm,
    pub(crate) key: DecodingKey,
}

impl TokenKeys {
    /// Reads a JWK set. Every key must be one that can be used.
    pub(crate) fn read(jwks: Value) -> Result<Self, IdentityPolicyError> {
        static RING: Once = Once::new();
        RING.call_once(|| {
            // Fails only where there is one already, which is this.
            let _ = PROVIDER.install_default();
        });
        let invalid = IdentityPolicyError::KeysInvalid;
        let set: JwkSet = serde_json::from_value(jwks).map_err(|_| invalid)?;
        let keys: Option<Vec<_>> = set.keys.iter().map(TokenKey::read).collect();
        let keys = keys.ok_or(invalid)?;
        let is_named = keys.len() == 1 || keys.iter().all(|key| key.id.is_some());
        let twice =
            |(place, key): (usize, &TokenKey)| keys[..place].iter().any(|other| other.id == key.id);
        if !(1..=MAX_KEYS).contains(&keys.len()) || !is_named || keys.iter().enumerate().any(twice)
        {
            return Err(invalid);
        }
        Ok(Self(keys))
    }

    /// The key that a token names; without a name the only one there is.
    pub(crate) fn find(&self, id: Option<&str>) -> Option<&TokenKey> {
        match id {
            Some(id) => self.0.iter().find(|key| key.id.as_deref() == Some(id)),
            None => Some(self.0.first()?).filter(|_| self.0.len() == 1),
        }
    }
}

impl TokenKey {
    fn read(jwk: &Jwk) -> Option<Self> {
        let said = jwk.common.key_algorithm;
        let algorithm = match (&jwk.algorithm, said) {
            (AlgorithmParameters::RSA(_), None | Some(KeyAlgorithm::RS256)) => Algorithm::RS256,
            (AlgorithmParameters::RSA(_), Some(KeyAlgorithm::PS256)) => Algorithm::PS256,
            (AlgorithmParameters::EllipticCurve(key), None | Some(KeyAlgorithm::ES256))
                if key.curve == EllipticCurve::P256 =>
            {
                Algorithm::ES256
            }
            (AlgorithmParameters::OctetKeyPair(key), None | Some(KeyAlgorithm::EdDSA))
                if key.curve == EllipticCurve::Ed25519 =>
            {
                Algorithm::EdDSA
            }
            _ => return None,
        };
        let signs = matches!(
            jwk.common.public_key_use,
            None | Some(PublicKeyUse::Signature)
        );
        let key = DecodingKey::from_jwk(jwk).ok()?;
        signs.then(|| Self {
            id: jwk.common.key_id.clone(),
            algorithm,
            key,
        })
    }
}

/// Verifies with what the whole product verifies with, and signs nothing.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
    verifier_factory: |algorithm, key| Ok(Box::new(RingVerifier::new(*algorithm, key)?)),
    key_utils: KeyUtils::new_unimplemented(),
};

struct RingVerifier {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl RingVerifier {
    fn new(algorithm: Algorithm, key: &DecodingKey) -> Result<Self, Error> {
        if key.family() == algorithm.family() {
            Ok(Self {
                algorithm,
                key: key.clone(),
            })
        } else {
            Err(ErrorKind::InvalidAlgorithm.into())
        }
    }
}

impl Verifier<Vec<u8>> for RingVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let verified = match (self.algorithm, self.key.kind()) {
            (Algorithm::RS256, DecodingKeyKind::RsaModulusExponent { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(
                    &RSA_PKCS1_2048_8192_SHA256,
                    message,
                    signature,
                )
            }
            (Algorithm::PS256, DecodingKeyKind::RsaModulusExponent { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(
                    &RSA_PSS_2048_8192_SHA256,
                    message,
                    signature,
                )
            }
            (Algorithm::ES256, DecodingKeyKind::SecretOrDer(point)) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (Algorithm::EdDSA, DecodingKeyKind::SecretOrDer(key)) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature)
            }
            _ => return Err(signature::Error::new()),
        };
        verified.map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for RingVerifier {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
