//! Every language says the same things: nothing missing, left over, untranslated or with other arguments; and nothing on a
//! citizen's screen that sounds like a verdict.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

use super::{CORE, Catalogue, Language, moments::MOMENTS, rules::RULES, screens::SCREENS};
use crate::code::Refusal;

/// Each catalogue with its folder.
const CATALOGUES: [(&str, &Catalogue); 4] = [
    ("core/src/words", &CORE),
    ("core/src/words/screens", &SCREENS),
    ("core/src/words/moments", &MOMENTS),
    ("core/src/words/rules", &RULES),
];
/// What is the same in English and in another language: names of boxes, signs of units.
const SAME_AS_ENGLISH: [(&str, Language); 3] = [
    ("form-date-order", Language::Arabic),
    ("clinics-metres", Language::Korean),
    ("clinics-kilometres", Language::Korean),
];
/// What is no word of any language, for who draws it.
const NO_WORDS: [&str; 1] = ["form-date-order"];
/// What sounds like a verdict, which a checkpoint alone gives.
const VERDICTS: [(Language, &[&str]); 4] = [
    (Language::English, &["valid", "genuine", "✓", "✔", "✅"]),
    (Language::Chinese, &["有效", "✓", "✔", "✅"]),
    (Language::Korean, &["유효", "✓", "✔", "✅"]),
    (
        Language::Arabic,
        &["صالح", "صلاحي", "ساري المفعول", "✓", "✔", "✅"],
    ),
];

/// One message or attribute of a file.
#[derive(Debug, Default, PartialEq)]
struct Text {
    arguments: BTreeSet<String>,
    /// What stands in it as it is, variants after each other.
    literal: String,
    /// The keys of each choice by a number.
    choices: Vec<BTreeSet<String>>,
}

impl Text {
    fn of(pattern: &Pattern<&str>) -> Self {
        let mut text = Self::default();
        text.read(pattern);
        text
    }

    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.literal.push_str(value),
                PatternElement::Placeable { expression } => self.read_expression(expression),
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline),
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                let keys = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                self.choices.push(keys.collect());
                for variant in variants {
                    self.read(&variant.value);
                    self.literal.push('\n');
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { .. } => {}
            other => panic!("the words need no {other:?}"),
        }
    }
}

/// Texts of a file by their ids, and `id.attribute`.
fn texts(path: &str, catalogue: &Catalogue, language: Language) -> BTreeMap<String, Text> {
    let (found, file) = catalogue.file(language);
    assert_eq!(found, language, "{path} is missing");
    let resource = FluentResource::try_new(file.to_owned());
    let resource = resource.unwrap_or_else(|(_, wrong)| panic!("{path}: {wrong:?}"));
    let mut texts = BTreeMap::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name.to_owned();
        let mut keep = |id: String, pattern| {
            assert!(
                texts.insert(id.clone(), Text::of(pattern)).is_none(),
                "{path}: {id} stands twice"
            );
        };
        for attribute in &message.attributes {
            keep(format!("{id}.{}", attribute.id.name), &attribute.value);
        }
        if let Some(pattern) = &message.value {
            keep(id, pattern);
        }
    }
    texts
}

