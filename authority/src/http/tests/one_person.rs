//! One document is one citizen, whatever kind and spelling it comes under: nobody has two colours.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::{Citizen, Server, new_id};

fn with(citizen: &Citizen, kind: &str, number: &str, nationality: &str) -> Value {
    let mut body = citizen.registration();
    body["identity"]["documentKind"] = json!(kind);
    body["identity"]["documentNumber"] = json!(number);
    body["identity"]["nationality"] = json!(nationality);
    body
}

/// Kind and number of a document as somebody gives them.
type Given = (&'static str, &'static str);

/// Registered first (kind, number, nationality), then tried by other phones: the same document in other dress.
const DRESSES: [(&str, &str, &str, &[Given]); 5] = [
    (
        "resident_id",
        "330106199003070014",
        "CHN",
        &[
            ("resident_id", "３３０１０６ 19900307 0014"),
            ("resident_id", "\u{202d}330106-19900307-0014\u{202c}"),
            ("resident_id", "330106900307001"),
            ("resident_id", "SFZ330106199003070014"),
            ("resident_id", "身份证号：330106199003070014"),
            ("other", "330106199003070014"),
            ("other", "330106199003070015"),
            ("other", "SFZ330106199003070014"),
            ("other", "330106199003070014X"),
            ("other", "33010619900307001"),
            ("other", "330106/19900307/0014"),
            ("other", "330106A19900307B0014"),
            ("other", "330106900307001"),
            ("other", "00330106199003070014"),
            ("passport", "330106199003070014"),
            ("foreign_permanent_resident", "330106199003070014"),
        ],
    ),
    (
        "hk_macao_permit",
        "H12345678",
        "HKG",
        &[
            ("hk_macao_permit", "H1234567801"),
            ("hk_macao_permit", "h12345678-02"),
            ("hk_macao_permit", "Ｈ１２３４５６７８"),
            ("passport", "H12345678"),
            ("other", "H12345678"),
            ("other", "H1234567801"),
            ("other", "H/12345678"),
            ("other", "NOH12345678"),
        ],
    ),
    (
        "taiwan_permit",
        "01234567",
        "TWN",
        &[
            ("taiwan_permit", "0123456701"),
            ("taiwan_permit", "0123456702(B)"),
            ("passport", "01234567"),
            ("other", "01234567"),
            ("other", "0123456701"),
        ],
    ),
    (
        "passport",
        "E76543210",
        "CHN",
        &[
            ("passport", "e 7654 3210"),
            ("passport", "护照：E76543210"),
            ("other", "E76543210"),
            ("other", "PE76543210"),
            ("other", "E76543210/1"),
        ],
    ),
    (
        "passport",
        "C01X00T47",
        "DEU",
        &[
            ("passport", "c01x00t47"),
            ("other", "C01X00T47"),
            ("other", "C01/X00/T47"),
        ],
    ),
];

#[tokio::test]
async fn a_document_in_another_dress_has_no_second_code() {
    let server = Server::new().await;
    for (kind, number, nationality, dresses) in DRESSES {
        let first = Citizen::new();
        let body = with(&first, kind, number, nationality);
        let answer = first.register_as(&server, &new_id(), &body).await;
        assert_eq!(answer.status, 201, "{kind} {number}: {}", answer.text());
        for (kind, dress) in dresses {
            let second = Citizen::new();
            let body = with(&second, kind, dress, nationality);
            let answer = second.register_as(&server, &new_id(), &body).await;
            assert!(
                matches!(answer.status, 409 | 422),
                "{kind} {dress}: {} {}",
                answer.status,
                answer.text()
            );
        }
        // The phone that has it may come with any spelling of it.
        if let Some((kind, dress)) = dresses.iter().find(|(other, _)| *other == kind) {
            let body = with(&first, kind, dress, nationality);
            let again = first.register_as(&server, &new_id(), &body).await;
            assert_eq!(again.status, 200, "{kind} {dress}: {}", again.text());
        }
    }
}

#[tokio::test]
async fn people_whose_documents_differ_are_different_people() {
    let server = Server::new().await;
    for (kind, number, nationality) in [
        ("other", "DIPL/12(7)", "FRA"),
        ("other", "DIPL/13(7)", "FRA"),
        ("other", "军字第1234567号", "CHN"),
        ("other", "士字第1234567号", "CHN"),
        ("other", "A123456(7)", "HKG"),
        ("passport", "AB1234567", "GBR"),
        ("hk_macao_permit", "H22345678", "HKG"),
        ("hk_macao_permit", "M22345678", "MAC"),
        ("foreign_permanent_resident", "CAN110081080310", "CAN"),
    ] {
        let citizen = Citizen::new();
        let body = with(&citizen, kind, number, nationality);
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        assert_eq!(answer.status, 201, "{kind} {number}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_looks_like_another_kind_is_told_so() {
    let server = Server::new().await;
    for (kind, number) in [
        ("other", "330106199003070015"),
        ("resident_id", "911840199003070014"),
        ("resident_id", "军字第1234567号"),
    ] {
        let citizen = Citizen::new();
        let body = with(&citizen, kind, number, "CHN");
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        answer.refused_field("identity.documentNumber", "document_of_another_kind");
    }
}

#[tokio::test]
async fn a_name_shows_a_letter_and_nothing_hides_in_it() {
    let server = Server::new().await;
    for (name, refusal) in [
        ("\u{3164}", Some("answer_required")),
        ("\u{ad}", Some("answer_required")),
        ("\u{200d}", Some("answer_required")),
        ("!!!", Some("answer_name_without_letter")),
        ("\u{301}", Some("answer_name_without_letter")),
        ("王\u{e000}", Some("answer_character_private")),
        ("王\0", Some("answer_character_forbidden")),
        ("\u{202e}明小王\u{202c}", None),
        ("\u{e863}", None),
    ] {
        let citizen = Citizen::new();
        let mut body = citizen.registration();
        body["identity"]["name"] = json!(name);
        let answer = citizen.register_as(&server, &new_id(), &body).await;
        match refusal {
            Some(code) => answer.refused_field("identity.name", code),
            None => assert_eq!(answer.status, 201, "{name:?} {}", answer.text()),
        }
    }
}

#[tokio::test]
async fn json_with_a_member_twice_is_refused_wherever_it_comes_in() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let twice = |body: &Value, from: &str, to: &str| {
        let text = body.to_string();
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed);
        changed.into_bytes()
    };
    let body = twice(
        &citizen.registration(),
        "\"sex\":",
        "\"sex\":\"2\",\"s\\u0065x\":",
    );
    let mut draft = super::draft("POST", "/v1/subjects", body);
    draft.headers.push(("idempotency-key", new_id()));
    citizen
        .send(&server, draft)
        .await
        .problem(ProblemKind::Malformed);

    let citizen = server.citizen().await;
    let body = twice(
        &super::declaration(),
        "\"contact\":",
        "\"contact\":true,\"contact\":",
    );
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let draft = super::draft("PUT", &path, body);
    citizen
        .send(&server, draft)
        .await
        .problem(ProblemKind::Malformed);
}
