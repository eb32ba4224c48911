//! The language that somebody reads, as phones and terminals name it.

use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::{Language, TextDirection};

/// Longest tag, characters.
pub(super) const MAX_CHARS: usize = 35;

/// A BCP 47 language tag, such as `zh-Hans-CN` or `ar`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageTag {
    tag: Box<str>,
    words: Language,
}

impl LanguageTag {
    /// The tag in `text`, in the forms that systems give: `zh-Hans-CN`, `zh_CN`, `zh_CN.UTF-8`. What is no tag (`C`, an
    /// empty text) is English.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let tag = text.split(['.', '@']).next().unwrap_or_default();
        let tag = tag.replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let is_language = (2..=8).contains(&primary.len());
        let tag = if is_tag(&tag) && is_language {
            tag.into_boxed_str()
        } else {
            Language::English.tag().into()
        };
        Self {
            words: Language::for_tag(&tag),
            tag,
        }
    }

    /// The language that a terminal asks for by its environment, in the order of POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`,
    /// the first that is not empty.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
        let text = named.find_map(|name| variable(name).filter(|text| !text.is_empty()));
        Self::new(&text.unwrap_or_default())
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.tag
    }

    /// The language of the words that this reader gets: English where there are none in theirs.
    #[must_use]
    pub const fn words(&self) -> Language {
        self.words
    }

    /// Which way it is written (Unicode CLDR), by its script or else by its language.
    #[must_use]
    pub fn direction(&self) -> TextDirection {
        // Extensions (`ar-u-nu-latn`) say nothing of it, and are no part of what Unicode calls a language identifier.
        let subtags = self.tag.split('-').take_while(|subtag| subtag.len() > 1);
        let identifier = subtags.collect::<Vec<_>>().join("-").parse();
        let direction =
            identifier.map(|language: LanguageIdentifier| language.character_direction());
        match direction {
            Ok(CharacterDirection::RTL) => TextDirection::RightToLeft,
            _ => TextDirection::LeftToRight,
        }
    }
}

impl Default for LanguageTag {
    fn default() -> Self {
        Language::English.into()
    }
}

impl From<Language> for LanguageTag {
    fn from(words: Language) -> Self {
        Self {
            tag: words.tag().into(),
            words,
        }
    }
}

/// Whether `tag` has the form of a language tag.
pub(super) fn is_tag(tag: &str) -> bool {
    tag.len() <= MAX_CHARS
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::{Language, LanguageTag, TextDirection};

    #[test]
    fn what_systems_give_is_a_tag_and_the_rest_is_english() {
        for (given, tag, words) in [
            ("zh-Hans-CN", "zh-Hans-CN", Language::Chinese),
            ("zh_CN.UTF-8", "zh-CN", Language::Chinese),
            ("de_DE@euro", "de-DE", Language::English),
            ("ko", "ko", Language::Korean),
            ("ko_KR.UTF-8", "ko-KR", Language::Korean),
            ("ar-Arab-SA", "ar-Arab-SA", Language::Arabic),
            ("fa", "fa", Language::English),
            ("C.UTF-8", "en", Language::English),
            ("POSIX ", "en", Language::English),
            ("", "en", Language::English),
            ("王", "en", Language::English),
        ] {
            let found = LanguageTag::new(given);
            assert_eq!((found.as_str(), found.words()), (tag, words), "{given}");
        }
        let long = LanguageTag::new(&"zh-abcdefgh".repeat(9));
        assert_eq!(long, LanguageTag::default());
    }

    #[test]
    fn the_environment_is_read_as_posix_says() {
        let of = |set: &[(&str, &str)]| {
            let variable = |name: &str| {
                let found = set.iter().find(|(set, _)| *set == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            LanguageTag::of_environment(variable).as_str().to_owned()
        };
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), "zh-CN");
        assert_eq!(of(&[("LANG", "zh_CN"), ("LC_ALL", "en_GB")]), "en-GB");
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "ko_KR")]), "ko-KR");
        assert_eq!(of(&[]), "en");
    }

    #[test]
    fn a_script_or_else_a_language_says_which_way() {
        for (tag, direction) in [
            ("zh-Hans-CN", TextDirection::LeftToRight),
            ("ko", TextDirection::LeftToRight),
            ("ar", TextDirection::RightToLeft),
            ("ar-EG", TextDirection::RightToLeft),
            ("ar-u-nu-latn", TextDirection::RightToLeft),
            ("ug-CN", TextDirection::RightToLeft),
            ("ug-Latn-CN", TextDirection::LeftToRight),
            ("az-Arab", TextDirection::RightToLeft),
            ("nonsense", TextDirection::LeftToRight),
        ] {
            assert_eq!(LanguageTag::new(tag).direction(), direction, "{tag}");
        }
    }
}
