//! What comes after an erasing: what was on its way before, and whoever registers next.

use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::{ProblemKind, SubjectId};
use serde_json::json;

use super::colour_changes::{by_both, order, post};
use super::erasing::{ask, ask_at, opened, reservations, rows_left, send};
use super::state::receipt;
use super::{Citizen, DAY, NOON, Server, declaration, new_id};
use crate::officers::ColourOrder;
use crate::store::CitizenId;
use crate::store::faulty::Fault;

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

/// The server dies between the act of the erasing and what holds the device for it.
#[tokio::test]
async fn what_was_on_its_way_brings_nobody_back_also_where_the_act_was_cut_short() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    server.clock.advance(60);
    let asked = ask_at(&citizen.key, &SubjectId::OWNER, "b25jZQ", NOON + 60);
    opened(&server, &send(&server, &asked).await);
    let id = CitizenId::parse(&citizen.id).expect("an id");
    let database = rusqlite::Connection::open(server.app.config.database_path()).expect("opens");
    let as_before = "UPDATE reservations SET unit =
         (SELECT unit FROM reservations WHERE citizen = ?1 AND space = 2)
         WHERE citizen = ?1 AND space = 1";
    let changed = database
        .execute(as_before, [id.as_bytes()])
        .expect("as it was");
    assert_eq!(changed, 1);
    drop(database);
    for _ in 0..2 {
        let late = citizen.register(&server).await;
        late.problem(ProblemKind::RegistrationEnded);
    }
    // The erasing comes again, and a consent of after it counts.
    opened(&server, &send(&server, &asked).await);
    let mut anew = citizen.registration();
    anew["consent"]["acceptedAt"] = json!(NOON + 60);
    let answer = citizen.register_as(&server, &new_id(), &anew).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
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

/// A citizen whose colour two officers ordered, and who then erased everything; with the head of the chain.
async fn ordered_and_erased(server: &Server) -> (Citizen, String) {
    let citizen = server.citizen().await;
    let answer = post(server, &by_both(server, &order(&citizen))).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let head = answer.json()["head"].as_str().expect("a head").to_owned();
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    let receipt = opened(server, &send(server, &asked).await);
    let named = receipt.kept.iter().find(|it| it.what == "order-in-force");
    let until = named.expect("is named").until;
    let days = i64::from(server.app.config.orders_kept_days);
    assert_eq!(until, server.app.authority.now() + days * DAY);
    (citizen, head)
}

async fn colour(server: &Server, citizen: &Citizen) -> (Colour, Reason) {
    let state = citizen.get(server, "/v1/subjects/owner/state").await;
    let receipt = receipt(server, &state);
    (receipt.colour, receipt.reason.known().expect("known"))
}

