//! Public bundles.
//!
//! Invariant: versions of one kind and name only go up; none is ever changed or taken away.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::{Publication, Published, StoreError};

/// Keeps it if its version is higher than any before.
pub(super) fn publish(
    connection: &Connection,
    publication: &Publication,
) -> Result<Published, StoreError> {
    let newest = connection
        .prepare_cached(
            "SELECT kind, name, version, content, officers, published_at FROM publications
             WHERE kind = ?1 AND name = ?2 ORDER BY version DESC LIMIT 1",
        )?
        .query_row(params![publication.kind, publication.name], read)
        .optional()?;
    if let Some(newest) = newest
        && newest.version >= publication.version
    {
        let is_same =
            newest.version == publication.version && newest.content == publication.content;
        return Ok(if is_same {
            Published::Before
        } else {
            Published::NotHigher(newest.version)
        });
    }
    let version = i64::try_from(publication.version).map_err(|_| StoreError::Faulted)?;
    connection
        .prepare_cached("INSERT INTO publications VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            publication.kind,
            publication.name,
            version,
            publication.content,
            publication.order,
            publication.published_at
        ])?;
    Ok(Published::New)
}

/// The newest of each kind and name.
pub(super) fn newest(connection: &Connection) -> Result<Vec<Publication>, StoreError> {
    // SQLite takes the other columns from the row that holds the maximum.
    let mut statement = connection.prepare_cached(
        "SELECT kind, name, max(version), content, officers, published_at FROM publications
         GROUP BY kind, name ORDER BY kind, name",
    )?;
    let publications = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(publications)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Publication> {
    let version: i64 = row.get(2)?;
    Ok(Publication {
        kind: row.get(0)?,
        name: row.get(1)?,
        version: version.unsigned_abs(),
        content: row.get(3)?,
        order: row.get(4)?,
        published_at: row.get(5)?,
    })
}
