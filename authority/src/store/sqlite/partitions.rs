//! Partitions: what each citizen has.
//!
//! Invariant: the head row holds the version, is never taken away and only counts up.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use health_code_core::wire::SubjectId;

use super::{CitizenId, Partition, RowKey, StoreError, Write};
use crate::store::{Kind, subject_bytes};

/// Version and named rows.
pub(super) fn read(
    connection: &Connection,
    citizen: CitizenId,
    named: &[RowKey],
) -> Result<Partition, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT value FROM records WHERE citizen = ?1 AND subject = ?2 AND kind = ?3 AND key = ?4",
    )?;
    let mut value = |subject: &[u8], kind: Kind, key: &[u8]| {
        statement
            .query_row(params![citizen.as_bytes(), subject, kind.0, key], |row| {
                row.get::<_, Vec<u8>>(0)
            })
            .optional()
    };
    let Some(head) = value(&[], Kind::HEAD, &[])? else {
        return Ok(Partition::default());
    };
    let version = head.try_into().map_err(|_| StoreError::Damaged)?;
    let mut rows = BTreeMap::new();
    for place in named {
        if let Some(value) = value(subject_bytes(&place.subject), place.kind, &place.key)? {
            rows.insert(place.clone(), value);
        }
    }
    Ok(Partition {
        version: u64::from_be_bytes(version),
        rows,
    })
}

/// Version and all rows of a subject, but those that acts leave.
pub(super) fn read_subject(
    connection: &Connection,
    citizen: CitizenId,
    subject: &SubjectId,
) -> Result<Partition, StoreError> {
    let mut partition = read(connection, citizen, &[])?;
    let mut statement = connection.prepare_cached(
        "SELECT kind, key, value FROM records WHERE citizen = ?1 AND subject = ?2 AND kind > ?3
         ORDER BY kind, key",
    )?;
    let of = params![citizen.as_bytes(), subject_bytes(subject), Kind::UNIT.0];
    let mut found = statement.query(of)?;
    while let Some(row) = found.next()? {
        let key: Vec<u8> = row.get(1)?;
        let place = RowKey::new(subject, Kind(row.get(0)?), &key);
        partition.rows.insert(place, row.get(2)?);
    }
    Ok(partition)
}

/// Writes all of it, or nothing where the version is another or the act's own row is there: then false.
pub(super) fn write(connection: &Connection, write: &Write) -> Result<bool, StoreError> {
    let citizen = write.citizen.as_bytes();
    if is_there(connection, write.citizen, &write.unit)? || !count_up(connection, write)? {
        return Ok(false);
    }
    for subject in &write.erased {
        connection
            .prepare_cached(
                "DELETE FROM records WHERE citizen = ?1 AND subject = ?2 AND kind <> 0",
            )?
            .execute(params![citizen, subject_bytes(subject)])?;
    }
    for (place, put) in &write.puts {
        connection
            .prepare_cached(
                "INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
            )?
            .execute(params![
                citizen,
                subject_bytes(&place.subject),
                place.kind.0,
                place.key,
                put.value,
                put.expires_at
            ])?;
    }
    for revocation in &write.revoked {
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
    }
    Ok(true)
}

fn is_there(
    connection: &Connection,
    citizen: CitizenId,
    place: &RowKey,
) -> Result<bool, StoreError> {
    let subject = subject_bytes(&place.subject);
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM records WHERE citizen = ?1 AND subject = ?2 AND kind = ?3 AND key = ?4",
        )?
        .exists(params![
            citizen.as_bytes(),
            subject,
            place.kind.0,
            place.key
        ])?)
}

fn count_up(connection: &Connection, write: &Write) -> Result<bool, StoreError> {
    let citizen = write.citizen.as_bytes();
    let next = (write.version + 1).to_be_bytes();
    let changed = if write.version == 0 {
        connection
            .prepare_cached(
                "INSERT INTO records VALUES (?1, x'', 0, x'', ?2, NULL) ON CONFLICT DO NOTHING",
            )?
            .execute(params![citizen, next])?
    } else {
        connection
            .prepare_cached(
                "UPDATE records SET value = ?2
                 WHERE citizen = ?1 AND subject = x'' AND kind = 0 AND key = x'' AND value = ?3",
            )?
            .execute(params![citizen, next, write.version.to_be_bytes()])?
    };
    Ok(changed == 1)
}

/// Takes away rows that have expired; how many.
pub(super) fn sweep(connection: &Connection, now: i64, at_most: u32) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM records WHERE rowid IN
             (SELECT rowid FROM records WHERE expires_at < ?1 LIMIT ?2)",
        )?
        .execute(params![now, at_most])?)
}
