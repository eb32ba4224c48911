//! What the demo tells, a file a language.
//!
//! Invariant: a line that is asked for is there in every language.

use health_code_core::words::{Catalogue, FluentArgs, Language};

static WORDS: Catalogue =
    Catalogue::without_marks([include_str!("zh.ftl"), include_str!("en.ftl")]);

/// The line with this id.
pub fn line(id: &'static str, language: Language) -> &'static str {
    WORDS.text(id, language).unwrap_or(id)
}

/// The line with this id and these arguments in it.
pub fn line_with(id: &str, arguments: &[(&'static str, &str)], language: Language) -> String {
    let mut named = FluentArgs::new();
    for (name, value) in arguments {
        named.set(*name, *value);
    }
    let text = WORDS.format(id, &named, language);
    text.unwrap_or_else(|| format!("{id}: {arguments:?}"))
}

/// The line with this id and these counts in it, each in its plural form.
pub fn line_of_counts(id: &str, counts: &[(&'static str, u32)], language: Language) -> String {
    let mut arguments = FluentArgs::new();
    for (name, count) in counts {
        arguments.set(*name, *count);
    }
    let text = WORDS.format(id, &arguments, language);
    text.unwrap_or_else(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Language, WORDS, line, line_of_counts, line_with};

    #[test]
    fn every_line_is_there_in_every_language() {
        let sources = [
            include_str!("../code_screen.rs"),
            include_str!("../main.rs"),
            include_str!("../next.rs"),
            include_str!("../out_folder.rs"),
            include_str!("../story.rs"),
        ];
        for language in Language::ALL {
            let ids = WORDS.ids(language).expect("readable");
            let distinct: BTreeSet<_> = ids.iter().collect();
            assert_eq!(distinct.len(), ids.len());
            for id in ids {
                let quoted = format!("\"{id}\"");
                assert!(
                    sources.iter().any(|source| source.contains(&quoted)),
                    "{id}"
                );
            }
        }
        assert_eq!(line("held", Language::English), "All of it held.");
        let day = line_with(
            "earliest-green",
            &[("day", "2020-03-01")],
            Language::Chinese,
        );
        assert_eq!(day, "最早 2020-03-01 转为绿码");
        let synced = line_of_counts(
            "synced",
            &[("uploads", 1), ("bundles", 5)],
            Language::English,
        );
        assert_eq!(synced, "one upload sent, 5 bundles checked");
    }
}
