//! A store whose process ends at one of its changes.
//!
//! Invariant: a change is made whole or not at all; after the end nothing is read or changed any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;

use crate::store::memory::MemoryStore;
use crate::store::{
    CitizenId, Later, Listing, Outcome, Owner, Partition, Publication, Published, Restoration,
    RowKey, Store, StoreError, Unique, Write,
};

/// Where a process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// It goes on.
    None,
    /// Before the change.
    Before,
    /// After the change, before anybody hears of it.
    After,
}

/// Says where a process ends.
pub trait ChangeWatch: Send + Sync {
    /// A change, named `what`, is about to be made.
    fn at_change(&self, what: &'static str) -> Interruption;
}

pub(super) struct InterruptedStore {
    records: Arc<MemoryStore>,
    watch: Arc<dyn ChangeWatch>,
    has_ended: AtomicBool,
}

impl std::fmt::Debug for InterruptedStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InterruptedStore")
    }
}

impl InterruptedStore {
    pub(super) fn new(records: Arc<MemoryStore>, watch: Arc<dyn ChangeWatch>) -> Self {
        Self {
            records,
            watch,
            has_ended: AtomicBool::new(false),
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::SeqCst)
    }

    fn running(&self) -> Result<(), StoreError> {
        if self.has_ended() {
            return Err(StoreError::Closed);
        }
        Ok(())
    }

    /// Makes a change as far as the process lives; none where it has ended.
    async fn change<T>(
        &self,
        what: &'static str,
        change: impl FnOnce(&MemoryStore) -> Later<'_, T>,
    ) -> Option<T> {
        self.running().ok()?;
        let interruption = self.watch.at_change(what);
        if interruption == Interruption::Before {
            self.has_ended.store(true, Ordering::SeqCst);
            return None;
        }
        let changed = change(&self.records).await;
        if interruption == Interruption::After {
            self.has_ended.store(true, Ordering::SeqCst);
            return None;
        }
        Some(changed)
    }
}

impl Store for InterruptedStore {
    fn read(
        &self,
        citizen: CitizenId,
        named: Vec<RowKey>,
    ) -> Later<'_, Result<Partition, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.read(citizen, named).await
        })
    }

    fn read_subject(
        &self,
        citizen: CitizenId,
        subject: SubjectId,
    ) -> Later<'_, Result<Partition, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.read_subject(citizen, subject).await
        })
    }

    fn write(&self, write: Write) -> Later<'_, Outcome> {
        Box::pin(async move {
            let written = self.change("write", |records| records.write(write)).await;
            written.unwrap_or(Outcome::Refused(StoreError::Closed))
        })
    }

    fn reserve(
        &self,
        uniques: Vec<Unique>,
        owner: Owner,
    ) -> Later<'_, Result<Vec<Owner>, StoreError>> {
        Box::pin(async move {
            let reserved = self.change("reserve", |records| records.reserve(uniques, owner));
            reserved.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn owner(&self, unique: Unique) -> Later<'_, Result<Option<Owner>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.owner(unique).await
        })
    }

    fn reserved(
        &self,
        space: u8,
        after: Vec<u8>,
        at_most: u32,
    ) -> Later<'_, Result<Vec<(Unique, Owner)>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.reserved(space, after, at_most).await
        })
    }

    fn release(&self, unique: Unique, owner: Owner) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let released = self.change("release", |records| records.release(unique, owner));
            released.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn lease(
        &self,
        wanted: Vec<u32>,
        now: i64,
        free_at: i64,
    ) -> Later<'_, Result<Vec<u32>, StoreError>> {
        Box::pin(async move {
            let leased = self.change("lease", |records| records.lease(wanted, now, free_at));
            leased.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn list_revocations(&self, at: i64, at_most: u32) -> Later<'_, Result<Listing, StoreError>> {
        Box::pin(async move {
            let listed = self.change("listing", |records| records.list_revocations(at, at_most));
            listed.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn revoked(
        &self,
        from: i64,
        until: i64,
    ) -> Later<'_, Result<Vec<(i64, StatusPlace)>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.revoked(from, until).await
        })
    }

    fn add_issuer_key(&self, public_key: [u8; 32]) -> Later<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let added = self.change("issuer key", |records| records.add_issuer_key(public_key));
            added.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn issuer_keys(&self) -> Later<'_, Result<Vec<[u8; 32]>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.issuer_keys().await
        })
    }

    fn publish(&self, new: Publication) -> Later<'_, Result<Published, StoreError>> {
        Box::pin(async move {
            let published = self.change("publish", |records| records.publish(new));
            published.await.unwrap_or(Err(StoreError::Closed))
        })
    }

    fn publications(&self) -> Later<'_, Result<Vec<Publication>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.publications().await
        })
    }

    fn restored(&self) -> Later<'_, Result<Option<Restoration>, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.restored().await
        })
    }

    fn sweep(&self, now: i64) -> Later<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            self.running()?;
            self.records.sweep(now).await
        })
    }

    fn close(&self) {
        self.records.close();
    }
}
