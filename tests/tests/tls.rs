//! The phone's HTTPS transport over real loopback TLS: whom it trusts, and what it makes of bad answers.
//!
//! Certificates count by the clock that the transport is given, never by this machine's.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that fails is a test that fails"
)]

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{
    HttpRequest, HttpResponse, MAX_RESPONSE_BYTES, Transport, TransportError,
};
use health_code_core::sync::{HttpConfig, HttpError, HttpTransport, SpkiPins};
use health_code_core::testing::clock::FixedClock;
use rustls::{NamedGroup, SupportedCipherSuite};

#[path = "tls/servers.rs"]
mod servers;

use servers::{Authority, RawServer, Spoken, WebServer};

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
fn a_certificate_of_an_untrusted_authority_is_refused() {
    let authority = Authority::new("Health CA");
    // The same name, another key.
    let stranger = Authority::new("Health CA");
    let server = WebServer::start(stranger.chain(&["localhost"]), &["http/1.1"]);
    assert_refused(&transport(&authority), &server);
    let server = WebServer::start(Authority::self_signed("localhost"), &["http/1.1"]);
    assert_refused(&transport(&authority), &server);
}

#[test]
fn an_expired_or_not_yet_valid_certificate_is_refused() {
    let out_of_date = TransportError::CertificateTime;
    let authority = Authority::new("Health CA");
    let server = WebServer::start(authority.expired_chain("localhost"), &["http/1.1"]);
    assert_refused_as(out_of_date.clone(), &transport(&authority), &server);
    // It was fine in 2024: only the time is against it.
    let in_2024 = transport_at(&authority.pem(), None, NOON - 2 * 365 * 86_400);
    assert!(send(&in_2024, &server.url("/echo")).is_ok());

    let server = WebServer::start(authority.chain(&["localhost"]), &["http/1.1"]);
    let ten_years_back = transport_at(&authority.pem(), None, NOON - 10 * 365 * 86_400);
    assert_refused_as(out_of_date.clone(), &ten_years_back, &server);
    let before_1970 = transport_at(&authority.pem(), None, -5);
    assert_refused_as(out_of_date.clone(), &before_1970, &server);
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let authority = Authority::new("Health CA");
    let server = WebServer::start(
        authority.chain(&["other.example", "127.0.0.2"]),
        &["http/1.1"],
    );
    assert_refused(&transport(&authority), &server);
    let by_address = server.url("/echo").replace("localhost", "127.0.0.1");
    assert_eq!(
        send(&transport(&authority), &by_address),
        Err(TransportError::CertificateRefused)
    );
}

#[test]
fn pins_narrow_the_roots_down() {
    let authority = Authority::new("Health CA");
    let other = Authority::new("Other CA");
    let both = authority.pem() + &other.pem();
    let server = WebServer::start(authority.chain(&["localhost"]), &["http/1.1"]);
    let nobody = [7; 32];
    for good in [
        pins(authority.spki_sha256(), nobody),
        pins(nobody, authority.spki_sha256()),
    ] {
        let transport = transport_at(&both, Some(good), NOON);
        assert!(send(&transport, &server.url("/echo")).is_ok());
    }
    server.requests.store(0, Ordering::SeqCst);
    // Both roots are trusted, but the pin names the other one; or none at all.
    for wrong in [pins(other.spki_sha256(), nobody), pins(nobody, nobody)] {
        assert_refused(&transport_at(&both, Some(wrong), NOON), &server);
        // Once the pins are over, the roots count again.
        assert!(
            send(
                &transport_at(&both, Some(wrong), NOON + 2),
                &server.url("/echo")
            )
            .is_ok()
        );
        server.requests.store(0, Ordering::SeqCst);
    }
}

#[test]
fn sending_the_pinned_certificate_along_does_not_help() {
    let pinned = Authority::new("Pinned CA");
    let hacked = Authority::new("Hacked CA");
    let both = pinned.pem() + &hacked.pem();
    let mut chain = hacked.chain(&["localhost"]);
    chain.certificates.push(pinned.certificate());
    let server = WebServer::start(chain, &["http/1.1"]);
    // Without the pin this server would be trusted.
    assert!(send(&transport_at(&both, None, NOON), &server.url("/echo")).is_ok());
    server.requests.store(0, Ordering::SeqCst);
    let pins = pins(pinned.spki_sha256(), [0; 32]);
    assert_refused(&transport_at(&both, Some(pins), NOON), &server);
}

#[test]
fn roots_that_cannot_be_read_are_named() {
    let authority = Authority::new("Health CA");
    let many = authority.pem().repeat(65);
    let broken = authority.pem().replacen("MII", "AAA", 1);
    for pem in ["", "nothing", &many, &broken] {
        let config = HttpConfig {
            roots_pem: pem.as_bytes().to_vec(),
            pins: None,
        };
        let outcome = HttpTransport::new(&config, Arc::new(FixedClock::new(0)));
        assert_eq!(outcome.err(), Some(HttpError::RootsInvalid));
    }
}

