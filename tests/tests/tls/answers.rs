//! What is taken from a server that is believed, and when the waiting ends.

use std::sync::atomic::Ordering;
use std::time::Duration;

use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{MAX_RESPONSE_BYTES, Transport as _, TransportError};

use super::servers::{Authority, RawServer, Spoken, WebServer};
use super::{request, send, transport};

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
