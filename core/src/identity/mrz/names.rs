//! The names in a zone: surname, two fillers, given names.
//!
//! Invariant: a name that reaches the end of its field is told as perhaps cut, since the zone does not say (part 3, section
//! 4.6).

/// Names as they stand.
pub(super) struct Name {
    pub(super) surname: String,
    pub(super) given_names: String,
    pub(super) is_cut: bool,
}

/// Reads a field of letters and fillers.
pub(super) fn read(field: &str) -> Name {
    let name = field.trim_end_matches('<');
    // Two fillers that nothing follows are the end of a surname alone.
    let (surname, given_names) = name.split_once("<<").unwrap_or((name, ""));
    let words = |part: &str| {
        let words = part.split('<').filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    Name {
        surname: words(surname),
        given_names: words(given_names),
        is_cut: !field.is_empty() && name.len() == field.len(),
    }
}
