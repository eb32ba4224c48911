//! `POST /v1/admin/colour-changes`: two officers change a citizen's colour.
//!
//! Invariant: nothing about a citizen is told or changed before two different officers' signatures hold; the
//! change, its chain link, the decision and the revocation are one transaction.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, Request, StatusCode};
use axum::response::Response;
use data_encoding::HEXLOWER;
use health_code_core::wire::ProblemKind;

use super::refusal::Refusal;
use super::signed::Received;
use super::{Shared, json};
use crate::app::App;
use crate::db::{self, ChainEntry, DbError};
use crate::decision::Decided;
use crate::officers::{
    ChangeRefusal, ColourChangeAnswer, SignedColourChange, VerifiedChange, head_hex,
};

/// Header of the refusal of a change that names the wrong head: the right one, for a new draft.
pub const CHAIN_HEAD_HEADER: &str = "health-code-chain-head";

enum Outcome {
    Applied(Option<Decided>),
    Before([u8; 32]),
    IdReused,
    CitizenUnknown,
    WrongHead(String),
}

/// Handler.
pub(crate) async fn post(
    State(app): State<Shared>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    let received = Received::read(request).await?;
    app.admission.limits.count_address(received.address)?;
    received.require_json()?;
    let submitted: SignedColourChange =
        serde_json::from_slice(&received.body).map_err(|_| ProblemKind::Malformed)?;
    let now = app.now();
    let change = app
        .officers
        .verify(&submitted, now, app.config.clock_skew_secs)
        .map_err(refused)?;
    let id = change.order.id.clone();
    let head = change.head;
    let within = app.clone();
    let outcome = app
        .database
        .write(move |connection| apply(&within, connection, change, now))
        .await?;
    let answer = |head: [u8; 32], decided: Option<Decided>| ColourChangeAnswer {
        id: id.clone(),
        head: HEXLOWER.encode(&head),
        colour: decided.as_ref().map(|decided| decided.decision.colour),
        reason: decided.as_ref().map(|decided| decided.decision.reason),
        server_time_ms: app.now_ms(),
    };
    match outcome {
        Outcome::Applied(decided) => {
            // Officers may rely on it: checkpoints can fetch the revocation from now on.
            app.publish_status_list().await?;
            json(StatusCode::CREATED, &answer(head, decided))
        }
        Outcome::Before(head) => json(StatusCode::OK, &answer(head, None)),
        Outcome::IdReused => Err(ProblemKind::IdReused.into()),
        Outcome::CitizenUnknown => Err(Refusal::field("citizenId", "unknown")),
        Outcome::WrongHead(head) => Err(Refusal::field("previous", "chain_head_mismatch")
            .with_header(HeaderName::from_static(CHAIN_HEAD_HEADER), head)),
    }
}

fn apply(
    app: &App,
    connection: &rusqlite::Connection,
    change: VerifiedChange,
    now: i64,
) -> Result<Outcome, DbError> {
    if let Some(stored) = db::change_by_id(connection, &change.id)? {
        return Ok(if stored.change == change.bytes {
            Outcome::Before(stored.head)
        } else {
            Outcome::IdReused
        });
    }
    let citizen_id = change.order.citizen_id;
    if db::identity_of(connection, &citizen_id)?.is_none() {
        return Ok(Outcome::CitizenUnknown);
    }
    let head = head_hex(db::chain_head(connection, &citizen_id)?.as_ref());
    if head != change.order.previous {
        return Ok(Outcome::WrongHead(head));
    }
    db::append_change(
        connection,
        &ChainEntry {
            citizen_id: citizen_id.clone(),
            change_id: change.id,
            change: change.bytes,
            colour: change.order.colour,
            reason: change.order.reason,
            signatures: change.signatures,
            head: change.head,
            received_at: now,
        },
    )?;
    Ok(Outcome::Applied(app.decider.decide(
        connection,
        &citizen_id,
        now,
    )?))
}

fn refused(refusal: ChangeRefusal) -> Refusal {
    match refusal {
        ChangeRefusal::Malformed(member) => {
            Refusal::from(ProblemKind::Malformed).at(member, "unreadable")
        }
        ChangeRefusal::Officers => ProblemKind::OfficersRefused.into(),
        ChangeRefusal::Invalid(member, code) => Refusal::field(member, code),
    }
}