#[test]
fn one_bad_root_among_good_ones_is_left_out_and_told() {
    let authority = Authority::new("Health CA");
    let server = WebServer::start(authority.chain(&["localhost"]), &["http/1.1"]);
    let no_certificate = authority.pem().replacen("MII", "AAA", 1);
    let no_base64 = authority.pem().replacen("MII", "M!!", 1);
    let cut_off = authority.pem().replace("-----END CERTIFICATE-----", "");
    for (pem, left_out) in [
        (authority.pem(), 0),
        (no_certificate.clone() + &authority.pem(), 1),
        (authority.pem() + &no_certificate, 1),
        (no_base64.clone() + &authority.pem(), 1),
        (no_certificate + &no_base64 + &authority.pem(), 2),
        (authority.pem() + &cut_off, 1),
    ] {
        let config = HttpConfig {
            roots_pem: pem.into_bytes(),
            pins: None,
        };
        let clock = Arc::new(FixedClock::new(NOON * 1_000));
        let transport = HttpTransport::new(&config, clock).expect("a good root is left");
        assert_eq!(transport.roots_left_out(), left_out);
        assert!(send(&transport, &server.url("/echo")).is_ok());
    }
}

#[test]
fn redirects_are_not_followed() {
    let authority = Authority::new("Health CA");
    let elsewhere = WebServer::start(authority.chain(&["localhost"]), &["http/1.1"]);
    let head = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url("/echo")
    );
    let server = RawServer::start(&authority, Spoken::bytes(head));
    let answer = send(&transport(&authority), &server.url()).unwrap();
    assert_eq!(answer.status, 307);
    assert_eq!(elsewhere.requests.load(Ordering::SeqCst), 0);
}

#[test]
fn answers_up_to_the_cap_and_not_a_byte_more() {
    let authority = Authority::new("Health CA");
    let chunked = |size: usize| {
        let mut answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        for start in (0..size).step_by(65_536) {
            let chunk = vec![b'x'; 65_536.min(size - start)];
            answer.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            answer.extend_from_slice(&chunk);
            answer.extend_from_slice(b"\r\n");
        }
        answer.extend_from_slice(b"0\r\n\r\n");
        answer
    };
    let announced = |size: usize| {
        let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n").into_bytes();
        answer.resize(answer.len() + size, b'x');
        answer
    };
    let transport = transport(&authority);
    for (answer, size) in [
        (chunked(MAX_RESPONSE_BYTES), Some(MAX_RESPONSE_BYTES)),
        (announced(MAX_RESPONSE_BYTES), Some(MAX_RESPONSE_BYTES)),
        (chunked(MAX_RESPONSE_BYTES + 1), None),
        (announced(MAX_RESPONSE_BYTES + 1), None),
        // Announced only: refused before it could come.
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\nx".to_vec(),
            None,
        ),
    ] {
        let server = RawServer::start(&authority, Spoken::bytes(answer));
        let found = send(&transport, &server.url()).map(|answer| answer.body.len());
        assert_eq!(found, size.ok_or(TransportError::TooLarge));
    }
}

#[test]
fn answers_that_break_off_are_not_taken_for_whole() {
    let authority = Authority::new("Health CA");
    let transport = transport(&authority);
    for (name, answer) in [
        (
            "body",
            "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"half\":",
        ),
        (
            "chunk",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        ),
        (
            "last chunk",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
        ),
        ("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    ] {
        let server = RawServer::start(&authority, Spoken::bytes(answer));
        assert_eq!(
            send(&transport, &server.url()),
            Err(TransportError::Malformed),
            "{name}"
        );
    }
    // Cut off before the first word of the answer.
    let server = RawServer::start(&authority, Spoken::bytes(""));
    let outcome = send(&transport, &server.url());
    assert!(
        matches!(
            outcome,
            Err(TransportError::Unreachable | TransportError::Malformed)
        ),
        "{outcome:?}"
    );
}

#[test]
fn slow_answers_end_at_the_deadline() {
    let authority = Authority::new("Health CA");
    let transport = transport(&authority);
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nab"] {
        let spoken = Spoken {
            then_wait: Duration::from_secs(30),
            ..Spoken::bytes(answer)
        };
        let server = RawServer::start(&authority, spoken);
        let outcome = transport.send(request(&server.url()), 300, &CancelHandle::new());
        assert_eq!(outcome, Err(TransportError::DeadlinePassed));
    }
}

#[test]
fn a_cancel_ends_the_wait_at_once() {
    let authority = Authority::new("Health CA");
    let transport = transport(&authority);
    let spoken = Spoken {
        then_wait: Duration::from_mins(1),
        ..Spoken::bytes("")
    };
    let server = RawServer::start(&authority, spoken);
    let cancel = CancelHandle::new();
    let outcome = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| transport.send(request(&server.url()), 60_000, &cancel));
        // Only once the server has the request is it a wait in the middle.
        server.wait_until_asked();
        cancel.cancel();
        waiting.join().unwrap()
    });
    assert_eq!(outcome, Err(TransportError::Cancelled));
    // A handle that was cancelled sends nothing.
    let outcome = transport.send(request(&server.url()), 60_000, &cancel);
    assert_eq!(outcome, Err(TransportError::Cancelled));
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
