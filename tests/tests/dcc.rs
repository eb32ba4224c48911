//! EU certificates, end to end over TLS: officers publish keys and rules, a phone reads a certificate offline, hands it in, and the
//! colour follows by the rules; a key that is withdrawn ends it, names that differ are for officers, one certificate is of one citizen.

#[path = "dcc/desk.rs"]
mod desk;

use std::process::Command;

use health_code_authority::{DccAct, DccAnswer};
use health_code_core::capability::dcc::{
    DccComparison, DccKind, DccLevel, DccSending, DccStatus, DccStep, DccView, NamesStanding,
};
use health_code_core::citizen::{CONSENT_VERSION, FormKind, Recomputation};
use health_code_core::colour::Colour;
use health_code_core::ports::Clock as _;
use health_code_core::rules::VISITORS;
use health_code_core::system::SystemClock;
use health_code_core::testing::dcc_issuer::{
    DccIssuer, anna, negative_test, recovery, vaccination,
};
use health_code_core::wire::Problem;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Value, json};

const AUTHORITY: &str = env!("CARGO_BIN_EXE_authority_under_test");
const DAY_SECS: i64 = 86_400;
/// Of the morning on which towns start.
const NOW: i64 = 1_795_485_600;

fn sweden() -> DccIssuer {
    DccIssuer::es256("SE", 7)
}

fn publish_keys(town: &Town, version: u64, keys: &[Value]) {
    let list = json!({"id": "eu", "version": version, "keys": keys});
    town.publish("dcc-keys", "eu", version, list.to_string().as_bytes());
}

