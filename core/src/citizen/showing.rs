//! Which credential of a batch a showing uses: each showing another one, as long as there are unshown ones.
//!
//! A showing is what a person calls one: from the code's coming onto the screen until it has not been asked for a while, ten
//! minutes at most; the rotations in between have the same credential, since a door sees them one after the other.
//! Invariant: a credential is noted as shown, on disk, before it is shown for the first time in a showing; so no kill and no restart
//! shows it again before its turn. Of those whose turn it is chance chooses, so that no order tells anything. A store that takes
//! no note keeps nobody from showing a code. Verifies nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::records::SHOWN_CREDENTIALS;
use crate::ports::{ClockReading, Entropy};
use crate::store::{SealedStore, SubjectId};
use crate::sync::Life;

/// A showing is over once nobody has looked for so long, or for two rotations, milliseconds.
const PAUSE_MS: u64 = 60_000;
/// Longest showing, milliseconds: who walks on with the code on the screen comes to another door.
const LONGEST_MS: u64 = 600_000;

/// One credential of those that are held.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct BatchMember {
    /// Number of its key.
    pub(super) key_number: u64,
    pub(super) bytes: Vec<u8>,
    /// Unix seconds.
    pub(super) expires_at: i64,
}

/// How often each credential that is held was shown, by the number of its key, and which one last.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownCredentials {
    times: Vec<(u64, u32)>,
    last: u64,
}

/// The showings under way on this phone, one for each subject.
#[derive(Default)]
pub(super) struct Showings(Mutex<BTreeMap<SubjectId, Showing>>);

struct Showing {
    member: BatchMember,
    was_shown_before: bool,
    began: ClockReading,
    seen: ClockReading,
}

/// What a showing is of.
pub(super) struct Shows {
    pub(super) member: BatchMember,
    /// Whether an earlier showing had this credential.
    pub(super) was_shown_before: bool,
}

/// Where showings are noted, and what chooses.
pub(super) struct Noting<'a> {
    pub(super) store: &'a SealedStore,
    pub(super) life: &'a Life,
    pub(super) entropy: &'a dyn Entropy,
}

impl ShownCredentials {
    fn times(&self, member: &BatchMember) -> u32 {
        let mut times = self.times.iter();
        let found = times.find(|(number, _)| *number == member.key_number);
        found.map_or(0, |(_, times)| *times)
    }

    /// Chooses among those that were shown least, and notes it; what is held no more is forgotten.
    fn choose(&mut self, batch: &[BatchMember], entropy: &dyn Entropy) -> Option<(usize, u32)> {
        let least = batch.iter().map(|member| self.times(member)).min()?;
        let is_turn = |member: &BatchMember| self.times(member) == least;
        let mut turn: Vec<usize> = (0..batch.len())
            .filter(|place| is_turn(&batch[*place]))
            .collect();
        // Where a round begins anew, not the one that ended the last.
        if turn.len() > 1 && least > 0 {
            turn.retain(|place| batch[*place].key_number != self.last);
        }
        let chosen = *turn.get(below(turn.len(), entropy)?)?;
        self.times = batch
            .iter()
            .enumerate()
            .map(|(place, member)| {
                let now = u32::from(place == chosen);
                (member.key_number, self.times(member).saturating_add(now))
            })
            .collect();
        self.last = batch[chosen].key_number;
        Some((chosen, least))
    }
}

impl Showings {
    /// What the subject shows now out of `batch`, those that count first: what the showing under way has, or another one.
    /// `rotation_ms` is how long one code stays. None where there is nothing to show.
    pub(super) fn show(
        &self,
        subject: &SubjectId,
        batch: &[BatchMember],
        at: i64,
        (now, rotation_ms): (ClockReading, u64),
        noting: &Noting<'_>,
    ) -> Option<Shows> {
        let mut showings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts: Vec<BatchMember> = batch
            .iter()
            .filter(|member| member.expires_at > at)
            .cloned()
            .collect();
        // What has ended is shown as ended: the last of them, for as long as an order may let it count.
        let last = batch.iter().max_by_key(|member| member.expires_at)?;
        let usable = if counts.is_empty() {
            vec![last.clone()]
        } else {
            counts
        };
        if let Some(showing) = showings.get_mut(subject)
            && showing.goes_on(now, rotation_ms)
            && usable.contains(&showing.member)
        {
            showing.seen = now;
            return Some(showing.shows());
        }
        let place = SHOWN_CREDENTIALS.for_subject(subject);
        // A note that cannot be read is none.
        let mut shown = noting.store.read(&place).ok().flatten().unwrap_or_default();
        let chosen = shown.choose(&usable, noting.entropy);
        let (chosen, before) = chosen.unwrap_or_default();
        if let Ok(note) = place.put(&shown) {
            let _ = noting.life.write(&[note]);
        }
        let showing = Showing {
            member: usable.get(chosen)?.clone(),
            was_shown_before: before > 0,
            began: now,
            seen: now,
        };
        let shows = showing.shows();
        showings.insert(subject.clone(), showing);
        Some(shows)
    }

    /// Ends the subject's showing.
    pub(super) fn end(&self, subject: &SubjectId) {
        let mut showings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        showings.remove(subject);
    }
}

impl Showing {
    fn goes_on(&self, now: ClockReading, rotation_ms: u64) -> bool {
        let since = |then: ClockReading| {
            let elapsed = now.monotonic_ms.checked_sub(then.monotonic_ms);
            elapsed.filter(|_| now.boot_id == then.boot_id)
        };
        let pause = PAUSE_MS.max(rotation_ms.saturating_mul(2));
        since(self.seen).is_some_and(|elapsed| elapsed <= pause)
            && since(self.began).is_some_and(|elapsed| elapsed <= LONGEST_MS)
    }

    fn shows(&self) -> Shows {
        Shows {
            member: self.member.clone(),
            was_shown_before: self.was_shown_before,
        }
    }
}

/// One of 0 to less than `count`, by chance. None where there is no chance, or no count.
fn below(count: usize, entropy: &dyn Entropy) -> Option<usize> {
    if count <= 1 {
        return (count == 1).then_some(0);
    }
    let mut random = [0; 8];
    entropy.fill(&mut random).ok()?;
    usize::try_from(u64::from_be_bytes(random) % count as u64).ok()
}

crate::hidden_debug!(BatchMember, ShownCredentials);

#[cfg(test)]
#[path = "showing_tests.rs"]
mod tests;
