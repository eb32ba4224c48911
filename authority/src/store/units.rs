//! One act on one citizen, and how it is run: read, apply, write; again where another act came first.
//!
//! Invariant: an act is done once, however often it is run under its id: its own row, written with everything else,
//! holds the answer. An unknown outcome is cleared up by reading that row; if nobody can tell, the same id may be
//! tried again later. In this process acts on one citizen come one after the other, so that none of them starves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use health_code_core::ports::Entropy;
use health_code_core::wire::SubjectId;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use super::recent::{Known, Read, RecentRows};
use super::turns::Turns;
use super::{
    CitizenId, Outcome, Owner, Partition, Put, RowKey, Rows, Sealer, Store, StoreError, UnitId,
    Write,
};

/// Most bytes of keys and sealed values that one act writes.
pub(crate) const MAX_UNIT_BYTES: usize = 256 * 1024;
/// Attempts before somebody else has to try again.
const TRIES: usize = 8;
/// How long an act that was begun is left alone before it is called off.
const COURTESY: Duration = Duration::from_millis(100);

/// One act on one citizen.
pub(crate) trait Unit: Sync {
    /// What is told of it, now and whenever it comes again.
    type Answer: Serialize + DeserializeOwned;
    /// Why it is not done.
    type Refusal: From<StoreError>;

    /// On whom.
    fn citizen(&self) -> CitizenId;

    /// On which of the subjects in the citizen's care, the citizen among them.
    fn subject(&self) -> SubjectId;

    /// The same id on the same subject is the same act.
    fn id(&self) -> UnitId;

    /// Until when it may come again, Unix seconds; none for always.
    fn kept_until(&self) -> Option<i64> {
        None
    }

    /// The rows that [`Unit::apply`] reads.
    fn reads(&self) -> Vec<RowKey>;

    /// From the rows to the writes. Runs again where another act came first, so it takes time and randomness from
    /// itself alone.
    ///
    /// # Errors
    /// What the rows do not allow; then nothing is written.
    fn apply(&self, rows: &mut Rows) -> Result<Self::Answer, Self::Refusal>;
}

/// An act that is done.
#[derive(Debug)]
pub(crate) struct Done<A> {
    pub(crate) answer: A,
    /// It was done before it was asked for this time.
    pub(crate) again: bool,
    /// The named rows as they are now.
    pub(crate) rows: Rows,
}

/// What became of somebody else's act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It was done.
    Done,
    /// It was not done and never will be.
    Fenced,
}

/// What became of an attempt on remembered rows.
enum Attempt<A> {
    Done(Done<A>),
    /// It may have been done.
    Unknown,
    /// The rows of the store are to be asked: the act was done before, another came between, it is refused, or it
    /// writes nothing that would tell.
    ReadAnew,
}

/// What an act leaves.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum UnitRow<A> {
    /// Its answer.
    Done(A),
    /// It was called off.
    Fenced,
}

/// Runs acts over a store, sealing what they write.
pub(crate) struct Units {
    store: Arc<dyn Store>,
    sealer: Arc<Sealer>,
    entropy: Arc<dyn Entropy>,
    turns: Turns,
    recent: RecentRows,
}

impl std::fmt::Debug for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Units")
    }
}

