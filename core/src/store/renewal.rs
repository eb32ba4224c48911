//! Erasing a subject together with the key that its records were sealed with.
//!
//! Invariant: when it returns, the master key under which the subject's records were sealed is in no file any more, so that what
//! sled and the journal still hold of them (they write over old bytes late) opens for nobody, not even for the phone. Everything that
//! stays was sealed anew in the batch that erases. Until then the envelope holds both keys, and the records say which one counts: after a kill
//! the store is wholly as before or wholly as after, and the next open leaves one key.

use std::sync::{PoisonError, RwLockWriteGuard};

use super::envelope;
use super::ledger::{Ledger, anchor_bytes};
use super::sealed_store::State;
use super::sealing::Keys;
use super::{SealedStore, SealedWrite, SideFile, StoreError, SubjectId, Write};
use crate::ports::KeyGuard;

impl SealedStore {
    /// As [`SealedStore::erase`], with a new master key for what stays. Nobody reads meanwhile.
    pub(super) fn erase_and_renew(
        &self,
        guard: &dyn KeyGuard,
        state: &mut State,
        subject: &SubjectId,
        along: &[SealedWrite],
    ) -> Result<(), StoreError> {
        let (_, next, wrapped) = envelope::wrap_new(guard, self.entropy.as_ref())?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let Some((batch, ledger)) = self.sealed_anew(&keys, &next, state, subject, along)? else {
            return Ok(());
        };
        let both = envelope::of_both(&state.wrapped, &wrapped, &keys)?;
        self.records.write_side(SideFile::Envelope, &both)?;
        let written = self.records.apply(&batch);
        match written {
            Ok(()) => *keys = next,
            // Which key counts is known only after the next open.
            Err(_) => state.stop(),
        }
        self.count_generation();
        written?;
        state.ledger = ledger;
        state.wrapped = wrapped;
        let finished = self.leave_one_key(&keys, state);
        if finished.is_err() {
            state.stop();
        }
        finished
    }

    /// All that is there without the subject's, and `along`, under `next`: none where that changes nothing.
    fn sealed_anew(
        &self,
        keys: &RwLockWriteGuard<'_, Keys>,
        next: &Keys,
        state: &State,
        subject: &SubjectId,
        along: &[SealedWrite],
    ) -> Result<Option<(Vec<Write>, Ledger)>, StoreError> {
        let entropy = self.entropy.as_ref();
        let mut ledger = Ledger::new(state.ledger.schema);
        ledger.commit = state.ledger.commit.saturating_add(1);
        let mut kept = std::collections::BTreeMap::new();
        let mut batch = Vec::new();
        let old_ledger = keys.ledger_name();
        let mut is_held = false;
        for (name, sealed) in self.records.scan(&[])? {
            if name != old_ledger {
                let (place, value) = keys.open(&name, &sealed)?;
                if place.subject.as_ref() == Some(subject) {
                    is_held = true;
                } else {
                    kept.insert(place, Some(value));
                }
            }
            batch.push(Write::Delete { key: name });
        }
        if !is_held && along.is_empty() {
            return Ok(None);
        }
        for write in along {
            write.check()?;
            kept.insert(write.place.clone(), write.value.clone());
        }
        for (place, value) in kept {
            let Some(value) = value else { continue };
            let name = next.name(&place);
            let value = next.seal(&place, &name, &value, entropy)?;
            ledger.add(next.ledger_item(&name, &value));
            batch.push(Write::Put {
                key: name.to_vec(),
                value,
            });
        }
        batch.push(Write::Put {
            key: next.ledger_name().to_vec(),
            value: next.seal_ledger(&ledger.to_bytes(), entropy)?,
        });
        Ok(Some((batch, ledger)))
    }

    /// Writes the anchor and an envelope with the key that counts alone, as the guard wrapped it.
    pub(super) fn leave_one_key(&self, keys: &Keys, state: &State) -> Result<(), StoreError> {
        let records = self.records.as_ref();
        records.write_side(SideFile::Anchor, &anchor_bytes(state.ledger.commit, keys))?;
        records.write_side(SideFile::Envelope, &envelope::of_one(&state.wrapped, keys)?)
    }
}