/// A series that is complete, a test of the last 72 hours, a recovery of the last 180 days.
fn publish_rules(town: &Town) {
    let rule = |id: &str, kind: &str, logic: &Value| {
        json!({
            "Identifier": id, "Type": "Acceptance", "Country": "CN", "CertificateType": kind,
            "ValidFrom": "2026-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z",
            "Description": [
                {"lang": "en", "desc": format!("{kind}: what the region asks for.")},
                {"lang": "zh", "desc": "本地的要求。"},
            ],
            "Logic": logic,
        })
    };
    let now = json!({"plusTime": [{"var": "external.validationClock"}, 0, "day"]});
    let rules = json!({"id": "hangzhou", "version": 1, "rules": [
        rule("VR-CN-0001", "Vaccination", &json!({">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]})),
        rule("TR-CN-0001", "Test", &json!({"before": [now, {"plusTime": [{"var": "payload.t.0.sc"}, 72, "hour"]}]})),
        rule("RR-CN-0001", "Recovery", &json!({"before": [now, {"plusTime": [{"var": "payload.r.0.fr"}, 180, "day"]}]})),
    ], "valueSets": {
        "vaccines-covid-19-names": {"EU/1/20/1528": {"en": "Comirnaty", "zh": "复必泰"}},
        "country-2-codes": {"SE": {"en": "Sweden", "zh": "瑞典"}},
    }});
    town.publish("dcc-rules", "hangzhou", 1, rules.to_string().as_bytes());
}

fn tested() -> String {
    let content = negative_test(&anna(), "1974-08-12", "2026-11-24T00:30:00Z");
    sweden().issue(&content, NOW - 3_600, NOW + 300 * DAY_SECS)
}

/// A visitor with a Swedish passport who declared an entry of today: yellow.
fn arrive(phone: &Phone, name: &str, number: &str) {
    let health = &phone.health_code;
    let answers = json!({
        "name": name, "sex": "2", "nationality": "SWE",
        "document": {"kind": "passport", "number": number},
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    });
    let answers = answers.as_object().cloned().unwrap_or_default();
    health
        .register(&answers, CONSENT_VERSION)
        .expect("registered");
    let entry = json!({
        "entryDate": "2026-11-24", "transport": "flight", "number": "CA936", "seat": "12A",
        "stay1": "SGP", "days1": 3, "phone": "13800001234",
        "temperature": 36.5, "symptoms": ["none"], "contact": false, "truthful": true,
    });
    let form = health.form(FormKind::EntryDeclaration).expect("a form");
    let mut told = health.draft(&form).expect("a draft");
    told.extend(entry.as_object().cloned().unwrap_or_default());
    health.submit_entry_declaration(&told).expect("declared");
}

/// A town with keys of Sweden and rules, and a visitor in it whose code is yellow.
fn town_with_visitor(name: &str) -> (Town, Phone) {
    let town = Town::new();
    publish_keys(
        &town,
        1,
        &[sweden().entry(&[]), DccIssuer::ps256("SE").entry(&[])],
    );
    publish_rules(&town);
    let phone = Phone::new(&town, "phone");
    phone.sync();
    arrive(&phone, name, "L898902C3");
    phone.sync();
    assert_eq!(phone.colour(), Colour::Yellow);
    (town, phone)
}

fn view(phone: &Phone, id: &str) -> DccView {
    let all = phone.health_code.dccs().expect("a view").certificates;
    all.into_iter().find(|one| one.id == id).expect("kept")
}

fn citizen_id(phone: &Phone) -> String {
    let colour = phone.health_code.home().expect("a view").colour;
    colour.expect("a colour").citizen_id
}

fn line<'a>(view: &'a DccView, label: &str) -> &'a str {
    let found = view.lines.iter().find(|line| line.label == label);
    found.map_or("", |line| line.value.as_str())
}

#[test]
fn a_test_is_read_offline_handed_in_and_counts_until_its_key_is_withdrawn() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.sync();
    // Before there is any list.
    let early = phone.health_code.read_dcc(&tested()).expect("a view");
    assert_eq!(
        (early.status, early.level),
        (DccStatus::Unchecked, DccLevel::Attention)
    );
    publish_keys(&town, 1, &[sweden().entry(&[])]);
    publish_rules(&town);
    phone.sync();

    // The server off: it is read and verified at once, and nothing is kept.
    town.stop();
    let read = phone.health_code.read_dcc(&tested()).expect("a view");
    assert_eq!(
        (read.status, read.level, read.kind, read.next_step),
        (
            DccStatus::Counts,
            DccLevel::Good,
            Some(DccKind::Test),
            DccStep::Keep
        )
    );
    assert_eq!(
        (line(&read, "Result"), line(&read, "Country")),
        ("Not detected", "Sweden")
    );
    assert_eq!((read.names_comparison, read.can_submit), (None, false));
    assert!(
        phone
            .health_code
            .dccs()
            .expect("a view")
            .certificates
            .is_empty()
    );
    let id = phone.health_code.keep_dcc(&tested()).expect("kept");
    assert_eq!(
        phone
            .health_code
            .keep_dcc(&format!(" {} ", tested()))
            .expect("kept"),
        id
    );
    assert_eq!(view(&phone, &id).next_step, DccStep::Register);
    let refused = phone
        .health_code
        .submit_dcc(&id, false)
        .expect_err("nobody is registered");
    assert_eq!(refused.code(), "not_registered");
    arrive(&phone, "Anna Maria Eriksson", "L898902C3");
    let ready = view(&phone, &id);
    assert_eq!(
        (
            ready.names_comparison,
            ready.needs_confirmation,
            ready.next_step
        ),
        (Some(DccComparison::Same), false, DccStep::Submit)
    );
    let upload = phone.health_code.submit_dcc(&id, false).expect("queued");
    assert_eq!(
        phone.health_code.submit_dcc(&id, false).expect("the same"),
        upload
    );
    assert_eq!(view(&phone, &id).sending, DccSending::Waiting);
    phone.sync();
    town.start();
    let outcome = phone.sync();
    assert_eq!((outcome.uploads_left, outcome.problem), (0, None));
    let sent = view(&phone, &id);
    assert_eq!(
        (sent.sending, sent.next_step),
        (DccSending::Received, DccStep::None)
    );

    // The colour followed by the rules, and the phone computes the same.
    assert_eq!(phone.colour(), Colour::Green);
    let colour = phone.colour_view();
    assert_eq!(
        (colour.rule_id.as_str(), colour.recomputation),
        ("entry-completed", Recomputation::Same)
    );

    // An authority that starts anew goes by the same lists.
    town.stop();
    town.start();
    phone.sync();
    assert_eq!(phone.colour(), Colour::Green);

    // The key is withdrawn: the phone says so, and the colour follows.
    publish_keys(&town, 2, &[DccIssuer::es256("DE", 9).entry(&[])]);
    phone.sync();
    town.stop();
    let gone = view(&phone, &id);
    assert_eq!(
        (gone.status, gone.fault.as_deref(), gone.next_step),
        (
            DccStatus::KeyWithdrawn,
            Some("dcc_key_withdrawn"),
            DccStep::AskIssuer
        )
    );
    assert_eq!(phone.colour(), Colour::Yellow);
    // One that was never verified here is of an unknown issuer.
    let other = negative_test(&anna(), "", "2026-11-24T00:10:00Z");
    let other = sweden().issue(&other, NOW - 10, NOW + DAY_SECS);
    let unknown = phone.health_code.read_dcc(&other).expect("a view");
    assert_eq!(unknown.status, DccStatus::KeyUnknown);
}

