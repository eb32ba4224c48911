//! What an engine must do: the trait [`Store`].
//!
//! Invariant: a method that answers `Ok` or `Applied` has its effect on disk. Values are opaque bytes. What one citizen
//! has is read and written by one partition; reservations, index blocks, revocations, issuer keys and publications are each a
//! partition of their own and in no [`Write`] but for revocations, which every engine must list soon after.

use std::collections::BTreeMap;
use std::pin::Pin;

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;

use super::{CitizenId, Put, RowKey, StoreError, UnitId};

/// A future that a trait object can answer with.
pub(crate) type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What was read of a partition, at one moment.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Partition {
    /// 0 where nothing was ever written.
    pub(crate) version: u64,
    /// Those of the named rows that are there.
    pub(crate) rows: BTreeMap<RowKey, Vec<u8>>,
}

/// One conditional write: everything in it, or nothing.
#[derive(Clone)]
pub(crate) struct Write {
    pub(crate) citizen: CitizenId,
    /// The version that was read; the write makes it one more.
    pub(crate) version: u64,
    /// The act's own row, one of the puts: where it is there already the act was done or called off, and this is not
    /// written.
    pub(crate) unit: RowKey,
    /// Subjects whose rows are all taken away first.
    pub(crate) erased: Vec<SubjectId>,
    pub(crate) puts: BTreeMap<RowKey, Put>,
    pub(crate) revoked: Vec<Revocation>,
}

/// How a [`Write`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, on disk.
    Applied,
    /// Not done: the partition has another version, or the act's own row is there.
    Conflict,
    /// Not done, and why.
    Refused(StoreError),
    /// Done or not: reading the unit's row tells.
    Unknown,
}

/// What must be unique over all citizens.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unique {
    /// Which kind of thing; numbers are never used again.
    pub(crate) space: u8,
    pub(crate) value: Vec<u8>,
}

/// Whose a [`Unique`] is: taken by this act on this citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) citizen: CitizenId,
    pub(crate) unit: UnitId,
}

/// A credential that stays on the status lists until a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Revocation {
    pub(crate) place: StatusPlace,
    /// Unix seconds.
    pub(crate) free_at: i64,
}

/// What [`Store::list_revocations`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listing {
    pub(crate) number: i64,
    /// Whether none is left that is not listed.
    pub(crate) is_all: bool,
}

/// A public bundle as it is kept: what is signed, not the signature, so that a new issuer key signs it anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Publication {
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) version: u64,
    pub(crate) content: Vec<u8>,
    /// The order to publish it with the officers' signatures, JSON.
    pub(crate) order: Vec<u8>,
    /// Unix seconds.
    pub(crate) published_at: i64,
}

/// The database was put back from a backup. What was acknowledged from `since` to `at` may be missing, and what was leased
/// in that time is in use by nobody knows whom: whoever leases status indexes takes fresh ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Restoration {
    /// From when on it may be missing, Unix seconds.
    pub(crate) since: i64,
    /// When it was put back, Unix seconds.
    pub(crate) at: i64,
}

/// How a publication was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Published {
    New,
    /// The same content under the same version is there already.
    Before,
    /// This version is there already, with other content, or a higher one is.
    NotHigher(u64),
}

/// An engine.
pub(crate) trait Store: Send + Sync + std::fmt::Debug {
    /// The version and the named rows of a partition, at one moment.
    fn read(
        &self,
        citizen: CitizenId,
        named: Vec<RowKey>,
    ) -> Later<'_, Result<Partition, StoreError>>;

    /// The version and every row of a subject in a partition, at one moment, but those that acts leave.
    fn read_subject(
        &self,
        citizen: CitizenId,
        subject: SubjectId,
    ) -> Later<'_, Result<Partition, StoreError>>;

    /// Writes if the partition still has the version that the write names and no row of this act.
    fn write(&self, write: Write) -> Later<'_, Outcome>;

    /// Takes each of these that is free for `owner`; tells whose each is now, in the same order.
    fn reserve(
        &self,
        uniques: Vec<Unique>,
        owner: Owner,
    ) -> Later<'_, Result<Vec<Owner>, StoreError>>;

    /// Whose it is.
    fn owner(&self, unique: Unique) -> Later<'_, Result<Option<Owner>, StoreError>>;

    /// Those of a space that are taken, after `after` in the order of their values, `at_most` of them.
    fn reserved(
        &self,
        space: u8,
        after: Vec<u8>,
        at_most: u32,
    ) -> Later<'_, Result<Vec<(Unique, Owner)>, StoreError>>;

    /// Frees it if it is still `owner`'s.
    fn release(&self, unique: Unique, owner: Owner) -> Later<'_, Result<(), StoreError>>;

    /// Takes those of the wanted blocks of status indexes that are free at `now` until `free_at` (Unix seconds).
    fn lease(
        &self,
        wanted: Vec<u32>,
        now: i64,
        free_at: i64,
    ) -> Later<'_, Result<Vec<u32>, StoreError>>;

    /// Lists up to `at_most` revocations that are not listed yet, under a number that is higher than any before: `at` (Unix
    /// seconds) where that is higher, else one more than before. What is listed stays so.
    fn list_revocations(&self, at: i64, at_most: u32) -> Later<'_, Result<Listing, StoreError>>;

    /// What was listed after `from` and until `until` (numbers), in order of listing, each with its number.
    fn revoked(
        &self,
        from: i64,
        until: i64,
    ) -> Later<'_, Result<Vec<(i64, StatusPlace)>, StoreError>>;

    /// Keeps for ever that credentials are issued under this public key here.
    fn add_issuer_key(&self, public_key: [u8; 32]) -> Later<'_, Result<(), StoreError>>;

    /// All keys of [`Store::add_issuer_key`].
    fn issuer_keys(&self) -> Later<'_, Result<Vec<[u8; 32]>, StoreError>>;

    /// Keeps a public bundle if its version is higher than any under its kind and name.
    fn publish(&self, publication: Publication) -> Later<'_, Result<Published, StoreError>>;

    /// The newest of each kind and name.
    fn publications(&self) -> Later<'_, Result<Vec<Publication>, StoreError>>;

    /// The last time that this database was put back from a backup.
    fn restored(&self) -> Later<'_, Result<Option<Restoration>, StoreError>>;

    /// Takes away some of what nobody needs after `now` (Unix seconds); whether there may be more.
    fn sweep(&self, now: i64) -> Later<'_, Result<bool, StoreError>>;

    /// Writes what is queued, then closes. Later writes are refused with [`StoreError::Closed`].
    fn close(&self);
}

health_code_core::hidden_debug!(Partition, Unique);
