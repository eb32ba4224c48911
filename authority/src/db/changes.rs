//! Officers' colour changes: one hash chain per citizen.
//!
//! Invariant: rows are only appended; the head of each row covers the row before it.

use health_code_core::colour::{Colour, Reason};
use rusqlite::{Connection, OptionalExtension, params};

use super::DbError;

/// A change as it is appended.
#[derive(Clone, Debug)]
pub(crate) struct ChainEntry {
    pub(crate) citizen_id: String,
    pub(crate) change_id: [u8; 16],
    pub(crate) change: Vec<u8>,
    pub(crate) colour: Colour,
    pub(crate) reason: Reason,
    pub(crate) signatures: [(String, [u8; 64]); 2],
    pub(crate) head: [u8; 32],
    pub(crate) received_at: i64,
}

/// What is told of a change when it comes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredChange {
    pub(crate) change: Vec<u8>,
    pub(crate) head: [u8; 32],
}

/// The head of the citizen's chain; none before the first change.
pub(crate) fn chain_head(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<[u8; 32]>, DbError> {
    Ok(connection
        .prepare_cached(
            "SELECT head FROM colour_changes WHERE citizen_id = ?1 ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row(params![citizen_id], |row| row.get(0))
        .optional()?)
}

/// The change with this id.
pub(crate) fn change_by_id(
    connection: &Connection,
    change_id: &[u8; 16],
) -> Result<Option<StoredChange>, DbError> {
    Ok(connection
        .prepare_cached("SELECT change, head FROM colour_changes WHERE change_id = ?1")?
        .query_row(params![change_id], |row| {
            Ok(StoredChange {
                change: row.get(0)?,
                head: row.get(1)?,
            })
        })
        .optional()?)
}

/// Colour, reason and time (Unix seconds) of the newest change.
pub(crate) fn latest_order(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<(Colour, Reason, i64)>, DbError> {
    let row: Option<(u8, u8, i64)> = connection
        .prepare_cached(
            "SELECT colour, reason, received_at FROM colour_changes
             WHERE citizen_id = ?1 ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row(params![citizen_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(colour, reason, at)| {
        Ok((
            Colour::from_number(colour).ok_or(DbError::Failed)?,
            Reason::from_number(reason).ok_or(DbError::Failed)?,
            at,
        ))
    })
    .transpose()
}

/// Appends.
pub(crate) fn append_change(connection: &Connection, entry: &ChainEntry) -> Result<(), DbError> {
    let [(officer_1, signature_1), (officer_2, signature_2)] = &entry.signatures;
    connection
        .prepare_cached(
            "INSERT INTO colour_changes SELECT ?1, COALESCE(MAX(sequence), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
             FROM colour_changes WHERE citizen_id = ?1",
        )?
        .execute(params![
            entry.citizen_id,
            entry.change_id,
            entry.change,
            entry.colour.number(),
            entry.reason as u8,
            officer_1,
            signature_1,
            officer_2,
            signature_2,
            entry.head,
            entry.received_at
        ])?;
    Ok(())
}
