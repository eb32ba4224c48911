//! Opening a stream.
//!
//! Invariant: why reading ended is told by [`AgeReader::fault`], whatever a reader around it makes of the error.

use std::cell::Cell;
use std::io::{BufRead, Error, Read, Result};
use std::rc::Rc;

use chacha20poly1305::Nonce;
use chacha20poly1305::aead::Aead;
use data_encoding::BASE64_NOPAD;
use hmac::Mac;
use x25519_dalek::PublicKey;
use zeroize::Zeroizing;

use super::{
    CHUNK_BYTES, FileKey, Identity, MAC, NONCE_BYTES, Pieces, STANZA, TAG_BYTES, VERSION_LINE,
    X25519, header_mac, wrapping,
};

/// Longest header, bytes: some hundred recipients.
const MAX_HEADER_BYTES: usize = 32 * 1024;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It was sealed for others.
    KeyWrong,
    /// It is no such file, or was altered.
    Damaged,
    /// It ends before its last piece, or that piece was altered.
    CutOff,
    /// The disk failed.
    Unreadable,
}

impl From<Error> for Fault {
    fn from(_: Error) -> Self {
        Self::Unreadable
    }
}

/// Opens what is read through it.
pub(crate) struct AgeReader<R: BufRead> {
    inner: R,
    pieces: Pieces,
    plain: Zeroizing<Vec<u8>>,
    place: usize,
    has_ended: bool,
    fault: Rc<Cell<Option<Fault>>>,
}

impl<R: BufRead> AgeReader<R> {
    /// Reads the header and finds the piece that `identity` opens.
    pub(crate) fn new(mut inner: R, identity: &Identity) -> std::result::Result<Self, Fault> {
        let file_key = read_header(&mut inner, identity)?;
        let mut nonce = [0; NONCE_BYTES];
        inner.read_exact(&mut nonce).map_err(|_| Fault::CutOff)?;
        Ok(Self {
            inner,
            pieces: Pieces::new(&file_key, &nonce),
            plain: Zeroizing::default(),
            place: 0,
            has_ended: false,
            fault: Rc::default(),
        })
    }

    /// Tells, also once this reader is gone, why it failed.
    pub(crate) fn fault(&self) -> Rc<Cell<Option<Fault>>> {
        Rc::clone(&self.fault)
    }

    fn read_piece(&mut self) -> std::result::Result<(), Fault> {
        let mut sealed = vec![0; CHUNK_BYTES + TAG_BYTES];
        let length = read_full(&mut self.inner, &mut sealed)?;
        sealed.truncate(length);
        let is_last = self.inner.fill_buf()?.is_empty();
        let is_first = self.pieces.next == 0;
        let Some(plain) = self.pieces.open(&sealed, is_last) else {
            return Err(if is_last {
                Fault::CutOff
            } else {
                Fault::Damaged
            });
        };
        // The empty piece is the whole of an empty file, and else stands in for one that was taken away.
        if plain.is_empty() && !is_first {
            return Err(Fault::Damaged);
        }
        (self.plain, self.place, self.has_ended) = (plain, 0, is_last);
        Ok(())
    }
}

impl<R: BufRead> Read for AgeReader<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.place == self.plain.len() && !self.has_ended {
            if let Err(fault) = self.read_piece() {
                self.fault.set(Some(fault));
                return Err(Error::other("a sealed stream that cannot be opened"));
            }
        }
        let rest = &self.plain[self.place..];
        let taken = rest.len().min(out.len());
        out[..taken].copy_from_slice(&rest[..taken]);
        self.place += taken;
        Ok(taken)
    }
}

fn read_full(reader: &mut impl Read, out: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < out.len() {
        match reader.read(&mut out[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A line of the header without its end.
fn read_line(
    reader: &mut impl BufRead,
    header: &mut Vec<u8>,
) -> std::result::Result<String, Fault> {
    let start = header.len();
    let left = MAX_HEADER_BYTES.saturating_sub(start);
    let left = u64::try_from(left).unwrap_or_default();
    reader.take(left).read_until(b'\n', header)?;
    let line = header[start..].strip_suffix(b"\n");
    let line = line.ok_or(if header.len() < MAX_HEADER_BYTES {
        Fault::CutOff
    } else {
        Fault::Damaged
    })?;
    let text = std::str::from_utf8(line).map_err(|_| Fault::Damaged)?;
    Ok(text.to_owned())
}

fn read_header(
    reader: &mut impl BufRead,
    identity: &Identity,
) -> std::result::Result<FileKey, Fault> {
    let mut header = Vec::new();
    let first = read_line(reader, &mut header);
    if first.as_deref() != Ok(VERSION_LINE) {
        return Err(match first {
            Err(Fault::Unreadable) => Fault::Unreadable,
            _ if VERSION_LINE.as_bytes().starts_with(&header) => Fault::CutOff,
            _ => Fault::Damaged,
        });
    }
    let mut found = None;
    loop {
        let before = header.len();
        let line = read_line(reader, &mut header)?;
        if let Some(mac) = line.strip_prefix(MAC) {
            let file_key: FileKey = found.ok_or(Fault::KeyWrong)?;
            let mac = mac.strip_prefix(' ').ok_or(Fault::Damaged)?;
            let mac = BASE64_NOPAD.decode(mac.as_bytes());
            header.truncate(before + MAC.len());
            let expected = header_mac(&file_key, &header);
            expected
                .verify_slice(&mac.map_err(|_| Fault::Damaged)?)
                .map_err(|_| Fault::Damaged)?;
            return Ok(file_key);
        }
        let words = line.strip_prefix(STANZA).ok_or(Fault::Damaged)?;
        let mut body = String::new();
        loop {
            let line = read_line(reader, &mut header)?;
            body.push_str(&line);
            if line.len() < 64 {
                break;
            }
        }
        if found.is_none() {
            found = unwrap_file_key(words, &body, identity)?;
        }
    }
}

/// The file key, where these words and this body are a piece for `identity`.
fn unwrap_file_key(
    words: &str,
    body: &str,
    identity: &Identity,
) -> std::result::Result<Option<FileKey>, Fault> {
    let mut words = words.split(' ');
    if words.next() != Some(X25519) {
        return Ok(None);
    }
    let decode = |text: &str| BASE64_NOPAD.decode(text.as_bytes());
    let ephemeral = words.next().and_then(|word| decode(word).ok());
    let ephemeral = ephemeral.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let (Some(ephemeral), None, Ok(wrapped)) = (ephemeral, words.next(), decode(body)) else {
        return Err(Fault::Damaged);
    };
    if wrapped.len() != super::FILE_KEY_BYTES + TAG_BYTES {
        return Err(Fault::Damaged);
    }
    let shared = identity.0.diffie_hellman(&PublicKey::from(ephemeral));
    if !shared.was_contributory() {
        return Err(Fault::Damaged);
    }
    let recipient = identity.recipient();
    let cipher = wrapping(shared.as_bytes(), &ephemeral, recipient.0.as_bytes());
    let opened = cipher.decrypt(&Nonce::default(), wrapped.as_slice());
    let opened = opened.ok().map(Zeroizing::new);
    Ok(opened.and_then(|bytes| bytes.as_slice().try_into().ok().map(Zeroizing::new)))
}
