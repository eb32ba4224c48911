//! The one thread that writes, with group commit.
//!
//! Invariant: a job is answered `Ok` only after the transaction it ran in is committed and synced; one job's
//! failure undoes that job alone. While one batch is being synced the next one gathers in the queue, so many
//! small writes share one sync. Knows no SQL.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::DbError;

/// Most jobs in one transaction.
const BATCH: usize = 256;
/// Most jobs waiting; beyond it the server sheds load.
const QUEUE: usize = 4_096;

/// Tells one caller how its batch ended.
type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;
/// Runs one caller's work; `Err` undoes the work and holds the answer all the same.
type Job = Box<dyn FnOnce(&Connection) -> Result<Answer, Answer> + Send>;

/// Hands work to the writing thread.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Job>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread on a connection that nobody else writes to.
    pub(crate) fn start(connection: Connection) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("database-writer".to_owned())
            .spawn(move || run(connection, jobs));
        Self {
            // Without a thread nobody receives, and every write answers `Stopped`.
            queue: Mutex::new(Some(queue)),
            thread: Mutex::new(thread.ok()),
        }
    }

    /// Runs `work` in a savepoint; returns once its transaction is on disk.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, DbError> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |connection| match work(connection) {
            Ok(value) => Ok(Box::new(move |ended| {
                // The caller may have gone; the write stands.
                let _ = tell.send(ended.map(|()| value));
            })),
            Err(error) => Err(Box::new(move |_| {
                let _ = tell.send(Err(error));
            })),
        });
        let queue = lock(&self.queue).clone().ok_or(DbError::Stopped)?;
        queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => DbError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => DbError::Stopped,
        })?;
        drop(queue);
        told.await.unwrap_or(Err(DbError::Failed))
    }

    /// Takes no more work, finishes what is queued, and waits for it.
    pub(crate) fn close(&self) {
        drop(lock(&self.queue).take());
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of the thread has answered its callers by dropping them.
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(mut connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        run_batch(&mut connection, batch);
    }
    // Leave one file behind where that is possible; a reader may still hold the log.
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
}

fn run_batch(connection: &mut Connection, batch: Vec<Job>) {
    let mut answers = Vec::with_capacity(batch.len());
    let ended = commit(connection, batch, &mut answers);
    for answer in answers {
        answer(ended);
    }
}

fn commit(
    connection: &mut Connection,
    batch: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), DbError> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in batch {
        run_job(&mut transaction, job, answers)?;
        if transaction.is_autocommit() {
            // A full disk or an I/O error makes SQLite roll back the whole transaction by itself.
            return Err(DbError::Full);
        }
    }
    transaction.commit()?;
    Ok(())
}

fn run_job(
    transaction: &mut Transaction<'_>,
    job: Job,
    answers: &mut Vec<Answer>,
) -> Result<(), DbError> {
    let mut savepoint = transaction.savepoint()?;
    match catch_unwind(AssertUnwindSafe(|| job(&savepoint))) {
        Ok(Ok(answer)) => {
            answers.push(answer);
            savepoint.commit()?;
        }
        Ok(Err(answer)) => {
            answers.push(answer);
            savepoint.rollback()?;
            savepoint.commit()?;
        }
        // The caller sees its channel dropped.
        Err(_) => {
            savepoint.rollback()?;
            savepoint.commit()?;
        }
    }
    Ok(())
}
