//! SQLite: one writer, many readers.
//!
//! Invariant: what a write answers with `Ok` is on disk (WAL, `synchronous=FULL`, committed and synced).
//! Plain in the file: random ids, device keys, colours, reasons, rule names, times and days. Sealed: names,
//! documents, addresses, phones, answers, itineraries, statements, receipts, credentials. Document numbers
//! serve for uniqueness only as a keyed hash. SQL is in the modules below and nowhere else.

mod changes;
mod citizens;
mod credentials;
mod decisions;
mod sealing;
mod uploads;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::errors::AuthorityError;

pub(crate) use changes::{ChainEntry, append_change, chain_head, change_by_id, latest_order};
pub(crate) use citizens::{Device, NewCitizen, Registered, device, identity_of, register};
pub(crate) use credentials::{
    NewCredential, StoredCredential, free_status_index, insert_credential, latest_credential,
    purge_expired, revoke_credentials, revoked_indexes,
};
pub(crate) use decisions::{StoredDecision, decision, put_decision};
pub(crate) use sealing::{Purpose, Sealer};
pub(crate) use uploads::{
    NewUpload, StoredUpload, UploadKind, check_in, check_in_days, declared, insert_upload,
    put_declared, upload,
};
pub(crate) use writer::Writer;

/// Steps from each schema version to the next; the number of steps is the current version.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];

health_code_core::coded_errors! {
    /// Why a read or a write did not happen.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DbError {
        /// The disk is full.
        Full => "database_full", "The server's disk is full.", "服务器磁盘已满。";
        /// More writes wait than the queue holds.
        Overloaded => "database_overloaded", "The server has too much to write.", "服务器写入队列已满。";
        /// The writer has stopped.
        Stopped => "database_stopped", "The server is stopping.", "服务器正在停止。";
        /// Disk fault, damaged file, or a fault of the program.
        Failed => "database_failed", "The database failed.", "数据库出错。";
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Overloaded,
            _ => Self::Failed,
        }
    }
}

/// The open database.
#[derive(Debug)]
pub(crate) struct Database {
    writer: Writer,
    readers: Readers,
}

impl Database {
    /// Opens or makes the file and brings its schema up to date. `key_check` is a hash that only the storage key
    /// gives: none where the file was made with another key.
    pub(crate) fn open(path: &Path, key_check: [u8; 32]) -> Result<Option<Self>, AuthorityError> {
        let refused = || AuthorityError::DatabaseRefused {
            at: path.display().to_string(),
        };
        make_private(path)?;
        let mut connection = Connection::open(path).map_err(|_| refused())?;
        prepare(&connection).map_err(|_| refused())?;
        migrate(&mut connection).map_err(|_| refused())?;
        if !has_key_check(&connection, &key_check).map_err(|_| refused())? {
            return Ok(None);
        }
        Ok(Some(Self {
            writer: Writer::start(connection),
            readers: Readers::new(path),
        }))
    }

    /// Runs `work` on the writer, in a savepoint of its own; returns once it is on disk.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Runs `work` on a read-only connection, off the async threads.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    {
        let readers = self.readers.clone();
        tokio::task::spawn_blocking(move || readers.read(work))
            .await
            .unwrap_or(Err(DbError::Failed))
    }

    /// Writes what is queued, then closes. Later writes answer [`DbError::Stopped`].
    pub(crate) fn close(&self) {
        // SQLite folds its log into the database when the last connection closes; that must be the writer's.
        self.readers.lock().clear();
        self.writer.close();
    }
}

/// The database must not be readable by others, nor its -wal and -shm files, which take over its mode.
fn make_private(path: &Path) -> Result<(), AuthorityError> {
    if path.exists() {
        return Ok(());
    }
    crate::files::write_secret(path, b"")
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), DbError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let current = u32::try_from(MIGRATIONS.len()).map_err(|_| DbError::Failed)?;
    if found > current {
        // Made by a newer program: an older one must not touch it.
        return Err(DbError::Failed);
    }
    for (step, sql) in (0..current).zip(MIGRATIONS).skip(found as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", step + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Writes the check on the first start, compares it afterwards.
fn has_key_check(connection: &Connection, key_check: &[u8; 32]) -> Result<bool, DbError> {
    connection.execute(
        "INSERT OR IGNORE INTO settings VALUES ('storage_key_check', ?1)",
        [key_check],
    )?;
    let stored: [u8; 32] = connection.query_row(
        "SELECT value FROM settings WHERE name = 'storage_key_check'",
        [],
        |row| row.get(0),
    )?;
    Ok(stored == *key_check)
}

/// Read-only connections, opened when needed, at most [`Readers::KEPT`] kept.
#[derive(Clone, Debug)]
struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    const KEPT: usize = 8;

    fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Arc::default(),
        }
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, DbError>) -> Result<T, DbError> {
        let kept = self.lock().pop();
        let connection = match kept {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let answer = work(&connection);
        let mut idle = self.lock();
        if idle.len() < Self::KEPT {
            idle.push(connection);
        }
        answer
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open_reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests;
