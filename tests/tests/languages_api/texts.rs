//! tests/vectors/texts.json: what Kotlin and Swift are told by each function that makes words. What is right, the core says here.
//!
//! `HEALTH_CODE_WRITE=1 cargo test -p health-code-tests --test languages_api` writes the answers anew; the calls are written by hand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::PathBuf;

use health_code_core::capability::clinics::distance_text;
use health_code_core::capability::international::{
    CheckedColour, colour_at_door, explain_document,
};
use health_code_core::citizen::opening_failure;
use health_code_core::civil_time::CivilTime;
use health_code_core::code::{self, PersonToCompare, Refusal, VerdictAct, VerdictLevel};
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::identity::DocumentKind;
use health_code_core::trust::{ColourWords, Scheme, key_fingerprint};
use health_code_core::wire::TRANSPORTS;
use health_code_core::words::moments::{MomentStyle, Reading, date_text};
use health_code_core::words::{self, Language, LanguageTag, LocalizedText, screens};
use serde::Deserialize;
use serde_json::Value;

type Told = Vec<Option<String>>;

#[derive(Deserialize)]
struct Texts {
    about: String,
    calls: Vec<Call>,
}

#[derive(Deserialize)]
struct Call {
    #[serde(rename = "call")]
    name: String,
    with: Vec<Option<String>>,
    /// By the language tag.
    gives: BTreeMap<String, Told>,
}

/// As each side writes an enumeration's value: `high_risk_place`.
fn id<T: Copy + Debug>(value: T) -> String {
    let name = format!("{value:?}");
    let mut id = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !id.is_empty() {
            id.push('_');
        }
        id.push(letter.to_ascii_lowercase());
    }
    id
}

fn one_of<T: Copy + Debug>(all: &[T], name: &str) -> T {
    let found = all.iter().copied().find(|value| id(value) == name);
    found.unwrap_or_else(|| panic!("no such value: {name}"))
}

fn refusal(name: &str) -> Refusal {
    let all = [
        Refusal::NotAHealthCode,
        Refusal::TrustBundleExpired,
        Refusal::IssuerUnknown,
        Refusal::CredentialExpired,
        Refusal::PresentationTooOld,
        Refusal::PresentationFromFuture,
        Refusal::WrongAudience,
        Refusal::Revoked,
        Refusal::PaperNeedsStatusList,
        Refusal::Replayed,
        Refusal::ColourNotAdmitted,
        Refusal::PaperShownElsewhere,
        Refusal::CompareWithDocument,
    ];
    one_of(&all, name)
}

fn colour(name: &str) -> Colour {
    Colour::from_id(name).expect("a colour")
}

fn scheme(name: &str) -> Scheme {
    one_of(&[Scheme::Domestic, Scheme::International], name)
}

fn kind(name: &str) -> DocumentKind {
    DocumentKind::from_id(name).expect("a kind of document")
}

fn act(name: &str) -> VerdictAct {
    let all = [
        VerdictAct::MoveCloser,
        VerdictAct::ShowHealthCode,
        VerdictAct::ShowLiveCode,
        VerdictAct::ConnectTheirPhone,
        VerdictAct::ShowForThisPlace,
        VerdictAct::FetchLists,
        VerdictAct::SetClock,
        VerdictAct::AskForDocument,
        VerdictAct::CompareWithDocument,
        VerdictAct::ShowNewerSheet,
    ];
    one_of(&all, name)
}

fn style(name: &str) -> MomentStyle {
    let all = [
        MomentStyle::Time,
        MomentStyle::DayAndTime,
        MomentStyle::Date,
        MomentStyle::Deadline,
    ];
    one_of(&all, name)
}

fn of_words(words: ColourWords) -> Told {
    let told = [
        id(words.tone),
        words.shape,
        words.word,
        words.title,
        words.spoken,
    ];
    told.map(Some).to_vec()
}

