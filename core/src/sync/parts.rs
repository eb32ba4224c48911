//! Parts of a subject on the phone: the row of a table that says all there is to know of a part, and the tags that are held.
//!
//! Invariant: a tag is stored in the one write with what it stands for, so a part counts as held only if it is; what an
//! answer brings is judged by its row, and a part that cannot be judged changes nothing. Sends nothing itself.

use super::records::{BUNDLE, PART_TAG, load};
use crate::capability::part_rows;
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{BundleRow, TrustBundle};
use crate::wire::Parts;

/// All that is to be known of one part.
#[derive(Debug)]
pub struct PartRow {
    /// Its name in the state and in its path: 1 to 64 of `a-z`, `0-9`, `_`; never used for anything else.
    pub name: &'static str,
    /// Longest answer, bytes; at most [`crate::ports::MAX_RESPONSE_BYTES`].
    pub max_bytes: usize,
    /// From where on it is asked for, by what is held: at most [`crate::wire::MAX_CURSOR_BYTES`] of `A-Z a-z 0-9 - . _ ~`;
    /// empty for all of it.
    pub cursor: fn(&PartHolding<'_>) -> Result<String, StoreError>,
    /// What an answer's body leaves behind.
    pub writes: fn(&PartHolding<'_>, &[u8]) -> Result<PartTaken, PartFault>,
}

/// What a part's row works with.
#[derive(Clone, Copy)]
pub struct PartHolding<'a> {
    /// What is held, of the subject and of what was published.
    pub store: &'a SealedStore,
    /// Whose part it is.
    pub subject: &'a SubjectId,
    /// Citizen's id at the authority.
    pub citizen_id: &'a str,
    /// Whom the phone trusts now.
    pub trust: &'a TrustBundle,
    /// Trusted time, Unix milliseconds.
    pub at_ms: i64,
}

impl PartHolding<'_> {
    /// The signed bytes of a bundle, as they were verified when they came; none where it is not here.
    #[must_use]
    pub fn bundle(&self, row: &BundleRow, name: &str) -> Option<Vec<u8>> {
        let place = BUNDLE.for_this_phone().at(&row.key(name));
        self.store.read(&place).ok().flatten()
    }
}

/// What an answer leaves behind.
#[derive(Debug)]
pub struct PartTaken {
    /// All are written together with the tag, or nothing is.
    pub writes: Vec<SealedWrite>,
    /// Whether this was all of it. If not, the tag is not kept, and the next sync asks for the rest.
    pub is_complete: bool,
}

/// Why an answer leaves nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartFault {
    /// It cannot be believed; a stable code.
    Refused(&'static str),
    /// The phone's store failed.
    Store(StoreError),
}

impl From<StoreError> for PartFault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The row of the part with this name.
pub(super) fn part_row(name: &str) -> Option<&'static PartRow> {
    part_rows().find(|row| row.name == name)
}

/// Names of the parts that are not held as they were `told`, in the order of the table. One that is not told of is not asked for.
pub(super) fn missing(
    store: &SealedStore,
    subject: &SubjectId,
    told: &Parts,
) -> Result<Vec<&'static str>, StoreError> {
    let mut missing = Vec::new();
    for row in part_rows() {
        let Some(tag) = told.tag(row.name) else {
            continue;
        };
        let held = load(store, &PART_TAG.for_subject(subject).at(row.name))?;
        if held.as_deref() != Some(tag) {
            missing.push(row.name);
        }
    }
    Ok(missing)
}

/// Has every part asked for again, whatever is held.
pub(super) fn forget_tags(subject: &SubjectId) -> impl Iterator<Item = SealedWrite> {
    let place = PART_TAG.for_subject(subject);
    part_rows().map(move |row| place.clone().at(row.name).delete())
}
