//! Files and folders, with errors that name them.

use std::path::{Path, PathBuf};

/// Reads a text.
pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| named(path, &error))
}

/// Writes a text; its folder must be there.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| named(path, &error))
}

/// Copies a file; makes the folder it goes to.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        make(folder)?;
    }
    std::fs::copy(from, to)
        .map(|_| ())
        .map_err(|error| named(from, &error))
}

/// Makes a folder and those above it.
pub fn make(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| named(folder, &error))
}

/// Makes a folder with nothing in it.
pub fn make_empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| named(folder, &error))?;
    }
    make(folder)
}

/// All files below a folder with this extension, sorted; none where there is no such folder.
pub fn with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = below(folder);
    found.retain(|file| file.extension().is_some_and(|found| found == extension));
    found
}

/// All files below a folder, sorted.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// As a class path.
pub fn class_path(jars: &[PathBuf]) -> String {
    let jars: Vec<_> = jars.iter().map(|jar| jar.display().to_string()).collect();
    jars.join(":")
}

fn named(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
