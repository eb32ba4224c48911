//! What every engine must hold: one suite, run over each of them.
//!
//! An engine of tomorrow adds one line to [`over_each_engine`].

use std::future::Future;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::faulty::{Fault, FaultyStore};
use super::memory::MemoryStore;
use super::units::{Done, MAX_UNIT_BYTES};
use super::{
    CitizenId, Kind, Owner, Publication, Published, Record, RowKey, Rows, Sealer, Settled,
    SqliteStore, Store, StoreError, Subject, Unique, Unit, UnitId, Units,
};
use crate::system::SystemEntropy;

/// A counter, and what was counted last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    total: u32,
    note: String,
}

impl Record for Count {
    const KIND: Kind = Kind(900);
}

/// Counts one up.
#[derive(Clone)]
struct CountUp {
    citizen: CitizenId,
    id: UnitId,
    note: String,
    kept_until: Option<i64>,
}

impl CountUp {
    fn new(citizen: u8, id: u8) -> Self {
        Self {
            citizen: CitizenId::from_bytes([citizen; 16]),
            id: UnitId::new(200, [id; 16]),
            note: "noted".to_owned(),
            kept_until: None,
        }
    }

    fn owner(&self) -> Owner {
        Owner {
            citizen: self.citizen,
            unit: self.id,
        }
    }
}

impl Unit for CountUp {
    type Answer = u32;
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        self.kept_until
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::of::<Count>()]
    }

    fn apply(&self, rows: &mut Rows) -> Result<u32, StoreError> {
        let total = rows.get::<Count>()?.unwrap_or_default().total + 1;
        rows.put(&Count {
            total,
            note: self.note.clone(),
        })?;
        rows.revoke(total, 1_000);
        // What an act put is what it reads from then on.
        assert_eq!(rows.get::<Count>()?.expect("put").total, total);
        Ok(total)
    }
}

fn units(store: Arc<dyn Store>) -> Units {
    let sealer = Arc::new(Sealer::new(&[7; 32]));
    Units::new(store, sealer, Arc::new(SystemEntropy))
}

fn over_each_engine<F: Future<Output = ()>>(suite: impl Fn(Arc<dyn Store>) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = SqliteStore::open(&folder.path().join("a.sqlite"), [1; 32]).expect("opens");
    let engines: [Arc<dyn Store>; 2] = [Arc::new(MemoryStore::default()), Arc::new(sqlite)];
    for engine in engines {
        runtime.block_on(suite(Arc::clone(&engine)));
        engine.close();
    }
}

async fn total(units: &Units, unit: &CountUp) -> u32 {
    let rows = units.read(unit.citizen, unit.reads()).await.expect("read");
    let count = rows.get::<Count>().expect("readable");
    count.unwrap_or_default().total
}

fn told(done: Result<Done<u32>, StoreError>) -> Result<(u32, bool), StoreError> {
    done.map(|done| (done.answer, done.again))
}

#[test]
fn an_act_is_done_once_however_often_it_comes() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let (one, two) = (CountUp::new(1, 1), CountUp::new(1, 2));
        assert_eq!(told(units.run(&one).await), Ok((1, false)));
        assert_eq!(told(units.run(&one).await), Ok((1, true)));
        assert_eq!(told(units.run(&two).await), Ok((2, false)));
        // The answer is the one of then, not of now.
        assert_eq!(told(units.run(&one).await), Ok((1, true)));
        assert_eq!(total(&units, &one).await, 2);
        // The same id on another citizen is another act.
        let other = CountUp::new(2, 1);
        assert_eq!(told(units.run(&other).await), Ok((1, false)));
        let partition = store.read(one.citizen, Vec::new()).await.expect("read");
        assert_eq!(partition.version, 2);
        assert_eq!(store.revoked().await, Ok(vec![1, 2]));
    });
}

