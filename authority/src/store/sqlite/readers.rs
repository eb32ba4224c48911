//! Read-only connections, opened when needed.
//!
//! Invariant: none is used by two threads at a time; at most [`KEPT`] are kept.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::StoreError;
use super::connection::open_reader;

const KEPT: usize = 8;

/// The connections that nobody uses right now.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Arc::default(),
        }
    }

    /// Runs `work` in a transaction, so that all that it reads is of one moment.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let kept = self.lock().pop();
        let connection = match kept {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        connection.prepare_cached("BEGIN")?.execute([])?;
        let answer = work(&connection);
        connection.prepare_cached("COMMIT")?.execute([])?;
        let mut idle = self.lock();
        if idle.len() < KEPT {
            idle.push(connection);
        }
        answer
    }

    /// Closes those that nobody uses.
    pub(super) fn close(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
