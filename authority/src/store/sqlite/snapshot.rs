//! A copy of the database as it was at one moment, made while another process goes on writing; and what is done to such a
//! copy before a server goes on from it.
//!
//! Invariant: a copy holds what was answered with `Ok` or `Applied` before it was begun, and nothing that was deleted
//! (`VACUUM INTO` writes rows, not pages). A copy of another schema, or sealed with another key, is refused.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use super::connection::{self, SCHEMA};
use super::{CitizenId, RowKey, StoreError};
use crate::store::{Kind, Restoration, Revocation, subject_of_bytes};

/// Rows looked at in one go.
const ROWS: i64 = 1_000;

/// How much a copy holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    pub(crate) citizens: u64,
    pub(crate) records: u64,
    pub(crate) revocations: u64,
    pub(crate) publications: u64,
}

/// The schema of this program.
pub(crate) const fn schema() -> u32 {
    SCHEMA
}

/// A copy that nobody else uses.
#[derive(Debug)]
pub(crate) struct Snapshot(Connection);

impl Snapshot {
    /// Copies `database`, in use or not, to the new file `to`, of mode 600.
    ///
    /// # Errors
    /// [`StoreError::SchemaForeign`], [`StoreError::Damaged`] and those of the disk.
    pub(crate) fn copy(database: &Path, to: &Path) -> Result<(), StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(database, flags)?;
        connection.execute_batch("PRAGMA busy_timeout = 30000;")?;
        connection::require_schema(&connection)?;
        crate::files::write_secret(to, b"").map_err(|_| StoreError::DiskFailed)?;
        let path = to.to_str().ok_or(StoreError::DiskFailed)?;
        connection.execute("VACUUM INTO ?1", [path])?;
        Ok(())
    }

    /// Opens a copy.
    ///
    /// # Errors
    /// [`StoreError::SchemaForeign`], [`StoreError::KeyWrong`], [`StoreError::Damaged`].
    pub(crate) fn open(path: &Path, key_check: &[u8; 32]) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        )?;
        connection::require_key(&connection, key_check)?;
        Ok(Self(connection))
    }

    /// Reads all of it and compares tables with their indexes.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let found: String = self
            .0
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if found == "ok" {
            Ok(())
        } else {
            Err(StoreError::Damaged)
        }
    }

    /// How much it holds.
    pub(crate) fn counts(&self) -> Result<Counts, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self.0.query_row(sql, [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        Ok(Counts {
            citizens: count("SELECT count(*) FROM records WHERE kind = 0")?,
            records: count("SELECT count(*) FROM records WHERE kind <> 0")?,
            revocations: count("SELECT count(*) FROM revocations")?,
            publications: count("SELECT count(*) FROM publications")?,
        })
    }

    /// Prepares it to be gone on from, all of it or nothing: each row of `kind` becomes what `change` makes of it (none:
    /// stays), what that and `more` revoke is revoked, and the restoration is noted.
    pub(crate) fn restore(
        &mut self,
        kind: Kind,
        mut change: impl FnMut(
            CitizenId,
            &RowKey,
            &[u8],
        ) -> Result<Option<(Vec<u8>, Vec<Revocation>)>, StoreError>,
        more: impl Iterator<Item = Revocation>,
        restoration: Restoration,
    ) -> Result<(), StoreError> {
        let transaction = self.0.transaction()?;
        let mut after = 0;
        loop {
            let rows = rows_after(&transaction, kind, after)?;
            let Some((last, ..)) = rows.last() else {
                break;
            };
            after = *last;
            for (rowid, citizen, place, value) in rows {
                let Some((value, revoked)) = change(citizen, &place, &value)? else {
                    continue;
                };
                transaction
                    .prepare_cached("UPDATE records SET value = ?2 WHERE rowid = ?1")?
                    .execute(params![rowid, value])?;
                for revocation in revoked {
                    revoke(&transaction, revocation)?;
                }
            }
        }
        for revocation in more {
            revoke(&transaction, revocation)?;
        }
        note(&transaction, restoration)?;
        transaction.commit()?;
        Ok(())
    }

    /// Closes it: one file, synced.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        self.0.close().map_err(|(_, error)| error.into())
    }
}

type Found = (i64, CitizenId, RowKey, Vec<u8>);

fn rows_after(connection: &Connection, kind: Kind, after: i64) -> Result<Vec<Found>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid, citizen, subject, key, value FROM records
         WHERE kind = ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3",
    )?;
    let rows = statement.query_map(params![kind.0, after, ROWS], |row| {
        let subject: Vec<u8> = row.get(2)?;
        Ok((
            row.get(0)?,
            CitizenId::from_bytes(row.get(1)?),
            subject,
            row.get::<_, Vec<u8>>(3)?,
            row.get(4)?,
        ))
    })?;
    rows.map(|row| {
        let (rowid, citizen, subject, key, value) = row?;
        let subject = subject_of_bytes(&subject).ok_or(StoreError::Damaged)?;
        Ok((rowid, citizen, RowKey::new(&subject, kind, &key), value))
    })
    .collect()
}

fn revoke(connection: &Connection, revocation: Revocation) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO revocations VALUES (?1, ?2, ?3, NULL)
             ON CONFLICT DO UPDATE SET free_at = max(free_at, excluded.free_at)",
        )?
        .execute(params![
            revocation.place.day,
            revocation.place.index,
            revocation.free_at
        ])?;
    Ok(())
}

fn note(connection: &Connection, restoration: Restoration) -> Result<(), StoreError> {
    // What a phone has not heard of yet goes on to count.
    let before = restored(connection)?;
    let since = before.map_or(restoration.since, |before| {
        before.since.min(restoration.since)
    });
    for (name, value) in [("restored_since", since), ("restored_at", restoration.at)] {
        connection.execute(
            "INSERT OR REPLACE INTO settings VALUES (?1, ?2)",
            params![name, value.to_be_bytes()],
        )?;
    }
    Ok(())
}

/// The last restoration.
pub(super) fn restored(connection: &Connection) -> Result<Option<Restoration>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    let mut value = |name: &str| -> Result<Option<i64>, StoreError> {
        let bytes = statement.query_row([name], |row| row.get::<_, [u8; 8]>(0));
        Ok(bytes.optional()?.map(i64::from_be_bytes))
    };
    let (since, at) = (value("restored_since")?, value("restored_at")?);
    Ok(since.zip(at).map(|(since, at)| Restoration { since, at }))
}
