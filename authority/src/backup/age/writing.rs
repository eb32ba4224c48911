//! Sealing a stream.
//!
//! Invariant: without [`AgeWriter::finish`] the last piece is missing, and every reader says so.

use std::io::{Error, Result, Write};

use chacha20poly1305::Nonce;
use chacha20poly1305::aead::Aead;
use health_code_core::ports::Entropy;
use hmac::Mac;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::{
    CHUNK_BYTES, FileKey, MAC, NONCE_BYTES, Pieces, Recipient, STANZA, VERSION_LINE, X25519,
    base64, header_mac, wrapping,
};

/// Seals what is written to it.
pub(crate) struct AgeWriter<W: Write> {
    inner: W,
    pieces: Pieces,
    waiting: Zeroizing<Vec<u8>>,
}

impl<W: Write> AgeWriter<W> {
    /// Writes the header for `recipient`.
    pub(crate) fn new(mut inner: W, recipient: &Recipient, entropy: &dyn Entropy) -> Result<Self> {
        let no_entropy = |_| Error::other("no randomness");
        let mut file_key = FileKey::default();
        entropy.fill(file_key.as_mut_slice()).map_err(no_entropy)?;
        let mut secret = Zeroizing::new([0; 32]);
        entropy.fill(secret.as_mut_slice()).map_err(no_entropy)?;
        let mut nonce = [0; NONCE_BYTES];
        entropy.fill(&mut nonce).map_err(no_entropy)?;

        let secret = StaticSecret::from(*secret);
        let ephemeral = PublicKey::from(&secret);
        let shared = secret.diffie_hellman(&recipient.0);
        if !shared.was_contributory() {
            return Err(Error::other("a recipient that is no key"));
        }
        let wrapped = wrapping(
            shared.as_bytes(),
            ephemeral.as_bytes(),
            recipient.0.as_bytes(),
        )
        .encrypt(&Nonce::default(), file_key.as_slice())
        .map_err(|_| Error::other("sealing failed"))?;
        let header = format!(
            "{VERSION_LINE}\n{STANZA}{X25519} {}\n{}\n{MAC}",
            base64(ephemeral.as_bytes()),
            base64(&wrapped),
        );
        let mac = header_mac(&file_key, header.as_bytes()).finalize();
        writeln!(inner, "{header} {}", base64(&mac.into_bytes()))?;
        inner.write_all(&nonce)?;
        Ok(Self {
            inner,
            pieces: Pieces::new(&file_key, &nonce),
            waiting: Zeroizing::new(Vec::with_capacity(CHUNK_BYTES)),
        })
    }

    /// Writes the last piece; hands back what was written to.
    pub(crate) fn finish(mut self) -> Result<W> {
        self.write_piece(true)?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn write_piece(&mut self, is_last: bool) -> Result<()> {
        let sealed = self.pieces.seal(&self.waiting, is_last);
        let sealed = sealed.ok_or_else(|| Error::other("sealing failed"))?;
        self.waiting.clear();
        self.inner.write_all(&sealed)
    }
}

impl<W: Write> Write for AgeWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        // A full piece waits until there is more: it may be the last.
        if self.waiting.len() == CHUNK_BYTES && !bytes.is_empty() {
            self.write_piece(false)?;
        }
        let taken = bytes.len().min(CHUNK_BYTES - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}
