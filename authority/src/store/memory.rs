//! A store in memory: the rules of [`Store`] at their plainest, for the contract suite and for models.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;

use super::{
    CitizenId, Kind, Later, Listing, Outcome, Owner, Partition, Publication, Published, Put,
    Restoration, RowKey, Store, StoreError, Unique, Write,
};

#[derive(Debug, Default)]
pub(crate) struct MemoryStore(Mutex<State>);

#[derive(Clone, Default)]
struct State {
    versions: BTreeMap<CitizenId, u64>,
    rows: BTreeMap<(CitizenId, RowKey), Put>,
    reservations: BTreeMap<Unique, Owner>,
    leases: BTreeMap<u32, i64>,
    /// With the end, and the listing that it is on.
    revocations: BTreeMap<StatusPlace, (i64, Option<i64>)>,
    listed: i64,
    issuer_keys: BTreeSet<[u8; 32]>,
    publications: Vec<Publication>,
    is_closed: bool,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

impl MemoryStore {
    /// Every row, sealed as it is.
    #[cfg(feature = "testing")]
    pub(crate) fn rows(&self) -> Vec<(CitizenId, RowKey, Vec<u8>)> {
        let state = self.lock();
        let rows = state.rows.iter();
        rows.map(|((citizen, place), put)| (*citizen, place.clone(), put.value.clone()))
            .collect()
    }

    /// Puts back what `earlier` holds.
    #[cfg(feature = "testing")]
    pub(crate) fn restore(&self, earlier: &Self) {
        let earlier = earlier.lock().clone();
        *self.lock() = earlier;
    }

    /// Another store with the same content.
    #[cfg(feature = "testing")]
    pub(crate) fn fork(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ready<'a, T: Send + 'a>(value: T) -> Later<'a, T> {
    Box::pin(std::future::ready(value))
}

impl State {
    fn write(&mut self, write: Write) -> Outcome {
        if self.is_closed {
            return Outcome::Refused(StoreError::Closed);
        }
        let version = self.versions.entry(write.citizen).or_default();
        let own_row = (write.citizen, write.unit.clone());
        if *version != write.version || self.rows.contains_key(&own_row) {
            return Outcome::Conflict;
        }
        *version += 1;
        let is_erased = |subject: &SubjectId| write.erased.contains(subject);
        self.rows
            .retain(|(citizen, place), _| *citizen != write.citizen || !is_erased(&place.subject));
        for (place, put) in write.puts {
            assert!(place.kind != Kind::HEAD);
            self.rows.insert((write.citizen, place), put);
        }
        for revocation in write.revoked {
            let new = (revocation.free_at, None);
            let kept = self.revocations.entry(revocation.place).or_insert(new);
            kept.0 = kept.0.max(revocation.free_at);
        }
        Outcome::Applied
    }
}

impl Store for MemoryStore {
    fn read(
        &self,
        citizen: CitizenId,
        named: Vec<RowKey>,
    ) -> Later<'_, Result<Partition, StoreError>> {
        let state = self.lock();
        let value = |place: RowKey| {
            let put = state.rows.get(&(citizen, place.clone()))?;
            Some((place, put.value.clone()))
        };
        ready(Ok(Partition {
            version: state.versions.get(&citizen).copied().unwrap_or_default(),
            rows: named.into_iter().filter_map(value).collect(),
        }))
    }

    fn read_subject(
        &self,
        citizen: CitizenId,
        subject: SubjectId,
    ) -> Later<'_, Result<Partition, StoreError>> {
        let state = self.lock();
        let of_subject = |(owner, place): &(CitizenId, RowKey)| {
            *owner == citizen && place.subject == subject && place.kind > Kind::UNIT
        };
        let rows = state.rows.iter().filter(|(key, _)| of_subject(key));
        let rows = rows.map(|((_, place), put)| (place.clone(), put.value.clone()));
        ready(Ok(Partition {
            version: state.versions.get(&citizen).copied().unwrap_or_default(),
            rows: rows.collect(),
        }))
    }

