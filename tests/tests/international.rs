//! International, end to end: a visitor reads the passport's lines, registers, declares the entry offline, is orange or yellow by
//! rule, and green after fourteen declarations; another region's meaning is told offline.

use health_code_core::capability::international::{
    CheckedColour, EntryStage, EntryStep, MrzLevel, colour_at_door,
};
use health_code_core::citizen::{CONSENT_VERSION, FormKind, NextStepKind, Recomputation};
use health_code_core::code::VerdictLevel;
use health_code_core::colour::{Colour, Reason};
use health_code_core::event::HealthCodeEvent;
use health_code_core::rules::VISITORS;
use health_code_core::trust::{ColourTone, Scheme};
use health_code_core::words::LanguageTag;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Map, Value, json};

const PASSPORT: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16";
const DAY_MS: u64 = 86_400_000;

/// What the lines fill in, and what only the visitor knows.
fn registration(phone: &Phone) -> Map<String, Value> {
    let health = &phone.health_code;
    let view = health.read_mrz(PASSPORT);
    assert_eq!(view.level, MrzLevel::Sound, "{:?}", view.faults);
    let mut answers = health.prefill_from_mrz(PASSPORT).expect("answers");
    assert_eq!(answers["name"], json!("ANNA MARIA ERIKSSON"));
    assert_eq!(answers["sex"], json!("2"));
    let document = json!({"kind": "passport", "number": "L898902C3"});
    assert_eq!(answers["document"], document);
    let rest = json!({
        "nationality": "SWE", "division": "330106", "address": "文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    });
    answers.extend(rest.as_object().cloned().unwrap_or_default());
    answers
}

fn register(phone: &Phone) {
    phone
        .health_code
        .register(&registration(phone), CONSENT_VERSION)
        .expect("registered");
}

fn entry_from(phone: &Phone, country: &str) -> Map<String, Value> {
    let health = &phone.health_code;
    let form = health.form(FormKind::EntryDeclaration).expect("a form");
    let mut answers = health.draft(&form).expect("a draft");
    // Nobody is asked twice.
    assert_eq!(answers["phone"], json!("13800001234"));
    let told = json!({
        "entryDate": "2026-11-24", "transport": "flight", "number": "CA936", "seat": "12A",
        "stay1": country, "days1": 3, "stay2": "NZL", "days2": 9,
        "temperature": 36.5, "symptoms": ["none"], "contact": false, "truthful": true,
    });
    answers.extend(told.as_object().cloned().unwrap_or_default());
    answers
}

fn enter(phone: &Phone, country: &str) {
    let answers = entry_from(phone, country);
    let filed = phone.health_code.submit_entry_declaration(&answers);
    filed.expect("declared");
}

fn stage(phone: &Phone) -> EntryStage {
    phone.health_code.entry().expect("a view").stage
}

fn next_day(town: &Town, phone: &Phone) {
    town.clock.advance_ms(DAY_MS);
    phone.clock.advance_ms(DAY_MS);
}

#[test]
fn home_leads_a_visitor_to_the_entry() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    let next = || phone.health_code.home().expect("a view").next_step.kind;
    register(&phone);
    assert_eq!(next(), NextStepKind::Connect);
    phone.sync();
    assert_eq!(next(), NextStepKind::DeclareEntry);
    enter(&phone, "ITA");
    assert_ne!(next(), NextStepKind::DeclareEntry);
    phone.sync();
    assert_ne!(next(), NextStepKind::DeclareEntry);
    let resident = Phone::new(&town, "resident");
    resident.register();
    resident.sync();
    let home = resident.health_code.home().expect("a view");
    assert_eq!(home.next_step.kind, NextStepKind::Declare);
}

#[test]
fn a_visitor_is_orange_until_fourteen_declarations_are_done() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.sync();
    assert_eq!(stage(&phone), EntryStage::NotAVisitor);
    // All of it is filled in without a network.
    town.stop();
    register(&phone);
    assert_eq!(stage(&phone), EntryStage::ToDeclare);
    enter(&phone, "ITA");
    let waiting = phone.health_code.entry().expect("a view");
    assert_eq!(
        (waiting.stage, waiting.next_step),
        (EntryStage::Waiting, EntryStep::Connect)
    );
    town.start();
    let outcome = phone.sync();
    assert_eq!(outcome.uploads_left, 0, "{outcome:?}");

    let home = phone.health_code.home().expect("a view");
    let colour = home.colour.expect("a colour");
    assert_eq!(
        (colour.colour, colour.scheme),
        (Colour::Red, Scheme::International)
    );
    assert_eq!(
        (colour.shown.tone, colour.reason),
        (ColourTone::Orange, Some(Reason::ArrivedFromAbroad))
    );
    assert_eq!(colour.rule_id, "orange-entry-from-listed-country");
    assert_eq!(colour.recomputation, Recomputation::Same);
    assert!(colour.rule_text.contains("ITA"), "{}", colour.rule_text);
    assert!(
        home.status.title.starts_with("Orange"),
        "{}",
        home.status.title
    );
    let entry = phone.health_code.entry().expect("a view");
    assert_eq!(
        (entry.stage, entry.next_step),
        (EntryStage::Running, EntryStep::CheckIn)
    );
    assert_eq!(entry.entered_on.as_deref(), Some("2026-11-24"));
    assert_eq!(
        (entry.declarations_done, entry.declarations_required),
        (Some(1), Some(14))
    );
    assert_eq!(entry.earliest_green.as_deref(), Some("2026-12-07"));

    // A checkpoint sees orange, and does not let in.
    let code = phone.health_code.current_code().expect("a code");
    assert_eq!(code.scheme, Scheme::International);
    let verdict = phone.checkpoint(&town).check(&code.text, town.now());
    assert_eq!(
        (verdict.scheme, verdict.accepted),
        (Some(Scheme::International), false)
    );
    let checked = CheckedColour::of(&verdict).expect("a colour");
    let door = colour_at_door(&checked, &LanguageTag::new("zh"));
    assert_eq!(
        (door.own.tone, door.level),
        (ColourTone::Orange, VerdictLevel::Stop)
    );
    assert_eq!(door.own.word, "橙码");

    // The thirteen days after.
    for day in 2..=14 {
        next_day(&town, &phone);
        phone.declare_well();
        phone.sync();
        let is_done = day == 14;
        assert_eq!(phone.colour() == Colour::Green, is_done, "day {day}");
    }
    town.stop();
    let home = phone.health_code.home().expect("a view");
    let colour = home.colour.expect("a colour");
    assert_eq!(
        (colour.shown.tone, colour.reason),
        (ColourTone::Green, Some(Reason::MeasureLifted))
    );
    assert_eq!(colour.recomputation, Recomputation::Same);
    assert_eq!(stage(&phone), EntryStage::Done);
    // What was orange was orange, wherever it is told.
    let changes = phone.health_code.changes().expect("a view").changes;
    let tones = changes.iter().map(|change| change.shown.as_ref());
    let tones: Vec<_> = tones.map(|shown| shown.expect("a colour").tone).collect();
    assert_eq!(tones.last(), Some(&ColourTone::Orange), "{tones:?}");
    assert!(!tones.contains(&ColourTone::Red), "{tones:?}");
    let told = phone.events.take();
    let oranges = told.iter().filter(|event| match event {
        HealthCodeEvent::ColourChanged(change) => change.shown.tone == ColourTone::Orange,
        _ => false,
    });
    assert_eq!(oranges.count(), 1);
}

