//! Days are the region's, whatever clock the server, the phone or China has: everything that shows or counts a day, half an hour before
//! midnight of 24 November in four regions, in each of which it has to come out the same.
//!
//! What is looked at is what a phone says first after a start, before any other view.

use health_code_authority::{CodeAct, CodeEntry, CodeOrder, CodesAnswer};
use health_code_core::capability::clinics::{ClinicOpen, ClinicQuery};
use health_code_core::capability::dependants::DependantRequest;
use health_code_core::capability::identity_proof::{ActivationCode, OwnProofState, ProofKind};
use health_code_core::colour::{Colour, Reason};
use health_code_core::rules::HANGZHOU;
use health_code_core::trust::SunsetOrder;
use health_code_core::words::LocalizedText;
use health_code_core::words::moments::MomentStyle;
use health_code_tests::phone::{Phone, child, resident_id};
use health_code_tests::town::Town;
use serde_json::{Value, json};

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_SECS: i64 = 86_400;
/// Minutes east of UTC: China's, Xinjiang's own, and the ends of what there is with a day that UTC has not.
const REGIONS: [i32; 4] = [480, 360, -300, 840];

/// A town by this clock; it is 24 November, half past eleven in the evening there.
fn town(east: i32) -> Town {
    let town = Town::with(|config| {
        let mut rules: Value = serde_json::from_str(HANGZHOU).expect("JSON");
        rules["utcOffsetMinutes"] = json!(east);
        std::fs::create_dir_all(&config.data).expect("a folder");
        let path = config.data.join("rules.json");
        std::fs::write(&path, rules.to_string()).expect("written");
        path.to_str()
            .expect("UTF-8")
            .clone_into(&mut config.rule_set);
        config.visitor_documents.clear();
        "self_declared".clone_into(&mut config.care_by);
    });
    // The town begins at two o'clock of UTC.
    let minutes = 23 * 60 + 30 - 2 * 60 - i64::from(east);
    town.clock
        .advance_ms(u64::try_from(minutes).expect("later") * MINUTE_MS);
    town
}

/// Syncs until what follows from what was sent is there too.
fn settle(phone: &Phone) {
    for _ in 0..3 {
        phone.sync();
    }
}

/// A code for one more day than today, as the desk is told of it, and as it is read from the sheet.
fn code(town: &Town, order: &str, seed: u8) -> (CodeEntry, String) {
    let entropy = health_code_core::testing::entropy::FixedEntropy::new(seed.into());
    let code = ActivationCode::generate(&entropy).expect("a code");
    let answer = town.desk(|desk| CodeOrder {
        act: CodeAct::Make,
        document_kind: Some("resident_id".to_owned()),
        document_number: Some(resident_id(order)),
        code_sha256: Some(data_encoding::HEXLOWER.encode(&code.sha256())),
        days: Some(1),
        ..desk
    });
    assert_eq!(answer.status, 201);
    let mut answer: CodesAnswer = serde_json::from_slice(&answer.body).expect("codes");
    (answer.codes.remove(0), code.in_groups())
}

fn proof(phone: &Phone) -> OwnProofState {
    let view = phone.health_code.identity_proof().expect("a view");
    view.own.state
}

#[test]
fn an_activation_code_is_good_until_the_day_on_its_sheet_is_over_in_the_region() {
    for east in REGIONS {
        let town = town(east);
        let at = town.now();
        let (made, first) = code(&town, "001", 1);
        let (_, second) = code(&town, "002", 2);
        assert_eq!(made.last_day.as_deref(), Some("2026-11-25"), "{east}");
        assert_eq!(made.expires_at, at + 30 * 60 + DAY_SECS, "{east}");
        let listed = town.desk(|order| order);
        let listed: CodesAnswer = serde_json::from_slice(&listed.body).expect("codes");
        assert!(listed.codes.iter().all(|it| it.last_day == made.last_day));

        // A minute before that day is over, and a minute later.
        let phones = ["001", "002"].map(|order| {
            let phone = Phone::new(&town, order);
            // Which proofs count is known from here on.
            phone.sync();
            phone.register_as(order);
            phone
        });
        town.clock.advance_ms(24 * HOUR_MS + 29 * MINUTE_MS);
        for ((phone, code), expected) in phones
            .iter()
            .zip([&first, &second])
            .zip([OwnProofState::Proven, OwnProofState::Refused])
        {
            phone.clock.advance_ms(24 * HOUR_MS + 29 * MINUTE_MS);
            phone
                .health_code
                .prove_identity(ProofKind::ActivationCode, code)
                .expect("queued");
            settle(phone);
            assert_eq!(proof(phone), expected, "{east}");
            town.clock.advance_ms(MINUTE_MS);
        }
        let problem = phones[1].health_code.identity_proof().expect("a view").own;
        assert!(!problem.text.is_empty());
    }
}

