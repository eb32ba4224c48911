//! `GET /v1/subjects/{s}/parts/{name}`, and the tags in the state.

use std::sync::Arc;

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::mending::{key, with};
use super::{Citizen, Server, draft, router};
use crate::cases::parts::PartRow;
use crate::cases::records::Registration;
use crate::store::RowKey;

const PATH: &str = "/v1/subjects/owner/parts/address";

/// A part for tests: the address that is registered, where it is in one street.
static ADDRESS: PartRow = PartRow {
    name: "address",
    reads: |subject| vec![RowKey::for_record::<Registration>(subject)],
    version: |rows| {
        let registration = rows.get::<Registration>()?;
        let address = registration.map(|it| it.identity.address.into_bytes());
        Ok(address.filter(|address| address.starts_with("文三路".as_bytes())))
    },
    answer_reads: |_, _| Ok(Vec::new()),
    answers_with_all: false,
    answer: |asked, rows| {
        let registration = rows.get::<Registration>()?;
        let address = registration.map(|it| it.identity.address);
        Ok(json!({"address": address, "after": asked.after}))
    },
};

async fn server() -> Server {
    let server = Server::new().await;
    drop(server.router);
    let mut app = Arc::into_inner(server.app).expect("nobody else's");
    app.authority.part_rows = std::slice::from_ref(&ADDRESS);
    let app = Arc::new(app);
    Server {
        router: router(Arc::clone(&app)),
        app,
        ..server
    }
}

/// Tag and ETag of the state.
async fn state(server: &Server, citizen: &Citizen) -> (Value, String) {
    let answer = citizen.get(server, "/v1/subjects/owner/state").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let tag = answer.json()["parts"]["address"].clone();
    (tag, answer.header("etag").to_owned())
}

async fn move_to(server: &Server, citizen: &Citizen, number: u32, address: &str) {
    let corrected = with(citizen, "address", json!(address));
    let answer = citizen.register_as(server, &key(number), &corrected).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn the_state_tells_of_a_part_while_something_is_held_and_when_it_is_another() {
    let server = server().await;
    let (citizen, neighbour) = (server.citizen().await, server.citizen().await);
    let (tag, etag) = state(&server, &citizen).await;
    let text = tag.as_str().expect("a tag");
    assert!(!text.contains("文三路") && text.len() == 32);
    let (same_address, _) = state(&server, &neighbour).await;
    assert_ne!(tag, same_address, "no two subjects' are comparable");
    assert_eq!(state(&server, &citizen).await, (tag.clone(), etag.clone()));
    move_to(&server, &citizen, 1, "文三路 2 号").await;
    let (moved, etag_moved) = state(&server, &citizen).await;
    assert!(moved.is_string() && moved != tag && etag_moved != etag);
    move_to(&server, &citizen, 2, "延安路 1 号").await;
    let (gone, _) = state(&server, &citizen).await;
    assert_eq!(gone, Value::Null);
    let answer = citizen.get(&server, PATH).await;
    answer.problem(ProblemKind::NotFound);
}

#[tokio::test]
async fn a_part_is_told_to_the_subjects_device_alone_from_where_it_asks() {
    let server = server().await;
    let citizen = server.citizen().await;
    for (query, after) in [("", ""), ("?after=7-a.b_c~", "7-a.b_c~")] {
        let answer = citizen.get(&server, &format!("{PATH}{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let expected = json!({"address": "文三路 1 号", "after": after});
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for query in ["?after=", "?after=a%20b", "?after=1&after=2", "?before=1"] {
        let answer = citizen.get(&server, &format!("{PATH}{query}")).await;
        answer.refused_field("after", "not_a_cursor");
    }
    for name in ["of_tomorrow", "ADDRESS", "%61ddress"] {
        let path = format!("/v1/subjects/owner/parts/{name}");
        citizen
            .get(&server, &path)
            .await
            .problem(ProblemKind::NotFound);
    }
    let path = "/v1/subjects/a-child/parts/address";
    citizen
        .get(&server, path)
        .await
        .problem(ProblemKind::SubjectUnknown);
    let stranger = Citizen::new();
    stranger
        .get(&server, PATH)
        .await
        .problem(ProblemKind::DeviceUnknown);
    let unsigned = server.get_from("10.0.0.1", &[("host", "authority.test:8443")], PATH);
    unsigned.await.problem(ProblemKind::SignatureRefused);
    let answer = citizen.send(&server, draft("PUT", PATH, Vec::new())).await;
    answer.problem(ProblemKind::MethodNotAllowed);
}
