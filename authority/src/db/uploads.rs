//! Declarations, itineraries and corrections, each under the id that the phone gave it.
//!
//! Invariant: a row is written once and never changed. Knows no plain body.

use rusqlite::{Connection, OptionalExtension, params};

use super::DbError;

/// What was uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UploadKind {
    Declaration = 0,
    Itinerary = 1,
    Correction = 2,
}

/// A new upload.
#[derive(Clone, Debug)]
pub(crate) struct NewUpload {
    pub(crate) citizen_id: String,
    pub(crate) kind: UploadKind,
    pub(crate) id: [u8; 16],
    pub(crate) body_hash: [u8; 32],
    pub(crate) body: Vec<u8>,
    pub(crate) received_at: i64,
    pub(crate) decided_by: Option<i64>,
}

/// What is told of an upload when it comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredUpload {
    pub(crate) body_hash: [u8; 32],
    pub(crate) received_at: i64,
    pub(crate) decided_by: Option<i64>,
}

/// The upload with this id.
pub(crate) fn upload(
    connection: &Connection,
    citizen_id: &str,
    kind: UploadKind,
    id: &[u8; 16],
) -> Result<Option<StoredUpload>, DbError> {
    Ok(connection
        .prepare_cached(
            "SELECT body_hash, received_at, decided_by FROM uploads
             WHERE citizen_id = ?1 AND kind = ?2 AND id = ?3",
        )?
        .query_row(params![citizen_id, kind as u8, id], |row| {
            Ok(StoredUpload {
                body_hash: row.get(0)?,
                received_at: row.get(1)?,
                decided_by: row.get(2)?,
            })
        })
        .optional()?)
}

/// Writes a new upload.
pub(crate) fn insert_upload(connection: &Connection, new: &NewUpload) -> Result<(), DbError> {
    connection
        .prepare_cached("INSERT INTO uploads VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![
            new.citizen_id,
            new.kind as u8,
            new.id,
            new.body_hash,
            new.body,
            new.received_at,
            new.decided_by
        ])?;
    Ok(())
}

/// Notes that a declaration was received on `day`.
pub(crate) fn check_in(
    connection: &Connection,
    citizen_id: &str,
    day: &str,
) -> Result<(), DbError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO check_ins VALUES (?1, ?2)")?
        .execute(params![citizen_id, day])?;
    Ok(())
}

/// The newest 400 days with a check-in, newest first.
pub(crate) fn check_in_days(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Vec<String>, DbError> {
    let mut statement = connection.prepare_cached(
        "SELECT day FROM check_ins WHERE citizen_id = ?1 ORDER BY day DESC LIMIT 400",
    )?;
    let days = statement
        .query_map(params![citizen_id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(days)
}

/// The sealed facts of the declarations that count.
pub(crate) fn declared(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<Vec<u8>>, DbError> {
    Ok(connection
        .prepare_cached("SELECT facts FROM declared WHERE citizen_id = ?1")?
        .query_row(params![citizen_id], |row| row.get(0))
        .optional()?)
}

/// Replaces them.
pub(crate) fn put_declared(
    connection: &Connection,
    citizen_id: &str,
    facts: &[u8],
) -> Result<(), DbError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO declared VALUES (?1, ?2)")?
        .execute(params![citizen_id, facts])?;
    Ok(())
}
