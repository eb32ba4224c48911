//! Request signatures and nonces.

use std::sync::atomic::Ordering;

use axum::http::HeaderValue;
use health_code_core::wire::{NONCE_HEADER, ProblemKind};

use super::{Citizen, Server, declaration, draft, new_id};

#[tokio::test]
async fn a_nonce_is_good_once() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let get = || draft("GET", "/v1/subjects/owner/state", Vec::new());
    let first = citizen.send_with(&server, &nonce, get()).await;
    assert_eq!(first.status, 200);
    let again = citizen.send_with(&server, &nonce, get()).await;
    again.problem(ProblemKind::NonceRequired);
    // The refusal brought the nonce for the next try.
    let fresh = again.header(NONCE_HEADER).to_owned();
    assert_eq!(citizen.send_with(&server, &fresh, get()).await.status, 200);
}

#[tokio::test]
async fn old_and_invented_nonces_are_refused() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    server.clock.advance(301);
    for nonce in [nonce.as_str(), "bm9uY2U", &"A".repeat(54)] {
        let answer = citizen.send_with(
            &server,
            nonce,
            draft("GET", "/v1/subjects/owner/state", Vec::new()),
        );
        answer.await.problem(ProblemKind::NonceRequired);
    }
}

#[tokio::test]
async fn a_wrong_signature_does_not_use_up_the_nonce() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let mut request = citizen.sign(&nonce, draft("GET", "/v1/subjects/owner/state", Vec::new()));
    let other = citizen.sign(
        &nonce,
        draft("GET", "/v1/subjects/owner/state?a=b", Vec::new()),
    );
    let wrong = other.headers()["signature"].clone();
    request.headers_mut().insert("signature", wrong);
    server
        .send(request)
        .await
        .problem(ProblemKind::DeviceUnknown);
    let right = citizen.send_with(
        &server,
        &nonce,
        draft("GET", "/v1/subjects/owner/state", Vec::new()),
    );
    assert_eq!(right.await.status, 200);
}

#[tokio::test]
async fn every_signed_route_refuses_unsigned_and_altered_requests() {
    let server = Server::new().await;
    let citizen = server.citizen().await;
    let id = new_id();
    let routes = [
        ("PUT", format!("/v1/subjects/owner/declarations/{id}")),
        ("PUT", format!("/v1/subjects/owner/itineraries/{id}")),
        ("PUT", format!("/v1/subjects/owner/corrections/{id}")),
        ("GET", "/v1/subjects/owner/state".to_owned()),
        ("POST", "/v1/subjects/owner/credentials".to_owned()),
    ];
    for (method, path) in routes {
        let signed = |body: Vec<u8>| {
            let nonce = server
                .app
                .admission
                .nonces
                .issue(0, &crate::SystemEntropy)
                .expect("a nonce");
            citizen.sign(&nonce, draft(method, &path, body))
        };
        for header in ["signature", "signature-input", "content-digest"] {
            let mut request = signed(Vec::new());
            request.headers_mut().remove(header);
            server
                .send(request)
                .await
                .problem(ProblemKind::SignatureRefused);
            // The same header twice.
            let mut request = signed(Vec::new());
            let value = request.headers()[header].clone();
            request.headers_mut().append(header, value);
            server
                .send(request)
                .await
                .problem(ProblemKind::SignatureRefused);
        }
        let mut request = signed(b"{}".to_vec());
        *request.body_mut() = axum::body::Body::from("[]");
        server
            .send(request)
            .await
            .problem(ProblemKind::SignatureRefused);
        let mut request = signed(Vec::new());
        *request.uri_mut() = format!("{path}?x=1").parse().expect("a path");
        server
            .send(request)
            .await
            .problem(ProblemKind::DeviceUnknown);
        let mut request = signed(Vec::new());
        let elsewhere = HeaderValue::from_static("elsewhere.test");
        request.headers_mut().insert("host", elsewhere);
        server
            .send(request)
            .await
            .problem(ProblemKind::DeviceUnknown);
    }
}

#[tokio::test]
async fn an_unregistered_device_is_named_as_such() {
    let server = Server::new().await;
    let stranger = Citizen::new();
    let answer = stranger.get(&server, "/v1/subjects/owner/state").await;
    answer.problem(ProblemKind::DeviceUnknown);
}

