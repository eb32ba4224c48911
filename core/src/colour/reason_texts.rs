//! A reason in words, also one that this version does not know: then the words are those that came with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Reason, ReasonId};
use crate::words::{self, Language};

/// Longest text that is shown, in characters.
const MAX_CHARS: usize = 500;

/// A reason in one language, as a receipt carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReasonText {
    /// The reason in a sentence.
    pub text: String,
    /// What to do.
    pub instruction: String,
}

crate::app_types! {
    describe as describe_reason_texts;

    /// A reason in words.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ReasonTexts {
        /// Stable id.
        pub id: String,
        /// The reason in a sentence, English.
        pub text_en: String,
        /// The reason in a sentence, Simplified Chinese.
        pub text_zh: String,
        /// What to do, English.
        pub instruction_en: String,
        /// What to do, Simplified Chinese.
        pub instruction_zh: String,
    }
}

impl ReasonTexts {
    /// The own words of a known reason; else the `carried` ones, by language (BCP 47), one language in the place of
    /// another; where there are none, that it is not known.
    #[must_use]
    pub fn new(reason: &ReasonId, carried: &BTreeMap<String, ReasonText>) -> Self {
        if let Some(reason) = reason.known() {
            return reason.into();
        }
        let english = carried_in(carried, Language::English, Language::Chinese);
        let chinese = carried_in(carried, Language::Chinese, Language::English);
        Self {
            id: reason.as_str().to_owned(),
            text_en: english.text,
            text_zh: chinese.text,
            instruction_en: english.instruction,
            instruction_zh: chinese.instruction,
        }
    }
}

impl From<Reason> for ReasonTexts {
    fn from(reason: Reason) -> Self {
        Self {
            id: reason.id().to_owned(),
            text_en: reason.text(Language::English).to_owned(),
            text_zh: reason.text(Language::Chinese).to_owned(),
            instruction_en: reason.instruction(Language::English).to_owned(),
            instruction_zh: reason.instruction(Language::Chinese).to_owned(),
        }
    }
}

impl ReasonText {
    /// The reason in every language that the core has words in, by tag (BCP 47): what a receipt carries.
    #[must_use]
    pub fn by_language(reason: Reason) -> BTreeMap<String, Self> {
        let text = |language: Language| Self {
            text: reason.text(language).to_owned(),
            instruction: reason.instruction(language).to_owned(),
        };
        let all = Language::ALL.into_iter();
        all.map(|language| (language.tag().to_owned(), text(language)))
            .collect()
    }

    /// Signed, but a screen has its limits.
    fn is_fit_to_show(&self) -> bool {
        [&self.text, &self.instruction].into_iter().all(|text| {
            !text.trim().is_empty()
                && text.chars().count() <= MAX_CHARS
                && !text.chars().any(char::is_control)
        })
    }
}

/// What was carried in a language, else in the other, else that the reason is not known.
fn carried_in(
    carried: &BTreeMap<String, ReasonText>,
    language: Language,
    other: Language,
) -> ReasonText {
    let shown = |language: Language| {
        let text = carried.get(language.tag());
        text.filter(|text| text.is_fit_to_show()).cloned()
    };
    let own = |id| words::text(id, language).unwrap_or_default().to_owned();
    shown(language)
        .or_else(|| shown(other))
        .unwrap_or_else(|| ReasonText {
            text: own("reason-unknown"),
            instruction: own("reason-unknown.instruction"),
        })
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Reason, ReasonId, ReasonText, ReasonTexts};

    fn carried(language: &str, text: &str) -> BTreeMap<String, ReasonText> {
        let text = ReasonText {
            text: text.to_owned(),
            instruction: "Do.".to_owned(),
        };
        BTreeMap::from([(language.to_owned(), text)])
    }

    #[test]
    fn a_known_reason_has_its_own_words_and_an_unknown_one_those_that_it_carries() {
        let known = ReasonTexts::new(&Reason::Fever.into(), &carried("en", "Other words."));
        assert_eq!(known, ReasonTexts::from(Reason::Fever));
        let id: ReasonId = serde_json::from_str("\"vaccination_lapsed\"").expect("an id");
        let told = ReasonTexts::new(&id, &carried("zh", "接种已过期。"));
        assert_eq!(
            (told.id.as_str(), told.text_zh.as_str()),
            ("vaccination_lapsed", "接种已过期。")
        );
        assert_eq!(told.text_en, "接种已过期。", "better than nothing");
        let long = "x".repeat(501);
        for unfit in [
            carried("ko", "a language that is not shown"),
            carried("en", &long),
            carried("en", "a\u{7}b"),
            carried("en", " "),
            BTreeMap::new(),
        ] {
            let told = ReasonTexts::new(&id, &unfit);
            assert!(told.text_en.contains("not known"), "{}", told.text_en);
            assert!(!told.instruction_zh.is_ascii());
        }
        let texts = ReasonTexts::from(Reason::Clear);
        let by_language = ReasonText::by_language(Reason::Clear);
        assert_eq!(by_language["zh"].instruction, texts.instruction_zh);
    }
}
