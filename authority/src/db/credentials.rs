//! Credentials and their places in the status list.
//!
//! Invariant: no two credentials that could still be shown share a status index. An index is free again a week
//! after its credential expired: outage-grace orders cannot stretch a credential that far.

use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::Entropy;
use health_code_core::trust::MAX_STATUS_INDEX;
use rusqlite::{Connection, OptionalExtension, params};

use super::DbError;

/// An expired credential keeps its index this long, seconds.
const KEPT_AFTER_EXPIRY_SECS: i64 = 7 * 86_400;
/// Random tries for a free index; at half load all of them fail once in 2^40 times.
const TRIES: usize = 40;

/// A new credential.
#[derive(Clone, Debug)]
pub(crate) struct NewCredential {
    pub(crate) status_index: u32,
    pub(crate) citizen_id: String,
    pub(crate) device_id: String,
    pub(crate) colour: Colour,
    pub(crate) reason: Reason,
    pub(crate) rule_version: u32,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) credential: Vec<u8>,
}

/// The newest credential of a citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredCredential {
    pub(crate) device_id: String,
    pub(crate) colour: u8,
    pub(crate) reason: u8,
    pub(crate) rule_version: u32,
    pub(crate) issued_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) revoked: bool,
    pub(crate) credential: Vec<u8>,
}

/// A status index that no credential holds, picked at random so that it tells no order.
pub(crate) fn free_status_index(
    connection: &Connection,
    entropy: &dyn Entropy,
) -> Result<u32, DbError> {
    let mut taken =
        connection.prepare_cached("SELECT 1 FROM credentials WHERE status_index = ?1")?;
    for _ in 0..TRIES {
        let mut bytes = [0_u8; 4];
        entropy.fill(&mut bytes).map_err(|_| DbError::Failed)?;
        // One below a power of two: the mask keeps every index equally likely.
        let index = u32::from_be_bytes(bytes) & MAX_STATUS_INDEX;
        if !taken.exists(params![index])? {
            return Ok(index);
        }
    }
    // More than half of sixteen million indexes are taken: the authority needs a second issuer key.
    Err(DbError::Full)
}

/// Writes a new credential.
pub(crate) fn insert_credential(
    connection: &Connection,
    new: &NewCredential,
) -> Result<(), DbError> {
    connection
        .prepare_cached(
            "INSERT INTO credentials (status_index, citizen_id, device_id, colour, reason, rule_version,
                                      issued_at, expires_at, revoked_at, credential)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9)",
        )?
        .execute(params![
            new.status_index,
            new.citizen_id,
            new.device_id,
            new.colour.number(),
            new.reason as u8,
            new.rule_version,
            new.issued_at,
            new.expires_at,
            new.credential
        ])?;
    Ok(())
}

/// The citizen's newest credential, revoked or not.
pub(crate) fn latest_credential(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<StoredCredential>, DbError> {
    Ok(connection
        .prepare_cached(
            "SELECT device_id, colour, reason, rule_version, issued_at, expires_at, revoked_at IS NOT NULL, credential
             FROM credentials WHERE citizen_id = ?1 ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row(params![citizen_id], |row| {
            Ok(StoredCredential {
                device_id: row.get(0)?,
                colour: row.get(1)?,
                reason: row.get(2)?,
                rule_version: row.get(3)?,
                issued_at: row.get(4)?,
                expires_at: row.get(5)?,
                revoked: row.get(6)?,
                credential: row.get(7)?,
            })
        })
        .optional()?)
}

/// Revokes every credential of the citizen that has not expired; returns how many.
pub(crate) fn revoke_credentials(
    connection: &Connection,
    citizen_id: &str,
    at: i64,
) -> Result<usize, DbError> {
    Ok(connection
        .prepare_cached(
            "UPDATE credentials SET revoked_at = ?2
             WHERE citizen_id = ?1 AND revoked_at IS NULL AND expires_at > ?2",
        )?
        .execute(params![citizen_id, at])?)
}

/// The revoked indexes, ascending.
pub(crate) fn revoked_indexes(connection: &Connection) -> Result<Vec<u32>, DbError> {
    let mut statement = connection.prepare_cached(
        "SELECT status_index FROM credentials WHERE revoked_at IS NOT NULL ORDER BY status_index",
    )?;
    let indexes = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(indexes)
}

/// Forgets credentials that expired long enough ago; frees their indexes.
pub(crate) fn purge_expired(connection: &Connection, at: i64) -> Result<usize, DbError> {
    Ok(connection
        .prepare_cached("DELETE FROM credentials WHERE expires_at < ?1")?
        .execute(params![at - KEPT_AFTER_EXPIRY_SECS])?)
}
