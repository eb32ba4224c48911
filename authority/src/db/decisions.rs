//! The colour in force of each citizen, and the history of colours.
//!
//! Invariant: the history grows whenever colour or reason changes, and at no other time.

use health_code_core::colour::{Colour, Reason};
use rusqlite::{Connection, OptionalExtension, params};

use super::DbError;

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredDecision {
    pub(crate) colour: Colour,
    pub(crate) reason: Reason,
    pub(crate) rule_set_id: String,
    pub(crate) rule_version: u32,
    pub(crate) rule_id: String,
    pub(crate) since: i64,
    pub(crate) decided_day: String,
    pub(crate) input_hash: [u8; 32],
    pub(crate) receipt: Vec<u8>,
}

/// The decision in force; `rule_set_id` and `rule_id` come from the newest history row.
pub(crate) fn decision(
    connection: &Connection,
    citizen_id: &str,
) -> Result<Option<StoredDecision>, DbError> {
    let row = connection
        .prepare_cached(
            "SELECT d.colour, d.reason, h.rule_set_id, d.rule_version, h.rule_id, d.since, d.decided_day,
                    d.input_hash, d.receipt
             FROM decisions d JOIN colour_history h ON h.citizen_id = d.citizen_id
             WHERE d.citizen_id = ?1 ORDER BY h.sequence DESC LIMIT 1",
        )?
        .query_row(params![citizen_id], |row| {
            Ok((
                row.get::<_, u8>(0)?,
                row.get::<_, u8>(1)?,
                StoredDecision {
                    colour: Colour::Red,
                    reason: Reason::Clear,
                    rule_set_id: row.get(2)?,
                    rule_version: row.get(3)?,
                    rule_id: row.get(4)?,
                    since: row.get(5)?,
                    decided_day: row.get(6)?,
                    input_hash: row.get(7)?,
                    receipt: row.get(8)?,
                },
            ))
        })
        .optional()?;
    row.map(|(colour, reason, stored)| {
        Ok(StoredDecision {
            colour: Colour::from_number(colour).ok_or(DbError::Failed)?,
            reason: Reason::from_number(reason).ok_or(DbError::Failed)?,
            ..stored
        })
    })
    .transpose()
}

/// Puts `new` in force; `changed` says whether colour or reason differ from what was.
pub(crate) fn put_decision(
    connection: &Connection,
    citizen_id: &str,
    new: &StoredDecision,
    changed: bool,
) -> Result<(), DbError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO decisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            citizen_id,
            new.colour.number(),
            new.reason as u8,
            new.rule_version,
            new.since,
            new.decided_day,
            new.input_hash,
            new.receipt
        ])?;
    if changed {
        connection
            .prepare_cached(
                "INSERT INTO colour_history SELECT ?1, COALESCE(MAX(sequence), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7
                 FROM colour_history WHERE citizen_id = ?1",
            )?
            .execute(params![
                citizen_id,
                new.colour.number(),
                new.reason as u8,
                new.rule_set_id,
                new.rule_version,
                new.rule_id,
                new.since
            ])?;
    }
    Ok(())
}
