//! The migration from older schemas on disk: killed at any point the store is wholly old or wholly new, and the next
//! open finds everything; a full store is migrated within bounds. Children are the program `store_opener`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use health_code_core::store::{RawPlace, SealedStore, SledStore, StoreError, write_schema_1};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_tests::store_fixture::{KEY_GUARD, folder, unpack};

const OPENER: &str = env!("CARGO_BIN_EXE_store_opener");
const KILLS: u32 = 40;
/// Outbox and bundles of schema 1.
const OUTBOX: u8 = 6;
const BUNDLE: u8 = 4;
/// sled keeps every page that a batch has replaced until its end: some 12 KiB a record.
const MOST_MEMORY_KIB: u64 = 48 * 1024 + 12 * 10_000;
/// Some hundred times what a build with optimisations needs; a migration that looked at all records for each of them
/// would take longer.
const MOST_CPU_MS: u64 = 60_000;

type Records = BTreeMap<RawPlace, Vec<u8>>;

fn open_at(dir: &Path, schema: u32) -> Result<SealedStore, StoreError> {
    let records = Arc::new(SledStore::open(dir)?);
    let guard = FixedKeyGuard::new(KEY_GUARD);
    SealedStore::open_at_schema(records, &guard, Arc::new(SystemEntropy), schema, &[])
}

fn read_all(dir: &Path) -> Records {
    let records = Arc::new(SledStore::open(dir).expect("opens"));
    let guard = FixedKeyGuard::new(KEY_GUARD);
    let store = SealedStore::open(records, &guard, Arc::new(SystemEntropy)).expect("opens");
    let records = store.all_records().expect("readable").into_iter();
    records
        .map(|(place, value)| (place, value.to_vec()))
        .collect()
}

/// Whether the store is still of this schema; looking changes nothing.
fn is_still(dir: &Path, schema: u32) -> bool {
    match open_at(dir, schema) {
        Ok(_) => true,
        Err(StoreError::NewerSchema) => false,
        Err(error) => panic!("{error}"),
    }
}

