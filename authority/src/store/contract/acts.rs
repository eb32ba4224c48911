//! Acts: once, after conflicts, through unknown outcomes, within the cap.

use std::sync::Arc;

use super::{CountUp, outcome, over_each_engine, total, units};
use crate::store::StoreError;
use crate::store::faulty::{Fault, FaultyStore};
use crate::store::units::MAX_UNIT_BYTES;

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
        assert_eq!(store.revoked().await, Ok(vec![1, 2]));
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
