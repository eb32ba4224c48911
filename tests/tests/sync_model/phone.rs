//! A phone that can be killed at each write of its store: sealed store, engine and request signatures are the real ones.
//!
//! Invariant: what outlives a kill is what the store below was given and nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use health_code_core::store::{MemoryStore, RecordStore, SealedStore, SideFile, StoreError, Write};
use health_code_core::sync::{SyncConfig, SyncEngine};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::SoftwareEd25519;

use super::choices::Choices;
use super::flaws::Flaw;
use super::life::DEVICE_SEED;
use super::line::Line;

/// Where the phone's records are, while it is alive and after.
pub struct Memory {
    records: MemoryStore,
    choices: Arc<Choices>,
    flaw: Flaw,
    is_dead: AtomicBool,
    /// What a disk that lies would come back with.
    before_last: std::sync::Mutex<MemoryStore>,
}

/// What can happen at a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AtWrite {
    Written,
    KilledBefore,
    KilledAfter,
}

impl Memory {
    pub fn new(choices: Arc<Choices>, flaw: Flaw) -> Self {
        Self {
            records: MemoryStore::new(),
            choices,
            flaw,
            is_dead: AtomicBool::new(false),
            before_last: std::sync::Mutex::default(),
        }
    }

    pub fn is_dead(&self) -> bool {
        self.is_dead.load(Ordering::SeqCst)
    }

    fn alive(&self) -> Result<(), StoreError> {
        if self.is_dead() {
            return Err(StoreError::WritesStopped);
        }
        Ok(())
    }

    fn die(&self) -> StoreError {
        self.is_dead.store(true, Ordering::SeqCst);
        StoreError::IoFailed
    }
}

/// What one process has of the [`Memory`].
struct Process(Arc<Memory>);

impl RecordStore for Process {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.alive()?;
        self.0.records.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.0.alive()?;
        self.0.records.scan(prefix)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.0.alive()?;
        let options = [
            AtWrite::Written,
            AtWrite::KilledBefore,
            AtWrite::KilledAfter,
        ];
        let at_write = self.0.choices.choose("phone's write", &options);
        if at_write == AtWrite::KilledBefore {
            return Err(self.0.die());
        }
        if self.0.flaw == Flaw::PhonesDiskLies {
            let mut before = self.0.before_last.lock().expect("not poisoned");
            *before = self.0.records.fork();
        }
        self.0.records.apply(writes)?;
        if at_write == AtWrite::KilledAfter {
            return Err(self.0.die());
        }
        Ok(())
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.alive()?;
        self.0.records.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.0.alive()?;
        let options = [AtWrite::Written, AtWrite::KilledBefore];
        if self.0.choices.choose("phone's side file", &options) == AtWrite::KilledBefore {
            return Err(self.0.die());
        }
        self.0.records.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        self.0.alive()
    }
}

/// Starts the app over what is kept. None where it was killed on the way.
pub fn start(
    memory: &Arc<Memory>,
    line: &Arc<Line>,
    clock: &Arc<FixedClock>,
    root_key: [u8; 32],
    seed: u64,
) -> Result<Option<Arc<SyncEngine>>, String> {
    if memory.is_dead.swap(false, Ordering::SeqCst) && memory.flaw == Flaw::PhonesDiskLies {
        let before = memory.before_last.lock().expect("not poisoned").fork();
        put_back(&memory.records, &before);
    }
    let records = Arc::new(Process(Arc::clone(memory)));
    let entropy = Arc::new(FixedEntropy::new(seed));
    let store = SealedStore::open(records, &FixedKeyGuard::new(1), entropy.clone());
    let store = match store {
        Ok(store) => Arc::new(store),
        Err(_) if memory.is_dead() => return Ok(None),
        Err(error) => return Err(format!("the store does not open: {}", error.code())),
    };
    let config = SyncConfig {
        base_url: "https://authority.example".to_owned(),
        root_key,
    };
    let signer = Arc::new(SoftwareEd25519::from_seed(&DEVICE_SEED));
    let engine = SyncEngine::new(&config, store, line.clone(), clock.clone(), entropy, signer);
    match engine {
        Ok(engine) => {
            let engine = Arc::new(engine);
            line.belongs_to(&engine);
            Ok(Some(engine))
        }
        Err(_) if memory.is_dead() => Ok(None),
        Err(error) => Err(format!("the engine does not open: {}", error.root_code())),
    }
}

/// Makes `records` hold what `before` does.
fn put_back(records: &MemoryStore, before: &MemoryStore) {
    let all = |store: &MemoryStore| store.scan(&[]).expect("memory");
    let gone = all(records)
        .into_iter()
        .map(|(key, _)| Write::Delete { key });
    let put = |(key, value)| Write::Put { key, value };
    let writes: Vec<_> = gone.chain(all(before).into_iter().map(put)).collect();
    records.apply(&writes).expect("memory");
    for file in [SideFile::Envelope, SideFile::Anchor] {
        if let Some(bytes) = before.read_side(file).expect("memory") {
            records.write_side(file, &bytes).expect("memory");
        }
    }
}