#[test]
fn after_a_conflict_it_is_run_again_on_the_rows_of_then() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let faulty = FaultyStore::new(store, &[Fault::Conflict, Fault::Conflict]);
        let units = units(faulty.clone());
        assert_eq!(told(units.run(&unit).await), Ok((1, false)));
        assert_eq!(faulty.attempts(), 3);
        assert_eq!(total(&units, &unit).await, 1);
    });
}

#[test]
fn acts_of_many_tasks_and_of_two_servers_are_all_done_once() {
    over_each_engine(async |store| {
        // Two servers over one store know nothing of each other's turns.
        let servers = [Arc::new(units(Arc::clone(&store))), Arc::new(units(store))];
        let mut running = Vec::new();
        for number in 0..64 {
            let units = Arc::clone(&servers[usize::from(number % 2)]);
            running.push(tokio::spawn(async move {
                let unit = CountUp::new(1, number);
                for _ in 0..100 {
                    match units.run(&unit).await {
                        Err(StoreError::Conflict) => {}
                        done => return told(done),
                    }
                }
                Err(StoreError::Conflict)
            }));
        }
        let mut answers = Vec::new();
        for task in running {
            let (answer, again) = task.await.expect("no panic").expect("done");
            assert!(!again);
            answers.push(answer);
        }
        answers.sort_unstable();
        assert_eq!(answers, (1..=64).collect::<Vec<_>>());
    });
}

#[test]
fn one_that_always_comes_too_late_is_told_so_and_did_nothing() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let units = units(FaultyStore::new(store, &[Fault::Conflict; 8]));
        assert_eq!(told(units.run(&unit).await), Err(StoreError::Conflict));
        assert_eq!(total(&units, &unit).await, 0);
        assert_eq!(told(units.run(&unit).await), Ok((1, false)));
    });
}

#[test]
fn an_unknown_outcome_is_cleared_up_by_the_acts_own_row() {
    over_each_engine(async |store| {
        for (id, fault) in [Fault::AnswerLost, Fault::WriteLost, Fault::Late]
            .into_iter()
            .enumerate()
        {
            let unit = CountUp::new(u8::try_from(id).expect("small"), 1);
            let units = units(FaultyStore::new(Arc::clone(&store), &[fault]));
            assert_eq!(told(units.run(&unit).await), Ok((1, false)), "{fault:?}");
            assert_eq!(total(&units, &unit).await, 1, "{fault:?}");
            assert_eq!(told(units.run(&unit).await), Ok((1, true)), "{fault:?}");
        }
    });
}

#[test]
fn an_outcome_that_stays_unknown_is_told_so_and_the_same_id_may_come_again() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let units = units(FaultyStore::new(store, &[Fault::WriteLost; 8]));
        let unknown = Err(StoreError::OutcomeUnknown);
        assert_eq!(told(units.run(&unit).await), unknown);
        assert_eq!(told(units.run(&unit).await), Ok((1, false)));
        assert_eq!(told(units.run(&unit).await), Ok((1, true)));
        assert_eq!(total(&units, &unit).await, 1);
    });
}

#[test]
fn a_refusal_of_the_store_keeps_its_name_and_nothing_was_done() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        for error in [StoreError::DiskFull, StoreError::Busy, StoreError::ReadOnly] {
            let faulty = FaultyStore::new(Arc::clone(&store), &[Fault::Refused(error)]);
            assert_eq!(told(units(faulty).run(&unit).await), Err(error));
        }
        let units = units(Arc::clone(&store));
        assert_eq!(total(&units, &unit).await, 0);
        store.close();
        assert_eq!(told(units.run(&unit).await), Err(StoreError::Closed));
    });
}

#[test]
fn what_is_too_much_for_one_act_is_refused_before_it_is_written() {
    over_each_engine(async |store| {
        let faulty = FaultyStore::new(store, &[]);
        let units = units(faulty.clone());
        let fits = CountUp {
            note: "x".repeat(MAX_UNIT_BYTES - 1_024),
            ..CountUp::new(1, 1)
        };
        assert_eq!(told(units.run(&fits).await), Ok((1, false)));
        let large = CountUp {
            note: "x".repeat(MAX_UNIT_BYTES),
            ..CountUp::new(1, 2)
        };
        let refused = Err(StoreError::UnitTooLarge);
        assert_eq!(told(units.run(&large).await), refused);
        assert_eq!((faulty.attempts(), total(&units, &fits).await), (1, 1));
    });
}

