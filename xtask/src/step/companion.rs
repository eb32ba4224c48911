//! Programs that run beside this one: a server, windows.
//!
//! Invariant: whatever ends this process ends them and all that they started ([`crate::supervise`]).

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::child::supervised;

/// A program beside this one; dropping it ends it and waits for its end.
pub struct Companion {
    child: Child,
    /// Apart from the child, since waiting for one closes its standard input.
    lifeline: Option<ChildStdin>,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Companion {
    /// Starts `command`, what it says goes where ours goes.
    pub fn start(command: &Command) -> io::Result<Self> {
        Self::spawn(supervised(command))
    }

    /// Starts `command`: its standard output comes here, its standard error goes to `log`.
    pub fn start_server(command: &Command, log: File) -> io::Result<Self> {
        let mut supervisor = supervised(command);
        supervisor.stdout(Stdio::piped()).stderr(log);
        Self::spawn(supervisor)
    }

    fn spawn(mut supervisor: Command) -> io::Result<Self> {
        supervisor.stdin(Stdio::piped());
        let mut child = supervisor.spawn()?;
        let lifeline = child.stdin.take();
        let stdout = child.stdout.take().map(BufReader::new);
        Ok(Self {
            child,
            lifeline,
            stdout,
        })
    }

    /// What follows `prefix` on the first line that begins with it; none where the program ended before.
    pub fn line_after(&mut self, prefix: &str) -> Option<String> {
        let stdout = self.stdout.as_mut()?;
        for line in stdout.lines() {
            if let Some(rest) = line.ok()?.strip_prefix(prefix) {
                return Some(rest.to_owned());
            }
        }
        None
    }

    /// Waits until it has ended by itself; whether well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().is_ok_and(|status| status.success())
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = self.child.wait();
    }
}
