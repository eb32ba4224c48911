//! A store whose writes fail as told: the faults of a network and of other servers, around any store.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;

use super::{
    CitizenId, Later, Listing, Outcome, Owner, Partition, Publication, Published, Restoration,
    RowKey, Store, StoreError, Unique, Write,
};

/// What happens to one write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Another server was quicker.
    Conflict,
    /// Written, and the answer lost.
    AnswerLost,
    /// Lost on the way.
    WriteLost,
    /// On its way still: it arrives after the next write.
    Late,
    /// Refused.
    Refused(StoreError),
}

#[derive(Debug)]
pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<dyn Store>,
    faults: Mutex<VecDeque<Fault>>,
    late: Mutex<Vec<Write>>,
    attempts: Mutex<usize>,
}

impl std::fmt::Debug for Write {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Write(at {})", self.version)
    }
}

impl FaultyStore {
    pub(crate) fn new(inner: Arc<dyn Store>, faults: &[Fault]) -> Arc<Self> {
        Arc::new(Self {
            inner,
            faults: Mutex::new(faults.iter().copied().collect()),
            late: Mutex::default(),
            attempts: Mutex::default(),
        })
    }

    /// Writes that were asked for.
    pub(crate) fn attempts(&self) -> usize {
        *self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_fault(&self) -> Option<Fault> {
        *self.attempts.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.pop_front()
    }

    fn take_late(&self) -> Vec<Write> {
        std::mem::take(&mut self.late.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for FaultyStore {
    fn read(
        &self,
        citizen: CitizenId,
        named: Vec<RowKey>,
    ) -> Later<'_, Result<Partition, StoreError>> {
        self.inner.read(citizen, named)
    }

    fn read_subject(
        &self,
        citizen: CitizenId,
        subject: SubjectId,
    ) -> Later<'_, Result<Partition, StoreError>> {
        self.inner.read_subject(citizen, subject)
    }

    fn write(&self, write: Write) -> Later<'_, Outcome> {
        Box::pin(async move {
            let late = self.take_late();
            let outcome = match self.next_fault() {
                None => self.inner.write(write).await,
                Some(Fault::Conflict) => Outcome::Conflict,
                Some(Fault::Refused(error)) => Outcome::Refused(error),
                Some(Fault::WriteLost) => Outcome::Unknown,
                Some(Fault::AnswerLost) => {
                    self.inner.write(write).await;
                    Outcome::Unknown
                }
                Some(Fault::Late) => {
                    let mut late = self.late.lock().unwrap_or_else(PoisonError::into_inner);
                    late.push(write);
                    Outcome::Unknown
                }
            };
            for write in late {
                let outcome = self.inner.write(write).await;
                assert_ne!(outcome, Outcome::Applied, "the same act twice");
            }
            outcome
        })
    }

    fn reserve(
        &self,
        uniques: Vec<Unique>,
        owner: Owner,
    ) -> Later<'_, Result<Vec<Owner>, StoreError>> {
        self.inner.reserve(uniques, owner)
    }

    fn owner(&self, unique: Unique) -> Later<'_, Result<Option<Owner>, StoreError>> {
        self.inner.owner(unique)
    }

    fn reserved(
        &self,
        space: u8,
        after: Vec<u8>,
        at_most: u32,
    ) -> Later<'_, Result<Vec<(Unique, Owner)>, StoreError>> {
        self.inner.reserved(space, after, at_most)
    }

    fn release(&self, unique: Unique, owner: Owner) -> Later<'_, Result<(), StoreError>> {
        self.inner.release(unique, owner)
    }

    fn lease(
        &self,
        wanted: Vec<u32>,
        now: i64,
        free_at: i64,
    ) -> Later<'_, Result<Vec<u32>, StoreError>> {
        self.inner.lease(wanted, now, free_at)
    }

    fn list_revocations(&self, at: i64, at_most: u32) -> Later<'_, Result<Listing, StoreError>> {
        self.inner.list_revocations(at, at_most)
    }

    fn revoked(
        &self,
        from: i64,
        until: i64,
    ) -> Later<'_, Result<Vec<(i64, StatusPlace)>, StoreError>> {
        self.inner.revoked(from, until)
    }

    fn add_issuer_key(&self, public_key: [u8; 32]) -> Later<'_, Result<(), StoreError>> {
        self.inner.add_issuer_key(public_key)
    }

    fn issuer_keys(&self) -> Later<'_, Result<Vec<[u8; 32]>, StoreError>> {
        self.inner.issuer_keys()
    }

    fn publish(&self, publication: Publication) -> Later<'_, Result<Published, StoreError>> {
        self.inner.publish(publication)
    }

    fn publications(&self) -> Later<'_, Result<Vec<Publication>, StoreError>> {
        self.inner.publications()
    }

    fn restored(&self) -> Later<'_, Result<Option<Restoration>, StoreError>> {
        self.inner.restored()
    }

    fn sweep(&self, now: i64) -> Later<'_, Result<bool, StoreError>> {
        self.inner.sweep(now)
    }

    fn close(&self) {
        self.inner.close();
    }
}
