//! What a guard compares with a document: as much of the person as the authority's policy lets a code say.
//!
//! Invariant: a name or a document of which the code says nothing is none, not an asterisk to be compared. Judges nothing.

use serde::Serialize;

use super::Verdict;
use super::masking::{NO_NAME, NO_TAIL};
use crate::words::{Language, screens::SCREENS};

crate::app_types! {
    describe as describe_person_to_compare;

    /// Of the person, what is to be compared with the document.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct PersonToCompare {
        /// The masked name; none where the code does not say it.
        pub name: Option<String>,
        /// The last characters of the document; none where the code does not say them.
        pub document_tail: Option<String>,
        /// What to compare, or that there is nothing, in a sentence for the guard.
        pub text: String,
    }
}

crate::hidden_debug!(PersonToCompare);

impl PersonToCompare {
    /// Of a verdict's masked name and last characters.
    #[must_use]
    pub fn of(masked_name: &str, document_tail: &str, language: Language) -> Self {
        let name = (masked_name != NO_NAME).then(|| masked_name.to_owned());
        let tail = (document_tail != NO_TAIL).then(|| document_tail.to_owned());
        let id = match (&name, &tail) {
            (Some(_), Some(_)) => "checkpoint-compare",
            (Some(_), None) => "checkpoint-compare-name",
            (None, Some(_)) => "checkpoint-compare-document",
            (None, None) => "checkpoint-compare-nothing",
        };
        Self {
            name,
            document_tail: tail,
            text: SCREENS.text(id, language).unwrap_or(id).to_owned(),
        }
    }
}

impl Verdict {
    /// What to compare; none where nothing of the code is to be believed.
    #[must_use]
    pub fn to_compare(&self, language: Language) -> Option<PersonToCompare> {
        let name = self.masked_name.as_deref()?;
        let tail = self.document_tail.as_deref()?;
        Some(PersonToCompare::of(name, tail, language))
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, PersonToCompare};

    #[test]
    fn what_a_code_does_not_say_is_not_compared_and_each_case_has_its_words() {
        for language in Language::ALL {
            let mut texts = std::collections::BTreeSet::new();
            for (name, tail, expected) in [
                ("欧**娜", "002X", (true, true)),
                ("*", "002X", (false, true)),
                ("欧*", "****", (true, false)),
                ("*", "****", (false, false)),
            ] {
                let compared = PersonToCompare::of(name, tail, language);
                let is_there = (compared.name.is_some(), compared.document_tail.is_some());
                assert_eq!(is_there, expected);
                assert!(!compared.text.starts_with("checkpoint-"), "{language:?}");
                texts.insert(compared.text);
            }
            assert_eq!(texts.len(), 4, "{language:?}");
        }
    }
}
