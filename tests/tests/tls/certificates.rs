//! Which servers are believed: roots, times, names, pins.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use health_code_core::ports::TransportError;
use health_code_core::sync::{HttpConfig, HttpError, HttpTransport};
use health_code_core::testing::clock::FixedClock;

use super::servers::{Authority, WebServer};
use super::{NOON, assert_refused, assert_refused_as, pins, send, transport, transport_at};

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