#[test]
fn other_countries_are_yellow_and_a_week_without_network_loses_nothing() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    register(&phone);
    enter(&phone, "SGP");
    town.stop();
    for _ in 0..7 {
        phone.sync();
        next_day(&town, &phone);
    }
    assert_eq!(stage(&phone), EntryStage::Waiting);
    // The same phone started anew still has it.
    let clock = phone.clock.clone();
    drop(phone);
    town.start();
    let phone = Phone::with(&town, "phone", None, clock);
    let outcome = phone.sync();
    assert_eq!(outcome.uploads_left, 0, "{outcome:?}");
    let colour = phone.colour_view();
    assert_eq!(
        (colour.shown.tone, colour.rule_id.as_str()),
        (ColourTone::Yellow, "yellow-entry")
    );
    let entry = phone.health_code.entry().expect("a view");
    // The day that was declared counts, though it came a week late; what counts as a declaration is the day of receipt.
    assert_eq!(entry.declarations_done, Some(1));
    assert_eq!(phone.sync().uploads_left, 0);
}

#[test]
fn a_negative_test_after_the_entry_leads_to_green() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test-report.json");
    let text = |en: &str, zh: &str| json!({"en": en, "zh": zh});
    let form = json!({
        "id": "health-declaration", "version": 90, "title": text("Declaration", "申报"),
        "sections": [{"id": "all", "title": text("Test", "检测"), "fields": [{
            "id": "negativeTest", "kind": "date", "label": text("Negative test of", "阴性检测日期"), "required": true,
            "fact": "negativeTestDate", "min": "today-7d", "max": "today",
        }]}],
    });
    std::fs::write(&path, form.to_string()).expect("written");
    let town = Town::with(|config| config.forms = vec![path]);
    let phone = Phone::new(&town, "phone");
    register(&phone);
    enter(&phone, "ITA");
    phone.sync();
    assert_eq!(phone.colour(), Colour::Red);
    next_day(&town, &phone);
    let answers = json!({"negativeTest": "2026-11-25"});
    let answers = answers.as_object().cloned().unwrap_or_default();
    phone
        .health_code
        .submit_declaration(&answers)
        .expect("declared");
    phone.sync();
    assert_eq!(phone.colour(), Colour::Green);
}

