//! Rows: named, sealed at their place, erased by subject, swept when they expire.

use std::sync::Arc;

use super::{Count, CountUp, outcome, over_each_engine, place, revoked, total, units};
use health_code_core::wire::SubjectId;

use crate::store::{CitizenId, RowKey, Rows, Sealer, StoreError, Unit, UnitId, Units};
use crate::system::SystemEntropy;

struct Unnamed(CountUp);

impl Unit for Unnamed {
    type Answer = ();
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.0.citizen
    }

    fn subject(&self) -> SubjectId {
        self.0.subject.clone()
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

/// Erases a subject within an act on that subject.
struct Erase(CountUp);

impl Unit for Erase {
    type Answer = ();
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.0.citizen
    }

    fn subject(&self) -> SubjectId {
        self.0.subject.clone()
    }

    fn id(&self) -> UnitId {
        self.0.id
    }

    fn reads(&self) -> Vec<RowKey> {
        self.0.reads()
    }

    fn apply(&self, rows: &mut Rows) -> Result<(), StoreError> {
        rows.erase(self.0.subject.clone());
        assert_eq!(rows.get::<Count>()?, None);
        Ok(())
    }
}

#[test]
fn subjects_of_one_citizen_do_not_meet_and_are_erased_one_by_one() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let child = SubjectId::parse("child").expect("an id");
        let of = |subject: &SubjectId, id| CountUp {
            subject: subject.clone(),
            ..CountUp::new(1, id)
        };
        // The same id on another subject is another act.
        let (own, childs) = (of(&SubjectId::OWNER, 1), of(&child, 1));
        for unit in [&own, &childs, &of(&SubjectId::OWNER, 2)] {
            assert!(!units.run(unit).await.expect("done").again);
        }
        assert_eq!(
            (total(&units, &own).await, total(&units, &childs).await),
            (2, 1)
        );
        let erase = Erase(of(&child, 3));
        units.run(&erase).await.expect("erased");
        assert_eq!(
            (total(&units, &own).await, total(&units, &childs).await),
            (2, 0)
        );
        assert!(
            units.run(&own).await.expect("done").again,
            "the owner's acts"
        );
        assert!(
            !units.run(&childs).await.expect("done").again,
            "begins anew"
        );
        let erase = Erase(of(&SubjectId::OWNER, 3));
        units.run(&erase).await.expect("erased");
        assert!(units.run(&erase).await.expect("erased").again);
        assert_eq!(
            (total(&units, &own).await, total(&units, &childs).await),
            (0, 1)
        );
        let own_row = own.id.row(&SubjectId::OWNER);
        let partition = store.read(own.citizen, vec![own_row]).await.expect("read");
        assert_eq!((partition.version, partition.rows.len()), (6, 0));
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
        assert_eq!(outcome(units.run(&unit).await), Ok((1, true)));
        while store.sweep(501).await.expect("swept") {}
        assert_eq!(total(&units, &unit).await, 1, "has no end");
        assert_eq!(outcome(units.run(&unit).await), Ok((2, false)));
        assert_eq!(revoked(&store).await, [place(1), place(2)]);
        while store.sweep(1_001).await.expect("swept") {}
        assert_eq!(revoked(&store).await, []);
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
        let read = stranger
            .read(unit.citizen, &unit.subject, unit.reads())
            .await;
        assert_eq!(read.err(), Some(StoreError::SealBroken));
    });
}

#[test]
fn all_rows_of_a_subject_are_read_and_nobody_elses() {
    over_each_engine(async |store| {
        let units = units(store);
        let child = SubjectId::parse("child").expect("an id");
        let of_child = CountUp {
            subject: child.clone(),
            ..CountUp::new(2, 5)
        };
        units.run(&CountUp::new(2, 3)).await.expect("done");
        units.run(&of_child).await.expect("done");
        let citizen = of_child.citizen;
        for (subject, expected) in [(SubjectId::OWNER, 1), (child, 1)] {
            let rows = units.read_subject(citizen, &subject).await.expect("rows");
            let found: Vec<_> = rows.all_read().collect();
            assert_eq!(found.len(), expected, "no row of an act, no head");
            assert!(found.iter().all(|(place, _)| place.subject == subject));
        }
        let nobody = CitizenId::from_random([77; 16]);
        let rows = units
            .read_subject(nobody, &SubjectId::OWNER)
            .await
            .expect("rows");
        assert_eq!(rows.all_read().count(), 0);
    });
}
