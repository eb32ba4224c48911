//! The words that a published rule is told in; [`crate::rules`] puts them together.
//!
//! Invariant: every language has the same ids.

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Catalogue, Language};

/// Without marks around arguments: they are numbers and the language's own words.
static RULES: Catalogue =
    Catalogue::without_marks([include_str!("zh.ftl"), include_str!("en.ftl")]);

/// The phrase with this id, with its arguments; none where there is no such phrase.
pub(crate) fn phrase<const N: usize>(
    id: &str,
    arguments: [(&'static str, FluentValue<'_>); N],
    language: Language,
) -> Option<String> {
    let arguments: FluentArgs<'_> = arguments.into_iter().collect();
    RULES.format(id, &arguments, language)
}

/// Which rule set decided, where nothing else of it is known.
#[cfg(feature = "holder")]
pub(crate) fn unnamed(id: &str, version: u32, language: Language) -> String {
    let arguments = [("id", id.into()), ("version", version.into())];
    phrase("unnamed", arguments, language).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Language, RULES};
    use crate::colour::Reason;

    #[test]
    fn the_languages_have_the_same_ids_and_a_name_for_each_reason() {
        let [chinese, english] = Language::ALL.map(|language| RULES.ids(language).unwrap());
        assert_eq!(chinese, english);
        for reason in Reason::ALL {
            let id = format!("reason-{}", reason.id());
            assert!(english.contains(&id), "{id}");
        }
    }
}
