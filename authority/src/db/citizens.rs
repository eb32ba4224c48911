//! Citizens, their devices and their registrations.
//!
//! Invariant: one citizen per document, one citizen per device key. Knows no plain identity.

use rusqlite::{Connection, OptionalExtension, params};

use super::DbError;

/// Everything that a registration writes.
#[derive(Clone, Debug)]
pub(crate) struct NewCitizen {
    pub(crate) citizen_id: String,
    pub(crate) document_hash: [u8; 32],
    pub(crate) identity: Vec<u8>,
    pub(crate) consent_version: u32,
    pub(crate) consented_at: i64,
    pub(crate) device_id: String,
    pub(crate) public_key: Vec<u8>,
    pub(crate) hardware: bool,
    pub(crate) idempotency_key: String,
    pub(crate) body_hash: [u8; 32],
    pub(crate) at: i64,
}

/// How a registration ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Registered {
    /// A new citizen with this id.
    New(String),
    /// The same device registered the same document before.
    Before(String),
    /// The idempotency key was used for another body.
    IdReused,
    /// The document belongs to another device, or the device to another document.
    Elsewhere,
}

/// A registered device.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the name of the id everywhere")]
pub(crate) struct Device {
    pub(crate) device_id: String,
    pub(crate) citizen_id: String,
    pub(crate) public_key: Vec<u8>,
    pub(crate) hardware: bool,
}

/// Registers, once.
pub(crate) fn register(connection: &Connection, new: &NewCitizen) -> Result<Registered, DbError> {
    let repeated: Option<(Vec<u8>, String)> = connection
        .prepare_cached(
            "SELECT body_hash, citizen_id FROM registrations WHERE device_id = ?1 AND idempotency_key = ?2",
        )?
        .query_row(params![new.device_id, new.idempotency_key], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    if let Some((body_hash, citizen_id)) = repeated {
        return Ok(if body_hash == new.body_hash {
            Registered::Before(citizen_id)
        } else {
            Registered::IdReused
        });
    }
    let by_device = device(connection, &new.device_id)?.map(|device| device.citizen_id);
    let by_document: Option<String> = connection
        .prepare_cached("SELECT citizen_id FROM citizens WHERE document_hash = ?1")?
        .query_row(params![new.document_hash], |row| row.get(0))
        .optional()?;
    let registered = match (by_device, by_document) {
        (None, None) => {
            insert(connection, new)?;
            Registered::New(new.citizen_id.clone())
        }
        (Some(one), Some(other)) if one == other => Registered::Before(one),
        _ => return Ok(Registered::Elsewhere),
    };
    if let Registered::New(citizen_id) | Registered::Before(citizen_id) = &registered {
        connection
            .prepare_cached("INSERT INTO registrations VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![
                new.device_id,
                new.idempotency_key,
                new.body_hash,
                citizen_id
            ])?;
    }
    Ok(registered)
}

fn insert(connection: &Connection, new: &NewCitizen) -> Result<(), DbError> {
    connection
        .prepare_cached("INSERT INTO citizens VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            new.citizen_id,
            new.document_hash,
            new.identity,
            new.consent_version,
            new.consented_at,
            new.at
        ])?;
    connection
        .prepare_cached("INSERT INTO devices VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            new.device_id,
            new.citizen_id,
            new.public_key,
            new.hardware,
            new.at
        ])?;
    Ok(())
}

/// The device with this id.
pub(crate) fn device(connection: &Connection, device_id: &str) -> Result<Option<Device>, DbError> {
    Ok(connection
        .prepare_cached(
            "SELECT device_id, citizen_id, public_key, hardware FROM devices WHERE device_id = ?1",
        )?
        .query_row(params![device_id], |row| {
            Ok(Device {
                device_id: row.get(0)?,
                citizen_id: row.get(1)?,
                public_key: row.get(2)?,
                hardware: row.get(3)?,
            })
        })
        .optional()?)
}

/// The citizen's sealed identity; none for an unknown id.
pub(crate) fn identity_of(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<Vec<u8>>, DbError> {
    Ok(connection
        .prepare_cached("SELECT identity FROM citizens WHERE citizen_id = ?1")?
        .query_row(params![citizen_id], |row| row.get(0))
        .optional()?)
}
