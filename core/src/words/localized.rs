//! A text that signed data bring along, in as many languages as their author wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::language_tag::is_tag;
use super::{Language, LanguageTag};
use crate::sorting;

/// Most languages of one text.
pub(crate) const MAX_LANGUAGES: usize = 32;

/// A text by language: in JSON an object from BCP 47 tags to texts, such as `{"en": "Name", "zh": "姓名"}`.
/// A tag stands once; of any languages, 32 at most. Copies share the texts: each verdict names its region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalizedText(Arc<BTreeMap<String, String>>);

impl LocalizedText {
    /// The two languages that every text of an authority has.
    pub const REQUIRED: [&'static str; 2] = [Language::English.tag(), Language::Chinese.tag()];

    /// A text in English and Chinese.
    #[must_use]
    pub fn new(english: &str, chinese: &str) -> Self {
        let [en, zh] = Self::REQUIRED;
        let texts = [(en, english), (zh, chinese)];
        Self(Arc::new(sorting::gather(
            texts.map(|(tag, text)| (tag.to_owned(), text.to_owned())),
        )))
    }

    /// In exactly the language with this tag.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.0.get(tag).map(String::as_str)
    }

    /// The text for a reader of this language: in exactly that one, in the one with as many of its subtags as there is
    /// (RFC 4647, 3.4: `zh-Hant-HK`, `zh-Hant`, `zh`), in another with its primary subtag, in English, in any; empty where
    /// there is none at all.
    #[must_use]
    pub fn for_tag(&self, tag: &LanguageTag) -> &str {
        nearest(&self.0, tag, |_| true).map_or("", String::as_str)
    }

    /// Adds a language. False, and nothing changed, for what is no tag, for one that is there and for one too many.
    pub(crate) fn add(&mut self, tag: String, text: String) -> bool {
        let is_added = is_tag(&tag) && self.0.len() < MAX_LANGUAGES && !self.0.contains_key(&tag);
        if is_added {
            Arc::make_mut(&mut self.0).insert(tag, text);
        }
        is_added
    }

    /// Tags and texts, in the order of the tags.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// The first language that is missing of those required, or whose text is blank or longer than `most_chars`.
    #[must_use]
    pub fn faulty_language(&self, most_chars: usize) -> Option<&str> {
        let missing = Self::REQUIRED
            .into_iter()
            .find(|tag| self.get(tag).is_none());
        let faulty = || {
            self.iter()
                .find(|(_, text)| text.trim().is_empty() || text.chars().count() > most_chars)
        };
        missing.or_else(|| faulty().map(|(tag, _)| tag))
    }
}

/// Of texts by tag, those that are `fit`, the one for a reader of `tag`: as [`LocalizedText::for_tag`] says.
pub(crate) fn nearest<'a, T>(
    texts: &'a BTreeMap<String, T>,
    tag: &LanguageTag,
    is_fit: impl Fn(&T) -> bool,
) -> Option<&'a T> {
    let fit = || texts.iter().filter(|(_, text)| is_fit(text));
    let named = |wanted: &str| fit().find(|(found, _)| found.eq_ignore_ascii_case(wanted));
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let wanted = tag.as_str();
    let shorter = wanted.match_indices('-').rev();
    let mut ranges = std::iter::once(wanted).chain(shorter.map(|(end, _)| &wanted[..end]));
    ranges
        .find_map(named)
        .or_else(|| fit().find(|(found, _)| primary(found) == primary(wanted)))
        .or_else(|| named(Language::English.tag()))
        .or_else(|| fit().next())
        .map(|(_, text)| text)
}

impl FromIterator<(String, String)> for LocalizedText {
    /// Takes what is a text of a language; the rest, and what is beyond 32 languages, is left out.
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        let mut all = Self::default();
        for (tag, text) in texts {
            all.add(tag, text);
        }
        all
    }
}

impl Serialize for LocalizedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LocalizedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;

        impl<'de> Visitor<'de> for Texts {
            type Value = LocalizedText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object from language tags to texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LocalizedText, A::Error> {
                let mut texts = LocalizedText::default();
                while let Some((tag, text)) = map.next_entry::<String, String>()? {
                    if !texts.add(tag, text) {
                        return Err(A::Error::custom("no language tag, one twice, or too many"));
                    }
                }
                Ok(texts)
            }
        }

        deserializer.deserialize_map(Texts)
    }
}

#[cfg(test)]
mod tests {
    use super::{LanguageTag, LocalizedText};

    fn read(json: &str) -> Result<LocalizedText, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let text = read(r#"{"en": "Name", "zh": "姓名", "zh-Hant": "姓名（繁）", "ko": "이름", "pt-BR": "Nome"}"#)
            .expect("a text");
        let for_tag =
            |text: &LocalizedText, tag: &str| text.for_tag(&LanguageTag::new(tag)).to_owned();
        for (tag, expected) in [
            ("en", "Name"),
            ("en-GB", "Name"),
            ("zh_CN", "姓名"),
            ("zh-Hant", "姓名（繁）"),
            ("zh-hant-HK", "姓名（繁）"),
            ("zh-TW", "姓名"),
            ("pt-PT", "Nome"),
            ("ko-KR", "이름"),
            ("ar", "Name"),
            ("", "Name"),
        ] {
            assert_eq!(for_tag(&text, tag), expected, "{tag}");
        }
        let french = read(r#"{"fr": "Nom"}"#).expect("a text");
        assert_eq!(for_tag(&french, "de"), "Nom");
        assert_eq!(for_tag(&LocalizedText::default(), "en"), "");
    }

    #[test]
    fn what_an_app_hands_over_never_fails() {
        let texts = [("en", "a"), ("", "b"), ("not a tag", "c")];
        let texts = texts.map(|(tag, text)| (tag.to_owned(), text.to_owned()));
        let text: LocalizedText = texts.into_iter().collect();
        assert_eq!(text.iter().collect::<Vec<_>>(), [("en", "a")]);
        let many = (0..99).map(|number| (format!("x{number}"), String::new()));
        assert_eq!(many.collect::<LocalizedText>().iter().count(), 32);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for wrong in [
            r#"{"en": "a", "en": "b"}"#,
            r#"{"e n": "a"}"#,
            r#"{"": "a"}"#,
            r#"{"en": 1}"#,
            r#"["en"]"#,
            r#"{"englishenglish": "a"}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_missing_or_blank_language_is_named() {
        assert_eq!(LocalizedText::new("a", "b").faulty_language(1), None);
        assert_eq!(LocalizedText::new("a", " ").faulty_language(9), Some("zh"));
        assert_eq!(LocalizedText::new("ab", "b").faulty_language(1), Some("en"));
        let english = read(r#"{"en": "a"}"#).expect("a text");
        assert_eq!(english.faulty_language(9), Some("zh"));
        let third = read(r#"{"en": "a", "zh": "b", "ko": ""}"#).expect("a text");
        assert_eq!(third.faulty_language(9), Some("ko"));
    }
}
