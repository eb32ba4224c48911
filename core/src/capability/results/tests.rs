//! What a phone believes of results, keeps of them and says of them; rubbish, tomorrow's data, a thousand.

use std::sync::Arc;

use serde_json::{Value, json};

use super::in_words::{Held, view};
use super::records::{HeldResult, PROGRESS, RESULT};
use super::views::{ResultLevel, ResultOutcome, ResultStep, ResultView, ResultsView};
use super::{Laboratories, RESULT_TYPE, Report, ReportError, part};
use crate::civil_time::CivilTime;
use crate::encoding::base64;
use crate::store::{MemoryStore, SealedStore, SubjectId};
use crate::sync::{PartFault, PartHolding, PartTaken, TimeSource, TrustedTime};
use crate::testing::entropy::FixedEntropy;
use crate::testing::key_guard::FixedKeyGuard;
use crate::testing::nation::Nation;
use crate::trust::sign_bundle;
use crate::words::moments::Reading;
use crate::words::{Language, LanguageTag};

const NOW: i64 = 1_800_000_000;
const HOUR: i64 = 3_600;
const CITIZEN: &str = "0190b0a0-0000-4000-8000-000000000001";

fn record(id: &str, outcome: &str) -> Value {
    json!({
        "citizenId": CITIZEN, "laboratory": "lab", "laboratoryName": {"en": "Laboratory", "zh": "实验室"},
        "id": id, "version": 1, "kind": "nucleic_acid", "outcome": outcome,
        "sampledAt": NOW - HOUR, "reportedAt": NOW, "validUntil": NOW + 47 * HOUR,
        "fact": "negativeTestDate", "place": "Gate 3",
    })
}

fn with(mut record: Value, member: &str, value: Value) -> Value {
    record[member] = value;
    record
}

fn signed(nation: &Nation, record: &Value) -> String {
    let json = record.to_string();
    let bundle = sign_bundle(RESULT_TYPE, Some(NOW), json.as_bytes(), &nation.hangzhou);
    base64::encode_url(&bundle.expect("signed"))
}

fn held(nation: &Nation, records: &[Value]) -> Held {
    let results = records.iter().enumerate().map(|(place, record)| {
        let held = HeldResult {
            signed: signed(nation, record),
            citizen_id: CITIZEN.to_owned(),
            sampled_at: record["sampledAt"].as_i64().unwrap_or_default(),
        };
        (format!("{place:04}"), held)
    });
    Held {
        results: results.collect(),
        new: ["0000".to_owned()].into(),
        unverified: 0,
    }
}

fn at(secs: i64, source: TimeSource) -> TrustedTime {
    TrustedTime {
        at_ms: secs * 1_000,
        source,
        error_ms: None,
    }
}

fn shown(held: &Held, now: TrustedTime, language: &LanguageTag) -> ResultsView {
    let reading = Reading {
        now: now.at_secs(),
        civil: CivilTime::CHINA,
        language,
    };
    view(held, now, reading)
}

fn seen_at(records: &[Value], secs: i64) -> ResultsView {
    let language = LanguageTag::new("en");
    let nation = Nation::at(NOW);
    let now = at(secs, TimeSource::Anchored);
    shown(&held(&nation, records), now, &language)
}

fn one(record: Value) -> ResultView {
    let seen = seen_at(&[record], NOW);
    let mut all = seen.current.into_iter().chain(seen.history);
    all.next().expect("a result")
}

