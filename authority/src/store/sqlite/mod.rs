//! SQLite as the store: one file, one writer with group commit, many readers.
//!
//! Invariant: what is answered with `Ok` or `Applied` is on disk (WAL, `synchronous=FULL`, committed and synced).
//! Several writes share one transaction and one sync; each is undone alone. SQL is in this folder and nowhere else.

mod connection;
mod partitions;
mod publications;
mod readers;
mod reservations;
mod snapshot;
mod status;
mod writer;

use std::path::Path;

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;
use rusqlite::{Connection, ErrorCode};

use super::{
    CitizenId, Later, Listing, Outcome, Owner, Partition, Publication, Published, Restoration,
    RowKey, Store, StoreError, Unique, Write,
};
use readers::Readers;
use writer::Writer;

pub(crate) use snapshot::{Counts, Snapshot, schema};

/// Rows of a kind that one sweep takes away at most: the writer serves others as well.
const SWEPT_AT_ONCE: u32 = 2_000;

/// The open database.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens or makes the file. `key_check` is a hash that only the storage key gives.
    ///
    /// # Errors
    /// [`StoreError::SchemaForeign`], [`StoreError::KeyWrong`], [`StoreError::Damaged`] and those of the disk.
    pub(crate) fn open(path: &Path, key_check: [u8; 32]) -> Result<Self, StoreError> {
        Ok(Self {
            writer: Writer::start(connection::open_writer(path, &key_check)?),
            readers: Readers::new(path),
        })
    }

    /// Runs `work` on the writer, in a savepoint of its own; returns once it is on disk.
    async fn change<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Runs `work` on a read-only connection, off the async threads.
    async fn look<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let readers = self.readers.clone();
        tokio::task::spawn_blocking(move || readers.read(work))
            .await
            .unwrap_or(Err(StoreError::Faulted))
    }
}

/// Whose `unique` is, in the database at `path`, used by a server or not; none where the act that took it was never done.
pub(crate) fn find_owner(
    path: &Path,
    key_check: &[u8; 32],
    unique: &Unique,
) -> Result<Option<Owner>, StoreError> {
    let connection = connection::open_reader(path)?;
    connection::require_key(&connection, key_check)?;
    let Some(owner) = reservations::owner(&connection, unique)? else {
        return Ok(None);
    };
    let row = owner.unit.row(&SubjectId::OWNER);
    let partition = partitions::read(&connection, owner.citizen, &[row])?;
    Ok((!partition.rows.is_empty()).then_some(owner))
}

/// A database that is looked into from the side, used by a server or not.
pub(crate) struct Look(Connection);

impl Look {
    /// Opens it. `key_check` is a hash that only the storage key gives.
    pub(crate) fn open(path: &Path, key_check: &[u8; 32]) -> Result<Self, StoreError> {
        let connection = connection::open_reader(path)?;
        connection::require_key(&connection, key_check)?;
        Ok(Self(connection))
    }

    /// As [`Store::read`].
    pub(crate) fn read(
        &self,
        citizen: CitizenId,
        named: &[RowKey],
    ) -> Result<Partition, StoreError> {
        partitions::read(&self.0, citizen, named)
    }

    /// As [`Store::reserved`].
    pub(crate) fn reserved(
        &self,
        space: u8,
        after: &[u8],
        at_most: u32,
    ) -> Result<Vec<(Unique, Owner)>, StoreError> {
        reservations::list(&self.0, space, after, at_most)
    }
}

impl Store for SqliteStore {
    fn read(
        &self,
        citizen: CitizenId,
        named: Vec<RowKey>,
    ) -> Later<'_, Result<Partition, StoreError>> {
        Box::pin(self.look(move |connection| partitions::read(connection, citizen, &named)))
    }

    fn read_subject(
        &self,
        citizen: CitizenId,
        subject: SubjectId,
    ) -> Later<'_, Result<Partition, StoreError>> {
        let look =
            move |connection: &Connection| partitions::read_subject(connection, citizen, &subject);
        Box::pin(self.look(look))
    }

    fn write(&self, write: Write) -> Later<'_, Outcome> {
        Box::pin(async move {
            let done = self.change(move |connection| partitions::write(connection, &write));
            match done.await {
                Ok(true) => Outcome::Applied,
                Ok(false) => Outcome::Conflict,
                Err(StoreError::OutcomeUnknown) => Outcome::Unknown,
                Err(error) => Outcome::Refused(error),
            }
        })
    }

    fn reserve(
        &self,
        uniques: Vec<Unique>,
        owner: Owner,
    ) -> Later<'_, Result<Vec<Owner>, StoreError>> {
        Box::pin(self.change(move |connection| reservations::reserve(connection, &uniques, owner)))
    }

    fn owner(&self, unique: Unique) -> Later<'_, Result<Option<Owner>, StoreError>> {
        Box::pin(self.look(move |connection| reservations::owner(connection, &unique)))
    }

    fn reserved(
        &self,
        space: u8,
        after: Vec<u8>,
        at_most: u32,
    ) -> Later<'_, Result<Vec<(Unique, Owner)>, StoreError>> {
        Box::pin(
            self.look(move |connection| reservations::list(connection, space, &after, at_most)),
        )
    }

    fn release(&self, unique: Unique, owner: Owner) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.change(move |connection| reservations::release(connection, &unique, owner)))
    }

    fn lease(
        &self,
        wanted: Vec<u32>,
        now: i64,
        free_at: i64,
    ) -> Later<'_, Result<Vec<u32>, StoreError>> {
        Box::pin(self.change(move |connection| status::lease(connection, &wanted, now, free_at)))
    }

    fn list_revocations(&self, at: i64, at_most: u32) -> Later<'_, Result<Listing, StoreError>> {
        Box::pin(self.change(move |connection| status::list(connection, at, at_most)))
    }

    fn revoked(
        &self,
        from: i64,
        until: i64,
    ) -> Later<'_, Result<Vec<(i64, StatusPlace)>, StoreError>> {
        Box::pin(self.look(move |connection| status::revoked(connection, from, until)))
    }

    fn add_issuer_key(&self, public_key: [u8; 32]) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.change(move |connection| status::add_issuer_key(connection, &public_key)))
    }

    fn issuer_keys(&self) -> Later<'_, Result<Vec<[u8; 32]>, StoreError>> {
        Box::pin(self.look(status::issuer_keys))
    }

    fn publish(&self, publication: Publication) -> Later<'_, Result<Published, StoreError>> {
        Box::pin(self.change(move |connection| publications::publish(connection, &publication)))
    }

    fn publications(&self) -> Later<'_, Result<Vec<Publication>, StoreError>> {
        Box::pin(self.look(publications::newest))
    }

    fn restored(&self) -> Later<'_, Result<Option<Restoration>, StoreError>> {
        Box::pin(self.look(snapshot::restored))
    }

    fn sweep(&self, now: i64) -> Later<'_, Result<bool, StoreError>> {
        Box::pin(self.change(move |connection| {
            let rows = partitions::sweep(connection, now, SWEPT_AT_ONCE)?;
            let indexes = status::sweep(connection, now, SWEPT_AT_ONCE)?;
            Ok(rows.max(indexes) >= SWEPT_AT_ONCE as usize)
        }))
    }

    fn close(&self) {
        // SQLite folds its log into the database when the last connection closes; that must be the writer's.
        self.readers.close();
        self.writer.close();
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::DiskFailed,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Faulted,
        }
    }
}

#[cfg(test)]
mod tests;
