//! What the program itself says, a file a language. Of verdicts and bundles the core's words tell.

use health_code_core::words::{Catalogue, Language, text_of_code};

/// See the module.
pub static WORDS: Catalogue =
    Catalogue::without_marks([include_str!("zh.ftl"), include_str!("en.ftl")]);

/// The text of a stable code, the program's own or the core's.
pub fn text(code: &'static str, language: Language) -> &'static str {
    let own = WORDS.text(code, language);
    own.or_else(|| text_of_code(code, language)).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use health_code_core::words::Language;

    use super::{WORDS, text};
    use crate::picture::ReadingError;
    use crate::{FileError, Notice};

    #[test]
    fn every_language_says_everything_and_nothing_else() {
        let errors = [FileError::ENTRIES, Notice::ENTRIES, ReadingError::ENTRIES].concat();
        let codes: BTreeSet<_> = errors.iter().map(|entry| entry.code.to_owned()).collect();
        for language in Language::ALL {
            let ids = WORDS.ids(language).expect("readable");
            assert_eq!(ids.len(), codes.len(), "{language:?}");
            assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), codes);
        }
        let code = "picture_unreadable";
        assert_ne!(text(code, Language::Chinese), text(code, Language::English));
        assert!(!text("bundle_expired", Language::Chinese).is_ascii());
    }
}
