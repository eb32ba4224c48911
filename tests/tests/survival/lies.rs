//! An authority that answers rubbish, one of tomorrow and one of yesterday.

use std::sync::Arc;

use health_code_core::ports::{HttpResponse, MAX_RESPONSE_BYTES};
use health_code_core::sync::{SyncOutcome, SyncResult};
use health_code_core::wire::ProblemKind;
use serde_json::{Value, json};

use super::cases::UNREAD;
use super::world::{Bend, Network, sync};
use super::{act_all, for_every_case, queued, see, settle, untroubled};

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

fn bent(bend: impl Fn(&str, &mut HttpResponse) + Send + Sync + 'static) -> Network {
    let bend: Bend = Arc::new(bend);
    Network::Bends(bend)
}

/// Whether a line, `METHOD path`, is a request like this.
fn is_of(line: &str, (method, part): (&str, &str)) -> bool {
    line.starts_with(method) && line.contains(part)
}

/// Whether a sync says that something was wrong.
fn is_named(outcome: &SyncOutcome) -> bool {
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

/// Members, names and entries that nobody knows yet are passed over wherever they stand.
#[test]
fn tomorrows_answers_are_read_as_far_as_they_are_known() {
    fn add(json: &mut Value) {
        match json {
            Value::Object(all) => {
                all.values_mut().for_each(add);
                all.insert("of_tomorrow".to_owned(), json!("x"));
            }
            Value::Array(all) => all.iter_mut().for_each(add),
            _ => {}
        }
    }
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        world.network(bent(|_, answer| {
            if let Ok(mut json) = serde_json::from_slice(&answer.body) {
                add(&mut json);
                answer.body = json.to_string().into_bytes();
            }
        }));
        let phone = world.open(&records);
        act_all(case, &phone);
        settle(&phone);
        assert_eq!((see(case, &phone), world.kept()), expected, "{}", case.name);
    });
}

/// An authority from before the capability: it knows none of its paths, parts and bundles. All else goes on, and what was there stays.
#[test]
fn yesterdays_authority_knows_nothing_of_it_and_all_else_goes_on() {
    for_every_case(|world, moment, case| {
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        let own = case.paths;
        world.network(bent(move |line, answer| {
            // Registering is of the foundation.
            if line != "POST /v1/subjects" && own.iter().any(|own| is_of(line, *own)) {
                *answer = HttpResponse {
                    status: 404,
                    headers: vec![(
                        "content-type".to_owned(),
                        "application/problem+json".to_owned(),
                    )],
                    body: serde_json::to_vec(&ProblemKind::NotFound.body()).expect("JSON"),
                };
            } else if let Ok(Value::Object(mut all)) = serde_json::from_slice(&answer.body) {
                all.remove("parts");
                answer.body = Value::Object(all).to_string().into_bytes();
            }
        }));
        let phone = world.open(&records);
        see(case, &phone);
        act_all(case, &phone);
        let outcomes = [sync(&phone), sync(&phone)];
        for outcome in &outcomes {
            let is_known = outcome.result == SyncResult::Synced || outcome.problem.is_some();
            assert!(is_known, "{}: {outcome:#?}", case.name);
        }
        see(case, &phone);
    });
}
