//! Several credentials in one answer: what they have in common, and what ends them.

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::code::{CredentialClaims, read_credential};
use health_code_core::trust::StatusPlace;

use super::credential_keys::offer;
use super::state::{credential, revoked, state};
use super::{Answer, Citizen, NOON, Server, declaration, fever};

const EIGHT: [u8; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
const HOUR: i64 = 3_600;

async fn green(batch: u8) -> (Server, Citizen) {
    let server = Server::with(|config| config.credential_batch = batch).await;
    let citizen = server.citizen().await;
    citizen.declare(&server, &declaration()).await;
    (server, citizen)
}

/// What the answer brings, the last one first.
fn batch(server: &Server, answer: &Answer) -> Vec<CredentialClaims> {
    let json = answer.json();
    let others = json["otherCredentials"].as_array().cloned();
    let others = others.unwrap_or_default().into_iter().map(|one| {
        let text = one.as_str().expect("a text").to_owned();
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
        read_credential(&bytes).expect("a credential")
    });
    let last = credential(server, answer);
    std::iter::once(last).chain(others).collect()
}

fn distinct<T: Ord>(all: &[CredentialClaims], of: impl Fn(&CredentialClaims) -> T) -> usize {
    all.iter().map(of).collect::<BTreeSet<_>>().len()
}

#[tokio::test]
async fn one_request_brings_a_credential_for_each_key_that_policy_lets_it() {
    for (policy, expected) in [(8, 8), (3, 3), (16, 8), (1, 1)] {
        let (server, citizen) = green(policy).await;
        let answer = offer(&server, &citizen, &EIGHT).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let told = answer.json()["credentialBatch"].as_u64().unwrap_or(1);
        assert_eq!(told, u64::from(policy));
        let all = batch(&server, &answer);
        assert_eq!(all.len(), expected, "{policy}");
        assert_eq!(
            distinct(&all, |it| it.device_key.as_bytes().to_vec()),
            expected
        );
        assert_eq!(distinct(&all, |it| it.status_index), expected);
        let last = all[0].expires_at;
        assert!(all.iter().all(|it| it.expires_at <= last));
        for one in &all {
            let left = one.expires_at - NOON;
            assert!((4 * HOUR..=24 * HOUR).contains(&left), "{left}");
            assert!((NOON - 2_700..=NOON).contains(&one.issued_at()));
            assert_eq!(one.expires_at % 900, 0);
            assert_eq!(
                (one.colour, &one.masked_name),
                (all[0].colour, &all[0].masked_name)
            );
        }
        // It is the state, tag and all, and the same comes to who asks again with these keys, or some of them.
        let same = state(&server, &citizen).await;
        assert_eq!(same.header("etag"), answer.header("etag"));
        server.clock.advance(HOUR);
        let again = offer(&server, &citizen, &EIGHT[..2]).await;
        assert!(batch(&server, &again) == all);
    }
}

#[tokio::test]
async fn they_begin_apart_and_end_apart() {
    let (server, citizen) = green(16).await;
    let keys: Vec<u8> = (1..=16).collect();
    let all = batch(&server, &offer(&server, &citizen, &keys).await);
    assert_eq!(all.len(), 16);
    assert!(distinct(&all, |it| it.expires_at) > 8);
    assert!(distinct(&all, CredentialClaims::issued_at) > 1);
    // Nor does the quarter of an hour in the index tell that they came together: see `status_indexes`.
    assert!(distinct(&all, |it| it.status_index % 256) > 1);
}

#[tokio::test]
async fn what_has_run_out_is_not_handed_out_and_the_rest_is() {
    let (server, citizen) = green(8).await;
    let all = batch(&server, &offer(&server, &citizen, &EIGHT).await);
    let mut ends: Vec<i64> = all.iter().map(|it| it.expires_at).collect();
    ends.sort_unstable();
    server.clock.advance(ends[3] - NOON);
    let held = batch(&server, &state(&server, &citizen).await);
    assert_eq!(
        held.len(),
        ends.iter().filter(|end| **end > ends[3]).count()
    );
}

#[tokio::test]
async fn all_are_revoked_together_and_those_of_the_batch_before() {
    let (server, citizen) = green(8).await;
    let mut all = batch(&server, &offer(&server, &citizen, &EIGHT).await);
    server.clock.advance(HOUR);
    let next: Vec<u8> = (11..=18).collect();
    all.extend(batch(&server, &offer(&server, &citizen, &next).await));
    assert_eq!(distinct(&all, |it| it.status_index), 16);
    citizen.declare(&server, &fever()).await;
    let lists = revoked(&server).await;
    for one in &all {
        assert!(lists.is_revoked(one.status_index));
    }
    let yellow = batch(&server, &offer(&server, &citizen, &[21, 22, 23]).await);
    assert_eq!(yellow.len(), 3);
    let places: BTreeSet<_> = all
        .iter()
        .chain(&yellow)
        .map(|it| StatusPlace::new(it.expires_at, it.status_index))
        .collect();
    assert_eq!(places.len(), 19);
}

#[tokio::test]
async fn a_code_says_as_much_of_its_bearer_as_policy_lets_it() {
    for (policy, name, tail) in [
        ("name_and_tail", "王*明", true),
        ("tail", "*", true),
        ("initials", "王*", false),
        ("nothing", "*", false),
    ] {
        let server = Server::with(|config| policy.clone_into(&mut config.person_in_code)).await;
        let citizen = server.citizen().await;
        citizen.declare(&server, &declaration()).await;
        let claims = credential(&server, &offer(&server, &citizen, &[1]).await);
        assert_eq!(claims.masked_name, name, "{policy}");
        assert_eq!(claims.document_tail != "****", tail, "{policy}");
    }
}
