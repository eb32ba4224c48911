//! A key guard for desktops, servers and demonstrations: the wrapping key lies in a file.
//!
//! Invariant: the file is readable by its owner only. It protects against a stolen copy of the store
//! without the file, not against whoever can read both: a phone uses its platform's key store instead.

use std::io::Write;
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::ports::{Entropy, KeyGuard, PortError};

const NONCE_BYTES: usize = 24;

/// Wraps with a key from a file.
pub struct FileKeyGuard {
    cipher: XChaCha20Poly1305,
    entropy: std::sync::Arc<dyn Entropy>,
}

impl FileKeyGuard {
    /// Takes the 32-byte key from `path`; makes the file the first time.
    ///
    /// # Errors
    /// [`PortError::KeyUnavailable`] if the file cannot be read or made, or is not 32 bytes long.
    pub fn open(path: &Path, entropy: std::sync::Arc<dyn Entropy>) -> Result<Self, PortError> {
        let key = match std::fs::read(path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut key = Zeroizing::new(vec![0_u8; 32]);
                entropy.fill(&mut key)?;
                write_private(path, &key).map_err(|_| PortError::KeyUnavailable)?;
                key
            }
            Err(_) => return Err(PortError::KeyUnavailable),
        };
        let cipher =
            XChaCha20Poly1305::new_from_slice(&key).map_err(|_| PortError::KeyUnavailable)?;
        Ok(Self { cipher, entropy })
    }
}

impl KeyGuard for FileKeyGuard {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, PortError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        self.entropy.fill(&mut nonce)?;
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), secret)
            .map_err(|_| PortError::KeyUnavailable)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }
    fn unwrap(&self, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        let (nonce, sealed) = envelope
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(PortError::EnvelopeRefused)?;
        self.cipher
            .decrypt(&XNonce::from(*nonce), sealed)
            .map(Zeroizing::new)
            .map_err(|_| PortError::EnvelopeRefused)
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::FileKeyGuard;
    use crate::ports::{KeyGuard, PortError};
    use crate::system::SystemEntropy;

    #[test]
    fn only_the_same_file_unwraps() {
        let folder = tempfile::tempdir().expect("a folder");
        let open =
            |name: &str| FileKeyGuard::open(&folder.path().join(name), Arc::new(SystemEntropy));
        let envelope = open("a").expect("a guard").wrap(&[7; 32]).expect("wrapped");
        assert_eq!(
            open("a")
                .expect("again")
                .unwrap(&envelope)
                .expect("unwrapped")
                .as_slice(),
            [7; 32]
        );
        assert_eq!(
            open("b").expect("another").unwrap(&envelope),
            Err(PortError::EnvelopeRefused)
        );
        for at in 0..envelope.len() {
            let mut altered = envelope.clone();
            altered[at] ^= 1;
            assert_eq!(
                open("a").expect("a").unwrap(&altered),
                Err(PortError::EnvelopeRefused)
            );
        }
        std::fs::write(folder.path().join("short"), [1; 5]).expect("written");
        assert_eq!(open("short").err(), Some(PortError::KeyUnavailable));
    }
}
