//! The one thread that writes, with group commit.
//!
//! Invariant: a job is answered `Ok` only after the transaction it ran in is committed and synced; one job's
//! failure undoes that job alone; a failed commit is [`StoreError::OutcomeUnknown`] unless it surely wrote nothing. While one batch is being synced the next one gathers in the queue, so many
//! small writes share one sync. Of SQL it knows what begins and ends a transaction.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// Most jobs in one transaction.
const BATCH: usize = 256;
/// Most jobs waiting; beyond it the server sheds load.
const QUEUE: usize = 4_096;

/// Tells one caller how its batch ended.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
/// Runs one caller's work, unless there is no transaction to run it in; an error undoes the work. Either way there is
/// somebody to answer.
type Job =
    Box<dyn FnOnce(Result<&Connection, StoreError>) -> (Answer, Result<(), StoreError>) + Send>;

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
            .spawn(move || run(&connection, jobs));
        Self {
            // Without a thread nobody receives, and every write answers `Closed`.
            queue: Mutex::new(Some(queue)),
            thread: Mutex::new(thread.ok()),
        }
    }

    /// Runs `work` in a savepoint; returns once its transaction is on disk.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let done = connection.and_then(work);
            let failed = done.as_ref().map(|_| ()).map_err(|error| *error);
            let answer: Answer = Box::new(move |ended: Result<(), StoreError>| {
                // The caller may have gone; the write stands.
                let _ = tell.send(done.and_then(|value| ended.map(|()| value)));
            });
            (answer, failed)
        });
        let queue = lock(&self.queue).clone().ok_or(StoreError::Closed)?;
        queue.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        drop(queue);
        told.await.unwrap_or(Err(StoreError::Faulted))
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

fn run(connection: &Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        run_batch(connection, batch);
    }
    // Leave one file behind where that is possible; a reader may still hold the log.
    let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
}

fn run_batch(connection: &Connection, batch: Vec<Job>) {
    let mut answers = Vec::with_capacity(batch.len());
    let ended = commit(connection, batch, &mut answers);
    for answer in answers {
        answer(ended);
    }
}

fn commit(
    connection: &Connection,
    batch: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    let mut jobs = batch.into_iter();
    let ended = run_all(connection, &mut jobs, answers);
    if let Err(error) = ended {
        answers.extend(jobs.map(|job| job(Err(error)).0));
    }
    ended
}

fn run_all(
    connection: &Connection,
    jobs: &mut impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    say(connection, "BEGIN IMMEDIATE")?;
    let ended = run_jobs(connection, jobs, answers).and_then(|()| {
        say(connection, "COMMIT").map_err(|error| match error {
            // Nothing was written, or the log has no end that counts.
            StoreError::DiskFull | StoreError::Busy | StoreError::ReadOnly => error,
            // The sync may have failed after the last byte had reached the disk.
            _ => StoreError::OutcomeUnknown,
        })
    });
    if !connection.is_autocommit() {
        // What cannot be rolled back is refused by the next BEGIN.
        let _ = say(connection, "ROLLBACK");
    }
    ended
}

fn run_jobs(
    connection: &Connection,
    jobs: &mut impl Iterator<Item = Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), StoreError> {
    for job in jobs {
        let failed = run_job(connection, job, answers)?;
        if connection.is_autocommit() {
            // A full disk or an I/O error makes SQLite roll back the whole transaction by itself.
            return Err(failed.unwrap_or(StoreError::DiskFailed));
        }
    }
    Ok(())
}

/// Runs one job; tells why it failed, if it did.
fn run_job(
    connection: &Connection,
    job: Job,
    answers: &mut Vec<Answer>,
) -> Result<Option<StoreError>, StoreError> {
    say(connection, "SAVEPOINT job")?;
    let ended = catch_unwind(AssertUnwindSafe(|| job(Ok(connection))));
    let failed = match ended {
        Ok((answer, Ok(()))) => {
            answers.push(answer);
            say(connection, "RELEASE job")?;
            return Ok(None);
        }
        Ok((answer, Err(error))) => {
            answers.push(answer);
            error
        }
        // The caller sees its channel dropped.
        Err(_) => StoreError::Faulted,
    };
    if !connection.is_autocommit() {
        say(connection, "ROLLBACK TO job")?;
        say(connection, "RELEASE job")?;
    }
    Ok(Some(failed))
}

/// One word of SQL that is said to the database for every job, so it is kept prepared.
fn say(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
