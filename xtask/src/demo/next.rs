//! What a person can do once the demo is over.

use std::path::Path;

use crate::Failure;
use crate::speech::Speech;

/// What the walk left in the folder of `--out`.
pub struct Kept<'a> {
    pub folder: &'a Path,
    /// When code-1 was made, Unix seconds.
    pub first_shown: i64,
    /// Whether there is a second code.
    pub has_second: bool,
}

/// Says it: commands are ready to paste, for the project's root folder.
pub fn tell(kept: Option<&Kept<'_>>, speech: &Speech) -> Result<(), Failure> {
    speech.say("")?;
    speech.tell("next")?;
    match kept {
        None => {
            speech.tell("next-keep")?;
            speech.say("cargo xtask demo --once --out target/demo")?;
        }
        Some(kept) => {
            let file = |name: &str| kept.folder.join(name).display().to_string();
            let (first, second) = (file("code-1.png"), file("code-2.png"));
            if kept.has_second {
                let pictures = [("first", first.as_str()), ("second", second.as_str())];
                speech.tell_with("next-pictures", &pictures)?;
            } else {
                speech.tell_with("next-picture", &[("first", &first)])?;
            }
            speech.tell("next-check")?;
            let folder = quoted(kept.folder);
            speech.say(&format!(
                "cargo xtask checkpoint --trust {folder}/trust-bundle.cbor --root \"$(cat {folder}/root-key.hex)\" \\\n  \
                 --status {folder}/status-list.cbor --at {} --image {folder}/code-1.png",
                kept.first_shown
            ))?;
        }
    }
    speech.tell("next-authority")?;
    speech.say("cargo xtask authority --data ./health-code-data")?;
    speech.tell("next-apps")?;
    speech.say("cargo xtask bindings")
}

/// As a shell takes it for one word.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-+=:@".contains(character);
    if !path.is_empty() && path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use std::path::Path;

    #[test]
    fn a_path_is_one_word_for_the_shell() {
        assert_eq!(quoted(Path::new("out/demo-1")), "out/demo-1");
        assert_eq!(quoted(Path::new("my codes")), "'my codes'");
        assert_eq!(quoted(Path::new("it's")), r"'it'\''s'");
    }
}
