//! The fakes: clocks, the line to the authority and what may happen to it, an end at a write. All of it can be put back.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use health_code_authority::testing::{ChangeWatch, InProcess, Interruption};
use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{
    Clock, ClockReading, HttpRequest, HttpResponse, Transport, TransportError,
};
use health_code_core::store::{MemoryStore, RecordStore, SideFile, StoreError, Write};
use health_code_tests::town::MORNING_MS;

pub const BASE_URL: &str = "https://authority.example";

/// A clock that can be put back with everything else.
pub struct Hands(pub Mutex<ClockReading>);

impl Hands {
    pub fn new() -> Self {
        Self(Mutex::new(ClockReading {
            wall_ms: MORNING_MS,
            monotonic_ms: 3_600_000,
            boot_id: 1,
        }))
    }

    pub fn advance_ms(&self, elapsed_ms: i64) {
        let mut reading = lock(&self.0);
        reading.wall_ms += elapsed_ms;
        reading.monotonic_ms += elapsed_ms.unsigned_abs();
    }

    /// The phone starts anew with a wall clock that is so far off.
    pub fn reboot_off_by(&self, off_ms: i64) {
        let mut reading = lock(&self.0);
        reading.wall_ms = reading.wall_ms.saturating_add(off_ms);
        reading.monotonic_ms = 0;
        reading.boot_id += 1;
    }
}

impl Clock for Hands {
    fn read(&self) -> ClockReading {
        *lock(&self.0)
    }
}

/// Alters the authority's answer to a method and path.
pub type Bend = Arc<dyn Fn(&str, &mut HttpResponse) + Send + Sync>;

/// What the network does.
#[derive(Clone)]
pub enum Network {
    On,
    Off,
    Bends(Bend),
}

/// The line to the authority, and the authority at its end.
pub struct Line {
    pub authority: Mutex<InProcess>,
    pub network: Mutex<Network>,
    /// What was asked since the last look, `METHOD path`.
    pub asked: Mutex<Vec<String>>,
    pub watch: Arc<Watch>,
}

impl Line {
    pub fn answer(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let mut authority = lock(&self.authority);
        let answer = authority.answer(request);
        if authority.has_ended() {
            authority.restart().expect("starts");
        }
        answer
    }
}

impl Transport for Line {
    fn send(
        &self,
        mut request: HttpRequest,
        _timeout_ms: u64,
        _cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let network = lock(&self.network).clone();
        let path = request.url.trim_start_matches(BASE_URL);
        let line = format!("{} {path}", request.method);
        lock(&self.asked).push(line.clone());
        if matches!(network, Network::Bends(_)) {
            // Nothing is answered with "as before".
            request.headers.retain(|(name, _)| name != "if-none-match");
        }
        let answer = match network {
            Network::Off => None,
            Network::On => self.answer(&request),
            Network::Bends(bend) => self.answer(&request).map(|mut answer| {
                bend(&line, &mut answer);
                answer
            }),
        };
        answer.ok_or(TransportError::Unreachable)
    }
}

/// Ends the authority's process at the change with this number, counted down.
pub struct Watch {
    pub left: AtomicI64,
    pub end: Mutex<Interruption>,
}

impl ChangeWatch for Watch {
    fn at_change(&self, _: &'static str) -> Interruption {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            *lock(&self.end)
        } else {
            Interruption::None
        }
    }
}

/// A phone's records, of which so many more writes are made before the process ends.
pub struct Mortal {
    pub records: MemoryStore,
    pub left: AtomicI64,
    pub is_dead: Arc<AtomicBool>,
}

impl Mortal {
    fn alive(&self) -> Result<(), StoreError> {
        if self.is_dead.load(Ordering::SeqCst) {
            return Err(StoreError::WritesStopped);
        }
        Ok(())
    }

    fn count(&self) -> Result<(), StoreError> {
        self.alive()?;
        if self.left.fetch_sub(1, Ordering::SeqCst) <= 0 {
            self.is_dead.store(true, Ordering::SeqCst);
            return Err(StoreError::IoFailed);
        }
        Ok(())
    }
}

impl RecordStore for Mortal {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        self.records.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.alive()?;
        self.records.scan(prefix)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.count()?;
        self.records.apply(writes)
    }

    fn read_side(&self, file: SideFile) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        self.records.read_side(file)
    }

    fn write_side(&self, file: SideFile, bytes: &[u8]) -> Result<(), StoreError> {
        self.count()?;
        self.records.write_side(file, bytes)
    }

    fn accept(&self) -> Result<(), StoreError> {
        self.alive()
    }
}

/// The line as a process has it: nothing is sent by the dead.
pub struct Held {
    pub line: Arc<Line>,
    pub is_dead: Arc<AtomicBool>,
}

impl Transport for Held {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        if self.is_dead.load(Ordering::SeqCst) {
            return Err(TransportError::Unreachable);
        }
        self.line.send(request, timeout_ms, cancel)
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
