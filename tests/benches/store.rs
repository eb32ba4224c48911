//! What sealing and durability cost, against the bare disk in the same run.
//!
//! `cargo xtask bench store` prints a markdown table. `STORE_BENCH_DIR` names another folder
//! to measure in (the default is the system's temporary folder, which must not be in memory to mean anything).
#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use health_code_core::store::{
    Codec, FIRST_TEST_KIND, OfSubject, Place, RecordKind, SealedStore, SledStore, SubjectId,
};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;

const VALUE_BYTES: usize = 300;
/// A sealed value of `VALUE_BYTES` of the owner's under a 20-byte key.
const SEALED_BYTES: usize = VALUE_BYTES + 70;
const UPLOAD: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "upload", Codec::BYTES, 1024);
/// So many puts move the journal to sled several times.
const ROUNDS: usize = 1_000;
const MANY: usize = 10_000;

fn open(dir: &Path) -> SealedStore {
    let records = Arc::new(SledStore::open(dir).expect("a store"));
    SealedStore::open(records, &FixedKeyGuard::new(1), Arc::new(SystemEntropy)).expect("a store")
}

fn key(number: usize) -> String {
    format!("declaration {number:08}")
}

fn upload(number: usize) -> Place<Vec<u8>> {
    UPLOAD.for_subject(&SubjectId::OWNER).at(&key(number))
}

fn fill(dir: &Path, count: usize) {
    let store = open(dir);
    let value = vec![7; VALUE_BYTES];
    for start in (0..count).step_by(500) {
        let writes: Vec<_> = (start..count.min(start + 500))
            .map(|number| upload(number).put(&value).expect("within the cap"))
            .collect();
        store.apply(&writes).expect("a batch");
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / u32::try_from(times.len()).expect("a few")
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn row(what: &str, ours: Duration, baseline: &str, raw: Duration) {
    let (ours, raw) = (micros(ours), micros(raw));
    println!(
        "| {what} | {ours:.1} | {baseline} | {raw:.1} | {:.2} |",
        ours / raw
    );
}

fn read_all(dir: &Path) -> usize {
    let entries = fs::read_dir(dir).expect("a folder");
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read_all(&path)
            } else {
                fs::read(&path).expect("a file").len()
            }
        })
        .sum()
}

/// Ours as a rule (nothing moved to sled since the last open but one), ours where every record is counted anew, and
/// sled alone on the same records: opened until the first record was read.
fn open_times(dir: &Path, count: usize) -> [Vec<Duration>; 3] {
    // What reading put together anew is written at the first closing.
    for _ in 0..3 {
        drop(open(dir));
    }
    let (mut ours, mut anew, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..30 {
        let is_anew = round % 2 == 1;
        if is_anew {
            // A small store has none.
            let _ = fs::remove_file(dir.join("manifest"));
        }
        let (time, store) = timed(|| {
            let store = open(dir);
            let value = store.read(&upload(count / 2));
            assert!(value.expect("a read").is_some());
            store
        });
        if is_anew { &mut anew } else { &mut ours }.push(time);
        drop(store);
        let (time, db) = timed(|| {
            let config = sled::Config::new()
                .path(dir.join("records"))
                .flush_every_ms(None);
            // Ours lets go of the file a moment after it was closed.
            let db = loop {
                match config.open() {
                    Ok(db) => break db,
                    Err(sled::Error::Io(_)) => std::thread::yield_now(),
                    Err(error) => panic!("{error}"),
                }
            };
            assert!(db.first().expect("a read").is_some());
            db
        });
        bare.push(time);
        drop(db);
    }
    [ours, anew, bare]
}

fn main() {
    let folder = match std::env::var_os("STORE_BENCH_DIR") {
        Some(dir) => tempfile::tempdir_in(dir),
        None => tempfile::tempdir(),
    }
    .expect("a folder");
    let fresh = folder.path().join("fresh");
    let (made, store) = timed(|| open(&fresh));
    let small = folder.path().join("small");
    fill(&small, 300);
    let store_300 = open(&small);
    let mut raw = File::create(folder.path().join("raw")).expect("a file");
    let value = vec![9; VALUE_BYTES];
    let sealed = vec![9; SEALED_BYTES];
    let (mut puts, mut writes, mut gets) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        let put = || store_300.write(&upload(number % 300), &value);
        let (time, result) = timed(put);
        result.expect("a put");
        puts.push(time);
        let (time, result) = timed(|| raw.write_all(&sealed).and_then(|()| raw.sync_data()));
        result.expect("a write");
        writes.push(time);
    }
    for number in 0..10 * ROUNDS {
        let (time, got) = timed(|| store_300.read(&upload(number % 300)));
        assert!(got.expect("a read").is_some());
        gets.push(time);
    }
    drop(store_300);
    drop(store);
    let fresh_bytes = read_all(&fresh);
    let open_300 = open_times(&small, 300);
    let small_bytes = read_all(&small);
    let large = folder.path().join("large");
    fill(&large, MANY);
    let open_many = open_times(&large, MANY);

    println!("| store, {VALUE_BYTES}-byte values | us | against | us | ratio |");
    println!("|---|---|---|---|---|");
    let raw = "raw write + fdatasync";
    let means = (mean(&puts), mean(&writes));
    row("sealed durable put", median(puts), raw, median(writes));
    row("the same, mean with moving to sled", means.0, raw, means.1);
    println!("| get | {:.1} | | | |", micros(median(gets)));
    for (count, [ours, anew, bare]) in [("300", open_300), ("10,000", open_many)] {
        let best = |times: &[Duration]| *times.iter().min().expect("some");
        let bests = [&ours, &anew].map(|times| micros(best(times)));
        let (what, sled) = (format!("open with {count} records"), "sled alone");
        let bare = median(bare);
        row(
            &format!("{what} to the first one"),
            median(ours),
            sled,
            bare,
        );
        row(&format!("{what}, counted anew"), median(anew), sled, bare);
        println!(
            "| the best of each | {:.1}, {:.1} | | | |",
            bests[0], bests[1]
        );
    }
    println!();
    println!(
        "new store: {:.1} ms to make, {fresh_bytes} bytes; 300 records: {small_bytes} bytes; 10,000 records: {} bytes",
        micros(made) / 1e3,
        read_all(&large)
    );
}