#[test]
fn each_outcome_has_its_word_its_level_and_its_step() {
    for (outcome, word, level, step) in [
        (
            "negative",
            "Negative",
            ResultLevel::Good,
            ResultStep::SeeColour,
        ),
        (
            "positive",
            "Positive",
            ResultLevel::Attention,
            ResultStep::SeeColour,
        ),
        (
            "pending",
            "No result yet",
            ResultLevel::Waiting,
            ResultStep::Connect,
        ),
        (
            "inconclusive",
            "The sample told nothing",
            ResultLevel::Unclear,
            ResultStep::TestAgain,
        ),
        (
            "vaccinated",
            "Dose given",
            ResultLevel::Good,
            ResultStep::None,
        ),
        (
            "of_tomorrow",
            "A result that this version cannot tell",
            ResultLevel::Unclear,
            ResultStep::Call,
        ),
    ] {
        let seen = one(record("1", outcome));
        assert_eq!(
            (seen.outcome_text.as_str(), seen.level, seen.next_step),
            (word, level, step)
        );
        assert!(seen.spoken.contains("Nucleic acid test") && seen.spoken.contains(word));
        // Neither awaited nor unclear is a result that counts.
        let counts = matches!(level, ResultLevel::Good | ResultLevel::Attention);
        assert_eq!(
            (seen.counts, seen.countdown.is_some()),
            (counts, counts),
            "{outcome}"
        );
    }
    let dose = with(
        record("1", "vaccinated"),
        "dose",
        json!({"number": 2, "of": 3}),
    );
    assert_eq!(
        one(dose).outcome_text.replace(['\u{2068}', '\u{2069}'], ""),
        "Dose 2 of 3"
    );
    let withdrawn = one(with(record("1", "positive"), "withdrawn", json!(true)));
    assert_eq!(
        (
            withdrawn.level,
            withdrawn.counts,
            withdrawn.outcome_text.as_str()
        ),
        (ResultLevel::Past, false, "Withdrawn by the laboratory")
    );
    assert_eq!(one(record("1", "negative")).place, "Laboratory · Gate 3");
}

#[test]
fn a_countdown_goes_on_and_ends_without_the_authority() {
    let records = [record("1", "negative")];
    let until = NOW + 47 * HOUR;
    let mut now = NOW;
    let mut texts = Vec::new();
    while now < until {
        let seen = seen_at(&records, now);
        let next = seen.next_change_at.expect("it goes on");
        assert!(next > now && next <= until);
        let text = seen.current[0].countdown.clone();
        assert_eq!(text, seen_at(&records, next - 1).current[0].countdown);
        texts.push(text.expect("counted down"));
        now = next;
    }
    assert!(texts[0].contains("(47 h)"), "{}", texts[0]);
    assert!(texts.iter().any(|text| text.contains("(59 min)")));
    assert!(texts.last().expect("the last").contains("(0 min)"));
    let over = seen_at(&records, until);
    assert!(over.current.is_empty() && over.next_change_at.is_none());
    let past = &over.history[0];
    assert_eq!(
        (past.counts, past.next_step),
        (false, ResultStep::TestAgain)
    );
    assert!(past.spoken.contains("Its time is over."));
    // Without end.
    let forever = with(record("1", "positive"), "validUntil", Value::Null);
    let seen = seen_at(&[forever], NOW + 900 * 24 * HOUR);
    assert!(seen.current[0].counts && seen.next_change_at.is_none());
}

#[test]
fn a_clock_that_cannot_be_right_says_so() {
    let language = LanguageTag::new("en");
    let nation = Nation::at(NOW);
    let all = held(&nation, &[record("1", "negative")]);
    let seen = |secs, source| {
        let now = at(secs, source);
        shown(&all, now, &language)
    };
    let sure = seen(NOW, TimeSource::Anchored);
    assert!(sure.clock_text.is_none() && sure.current[0].countdown.is_some());
    let own = seen(NOW, TimeSource::WallClock);
    assert!(own.clock_text.is_some() && own.current[0].countdown.is_some());
    let never_set = seen(1_000, TimeSource::WallClock);
    assert_ne!(never_set.clock_text, own.clock_text);
    assert!(never_set.clock_text.is_some() && never_set.current[0].countdown.is_none());
}

#[test]
fn the_highest_version_counts_and_the_others_are_told() {
    let first = record("1", "positive");
    let second = with(record("1", "negative"), "version", json!(2));
    let seen = seen_at(&[first, second, record("2", "negative")], NOW);
    assert_eq!(seen.current.len(), 2);
    let corrected = seen.current.iter().find(|one| one.id == "lab/1");
    let corrected = corrected.expect("it is here");
    assert_eq!(
        (corrected.version, corrected.outcome),
        (2, ResultOutcome::Negative)
    );
    assert_eq!(corrected.earlier.len(), 1);
    assert!(corrected.earlier[0].text.contains("Positive"));
}

