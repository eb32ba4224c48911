//! Blocks of status indexes, the revoked ones, and the keys that they count under.
//!
//! Invariant: a block is nobody else's before its time is up; a key is never taken away.

use rusqlite::{Connection, params};

use super::StoreError;

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

/// The revoked indexes, ascending.
pub(super) fn revoked(connection: &Connection) -> Result<Vec<u32>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT status_index FROM revocations ORDER BY status_index")?;
    let indexes = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(indexes)
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
            "DELETE FROM revocations WHERE status_index IN
             (SELECT status_index FROM revocations WHERE free_at < ?1 LIMIT ?2)",
        )?
        .execute(params![now, at_most])?)
}
