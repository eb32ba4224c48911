//! Acts: once, after conflicts, through unknown outcomes, within the cap.

use std::collections::BTreeMap;
use std::sync::Arc;

use health_code_core::wire::SubjectId;

use super::{CountUp, outcome, over_each_engine, place, revoked, total, units};
use crate::store::faulty::{Fault, FaultyStore};
use crate::store::units::MAX_UNIT_BYTES;
use crate::store::{CitizenId, Outcome, Put, RowKey, Rows, StoreError, Unit, UnitId, Write};

#[test]
fn an_act_is_done_once_however_often_it_comes() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let (one, two) = (CountUp::new(1, 1), CountUp::new(1, 2));
        assert_eq!(outcome(units.run(&one).await), Ok((1, false)));
        assert_eq!(outcome(units.run(&one).await), Ok((1, true)));
        assert_eq!(outcome(units.run(&two).await), Ok((2, false)));
        // The answer is the one of then, not of now.
        assert_eq!(outcome(units.run(&one).await), Ok((1, true)));
        assert_eq!(total(&units, &one).await, 2);
        // The same id on another citizen is another act.
        let other = CountUp::new(2, 1);
        assert_eq!(outcome(units.run(&other).await), Ok((1, false)));
        let partition = store.read(one.citizen, Vec::new()).await.expect("read");
        assert_eq!(partition.version, 2);
        assert_eq!(revoked(&store).await, [place(1), place(2)]);
    });
}

#[test]
fn after_a_conflict_it_is_run_again_on_the_rows_of_then() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let faulty = FaultyStore::new(store, &[Fault::Conflict, Fault::Conflict]);
        let units = units(faulty.clone());
        assert_eq!(outcome(units.run(&unit).await), Ok((1, false)));
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
                        done => return outcome(done),
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
        assert_eq!(outcome(units.run(&unit).await), Err(StoreError::Conflict));
        assert_eq!(total(&units, &unit).await, 0);
        assert_eq!(outcome(units.run(&unit).await), Ok((1, false)));
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
            assert_eq!(outcome(units.run(&unit).await), Ok((1, false)), "{fault:?}");
            assert_eq!(total(&units, &unit).await, 1, "{fault:?}");
            assert_eq!(outcome(units.run(&unit).await), Ok((1, true)), "{fault:?}");
        }
    });
}

#[test]
fn remembered_rows_are_a_hint_alone() {
    over_each_engine(async |store| {
        // Each server remembers what it wrote; the other one's acts come between.
        let servers = [units(Arc::clone(&store)), units(Arc::clone(&store))];
        for id in 0..6 {
            let unit = CountUp::new(1, id);
            let done = servers[usize::from(id % 3 == 0)].run(&unit).await;
            assert_eq!(outcome(done), Ok((u32::from(id) + 1, false)));
        }
        // What is not allowed on rows of before may be allowed now, and the other way round.
        let first = CountUp::new(2, 1);
        assert_eq!(outcome(servers[0].run(&first).await), Ok((1, false)));
        for id in 2..5 {
            let other = CountUp::new(2, id);
            assert!(servers[1].run(&other).await.is_ok());
        }
        let fourth = AtMost(4, CountUp::new(2, 9));
        let refused = Err(StoreError::RowNotNamed);
        assert_eq!(outcome(servers[0].run(&fourth).await), refused);
        let fifth = AtMost(5, CountUp::new(2, 9));
        assert_eq!(outcome(servers[0].run(&fifth).await), Ok((5, false)));
        // An act that was done stays done where it would be refused by now.
        let again = AtMost(1, CountUp::new(2, 9));
        assert_eq!(outcome(servers[0].run(&again).await), Ok((5, true)));
    });
}

/// Counts one up to so many.
struct AtMost(u32, CountUp);

