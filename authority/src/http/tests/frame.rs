//! What every answer has in common.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use health_code_core::wire::{
    APP_VERSION, AppUpdate, NONCE_HEADER, OLDEST_APP_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION,
    ProblemKind, Supported, TIME_HEADER,
};

use super::{NOON, Server};
use crate::http::body::MAX_DISCARDED_BYTES;

#[tokio::test]
async fn every_answer_has_a_fresh_nonce_and_the_time() {
    let server = Server::new().await;
    let mut nonces = std::collections::HashSet::new();
    for path in [
        "/healthz",
        "/v1/bundles",
        "/nowhere",
        "/v1/subjects/owner/state",
    ] {
        let answer = server.get(path).await;
        assert!(nonces.insert(answer.header(NONCE_HEADER).to_owned()));
        assert_eq!(answer.header(TIME_HEADER), (NOON * 1_000).to_string());
        assert_eq!(answer.header(crate::REQUEST_ID_HEADER).len(), 16);
        let headers = [PROTOCOL_HEADER, OLDEST_APP_HEADER].map(|name| Some(answer.header(name)));
        let supported = Supported::read(headers[0], headers[1]).expect("every answer says it");
        let update = supported.update_for(APP_VERSION, PROTOCOL_VERSION);
        assert_eq!(update, AppUpdate::NotNeeded);
    }
    assert_eq!(server.get("/healthz").await.text(), "ok");
}

#[tokio::test]
async fn unknown_paths_and_wrong_methods_are_problems() {
    let server = Server::new().await;
    server
        .get("/v1/nowhere")
        .await
        .problem(ProblemKind::NotFound);
    server.get("/").await.problem(ProblemKind::NotFound);
    for (method, path) in [
        ("PUT", "/v1/subjects"),
        ("POST", "/v1/subjects/owner/declarations/x"),
        ("DELETE", "/v1/subjects/owner/state"),
        ("PUT", "/v1/bundles"),
        ("BREW", "/healthz"),
    ] {
        let request = Request::builder().method(method).uri(path);
        let answer = server
            .send(request.body(Body::empty()).expect("a request"))
            .await;
        answer.problem(ProblemKind::MethodNotAllowed);
    }
}

#[tokio::test]
async fn too_large_and_mistyped_bodies_are_refused() {
    let server = Server::new().await;
    let post = |content_type: &str, size: usize| {
        Request::post("/v1/subjects")
            .header("content-type", content_type)
            .body(Body::from(vec![b' '; size]))
            .expect("a request")
    };
    let answer = server.send(post("application/json", 64 * 1024 + 1)).await;
    answer.problem(ProblemKind::TooLarge);
    let answer = server.send(post("application/json", 64 * 1024)).await;
    answer.problem(ProblemKind::Malformed);
    let answer = server.send(post("text/plain", 10)).await;
    answer.problem(ProblemKind::UnsupportedMediaType);
    // Those carried no length; this one announces more than is ever read.
    let announced = Request::post("/v1/subjects")
        .header("content-length", "9999999")
        .body(Body::empty())
        .expect("a request");
    server.send(announced).await.problem(ProblemKind::TooLarge);
}

/// A body of these pieces that notes how many of them were asked for.
fn counted(pieces: usize, size: usize) -> (Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let stream = futures_util::stream::iter(0..pieces).map(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok::<_, std::convert::Infallible>(vec![b' '; size])
    });
    (Body::from_stream(stream), asked)
}

