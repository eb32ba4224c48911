//! Blocks of status indexes, what was revoked, and the keys that it counts under.
//!
//! Invariant: a block is nobody else's before its time is up; nothing is listed under a number that was given; a key is
//! never taken away.

use health_code_core::trust::StatusPlace;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Listing, StoreError};

/// Setting: the number of the last listing, 8 bytes, big endian.
const LISTED: &str = "listed";

/// Takes those blocks that are free.
pub(super) fn lease(
    connection: &Connection,
    wanted: &[u32],
    now: i64,
    free_at: i64,
) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO leases VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET free_at = excluded.free_at WHERE free_at < ?3",
    )?;
    let mut leased = Vec::new();
    for block in wanted {
        if statement.execute(params![block, free_at, now])? == 1 {
            leased.push(*block);
        }
    }
    Ok(leased)
}

/// Lists what is not listed yet; see [`Store::list_revocations`](super::Store::list_revocations).
pub(super) fn list(connection: &Connection, at: i64, at_most: u32) -> Result<Listing, StoreError> {
    let number = at.max(setting(connection, LISTED)? + 1);
    set(connection, LISTED, number)?;
    let listed = connection
        .prepare_cached(
            "UPDATE revocations SET listed = ?1 WHERE (day, status_index) IN
             (SELECT day, status_index FROM revocations WHERE listed IS NULL LIMIT ?2)",
        )?
        .execute(params![number, at_most])?;
    let is_all = listed < at_most as usize;
    Ok(Listing { number, is_all })
}

/// What was listed after `from` and until `until`, in order.
pub(super) fn revoked(
    connection: &Connection,
    from: i64,
    until: i64,
) -> Result<Vec<(i64, StatusPlace)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT listed, day, status_index FROM revocations
         WHERE listed > ?1 AND listed <= ?2 ORDER BY listed, day, status_index",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        let (day, index) = (row.get(1)?, row.get(2)?);
        Ok((row.get(0)?, StatusPlace { day, index }))
    };
    let places = statement
        .query_map([from, until], read)?
        .collect::<Result<_, _>>()?;
    Ok(places)
}

fn setting(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE name = ?1")?;
    let value: Option<[u8; 8]> = statement.query_row([name], |row| row.get(0)).optional()?;
    Ok(value.map_or(0, i64::from_be_bytes))
}

fn set(connection: &Connection, name: &str, value: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO settings VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET value = excluded.value",
        )?
        .execute(params![name, value.to_be_bytes()])?;
    Ok(())
}

/// Keeps a key.
pub(super) fn add_issuer_key(
    connection: &Connection,
    public_key: &[u8; 32],
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO issuer_keys VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([public_key])?;
    Ok(())
}

/// All keys.
pub(super) fn issuer_keys(connection: &Connection) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT public_key FROM issuer_keys")?;
    let keys = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(keys)
}

/// Takes away revocations whose time is up; how many.
pub(super) fn sweep(connection: &Connection, now: i64, at_most: u32) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM revocations WHERE (day, status_index) IN
             (SELECT day, status_index FROM revocations WHERE free_at < ?1 LIMIT ?2)",
        )?
        .execute(params![now, at_most])?)
}