#[test]
fn what_the_code_counts_as_elsewhere_is_told_offline_with_its_rule() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    assert!(phone.health_code.code_elsewhere(420_100).is_err());
    register(&phone);
    enter(&phone, "ITA");
    phone.sync();
    town.stop();
    let there = phone.health_code.code_elsewhere(420_100).expect("a view");
    assert_eq!(
        (there.scheme, there.own.tone),
        (Scheme::International, ColourTone::Orange)
    );
    // This town's trust bundle has no mappings: the colour means what it says.
    assert_eq!(
        (there.rule_id, there.there.tone),
        (None, ColourTone::Orange)
    );
    assert!(!there.is_admitted && !there.title.is_empty() && !there.spoken.is_empty());
    let all = phone.health_code.code_in_regions().expect("views");
    let divisions: Vec<_> = all.iter().map(|one| one.division).collect();
    assert_eq!(divisions, [330_100]);
}

#[test]
fn who_is_a_visitor_is_the_authoritys_policy() {
    let town = Town::with(|config| config.visitor_documents.clear());
    let phone = Phone::new(&town, "phone");
    register(&phone);
    enter(&phone, "ITA");
    phone.sync();
    let colour = phone.colour_view();
    assert_eq!(
        (colour.scheme, colour.colour),
        (Scheme::Domestic, Colour::Green)
    );
    assert_eq!(stage(&phone), EntryStage::NotAVisitor);
}

#[test]
fn a_citizen_is_none_and_a_faulty_zone_fills_in_nothing() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    let wrong = PASSPORT.replace("L898902C3", "L898902C4");
    assert_eq!(phone.health_code.read_mrz(&wrong).level, MrzLevel::Check);
    let form = phone
        .health_code
        .form(FormKind::Registration)
        .expect("a form");
    let before = phone.health_code.draft(&form).expect("a draft");
    assert_eq!(
        phone.health_code.prefill_from_mrz(&wrong).expect("answers"),
        before
    );
    phone.turn_green(&town);
    let colour = phone.colour_view();
    assert_eq!(
        (colour.scheme, colour.shown.tone),
        (Scheme::Domestic, ColourTone::Green)
    );
    assert_eq!(stage(&phone), EntryStage::NotAVisitor);
}

/// A visitors' rule set and an entry form of tomorrow: what is new restricts nobody, and the old declaration counts.
#[test]
fn tomorrows_rules_and_forms_reach_the_phone() {
    let town = Town::new();
    let phone = Phone::new(&town, "phone");
    register(&phone);
    enter(&phone, "SGP");
    phone.sync();
    let mut rules: Value = serde_json::from_str(VISITORS).expect("JSON");
    rules["version"] = json!(2);
    rules["parameters"]["entryDeclarations"] = json!(1);
    town.publish("rule-set", "visitors", 2, rules.to_string().as_bytes());
    phone.sync();
    let colour = phone.colour_view();
    assert_eq!((colour.colour, colour.rule_set_version), (Colour::Green, 2));
    assert_eq!(colour.recomputation, Recomputation::Same);
    let form = health_code_core::form::ENTRY_DECLARATION;
    let mut form: Value = serde_json::from_str(form).expect("JSON");
    form["version"] = json!(2);
    town.publish("form", "entry-declaration", 2, form.to_string().as_bytes());
    phone.sync();
    let held = phone
        .health_code
        .form(FormKind::EntryDeclaration)
        .expect("a form");
    assert_eq!(held.definition().version, 2);
    // A rule set for visitors in another time zone would give two days at once.
    rules["version"] = json!(3);
    rules["utcOffsetMinutes"] = json!(0);
    let refused = town.publish_refused("rule-set", "visitors", 3, rules.to_string().as_bytes());
    assert_eq!(refused, "rule_set_field_invalid");
}
