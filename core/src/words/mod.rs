//! Every text that a person reads, one file a language (Project Fluent), found by an id.
//!
//! Ids: an error's code; `problem-` and a problem's code; `colour-`, `reason-`, `document-kind-` and their ids;
//! `reason-unknown`; `consent-text`; `check-ins`; `status-`, `notice-`, `step-` for the home screen. What to do about a
//! reason is its attribute `instruction`. The apps' screens ([`screens`]), moments ([`moments`]), rules in words (`rules`)
//! and each program around the core have a [`Catalogue`] of their own.
//!
//! Whoever reads names a language by a BCP 47 tag ([`LanguageTag`]). Words are those of its primary subtag, and English
//! where there are none; texts that came signed are looked up nearer ([`LocalizedText::for_tag`]).
//!
//! Invariant: every language has the same ids with the same arguments, each id stands for something that exists, and nothing
//! that a citizen reads sounds like a verdict: tests hold all of it against the tables. A language is added as one row of
//! [`Language`] and one file a catalogue. What an authority signs (forms,
//! rule sets, bulletins) brings its own texts and does not stand here.

mod catalogue;
#[cfg(test)]
pub(crate) mod complete_tests;
mod language_tag;
mod localized;
pub(crate) mod marks;
pub mod moments;
pub(crate) mod rules;
pub mod screens;
#[cfg(test)]
mod tests;

pub use fluent_bundle::FluentArgs;
use serde::Serialize;

pub use catalogue::Catalogue;
pub use language_tag::LanguageTag;
pub use localized::LocalizedText;
pub(crate) use localized::{MAX_LANGUAGES, nearest};

/// The core's own words.
pub static CORE: Catalogue = Catalogue::new([
    include_str!("zh.ftl"),
    include_str!("en.ftl"),
    include_str!("ko.ftl"),
    include_str!("ar.ftl"),
]);

/// A language that the core has words in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
    /// Korean.
    Korean,
    /// Arabic: standard, written from right to left.
    Arabic,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Chinese, Self::English, Self::Korean, Self::Arabic];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
            Self::Korean => "ko",
            Self::Arabic => "ar",
        }
    }

    /// The language for a BCP 47 tag such as a phone gives (`zh-Hans-CN`, `en_GB`): its primary subtag decides.
    /// English where there are no words in it.
    #[must_use]
    pub fn for_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
            .unwrap_or(Self::English)
    }
}

crate::app_types! {
    describe as describe_text_direction;

    /// Which way a language is written: an app mirrors its screens by it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum TextDirection {
        /// As English and Chinese.
        LeftToRight,
        /// As Arabic and Uyghur.
        RightToLeft,
    }
}

/// The core's text with this id, or with `id.attribute`; none if there is no such text, or one that needs arguments.
#[must_use]
pub fn text(id: &str, language: Language) -> Option<&'static str> {
    CORE.text(id, language)
}

/// The core's text with this id, with its arguments: numbers take the plural form of the language.
#[must_use]
pub fn format(id: &str, arguments: &FluentArgs<'_>, language: Language) -> Option<String> {
    CORE.format(id, arguments, language)
}

/// The text of a stable code: a server's problem or an error of the table; none if there is no such code.
#[must_use]
pub fn text_of_code(code: &str, language: Language) -> Option<&'static str> {
    let is_code = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if !code.bytes().all(is_code) {
        return None;
    }
    let problem = format!("problem-{code}");
    text(&problem, language).or_else(|| text(code, language))
}
