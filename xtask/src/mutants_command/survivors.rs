//! The list of mutants that need not be found, one a line with its reason.
//!
//! Invariant: a line without a reason counts for nothing. Places (line and column) are not told apart: they move.

use std::collections::BTreeMap;
use std::path::Path;

use crate::step;

/// Reasons by the mutant's name without its place.
pub struct Survivors(BTreeMap<String, String>);

/// Reads the list; none, and a word about it, where it cannot be read.
pub fn read(path: &Path) -> Option<Survivors> {
    let Ok(text) = std::fs::read_to_string(path) else {
        step::complain(&format!("cannot read {}", path.display()));
        return None;
    };
    match Survivors::parse(&text) {
        Ok(survivors) => Some(survivors),
        Err(line) => {
            step::complain(&format!("{}: no reason in {line:?}", path.display()));
            None
        }
    }
}

impl Survivors {
    fn parse(text: &str) -> Result<Self, String> {
        let mut reasons = BTreeMap::new();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, reason) = line.rsplit_once(" # ").ok_or(line)?;
            if reason.trim().is_empty() {
                return Err(line.to_owned());
            }
            reasons.insert(name.trim().to_owned(), reason.trim().to_owned());
        }
        Ok(Self(reasons))
    }

    /// Why this one, named with its place, need not be found.
    pub fn reason(&self, name: &str) -> Option<&str> {
        self.0.get(&without_place(name)).map(String::as_str)
    }
}

/// `file:line:column: change` as `file: change`.
fn without_place(name: &str) -> String {
    let mut parts = name.splitn(4, ':');
    let (file, _, _, change) = (parts.next(), parts.next(), parts.next(), parts.next());
    match (file, change) {
        (Some(file), Some(change)) => format!("{file}:{change}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Survivors;

    #[test]
    fn a_reason_is_found_wherever_the_mutant_has_moved_to() {
        let text = "# head\n\na/b.rs: replace X::f -> bool with true # equal by construction\n";
        let survivors = Survivors::parse(text).unwrap_or_else(|line| panic!("{line}"));
        let reason = survivors.reason("a/b.rs:12:5: replace X::f -> bool with true");
        assert_eq!(reason, Some("equal by construction"));
        for other in [
            "a/b.rs:12:5: replace X::f -> bool with false",
            "a/c.rs:12:5: replace X::f -> bool with true",
        ] {
            assert_eq!(survivors.reason(other), None, "{other}");
        }
        assert!(Survivors::parse("a/b.rs: replace f with ()").is_err());
        assert!(Survivors::parse("a/b.rs: replace f with () #  ").is_err());
    }
}
