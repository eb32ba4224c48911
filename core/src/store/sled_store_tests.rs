//! What the sled store does beyond the contract: its folder, its lock, its being closed and opened again.

use std::fs;
use std::sync::Arc;

use super::records_for_tests::{DRAFT, PROFILE, PlainRecords as _};
use super::sled_files::SledFiles;
use super::{RecordStore, SealedStore, SledStore, StoreError, Write, danger_reset};
use crate::system::SystemEntropy;
use crate::testing::key_guard::FixedKeyGuard;

fn put(key: &[u8], value: &[u8]) -> [Write; 1] {
    [Write::Put {
        key: key.to_vec(),
        value: value.to_vec(),
    }]
}

fn seal(records: Arc<SledStore>, key: u8) -> Result<SealedStore, StoreError> {
    SealedStore::open(records, &FixedKeyGuard::new(key), Arc::new(SystemEntropy))
}

#[test]
fn a_second_opener_is_refused_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("a/b/store");
    for _ in 0..5 {
        let store = SledStore::open(&dir).unwrap();
        assert_eq!(SledStore::open(&dir).err(), Some(StoreError::AlreadyOpen));
        assert_eq!(danger_reset(&dir), Err(StoreError::AlreadyOpen));
        store.apply(&put(b"a", b"1")).unwrap();
    }
}

/// A process that is being started shares the open files of the one that starts it, for a moment.
#[cfg(unix)]
#[test]
fn who_starts_processes_can_close_a_store_and_open_it_again_at_once() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::SeqCst) {
                    let _ = std::process::Command::new("true").status();
                }
            });
        }
        let opened: Vec<_> = (0..100).map(|_| SledStore::open(&dir).map(drop)).collect();
        is_over.store(true, Ordering::SeqCst);
        assert_eq!(opened, [Ok(()); 100]);
    });
}

#[test]
fn a_making_that_was_cut_short_is_started_over() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    fs::create_dir_all(dir.join("records/blobs")).unwrap();
    fs::write(dir.join("making"), b"").unwrap();
    fs::write(dir.join("records/conf"), b"half a con").unwrap();
    fs::write(dir.join("records/db"), b"rubbish").unwrap();
    SledStore::open(&dir)
        .unwrap()
        .apply(&put(b"a", b"1"))
        .unwrap();
    assert!(!dir.join("making").exists());
    assert_eq!(
        SledStore::open(&dir).unwrap().get(b"a"),
        Ok(Some(b"1".to_vec()))
    );
}

#[test]
fn half_a_snapshot_of_a_killed_process_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    for value in [b"1", b"2"] {
        let store = SledStore::open(&dir).unwrap();
        store.apply(&put(b"a", value)).unwrap();
    }
    let half = dir.join("records/snap.FFFFFFFFFFFFFFF0.generating");
    let whole = || {
        let names = fs::read_dir(dir.join("records")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| name.starts_with("snap.") && !name.contains("generating"))
            .count()
    };
    fs::write(&half, b"half").unwrap();
    let alone = sled::Config::new().path(dir.join("records")).open();
    assert!(alone.is_err(), "sled alone takes it for a snapshot");
    SledFiles::open(&dir)
        .unwrap()
        .remove_half_snapshots()
        .unwrap();
    assert!(!half.exists() && whole() == 1, "only the half one goes");

    fs::write(&half, b"half").unwrap();
    let store = SledStore::open(&dir).unwrap();
    assert_eq!(store.get(b"a"), Ok(Some(b"2".to_vec())));
}

#[test]
fn records_that_are_not_accepted_are_put_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    drop(seal(Arc::new(SledStore::open(&dir).unwrap()), 1).unwrap());
    let db = || fs::read(dir.join("records/db")).unwrap();
    let before = db();
    assert_eq!(
        seal(Arc::new(SledStore::open(&dir).unwrap()), 2).err(),
        Some(StoreError::KeyRefused)
    );
    assert_eq!(db(), before, "a refused open wrote to the records");
    assert!(!dir.join("kept").exists());

    let store = seal(Arc::new(SledStore::open(&dir).unwrap()), 1).unwrap();
    assert!(
        !dir.join("kept").exists(),
        "the copy goes once the records are accepted"
    );
    store.put(&DRAFT, "x", b"1").unwrap();
}

#[test]
fn putting_back_that_was_cut_short_is_ended_at_the_next_open() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    SledStore::open(&dir)
        .unwrap()
        .apply(&put(b"a", b"1"))
        .unwrap();
    fs::rename(dir.join("records"), dir.join("kept")).unwrap();
    fs::create_dir(dir.join("records.altered")).unwrap();
    fs::create_dir(dir.join("kept.partial")).unwrap();
    // A copy that was accepted by an open that was killed while it went away.
    fs::create_dir(dir.join("kept.accepted")).unwrap();
    fs::write(dir.join("kept.accepted/db"), b"older").unwrap();
    let store = SledStore::open(&dir).unwrap();
    assert_eq!(store.get(b"a"), Ok(Some(b"1".to_vec())));
    store.accept().unwrap();
    drop(store);
    for gone in ["kept", "kept.accepted", "kept.partial", "records.altered"] {
        assert!(!dir.join(gone).exists(), "{gone}");
    }
}

#[test]
fn an_older_copy_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    SledStore::open(&dir)
        .unwrap()
        .apply(&put(b"a", b"1"))
        .unwrap();
    fs::create_dir(dir.join("kept")).unwrap();
    fs::write(
        dir.join("kept/db"),
        b"as it was before an open that was killed",
    )
    .unwrap();
    drop(SledStore::open(&dir).unwrap());
    assert!(dir.join("kept/db").exists(), "not accepted, so it stays");
    SledStore::open(&dir).unwrap().accept().unwrap();
    assert!(!dir.join("kept").exists());
}

#[test]
fn sled_never_keeps_a_page_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let store = SledStore::open(&dir).unwrap();
    for round in 0..3_u8 {
        for number in 0..20_u8 {
            store.apply(&put(&[number], &vec![round; 50_000])).unwrap();
        }
    }
    drop(store);
    assert_eq!(fs::read_dir(dir.join("records/blobs")).unwrap().count(), 0);
}

#[test]
fn a_new_store_is_small() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    for _ in 0..2 {
        let store = seal(Arc::new(SledStore::open(&dir).unwrap()), 1).unwrap();
        store.put(&PROFILE, "name", b"Li Lei").unwrap();
    }
    let size = |path: &str| fs::metadata(dir.join(path)).unwrap().len();
    assert!(size("records/db") <= 512 * 1024);
    assert!(size("reserve") <= 640 * 1024);
}
