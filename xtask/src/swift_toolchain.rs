//! Finds Swift, or installs one where there is none: the machine's own, else Debian 13's in a
//! folder of its own that commands are run in with chroot.
//!
//! Invariant: nothing here changes the machine but the cache folder and, where it installs, Debian's
//! packages debootstrap and debian-archive-keyring; a run in the chroot leaves no mount and no
//! process behind, however it ends.

mod chroot;
mod install;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::step;

/// What a version's line has before the number, on every system. (OpenStack has a `swift` too.)
const NAME: &str = "Swift version ";
/// The oldest that reads our packages.
const OLDEST: u32 = 6;
/// Where a system keeps them.
const FONTS: &str = "/usr/share/fonts";

/// A Swift that works.
pub enum SwiftToolchain {
    /// `swift` as the caller's shell finds it.
    OnPath,
    /// Debian 13 with its package swiftlang, in this folder.
    InChroot(PathBuf),
}

impl SwiftToolchain {
    /// The machine's own Swift, or one installed before, or one installed now (Debian, root); says
    /// which. The error says what a person can do.
    pub fn find_or_install() -> Result<Self, String> {
        let own = Self::OnPath;
        if let Ok(line) = own.version_line() {
            if major(&line).is_some_and(|major| major >= OLDEST) {
                step::note(&line);
                return Ok(own);
            }
            step::note(&format!("too old, looking for another: {line}"));
        }
        let folder = install::folder()?;
        if !folder.exists() {
            install::install(&folder)?;
        } else if !install::is_root() {
            return Err(format!(
                "{} can only be used by root; install Swift {OLDEST} or later from https://swift.org/install.",
                folder.display()
            ));
        }
        let installed = Self::InChroot(folder);
        let line = installed.version_line()?;
        step::note(&line);
        Ok(installed)
    }

    /// What `swift --version` calls itself.
    pub fn version_line(&self) -> Result<String, String> {
        match self {
            Self::OnPath => version_of(Command::new("swift").arg("--version")),
            Self::InChroot(root) => version_of(&mut chroot::inside(
                root,
                &[],
                Path::new("/"),
                "swift",
                &["--version"],
            ))
            .map_err(|error| {
                format!(
                    "the Swift in {} does not run (delete the folder to install it anew): {error}",
                    root.display()
                )
            }),
        }
    }

    /// `swift arguments`, to be started in the folder `package` of `work_tree`.
    ///
    /// An environment variable set on the command reaches Swift (in the chroot all but `HOME`,
    /// `PATH` and `TMPDIR`). The chroot shows, at their own paths, the work tree, the folder for
    /// temporary files, the folder of this very program and the fonts; it shares the network. Start the
    /// command from a thread that waits for it: it is ended with the thread that started it.
    pub fn command(
        &self,
        work_tree: &Path,
        package: &Path,
        arguments: &[&str],
    ) -> Result<Command, String> {
        self.program("swift", work_tree, package, arguments)
    }

    /// `swiftc`, the compiler by itself, likewise: arguments are whoever's to add.
    pub fn compiler(&self, work_tree: &Path, package: &Path) -> Result<Command, String> {
        self.program("swiftc", work_tree, package, &[])
    }

    fn program(
        &self,
        name: &str,
        work_tree: &Path,
        package: &Path,
        arguments: &[&str],
    ) -> Result<Command, String> {
        let package = work_tree.join(package);
        if !work_tree.is_absolute() || !package.starts_with(work_tree) || !package.is_dir() {
            return Err(format!(
                "no folder {} in the work tree {}",
                package.display(),
                work_tree.display()
            ));
        }
        Ok(match self {
            Self::OnPath => {
                let mut command = Command::new(name);
                command.current_dir(&package).args(arguments);
                command
            }
            Self::InChroot(root) => {
                let mut shown = vec![work_tree.to_owned(), std::env::temp_dir()];
                // Cargo puts all of the workspace's programs there, perhaps not in the work tree.
                let program = std::env::current_exe().ok();
                shown.extend(program.and_then(|program| Some(program.parent()?.to_owned())));
                // The desk prints sheets with the machine's fonts.
                shown.extend(Some(PathBuf::from(FONTS)).filter(|fonts| fonts.is_dir()));
                chroot::inside(root, &shown, &package, name, arguments)
            }
        })
    }
}

/// The line of `swift --version` that has the version.
fn version_of(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("could not start: {error}"))?;
    let output_text = String::from_utf8_lossy(&output.stdout);
    let line = output_text.lines().find(|line| line.contains(NAME));
    match line {
        Some(line) if output.status.success() => Ok(line.trim().to_owned()),
        _ => Err(format!(
            "{}: {output_text}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        )),
    }
}

/// The 6 of `Swift version 6.0.3 (...)`.
fn major(line: &str) -> Option<u32> {
    let (_, number) = line.split_once(NAME)?;
    number.split(['.', ' ', '-']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("Swift version 6.0.3 (swift-6.0.3-RELEASE)"), Some(6));
        assert_eq!(
            major(
                "swift-driver version: 1.127.14.1 Apple Swift version 6.2 (swiftlang-6.2.0.19.9)"
            ),
            Some(6)
        );
        assert_eq!(
            major("Swift version 5.10-dev (LLVM abc, Swift def)"),
            Some(5)
        );
        assert_eq!(major("python-swiftclient 4.1.0"), None);
    }
}