#[test]
fn everything_is_said_in_every_language() {
    let nation = Nation::at(NOW);
    for language in Language::ALL {
        let tag = LanguageTag::from(language);
        for outcome in [
            "negative",
            "positive",
            "pending",
            "inconclusive",
            "vaccinated",
            "new",
        ] {
            let mut all = held(&nation, &[record("1", outcome)]);
            all.unverified = 3;
            let now = at(NOW, TimeSource::WallClock);
            let seen = shown(&all, now, &tag);
            let texts = [
                seen.unverified_text.unwrap_or_default(),
                seen.text,
                seen.clock_text.unwrap_or_default(),
            ];
            assert!(texts.iter().all(|text| !text.is_empty()), "{language:?}");
            let one = &seen.current[0];
            for text in [
                &one.title,
                &one.outcome_text,
                &one.sampled_text,
                &one.reported_text,
            ] {
                assert!(
                    !text.is_empty() && !text.contains('{'),
                    "{language:?} {outcome}"
                );
            }
        }
    }
}

fn sealed_store() -> Arc<SealedStore> {
    let records = Arc::new(MemoryStore::new());
    let entropy = Arc::new(FixedEntropy::new(1));
    Arc::new(SealedStore::open(records, &FixedKeyGuard::new(1), entropy).expect("a store"))
}

/// A phone's store with what a part leaves in it.
struct Phone {
    store: Arc<SealedStore>,
    nation: Nation,
    subject: SubjectId,
}

impl Phone {
    fn new() -> Self {
        Self {
            store: sealed_store(),
            nation: Nation::at(NOW),
            subject: SubjectId::OWNER,
        }
    }

    fn take(&self, body: &Value) -> Result<PartTaken, PartFault> {
        let holding = PartHolding {
            store: &self.store,
            subject: &self.subject,
            citizen_id: CITIZEN,
            trust: &self.nation.trust,
            at_ms: NOW * 1_000,
        };
        let taken = (part::RESULTS.writes)(&holding, body.to_string().as_bytes())?;
        self.store.apply(&taken.writes).expect("written");
        Ok(taken)
    }

    fn count(&self) -> usize {
        let place = RESULT.for_subject(&self.subject);
        self.store.read_all(&place).expect("readable").len()
    }

    fn entry(&self, change: u32, record: &Value) -> Value {
        json!({"change": change, "record": signed(&self.nation, record)})
    }
}

#[test]
fn what_does_not_verify_is_noted_and_keeps_nothing_else_from_coming() {
    let phone = Phone::new();
    let good = phone.entry(1, &record("1", "negative"));
    let others = phone.entry(
        2,
        &with(record("2", "positive"), "citizenId", json!("another")),
    );
    let mut forged = phone.entry(3, &record("3", "positive"));
    forged["record"] = json!(signed(
        &Nation {
            hangzhou: ed25519_dalek::SigningKey::from_bytes(&[9; 32]),
            ..Nation::at(NOW)
        },
        &record("3", "positive"),
    ));
    let rubbish = json!({"change": 4, "record": "rubbish"});
    let tomorrow = phone.entry(
        5,
        &with(record("5", "negative"), "kind", json!({"of": "tomorrow"})),
    );
    let entries = json!([good, others, forged, rubbish, tomorrow]);
    let body = json!({"results": entries, "head": 5, "next": "5.ab", "more": true});
    let taken = phone.take(&body).expect("taken");
    assert!(!taken.is_complete, "it is asked for again");
    assert_eq!(phone.count(), 2);
    let progress = PROGRESS.for_subject(&phone.subject);
    let noted = phone
        .store
        .read(&progress)
        .expect("readable")
        .expect("there");
    let changes: Vec<u32> = noted.unverified.iter().map(|(change, _)| *change).collect();
    assert_eq!((changes, noted.next.as_str()), (vec![2, 3, 4], ""));

    // What verifies later is taken, and is noted no more.
    let mended = json!([
        phone.entry(2, &record("2", "negative")),
        phone.entry(3, &record("3", "negative")),
        phone.entry(4, &record("4", "negative")),
    ]);
    let body = json!({"results": mended, "head": 5, "next": "5.ab"});
    assert!(phone.take(&body).expect("taken").is_complete);
    assert_eq!(phone.count(), 5);
    let noted = phone
        .store
        .read(&progress)
        .expect("readable")
        .expect("there");
    assert!(noted.unverified.is_empty() && noted.next == "5.ab");
    // Again is the same.
    phone.take(&body).expect("taken");
    assert_eq!(phone.count(), 5);
    for rubbish in [json!("?"), json!({"results": [], "head": 1, "next": "a b"})] {
        assert!(matches!(
            phone.take(&rubbish),
            Err(PartFault::Refused("results_unreadable"))
        ));
    }
}

