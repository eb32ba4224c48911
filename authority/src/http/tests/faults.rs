//! A store that conflicts, loses writes and answers, or is full: what a phone sees of it.

use health_code_core::wire::ProblemKind;
use serde_json::json;

use super::{Citizen, Server, declaration, fever, new_id};
use crate::cases::register::spaces;
use crate::store::faulty::Fault;
use crate::store::{CitizenId, Owner, StoreError, Unique, UnitId};

#[tokio::test]
async fn an_upload_whose_answer_was_lost_in_the_store_is_there_once() {
    for fault in [Fault::AnswerLost, Fault::Late, Fault::Conflict] {
        let server = Server::new().await;
        let citizen = server.citizen().await;
        let server = server.failing(&[fault]);
        let path = format!("/v1/subjects/owner/declarations/{}", new_id());
        let first = citizen.put(&server, &path, &declaration()).await;
        assert_eq!(first.status, 201, "{fault:?}: {}", first.text());
        let again = citizen.put(&server, &path, &declaration()).await;
        assert_eq!((again.status, again.json()), (200, first.json()));
    }
}

#[tokio::test]
async fn an_outcome_that_nobody_knows_is_a_wait_and_the_same_id_clears_it_up() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let server = server.failing(&[Fault::WriteLost; 8]);
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let answer = citizen.put(&server, &path, &fever()).await;
    answer.problem(ProblemKind::Unavailable);
    assert_eq!(answer.header("retry-after"), "5");
    let again = citizen.put(&server, &path, &fever()).await;
    assert_eq!(again.status, 201, "{}", again.text());
}

#[tokio::test]
async fn a_full_disk_is_a_longer_wait_and_a_damaged_file_a_failure() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let refused = [StoreError::DiskFull, StoreError::Damaged].map(Fault::Refused);
    let server = server.failing(&refused);
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let full = citizen.put(&server, &path, &declaration()).await;
    full.problem(ProblemKind::Unavailable);
    assert_eq!(full.header("retry-after"), "120");
    let damaged = citizen.put(&server, &path, &declaration()).await;
    damaged.problem(ProblemKind::Internal);
    assert_eq!(
        citizen.put(&server, &path, &declaration()).await.status,
        201
    );
}

#[tokio::test]
async fn a_registration_that_was_cut_off_goes_on_when_it_comes_again() {
    let server = Server::new().await.failing(&[Fault::WriteLost; 8]);
    let citizen = Citizen::new();
    let key = new_id();
    let body = citizen.registration();
    let cut_off = citizen.register_as(&server, &key, &body).await;
    cut_off.problem(ProblemKind::Unavailable);
    let first = citizen.register_as(&server, &key, &body).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let again = citizen.register_as(&server, &key, &body).await;
    assert_eq!(again.status, 200);
    assert_eq!(again.json()["citizenId"], first.json()["citizenId"]);
}

#[tokio::test]
async fn a_registration_that_was_cut_off_holds_its_document_from_nobody() {
    let server = Server::new().await.failing(&[Fault::WriteLost; 8]);
    let mut other = Citizen::new();
    let citizen = Citizen::new();
    other.document_number.clone_from(&citizen.document_number);
    let key = new_id();
    let body = citizen.registration();
    let cut_off = citizen.register_as(&server, &key, &body).await;
    cut_off.problem(ProblemKind::Unavailable);
    assert_eq!(other.register(&server).await.status, 201);
    // The first one was called off: it begins anew, and finds the document taken.
    let late = citizen.register_as(&server, &key, &body).await;
    late.problem(ProblemKind::AlreadyRegistered);
    // With a document of its own it is as free as anybody.
    let mut mended = citizen.registration();
    mended["identity"]["documentNumber"] = json!(Citizen::new().document_number);
    let answer = citizen.register_as(&server, &new_id(), &mended).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

#[tokio::test]
async fn an_orphan_of_another_server_is_fenced_and_freed() {
    let server = Server::new().await;
    let citizen = Citizen::new();
    let number = citizen.document_number.as_bytes();
    let authority = &server.app.authority;
    let document = Unique {
        space: spaces::DOCUMENT,
        value: authority.sealer.hash("document", &[number]).to_vec(),
    };
    let orphan = Owner {
        citizen: CitizenId::from_random([5; 16]),
        unit: UnitId::new(1, [5; 16]),
    };
    let store = authority.units.store();
    let taken = store.reserve(vec![document.clone()], orphan).await;
    assert_eq!(taken, Ok(vec![orphan]));
    assert_eq!(citizen.register(&server).await.status, 201);
    let owner = store.owner(document).await.expect("read");
    assert_ne!(owner, Some(orphan));
}

#[tokio::test]
async fn of_many_who_register_one_document_at_once_one_is_registered() {
    let server = Server::new().await;
    let first = Citizen::new();
    let all = std::iter::repeat_with(|| {
        let mut citizen = Citizen::new();
        citizen.document_number.clone_from(&first.document_number);
        citizen
    });
    let all: Vec<_> = all.take(8).collect();
    let answers = futures_util::future::join_all(all.iter().map(|one| one.register(&server))).await;
    let registered = answers.iter().filter(|answer| answer.status == 201);
    assert!(registered.count() <= 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        // Those who called each other off too often are told to come again.
        assert!([409, 503].contains(&answer.status), "{}", answer.text());
    }
    let mut registered = 0;
    for one in &all {
        match one.register(&server).await.status {
            200 | 201 => registered += 1,
            status => assert_eq!(status, 409),
        }
    }
    assert_eq!(registered, 1);
}
