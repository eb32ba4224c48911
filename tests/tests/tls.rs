//! The phone's HTTPS transport over real loopback TLS: whom it trusts, and what it makes of bad answers.
//!
//! Certificates count by the clock that the transport is given, never by this machine's.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that fails is a test that fails"
)]

use std::sync::Arc;
use std::sync::atomic::Ordering;

use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{HttpRequest, HttpResponse, Transport, TransportError};
use health_code_core::sync::{HttpConfig, HttpTransport, SpkiPins};
use health_code_core::testing::clock::FixedClock;
use rustls::{NamedGroup, SupportedCipherSuite};

#[path = "tls/answers.rs"]
mod answers;
#[path = "tls/certificates.rs"]
mod certificates;
#[path = "tls/servers.rs"]
mod servers;

use servers::{Authority, WebServer};

/// 2026-11-24T12:00Z.
const NOON: i64 = 1_795_521_600;
const TIMEOUT_MS: u64 = 20_000;

fn transport_at(roots_pem: &str, pins: Option<SpkiPins>, now: i64) -> HttpTransport {
    let config = HttpConfig {
        roots_pem: roots_pem.as_bytes().to_vec(),
        pins,
    };
    HttpTransport::new(&config, Arc::new(FixedClock::new(now * 1000))).unwrap()
}

fn transport(authority: &Authority) -> HttpTransport {
    transport_at(&authority.pem(), None, NOON)
}

fn request(url: &str) -> HttpRequest {
    HttpRequest {
        method: "PUT".into(),
        url: url.into(),
        headers: vec![("content-type".into(), "application/json".into())],
        body: b"{}".to_vec(),
    }
}

fn send(transport: &HttpTransport, url: &str) -> Result<HttpResponse, TransportError> {
    transport.send(request(url), TIMEOUT_MS, &CancelHandle::new())
}

/// Refused for its certificate, and not a byte of the request got through.
fn assert_refused(transport: &HttpTransport, server: &WebServer) {
    assert_refused_as(TransportError::CertificateRefused, transport, server);
}

fn assert_refused_as(error: TransportError, transport: &HttpTransport, server: &WebServer) {
    assert_eq!(send(transport, &server.url("/echo")), Err(error));
    assert_eq!(server.requests.load(Ordering::SeqCst), 0);
}

const fn pins(primary: [u8; 32], backup: [u8; 32]) -> SpkiPins {
    SpkiPins {
        primary,
        backup,
        expires_at: NOON + 1,
    }
}

#[test]
fn a_trusted_server_is_talked_to_over_http_2_and_1() {
    let authority = Authority::new("Health CA");
    for alpn in [&["h2", "http/1.1"][..], &["http/1.1"], &[]] {
        let server = WebServer::start(authority.chain(&["localhost"]), alpn);
        let transport = transport(&authority);
        for _ in 0..2 {
            let answer = send(&transport, &server.url("/echo?a=1")).unwrap();
            assert_eq!(answer.status, 201);
            assert_eq!(answer.body, b"PUT /echo?a=1 {}");
            let header = ("health-code-nonce".to_owned(), "abc".to_owned());
            assert!(answer.headers.contains(&header));
        }
        assert_eq!(server.requests.load(Ordering::SeqCst), 2);
    }
}

#[test]
fn every_kind_of_key_curve_and_cipher_is_understood_in_both_versions() {
    let keys = [
        &rcgen::PKCS_ECDSA_P256_SHA256,
        &rcgen::PKCS_ECDSA_P384_SHA384,
        &rcgen::PKCS_ED25519,
        &rcgen::PKCS_RSA_SHA256,
    ];
    let curves = [NamedGroup::X25519, NamedGroup::secp256r1];
    let with_aes = |suite: &SupportedCipherSuite| format!("{suite:?}").contains("AES");
    let suites = rustls::crypto::ring::ALL_CIPHER_SUITES.iter();
    let suites: Vec<_> = suites.filter(|suite| with_aes(suite)).collect();
    assert_eq!(suites.len(), 6);
    for kind in keys {
        let authority = Authority::with_keys("Health CA", kind);
        for curve in curves {
            for suite in &suites {
                let suite_name = format!("{suite:?}");
                // TLS 1.2 names the kind of key with the suite.
                let other_key = if kind == &rcgen::PKCS_RSA_SHA256 {
                    "ECDHE_ECDSA"
                } else {
                    "ECDHE_RSA"
                };
                if suite_name.contains(other_key) {
                    continue;
                }
                let chain = authority.chain(&["localhost"]);
                let server = WebServer::start_narrowed(chain, &["http/1.1"], |provider| {
                    provider.kx_groups.retain(|group| group.name() == curve);
                    provider.cipher_suites.retain(|other| other == *suite);
                });
                let answer = send(&transport(&authority), &server.url("/echo"));
                assert_eq!(
                    answer.map(|answer| answer.status),
                    Ok(201),
                    "{curve:?} {suite:?}"
                );
            }
        }
    }
}

#[test]
fn a_server_without_aes_is_not_understood() {
    let authority = Authority::new("Health CA");
    let chain = authority.chain(&["localhost"]);
    let server = WebServer::start_narrowed(chain, &["http/1.1"], |provider| {
        provider
            .cipher_suites
            .retain(|suite| format!("{suite:?}").contains("CHACHA20"));
    });
    assert_eq!(
        send(&transport(&authority), &server.url("/echo")),
        Err(TransportError::Unreachable)
    );
}

#[test]
fn it_can_be_called_and_dropped_inside_another_runtime() {
    let authority = Authority::new("Health CA");
    let server = WebServer::start(authority.chain(&["localhost"]), &["http/1.1"]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let transport = transport(&authority);
        assert_eq!(send(&transport, &server.url("/echo")).unwrap().status, 201);
        drop(transport);
    });
}

#[test]
fn nobody_there_and_nobody_who_speaks_tls() {
    let authority = Authority::new("Health CA");
    let transport = transport(&authority);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let url = format!("https://localhost:{port}/");
    assert_eq!(send(&transport, &url), Err(TransportError::Unreachable));

    let server = servers::plain_http();
    let url = format!("https://localhost:{server}/");
    assert_eq!(send(&transport, &url), Err(TransportError::Unreachable));
    // Never in the clear, whoever asks for it.
    let outcome = send(&transport, &format!("http://localhost:{server}/"));
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(servers::plain_requests(), 1);
}