#[test]
fn of_more_than_a_thousand_the_newest_samples_stay() {
    let phone = Phone::new();
    let page = |from: u32| {
        let entries: Vec<Value> = (from..from + 250)
            .map(|change| {
                let sampled = json!(NOW - i64::from(2_000 - change));
                let record = with(
                    record(&change.to_string(), "negative"),
                    "sampledAt",
                    sampled,
                );
                phone.entry(change, &record)
            })
            .collect();
        let last = from + 249;
        json!({"results": entries, "head": 1_250, "next": format!("{last}.ab")})
    };
    for from in [1, 251, 501, 751, 1_001] {
        let taken = phone.take(&page(from)).expect("taken");
        assert_eq!(taken.is_complete, from == 1_001);
    }
    assert_eq!(phone.count(), 1_000);
    let place = RESULT.for_subject(&phone.subject);
    let oldest = phone.store.read_all(&place).expect("readable");
    let oldest = oldest.iter().map(|(_, one)| one.sampled_at).min();
    assert_eq!(oldest, Some(NOW - 2_000 + 251));
}

#[test]
fn a_report_is_refused_for_what_no_result_can_say() {
    let good = json!({
        "id": "A-1", "version": 1, "document": {"kind": "resident_id", "number": "x"},
        "kind": "nucleic_acid", "outcome": "negative", "sampledAt": NOW,
    });
    let check = |report: Value| {
        serde_json::from_value::<Report>(report)
            .expect("a report")
            .check()
    };
    assert_eq!(check(good.clone()), Ok(()));
    for (member, value) in [
        ("id", json!("")),
        ("id", json!("a/b")),
        ("kind", json!("核酸")),
        ("outcome", json!("x".repeat(65))),
        ("version", json!(0)),
        ("version", json!(101)),
        ("sampledAt", json!(i64::MIN)),
        ("sampledAt", json!(i64::MAX)),
        ("place", json!("  ")),
        ("place", json!("a\nb")),
        ("product", json!("x".repeat(81))),
        ("dose", json!({"number": 0})),
    ] {
        let refused = check(with(good.clone(), member, value));
        assert_eq!(refused, Err(ReportError::FieldInvalid), "{member}");
    }
}

#[test]
fn a_list_that_cannot_be_gone_by_is_not_published() {
    let usual = serde_json::to_value(Laboratories::usual()).expect("JSON");
    let read = |list: &Value| Laboratories::read_strictly(list.to_string().as_bytes()).map(|_| ());
    let laboratory = json!({
        "id": "lab", "name": {"en": "L", "zh": "实"}, "jwks": {"keys": []},
        "notBefore": 1, "notAfter": 2, "reports": ["antigen"],
    });
    let listed = with(usual.clone(), "laboratories", json!([laboratory]));
    assert_eq!(read(&listed), Ok(()));
    let mut twice = listed.clone();
    twice["laboratories"] = json!([laboratory, laboratory]);
    let mut no_day = listed.clone();
    no_day["kinds"][0]["outcomes"]["negative"]["fact"] = json!("temperature");
    let mut unknown = listed.clone();
    unknown["kinds"][0]["outcomes"]["negative"]["fact"] = json!("of_tomorrow");
    let mut long = listed.clone();
    long["kinds"][0]["outcomes"]["negative"]["hours"] = json!(u32::MAX);
    let mut backwards = listed;
    backwards["laboratories"][0]["notAfter"] = json!(0);
    for list in [
        twice,
        no_day,
        unknown,
        long,
        backwards,
        json!([]),
        with(usual, "id", json!("other")),
    ] {
        assert_eq!(read(&list), Err(ReportError::LaboratoriesInvalid));
    }
}
