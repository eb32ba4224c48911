//! Rows: named, sealed at their place, erased by subject, swept when they expire.

use std::sync::Arc;

use super::{Count, CountUp, over_each_engine, told, total, units};
use crate::store::{CitizenId, RowKey, Rows, Sealer, StoreError, Subject, Unit, UnitId, Units};
use crate::system::SystemEntropy;

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
