//! What comes after an erasing: what was on its way before, and whoever registers next.

use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::json;

use super::erasing::{ask, ask_at, opened, reservations, rows_left, send};
use super::{Citizen, DAY, NOON, Server, new_id};
use crate::store::CitizenId;

#[tokio::test]
async fn a_registration_that_was_on_its_way_brings_nobody_back() {
    for which in ["correction", "correction doubled", "registration doubled"] {
        let server = Server::new().await;
        let mut citizen = Citizen::new();
        let request = new_id();
        let first = citizen.registration();
        let answer = citizen.register_as(&server, &request, &first).await;
        answer.json()["citizenId"]
            .as_str()
            .expect("an id")
            .clone_into(&mut citizen.id);
        let other = json!(Citizen::new().document_number);
        let other = super::mending::with(&citizen, "documentNumber", other);
        let (request, late) = match which {
            "registration doubled" => (request, &first),
            _ => (new_id(), &other),
        };
        if which.ends_with("doubled") {
            let answer = citizen.register_as(&server, &request, late).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        server.clock.advance(60);
        let asked = ask_at(&citizen.key, &SubjectId::OWNER, "b25jZQ", NOON + 60);
        opened(&server, &send(&server, &asked).await);
        let left = rows_left(&server, &citizen);
        for _ in 0..2 {
            let answer = citizen.register_as(&server, &request, late).await;
            answer.problem(ProblemKind::RegistrationEnded);
        }
        assert_eq!(rows_left(&server, &citizen), left);
        // The phone begins anew, with a consent of its own, which the erasing may even have been behind.
        let mut anew = citizen.registration();
        anew["consent"]["acceptedAt"] = json!(NOON + 60);
        let answer = citizen.register_as(&server, &new_id(), &anew).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_ne!(answer.json()["citizenId"], citizen.id.as_str());
        assert_eq!(reservations(&server, &citizen, 1), 0, "let go of");
    }
}

#[tokio::test]
async fn long_after_the_erasing_the_device_is_nobodys() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    opened(&server, &send(&server, &asked).await);
    server.clock.advance(DAY);
    server.app.keep_house().await.expect("kept");
    let answer = citizen.register(&server).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

#[tokio::test]
async fn what_is_unique_is_found_free_although_the_act_was_cut_short() {
    // The server dies between the act and the freeing of what was unique: nothing but the act is written.
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    opened(&server, &send(&server, &asked).await);
    let id = CitizenId::parse(&citizen.id).expect("an id");
    let path = server.app.config.database_path();
    let database = rusqlite::Connection::open(path).expect("opens");
    let (space, value, unit): (u8, Vec<u8>, Vec<u8>) = database
        .query_row(
            "SELECT space, value, unit FROM reservations WHERE citizen = ?1 AND space = 2",
            [id.as_bytes()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("the registration's");
    assert_eq!((space, value.len()), (2, 32));
    let identity = serde_json::from_value(citizen.registration()["identity"].clone());
    let document = server
        .app
        .authority
        .document_hash(&identity.expect("an identity"));
    database
        .execute(
            "INSERT INTO reservations VALUES (0, ?1, ?2, ?3)",
            rusqlite::params![document.expect("a hash"), id.as_bytes(), unit],
        )
        .expect("as it was");
    drop(database);
    let answer = citizen.register(&server).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}
