//! The writer's promises and the schema.

use std::sync::Arc;

use rusqlite::Connection;

use super::{Database, DbError, MIGRATIONS, NewCitizen, Registered, register};

fn database() -> (tempfile::TempDir, Arc<Database>) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = open(&folder.path().join("a.sqlite"));
    (folder, Arc::new(database))
}

fn open(path: &std::path::Path) -> Database {
    let opened = Database::open(path, [1; 32]).expect("opens");
    opened.expect("the same key")
}

fn citizen(number: u8) -> NewCitizen {
    NewCitizen {
        citizen_id: format!("citizen-{number}"),
        document_hash: [number; 32],
        identity: vec![0; 40],
        consent_version: 1,
        consented_at: 0,
        device_id: format!("device-{number}"),
        public_key: vec![number; 32],
        hardware: false,
        idempotency_key: "key".to_owned(),
        body_hash: [number; 32],
        at: 0,
    }
}

fn count(connection: &Connection) -> Result<i64, DbError> {
    Ok(connection.query_row("SELECT count(*) FROM citizens", [], |row| row.get(0))?)
}

#[tokio::test]
async fn a_failed_job_undoes_itself_and_nobody_else() {
    let (_folder, database) = database();
    let mut waiting = Vec::new();
    for number in 0..100_u8 {
        let database = Arc::clone(&database);
        waiting.push(tokio::spawn(async move {
            database
                .write(move |connection| {
                    let registered = register(connection, &citizen(number))?;
                    if number % 3 == 0 {
                        return Err(DbError::Overloaded);
                    }
                    assert!(number % 3 != 1, "a fault of the program");
                    Ok(registered)
                })
                .await
        }));
    }
    for (number, task) in (0..100_u8).zip(waiting) {
        let answer = task.await.expect("no panic here");
        let expected = match number % 3 {
            0 => Err(DbError::Overloaded),
            1 => Err(DbError::Failed),
            _ => Ok(Registered::New(format!("citizen-{number}"))),
        };
        assert_eq!(answer, expected);
    }
    assert_eq!(database.read(count).await, Ok(33));
}

#[tokio::test]
async fn closing_finishes_what_is_queued_and_takes_no_more() {
    let (_folder, database) = database();
    let mut waiting = Vec::new();
    for number in 0..50_u8 {
        let database = Arc::clone(&database);
        waiting.push(tokio::spawn(async move {
            let work = move |connection: &Connection| register(connection, &citizen(number));
            database.write(work).await
        }));
    }
    tokio::task::yield_now().await;
    database.close();
    let mut done = 0;
    for task in waiting {
        match task.await.expect("no panic") {
            Ok(_) => done += 1,
            Err(error) => assert_eq!(error, DbError::Stopped),
        }
    }
    assert_eq!(database.read(count).await, Ok(done));
    assert_eq!(database.write(|_| Ok(())).await, Err(DbError::Stopped));
}

#[tokio::test]
async fn more_than_the_queue_holds_is_shed() {
    let (_folder, database) = database();
    let (release, blocked) = std::sync::mpsc::channel::<()>();
    let blocker = {
        let database = Arc::clone(&database);
        tokio::spawn(async move {
            let wait = move |_: &Connection| {
                let _ = blocked.recv();
                Ok(())
            };
            database.write(wait).await
        })
    };
    let mut waiting = Vec::new();
    for _ in 0..5_000 {
        let database = Arc::clone(&database);
        waiting.push(tokio::spawn(
            async move { database.write(|_| Ok(())).await },
        ));
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    drop(release);
    assert_eq!(blocker.await.expect("no panic"), Ok(()));
    let mut shed = 0;
    for task in waiting {
        match task.await.expect("no panic") {
            Ok(()) => {}
            Err(error) => {
                assert_eq!(error, DbError::Overloaded);
                shed += 1;
            }
        }
    }
    assert!(shed > 0 && shed < 1_500, "{shed}");
}

#[tokio::test]
async fn a_full_disk_is_named_and_leaves_everything_as_it_was() {
    let (_folder, database) = database();
    let first = database
        .write(|connection| register(connection, &citizen(1)))
        .await;
    assert!(first.is_ok());
    let limit = |connection: &Connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", pages)?;
        Ok(())
    };
    // A pragma inside of a transaction has effect at once.
    database.write(limit).await.expect("limited");
    let large = NewCitizen {
        identity: vec![1; 1_000_000],
        ..citizen(2)
    };
    let refused = database
        .write(move |connection| register(connection, &large))
        .await;
    assert_eq!(refused, Err(DbError::Full));
    assert_eq!(database.read(count).await, Ok(1));
}

#[test]
fn the_schema_is_brought_up_to_date_once_and_a_newer_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    for _ in 0..2 {
        let database = open(&path);
        database.close();
    }
    let connection = Connection::open(&path).expect("opens");
    let version: u32 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("a version");
    assert_eq!(version as usize, MIGRATIONS.len());
    connection
        .pragma_update(None, "user_version", version + 1)
        .expect("set");
    drop(connection);
    assert!(Database::open(&path, [1; 32]).is_err());
}

#[test]
fn the_file_is_private_synced_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    let database = open(&path);
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
    let settings = runtime.block_on(database.write(|connection| {
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        let keys: i64 = connection.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
        Ok((mode, synchronous, keys))
    }));
    assert_eq!(settings, Ok(("wal".to_owned(), 2, 1)));
    database.close();
    std::fs::write(
        &path,
        b"this is no database, and long enough to be looked at",
    )
    .expect("written");
    assert!(Database::open(&path, [1; 32]).is_err());
}

#[test]
fn another_storage_key_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    open(&path).close();
    let other = Database::open(&path, [2; 32]).expect("opens");
    assert!(other.is_none());
    open(&path).close();
}