    fn write(&self, write: Write) -> Later<'_, Outcome> {
        ready(self.lock().write(write))
    }

    fn reserve(
        &self,
        uniques: Vec<Unique>,
        owner: Owner,
    ) -> Later<'_, Result<Vec<Owner>, StoreError>> {
        let mut state = self.lock();
        let take = |unique| *state.reservations.entry(unique).or_insert(owner);
        ready(Ok(uniques.into_iter().map(take).collect()))
    }

    fn owner(&self, unique: Unique) -> Later<'_, Result<Option<Owner>, StoreError>> {
        ready(Ok(self.lock().reservations.get(&unique).copied()))
    }

    fn reserved(
        &self,
        space: u8,
        after: Vec<u8>,
        at_most: u32,
    ) -> Later<'_, Result<Vec<(Unique, Owner)>, StoreError>> {
        let state = self.lock();
        let after = Unique {
            space,
            value: after,
        };
        let above = state.reservations.iter().filter(|(it, _)| **it > after);
        let of_space = above.filter(|(it, _)| it.space == space);
        let most = usize::try_from(at_most).unwrap_or(usize::MAX);
        let found = of_space.map(|(it, owner)| (it.clone(), *owner));
        ready(Ok(found.take(most).collect()))
    }

    fn release(&self, unique: Unique, owner: Owner) -> Later<'_, Result<(), StoreError>> {
        let mut state = self.lock();
        if state.reservations.get(&unique) == Some(&owner) {
            state.reservations.remove(&unique);
        }
        ready(Ok(()))
    }

    fn lease(
        &self,
        wanted: Vec<u32>,
        now: i64,
        free_at: i64,
    ) -> Later<'_, Result<Vec<u32>, StoreError>> {
        let mut state = self.lock();
        let mut leased = Vec::new();
        for block in wanted {
            let until = state.leases.entry(block).or_insert(i64::MIN);
            if *until < now {
                *until = free_at;
                leased.push(block);
            }
        }
        ready(Ok(leased))
    }

    fn list_revocations(&self, at: i64, at_most: u32) -> Later<'_, Result<Listing, StoreError>> {
        let mut state = self.lock();
        let number = at.max(state.listed + 1);
        state.listed = number;
        let mut left = at_most;
        for (_, listed) in state.revocations.values_mut() {
            if listed.is_none() && left > 0 {
                *listed = Some(number);
                left -= 1;
            }
        }
        let is_all = left > 0;
        ready(Ok(Listing { number, is_all }))
    }

    fn revoked(
        &self,
        from: i64,
        until: i64,
    ) -> Later<'_, Result<Vec<(i64, StatusPlace)>, StoreError>> {
        let state = self.lock();
        let listed = state.revocations.iter().filter_map(|(place, kept)| {
            let number = kept.1.filter(|number| from < *number && *number <= until)?;
            Some((number, *place))
        });
        let mut listed: Vec<_> = listed.collect();
        listed.sort_unstable();
        ready(Ok(listed))
    }

    fn add_issuer_key(&self, public_key: [u8; 32]) -> Later<'_, Result<(), StoreError>> {
        self.lock().issuer_keys.insert(public_key);
        ready(Ok(()))
    }

    fn issuer_keys(&self) -> Later<'_, Result<Vec<[u8; 32]>, StoreError>> {
        ready(Ok(self.lock().issuer_keys.iter().copied().collect()))
    }

    fn publish(&self, new: Publication) -> Later<'_, Result<Published, StoreError>> {
        let mut state = self.lock();
        let same = state.publications.iter();
        let same = same.filter(|one| one.kind == new.kind && one.name == new.name);
        let newest = same.max_by_key(|one| one.version);
        let answer = match newest {
            Some(one) if one.version == new.version && one.content == new.content => {
                Published::Before
            }
            Some(one) if one.version >= new.version => Published::NotHigher(one.version),
            _ => Published::New,
        };
        if answer == Published::New {
            state.publications.push(new);
        }
        ready(Ok(answer))
    }

    fn publications(&self) -> Later<'_, Result<Vec<Publication>, StoreError>> {
        let mut all = self.lock().publications.clone();
        all.sort_by_key(|one| std::cmp::Reverse(one.version));
        let mut seen = BTreeSet::new();
        all.retain(|one| seen.insert((one.kind.clone(), one.name.clone())));
        all.sort_by(|one, other| (&one.kind, &one.name).cmp(&(&other.kind, &other.name)));
        ready(Ok(all))
    }

    fn restored(&self) -> Later<'_, Result<Option<Restoration>, StoreError>> {
        ready(Ok(None))
    }

    fn sweep(&self, now: i64) -> Later<'_, Result<bool, StoreError>> {
        let mut state = self.lock();
        state
            .rows
            .retain(|_, put| put.expires_at.is_none_or(|at| at >= now));
        state.revocations.retain(|_, kept| kept.0 >= now);
        ready(Ok(false))
    }

    fn close(&self) {
        self.lock().is_closed = true;
    }
}