/// A name, and what a screen shows.
type Look = (&'static str, fn(&Phone) -> String);

/// What is told, each as it is looked at first.
fn told(town: &Town) -> Vec<(&'static str, String)> {
    let looks: [Look; 6] = [
        ("sunset", |phone| {
            let view = phone.health_code.sunset().expect("a view");
            view.expect("ordered").effective_at_text
        }),
        ("appeal", |phone| {
            let view = phone.health_code.appeals().expect("a view");
            let deadline = view.appeals[0].deadline_text.clone().expect("a deadline");
            deadline.split('(').next().unwrap_or_default().to_owned()
        }),
        ("paper", |phone| {
            let view = phone.health_code.papers().expect("a view");
            let mut all = view.sheet.iter().chain(&view.earlier);
            let one = all.next().expect("a sheet");
            format!("{} {}", one.first_day, one.last_day)
        }),
        ("changes", |phone| {
            let view = phone.health_code.changes().expect("a view");
            view.changes[0].at_text.clone()
        }),
        ("moment", |phone| {
            let now = phone.health_code.now().at_secs();
            phone.health_code.moment_text(now, MomentStyle::Date)
        }),
        ("file", |phone| {
            let paper = phone.health_code.export_document().expect("a paper");
            paper.file_name
        }),
    ];
    looks
        .into_iter()
        .map(|(name, look)| (name, look(&Phone::new(town, "phone"))))
        .collect()
}

#[test]
fn whatever_shows_a_day_shows_the_region_s_also_right_after_a_start() {
    let mut all = Vec::new();
    for east in REGIONS {
        let mut town = town(east);
        let ends_at = town.now() + 10 * DAY_SECS;
        town.change_trust(|trust| {
            trust.sunset_orders.push(SunsetOrder {
                division: 330_000,
                effective_at: ends_at,
                text: LocalizedText::new("It is over.", "疫情结束。"),
                erase_after_secs: Some(864_000),
            });
        });
        let phone = Phone::new(&town, "phone");
        phone.turn_green(&town);
        phone.health_code.request_paper(90).expect("asked");
        settle(&phone);
        let home = phone.health_code.home().expect("a view");
        let citizen = home.colour.expect("a colour").citizen_id;
        town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
        settle(&phone);
        phone
            .health_code
            .submit_appeal("I was not in that city on that day.")
            .expect("queued");
        settle(&phone);
        drop(phone);
        all.push((east, told(&town)));
    }
    let expected = all[0].1.clone();
    let of = |name: &str| {
        let found = expected.iter().find(|(it, _)| *it == name);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    assert_eq!(of("sunset"), "4 Dec 23:30");
    assert_eq!(of("moment"), "24 Nov");
    assert_eq!(of("paper"), "2026-11-24 2027-02-21");
    assert_eq!(of("file"), "health-code-2026-11-24.pdf");
    assert_eq!(of("changes"), "23:30");
    // A day of four hours more, as the policy has it.
    assert_eq!(of("appeal").trim(), "tomorrow 03:30");
    for (east, told) in &all {
        assert_eq!(told, &expected, "{east}");
    }
}

#[test]
fn a_holiday_and_a_birthday_begin_and_end_with_the_region_s_day() {
    for east in REGIONS {
        let town = town(east);
        let content = json!({
            "id": "hangzhou", "version": 1, "utcOffsetMinutes": east, "specialDays": {"2026-11-25": "holiday"},
            "clinics": [{
                "id": "a", "name": {"en": "Hospital", "zh": "医院"}, "address": {"en": "1 Lake Road", "zh": "湖滨路一号"},
                "division": 330_106, "phone": "0571-12345678", "latitude": 30.25, "longitude": 120.15,
                "hours": {"tue": [["00:00", "24:00"]], "wed": [["00:00", "24:00"]], "holiday": []},
            }],
        });
        town.publish("clinics", "hangzhou", 1, content.to_string().as_bytes());
        let phone = Phone::new(&town, "phone");
        phone.turn_green(&town);
        // Of age on 25 December, of which is told thirty days before: from tomorrow on.
        let child = DependantRequest {
            birth_date: Some("2008-12-25".to_owned()),
            ..child("欧阳小小", "N330106008")
        };
        let unborn = DependantRequest {
            birth_date: Some("2026-11-25".to_owned()),
            ..child.clone()
        };
        let refused = phone.health_code.add_dependant(&unborn);
        assert!(refused.is_err(), "{east}: nobody is born tomorrow");
        phone.health_code.add_dependant(&child).expect("queued");
        settle(&phone);
        let clock = phone.clock.clone();
        drop(phone);

        let everywhere = ClinicQuery {
            position: None,
            division: None,
            open_only: false,
            limit: 50,
        };
        let looked = || {
            let phone = Phone::with(&town, "phone", None, clock.clone());
            let dependants = phone.health_code.dependants().expect("a view");
            drop(phone);
            let phone = Phone::with(&town, "phone", None, clock.clone());
            let clinics = phone.health_code.clinics(&everywhere).expect("a list");
            (
                clinics[0].open,
                dependants.dependants[0].end_text.is_empty(),
            )
        };
        assert_eq!(looked(), (ClinicOpen::Open, true), "{east}");
        for clock in [&town.clock, &clock] {
            clock.advance_ms(31 * MINUTE_MS);
        }
        assert_eq!(looked(), (ClinicOpen::Closed, false), "{east}");
    }
}