/// Three kinds of devices in whose name somebody else signs: in mind, known, unknown. Each costs as many looks into the store;
/// that one signature is verified for each is `is_by`'s. The times are said and judged by nobody: machines are noisy.
#[tokio::test]
async fn a_device_that_is_known_is_as_much_work_as_one_that_is_not() {
    let server = Server::new().await;
    let (in_mind, known) = (server.citizen().await, server.citizen().await);
    let (unknown, forger) = (Citizen::new(), Citizen::new());
    let path = "/v1/subjects/owner/state";
    assert_eq!(in_mind.get(&server, path).await.status, 200);
    let looks = || server.app.authority.devices.looks.load(Ordering::Relaxed);
    let mut took = [const { Vec::new() }; 3];
    for _ in 0..31 {
        for (whom, took) in [&in_mind, &known, &unknown].into_iter().zip(&mut took) {
            let nonce = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
            let mut request = whom.sign(&nonce, draft("GET", path, Vec::new()));
            let other = forger.sign(&nonce, draft("GET", path, Vec::new()));
            let wrong = other.headers()["signature"].clone();
            request.headers_mut().insert("signature", wrong);
            let before = looks();
            #[expect(clippy::disallowed_methods, reason = "it is measured")]
            let started = std::time::Instant::now();
            let answer = server.send(request).await;
            took.push(started.elapsed());
            answer.problem(ProblemKind::DeviceUnknown);
            assert_eq!(looks() - before, 1, "looks for a device");
        }
    }
    let medians = took.map(|mut took| {
        took.sort();
        took[took.len() / 2]
    });
    println!("in mind, known, unknown: {medians:?}");
}

#[tokio::test]
async fn a_device_that_asks_too_much_must_wait_and_nobody_else() {
    let server = Server::with(|config| {
        config.device_requests_per_minute = 6;
        config.device_burst = 2;
    })
    .await;
    let citizen = server.citizen().await;
    let other = server.citizen().await;
    for _ in 0..2 {
        assert_eq!(
            citizen
                .get(&server, "/v1/subjects/owner/state")
                .await
                .status,
            200
        );
    }
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let answer = citizen.put(&server, &path, &declaration()).await;
    answer.problem(ProblemKind::RateLimited);
    let wait: i64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=11).contains(&wait), "{wait}");
    assert_eq!(
        other.get(&server, "/v1/subjects/owner/state").await.status,
        200
    );
    server.clock.advance(wait);
    assert_eq!(
        citizen
            .get(&server, "/v1/subjects/owner/state")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_address_that_signs_wrongly_has_no_more_signatures_looked_at() {
    let server = Server::with(|config| {
        config.address_requests_per_minute = 6;
        config.address_burst = 5;
    })
    .await;
    // Registering is what takes two of the five.
    let (known, asleep) = (server.citizen().await, server.citizen().await);
    let path = "/v1/subjects/owner/state";
    assert_eq!(known.get(&server, path).await.status, 200);
    server.app.authority.devices.forget(&asleep.device_id());
    for _ in 0..3 {
        let answer = Citizen::new().get(&server, path).await;
        answer.problem(ProblemKind::DeviceUnknown);
    }
    // The next one is told so, and none after it is looked up.
    for _ in 0..2 {
        let answer = Citizen::new().get(&server, path).await;
        answer.problem(ProblemKind::RateLimited);
    }
    let answer = asleep.get(&server, path).await;
    answer.problem(ProblemKind::RateLimited);
    let wait: i64 = answer.header("retry-after").parse().expect("seconds");
    // Who is known is not held up by the neighbours, and public things are read.
    assert_eq!(known.get(&server, path).await.status, 200);
    assert_eq!(server.get("/v1/bundles").await.status, 200);
    server.clock.advance(wait);
    assert_eq!(asleep.get(&server, path).await.status, 200);
}

#[tokio::test]
async fn wrong_signatures_in_anothers_name_do_not_use_up_that_ones_allowance() {
    let server = Server::with(|config| {
        config.device_requests_per_minute = 1;
        config.device_burst = 1;
    })
    .await;
    let citizen = server.citizen().await;
    for _ in 0..5 {
        let nonce = server
            .app
            .admission
            .nonces
            .issue(0, &crate::SystemEntropy)
            .expect("a nonce");
        let mut request =
            citizen.sign(&nonce, draft("GET", "/v1/subjects/owner/state", Vec::new()));
        let other = citizen.sign(
            &nonce,
            draft("GET", "/v1/subjects/owner/state?a=b", Vec::new()),
        );
        let wrong = other.headers()["signature"].clone();
        request.headers_mut().insert("signature", wrong);
        server
            .send(request)
            .await
            .problem(ProblemKind::DeviceUnknown);
    }
    assert_eq!(
        citizen
            .get(&server, "/v1/subjects/owner/state")
            .await
            .status,
        200
    );
}
