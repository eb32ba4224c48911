//! What becomes of the files after a write failed, and while sled is closing.

use std::fs::{self, File};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use super::{Journal, SledFiles, SledStore, close_within};
use crate::store::file_tree::copy_tree;
use crate::store::{RecordStore as _, StoreError, Write};

fn put(key: &[u8]) -> [Write; 1] {
    [Write::Put {
        key: key.to_vec(),
        value: key.to_vec(),
    }]
}

/// A tree that is closed when the test says so.
struct Slow(mpsc::Receiver<()>);

impl Drop for Slow {
    fn drop(&mut self) {
        let _ = self.0.recv();
    }
}

/// On phones nothing but this lock keeps a second sled from the files of one that is closing.
#[test]
fn the_folder_is_locked_and_nothing_moved_until_the_tree_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    SledStore::open(folder.path())
        .unwrap()
        .apply(&put(b"a"))
        .unwrap();
    let files = SledFiles::open(folder.path()).unwrap();
    files.keep().unwrap();
    // What sled makes of the records while they are checked.
    let added = files.records().join("added");
    fs::write(&added, b"by sled").unwrap();
    let (may_close, told) = mpsc::channel();
    close_within(Duration::from_millis(20), Slow(told), Arc::new(files));
    let second = SledFiles::open(folder.path());
    assert!(matches!(second, Err(StoreError::AlreadyOpen)));
    assert!(added.exists(), "moved under a tree that is closing");
    may_close.send(()).unwrap();
    let opened = (0..500).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        SledFiles::open(folder.path()).ok()
    });
    assert!(opened.is_some(), "locked for ever");
    assert!(!added.exists(), "not put back");
}

/// After a failed write what the system shows is not what the disk has: it is written to new files.
#[test]
fn after_a_failed_write_the_records_move_to_new_files() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("records/db");
    let file_of_now = || fs::metadata(&db).unwrap().ino();
    let store = SledStore::open(folder.path()).unwrap();
    store.apply(&put(b"a")).unwrap();
    store.apply(&put(b"b")).unwrap();
    drop(store);
    let first = file_of_now();
    let store = SledStore::open(folder.path()).unwrap();
    assert_eq!(file_of_now(), first);
    let unwritable = File::open(folder.path().join("journal")).unwrap();
    store.writer.lock().unwrap().journal = Some(Journal::open(unwritable).unwrap().0);
    assert_eq!(store.apply(&put(b"c")), Err(StoreError::IoFailed));
    assert_eq!(store.apply(&put(b"c")), Err(StoreError::WritesStopped));
    drop(store);
    assert!(folder.path().join("suspect").exists());
    let store = SledStore::open(folder.path()).unwrap();
    assert_ne!(file_of_now(), first);
    assert!(!folder.path().join("suspect").exists());
    for key in [b"a", b"b"] {
        assert_eq!(store.get(key).unwrap().as_deref(), Some(key.as_slice()));
    }
    assert_eq!(store.get(b"c").unwrap(), None);
    store.apply(&put(b"c")).unwrap();
}

#[test]
fn a_move_to_new_files_that_was_cut_short_is_ended_or_begun_again() {
    #[derive(Debug, PartialEq)]
    enum Cut {
        WhileCopying,
        BeforeTheOldWentAside,
        AfterTheOldWentAside,
    }
    for cut in [
        Cut::WhileCopying,
        Cut::BeforeTheOldWentAside,
        Cut::AfterTheOldWentAside,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        SledStore::open(folder.path())
            .unwrap()
            .apply(&put(b"a"))
            .unwrap();
        fs::write(path("suspect"), b"").unwrap();
        if cut == Cut::WhileCopying {
            fs::create_dir(path("renewed.partial")).unwrap();
            fs::write(path("renewed.partial/db"), b"half").unwrap();
        } else {
            copy_tree(&path("records"), &path("renewed")).unwrap();
        }
        if cut == Cut::AfterTheOldWentAside {
            fs::rename(path("records"), path("records.altered")).unwrap();
        }
        let store = SledStore::open(folder.path()).unwrap();
        let found = store.get(b"a").unwrap();
        assert_eq!(found.as_deref(), Some(b"a".as_slice()), "{cut:?}");
        for name in ["suspect", "renewed", "renewed.partial", "records.altered"] {
            assert!(!path(name).exists(), "{cut:?}: {name}");
        }
    }
}
