//! Processes that end with the demo, however it ends: started by `xtask supervise`, which waits for the closing of a pipe.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The program that supervises.
#[derive(Clone)]
pub struct Supervisor(PathBuf);

/// A supervised process; dropping it ends it and waits for its end.
pub struct Supervised(Child);

impl Supervisor {
    /// The supervisor at `program`.
    pub fn new(program: &Path) -> Self {
        Self(program.to_owned())
    }

    /// Starts `program`, its standard output piped here. It is killed at its end, as if its power were cut.
    pub fn start(
        &self,
        program: &Path,
        arguments: &[&str],
        stderr: File,
    ) -> io::Result<(Supervised, ChildStdout)> {
        let mut supervisor = self.command();
        supervisor.args(["--grace-ms", "0", "--"]);
        supervisor.arg(program).args(arguments);
        let mut child = supervisor.stdout(Stdio::piped()).stderr(stderr).spawn()?;
        let stdout = child.stdout.take();
        let supervised = Supervised(child);
        let stdout = stdout.ok_or_else(|| io::Error::other("no standard output"))?;
        Ok((supervised, stdout))
    }

    /// Has `folder` deleted when the demo ends.
    pub fn remove_at_the_end(&self, folder: &Path) -> io::Result<Supervised> {
        let child = self.command().arg("--remove").arg(folder).spawn()?;
        Ok(Supervised(child))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.arg("supervise").stdin(Stdio::piped());
        // Ctrl-C is for the demo; what is supervised ends after it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
