//! The writer's promises, the file, the schema.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use health_code_core::wire::SubjectId;
use rusqlite::Connection;

use super::connection::SCHEMA;
use super::{SqliteStore, StoreError};
use crate::store::{CitizenId, Kind, Outcome, Put, RowKey, Store as _, Write};

fn store() -> (tempfile::TempDir, Arc<SqliteStore>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(&folder.path().join("a.sqlite")).expect("opens");
    (folder, Arc::new(store))
}

fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, [1; 32])
}

fn write_of(citizen: u8, value: Vec<u8>) -> Write {
    let put = Put {
        value,
        expires_at: None,
    };
    let place = RowKey::new(&SubjectId::OWNER, Kind(9), b"k");
    Write {
        citizen: CitizenId::from_bytes([citizen; 16]),
        version: 0,
        unit: place.clone(),
        erased: Vec::new(),
        puts: BTreeMap::from([(place, put)]),
        revoked: Vec::new(),
    }
}

fn count(connection: &Connection) -> Result<i64, StoreError> {
    let heads = "SELECT count(*) FROM records WHERE kind = 0";
    Ok(connection.query_row(heads, [], |row| row.get(0))?)
}

#[tokio::test]
async fn a_failed_job_undoes_itself_and_nobody_else() {
    let (_folder, store) = store();
    let mut waiting = Vec::new();
    for number in 0..100_u8 {
        let store = Arc::clone(&store);
        waiting.push(tokio::spawn(async move {
            store
                .change(move |connection| {
                    let written = super::partitions::write(connection, &write_of(number, vec![1]))?;
                    if number % 3 == 0 {
                        return Err(StoreError::RowNotNamed);
                    }
                    assert!(number % 3 != 1, "a fault of the program");
                    Ok(written)
                })
                .await
        }));
    }
    for (number, task) in (0..100_u8).zip(waiting) {
        let answer = task.await.expect("no panic here");
        let expected = match number % 3 {
            0 => Err(StoreError::RowNotNamed),
            1 => Err(StoreError::Faulted),
            _ => Ok(true),
        };
        assert_eq!(answer, expected);
    }
    assert_eq!(store.look(count).await, Ok(33));
}

#[tokio::test]
async fn closing_finishes_what_is_queued_and_takes_no_more() {
    let (_folder, store) = store();
    let mut waiting = Vec::new();
    for number in 0..50_u8 {
        let store = Arc::clone(&store);
        waiting.push(tokio::spawn(async move {
            store.write(write_of(number, vec![1])).await
        }));
    }
    tokio::task::yield_now().await;
    store.close();
    let mut done = 0;
    for task in waiting {
        match task.await.expect("no panic") {
            Outcome::Applied => done += 1,
            other => assert_eq!(other, Outcome::Refused(StoreError::Closed)),
        }
    }
    assert_eq!(store.look(count).await, Ok(done));
    let late = store.write(write_of(60, vec![1])).await;
    assert_eq!(late, Outcome::Refused(StoreError::Closed));
}

#[tokio::test]
async fn more_than_the_queue_holds_is_shed() {
    let (_folder, store) = store();
    let (release, blocked) = std::sync::mpsc::channel::<()>();
    let blocker = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let wait = move |_: &Connection| {
                let _ = blocked.recv();
                Ok(())
            };
            store.change(wait).await
        })
    };
    let mut waiting = Vec::new();
    for _ in 0..5_000 {
        let store = Arc::clone(&store);
        waiting.push(tokio::spawn(async move { store.change(|_| Ok(())).await }));
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    drop(release);
    assert_eq!(blocker.await.expect("no panic"), Ok(()));
    let mut shed = 0;
    for task in waiting {
        match task.await.expect("no panic") {
            Ok(()) => {}
            Err(error) => {
                assert_eq!(error, StoreError::Busy);
                shed += 1;
            }
        }
    }
    assert!(shed > 0 && shed < 1_500, "{shed}");
}

#[tokio::test]
async fn a_full_disk_is_named_and_leaves_everything_as_it_was() {
    let (_folder, store) = store();
    assert_eq!(store.write(write_of(1, vec![1])).await, Outcome::Applied);
    let limit = |connection: &Connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", pages)?;
        Ok(())
    };
    // A pragma inside of a transaction has effect at once.
    store.change(limit).await.expect("limited");
    let large = store.write(write_of(2, vec![1; 1_000_000])).await;
    assert_eq!(large, Outcome::Refused(StoreError::DiskFull));
    assert_eq!(store.look(count).await, Ok(1));
}

#[tokio::test]
async fn a_file_that_may_not_be_written_is_named() {
    let (_folder, store) = store();
    let forbid = |connection: &Connection| {
        connection.pragma_update(None, "query_only", true)?;
        Ok(())
    };
    store.change(forbid).await.expect("forbidden");
    let refused = store.write(write_of(1, vec![1])).await;
    assert_eq!(refused, Outcome::Refused(StoreError::ReadOnly));
}

#[test]
fn another_schema_is_refused_by_name_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    for _ in 0..2 {
        open(&path).expect("opens").close();
    }
    let version = |path: &Path| -> u32 {
        let connection = Connection::open(path).expect("opens");
        connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .expect("a version")
    };
    assert_eq!(version(&path), SCHEMA);
    for other in [0, SCHEMA - 1, SCHEMA + 1] {
        let connection = Connection::open(&path).expect("opens");
        connection
            .pragma_update(None, "user_version", other)
            .expect("set");
        drop(connection);
        assert_eq!(open(&path).err(), Some(StoreError::SchemaForeign));
        assert_eq!(version(&path), other);
    }
}

#[test]
fn the_file_is_private_synced_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    let store = open(&path).expect("opens");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for name in ["a.sqlite", "a.sqlite-wal"] {
            let metadata = std::fs::metadata(folder.path().join(name)).expect("there");
            assert_eq!(metadata.permissions().mode() & 0o077, 0, "{name}");
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let settings = runtime.block_on(store.change(|connection| {
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        Ok((mode, synchronous))
    }));
    assert_eq!(settings, Ok(("wal".to_owned(), 2)));
    store.close();
    std::fs::write(
        &path,
        b"this is no database, and long enough to be looked at",
    )
    .expect("written");
    assert_eq!(open(&path).err(), Some(StoreError::Damaged));
}

#[test]
fn another_storage_key_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    open(&path).expect("opens").close();
    let other = SqliteStore::open(&path, [2; 32]);
    assert_eq!(other.err(), Some(StoreError::KeyWrong));
    open(&path).expect("opens").close();
}
