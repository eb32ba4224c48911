//! The file format of age, version 1 (<https://age-encryption.org/v1>), for X25519 keys: what `age` and `rage` read and
//! write as well.
//!
//! A file key of 16 random bytes is wrapped for each recipient in the header, the header is authenticated with it, and the
//! content is sealed with it in pieces of 64 KiB, of which the last one says that it is the last. Invariant: nothing is
//! handed on that was not authenticated, and an end is told only where the last piece was. One recipient is written;
//! whom else a file was made for, and with which kinds of keys, is passed over when it is read. No passphrases, no armour.

mod keys;
mod reading;
mod writing;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::BASE64_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

pub(crate) use keys::{Identity, Recipient};
pub(crate) use reading::{AgeReader, Fault};
pub(crate) use writing::AgeWriter;

const VERSION_LINE: &str = "age-encryption.org/v1";
const STANZA: &str = "-> ";
const X25519: &str = "X25519";
const MAC: &str = "---";
/// Plain bytes of a piece.
const CHUNK_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;
const FILE_KEY_BYTES: usize = 16;
/// Before the pieces.
const NONCE_BYTES: usize = 16;

type FileKey = Zeroizing<[u8; FILE_KEY_BYTES]>;

fn derive(key: &[u8], salt: &[u8], info: &str) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(Some(salt), key).expand(info.as_bytes(), &mut *derived);
    if expanded.is_err() {
        unreachable!("HKDF gives 32 bytes")
    }
    derived
}

/// The cipher that wraps a file key for one recipient.
fn wrapping(shared: &[u8; 32], ephemeral: &[u8; 32], recipient: &[u8; 32]) -> ChaCha20Poly1305 {
    let salt = [ephemeral.as_slice(), recipient].concat();
    let key = derive(shared, &salt, "age-encryption.org/v1/X25519");
    ChaCha20Poly1305::new((&*key).into())
}

/// The MAC over a header up to and with its `---`, base64.
fn header_mac(file_key: &FileKey, header: &[u8]) -> Hmac<Sha256> {
    let key = derive(file_key.as_slice(), &[], "header");
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice()) else {
        unreachable!("HMAC takes keys of any length")
    };
    mac.update(header);
    mac
}

/// Seals and opens the pieces in their order.
struct Pieces {
    cipher: ChaCha20Poly1305,
    next: u64,
}

impl Pieces {
    fn new(file_key: &FileKey, nonce: &[u8; NONCE_BYTES]) -> Self {
        let key = derive(file_key.as_slice(), nonce, "payload");
        Self {
            cipher: ChaCha20Poly1305::new((&*key).into()),
            next: 0,
        }
    }

    fn nonce(&self, is_last: bool) -> Nonce {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.next.to_be_bytes());
        nonce[11] = u8::from(is_last);
        nonce.into()
    }

    fn seal(&mut self, plain: &[u8], is_last: bool) -> Option<Vec<u8>> {
        let sealed = self.cipher.encrypt(&self.nonce(is_last), plain).ok()?;
        self.next += 1;
        Some(sealed)
    }

    fn open(&mut self, sealed: &[u8], is_last: bool) -> Option<Zeroizing<Vec<u8>>> {
        let plain = self.cipher.decrypt(&self.nonce(is_last), sealed).ok()?;
        self.next += 1;
        Some(Zeroizing::new(plain))
    }
}

fn base64(bytes: &[u8]) -> String {
    BASE64_NOPAD.encode(bytes)
}

#[cfg(test)]
mod tests;
