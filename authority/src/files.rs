//! Reading and writing the few files of the data folder.
//!
//! Invariant: a secret is written with mode 600 before its first byte, never over an existing file, and
//! synced with its name before the call returns. Knows nothing about what is in a file.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::errors::AuthorityError;

fn at(path: &Path) -> String {
    path.display().to_string()
}

/// Refuses what is no file that can be opened.
pub(crate) fn check_readable(path: &Path) -> Result<(), AuthorityError> {
    let metadata = File::open(path).and_then(|file| file.metadata());
    match metadata {
        Ok(metadata) if !metadata.is_dir() => Ok(()),
        _ => Err(AuthorityError::FileUnreadable { at: at(path) }),
    }
}

/// Reads at most `cap` bytes; a longer file is refused.
pub(crate) fn read_capped(path: &Path, cap: u64) -> Result<Vec<u8>, AuthorityError> {
    let unreadable = |_| AuthorityError::FileUnreadable { at: at(path) };
    let mut bytes = Vec::new();
    File::open(path)
        .map_err(unreadable)?
        .take(cap + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > cap {
        return Err(AuthorityError::FileUnreadable { at: at(path) });
    }
    Ok(bytes)
}

/// Reads a secret of at most 4 KiB; refuses a file that group or others can read.
pub(crate) fn read_secret(path: &Path) -> Result<Zeroizing<String>, AuthorityError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata =
            fs::metadata(path).map_err(|_| AuthorityError::FileUnreadable { at: at(path) })?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(AuthorityError::KeyFileExposed { at: at(path) });
        }
    }
    let bytes = Zeroizing::new(read_capped(path, 4096)?);
    let text =
        std::str::from_utf8(&bytes).map_err(|_| AuthorityError::KeyInvalid { at: at(path) })?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Makes the names in the folder of `path` durable: a file that was synced can still be lost with its name.
fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // Windows cannot open a folder and needs no such sync.
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

/// A new file of mode 600.
pub(crate) fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Gives the synced file `part` the name `path`, which nothing has.
pub(crate) fn publish_new(part: &Path, path: &Path) -> Result<(), AuthorityError> {
    let unwritable = |_| AuthorityError::FileUnwritable { at: at(path) };
    // A second name is refused where there is one; a renaming would take its place.
    match fs::hard_link(part, path) {
        Ok(()) => fs::remove_file(part).map_err(unwritable)?,
        // A file system without second names.
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists && !path.exists() => {
            fs::rename(part, path).map_err(unwritable)?;
        }
        Err(error) => return Err(unwritable(error)),
    }
    sync_folder_of(path).map_err(unwritable)
}

/// Writes a new file with mode 600; refuses to overwrite.
pub(crate) fn write_secret(path: &Path, content: &[u8]) -> Result<(), AuthorityError> {
    let unwritable = |_| AuthorityError::FileUnwritable { at: at(path) };
    let mut file = create_private(path).map_err(unwritable)?;
    file.write_all(content).map_err(unwritable)?;
    file.sync_all().map_err(unwritable)?;
    sync_folder_of(path).map_err(unwritable)
}

/// Appends a line to a file of mode 600; it is on disk when this returns.
pub(crate) fn append_line(path: &Path, line: &str) -> Result<(), AuthorityError> {
    let unwritable = |_| AuthorityError::FileUnwritable { at: at(path) };
    let is_new = !path.exists();
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(unwritable)?;
    file.write_all(format!("{line}\n").as_bytes())
        .map_err(unwritable)?;
    file.sync_all().map_err(unwritable)?;
    if is_new {
        sync_folder_of(path).map_err(unwritable)?;
    }
    Ok(())
}

/// Replaces a public file in one step: readers see the old or the new one.
pub(crate) fn write_public(path: &Path, content: &[u8]) -> Result<(), AuthorityError> {
    let unwritable = |_| AuthorityError::FileUnwritable { at: at(path) };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part).map_err(unwritable)?;
    file.write_all(content).map_err(unwritable)?;
    file.sync_all().map_err(unwritable)?;
    drop(file);
    fs::rename(&part, path).map_err(unwritable)?;
    sync_folder_of(path).map_err(unwritable)
}

/// Makes a folder that only its owner can enter.
pub(crate) fn make_private_folder(path: &Path) -> Result<(), AuthorityError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
        .create(path)
        .map_err(|_| AuthorityError::FileUnwritable { at: at(path) })
}
