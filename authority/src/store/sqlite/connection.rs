//! Opening the file: mode, pragmas, schema, storage key.
//!
//! Invariant: a file of another schema, or sealed with another key, is left as it is.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::StoreError;

/// Schema of this program, in `user_version`. Those before were never released.
pub(super) const SCHEMA: u32 = 4;
/// Statements kept prepared on a connection.
const STATEMENTS: usize = 64;
/// Pages that the writer keeps in memory, KiB: citizens act in any order, and a page that is not there is read before it is
/// written.
const WRITER_CACHE_KIB: i64 = 64 * 1_024;
/// Pages in the log before they are folded into the database: 32 MiB. A page that was written often is folded in once, and each
/// folding waits for the disk twice.
const LOG_PAGES: i64 = 8_192;

/// The one connection that writes.
pub(super) fn open_writer(path: &Path, key_check: &[u8; 32]) -> Result<Connection, StoreError> {
    // Not readable by others, nor its -wal and -shm files, which take over its mode.
    if !path.exists() {
        crate::files::write_secret(path, b"").map_err(|_| StoreError::DiskFailed)?;
    }
    let mut connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA busy_timeout = 5000;")?;
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let is_new: bool = connection.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)",
        [],
        |row| row.get(0),
    )?;
    if found != SCHEMA && !(is_new && found == 0) {
        return Err(StoreError::SchemaForeign);
    }
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
    )?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    let transaction = connection.transaction()?;
    if is_new {
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
        transaction.execute(
            "INSERT INTO settings VALUES ('storage_key_check', ?1)",
            [key_check],
        )?;
    }
    transaction.commit()?;
    require_key(&connection, key_check)?;
    Ok(connection)
}

/// Refuses a file of another schema.
pub(super) fn require_schema(connection: &Connection) -> Result<(), StoreError> {
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found == SCHEMA {
        Ok(())
    } else {
        Err(StoreError::SchemaForeign)
    }
}

/// Refuses a file of another schema, or sealed with another key.
pub(super) fn require_key(connection: &Connection, key_check: &[u8; 32]) -> Result<(), StoreError> {
    require_schema(connection)?;
    let stored: Option<[u8; 32]> = connection
        .query_row(
            "SELECT value FROM settings WHERE name = 'storage_key_check'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    match stored {
        Some(stored) if stored == *key_check => Ok(()),
        Some(_) => Err(StoreError::KeyWrong),
        None => Err(StoreError::Damaged),
    }
}

/// A connection that reads.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;")?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}
