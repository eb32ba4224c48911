//! What every engine must hold: one suite, run over each of them.
//!
//! An engine of tomorrow adds one line to [`over_each_engine`].

mod acts;
mod outside;
mod rows;

use std::future::Future;
use std::sync::Arc;

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::memory::MemoryStore;
use super::units::Done;
use super::{
    CitizenId, Kind, Owner, Record, RowKey, Rows, Sealer, SqliteStore, Store, StoreError, Unit,
    UnitId, Units,
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

#[derive(Clone)]
struct CountUp {
    citizen: CitizenId,
    subject: SubjectId,
    id: UnitId,
    note: String,
    kept_until: Option<i64>,
}

impl CountUp {
    fn new(citizen: u8, id: u8) -> Self {
        Self {
            citizen: CitizenId::from_bytes([citizen; 16]),
            subject: SubjectId::OWNER,
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

    fn subject(&self) -> SubjectId {
        self.subject.clone()
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        self.kept_until
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::for_record::<Count>(&self.subject)]
    }

    fn apply(&self, rows: &mut Rows) -> Result<u32, StoreError> {
        let total = rows.get::<Count>()?.unwrap_or_default().total + 1;
        rows.put(&Count {
            total,
            note: self.note.clone(),
        })?;
        rows.revoke(place(total), 1_000);
        // What an act put is what it reads from then on.
        assert_eq!(rows.get::<Count>()?.expect("put").total, total);
        Ok(total)
    }
}

/// Of the credential that an act revokes.
fn place(index: u32) -> StatusPlace {
    StatusPlace { day: 0, index }
}

/// What is revoked, listed now at the latest.
async fn revoked(store: &Arc<dyn Store>) -> Vec<StatusPlace> {
    store.list_revocations(1, u32::MAX).await.expect("listed");
    let listed = store.revoked(0, i64::MAX).await.expect("read");
    listed.into_iter().map(|(_, place)| place).collect()
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
    let rows = units.read(unit.citizen, &unit.subject, unit.reads());
    let rows = rows.await.expect("read");
    let count = rows.get::<Count>().expect("readable");
    count.unwrap_or_default().total
}

fn outcome(done: Result<Done<u32>, StoreError>) -> Result<(u32, bool), StoreError> {
    done.map(|done| (done.answer, done.again))
}
