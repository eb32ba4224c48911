//! A text that signed data bring along, in as many languages as their author wrote.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Language;

/// Most languages of one text.
const MAX_LANGUAGES: usize = 32;
/// Longest tag, characters.
const MAX_TAG_CHARS: usize = 35;

/// A text by language: in JSON an object from BCP 47 tags to texts, such as `{"en": "Name", "zh": "姓名"}`.
/// A tag stands once; of any languages, 32 at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LocalizedText(BTreeMap<String, String>);

impl LocalizedText {
    /// The two languages that every text of an authority has.
    pub const REQUIRED: [&'static str; 2] = [Language::English.tag(), Language::Chinese.tag()];

    /// A text in English and Chinese.
    #[must_use]
    pub fn new(english: &str, chinese: &str) -> Self {
        let [en, zh] = Self::REQUIRED;
        Self(BTreeMap::from([
            (en.to_owned(), english.to_owned()),
            (zh.to_owned(), chinese.to_owned()),
        ]))
    }

    /// In exactly the language with this tag.
    #[must_use]
    pub fn get(&self, tag: &str) -> Option<&str> {
        self.0.get(tag).map(String::as_str)
    }

    /// The text for a reader whose phone gives this BCP 47 tag: in that language, in the one of its primary subtag,
    /// in English, in any; empty where there is none at all.
    #[must_use]
    pub fn for_tag(&self, tag: &str) -> &str {
        let primary = |tag: &str| {
            tag.split(['-', '_'])
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let wanted = primary(tag);
        let same = |(found, _): &(&String, &String)| primary(found) == wanted;
        self.get(tag)
            .or_else(|| Some(self.0.iter().find(same)?.1.as_str()))
            .or_else(|| self.get(Language::English.tag()))
            .or_else(|| Some(self.0.values().next()?.as_str()))
            .unwrap_or_default()
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

impl FromIterator<(String, String)> for LocalizedText {
    /// Takes what is a text of a language; the rest, and what is beyond 32 languages, is left out.
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        let texts = texts.into_iter().filter(|(tag, _)| is_tag(tag));
        Self(texts.take(MAX_LANGUAGES).collect())
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
                let mut texts = BTreeMap::new();
                while let Some((tag, text)) = map.next_entry::<String, String>()? {
                    if !is_tag(&tag) {
                        return Err(A::Error::custom("not a language tag"));
                    }
                    if texts.len() == MAX_LANGUAGES || texts.insert(tag, text).is_some() {
                        return Err(A::Error::custom("too many languages, or one twice"));
                    }
                }
                Ok(LocalizedText(texts))
            }
        }

        deserializer.deserialize_map(Texts)
    }
}

fn is_tag(tag: &str) -> bool {
    tag.len() <= MAX_TAG_CHARS
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::LocalizedText;

    fn read(json: &str) -> Result<LocalizedText, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let text = read(r#"{"en": "Name", "zh": "姓名", "zh-Hant": "姓名（繁）", "ko": "이름"}"#)
            .expect("a text");
        for (tag, expected) in [
            ("en", "Name"),
            ("en-GB", "Name"),
            ("zh_CN", "姓名"),
            ("zh-Hant", "姓名（繁）"),
            ("ko-KR", "이름"),
            ("ar", "Name"),
            ("", "Name"),
        ] {
            assert_eq!(text.for_tag(tag), expected, "{tag}");
        }
        assert_eq!(
            read(r#"{"fr": "Nom"}"#).expect("a text").for_tag("de"),
            "Nom"
        );
        assert_eq!(LocalizedText::default().for_tag("en"), "");
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