impl Units {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        sealer: Arc<Sealer>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            store,
            sealer,
            entropy,
            turns: Turns::new(),
            recent: RecentRows::default(),
        }
    }

    /// The same over a store whose writes fail as told.
    #[cfg(test)]
    pub(crate) fn with_faults(self, faults: &[super::faulty::Fault]) -> Self {
        let store = super::faulty::FaultyStore::new(self.store, faults);
        Self { store, ..self }
    }

    /// The engine below, for what is in no unit.
    pub(crate) fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// The named rows as they are now, for a look at this subject.
    pub(crate) async fn read(
        &self,
        citizen: CitizenId,
        subject: &SubjectId,
        named: Vec<RowKey>,
    ) -> Result<Rows, StoreError> {
        let partition = self.store.read(citizen, named.clone()).await?;
        self.open(citizen, subject, named, &partition)
    }

    /// Every row of this subject as it is now, but those that acts leave.
    pub(crate) async fn read_subject(
        &self,
        citizen: CitizenId,
        subject: &SubjectId,
    ) -> Result<Rows, StoreError> {
        let partition = self.store.read_subject(citizen, subject.clone()).await?;
        let named = partition.rows.keys().cloned().collect();
        self.open(citizen, subject, named, &partition)
    }

    /// Does `unit` unless it was done before.
    ///
    /// # Errors
    /// The unit's own refusals; [`StoreError`]s of which [`StoreError::OutcomeUnknown`] alone leaves open whether it
    /// was done.
    pub(crate) async fn run<U: Unit>(&self, unit: &U) -> Result<Done<U::Answer>, U::Refusal> {
        let citizen = unit.citizen();
        let subject = unit.subject();
        let named = unit.reads();
        let _turn = self.turns.take(citizen).await;
        let mut is_unknown = false;
        if let Some(known) = self.recent.take(citizen, &named) {
            match self.run_on_known_rows(unit, &subject, known).await? {
                Attempt::Done(done) => return Ok(done),
                Attempt::Unknown => is_unknown = true,
                Attempt::ReadAnew => {}
            }
        }
        self.run_on_stored_rows(unit, &subject, named, is_unknown)
            .await
    }

    /// One attempt on rows that are likely to be those of the store.
    async fn run_on_known_rows<U: Unit>(
        &self,
        unit: &U,
        subject: &SubjectId,
        known: Known,
    ) -> Result<Attempt<U::Answer>, U::Refusal> {
        let mut rows = Rows::new(subject, known.named);
        let Ok(answer) = unit.apply(&mut rows) else {
            return Ok(Attempt::ReadAnew);
        };
        if rows.is_unchanged() {
            return Ok(Attempt::ReadAnew);
        }
        let write = self.seal_act(unit, subject, known.version, &rows, &answer)?;
        Ok(match self.store.write(write).await {
            Outcome::Applied => {
                let version = known.version + 1;
                Attempt::Done(self.done(unit, version, answer, rows, known.others))
            }
            Outcome::Refused(error) => return Err(error.into()),
            Outcome::Conflict => Attempt::ReadAnew,
            Outcome::Unknown => Attempt::Unknown,
        })
    }

    async fn run_on_stored_rows<U: Unit>(
        &self,
        unit: &U,
        subject: &SubjectId,
        named: Vec<RowKey>,
        mut is_unknown: bool,
    ) -> Result<Done<U::Answer>, U::Refusal> {
        let citizen = unit.citizen();
        let own_row = unit.id().row(subject);
        let mut asked = named.clone();
        asked.push(own_row.clone());
        for _ in 0..TRIES {
            let partition = self.store.read(citizen, asked.clone()).await?;
            let mut rows = self.open(citizen, subject, named.clone(), &partition)?;
            if let Some(sealed) = partition.rows.get(&own_row) {
                let UnitRow::Done(answer) = self.open_unit_row(citizen, &own_row, sealed)? else {
                    return Err(StoreError::UnitFenced.into());
                };
                return Ok(Done {
                    answer,
                    again: !is_unknown,
                    rows,
                });
            }
            let answer = unit.apply(&mut rows)?;
            if rows.is_unchanged() && !is_unknown {
                return Ok(Done {
                    answer,
                    again: false,
                    rows,
                });
            }
            let write = self.seal_act(unit, subject, partition.version, &rows, &answer)?;
            match self.store.write(write).await {
                Outcome::Applied => {
                    let version = partition.version + 1;
                    return Ok(self.done(unit, version, answer, rows, Read::new()));
                }
                Outcome::Refused(error) => return Err(error.into()),
                Outcome::Conflict => {}
                Outcome::Unknown => is_unknown = true,
            }
        }
        Err(if is_unknown {
            StoreError::OutcomeUnknown.into()
        } else {
            StoreError::Conflict.into()
        })
    }

    /// An act whose writes made the partition `version`.
    fn done<U: Unit>(
        &self,
        unit: &U,
        version: u64,
        answer: U::Answer,
        rows: Rows,
        others: Read,
    ) -> Done<U::Answer> {
        if rows.erased.is_empty() {
            let known = Known {
                version,
                named: rows.left_behind(),
                others,
            };
            self.recent.remember(unit.citizen(), known);
        }
        Done {
            answer,
            again: false,
            rows,
        }
    }

    /// Whether an act on a citizen's own records was done, as far as one look tells; changes nothing.
    pub(crate) async fn is_done(&self, owner: Owner) -> Result<bool, StoreError> {
        let own_row = owner.unit.row(&SubjectId::OWNER);
        let read = self.store.read(owner.citizen, vec![own_row.clone()]);
        let partition = read.await?;
        let Some(sealed) = partition.rows.get(&own_row) else {
            return Ok(false);
        };
        let row = self.open_unit_row::<IgnoredAny>(owner.citizen, &own_row, sealed)?;
        Ok(matches!(row, UnitRow::Done(_)))
    }

    /// Finds out whether somebody's act on a citizen's own records was done, and calls it off if not: a write of it that is still on its way
    /// will find the partition's version gone on.
    pub(crate) async fn settle(&self, owner: Owner) -> Result<Settled, StoreError> {
        let own_row = owner.unit.row(&SubjectId::OWNER);
        for attempt in 0..TRIES {
            let read = self.store.read(owner.citizen, vec![own_row.clone()]);
            let partition = read.await?;
            if attempt == 0 && !partition.rows.contains_key(&own_row) {
                // It may be under way. Only a courtesy: the fence holds either way.
                tokio::time::sleep(COURTESY).await;
                continue;
            }
            if let Some(sealed) = partition.rows.get(&own_row) {
                let row = self.open_unit_row::<IgnoredAny>(owner.citizen, &own_row, sealed)?;
                return Ok(match row {
                    UnitRow::Done(_) => Settled::Done,
                    UnitRow::Fenced => Settled::Fenced,
                });
            }
            self.recent.forget(owner.citizen);
            let own_row = (own_row.clone(), &UnitRow::<()>::Fenced, None);
            let write = self.seal(owner.citizen, partition.version, &Rows::default(), own_row)?;
            match self.store.write(write).await {
                Outcome::Applied => return Ok(Settled::Fenced),
                Outcome::Refused(error) => return Err(error),
                Outcome::Conflict | Outcome::Unknown => {}
            }
        }
        Err(StoreError::OutcomeUnknown)
    }

    fn open(
        &self,
        citizen: CitizenId,
        subject: &SubjectId,
        named: Vec<RowKey>,
        partition: &Partition,
    ) -> Result<Rows, StoreError> {
        let mut read = BTreeMap::new();
        for place in named {
            let value = match partition.rows.get(&place) {
                Some(sealed) => Some(self.sealer.open(citizen, &place, sealed)?),
                None => None,
            };
            read.insert(place, value);
        }
        Ok(Rows::new(subject, read))
    }

    fn open_unit_row<A: DeserializeOwned>(
        &self,
        citizen: CitizenId,
        place: &RowKey,
        sealed: &[u8],
    ) -> Result<UnitRow<A>, StoreError> {
        let json = self.sealer.open(citizen, place, sealed)?;
        serde_json::from_slice(&json).map_err(|_| StoreError::RecordUnreadable)
    }

    fn seal_act<U: Unit>(
        &self,
        unit: &U,
        subject: &SubjectId,
        version: u64,
        rows: &Rows,
        answer: &U::Answer,
    ) -> Result<Write, StoreError> {
        let row = UnitRow::Done(answer);
        let own_row = (unit.id().row(subject), &row, unit.kept_until());
        self.seal(unit.citizen(), version, rows, own_row)
    }

    fn seal<A: Serialize>(
        &self,
        citizen: CitizenId,
        version: u64,
        rows: &Rows,
        (own_row, row, kept_until): (RowKey, &UnitRow<A>, Option<i64>),
    ) -> Result<Write, StoreError> {
        let json = serde_json::to_vec(row).map_err(|_| StoreError::RecordUnreadable)?;
        let own = Put {
            value: json,
            expires_at: kept_until,
        };
        let mut puts = BTreeMap::new();
        let mut bytes = 0;
        for (place, put) in rows.puts.iter().chain([(&own_row, &own)]) {
            let entropy = self.entropy.as_ref();
            let value = self.sealer.seal(citizen, place, &put.value, entropy)?;
            bytes += place.key.len() + value.len();
            let expires_at = put.expires_at;
            puts.insert(place.clone(), Put { value, expires_at });
        }
        if bytes > MAX_UNIT_BYTES {
            return Err(StoreError::UnitTooLarge);
        }
        Ok(Write {
            citizen,
            version,
            unit: own_row,
            erased: rows.erased.clone(),
            puts,
            revoked: rows.revoked.clone(),
        })
    }
}
