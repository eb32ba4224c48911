//! The texts of the core, or of a program around it: one file a language, read when the first text is asked for.
//!
//! Invariant: a text without arguments is formatted once, then looked up. Texts that cannot be read are missing, never
//! half there.

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;

use super::Language;

const LANGUAGES: usize = Language::ALL.len();

/// Files of texts, one a language.
pub struct Catalogue {
    files: [Option<&'static str>; LANGUAGES],
    read: [OnceLock<Words>; LANGUAGES],
    /// Whether arguments are kept apart by marks (Unicode, UAX 9), so that they stand rightly in a text of the other
    /// direction.
    isolates: bool,
}

impl Catalogue {
    /// A catalogue of Fluent files, in the order of [`Language::ALL`].
    #[must_use]
    pub const fn new(files: [&'static str; LANGUAGES]) -> Self {
        Self::of(files, true)
    }

    /// As [`Catalogue::new`], without marks around arguments: for terminals, where they would be copied along with a path,
    /// and for texts whose arguments are of the language itself. Chinese and English at least; whoever reads another
    /// language that has no file here gets the English one.
    #[must_use]
    pub const fn without_marks<const FILES: usize>(files: [&'static str; FILES]) -> Self {
        Self::of(files, false)
    }

    const fn of<const FILES: usize>(files: [&'static str; FILES], isolates: bool) -> Self {
        const {
            assert!(FILES > Language::English as usize && FILES <= LANGUAGES);
        }
        let mut given = [None; LANGUAGES];
        let mut number = 0;
        while number < FILES {
            given[number] = Some(files[number]);
            number += 1;
        }
        Self {
            files: given,
            read: [const { OnceLock::new() }; LANGUAGES],
            isolates,
        }
    }

    /// The text with this id, or with `id.attribute`; none if there is no such text, or one that needs arguments.
    #[must_use]
    pub fn text(&self, id: &str, language: Language) -> Option<&str> {
        self.words(language).plain.get(id).map(|text| &**text)
    }

    /// All texts of a language that need no arguments: their ids, or `id.attribute`, in no order.
    pub fn texts(&self, language: Language) -> impl Iterator<Item = (&str, &str)> {
        let plain = self.words(language).plain.iter();
        plain.map(|(id, text)| (id.as_str(), &**text))
    }

    /// The text with this id, or with `id.attribute`, with its arguments: numbers take the plural form of the language.
    #[must_use]
    pub fn format(
        &self,
        id: &str,
        arguments: &FluentArgs<'_>,
        language: Language,
    ) -> Option<String> {
        let bundle = &self.words(language).bundle;
        let pattern = match id.split_once('.') {
            Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(id)?.value()?,
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// Ids of a language, and `id.attribute` for attributes, in the order of its file: for tests that hold the languages
    /// against each other.
    ///
    /// # Errors
    /// What Fluent says of a file that it cannot read whole.
    pub fn ids(&self, language: Language) -> Result<Vec<String>, String> {
        let file = self.file(language).1.to_owned();
        let resource = FluentResource::try_new(file).map_err(|(_, wrong)| format!("{wrong:?}"))?;
        let named = messages(&resource).into_iter();
        Ok(named
            .flat_map(|(id, attributes)| {
                let of_attributes = attributes.iter().map(|name| format!("{id}.{name}"));
                let of_attributes = of_attributes.collect::<Vec<_>>();
                std::iter::once(id).chain(of_attributes)
            })
            .collect())
    }

    /// The file that a reader of this language gets, and the language that it is in.
    pub(super) fn file(&self, language: Language) -> (Language, &'static str) {
        let own = self.files[language as usize].map(|file| (language, file));
        own.unwrap_or_else(|| {
            let english = self.files[Language::English as usize];
            (Language::English, english.unwrap_or_default())
        })
    }

    fn words(&self, language: Language) -> &Words {
        let (language, file) = self.file(language);
        self.read[language as usize].get_or_init(|| Words::read(language, file, self.isolates))
    }
}

/// One language, read.
struct Words {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments: what nearly all are.
    plain: HashMap<String, Box<str>>,
}

impl Words {
    /// Reads a language's file. What cannot be read in it is missing: a test reads all of each.
    fn read(language: Language, file: &str, isolates: bool) -> Self {
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(file.to_owned());
        let messages = messages(&resource);
        let locale = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(isolates);
        // Only ids that stand twice are refused; the first counts.
        let _ = bundle.add_resource(resource);
        let mut plain = HashMap::with_capacity(2 * messages.len());
        for (id, attributes) in messages {
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

/// Ids of messages, and of the attributes of each.
fn messages(resource: &FluentResource) -> Vec<(String, Vec<String>)> {
    let mut messages = Vec::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let attributes = message.attributes.iter();
            let attributes = attributes.map(|attribute| attribute.id.name.to_owned());
            messages.push((message.id.name.to_owned(), attributes.collect()));
        }
    }
    messages
}
