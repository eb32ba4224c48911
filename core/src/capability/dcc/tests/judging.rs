//! Rules, names, lists: what counts, whose it is, what of tomorrow is passed over.

use serde_json::{Value, json};

use super::super::{
    Certificate, DccComparison, DccError, DccKeys, DccListError, DccOutcome, DccRules, MAX_KEYS,
    compare, overall,
};
use crate::testing::dcc_issuer::{DccIssuer, anna, negative_test, recovery, vaccination};
use crate::wire::Identity;

const NOW: i64 = 1_795_485_600;

fn read(content: &Value) -> Certificate {
    let text = DccIssuer::es256("SE", 7).issue(content, NOW - 10, NOW + 10_000_000);
    Certificate::read(&text).expect("a certificate")
}

fn rule(id: &str, kind: &str, logic: &Value) -> Value {
    json!({
        "Identifier": id, "Type": "Acceptance", "Country": "CN", "Version": "1.0.0",
        "SchemaVersion": "1.3.0", "Engine": "CERTLOGIC", "EngineVersion": "0.7.5",
        "CertificateType": kind, "AffectedFields": [],
        "ValidFrom": "2026-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z",
        "Description": [{"lang": "en", "desc": format!("{id} in words.")}, {"lang": "zh", "desc": "规则。"}],
        "Logic": logic,
    })
}

