//! What the authority keeps, behind one small interface that a distributed engine can serve as well as SQLite.
//!
//! A citizen's records are rows (subject, kind, key) of one partition with one version. A [`Unit`] is one act on one
//! citizen: it names the rows that it reads, turns them into writes by a pure function, and its writes land together
//! or not at all, with the unit's own row and answer among them, if the partition's version is still the one that was
//! read. What must be unique over citizens is a [`Unique`], taken by insert-if-absent.
//!
//! Invariant: no SQL outside of `sqlite`; no personal value leaves [`Units`] unsealed; the version of a partition only
//! grows, also when everything else in it is erased. Knows nothing of colours, forms or HTTP.
//!
//! | file | what it is |
//! |---|---|
//! | `rows` | addresses of rows, and the rows that a Unit reads and writes |
//! | `units` | the trait [`Unit`] and how one is run: read, apply, write, again |
//! | `recent` | rows of citizens who acted a moment ago, as a hint |
//! | `turns` | acts on one citizen one after the other |
//! | `backend` | the trait [`Store`] that an engine implements |
//! | `sealing` | sealing and keyed hashes |
//! | `sqlite` | the engine: one file, one writer with group commit |
//! | `contract` | what every engine must hold, as one test suite; `memory` and `faulty` for it |

mod backend;
mod error;
mod recent;
mod rows;
mod sealing;
mod sqlite;
mod turns;
mod units;

#[cfg(test)]
mod contract;
#[cfg(test)]
pub(crate) mod faulty;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod memory;

pub(crate) use backend::{
    Later, Listing, Outcome, Owner, Partition, Publication, Published, Restoration, Revocation,
    Store, Unique, Write,
};
pub use error::StoreError;
pub(crate) use rows::{
    CitizenId, Kind, Put, Record, RowKey, Rows, UnitId, subject_bytes, subject_of_bytes,
};
pub(crate) use sealing::Sealer;
pub(crate) use sqlite::{Counts, Look, Snapshot, SqliteStore, find_owner, schema};
pub(crate) use units::{Settled, Unit, Units};
