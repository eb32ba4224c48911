//! Every text that a person reads, one file a language (Project Fluent), found by an id.
//!
//! Ids: an error's code; `problem-` and a problem's code; `colour-`, `reason-` and their ids; `reason-unknown`; `consent`. What to do about
//! a reason is its attribute `instruction`.
//!
//! Invariant: every language has the same ids, and each id stands for something that exists: a test holds both against
//! the tables. A language is added as one file and one row of [`Language`]. What an authority signs (forms, rule
//! sets, bulletins) brings its own texts and does not stand here.

mod localized;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;

pub use localized::LocalizedText;

/// A language that the core has words in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
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

    const fn source(self) -> &'static str {
        match self {
            Self::Chinese => include_str!("zh.ftl"),
            Self::English => include_str!("en.ftl"),
        }
    }

    fn words(self) -> &'static Words {
        static WORDS: [OnceLock<Words>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        WORDS[self as usize].get_or_init(|| Words::read(self))
    }
}

/// The text with this id, or with `id.attribute`; none if there is no such text, or one that needs arguments.
#[must_use]
pub fn text(id: &str, language: Language) -> Option<&'static str> {
    language.words().plain.get(id).map(|text| &**text)
}

/// The text with this id, with its arguments: numbers take the plural form of the language.
#[must_use]
pub fn format(id: &str, arguments: &FluentArgs<'_>, language: Language) -> Option<String> {
    let bundle = &language.words().bundle;
    let pattern = bundle.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

/// One language, read.
struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments: what nearly all are.
    plain: HashMap<String, Box<str>>,
}

impl Words {
    /// Reads a language's file. What cannot be read in it is missing: a test reads all of each.
    fn read(language: Language) -> Self {
        let (Ok(resource) | Err((resource, _))) =
            FluentResource::try_new(language.source().to_owned());
        let mut ids = Vec::new();
        for entry in resource.entries() {
            if let Entry::Message(message) = entry {
                let attributes = message.attributes.iter();
                let attributes = attributes.map(|attribute| attribute.id.name.to_owned());
                ids.push((message.id.name.to_owned(), attributes.collect::<Vec<_>>()));
            }
        }
        let locale = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Only ids that stand twice are refused; the first counts.
        let _ = bundle.add_resource(resource);
        let mut plain = HashMap::with_capacity(2 * ids.len());
        for (id, attributes) in ids {
            let Some(message) = bundle.get_message(&id) else {
                continue;
            };
            let mut keep = |key: String, pattern| {
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, None, &mut errors);
                if errors.is_empty() {
                    plain.insert(key, text.into_owned().into_boxed_str());
                }
            };
            if let Some(pattern) = message.value() {
                keep(id.clone(), pattern);
            }
            for attribute in &attributes {
                if let Some(found) = message.get_attribute(attribute) {
                    keep(format!("{id}.{attribute}"), found.value());
                }
            }
        }
        Self { bundle, plain }
    }
}
