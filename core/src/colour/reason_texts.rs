//! A reason in words, also one that this version does not know: then the words are those that came with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Reason, ReasonId};
use crate::words::{self, Language, LanguageTag};

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
        /// The reason in a sentence.
        pub text: String,
        /// What to do.
        pub instruction: String,
    }
}

impl ReasonTexts {
    /// The own words of a known reason; else the one of those `carried` that is nearest to the reader's language; where
    /// there are none, that it is not known.
    #[must_use]
    pub fn new(
        reason: &ReasonId,
        carried: &BTreeMap<String, ReasonText>,
        language: &LanguageTag,
    ) -> Self {
        if let Some(reason) = reason.known() {
            return Self::known(reason, language.words());
        }
        let own = |id| {
            words::text(id, language.words())
                .unwrap_or_default()
                .to_owned()
        };
        let shown = words::nearest(carried, language, ReasonText::is_fit_to_show).cloned();
        let shown = shown.unwrap_or_else(|| ReasonText {
            text: own("reason-unknown"),
            instruction: own("reason-unknown.instruction"),
        });
        Self {
            id: reason.as_str().to_owned(),
            text: shown.text,
            instruction: shown.instruction,
        }
    }

    /// The own words of a reason.
    #[must_use]
    pub fn known(reason: Reason, language: Language) -> Self {
        Self {
            id: reason.id().to_owned(),
            text: reason.text(language).to_owned(),
            instruction: reason.instruction(language).to_owned(),
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

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Language, LanguageTag, Reason, ReasonId, ReasonText, ReasonTexts};

    fn carried(language: &str, text: &str) -> BTreeMap<String, ReasonText> {
        let text = ReasonText {
            text: text.to_owned(),
            instruction: "Do.".to_owned(),
        };
        BTreeMap::from([(language.to_owned(), text)])
    }

    #[test]
    fn a_known_reason_has_its_own_words_and_an_unknown_one_those_that_it_carries() {
        let (english, korean) = (LanguageTag::default(), LanguageTag::new("ko-KR"));
        let words = carried("en", "Other words.");
        let known = ReasonTexts::new(&Reason::Fever.into(), &words, &english);
        assert_eq!(known, ReasonTexts::known(Reason::Fever, Language::English));
        let id: ReasonId = serde_json::from_str("\"vaccination_lapsed\"").expect("an id");
        let mut both = carried("zh", "接种已过期。");
        let texts = ReasonTexts::new(&id, &both, &english);
        assert_eq!(
            (texts.id.as_str(), texts.text.as_str()),
            ("vaccination_lapsed", "接种已过期。"),
            "better than nothing"
        );
        both.extend(carried("ko", "접종이 만료되었습니다."));
        let texts = ReasonTexts::new(&id, &both, &korean);
        assert_eq!(texts.text, "접종이 만료되었습니다.");
        let long = "x".repeat(501);
        for unfit in [
            carried("en", &long),
            carried("en", "a\u{7}b"),
            carried("en", " "),
            BTreeMap::new(),
        ] {
            let texts = ReasonTexts::new(&id, &unfit, &english);
            assert!(texts.text.contains("not known"), "{}", texts.text);
            let texts = ReasonTexts::new(&id, &unfit, &Language::Chinese.into());
            assert!(!texts.instruction.is_ascii());
        }
        let texts = ReasonTexts::known(Reason::Clear, Language::Chinese);
        let by_language = ReasonText::by_language(Reason::Clear);
        assert_eq!(by_language["zh"].instruction, texts.instruction);
    }
}
