//! The numbering plans of the world's countries, in little space.
//!
//! Invariant: `data/phone-plans.txt` is made from a library's metadata and never written by hand; a test compares it and
//! the answers with that library's. Knows how long numbers are and how they begin, not whose they are.

use regex_lite::Regex;

/// A line for each country's code: code, trunk prefix (`-` for none), pattern of a whole national number.
const PLANS: &str = include_str!("../../data/phone-plans.txt");
/// The code of the mainland, whose numbers are judged and written as they are dialled at home.
pub(super) const HOME: &str = "86";

/// Numbers behind one country's code. Several countries may share it.
pub(super) struct Plan {
    /// What is dialled before a number within the country, and not from abroad.
    trunk: Option<&'static str>,
    pattern: Regex,
}

impl Plan {
    pub(super) fn for_country(code: &str) -> Option<Self> {
        let mut lines = PLANS.lines().filter(|line| !line.starts_with('#'));
        let line = lines.find_map(|line| line.strip_prefix(code)?.strip_prefix(' '))?;
        let (trunk, pattern) = line.split_once(' ')?;
        Some(Self {
            trunk: Some(trunk).filter(|trunk| *trunk != "-"),
            pattern: Regex::new(&format!(r"\A(?:{pattern})\z")).ok()?,
        })
    }

    /// The number within the country, without a trunk prefix that was typed all the same (`+44 (0)20 ...`).
    pub(super) fn national<'a>(&self, number: &'a str) -> Option<&'a str> {
        let fits = |number: &&str| self.pattern.is_match(number);
        let without = self.trunk.and_then(|trunk| number.strip_prefix(trunk));
        without.filter(fits).or_else(|| Some(number).filter(fits))
    }
}

/// A country's code and what follows it. No code begins with another, so there is at most one.
pub(super) fn split(number: &str) -> Option<(&str, &str)> {
    (1..=3).find_map(|length| {
        let (code, national) = number.split_at_checked(length)?;
        let named = |line: &str| {
            line.strip_prefix(code)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        PLANS.lines().any(named).then_some((code, national))
    })
}