struct Unnamed(CountUp);

impl Unit for Unnamed {
    type Answer = ();
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.0.citizen
    }

    fn id(&self) -> UnitId {
        self.0.id
    }

    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, rows: &mut Rows) -> Result<(), StoreError> {
        rows.get::<Count>().map(|_| ())
    }
}

#[test]
fn a_row_that_was_not_named_is_not_read() {
    over_each_engine(async |store| {
        let refused = units(store).run(&Unnamed(CountUp::new(1, 1))).await;
        assert_eq!(refused.err(), Some(StoreError::RowNotNamed));
    });
}

#[test]
fn a_reservation_is_its_first_takers_until_it_is_freed() {
    over_each_engine(async |store| {
        let (one, other) = (CountUp::new(1, 1).owner(), CountUp::new(2, 2).owner());
        let unique = |value: u8| Unique {
            space: 9,
            value: vec![value],
        };
        let both = vec![unique(1), unique(2)];
        let first = store.reserve(vec![unique(1)], one).await;
        assert_eq!(first, Ok(vec![one]));
        // One's own is success; what is another's is told, and what is free is taken all the same.
        assert_eq!(store.reserve(both.clone(), one).await, Ok(vec![one, one]));
        assert_eq!(store.reserve(both, other).await, Ok(vec![one, one]));
        // Only its owner can free it.
        store.release(unique(1), other).await.expect("released");
        assert_eq!(store.owner(unique(1)).await, Ok(Some(one)));
        store.release(unique(1), one).await.expect("released");
        assert_eq!(store.owner(unique(1)).await, Ok(None));
        let again = store.reserve(vec![unique(1)], other).await;
        assert_eq!(again, Ok(vec![other]));
        let elsewhere = Unique {
            space: 8,
            value: vec![1],
        };
        assert_eq!(store.owner(elsewhere).await, Ok(None));
    });
}

#[test]
fn an_orphan_is_fenced_and_an_act_that_was_done_is_not() {
    over_each_engine(async |store| {
        let (done, orphan) = (CountUp::new(1, 1), CountUp::new(2, 2));
        let units = units(store);
        units.run(&done).await.expect("done");
        assert_eq!(units.settle(done.owner()).await, Ok(Settled::Done));
        assert_eq!(units.settle(orphan.owner()).await, Ok(Settled::Fenced));
        assert_eq!(units.settle(orphan.owner()).await, Ok(Settled::Fenced));
        let late = Err(StoreError::UnitFenced);
        assert_eq!(told(units.run(&orphan).await), late);
        assert_eq!(total(&units, &orphan).await, 0);
        // Another act on the same citizen goes on.
        assert_eq!(told(units.run(&CountUp::new(2, 3)).await), Ok((1, false)));
    });
}

#[test]
fn an_act_that_is_still_on_its_way_arrives_too_late_once_it_is_fenced() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        // Its eight attempts are lost but for the last, which is still under way when the fence is put up.
        let mut faults = [Fault::WriteLost; 8];
        faults[7] = Fault::Late;
        let faulty = FaultyStore::new(store, &faults);
        let units = units(faulty);
        let unknown = Err(StoreError::OutcomeUnknown);
        assert_eq!(told(units.run(&unit).await), unknown);
        // The store asserts that the late write is not applied after this one.
        assert_eq!(units.settle(unit.owner()).await, Ok(Settled::Fenced));
        assert_eq!(total(&units, &unit).await, 0);
    });
}

struct Erase(CountUp, Subject);