#[tokio::test]
async fn an_order_in_force_does_not_wash_off() {
    let server = Server::new().await;
    let (citizen, head) = ordered_and_erased(&server).await;
    // Another phone, the document in another dress.
    let mut anew = Citizen::new();
    anew.document_number.clone_from(&citizen.document_number);
    let request = new_id();
    for expected in [201, 200] {
        let answer = anew
            .register_as(&server, &request, &anew.registration())
            .await;
        assert_eq!(answer.status, expected, "{}", answer.text());
        let id = answer.json()["citizenId"].as_str().map(str::to_owned);
        anew.id = id.expect("an id");
    }
    assert_ne!(anew.id, citizen.id);
    let ordered = (Colour::Yellow, Reason::CloseContact);
    assert_eq!(colour(&server, &anew).await, ordered);
    anew.declare(&server, &declaration()).await;
    assert_eq!(colour(&server, &anew).await, ordered);
    // Nobody waits under the document any more; leaving once more does not help either.
    for nonce in ["dHdpY2U", "dGhyaWNl"] {
        let asked = ask(&anew.key, &SubjectId::OWNER, nonce);
        opened(&server, &send(&server, &asked).await);
        let answer = anew.register(&server).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let id = answer.json()["citizenId"].as_str().map(str::to_owned);
        anew.id = id.expect("an id");
        assert_eq!(colour(&server, &anew).await, ordered);
    }
    // Officers lift it on the chain of before; then it is over, also after another erasing.
    let lift = ColourOrder {
        colour: Colour::Green,
        reason: Reason::MeasureLifted,
        previous: head,
        ..order(&anew)
    };
    let answer = post(&server, &by_both(&server, &lift)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    anew.declare(&server, &declaration()).await;
    assert_eq!(colour(&server, &anew).await.0, Colour::Green);
    let asked = ask(&anew.key, &SubjectId::OWNER, "bGlmdGVk");
    let receipt = opened(&server, &send(&server, &asked).await);
    let is_kept = |what: &str| receipt.kept.iter().any(|it| it.what == what);
    assert!(is_kept("orders") && !is_kept("order-in-force"));
    anew.register(&server).await;
    let state = anew.get(&server, "/v1/subjects/owner/state").await;
    assert_eq!(state.json().get("receipt"), None, "nothing is known");
}

/// Somebody registers with another document and corrects it to the one that the order is on.
#[tokio::test]
async fn a_correction_takes_the_order_up_too() {
    let server = Server::new().await;
    let (citizen, _) = ordered_and_erased(&server).await;
    let anew = server.citizen().await;
    let number = json!(citizen.document_number);
    let corrected = super::mending::with(&anew, "documentNumber", number);
    let answer = anew.register_as(&server, &new_id(), &corrected).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(colour(&server, &anew).await.0, Colour::Yellow);
    // Away from it again is the desk's.
    server.clock.advance(400);
    let answer = anew.register(&server).await;
    answer.problem(ProblemKind::DetailsFixed);
}

#[tokio::test]
async fn a_kept_order_ends_with_its_time_and_where_the_settings_keep_none() {
    for days in [30, 0] {
        let server = Server::with(|config| config.orders_kept_days = days).await;
        let citizen = if days > 0 {
            ordered_and_erased(&server).await.0
        } else {
            let citizen = server.citizen().await;
            post(&server, &by_both(&server, &order(&citizen))).await;
            let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
            let receipt = opened(&server, &send(&server, &asked).await);
            assert!(receipt.kept.iter().all(|it| it.what != "order-in-force"));
            citizen
        };
        server.clock.advance(i64::from(days) * DAY + 1);
        let anew = citizen.register(&server).await;
        assert_eq!(anew.status, 201, "{}", anew.text());
        let state = citizen.get(&server, "/v1/subjects/owner/state").await;
        assert_eq!(state.json().get("receipt"), None, "{days}");
        server.app.keep_house().await.expect("kept");
        assert_eq!(rows_of_kind(&server, 15), 0, "{days}");
    }
}

/// An erasing that is under way has its order wait already: nothing else that the citizen sends takes it away.
#[tokio::test]
async fn what_waits_for_an_erasing_under_way_stays() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    post(&server, &by_both(&server, &order(&citizen))).await;
    let faults = [
        Fault::AnswerLost,
        Fault::Refused(crate::store::StoreError::DiskFull),
    ];
    let server = server.failing(&faults);
    let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
    assert_eq!(send(&server, &asked).await.status, 503);
    assert_eq!(rows_of_kind(&server, 15), 1);
    let again = citizen.register(&server).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(rows_of_kind(&server, 15), 1);
    opened(&server, &send(&server, &asked).await);
    let anew = citizen.register(&server).await;
    assert_eq!(anew.status, 201, "{}", anew.text());
    assert_eq!(colour(&server, &citizen).await.0, Colour::Yellow);
    assert_eq!(rows_of_kind(&server, 15), 0);
}

/// Rows of this kind, whoever's they are.
fn rows_of_kind(server: &Server, kind: u16) -> i64 {
    let path = server.app.config.database_path();
    let database = rusqlite::Connection::open(path).expect("opens");
    let count = "SELECT count(*) FROM records WHERE kind = ?1";
    database
        .query_row(count, [kind], |row| row.get(0))
        .expect("a count")
}

#[tokio::test]
async fn an_order_is_taken_up_through_every_fault() {
    for fault in [
        Fault::Conflict,
        Fault::AnswerLost,
        Fault::WriteLost,
        Fault::Late,
        Fault::Refused(crate::store::StoreError::DiskFull),
    ] {
        for at in 0..2 {
            let faults: Vec<Fault> = std::iter::repeat_n(Fault::Conflict, at)
                .chain([fault])
                .collect();
            let server = Server::new().await;
            let citizen = server.citizen().await;
            post(&server, &by_both(&server, &order(&citizen))).await;
            let server = server.failing(&faults);
            let asked = ask(&citizen.key, &SubjectId::OWNER, "b25jZQ");
            let mut answer = send(&server, &asked).await;
            if answer.status != 200 {
                answer = send(&server, &asked).await;
            }
            opened(&server, &answer);
            let server = server.failing(&faults);
            let request = new_id();
            let body = citizen.registration();
            let mut answer = citizen.register_as(&server, &request, &body).await;
            if answer.status >= 500 {
                answer = citizen.register_as(&server, &request, &body).await;
            }
            assert!(answer.status < 300, "{fault:?} {at} {}", answer.text());
            let ordered = colour(&server, &citizen).await;
            assert_eq!(ordered.0, Colour::Yellow, "{fault:?} {at}");
        }
    }
}
