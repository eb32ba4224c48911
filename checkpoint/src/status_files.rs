//! The status lists in the files and folders that the program is given.
//!
//! Invariant: what cannot be used is told and left out, and stops nothing else. A folder stands for the files in it, not for
//! those in folders below; what begins with a dot is passed over.

use std::path::{Path, PathBuf};

use health_code_core::code::Checkpoint;
use health_code_core::trust::{MAX_BUNDLE_BYTES, StatusList};

use crate::{FileError, read_file};

/// A file that is of no use.
pub struct Unused {
    pub file: PathBuf,
    /// A stable code.
    pub reason: &'static str,
}

/// Has `checkpoint` take the lists that can be opened at `at` (Unix seconds); tells which cannot.
pub fn read_status_files(named: &[PathBuf], checkpoint: &Checkpoint, at: i64) -> Vec<Unused> {
    let (mut unused, mut opened) = (Vec::new(), Vec::new());
    for path in named {
        for file in files(path) {
            match open(&file, checkpoint, at) {
                Ok(list) => opened.push((list, file)),
                Err(reason) => unused.push(Unused { file, reason }),
            }
        }
    }
    // A base first, then what follows on it, in whichever order they were named.
    opened.sort_by_key(|(list, _)| list.span());
    for (list, file) in opened {
        if let Err(error) = checkpoint.add_status_list(list) {
            let reason = error.code();
            unused.push(Unused { file, reason });
        }
    }
    unused
}

fn open(file: &Path, checkpoint: &Checkpoint, at: i64) -> Result<StatusList, &'static str> {
    let bytes = read_file(file, MAX_BUNDLE_BYTES as u64);
    let bytes = bytes.map_err(|_| FileError::StatusUnreadable.code())?;
    StatusList::open(&bytes, checkpoint.trust(), at, 0).map_err(|error| error.code())
}

/// The file, or those in the folder, by name; the folder itself where it cannot be read, or not to its end.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    let is_hidden = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        name.as_encoded_bytes().starts_with(b".")
    };
    let mut files = Vec::new();
    for entry in entries {
        let Ok(entry) = entry else {
            files.push(path.to_owned());
            break;
        };
        let file = entry.path();
        if file.is_file() && !is_hidden(&file) {
            files.push(file);
        }
    }
    files.sort();
    files
}