impl Unit for Erase {
    type Answer = ();
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.0.citizen
    }

    fn id(&self) -> UnitId {
        self.0.id
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::of::<Count>()]
    }

    fn apply(&self, rows: &mut Rows) -> Result<(), StoreError> {
        rows.erase(self.1.clone());
        if self.1 == Subject::OWNER {
            assert_eq!(rows.get::<Count>()?, None);
        }
        Ok(())
    }
}

#[test]
fn erasing_leaves_the_version_and_nothing_else_of_the_subject() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let unit = CountUp::new(1, 1);
        units.run(&unit).await.expect("done");
        let elsewhere = Erase(CountUp::new(1, 2), Subject::dependant([5; 16]));
        units.run(&elsewhere).await.expect("erased");
        assert_eq!(total(&units, &unit).await, 1, "another subject's");
        let erase = Erase(CountUp::new(1, 3), Subject::OWNER);
        units.run(&erase).await.expect("erased");
        assert!(units.run(&erase).await.expect("erased").again);
        assert_eq!(total(&units, &unit).await, 0);
        let own_row = unit.id.row();
        let partition = store.read(unit.citizen, vec![own_row]).await.expect("read");
        assert_eq!((partition.version, partition.rows.len()), (3, 0));
    });
}

#[test]
fn rows_are_kept_until_they_expire() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let unit = CountUp {
            kept_until: Some(500),
            ..CountUp::new(1, 1)
        };
        units.run(&unit).await.expect("done");
        while store.sweep(500).await.expect("swept") {}
        assert_eq!(told(units.run(&unit).await), Ok((1, true)));
        while store.sweep(501).await.expect("swept") {}
        assert_eq!(total(&units, &unit).await, 1, "has no end");
        assert_eq!(told(units.run(&unit).await), Ok((2, false)));
        assert_eq!(store.revoked().await, Ok(vec![1, 2]));
        while store.sweep(1_001).await.expect("swept") {}
        assert_eq!(store.revoked().await, Ok(vec![]));
    });
}

#[test]
fn a_block_of_indexes_is_leased_to_one_at_a_time() {
    over_each_engine(async |store| {
        let first = store.lease(vec![1, 2], 100, 200).await;
        assert_eq!(first, Ok(vec![1, 2]));
        assert_eq!(store.lease(vec![2, 3], 150, 250).await, Ok(vec![3]));
        assert_eq!(store.lease(vec![1], 200, 300).await, Ok(vec![]));
        assert_eq!(store.lease(vec![1, 1], 201, 301).await, Ok(vec![1]));
    });
}

#[test]
fn versions_of_a_publication_only_go_up() {
    over_each_engine(async |store| {
        let new = |name: &str, version, content: &[u8]| Publication {
            kind: "form".to_owned(),
            name: name.to_owned(),
            version,
            content: content.to_vec(),
            order: b"{}".to_vec(),
            published_at: 1,
        };
        let publish = async |publication| store.publish(publication).await.expect("taken");
        assert_eq!(publish(new("a", 2, b"x")).await, Published::New);
        assert_eq!(publish(new("a", 2, b"x")).await, Published::Before);
        assert_eq!(publish(new("a", 2, b"y")).await, Published::NotHigher(2));
        assert_eq!(publish(new("a", 1, b"x")).await, Published::NotHigher(2));
        assert_eq!(publish(new("a", 3, b"y")).await, Published::New);
        assert_eq!(publish(new("b", 1, b"z")).await, Published::New);
        let newest = store.publications().await;
        assert_eq!(newest, Ok(vec![new("a", 3, b"y"), new("b", 1, b"z")]));
    });
}

#[test]
fn a_value_that_was_moved_or_altered_is_named() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let stranger = Units::new(
            Arc::clone(&store),
            Arc::new(Sealer::new(&[8; 32])),
            Arc::new(SystemEntropy),
        );
        units(store).run(&unit).await.expect("done");
        let read = stranger.read(unit.citizen, unit.reads()).await;
        assert_eq!(read.err(), Some(StoreError::SealBroken));
    });
}
