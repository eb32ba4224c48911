//! What is unique over citizens.
//!
//! Invariant: whose a thing is changes only by being freed first.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{CitizenId, Owner, StoreError, Unique};
use crate::store::UnitId;

/// Takes what is free; tells whose each is.
pub(super) fn reserve(
    connection: &Connection,
    uniques: &[Unique],
    owner: Owner,
) -> Result<Vec<Owner>, StoreError> {
    let mut owners = Vec::with_capacity(uniques.len());
    for unique in uniques {
        connection
            .prepare_cached(
                "INSERT INTO reservations VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                unique.space,
                unique.value,
                owner.citizen.as_bytes(),
                owner.unit.as_bytes()
            ])?;
        owners.push(self::owner(connection, unique)?.ok_or(StoreError::Faulted)?);
    }
    Ok(owners)
}

/// Whose it is.
pub(super) fn owner(connection: &Connection, unique: &Unique) -> Result<Option<Owner>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT citizen, unit FROM reservations WHERE space = ?1 AND value = ?2")?
        .query_row(params![unique.space, unique.value], |row| {
            Ok(Owner {
                citizen: CitizenId::from_bytes(row.get(0)?),
                unit: UnitId::from_bytes(row.get(1)?),
            })
        })
        .optional()?)
}

/// Those of a space that are taken.
pub(super) fn list(
    connection: &Connection,
    space: u8,
    after: &[u8],
    at_most: u32,
) -> Result<Vec<(Unique, Owner)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT value, citizen, unit FROM reservations WHERE space = ?1 AND value > ?2 ORDER BY value LIMIT ?3",
    )?;
    let rows = statement.query_map(params![space, after, at_most], |row| {
        let unique = Unique {
            space,
            value: row.get(0)?,
        };
        let owner = Owner {
            citizen: CitizenId::from_bytes(row.get(1)?),
            unit: UnitId::from_bytes(row.get(2)?),
        };
        Ok((unique, owner))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Frees it if it is `owner`'s.
pub(super) fn release(
    connection: &Connection,
    unique: &Unique,
    owner: Owner,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM reservations WHERE space = ?1 AND value = ?2 AND citizen = ?3 AND unit = ?4",
        )?
        .execute(params![
            unique.space,
            unique.value,
            owner.citizen.as_bytes(),
            owner.unit.as_bytes()
        ])?;
    Ok(())
}
