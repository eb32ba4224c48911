//! Every language says everything, and nothing that nobody asks for.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::Entry;

use super::{Language, text};
use crate::colour::{Colour, Reason};
use crate::error_table;
use crate::wire::ProblemKind;

/// Ids, and `id.attribute` for attributes, in the order of the file.
fn ids(language: Language) -> Vec<String> {
    let resource = FluentResource::try_new(language.source().to_owned())
        .unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut ids = Vec::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            ids.push(message.id.name.to_owned());
            for attribute in &message.attributes {
                ids.push(format!("{}.{}", message.id.name, attribute.id.name));
            }
        }
    }
    ids
}

/// What the tables ask for.
fn asked_for() -> BTreeSet<String> {
    // The last three are the boundary's own errors, declared where it is.
    let own = [
        "consent",
        "reason-unknown",
        "reason-unknown.instruction",
        "accepted",
        "argument_invalid",
        "closed",
        "internal_error",
    ];
    let mut asked: BTreeSet<String> = own.map(str::to_owned).into();
    asked.extend(Colour::ALL.map(|colour| format!("colour-{}", colour.id())));
    for reason in Reason::ALL {
        asked.insert(format!("reason-{}", reason.id()));
        asked.insert(format!("reason-{}.instruction", reason.id()));
    }
    asked.extend(
        ProblemKind::ALL
            .iter()
            .map(|kind| format!("problem-{}", kind.code())),
    );
    asked.extend(
        error_table::catalogue()
            .iter()
            .map(|entry| entry.code.to_owned()),
    );
    asked
}

#[test]
fn every_language_says_what_is_asked_for_and_nothing_else() {
    for language in Language::ALL {
        let listed = ids(language);
        let said: BTreeSet<String> = listed.iter().cloned().collect();
        assert_eq!(said.len(), listed.len(), "{language:?}: an id stands twice");
        let asked = asked_for();
        let missing: Vec<_> = asked.difference(&said).collect();
        let idle: Vec<_> = said.difference(&asked).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(idle.is_empty(), "nobody asks for {idle:?}");
        for id in &said {
            let text = text(id, language).unwrap_or_default();
            assert!(!text.trim().is_empty(), "{language:?}: {id}");
        }
    }
}

#[test]
fn chinese_is_chinese_and_english_is_not() {
    for id in asked_for() {
        let has_han = |language| {
            let text = text(&id, language).unwrap_or_default();
            text.chars()
                .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
        };
        assert!(has_han(Language::Chinese), "{id}");
        assert!(!has_han(Language::English), "{id}");
    }
}

#[test]
fn a_phones_tag_finds_its_language() {
    for (tag, language) in [
        ("zh", Language::Chinese),
        ("zh-Hans-CN", Language::Chinese),
        ("zh_TW", Language::Chinese),
        ("ZH-hant", Language::Chinese),
        ("en", Language::English),
        ("en-GB", Language::English),
        ("fr", Language::English),
        ("", Language::English),
        ("zhx", Language::English),
    ] {
        assert_eq!(Language::for_tag(tag), language, "{tag}");
    }
}

#[test]
fn what_is_not_there_is_none() {
    for language in Language::ALL {
        assert_eq!(text("no-such-text", language), None);
        assert_eq!(text("colour-green.instruction", language), None);
        assert_eq!(text("", language), None);
    }
}
