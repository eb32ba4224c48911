//! Key guards without a phone: one that keeps its key in memory, one that refuses, one that lies.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use zeroize::Zeroizing;

use crate::ports::{KeyGuard, PortError};

/// Wraps with a fixed key: ChaCha20-Poly1305 with a nonce of zeros, so the same secret gives the same envelope.
/// Only for tests: a key must not wrap two secrets with one nonce.
#[derive(Clone, Debug)]
pub struct FixedKeyGuard([u8; 32]);

impl FixedKeyGuard {
    /// The guard whose key is `byte`, 32 times.
    #[must_use]
    pub const fn new(byte: u8) -> Self {
        Self([byte; 32])
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(self.0))
    }
}

impl KeyGuard for FixedKeyGuard {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, PortError> {
        self.cipher()
            .encrypt(&Nonce::from([0; 12]), secret)
            .map_err(|_| PortError::HostFailed)
    }

    fn unwrap(&self, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        self.cipher()
            .decrypt(&Nonce::from([0; 12]), envelope)
            .map(Zeroizing::new)
            .map_err(|_| PortError::EnvelopeRefused)
    }
}

/// A phone whose key store gives only this error.
#[derive(Clone, Debug)]
pub struct RefusingKeyGuard(pub PortError);

impl KeyGuard for RefusingKeyGuard {
    fn wrap(&self, _secret: &[u8]) -> Result<Vec<u8>, PortError> {
        Err(self.0.clone())
    }

    fn unwrap(&self, _envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        Err(self.0.clone())
    }
}

/// A broken guard that unwraps every envelope to the same bytes without checking it.
#[derive(Clone, Debug)]
pub struct CarelessKeyGuard(pub Vec<u8>);

impl KeyGuard for CarelessKeyGuard {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, PortError> {
        Ok(vec![0; secret.len()])
    }

    fn unwrap(&self, _envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        Ok(Zeroizing::new(self.0.clone()))
    }
}