#[test]
fn certificates_of_each_kind_count_by_rules_that_name_them() {
    let (town, phone) = town_with_visitor("Anna Maria Eriksson");
    let mut rules: Value = serde_json::from_str(VISITORS).expect("JSON");
    let next = rules["version"].as_u64().expect("a version") + 1;
    rules["version"] = json!(next);
    let all = rules["rules"].as_array_mut().expect("rules");
    for risk in ["recovered", "vaccinated"] {
        let certificate = format!("declared.{risk}.certificate");
        all.insert(0, json!({
            "id": format!("certified-{risk}"), "when": {"var": certificate},
            "colour": "green", "reason": "clear", "evidenceDate": {"var": format!("declared.{risk}.since")},
        }));
    }
    town.publish("rule-set", "visitors", next, rules.to_string().as_bytes());
    let rsa = DccIssuer::ps256("SE");
    let half = vaccination(&anna(), "1974-08-12", (1, 2), "2026-11-01");
    let half = rsa.issue(&half, NOW - 10, NOW + 300 * DAY_SECS);
    let half = phone.health_code.keep_dcc(&half).expect("kept");
    let told = view(&phone, &half);
    assert_eq!(
        (told.status, told.level),
        (DccStatus::NotAccepted, DccLevel::Attention)
    );
    assert_eq!(told.rules, ["Vaccination: what the region asks for."]);
    assert_eq!(line(&told, "Vaccine"), "Comirnaty");
    phone.health_code.submit_dcc(&half, false).expect("queued");
    assert_eq!(phone.sync().uploads_left, 0);
    assert_eq!(phone.colour(), Colour::Yellow);

    let whole = vaccination(&anna(), "1974-08-12", (2, 2), "2026-11-20");
    let whole = rsa.issue(&whole, NOW - 10, NOW + 300 * DAY_SECS);
    let whole = phone.health_code.keep_dcc(&whole).expect("kept");
    phone.health_code.submit_dcc(&whole, false).expect("queued");
    phone.sync();
    let colour = phone.colour_view();
    assert_eq!(
        (colour.colour, colour.rule_id.as_str()),
        (Colour::Green, "certified-vaccinated")
    );
    assert_eq!(colour.recomputation, Recomputation::Same);

    // What is removed counts no more, here and there.
    phone.health_code.remove_dcc(&whole).expect("removed");
    assert_eq!(phone.sync().uploads_left, 0);
    assert_eq!(phone.colour(), Colour::Yellow);
    let over = recovery(&anna(), "1974-08-12", "2026-09-01", "2027-02-28");
    let over = sweden().issue(&over, NOW - 10, NOW + 300 * DAY_SECS);
    let over = phone.health_code.keep_dcc(&over).expect("kept");
    phone.health_code.submit_dcc(&over, false).expect("queued");
    phone.sync();
    let colour = phone.colour_view();
    assert_eq!(
        (colour.colour, colour.rule_id.as_str()),
        (Colour::Green, "certified-recovered")
    );
    // A hundred days later the region's rule is over, and so is the fact.
    for _ in 0..100 {
        town.clock.advance_ms(86_400_000);
        phone.clock.advance_ms(86_400_000);
    }
    phone.declare_well();
    phone.sync();
    assert_eq!(view(&phone, &over).status, DccStatus::NotAccepted);
    assert_eq!(phone.colour(), Colour::Yellow);
}
