//! The receipts that told this phone of another colour or reason: signed, as they came, oldest first.
//!
//! Invariant: a receipt is noted in the one write that stores it, so none is held that was not noted; what a newer version of
//! the app noted is left alone. Nothing is believed of what is noted here: whoever shows it verifies it again.

use minicbor::{Decode, Encode};

use super::records::COLOURS_SEEN;
use super::state::{StoredState, VerifiedState};
use crate::colour::{Colour, ReasonId};
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::{RECEIPT_TYPE, unverified_payload};
use crate::wire::Receipt;

/// Most receipts that are kept, and most of their bytes; the oldest go first.
const MOST: usize = 200;
const MOST_BYTES: usize = 768 * 1024;

/// What was noted of a subject.
#[derive(Clone, Default, Encode, Decode)]
#[cbor(map)]
pub(crate) struct ColoursSeen {
    #[n(1)]
    seen: Vec<Noted>,
}

#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct Noted {
    #[cbor(n(1), with = "minicbor::bytes")]
    receipt: Vec<u8>,
    #[n(2)]
    seen_at_ms: i64,
    /// Number of the colour before; none for the first, or where it is not known any more.
    #[n(3)]
    from: Option<u8>,
    #[n(4)]
    to: u8,
    #[n(5)]
    reason: String,
}

/// A receipt that told this phone of another colour or reason.
#[derive(Clone)]
pub struct ColourSeen {
    /// COSE_Sign1 with a [`Receipt`].
    pub receipt: Vec<u8>,
    /// When it came, trusted time, Unix milliseconds.
    pub seen_at_ms: i64,
    /// The colour before; none for the first.
    pub from: Option<Colour>,
    /// The colour that it told.
    pub to: Colour,
}

impl ColourSeen {
    /// What the receipt says, unverified; none where this version cannot read it.
    #[must_use]
    pub fn receipt(&self) -> Option<Receipt> {
        let payload = unverified_payload(RECEIPT_TYPE, &self.receipt)?;
        crate::encoding::json::from_slice(payload).ok()
    }
}

impl Noted {
    /// Of a receipt that is held; none where it cannot be read.
    fn held(receipt: &[u8], seen_at_ms: i64) -> Option<Self> {
        let payload = unverified_payload(RECEIPT_TYPE, receipt)?;
        let told: Receipt = crate::encoding::json::from_slice(payload).ok()?;
        Some(Self {
            receipt: receipt.to_vec(),
            seen_at_ms,
            from: None,
            to: told.colour.number(),
            reason: told.reason.as_str().to_owned(),
        })
    }
}

impl ColoursSeen {
    /// What is noted, or else the receipt that is held: a phone of before noted none. None where a newer version of the app
    /// noted in a form that this one cannot read.
    fn load(
        store: &SealedStore,
        subject: &SubjectId,
        held: &StoredState,
    ) -> Result<Option<Self>, StoreError> {
        let noted = match store.read(&COLOURS_SEEN.for_subject(subject)) {
            Err(StoreError::RecordUnreadable) => return Ok(None),
            noted => noted?.unwrap_or_default(),
        };
        Ok(Some(if noted.seen.is_empty() {
            Self::held(held)
        } else {
            noted
        }))
    }

    fn held(held: &StoredState) -> Self {
        let seen_at_ms = held.checked_at_ms.unwrap_or_default();
        let receipt = held.receipt.as_deref();
        let first = receipt.and_then(|receipt| Noted::held(receipt, seen_at_ms));
        Self {
            seen: first.into_iter().collect(),
        }
    }

    fn tells(&self, colour: Colour, reason: &ReasonId) -> bool {
        let newest = self.seen.last();
        newest.is_some_and(|it| it.to == colour.number() && it.reason == reason.as_str())
    }

    fn push(&mut self, noted: Noted) {
        self.seen.push(noted);
        let bytes = |seen: &[Noted]| seen.iter().map(|it| it.receipt.len()).sum::<usize>();
        while self.seen.len() > MOST || self.seen.len() > 1 && bytes(&self.seen) > MOST_BYTES {
            self.seen.remove(0);
        }
    }
}

/// What notes a verified state beside the one that is `held`; none where it tells the same colour for the same reason.
pub(super) fn note(
    store: &SealedStore,
    subject: &SubjectId,
    held: &StoredState,
    state: &VerifiedState,
    now_ms: i64,
) -> Result<Option<SealedWrite>, StoreError> {
    let Some((receipt, (colour, reason))) = state.decided() else {
        return Ok(None);
    };
    let Some(mut seen) = ColoursSeen::load(store, subject, held)? else {
        return Ok(None);
    };
    if seen.tells(*colour, reason) {
        return Ok(None);
    }
    let noted = Noted {
        receipt: receipt.to_vec(),
        seen_at_ms: now_ms,
        from: seen.seen.last().map(|before| before.to),
        to: colour.number(),
        reason: reason.as_str().to_owned(),
    };
    seen.push(noted);
    COLOURS_SEEN.for_subject(subject).put(&seen).map(Some)
}

/// What was noted, newest first. One of a colour that this version does not know is passed over.
pub(super) fn list(
    store: &SealedStore,
    subject: &SubjectId,
    held: &StoredState,
) -> Result<Vec<ColourSeen>, StoreError> {
    let noted = ColoursSeen::load(store, subject, held)?;
    let noted = noted.unwrap_or_else(|| ColoursSeen::held(held));
    let seen = noted.seen.into_iter().rev().filter_map(|noted| {
        Some(ColourSeen {
            receipt: noted.receipt,
            seen_at_ms: noted.seen_at_ms,
            from: noted.from.and_then(Colour::from_number),
            to: Colour::from_number(noted.to)?,
        })
    });
    Ok(seen.collect())
}

#[cfg(test)]
mod tests {
    use super::{ColoursSeen, MOST, MOST_BYTES, Noted};

    fn noted(number: usize, bytes: usize) -> Noted {
        Noted {
            receipt: vec![0; bytes],
            seen_at_ms: i64::try_from(number).unwrap_or_default(),
            from: None,
            to: 0,
            reason: String::new(),
        }
    }

    #[test]
    fn the_oldest_make_room() {
        let mut seen = ColoursSeen::default();
        for number in 0..MOST + 5 {
            seen.push(noted(number, 1));
        }
        assert_eq!((seen.seen.len(), seen.seen[0].seen_at_ms), (MOST, 5));
        seen.push(noted(0, MOST_BYTES - 10));
        assert_eq!(seen.seen.len(), 11);
        seen.push(noted(1, 2 * MOST_BYTES));
        assert_eq!(seen.seen.len(), 1, "the newest stays, however large");
    }
}