/// A store of schema 1 with this many uploads of 300 bytes and a bundle in pieces.
fn write_old(dir: &Path, count: usize) {
    let mut contents: Vec<_> = (0..count)
        .map(|number| (OUTBOX, format!("upload {number:08}"), vec![7; 300]))
        .collect();
    contents.push((BUNDLE, "form/large".to_owned(), vec![9; 60_000]));
    let records = SledStore::open(dir).expect("a store");
    let guard = FixedKeyGuard::new(KEY_GUARD);
    write_schema_1(&records, &guard, &SystemEntropy, &contents).expect("written");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn opener(dir: &Path) -> Command {
    let mut command = Command::new(OPENER);
    command.arg(dir).arg(KEY_GUARD.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

#[test]
#[expect(clippy::disallowed_methods, reason = "real processes take real time")]
fn killed_at_any_moment_it_is_wholly_old_or_wholly_new() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old");
    write_old(&old, 500);
    let whole = folder.path().join("whole");
    copy(&old, &whole);
    let start = Instant::now();
    assert!(opener(&whole).status().unwrap().success());
    let length = start.elapsed();
    let expected = read_all(&whole);
    assert_eq!(expected.len(), 501);
    let (mut left_old, mut left_new) = (0, 0);
    for kill in 0..KILLS {
        let dir = folder.path().join(format!("killed {kill}"));
        copy(&old, &dir);
        let mut child = opener(&dir).spawn().unwrap();
        // Evenly over a whole open, some of them after its end.
        std::thread::sleep(length.mul_f64(1.1) * kill / KILLS);
        child.kill().unwrap();
        child.wait().unwrap();
        if is_still(&dir, 1) {
            left_old += 1;
        } else {
            left_new += 1;
        }
        assert!(read_all(&dir) == expected, "kill {kill}: records differ");
        assert!(!is_still(&dir, 2), "kill {kill}");
        fs::remove_dir_all(&dir).unwrap();
    }
    println!(
        "{KILLS} kills over {length:?}: {left_old} left the old store, {left_new} the new one"
    );
    assert!(left_old > 0, "no kill came before the end");
}

/// What changes files or makes a change durable. strace counts each call of each thread on its own.
const WRITES: [&str; 10] = [
    "pwrite64",
    "sync_file_range",
    "fdatasync",
    "fsync",
    "write",
    "ftruncate",
    "rename",
    "unlink",
    "unlinkat",
    "mkdir",
];

#[test]
fn killed_at_each_write_of_a_released_versions_store_it_loses_nothing() {
    for (name, schema) in [("store-v1", 1), ("store-v2", 2)] {
        let folder_of_all = tempfile::tempdir().unwrap();
        let fixture = folder(name);
        let whole = folder_of_all.path().join("whole");
        unpack(&fixture, &whole).unwrap();
        let expected = read_all(&whole);
        let (mut kills, mut left_new) = (0_u32, 0_u32);
        let mut calls = WRITES.iter().map(|call| (call, 1)).collect::<Vec<_>>();
        while let Some((call, number)) = calls.pop() {
            let dir = folder_of_all.path().join(format!("{call} {number}"));
            unpack(&fixture, &dir).unwrap();
            let Some(was_killed) = open_and_kill_at(&dir, call, number) else {
                assert!(
                    std::env::var_os("HEALTH_CODE_WITHOUT_STRACE").is_some(),
                    "strace is not installed, so nothing kills at each write: apt-get install strace, or set HEALTH_CODE_WITHOUT_STRACE"
                );
                println!("not run: strace is not installed (apt-get install strace)");
                return;
            };
            if was_killed {
                kills += 1;
                left_new += u32::from(!is_still(&dir, schema));
                calls.push((call, number + 1));
            }
            assert!(
                read_all(&dir) == expected,
                "{call} {number}: records differ"
            );
            fs::remove_dir_all(&dir).unwrap();
        }
        println!("{name}: {kills} kills, one at each write; {left_new} left the new store");
        assert!(kills > 15, "{kills}");
        assert!(left_new > 0 && left_new < kills, "{left_new} of {kills}");
    }
}

/// What a version sees that knows no journal: the folder without it.
#[test]
fn a_version_before_the_journal_sees_a_newer_schema() {
    for name in ["store-v1", "store-v2"] {
        let dir = tempfile::tempdir().unwrap();
        unpack(&folder(name), dir.path()).unwrap();
        assert!(opener(dir.path()).status().unwrap().success());
        let _ = fs::remove_file(dir.path().join("journal"));
        for schema in [1, 2] {
            assert!(!is_still(dir.path(), schema), "{name}");
        }
    }
}

/// Opens the store in a child that is killed when one of its threads begins the `number`th such call; whether it came
/// to that.
fn open_and_kill_at(dir: &Path, call: &str, number: u32) -> Option<bool> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e"]);
    strace.arg(format!("inject={call}:signal=KILL:when={number}"));
    strace.arg(OPENER).arg(dir).arg(KEY_GUARD.to_string());
    let status = strace.stdout(Stdio::null()).status().ok()?;
    Some(!status.success())
}

#[test]
fn a_full_store_is_migrated_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    write_old(&dir, 10_000);
    let bytes = fs::metadata(dir.join("records/db")).unwrap().len();
    let child = opener(&dir).output().unwrap();
    assert!(child.status.success());
    let said = String::from_utf8(child.stdout).unwrap();
    let numbers: Vec<u64> = said
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let [before, after, cpu_ms] = numbers[..] else {
        panic!("{said}");
    };
    println!(
        "10,001 records in {bytes} bytes: {cpu_ms} ms of CPU, {before} to {after} KiB at most"
    );
    assert!(after - before <= MOST_MEMORY_KIB, "{before} {after}");
    assert!(cpu_ms <= MOST_CPU_MS, "{cpu_ms}");
    let records = read_all(&dir);
    assert_eq!(records.len(), 10_001);
    assert_eq!(
        records.values().map(Vec::len).sum::<usize>(),
        10_000 * 300 + 60_000
    );
    // So large a store is not counted at every open. What is altered in it is found all the same.
    for _ in 0..2 {
        assert_eq!(read_all(&dir).len(), 10_001);
    }
    let manifest = fs::read(dir.join("manifest")).unwrap();
    assert_eq!(read_all(&dir).len(), 10_001);
    assert_eq!(fs::read(dir.join("manifest")).unwrap(), manifest);
    let mut db = fs::read(dir.join("records/db")).unwrap();
    let last = db.iter().rposition(|byte| *byte != 0).unwrap();
    db[last - 20_000..=last].fill(0);
    fs::write(dir.join("records/db"), &db).unwrap();
    let refused = open_at(&dir, 3).err();
    println!("without the end of the log: {refused:?}");
    assert!(refused.is_some());
    assert!(fs::read(dir.join("records/db")).unwrap() == db);
}
