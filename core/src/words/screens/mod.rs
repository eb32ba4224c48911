//! The words of the apps' screens: titles, buttons, what an empty list says.
//!
//! Invariant: as of the core's own words: every language has the same ids, with the same arguments. What depends on data or
//! on a rule is no word of a screen: the views bring it along.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Catalogue, LanguageTag};

#[cfg(test)]
mod tests;

/// All of them.
pub static SCREENS: Catalogue = Catalogue::new([
    include_str!("zh.ftl"),
    include_str!("en.ftl"),
    include_str!("ko.ftl"),
    include_str!("ar.ftl"),
]);

/// Digits of an argument that is still a number: beyond, and with a zero in front, it is a code that is not to be counted.
const MOST_DIGITS: usize = 9;

/// Every word that needs no arguments, by its id; attributes are `id.attribute`.
#[must_use]
pub fn texts(language: &LanguageTag) -> HashMap<String, String> {
    let texts = SCREENS.texts(language.words());
    texts
        .map(|(id, text)| (id.to_owned(), text.to_owned()))
        .collect()
}

/// One word with its arguments, each kept apart by marks (Unicode, UAX 9). An argument in digits counts as a number: it
/// takes the plural form of the language. None where there is no such word, or an argument of it is missing.
#[must_use]
pub fn text<'a>(
    id: &str,
    arguments: impl IntoIterator<Item = (&'a str, &'a str)>,
    language: &LanguageTag,
) -> Option<String> {
    let mut given = FluentArgs::new();
    for (name, value) in arguments {
        given.set(name, argument(value));
    }
    SCREENS.format(id, &given, language.words())
}

fn argument(value: &str) -> FluentValue<'_> {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit())
        && value.len() <= MOST_DIGITS
        && (value == "0" || !value.starts_with('0'));
    match value.parse::<u32>() {
        Ok(number) if is_number => number.into(),
        _ => value.into(),
    }
}