#[tokio::test]
async fn a_refused_body_is_read_to_its_end_but_not_without_end() {
    const KIB: usize = 1024;
    let server = Server::with(|config| config.concurrent_requests = 1).await;
    let send = async |path: &str, pieces: usize, headers: &[(&str, &str)]| {
        let (body, asked) = counted(pieces, 16 * KIB);
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = server.send(request.body(body).expect("a request")).await;
        (answer, asked.load(Ordering::SeqCst))
    };
    let (answer, asked) = send("/v1/nowhere", 4, &[]).await;
    answer.problem(ProblemKind::NotFound);
    assert_eq!(asked, 4);
    let (answer, asked) = send("/v1/subjects", 20, &[]).await;
    answer.problem(ProblemKind::TooLarge);
    assert_eq!(asked, 20);
    let (answer, asked) = send("/v1/subjects", 1_000, &[]).await;
    answer.problem(ProblemKind::TooLarge);
    assert_eq!(asked, MAX_DISCARDED_BYTES / (16 * KIB) + 1);
    // Who asks before sending is told before sending.
    let expects = [("content-length", "327680"), ("expect", "100-continue")];
    let (answer, asked) = send("/v1/subjects", 20, &expects).await;
    answer.problem(ProblemKind::TooLarge);
    assert_eq!(asked, 0);
    let _place = server.enter();
    let (answer, asked) = send("/v1/subjects", 2, &[]).await;
    answer.problem(ProblemKind::Unavailable);
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn an_address_that_asks_too_much_must_wait() {
    let server = Server::with(|config| {
        config.address_reads_per_minute = 6;
        config.address_reads_burst = 3;
    })
    .await;
    for _ in 0..3 {
        assert_eq!(server.get("/v1/bundles").await.status, 200);
    }
    let answer = server.get("/v1/bundles").await;
    answer.problem(ProblemKind::RateLimited);
    let wait: i64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=11).contains(&wait), "{wait}");
    server.clock.advance(wait);
    assert_eq!(server.get("/v1/bundles").await.status, 200);
}

#[tokio::test]
async fn too_many_at_once_are_told_to_wait() {
    let server = Server::with(|config| config.concurrent_requests = 1).await;
    let place = server.enter();
    let answer = server.get("/v1/bundles").await;
    answer.problem(ProblemKind::Unavailable);
    assert!(!answer.header("retry-after").is_empty());
    // Who watches is answered all the same.
    assert_eq!(server.get("/healthz").await.status, 200);
    drop(place);
    assert_eq!(server.get("/v1/bundles").await.status, 200);
}

#[tokio::test]
async fn one_address_has_its_share_of_the_places() {
    let server = Server::with(|config| config.address_concurrent_requests = 1).await;
    let place = server.enter();
    let answer = server.get("/v1/bundles").await;
    answer.problem(ProblemKind::RateLimited);
    assert!(!answer.header("retry-after").is_empty());
    let from = server.get_from("192.0.2.1", &[], "/v1/bundles").await;
    assert_eq!(from.status, 200, "another address");
    drop(place);
    assert_eq!(server.get("/v1/bundles").await.status, 200);
}

#[tokio::test]
async fn clients_behind_a_trusted_proxy_have_an_allowance_each() {
    let server = Server::with(|config| {
        config.address_reads_per_minute = 1;
        config.address_reads_burst = 1;
        config.trusted_proxies = vec!["10.0.0.0/8".to_owned()];
    })
    .await;
    let ask = async |peer: &str, forwarded: &str| {
        let headers = [("x-forwarded-for", forwarded)];
        server.get_from(peer, &headers, "/v1/bundles").await.status
    };
    for (peer, forwarded, status) in [
        ("10.0.0.1", "192.0.2.1", 200),
        ("10.0.0.2", "192.0.2.1", 429),
        ("10.0.0.1", "192.0.2.2", 200),
        // What the client itself wrote is not what the proxy saw.
        ("10.0.0.1", "192.0.2.9, 192.0.2.2", 429),
        // Nobody else is believed.
        ("192.0.2.3", "192.0.2.4", 200),
        ("192.0.2.3", "192.0.2.5", 429),
    ] {
        assert_eq!(ask(peer, forwarded).await, status, "{peer} for {forwarded}");
    }
}

#[tokio::test]
async fn panics_and_timeouts_are_problems_too() {
    let server = Server::with(|config| config.request_timeout_secs = 1).await;
    let panicking = async || -> &'static str { panic!("about 王小明") };
    let hanging = async || std::future::pending::<&'static str>().await;
    let routes = super::super::routes()
        .route("/panic", axum::routing::get(panicking))
        .route("/hang", axum::routing::get(hanging));
    let server = Server {
        router: super::super::framed(routes, std::sync::Arc::clone(&server.app)),
        ..server
    };
    let answer = server.get("/panic").await;
    answer.problem(ProblemKind::Internal);
    assert!(!answer.text().contains("王小明"));
    let answer = server.get("/hang").await;
    answer.problem(ProblemKind::Unavailable);
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(server.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_stopped_writer_is_a_wait_and_not_a_failure() {
    let server = Server::new().await;
    let citizen = super::Citizen::new();
    server.app.close();
    let answer = citizen.register(&server).await;
    answer.problem(ProblemKind::Unavailable);
    assert!(!answer.header("retry-after").is_empty());
}
