//! An authority that answers rubbish.

use std::sync::Arc;

use health_code_core::ports::{HttpResponse, MAX_RESPONSE_BYTES};
use health_code_core::sync::{SyncOutcome, SyncResult};
use serde_json::{Value, json};

use super::cases::UNREAD;
use super::line::{Bend, Network};
use super::world::sync;
use super::{for_every_case, queued, see, settle, untroubled};

type Rubbish = (&'static str, fn(&mut HttpResponse));

const RUBBISH: &[Rubbish] = &[
    ("bytes", |answer| answer.body = (0..=255).collect()),
    ("nothing", |answer| answer.body.clear()),
    ("half", |answer| answer.body.truncate(answer.body.len() / 2)),
    ("other types", |answer| {
        // What is signed is no JSON: rubbish all the same.
        let json = serde_json::from_slice(&answer.body).unwrap_or(json!({"a": 1}));
        answer.body = turned(json).to_string().into_bytes();
    }),
    ("a member of another type", |answer| {
        let json = serde_json::from_slice(&answer.body).unwrap_or(json!({"a": 1}));
        answer.body = deeply_turned(json).to_string().into_bytes();
    }),
    ("too much", |answer| {
        answer.body.resize(MAX_RESPONSE_BYTES + 1, b' ');
    }),
    ("a page", |answer| {
        answer.status = 200;
        answer.headers.retain(|(name, _)| name != "content-type");
        let html = ("content-type".to_owned(), "text/html".to_owned());
        answer.headers.push(html);
        answer.body = b"<html>Log in</html>".to_vec();
    }),
    ("a failure", |answer| {
        answer.status = 500;
        answer.body = b"{\"code\": [".to_vec();
    }),
];

/// Arrays for objects and the other way round.
fn turned(json: Value) -> Value {
    match json {
        Value::Object(all) => all
            .into_iter()
            .map(|(name, value)| json!([name, value]))
            .collect(),
        Value::Array(all) => json!({"all": all}),
        other => json!([other]),
    }
}

/// The same shape with each text a number and each number a text.
fn deeply_turned(json: Value) -> Value {
    match json {
        Value::Object(all) => {
            let all = all.into_iter();
            Value::Object(
                all.map(|(name, value)| (name, deeply_turned(value)))
                    .collect(),
            )
        }
        Value::Array(all) => all.into_iter().map(deeply_turned).collect(),
        Value::String(_) => json!(7),
        _ => json!("x"),
    }
}

pub fn bent(bend: impl Fn(&str, &mut HttpResponse) + Send + Sync + 'static) -> Network {
    let bend: Bend = Arc::new(bend);
    Network::Bends(bend)
}

/// Whether a line, `METHOD path`, is a request like this.
pub fn is_of(line: &str, (method, part): (&str, &str)) -> bool {
    line.starts_with(method) && line.contains(part)
}

/// Whether a sync says that something was wrong.
pub fn is_named(outcome: &SyncOutcome) -> bool {
    outcome.result != SyncResult::Synced
        || outcome.problem.is_some()
        || !outcome.uploads_refused.is_empty()
}

/// Rubbish on each of a capability's own paths: named by the sync, nothing of what was there is lost, what has nothing to do with it
/// goes on, and the next honest answer brings all of it.
#[test]
fn rubbish_is_named_loses_nothing_and_heals() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let queued = queued(world, moment, case);
        for &own in case.paths {
            for (kind, make) in RUBBISH {
                let what = format!("{}, {own:?}, {kind}", case.name);
                let records = world.put_back(&queued);
                let phone = world.open(&records);
                world.take_asked();
                let make = *make;
                world.network(bent(move |line, answer| {
                    // A demand for a nonce is no answer yet.
                    if is_of(line, own) && answer.status < 400 {
                        make(answer);
                    }
                }));
                // What follows from what is sent may come with the second one.
                let outcomes = [sync(&phone), sync(&phone)];
                let asked = world.take_asked();
                let is_asked = asked.iter().any(|line| is_of(line, own));
                assert!(is_asked, "{what}: never asked, but {asked:#?}");
                let is_unread = own.1 == UNREAD;
                assert!(
                    is_unread || outcomes.iter().any(is_named),
                    "{what}: {outcomes:#?}"
                );
                if own.0 == "GET" {
                    assert_eq!(outcomes[1].uploads_left, 0, "{what}: {outcomes:#?}");
                }
                see(case, &phone);
                drop(phone);
                let phone = world.open(&records);
                world.network(Network::On);
                settle(&phone);
                let ended = (see(case, &phone), world.kept());
                assert_eq!(ended, expected, "{what}");
            }
        }
    });
}