/// As the EU writes them: products of a value set, a complete series of 14 days ago, 72 hours after a test, 180 days after a recovery.
fn region() -> Value {
    let after =
        |path: &str, amount: i64, unit: &str| json!({"plusTime": [{"var": path}, amount, unit]});
    let now = json!({"plusTime": [{"var": "external.validationClock"}, 0, "day"]});
    json!({"id": "hangzhou", "version": 1, "rules": [
        rule("GR-CN-0001", "General", &json!({"!": [{"===": [{"var": "external.issuerCountryCode"}, "XX"]}]})),
        rule("VR-CN-0001", "Vaccination", &json!({"in": [{"var": "payload.v.0.mp"}, {"var": "external.valueSets.vaccines-covid-19-names"}]})),
        rule("VR-CN-0002", "Vaccination", &json!({">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]})),
        rule("VR-CN-0003", "Vaccination", &json!({"not-before": [now, after("payload.v.0.dt", 14, "day")]})),
        rule("TR-CN-0001", "Test", &json!({"===": [{"var": "payload.t.0.tr"}, "260415000"]})),
        rule("TR-CN-0002", "Test", &json!({"before": [now, after("payload.t.0.sc", 72, "hour")]})),
        rule("RR-CN-0001", "Recovery", &json!({"not-after": [now, after("payload.r.0.fr", 180, "day")]})),
    ], "valueSets": {"vaccines-covid-19-names": {"EU/1/20/1528": {"en": "Comirnaty", "zh": "复必泰"}}}})
}

fn rules(list: &Value) -> DccRules {
    DccRules::read_strictly(list.to_string().as_bytes()).expect("rules")
}

fn not_holding(certificate: &Certificate, list: &Value) -> Vec<String> {
    match certificate.judge(&[rules(list)], NOW).expect("judged") {
        DccOutcome::Accepted => Vec::new(),
        DccOutcome::NotAccepted(rules) => rules.iter().map(|rule| rule.id.clone()).collect(),
    }
}

#[test]
fn rules_of_the_region_say_what_counts() {
    let dose = |of, on| read(&vaccination(&anna(), "1974-08-12", of, on));
    let test = |at| read(&negative_test(&anna(), "1974-08-12", at));
    let recovered = |on| read(&recovery(&anna(), "1974-08-12", on, "2027-09-01"));
    for (certificate, expected) in [
        (dose((2, 2), "2026-11-01"), vec![]),
        (dose((3, 2), "2026-11-10"), vec![]),
        (dose((1, 2), "2026-11-01"), vec!["VR-CN-0002"]),
        (dose((1, 2), "2026-11-20"), vec!["VR-CN-0002", "VR-CN-0003"]),
        (test("2026-11-21T02:00:01Z"), vec![]),
        (test("2026-11-21T02:00:00Z"), vec!["TR-CN-0002"]),
        (recovered("2026-06-01"), vec![]),
        (recovered("2026-01-01"), vec!["RR-CN-0001"]),
    ] {
        assert_eq!(not_holding(&certificate, &region()), expected);
    }
    let mut other = vaccination(&anna(), "", (2, 2), "2026-11-01");
    other["v"][0]["mp"] = json!("Sputnik-V");
    assert_eq!(not_holding(&read(&other), &region()), ["VR-CN-0001"]);
    let mut found = negative_test(&anna(), "", "2026-11-23T10:00:00Z");
    found["t"][0]["tr"] = json!("260373001");
    assert_eq!(not_holding(&read(&found), &region()), ["TR-CN-0001"]);
    let rules = rules(&region());
    let name = rules
        .name_of("vaccines-covid-19-names", "EU/1/20/1528")
        .unwrap();
    assert_eq!(name.get("zh"), Some("复必泰"));
}

#[test]
fn what_no_rule_is_for_does_not_count_and_a_rule_of_tomorrow_stops_all() {
    let dose = read(&vaccination(&anna(), "", (2, 2), "2026-11-01"));
    let mut list = region();
    list["rules"]
        .as_array_mut()
        .unwrap()
        .retain(|rule| rule["CertificateType"] != "Vaccination");
    let outcome = rules(&list);
    let outcome = [outcome];
    assert_eq!(
        dose.judge(&outcome, NOW),
        Ok(DccOutcome::NotAccepted(vec![]))
    );
    // Rules count in their time alone.
    let mut over = region();
    for rule in over["rules"].as_array_mut().unwrap() {
        rule["ValidTo"] = json!("2026-02-01T00:00:00Z");
    }
    assert!(
        matches!(dose.judge(&[rules(&over)], NOW), Ok(DccOutcome::NotAccepted(held)) if held.is_empty())
    );
    for (member, value) in [
        ("Logic", json!({"regex": [1, 2]})),
        ("CertificateType", json!("Exemption")),
        ("Type", json!("Wish")),
    ] {
        let mut newer = region();
        newer["rules"][0][member] = value;
        let bytes = newer.to_string();
        assert_eq!(
            DccRules::read_strictly(bytes.as_bytes()),
            Err(DccListError::RuleInvalid)
        );
        let read = [DccRules::read(bytes.as_bytes()).unwrap()];
        assert_eq!(dose.judge(&read, NOW), Err(DccError::RuleFailed));
    }
    let mut failing = region();
    failing["rules"][0]["Logic"] = json!({">": [{"var": "payload.ver"}, 1]});
    assert_eq!(
        dose.judge(&[rules(&failing)], NOW),
        Err(DccError::RuleFailed)
    );
    assert_eq!(dose.judge::<DccRules>(&[], NOW), Err(DccError::NoRules));
    let mut untold = region();
    untold["rules"][0]["Description"]
        .as_array_mut()
        .unwrap()
        .pop();
    let refused = DccRules::read_strictly(untold.to_string().as_bytes());
    assert_eq!(refused, Err(DccListError::TextInvalid));
    let mut twice = region();
    twice["rules"][1]["Identifier"] = json!("GR-CN-0001");
    let refused = DccRules::read_strictly(twice.to_string().as_bytes());
    assert_eq!(refused, Err(DccListError::ValueInvalid));
}

#[test]
fn a_list_of_thousands_is_read_and_an_entry_of_tomorrow_passed_over() {
    let issuers: Vec<_> = (1..=200).map(|seed| DccIssuer::es256("SE", seed)).collect();
    let mut keys: Vec<Value> = Vec::new();
    for round in 0..10 {
        keys.extend(issuers.iter().map(|issuer| {
            let mut entry = issuer.entry(&["test"]);
            entry["notBefore"] = json!(round);
            entry["country"] =
                json!(["SE", "DE", "FR", "IT", "ES", "PL", "NL", "AT", "BE", "IE"][round]);
            entry
        }));
    }
    let list = json!({"id": "eu", "version": 3, "keys": keys});
    let bytes = list.to_string();
    assert!(bytes.len() < crate::trust::MAX_BUNDLE_BYTES);
    assert_eq!(
        DccKeys::read_strictly(bytes.as_bytes()).unwrap().len(),
        2_000
    );
    let good = DccIssuer::es256("SE", 7).entry(&[]);
    let but = |member: &str, value: Value| {
        let mut entry = good.clone();
        entry[member] = value;
        entry
    };
    let strictly = |keys: &[Value]| {
        let list = json!({"id": "eu", "version": 1, "keys": keys});
        DccKeys::read_strictly(list.to_string().as_bytes()).map(|list| list.len())
    };
    let read = |keys: &[Value]| {
        let list = json!({"id": "eu", "version": 1, "keys": keys, "newer": true});
        DccKeys::read(list.to_string().as_bytes()).unwrap().len()
    };
    let mut curve = DccIssuer::es256("SE", 7).public_info();
    curve[22] = 0x08;
    let mut off_curve = DccIssuer::es256("SE", 7).public_info();
    *off_curve.last_mut().unwrap() ^= 1;
    let rsa = DccIssuer::ps256("SE").public_info();
    let url = |bytes: &[u8]| json!(crate::encoding::base64::encode_url(bytes));
    for (entry, error, is_passed_over) in [
        (but("kid", json!("")), DccListError::KeyInvalid, true),
        (but("country", json!("SWE")), DccListError::KeyInvalid, true),
        (but("notAfter", json!(0)), DccListError::KeyInvalid, true),
        (but("key", url(&curve)), DccListError::KeyInvalid, true),
        (but("key", url(&rsa[..290])), DccListError::KeyInvalid, true),
        (but("key", url(&off_curve)), DccListError::KeyInvalid, false),
        (
            but("uses", json!(["test", "exemption"])),
            DccListError::KeyInvalid,
            false,
        ),
        (but("newer", json!(1)), DccListError::Malformed, false),
        (json!({"jwk": {}}), DccListError::Malformed, true),
        (good.clone(), DccListError::ValueInvalid, false),
    ] {
        let keys = [good.clone(), entry.clone()];
        assert_eq!(strictly(&keys), Err(error), "{entry}");
        assert_eq!(read(&keys), if is_passed_over { 1 } else { 2 }, "{entry}");
    }
    assert_eq!(strictly(&[DccIssuer::ps256("SE").entry(&[])]), Ok(1));
    let many = vec![good.clone(); MAX_KEYS + 1];
    assert_eq!(strictly(&many), Err(DccListError::ValueInvalid));
    assert_eq!(DccKeys::read(b"[]"), Err(DccListError::Malformed));
    // A use of tomorrow alone makes a key for nothing that is known here.
    let newer = json!({"id": "eu", "version": 1, "keys": [but("uses", json!(["exemption"]))]});
    let newer = [DccKeys::read(newer.to_string().as_bytes()).unwrap()];
    let dose = read_text();
    assert_eq!(dose.verify(&newer, NOW), Err(DccError::KeyNotForKind));
}

fn read_text() -> Certificate {
    read(&vaccination(&anna(), "", (2, 2), "2026-11-01"))
}

fn identity(name: &str, kind: &str, number: &str) -> Identity {
    Identity {
        name: name.to_owned(),
        sex: "2".to_owned(),
        nationality: "SWE".to_owned(),
        document_kind: kind.to_owned(),
        document_number: number.to_owned(),
        division: 330_106,
        address: String::new(),
        phone: String::new(),
    }
}

#[test]
fn names_are_compared_part_by_part() {
    use DccComparison::{CannotCompare as Open, Differs, Same};
    let name = |surname: &str, standard: &str, given: &str, standard_given: &str| json!({"fn": surname, "fnt": standard, "gn": given, "gnt": standard_given});
    let muller = name("Müller", "MUELLER", "Jürgen", "JUERGEN");
    let li = name("李", "LI", "雷", "LEI");
    for (certificate, birth, typed, document, expected, all) in [
        (
            anna(),
            "1974-08-12",
            "Anna Maria Eriksson",
            "passport",
            [Same, Same, Open],
            Same,
        ),
        (
            anna(),
            "1974",
            "ERIKSSON ANNA-MARIA",
            "passport",
            [Same, Same, Open],
            Same,
        ),
        (
            anna(),
            "1974",
            "Anna Eriksson",
            "passport",
            [Same, Differs, Open],
            Differs,
        ),
        (
            anna(),
            "1974",
            "Anna Maria Svensson",
            "passport",
            [Differs, Same, Open],
            Differs,
        ),
        (anna(), "1974", "安娜", "passport", [Open, Open, Open], Open),
        (
            muller.clone(),
            "",
            "Jürgen Müller",
            "passport",
            [Same, Same, Open],
            Same,
        ),
        (
            muller,
            "",
            "Juergen Mueller",
            "passport",
            [Same, Same, Open],
            Same,
        ),
        (
            li.clone(),
            "1990-03-07",
            "李雷",
            "resident_id",
            [Same, Same, Same],
            Same,
        ),
        (
            li.clone(),
            "1990-03",
            "李雷",
            "resident_id",
            [Same, Same, Same],
            Same,
        ),
        (
            li.clone(),
            "1991",
            "李雷",
            "resident_id",
            [Same, Same, Differs],
            Differs,
        ),
        (
            li,
            "1990-03-07",
            "李磊",
            "resident_id",
            [Open, Open, Same],
            Open,
        ),
        (
            json!({"fnt": "", "gnt": "SUKARNO"}),
            "",
            "Sukarno",
            "passport",
            [Same, Same, Open],
            Same,
        ),
        (
            json!({"fnt": "", "gnt": "SUKARNO"}),
            "",
            "Suharto",
            "passport",
            [Differs, Differs, Open],
            Differs,
        ),
    ] {
        let certificate = read(&vaccination(&certificate, birth, (1, 1), "2026-11-01"));
        let number = if document == "passport" {
            "L898902C3"
        } else {
            "330106199003070017"
        };
        let parts = compare(&certificate.person, &identity(typed, document, number));
        let found = parts.each_ref().map(|part| part.comparison);
        assert_eq!((found, overall(&parts)), (expected, all), "{typed}");
        assert!(parts.iter().take(2).all(|part| part.in_document == typed));
    }
}