/// Looks at every text of every language but English, beside the English one.
fn each(mut look: impl FnMut(&str, Language, &str, &Text, &Text, &mut Vec<String>)) {
    let mut faults = Vec::new();
    let mut count = 0;
    for (folder, catalogue) in CATALOGUES {
        let english = texts(&format!("{folder}/en.ftl"), catalogue, Language::English);
        for language in Language::ALL {
            let path = format!("{folder}/{}.ftl", language.tag());
            for (id, text) in texts(&path, catalogue, language) {
                if let Some(english) = english.get(&id) {
                    look(&path, language, &id, &text, english, &mut faults);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 3_000, "{count}");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_language_has_the_ids_of_english_with_their_arguments() {
    let mut faults = Vec::new();
    for (folder, catalogue) in CATALOGUES {
        let english = texts(&format!("{folder}/en.ftl"), catalogue, Language::English);
        for language in Language::ALL {
            let path = format!("{folder}/{}.ftl", language.tag());
            let said = texts(&path, catalogue, language);
            let lacking = english.keys().filter(|id| !said.contains_key(*id));
            faults.extend(lacking.map(|id| format!("{path} lacks {id}")));
            for (id, text) in &said {
                match english.get(id) {
                    None => faults.push(format!("{path} has {id}, which en.ftl has not")),
                    Some(wanted) if wanted.arguments != text.arguments => faults.push(format!(
                        "{path}: {id} takes {:?} and not {:?}",
                        text.arguments, wanted.arguments
                    )),
                    Some(_) => {}
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Whether it is a letter of the language.
pub(crate) fn is_of(language: Language, letter: char) -> bool {
    match language {
        Language::Chinese => ('\u{4e00}'..='\u{9fff}').contains(&letter),
        Language::English => letter.is_ascii_alphabetic(),
        Language::Korean => ('\u{ac00}'..='\u{d7a3}').contains(&letter),
        Language::Arabic => ('\u{0621}'..='\u{064a}').contains(&letter),
    }
}

#[test]
fn every_text_is_in_its_own_language() {
    each(|path, language, id, text, english, faults| {
        let said = &text.literal;
        if !english.literal.contains(char::is_alphabetic) || NO_WORDS.contains(&id) {
            return;
        }
        let is_other = language != Language::English;
        if is_other && said == &english.literal && !SAME_AS_ENGLISH.contains(&(id, language)) {
            faults.push(format!("{path}: {id} is English: {said}"));
        } else if said.contains(char::is_alphabetic)
            && !said.contains(|letter| is_of(language, letter))
            && !SAME_AS_ENGLISH.contains(&(id, language))
        {
            faults.push(format!("{path}: {id} is in no letters of its own: {said}"));
        }
        for other in Language::ALL {
            // Some Chinese characters stand in brackets in Korean, as names do; Latin ones stand everywhere.
            let is_passed = other == language
                || other == Language::English
                || (other, language) == (Language::Chinese, Language::Korean);
            if !is_passed && said.contains(|letter| is_of(other, letter)) {
                faults.push(format!("{path}: {id} is partly {other:?}: {said}"));
            }
        }
    });
}

#[test]
fn each_language_has_its_own_stops_and_all_have_the_digits_of_the_code() {
    each(|path, language, id, text, _, faults| {
        let foreign: &[char] = match language {
            Language::Arabic => &[',', ';', '?', '。', '，', '：'],
            Language::Chinese => &[',', ';', '?', '!', '،', '؟'],
            Language::English | Language::Korean => {
                &['。', '，', '：', '；', '？', '（', '،', '؛', '؟']
            }
        };
        if let Some(stop) = text.literal.chars().find(|letter| foreign.contains(letter)) {
            faults.push(format!("{path}: {id} has {stop}: {}", text.literal));
        }
        let is_other_digit = |letter: char| letter.is_numeric() && !letter.is_ascii_digit();
        let is_mark = |letter| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if text.literal.contains(is_other_digit) {
            faults.push(format!("{path}: {id} has other digits: {}", text.literal));
        }
        // A mark that nobody sees stands by its number, as "\u2068", or it is lost at the next edit.
        if text.literal.contains(is_mark) {
            faults.push(format!("{path}: {id} has a bare mark of direction"));
        }
    });
}

#[test]
fn a_choice_by_a_number_has_every_plural_form_of_its_language() {
    each(|path, language, id, text, english, faults| {
        let wanted: &[&str] = match language {
            Language::Chinese | Language::Korean => &["other"],
            Language::English => &["one", "other"],
            Language::Arabic => &["zero", "one", "two", "few", "many", "other"],
        };
        for keys in &text.choices {
            for form in wanted {
                if !keys.contains(*form) {
                    faults.push(format!("{path}: {id} has no form for [{form}]"));
                }
            }
            let is_known =
                |key: &String| wanted.contains(&key.as_str()) || key.parse::<u32>().is_ok();
            faults.extend(
                keys.iter()
                    .filter(|key| !is_known(key))
                    .map(|key| format!("{path}: {id} has a form [{key}] that never comes")),
            );
        }
        if language == Language::Arabic && text.choices.len() < english.choices.len() {
            faults.push(format!("{path}: {id} has one form for all numbers"));
        }
    });
}

/// The text filled in as an app fills it in: moments and rules with digits and the language's own words, but for ids.
fn filled(catalogue: &Catalogue, id: &str, text: &Text, count: u32, language: Language) -> String {
    let mut arguments = FluentArgs::new();
    let has_own =
        std::ptr::eq(catalogue, &raw const MOMENTS) || std::ptr::eq(catalogue, &raw const RULES);
    for name in &text.arguments {
        let name = name.clone();
        if !text.choices.is_empty() {
            arguments.set(name, count);
        } else if has_own && name != "id" {
            arguments.set(name, "7");
        } else {
            arguments.set(name, "G7 09:40");
        }
    }
    let filled = catalogue.format(id, &arguments, language);
    filled.unwrap_or_else(|| panic!("{id} {language:?}"))
}

#[test]
fn what_is_put_in_is_kept_apart_and_every_mark_has_its_end() {
    for (folder, catalogue) in CATALOGUES {
        for language in Language::ALL {
            for (id, text) in texts(folder, catalogue, language) {
                // What is the whole text needs no marks, and moves nothing beside it.
                let is_mixed = language == Language::Arabic && !text.literal.is_empty();
                for count in [0, 1, 2, 3, 11, 100] {
                    let filled = filled(catalogue, &id, &text, count, language);
                    let mut open = 0_i32;
                    for (at, letter) in filled.char_indices() {
                        match letter {
                            '\u{2066}'..='\u{2068}' => open += 1,
                            '\u{2069}' => open -= 1,
                            'G' if filled[at..].starts_with("G7 09:40") => {
                                assert!(open > 0 || !is_mixed, "{folder}: {id}: {filled}");
                            }
                            _ => {}
                        }
                        // A choice is put in as a whole, with its number in it.
                        assert!((0..=2).contains(&open), "{folder}: {id}: {filled}");
                    }
                    assert_eq!(open, 0, "{folder}: {id} {language:?}: {filled}");
                }
            }
        }
    }
}

#[test]
fn nothing_that_a_citizen_may_read_sounds_like_a_verdict() {
    // What a checkpoint says of somebody else's code.
    let of_checkpoints: BTreeSet<_> = Refusal::ENTRIES.iter().map(|entry| entry.code).collect();
    let is_of_checkpoint =
        |id: &str| id == "accepted" || id.starts_with("checkpoint-") || of_checkpoints.contains(id);
    each(|path, language, id, text, _, faults| {
        if is_of_checkpoint(id) {
            return;
        }
        if let Some(word) = verdict(&text.literal, language) {
            faults.push(format!("{path}: {id} says {word}: {}", text.literal));
        }
    });
}

/// A word in the text that sounds like a verdict.
pub(crate) fn verdict(text: &str, language: Language) -> Option<&'static str> {
    let is_vowel_sign = |letter: &char| ('\u{064b}'..='\u{0652}').contains(letter);
    let bare: String = text
        .chars()
        .filter(|letter| !is_vowel_sign(letter))
        .collect();
    let bare = bare.to_lowercase();
    let (_, words) = VERDICTS.iter().find(|(of, _)| *of == language)?;
    words.iter().copied().find(|word| bare.contains(word))
}

#[test]
fn a_verdict_is_known_when_it_is_read() {
    for (language, text) in [
        (Language::English, "Your code is Valid"),
        (Language::Chinese, "健康码有效"),
        (Language::Korean, "유효한 코드"),
        (Language::Arabic, "رمزُك صالِح"),
        (Language::Arabic, "✓"),
    ] {
        assert!(verdict(text, language).is_some(), "{text}");
    }
    assert_eq!(verdict("No restriction", Language::English), None);
}
