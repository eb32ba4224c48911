//! Sheets of paper that a phone asks for: limits, and a store that conflicts, loses writes and answers.

use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::{Answer, Citizen, Server, declaration, fever, new_id};
use crate::store::faulty::Fault;

async fn green(server: &Server) -> Citizen {
    let citizen = server.citizen().await;
    citizen.declare(server, &declaration()).await;
    citizen
}

async fn ask(server: &Server, citizen: &Citizen, days: u32) -> Answer {
    let path = format!("/v1/subjects/owner/papers/{}", new_id());
    citizen.put(server, &path, &json!({ "days": days })).await
}

/// What became of each sheet, newest first.
async fn standings(server: &Server, citizen: &Citizen) -> Vec<String> {
    let answer = citizen
        .get(server, "/v1/subjects/owner/parts/paper")
        .await
        .json();
    let sheets = answer["sheets"].as_array().cloned().unwrap_or_default();
    let standing = |sheet: &Value| sheet["standing"].as_str().unwrap_or_default().to_owned();
    sheets.iter().map(standing).collect()
}

#[tokio::test]
async fn whatever_the_store_does_one_request_is_one_sheet() {
    for faults in [
        &[Fault::AnswerLost][..],
        &[Fault::Late],
        &[Fault::Conflict],
        &[Fault::WriteLost; 8],
    ] {
        let server = Server::new().await;
        let citizen = green(&server).await;
        assert_eq!(ask(&server, &citizen, 30).await.status, 201);
        let server = server.failing(faults);
        let path = format!("/v1/subjects/owner/papers/{}", new_id());
        let mut answers = Vec::new();
        for _ in 0..3 {
            let put = citizen.put(&server, &path, &json!({ "days": 60 })).await;
            answers.push(put.status);
        }
        assert!(
            answers.contains(&201) && answers.ends_with(&[200]),
            "{answers:?}"
        );
        assert_eq!(
            standings(&server, &citizen).await,
            ["good", "replaced"],
            "{faults:?}"
        );
    }
}

#[tokio::test]
async fn a_sheet_ends_with_the_colour_and_with_a_wish() {
    let server = Server::new().await;
    let citizen = green(&server).await;
    ask(&server, &citizen, 180).await;
    let path = format!("/v1/subjects/owner/paper-revocations/{}", new_id());
    assert_eq!(citizen.put(&server, &path, &json!({})).await.status, 201);
    assert_eq!(standings(&server, &citizen).await, ["revoked"]);
    ask(&server, &citizen, 180).await;
    citizen.declare(&server, &fever()).await;
    assert_eq!(standings(&server, &citizen).await, ["ended", "revoked"]);
    let refused = ask(&server, &citizen, 1).await;
    refused.refused_field("days", "paper_not_green");
    // Over days later, by the clock alone.
    assert_eq!(standings(&server, &citizen).await.len(), 2);
}

#[tokio::test]
async fn limits_are_the_settings() {
    let server = Server::with(|config| {
        config.paper_max_days = 30;
        config.papers_per_day = 2;
    })
    .await;
    let citizen = green(&server).await;
    for days in [0, 31, 181] {
        let refused = ask(&server, &citizen, days).await;
        refused.refused_field("days", "paper_days_out_of_range");
    }
    for _ in 0..2 {
        assert_eq!(ask(&server, &citizen, 30).await.status, 201);
    }
    let refused = ask(&server, &citizen, 30).await;
    refused.refused_field("days", "paper_too_many_today");
    server.clock.advance(86_400);
    citizen.declare(&server, &declaration()).await;
    assert_eq!(ask(&server, &citizen, 30).await.status, 201);
    let path = format!("/v1/subjects/owner/papers/{}", new_id());
    let more = json!({"days": 1, "colour": "green"});
    let rubbish = citizen.put(&server, &path, &more).await;
    rubbish.problem(ProblemKind::Malformed);
    let none = Server::with(|config| config.paper_max_days = 0).await;
    let citizen = green(&none).await;
    let refused = ask(&none, &citizen, 1).await;
    refused.refused_field("days", "paper_days_out_of_range");
}
