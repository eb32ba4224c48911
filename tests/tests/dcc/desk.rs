//! What the desk and the authority make of certificates: names that differ, one citizen each, no phone believed.

use super::*;

fn answer_of(response: &health_code_core::ports::HttpResponse) -> DccAnswer {
    let text = String::from_utf8_lossy(&response.body);
    assert!((200..300).contains(&response.status), "{text}");
    serde_json::from_slice(&response.body).expect("an answer")
}

#[test]
fn names_that_differ_are_shown_confirmed_and_decided_by_two_officers() {
    let (town, phone) = town_with_visitor("Anna Svensson");
    let id = phone.health_code.keep_dcc(&tested()).expect("kept");
    let both = view(&phone, &id);
    let parts: Vec<_> = both
        .names
        .iter()
        .map(|it| {
            (
                it.in_certificate.as_str(),
                it.in_document.as_str(),
                it.comparison,
            )
        })
        .collect();
    assert_eq!(
        parts,
        [
            ("Eriksson", "ANNA SVENSSON", DccComparison::Differs),
            ("Anna Maria", "ANNA SVENSSON", DccComparison::Differs),
            ("1974-08-12", "", DccComparison::CannotCompare),
        ]
        .map(|(certificate, document, comparison)| {
            let shown = if document.is_empty() {
                ""
            } else {
                both.names[0].in_document.as_str()
            };
            (certificate, shown, comparison)
        })
    );
    assert_eq!(
        (both.next_step, both.needs_confirmation),
        (DccStep::Compare, true)
    );
    let refused = phone
        .health_code
        .submit_dcc(&id, false)
        .expect_err("not confirmed");
    assert_eq!(refused.code(), "dcc_names_not_confirmed");
    phone.health_code.submit_dcc(&id, true).expect("queued");
    phone.sync();
    let waiting = view(&phone, &id);
    assert_eq!(
        (waiting.sending, waiting.next_step),
        (DccSending::AtDesk, DccStep::Wait)
    );
    assert_eq!(phone.colour(), Colour::Yellow);

    let citizen = citizen_id(&phone);
    let shown = answer_of(&town.order_dcc(&citizen, DccAct::Show, None, 1));
    let [one] = shown.certificates.as_slice() else {
        panic!("one certificate");
    };
    assert_eq!(
        (one.id.as_str(), one.names, &one.fault),
        (id.as_str(), NamesStanding::Waiting, &None)
    );
    assert_eq!(one.parts[0].in_certificate, "Eriksson");
    let alone = town.order_dcc(&citizen, DccAct::Agree, Some(&id), 1);
    let problem: Problem = serde_json::from_slice(&alone.body).expect("a problem");
    assert_eq!(problem.field_code.as_deref(), Some("not_two"));
    let done = answer_of(&town.order_dcc(&citizen, DccAct::Agree, Some(&id), 2));
    assert_eq!(
        (done.colour, done.certificates[0].names),
        (Some(Colour::Green), NamesStanding::Agreed)
    );
    // It is decided once.
    let again = town.order_dcc(&citizen, DccAct::Refuse, Some(&id), 2);
    let problem: Problem = serde_json::from_slice(&again.body).expect("a problem");
    assert_eq!(problem.field_code.as_deref(), Some("dcc_nothing_to_decide"));
    phone.sync();
    assert_eq!(view(&phone, &id).sending, DccSending::Agreed);
    assert_eq!(phone.colour(), Colour::Green);
    // Handed in again it stays decided.
    phone.health_code.submit_dcc(&id, true).expect("queued");
    phone.sync();
    assert_eq!(view(&phone, &id).sending, DccSending::Agreed);
}

#[test]
fn one_officer_of_the_command_line_finds_that_it_is_not_the_citizens() {
    let mut town = Town::with(|config| config.certificate_name_officers = 1);
    publish_keys(&town, 1, &[sweden().entry(&[])]);
    publish_rules(&town);
    let phone = Phone::new(&town, "phone");
    phone.sync();
    arrive(&phone, "Anna Svensson", "L898902C3");
    let id = phone.health_code.keep_dcc(&tested()).expect("kept");
    phone.health_code.submit_dcc(&id, true).expect("queued");
    phone.sync();
    let citizen = citizen_id(&phone);
    let ca = town.folder("ca.pem");
    std::fs::write(&ca, &town.ca_pem).expect("written");
    let key = town.folder("authority").join("officers/officer-1.key");
    let draft = town.folder("names.json");
    let run = |arguments: &[&str]| {
        let done = Command::new(AUTHORITY)
            .arg("certificates")
            .args(arguments)
            .output();
        let done = done.expect("run");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{arguments:?}: {said}");
        String::from_utf8(done.stdout).expect("text")
    };
    let path = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let (ca, key, draft) = (path(&ca), path(&key), path(&draft));
    let by = ["--officer", "officer-1", "--officer-key", &key];
    let at = ["--url", &town.base_url, "--ca", &ca];
    // The town's clock stands in the year of its tests; officers sign with their machine's own.
    town.clock.set_wall_ms(now_ms());
    let shown = run(&[&["show", "--citizen", &citizen][..], &by, &at].concat());
    let shown: DccAnswer = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown.certificates[0].names, NamesStanding::Waiting);
    run(&[
        "draft",
        "--citizen",
        &citizen,
        "--certificate",
        &id,
        "--act",
        "refuse",
        "--out",
        &draft,
    ]);
    run(&[&["sign", &draft][..], &by].concat());
    let told = run(&[&["submit", &draft][..], &at].concat());
    let told: DccAnswer = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told.certificates[0].names, NamesStanding::Refused);
    town.clock.set_wall_ms(NOW * 1_000);
    town.stop();
}

