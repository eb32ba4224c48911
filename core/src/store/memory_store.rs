//! Records in memory, for tests and previews. Nothing outlives it; a clone shares the records.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{RecordStore, SideFile, StoreError, Write};

#[derive(Debug, Default)]
struct Content {
    records: BTreeMap<Vec<u8>, Vec<u8>>,
    sides: BTreeMap<SideFile, Vec<u8>>,
}

/// A [`RecordStore`] without a disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Content>>);

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Another store with the same content, independent from now on (a backup, for tests of roll-back).
    #[must_use]
    pub fn fork(&self) -> Self {
        let content = self.lock();
        Self(Arc::new(Mutex::new(Content {
            records: content.records.clone(),
            sides: content.sides.clone(),
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RecordStore for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().records.get(key).cloned())
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        Ok(self
            .lock()
            .records
            .range(prefix.to_vec()..)
            .take_while(|(key, _)| key.starts_with(prefix))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        writes.iter().try_for_each(Write::check)?;
        let mut content = self.lock();
        for write in writes {
            match write {
                Write::Put { key, value } => {
                    content.records.insert(key.clone(), value.clone());
                }
                Write::Delete { key } => {
                    content.records.remove(key);
                }
            }
        }
        Ok(())
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().sides.get(&file).cloned())
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.lock().sides.insert(file, bytes.to_vec());
        Ok(())
    }

    fn accept(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
