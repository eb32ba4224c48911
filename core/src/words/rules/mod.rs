//! The words that a published rule is told in; [`crate::rules`] puts them together.
//!
//! Invariant: every language has the same ids.

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Catalogue, Language};

/// Without marks around arguments: they are numbers and the language's own words.
pub(super) static RULES: Catalogue = Catalogue::without_marks([
    include_str!("zh.ftl"),
    include_str!("en.ftl"),
    include_str!("ko.ftl"),
    include_str!("ar.ftl"),
]);

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
    fn each_reason_has_a_name() {
        let english = RULES.ids(Language::English).unwrap();
        for reason in Reason::ALL {
            let id = format!("reason-{}", reason.id());
            assert!(english.contains(&id), "{id}");
        }
    }
}
