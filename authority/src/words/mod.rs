//! The texts that operators and officers read, a file a language; those of citizens' problems and errors are the core's.
//!
//! Invariant: every language has the same ids, one for each error of this program and each line that it says.

use health_code_core::words::Catalogue;

/// See the module.
pub static WORDS: Catalogue =
    Catalogue::without_marks([include_str!("zh.ftl"), include_str!("en.ftl")]);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use health_code_core::words::Language;

    use super::WORDS;
    use crate::errors::AuthorityError;
    use crate::store::StoreError;

    #[test]
    fn every_language_says_everything_and_nothing_else() {
        let errors = [AuthorityError::ENTRIES, StoreError::ENTRIES].concat();
        let errors: BTreeSet<_> = errors.iter().map(|entry| entry.code.to_owned()).collect();
        let lines = [
            include_str!("../cli/activation_code.rs"),
            include_str!("../cli/backup.rs"),
            include_str!("../cli/drafts.rs"),
            include_str!("../cli/find_citizen.rs"),
            include_str!("../cli/national/mod.rs"),
            include_str!("../cli/national/sign.rs"),
            include_str!("../cli/orders.rs"),
            include_str!("../cli/paper.rs"),
            include_str!("../cli/publish.rs"),
            include_str!("../cli/serve.rs"),
            include_str!("../cli/speech.rs"),
        ];
        let in_first: BTreeSet<_> = WORDS.ids(Language::ALL[0]).unwrap().into_iter().collect();
        for language in Language::ALL {
            let listed = WORDS.ids(language).unwrap();
            let distinct: BTreeSet<_> = listed.iter().cloned().collect();
            assert_eq!(
                distinct.len(),
                listed.len(),
                "{language:?}: an id stands twice"
            );
            assert_eq!(distinct, in_first, "{language:?}");
            assert!(errors.is_subset(&distinct));
            for id in distinct.difference(&errors) {
                let quoted = format!("\"{id}\"");
                assert!(lines.iter().any(|source| source.contains(&quoted)), "{id}");
            }
        }
    }
}