fn now_ms() -> i64 {
    SystemClock.read().wall_ms
}

#[test]
fn one_certificate_is_of_one_citizen() {
    let (town, first) = town_with_visitor("Anna Maria Eriksson");
    let id = first.health_code.keep_dcc(&tested()).expect("kept");
    first.health_code.submit_dcc(&id, false).expect("queued");
    assert_eq!(first.sync().uploads_left, 0);
    let second = Phone::new(&town, "second");
    second.sync();
    arrive(&second, "Anna Maria Eriksson", "M12345678");
    let hand_in = |phone: &Phone| {
        phone.health_code.keep_dcc(&tested()).expect("kept");
        phone.health_code.submit_dcc(&id, false).expect("queued");
        phone.sync();
        view(phone, &id)
    };
    let refused = hand_in(&second);
    assert_eq!(
        (refused.sending, refused.next_step),
        (DccSending::Refused, DccStep::Desk)
    );
    assert!(
        refused.sending_text.contains("Somebody else"),
        "{}",
        refused.sending_text
    );
    assert_eq!(second.colour(), Colour::Yellow);
    // The first takes it back: from then on it can be the other's.
    first.health_code.remove_dcc(&id).expect("removed");
    assert_eq!(first.sync().uploads_left, 0);
    for clock in [&town.clock, &first.clock, &second.clock] {
        clock.advance_ms(3_600_000);
    }
    assert_eq!(hand_in(&second).sending, DccSending::Received);
    assert_eq!(second.colour(), Colour::Green);
}

#[test]
fn the_authority_believes_no_phone() {
    let (town, phone) = town_with_visitor("Anna Maria Eriksson");
    // A key that the phone does not know either, which may be for its list being old.
    let german = negative_test(&anna(), "", "2026-11-24T00:10:00Z");
    let german = DccIssuer::es256("DE", 9).issue(&german, NOW - 10, NOW + DAY_SECS);
    let id = phone.health_code.keep_dcc(&german).expect("kept");
    assert_eq!(view(&phone, &id).status, DccStatus::KeyUnknown);
    phone.health_code.submit_dcc(&id, false).expect("queued");
    phone.sync();
    let refused = view(&phone, &id);
    assert_eq!(refused.sending, DccSending::Refused);
    assert!(
        refused.sending_text.contains("on no list"),
        "{}",
        refused.sending_text
    );
    // Published since: the same certificate is handed in again and taken, and the refusal is told no more.
    publish_keys(
        &town,
        2,
        &[
            sweden().entry(&[]),
            DccIssuer::es256("DE", 9).entry(&["test"]),
        ],
    );
    phone.health_code.submit_dcc(&id, false).expect("queued");
    let outcome = phone.sync();
    assert_eq!(outcome.uploads_left, 0, "{outcome:?}");
    assert_eq!(view(&phone, &id).sending, DccSending::Received);
    // What does not hold is not even queued.
    let forged = DccIssuer::es256("SE", 8).entry(&[]);
    let forged = json!({"kid": sweden().entry(&[])["kid"], "of": forged["key"]});
    assert_ne!(forged["of"], sweden().entry(&[])["key"]);
    let expired = negative_test(&anna(), "", "2026-11-23T00:10:00Z");
    let expired = sweden().issue(&expired, NOW - 100, NOW - 50);
    let expired = phone.health_code.keep_dcc(&expired).expect("kept");
    let refused = phone
        .health_code
        .submit_dcc(&expired, false)
        .expect_err("expired");
    assert_eq!(refused.code(), "dcc_expired");
    assert_eq!(view(&phone, &expired).next_step, DccStep::AskIssuer);
    let unreadable = phone.health_code.read_dcc("HC1:NCF").expect("a view");
    assert_eq!(
        (unreadable.status, unreadable.id.as_str()),
        (DccStatus::Unreadable, "")
    );
    let refused = phone
        .health_code
        .keep_dcc("HC1:NCF")
        .expect_err("no certificate");
    assert_eq!(refused.code(), "dcc_compression_damaged");
    // A phone cannot name what it never had.
    assert_eq!(
        phone.health_code.remove_dcc("00").expect_err("none").code(),
        "dcc_unknown"
    );
}

#[test]
fn officers_cannot_publish_what_phones_would_pass_over() {
    let town = Town::new();
    let mut entry = sweden().entry(&[]);
    entry["country"] = json!("SWE");
    let list = json!({"id": "eu", "version": 1, "keys": [entry]});
    let refused = town.publish_refused("dcc-keys", "eu", 1, list.to_string().as_bytes());
    assert_eq!(refused, "dcc_list_key_invalid");
    let rules = json!({"id": "hangzhou", "version": 1, "rules": [{"Identifier": "X"}]});
    let refused = town.publish_refused("dcc-rules", "hangzhou", 1, rules.to_string().as_bytes());
    assert_eq!(refused, "dcc_list_rule_invalid");
}
