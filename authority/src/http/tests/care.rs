//! Somebody comes into care, and the care ends: through every fault of the store, and only where somebody agreed.

use ed25519_dalek::SigningKey;
use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::{Value, json};

use super::erasing::{ask, opened, send};
use super::subjects::care;
use super::{Answer, Citizen, Server, declaration, new_id};
use crate::store::StoreError;
use crate::store::faulty::Fault;

const FAULTS: [Fault; 5] = [
    Fault::Conflict,
    Fault::AnswerLost,
    Fault::WriteLost,
    Fault::Late,
    Fault::Refused(StoreError::DiskFull),
];

fn child(number: u8) -> SubjectId {
    let id = format!("0190b0a0-0000-4000-8000-0000000000{number:02}");
    SubjectId::parse(&id).expect("an id")
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[78; 32])
}

async fn put(
    server: &Server,
    citizen: &Citizen,
    subject: &SubjectId,
    id: &str,
    asked: &Value,
) -> Answer {
    let path = subject.path_below(&format!("care/{id}"));
    citizen.put(server, &path, asked).await
}

async fn subjects(server: &Server, citizen: &Citizen) -> usize {
    let answer = citizen.get(server, "/v1/subjects").await.json();
    answer["subjects"].as_array().expect("subjects").len()
}

#[tokio::test]
async fn a_care_begins_and_ends_once_whatever_the_store_does() {
    for fault in FAULTS {
        for at in 0..4 {
            let faults: Vec<Fault> = std::iter::repeat_n(Fault::Conflict, at)
                .chain([fault])
                .collect();
            let server = Server::new().await;
            let citizen = server.citizen().await;
            let server = server.failing(&faults);
            let (subject, id) = (child(1), new_id());
            let asked = care(&citizen, &subject, &key(), &json!({}));
            let mut answer = put(&server, &citizen, &subject, &id, &asked).await;
            for _ in 0..3 {
                if answer.status >= 500 {
                    answer = put(&server, &citizen, &subject, &id, &asked).await;
                }
            }
            assert!(answer.status < 300, "{fault:?} {at} {}", answer.text());
            let again = put(&server, &citizen, &subject, &id, &asked).await;
            assert_eq!((again.status, again.json()), (200, answer.json()));
            let path = subject.path_below(&format!("declarations/{}", new_id()));
            let declared = citizen.put(&server, &path, &declaration()).await;
            assert_eq!(declared.status, 201, "{}", declared.text());
            assert_eq!(subjects(&server, &citizen).await, 2);

            let server = server.failing(&faults);
            let leaving = ask(&citizen.key, &subject, "bGVhdmluZw");
            let mut left = send(&server, &leaving).await;
            for _ in 0..3 {
                if left.status >= 500 {
                    left = send(&server, &leaving).await;
                }
            }
            let receipt = opened(&server, &left);
            assert_eq!(receipt.subject, subject, "{fault:?} {at}");
            assert_eq!(opened(&server, &send(&server, &leaving).await), receipt);
            assert_eq!(subjects(&server, &citizen).await, 1);
            // The document is free, and the request of before brings nobody back.
            let back = put(&server, &citizen, &subject, &id, &asked).await;
            assert!(back.status != 500, "{}", back.text());
            let other = server.citizen().await;
            let mut theirs = care(&other, &child(2), &key(), &json!({}));
            theirs["identity"] = asked["identity"].clone();
            let answer = put(&server, &other, &child(2), &new_id(), &theirs).await;
            let is_taken = back.status < 300;
            assert_eq!(answer.status < 300, !is_taken, "{}", answer.text());
        }
    }
}

#[tokio::test]
async fn what_is_not_what_it_should_be_is_named() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let subject = child(1);
    let refused = async |asked: &Value| put(&server, &citizen, &subject, &new_id(), asked).await;
    let asked = |more: Value| care(&citizen, &subject, &key(), &more);
    refused(&asked(json!({"birthDate": "2020-13-01"})))
        .await
        .refused_field("birthDate", "unreadable");
    for day in ["2099-01-01", "1820-01-01", "2016-5-20"] {
        let answer = refused(&asked(json!({"birthDate": day}))).await;
        let problem = answer.problem(ProblemKind::Invalid);
        assert_eq!(problem.field.as_deref(), Some("birthDate"));
    }
    let mut of_another = asked(json!({}));
    of_another["key"] = care(&citizen, &child(2), &key(), &json!({}))["key"].clone();
    refused(&of_another)
        .await
        .refused_field("key", "not_proven");
    refused(&asked(json!({"consent": {"version": 0, "acceptedAt": 0}})))
        .await
        .refused_field("consent.version", "out_of_range");
    for broken in [
        json!({"code": "0000-0000-0000"}),
        json!({"guardian": "court"}),
        json!({"identity": 7}),
    ] {
        refused(&asked(broken))
            .await
            .problem(ProblemKind::Malformed);
    }
    let path = SubjectId::OWNER.path_below(&format!("care/{}", new_id()));
    let own = citizen.put(&server, &path, &asked(json!({}))).await;
    own.problem(ProblemKind::SubjectUnknown);
    // Oneself is nobody's dependant.
    let mut oneself = asked(json!({}));
    oneself["identity"] = citizen.registration()["identity"].clone();
    oneself
        .as_object_mut()
        .expect("an object")
        .remove("birthDate");
    refused(&oneself).await.problem(ProblemKind::CareNotAgreed);
    assert_eq!(subjects(&server, &citizen).await, 1);
}

#[tokio::test]
async fn contact_details_are_mended_by_the_same_request_and_nothing_else_is() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let subject = child(1);
    let mut asked = care(&citizen, &subject, &key(), &json!({}));
    let first = put(&server, &citizen, &subject, &new_id(), &asked).await;
    assert_eq!(first.status, 201, "{}", first.text());
    asked["identity"]["phone"] = json!("13900001234");
    let mended = put(&server, &citizen, &subject, &new_id(), &asked).await;
    assert!(mended.status < 300, "{}", mended.text());
    assert_eq!(mended.json()["citizenId"], first.json()["citizenId"]);
    asked["identity"]["name"] = json!("王大大");
    let renamed = put(&server, &citizen, &subject, &new_id(), &asked).await;
    renamed.problem(ProblemKind::DetailsFixed);
}