/// What the core says to a call, piece by piece.
fn told(call: &Call, tag: &str) -> Told {
    let tag = LanguageTag::new(tag);
    let words = tag.words();
    let some = |text: &str| vec![Some(text.to_owned())];
    let given = |at: usize| call.with[at].as_deref();
    let text = |at: usize| given(at).expect("an argument");
    let number = |at: usize| text(at).parse::<i64>().expect("a number");
    match call.name.as_str() {
        "colour_at_door" => {
            let checked = CheckedColour {
                colour: colour(text(0)),
                scheme: scheme(text(1)),
                local_colour: given(2).map(colour),
                rule_id: given(3).map(str::to_owned),
                rule_text: given(4).map(localized),
                refusal: given(5).map(refusal),
                status_checked: text(6) == "true",
            };
            let view = colour_at_door(&checked, &tag);
            [
                of_words(view.own),
                of_words(view.here),
                some(if view.is_mapped { "true" } else { "false" }),
                vec![view.rule_id, view.rule_text],
                vec![Some(view.title), Some(view.spoken), Some(id(view.level))],
                vec![view.act.map(id), Some(view.next_step)],
            ]
            .concat()
        }
        "colour_texts" => vec![
            Some(colour(text(0)).word(words).to_owned()),
            Some(colour(text(0)).shape().to_string()),
        ],
        "colour_words" => of_words(scheme(text(1)).words(colour(text(0)), words)),
        "consent" => some(words::text("consent-text", words).expect("a text")),
        "date_text" => some(&date_text(text(0), &tag)),
        "distance_text" => some(&distance_text(text(0).parse().expect("metres"), &tag)),
        "document_kind_name" => some(kind(text(0)).name(words)),
        "explain_document" => {
            let told = explain_document(kind(text(0)), text(1), words);
            vec![
                Some(id(told.kind)),
                Some(told.title),
                Some(told.form),
                told.number,
                told.fault,
                Some(told.fault_text),
                told.born_on,
            ]
        }
        "is_health_code" => some(&text(0).starts_with(code::TEXT_PREFIX).to_string()),
        "key_fingerprint" => {
            let key = data_encoding::HEXLOWER.decode(text(0).as_bytes());
            some(&key_fingerprint(&key.expect("hexadecimal digits")))
        }
        "localized_text" => some(localized(text(0)).for_tag(&tag)),
        "moment_text" => {
            let minutes = i32::try_from(number(3)).expect("minutes");
            let reading = Reading {
                now: number(1),
                civil: CivilTime::east(minutes).unwrap_or(CivilTime::CHINA),
                language: &tag,
            };
            some(&reading.moment(number(0), style(text(2))))
        }
        "opening_failure" => {
            let told = opening_failure(text(0), &tag);
            let may = [told.can_retry, told.can_reset].map(|may| Some(may.to_string()));
            [
                vec![Some(id(told.kind)), Some(told.title), Some(told.text)],
                may.to_vec(),
            ]
            .concat()
        }
        "person_to_compare" => {
            let person = PersonToCompare::of(text(0), text(1), words);
            vec![person.name, person.document_tail, Some(person.text)]
        }
        "reason_texts" => {
            let told = ReasonTexts::known(Reason::from_id(text(0)).expect("a reason"), words);
            vec![Some(told.id), Some(told.text), Some(told.instruction)]
        }
        "screen_languages" => Language::ALL
            .map(|language| Some(language.tag().to_owned()))
            .to_vec(),
        "screen_text" => {
            let arguments = call.with[1..].chunks(2).filter_map(|pair| match pair {
                [Some(name), Some(value)] => Some((name.as_str(), value.as_str())),
                _ => None,
            });
            vec![screens::text(text(0), arguments, &tag)]
        }
        "screen_texts" => vec![screens::texts(&tag).get(text(0)).cloned()],
        "text_direction" => some(&id(tag.direction())),
        "text_of_code" => vec![words::text_of_code(text(0), words).map(str::to_owned)],
        "transports" => TRANSPORTS.map(|id| Some(id.to_owned())).to_vec(),
        "verdict_act" => vec![VerdictAct::of(given(0).map(refusal), text(1) == "true").map(id)],
        "verdict_act_text" => some(act(text(0)).text(words)),
        "verdict_level" => some(&id(VerdictLevel::of(
            given(0).map(refusal),
            given(1).map(colour),
        ))),
        "verdict_text" => {
            let refusal = given(0).map(refusal);
            let code = refusal.map_or(code::ACCEPTED, |refusal| refusal.code());
            vec![
                Some(code.to_owned()),
                Some(code::verdict_text(refusal, words).to_owned()),
            ]
        }
        other => panic!("{other} is unknown here"),
    }
}

fn localized(json: &str) -> LocalizedText {
    serde_json::from_str(json).expect("a text in languages")
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/texts.json")
}

/// One call a line, so that a change shows.
fn written(texts: &Texts) -> String {
    let json = |value: &Value| value.to_string();
    let mut out = format!(
        "{{\n  \"about\": {},\n  \"calls\": [\n",
        json(&texts.about.clone().into())
    );
    for (at, call) in texts.calls.iter().enumerate() {
        let gives: Vec<_> = call
            .gives
            .keys()
            .map(|tag| {
                format!(
                    "{}: {}",
                    json(&tag.clone().into()),
                    json(&told(call, tag).into())
                )
            })
            .collect();
        let comma = if at + 1 == texts.calls.len() { "" } else { "," };
        let _ = writeln!(
            out,
            "    {{\"call\": {}, \"with\": {}, \"gives\": {{{}}}}}{comma}",
            json(&call.name.clone().into()),
            json(&call.with.clone().into()),
            gives.join(", "),
        );
    }
    out + "  ]\n}\n"
}

#[test]
fn the_file_of_texts_is_what_the_core_says() {
    let kept = fs::read_to_string(file()).expect("tests/vectors/texts.json");
    let texts: Texts = serde_json::from_str(&kept).expect("calls");
    let written = written(&texts);
    if std::env::var_os("HEALTH_CODE_WRITE").is_some() {
        fs::write(file(), &written).expect("written");
        return;
    }
    assert!(kept == written, "see the head of this file");
}

/// In all languages, and not the same in all of them.
#[test]
fn every_text_is_asked_for_in_every_language() {
    let texts: Texts = serde_json::from_str(&fs::read_to_string(file()).unwrap()).unwrap();
    let mut differs = HashMap::new();
    for call in &texts.calls {
        let tags: BTreeSet<_> = call.gives.keys().map(String::as_str).collect();
        if tags == BTreeSet::from([""]) {
            continue;
        }
        let all = Language::ALL.map(Language::tag);
        assert!(
            all.iter().all(|tag| tags.contains(tag)),
            "{}: {tags:?}",
            call.name
        );
        let answers: BTreeSet<_> = all.iter().map(|tag| &call.gives[*tag]).collect();
        let most = differs.entry(call.name.as_str()).or_insert(0);
        *most = answers.len().max(*most);
    }
    assert!(differs.len() > 15, "{differs:?}");
    assert!(differs.values().all(|answers| *answers >= 2), "{differs:?}");
}
