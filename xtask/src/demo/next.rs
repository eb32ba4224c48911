//! What a person can do once the demo is over.

use std::path::Path;

use health_code_core::words::Language;

use crate::words::line;

/// Says it; `first_shown` is when code-1 was made, Unix seconds.
pub fn tell(out: Option<&Path>, first_shown: i64, language: Language) {
    println!("\n  {}", line("next", language));
    let Some(out) = out else {
        let keep = line("next-keep", language);
        println!("    cargo xtask demo --once --out DIR    {keep}");
        let authority = line("next-authority", language);
        println!("    cargo xtask authority --data DIR     {authority}");
        return;
    };
    let folder = quoted(out);
    println!("    {}\n", line("next-check", language));
    println!(
        "cargo xtask checkpoint --trust {folder}/trust-bundle.cbor --root \"$(cat {folder}/root-key.hex)\" \\\n  \
         --status {folder}/status-list.cbor --at {first_shown} --image {folder}/code-1.png"
    );
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
