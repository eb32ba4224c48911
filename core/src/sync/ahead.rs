//! What goes ahead of an upload that is more than one request holds: its pieces, one request each.
//!
//! Invariant: what the authority took is written down after each piece, so a sync that ends in the middle is gone on with by
//! the next; a piece that comes twice is the same. Which pieces there are is the capability's to know. Sends nothing itself.

use std::collections::BTreeMap;

use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};

/// How often an authority may ask for pieces of one upload within one sync: once, and once more for what it has lost since.
const ROUNDS: u32 = 2;

/// The upload that it is about.
#[derive(Clone, Copy)]
pub struct Waiting<'a> {
    /// Where the pieces are.
    pub store: &'a SealedStore,
    /// Whose it is.
    pub subject: &'a SubjectId,
    /// Its id.
    pub upload_id: &'a str,
    /// Its body.
    pub body: &'a [u8],
}

/// What is to be sent next.
#[derive(Clone, PartialEq, Eq)]
pub enum NextRequest {
    /// The upload itself: it is answered, or with what is missing.
    Upload,
    /// Something to send before the upload itself.
    Piece {
        /// Its name, by which the row knows it again.
        name: String,
        /// Where it is put, below the subject.
        path: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// It can never be sent: a stable code that says why.
    Lost(&'static str),
}

/// Reads an answer to an upload that waits.
type Asked = fn(&Waiting<'_>, answer: &[u8]) -> Result<Option<Vec<SealedWrite>>, StoreError>;

/// How a kind of upload comes in pieces.
#[derive(Debug)]
pub struct AheadRow {
    /// What is next.
    pub next: fn(&Waiting<'_>) -> Result<NextRequest, StoreError>,
    /// What to write once the authority took this piece.
    pub taken: fn(&Waiting<'_>, piece: &str) -> Result<Vec<SealedWrite>, StoreError>,
    /// What to write where the upload's answer asks for pieces; none where it does not.
    pub asked: Asked,
}

/// How often pieces were asked for in one sync.
#[derive(Default)]
pub(super) struct Rounds(BTreeMap<String, u32>);

impl Rounds {
    /// Counts one; whether that is one too many.
    pub(super) fn count(&mut self, upload_id: &str) -> bool {
        let rounds = self.0.entry(upload_id.to_owned()).or_default();
        *rounds += 1;
        *rounds > ROUNDS
    }
}

crate::hidden_debug!(Waiting<'_>, NextRequest);
