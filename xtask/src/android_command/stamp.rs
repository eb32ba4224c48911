//! Leaves out what was done before with the same inputs.
//!
//! Invariant: a stamp is written after the work, with what the inputs were before it.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use super::files;

/// Does `work` unless `stamp` says that it was done with these inputs (files, folders, and a text of options).
pub fn unless_done(
    stamp: &Path,
    inputs: &[PathBuf],
    options: &str,
    work: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let now = state(inputs, options);
    if std::fs::read_to_string(stamp).is_ok_and(|before| before == now) {
        return Ok(());
    }
    let _ = std::fs::remove_file(stamp);
    work()?;
    files::write(stamp, &now)
}

fn state(inputs: &[PathBuf], options: &str) -> String {
    let mut hasher = DefaultHasher::new();
    options.hash(&mut hasher);
    for input in inputs {
        let files = if input.is_dir() {
            files::below(input)
        } else {
            vec![input.clone()]
        };
        for file in files {
            file.hash(&mut hasher);
            std::fs::read(&file).unwrap_or_default().hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::{files, unless_done};

    #[test]
    fn work_is_done_again_when_an_input_an_option_or_the_last_attempt_differs() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        files::make_empty(&folder).expect("made");
        let (input, stamp) = (folder.join("input"), folder.join("stamp"));
        let done = |options: &str, well: bool| {
            let mut ran = false;
            let result = unless_done(&stamp, std::slice::from_ref(&input), options, || {
                ran = true;
                if well {
                    Ok(())
                } else {
                    Err("failed".to_owned())
                }
            });
            assert_eq!(result.is_ok(), well || !ran);
            ran
        };
        files::write(&input, "one").expect("written");
        assert!(done("a", true), "never done");
        assert!(!done("a", true), "the same");
        assert!(done("b", true), "other options");
        files::write(&input, "two").expect("written");
        assert!(done("b", false), "other content");
        assert!(done("b", true), "it failed before");
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
