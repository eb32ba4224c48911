//! Logs: one JSON line per event on standard error.
//!
//! Invariant: no id of a citizen or device, no body, no path, no query, no panic message reaches a log; a request
//! is named by its route's template and a random id. A log that cannot be written, for a full disk or a reader that has
//! gone or reads no more, holds up nothing: lines are dropped, and how many is told by the next one that can be written.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::errors::AuthorityError;

/// Lines that wait for a slow reader.
const WAITING: usize = 4_096;
/// Longest wait at the end for lines that were not written yet.
const FLUSH: Duration = Duration::from_secs(1);

static LINES: OnceLock<SyncSender<Entry>> = OnceLock::new();
static DROPPED: AtomicU64 = AtomicU64::new(0);

enum Entry {
    Line(Vec<u8>),
    /// Tells once everything before was written.
    Flush(SyncSender<()>),
}

/// Starts logging with `filter` (the syntax of `tracing`); for the process, once.
///
/// # Errors
/// [`AuthorityError::ConfigInvalid`] for a filter that cannot be read.
pub(crate) fn start(filter: &str) -> Result<(), AuthorityError> {
    let filter = EnvFilter::try_new(filter).map_err(|_| AuthorityError::ConfigInvalid {
        at: "log".to_owned(),
    })?;
    let (lines, waiting) = sync_channel(WAITING);
    if LINES.set(lines).is_ok() {
        let writer = std::thread::Builder::new().name("log".to_owned());
        // Without the thread every line is dropped.
        let _ = writer.spawn(move || write(&waiting, &mut std::io::stderr()));
    }
    // A second call in one process keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .log_internal_errors(false)
        .with_writer(Lines)
        .try_init();
    // The default hook prints the panic's message, which may quote the value that caused it.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |location| {
            format!("{}:{}", location.file(), location.line())
        });
        tracing::error!(place, "panic");
    }));
    Ok(())
}

/// Waits a little for what was not written yet.
pub(crate) fn flush() {
    let (tell, told) = sync_channel(1);
    if let Some(lines) = LINES.get()
        && lines.try_send(Entry::Flush(tell)).is_ok()
    {
        let _ = told.recv_timeout(FLUSH);
    }
}

fn write(waiting: &Receiver<Entry>, out: &mut impl Write) {
    while let Ok(entry) = waiting.recv() {
        match entry {
            Entry::Line(line) => {
                let dropped = DROPPED.swap(0, Ordering::Relaxed);
                if dropped > 0 {
                    let told = writeln!(
                        out,
                        "{{\"level\":\"WARN\",\"message\":\"lines of the log were dropped\",\"lines\":{dropped}}}"
                    );
                    if told.is_err() {
                        DROPPED.fetch_add(dropped, Ordering::Relaxed);
                    }
                }
                if out.write_all(&line).and_then(|()| out.flush()).is_err() {
                    DROPPED.fetch_add(1, Ordering::Relaxed);
                }
            }
            Entry::Flush(tell) => {
                let _ = tell.send(());
            }
        }
    }
}

/// Hands each line to the thread that writes.
struct Lines;

/// A line that is being made.
struct Line(Vec<u8>);

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(Vec::with_capacity(256))
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let line = Entry::Line(std::mem::take(&mut self.0));
        let is_sent = LINES
            .get()
            .is_some_and(|lines| lines.try_send(line).is_ok());
        if !is_sent {
            DROPPED.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, Result, Write};
    use std::sync::mpsc::sync_channel;

    use super::{DROPPED, Entry, write};

    /// A disk that is full at first.
    struct Full(usize, Vec<u8>);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            if self.0 > 0 {
                self.0 -= 1;
                return Err(Error::from(std::io::ErrorKind::StorageFull));
            }
            self.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_a_full_disk_took_are_counted_and_told() {
        let (lines, waiting) = sync_channel(8);
        for line in ["a\n", "b\n", "c\n"] {
            let line = Entry::Line(line.as_bytes().to_vec());
            assert!(lines.send(line).is_ok());
        }
        drop(lines);
        DROPPED.store(0, std::sync::atomic::Ordering::SeqCst);
        // The first line, then the second one's count and itself.
        let mut disk = Full(3, Vec::new());
        write(&waiting, &mut disk);
        let written = String::from_utf8(disk.1).expect("UTF-8");
        assert!(written.contains("\"lines\":2}\nc\n"), "{written}");
    }
}
