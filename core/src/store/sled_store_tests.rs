//! What the sled store does beyond the contract: its folder, its lock, its being closed and opened again.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::migration::MIGRATIONS;
use super::records_for_tests::{DRAFT, PROFILE, PlainRecords as _};
use super::sled_files::SledFiles;
use super::{RecordStore, SCHEMA_VERSION, SealedStore, SledStore, StoreError, Write, danger_reset};
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
    fs::write(dir.join("journal"), b"of records that are worth nothing").unwrap();
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

/// The folder as a kill would leave it now.
fn copy_of(dir: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy_of(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn batches_go_through_the_journal_to_sled_and_none_is_lost_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let store = SledStore::open(&dir).unwrap();
    let mut expected = std::collections::BTreeMap::new();
    let mut rounds = 0;
    let mut start = Vec::new();
    for number in 0..120_u32 {
        let key = (number % 50).to_be_bytes().to_vec();
        // Every now and then one that the journal cannot hold, over keys that it does.
        let length = if number % 40 == 39 { 70_000 } else { 2_000 };
        let value = vec![u8::try_from(number).unwrap(); length];
        store.apply(&put(&key, &value)).unwrap();
        expected.insert(key, value);
        if number % 7 == 3 {
            let key = ((number + 30) % 50).to_be_bytes().to_vec();
            expected.remove(&key);
            store.apply(&[Write::Delete { key }]).unwrap();
        }
        let journal = fs::read(dir.join("journal")).unwrap();
        assert_eq!(journal.len(), 64 * 1024);
        rounds += u32::from(journal[..28] != start);
        start = journal[..28].to_vec();
        if number % 10 == 9 {
            let killed = folder.path().join(format!("killed {number}"));
            copy_of(&dir, &killed);
            let found = SledStore::open(&killed).unwrap().scan(b"").unwrap();
            let expected = expected.clone().into_iter().collect::<Vec<_>>();
            assert!(found == expected, "{number}");
            assert!(store.scan(b"").unwrap() == expected, "{number}");
        }
    }
    assert!(rounds > 4, "{rounds}");
}

#[test]
fn sled_put_back_under_a_newer_journal_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let older = folder.path().join("older");
    let store = SledStore::open(&dir).unwrap();
    store.apply(&put(b"a", b"1")).unwrap();
    store.apply(&put(b"b", b"1")).unwrap();
    copy_of(&dir.join("records"), &older);
    store.settle().unwrap();
    drop(store);
    let put_back = || {
        fs::remove_dir_all(dir.join("records")).unwrap();
        copy_of(&older, &dir.join("records"));
    };
    put_back();
    let store = SledStore::open(&dir).unwrap();
    assert_eq!(
        store.get(b"b"),
        Ok(Some(b"1".to_vec())),
        "still in the journal"
    );
    store.settle().unwrap();
    store.apply(&put(b"c", b"1")).unwrap();
    drop(store);
    put_back();
    let before = fs::read(dir.join("records/db")).unwrap();
    assert_eq!(SledStore::open(&dir).err(), Some(StoreError::RolledBack));
    assert_eq!(fs::read(dir.join("records/db")).unwrap(), before);
}

#[test]
fn an_older_version_finds_the_schema_without_looking_into_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let open = |schema, migrations: &[_]| {
        let records = Arc::new(SledStore::open(&dir)?);
        let guard = FixedKeyGuard::new(1);
        SealedStore::open_at_schema(records, &guard, Arc::new(SystemEntropy), schema, migrations)
    };
    let store = open(2, &[]).unwrap();
    store.put(&DRAFT, "x", b"1").unwrap();
    drop(store);
    let store = open(SCHEMA_VERSION, MIGRATIONS).unwrap();
    store.put(&DRAFT, "x", b"2").unwrap();
    drop(store);
    let with_journal = folder.path().join("with journal");
    copy_of(&dir, &with_journal);
    fs::remove_file(dir.join("journal")).unwrap();
    assert_eq!(open(2, &[]).err(), Some(StoreError::NewerSchema));
    let lost = open(SCHEMA_VERSION, MIGRATIONS).err();
    assert_eq!(lost, Some(StoreError::RolledBack), "without what it held");
    let store = seal(Arc::new(SledStore::open(&with_journal).unwrap()), 1).unwrap();
    assert_eq!(store.get(&DRAFT, "x"), Ok(Some(b"2".to_vec())));
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
