//! A digest of a folder's files: the same digest, the same bytes under the same names.
//!
//! ```text
//! digest = SHA-256 over the files in the order of their names, each: length of name u8 || name || length u64
//!          || SHA-256 of each piece of 256 KiB, the last one shorter                       (big endian)
//! ```
//!
//! Invariant: a folder with anything in it that is not a file, or an empty folder, has none. It keeps nothing.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest as _, Sha256};

use crate::sorting;

pub(super) type FolderDigest = [u8; 32];

const PIECE_BYTES: usize = 256 * 1024;
/// So few pieces are hashed faster than a thread is started.
const FEW: usize = 4;

/// The digest of the files in `dir`; none where it cannot have one.
pub(super) fn digest_of(dir: &Path) -> std::io::Result<Option<FolderDigest>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().into_encoded_bytes();
        let is_empty_folder =
            entry.file_type()?.is_dir() && fs::read_dir(entry.path())?.next().is_none();
        let is_file = entry.file_type()?.is_file();
        match u8::try_from(name.len()) {
            Ok(length) if is_file => names.push((name, length, entry.path())),
            _ if is_empty_folder => {}
            _ => return Ok(None),
        }
    }
    sorting::sort_by(&mut names, Ord::cmp);
    let mut digest = Sha256::new();
    for (name, length, path) in &names {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        digest.update([*length]);
        digest.update(name);
        digest.update(bytes.to_be_bytes());
        for piece in pieces_of(&file, bytes)? {
            digest.update(piece);
        }
    }
    Ok(Some(digest.finalize().into()))
}

fn pieces_of(file: &File, bytes: u64) -> std::io::Result<Vec<FolderDigest>> {
    let bytes = usize::try_from(bytes).map_err(std::io::Error::other)?;
    let count = bytes.div_ceil(PIECE_BYTES);
    let next = AtomicUsize::new(0);
    // Each thread takes the next piece that none has taken.
    let work = || -> std::io::Result<Vec<(usize, FolderDigest)>> {
        let mut buffer = vec![0; PIECE_BYTES.min(bytes)];
        let mut pieces = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return Ok(pieces);
            }
            let start = number * PIECE_BYTES;
            let piece = &mut buffer[..PIECE_BYTES.min(bytes - start)];
            file.read_exact_at(piece, start as u64)?;
            pieces.push((number, Sha256::digest(piece).into()));
        }
    };
    let mut pieces = if count <= FEW {
        work()?
    } else {
        std::thread::scope(|scope| {
            let other = std::thread::Builder::new().spawn_scoped(scope, work);
            let mut pieces = work()?;
            // Where no thread is to be had this one has done it all.
            if let Ok(other) = other {
                let panicked = |_| std::io::Error::other("a panic");
                pieces.extend(other.join().map_err(panicked)??);
            }
            Ok::<_, std::io::Error>(pieces)
        })?
    };
    sorting::sort_by(&mut pieces, Ord::cmp);
    Ok(pieces.into_iter().map(|(_, piece)| piece).collect())
}
