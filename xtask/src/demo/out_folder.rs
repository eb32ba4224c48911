//! The folder of `--out`.
//!
//! Invariant: one that cannot be written to is told before the walk, with its path and what to do. Pictures are whole or not
//! there; `result.json` is empty until the walk ends. Without `--out` nothing is kept.

use std::io;
use std::path::{Path, PathBuf};

use crate::speech::Speech;
use crate::{Failure, words};

/// Where the walk leaves its files, if anywhere.
pub struct OutFolder(Option<PathBuf>);

/// Made anew at the end of each walk; an old one would speak of another.
const RESULT: &str = "result.json";

impl OutFolder {
    /// Makes the folder and sees whether it takes files.
    pub fn prepare(folder: Option<&Path>, speech: &Speech) -> Result<Self, Failure> {
        let Some(folder) = folder else {
            return Ok(Self(None));
        };
        let made = std::fs::create_dir_all(folder);
        made.and_then(|()| std::fs::write(folder.join(RESULT), b""))
            .map_err(|error| unusable(folder, &error, speech))?;
        Ok(Self(Some(folder.to_owned())))
    }

    /// The folder.
    pub fn path(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// Puts a file there.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        match &self.0 {
            Some(folder) => write_whole(&folder.join(name), bytes),
            None => Ok(()),
        }
    }

    /// What happened, for programs.
    pub fn write_result(&self, json: &[u8]) -> Result<(), Failure> {
        self.write(RESULT, json)
    }
}

/// Writes a file that readers see whole, before and after.
pub fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let part = file.with_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, file))
        .map_err(|error| format!("{}: {error}", file.display()).into())
}

fn unusable(folder: &Path, error: &io::Error, speech: &Speech) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::PermissionDenied => "no-permission",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => "not-a-folder",
        io::ErrorKind::StorageFull => "storage-full",
        _ => "not-writable",
    };
    let path = folder.display().to_string();
    let reason = words::line(reason, speech.language());
    let arguments = [("path", path.as_str()), ("reason", reason)];
    words::line_with("out-unusable", &arguments, speech.language()).into()
}