impl Unit for AtMost {
    type Answer = u32;
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.1.citizen()
    }

    fn subject(&self) -> SubjectId {
        self.1.subject()
    }

    fn id(&self) -> UnitId {
        self.1.id()
    }

    fn reads(&self) -> Vec<RowKey> {
        self.1.reads()
    }

    fn apply(&self, rows: &mut Rows) -> Result<u32, StoreError> {
        let total = self.1.apply(rows)?;
        if total > self.0 {
            return Err(StoreError::RowNotNamed);
        }
        Ok(total)
    }
}

#[test]
fn faults_of_a_write_on_remembered_rows_are_cleared_up_too() {
    over_each_engine(async |store| {
        for (id, fault) in [
            Fault::Conflict,
            Fault::AnswerLost,
            Fault::WriteLost,
            Fault::Late,
        ]
        .into_iter()
        .enumerate()
        {
            let citizen = u8::try_from(id).expect("small");
            let units = units(Arc::clone(&store));
            let first = CountUp::new(citizen, 1);
            assert_eq!(outcome(units.run(&first).await), Ok((1, false)));
            let units = units.with_faults(&[fault]);
            let second = CountUp::new(citizen, 2);
            assert_eq!(
                outcome(units.run(&second).await),
                Ok((2, false)),
                "{fault:?}"
            );
            let third = CountUp::new(citizen, 3);
            assert_eq!(
                outcome(units.run(&third).await),
                Ok((3, false)),
                "{fault:?}"
            );
            assert_eq!(
                outcome(units.run(&second).await),
                Ok((2, true)),
                "{fault:?}"
            );
        }
    });
}

#[test]
fn a_write_whose_act_was_done_is_not_written() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        assert!(units(Arc::clone(&store)).run(&unit).await.is_ok());
        let place = unit.id().row(&unit.subject());
        let put = Put {
            value: b"other".to_vec(),
            expires_at: None,
        };
        let write = |unit: RowKey| Write {
            citizen: CitizenId::from_bytes([1; 16]),
            version: 1,
            erased: Vec::new(),
            puts: BTreeMap::from([(unit.clone(), put.clone())]),
            unit,
            revoked: Vec::new(),
        };
        let outcome = store.write(write(place.clone())).await;
        assert_eq!(outcome, Outcome::Conflict);
        let partition = store.read(unit.citizen(), vec![place.clone()]).await;
        let partition = partition.expect("read");
        assert_eq!(partition.version, 1);
        assert_ne!(partition.rows[&place], b"other");
        let other = CountUp::new(1, 2).id().row(&unit.subject());
        assert_eq!(store.write(write(other)).await, Outcome::Applied);
    });
}

#[test]
fn an_outcome_that_stays_unknown_is_told_so_and_the_same_id_may_come_again() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        let units = units(FaultyStore::new(store, &[Fault::WriteLost; 8]));
        let unknown = Err(StoreError::OutcomeUnknown);
        assert_eq!(outcome(units.run(&unit).await), unknown);
        assert_eq!(outcome(units.run(&unit).await), Ok((1, false)));
        assert_eq!(outcome(units.run(&unit).await), Ok((1, true)));
        assert_eq!(total(&units, &unit).await, 1);
    });
}

#[test]
fn a_refusal_of_the_store_keeps_its_name_and_nothing_was_done() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        for error in [StoreError::DiskFull, StoreError::Busy, StoreError::ReadOnly] {
            let faulty = FaultyStore::new(Arc::clone(&store), &[Fault::Refused(error)]);
            assert_eq!(outcome(units(faulty).run(&unit).await), Err(error));
        }
        let units = units(Arc::clone(&store));
        assert_eq!(total(&units, &unit).await, 0);
        store.close();
        assert_eq!(outcome(units.run(&unit).await), Err(StoreError::Closed));
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
        assert_eq!(outcome(units.run(&fits).await), Ok((1, false)));
        let large = CountUp {
            note: "x".repeat(MAX_UNIT_BYTES),
            ..CountUp::new(1, 2)
        };
        let refused = Err(StoreError::UnitTooLarge);
        assert_eq!(outcome(units.run(&large).await), refused);
        assert_eq!((faulty.attempts(), total(&units, &fits).await), (1, 1));
    });
}
