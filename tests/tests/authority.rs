//! The authority as a process: TLS, limits, both kinds of device keys, what it logs.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::code::{Assurance, Checkpoint, present, verify_credential};
use health_code_core::colour::Colour;
use health_code_core::ports::{Clock, DeviceSigner};
use health_code_core::system::SystemClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::trust::{SoftwareEd25519, TrustBundle};
use health_code_core::wire::{BundleIndex, BundleKind};
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{
    Answer, BarePhone, client, healthy_declaration, http1_client, new_id, send,
};
use rustls_pki_types::pem::PemObject;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");

fn authority(data: &Path, arguments: &[&str]) -> AuthorityProcess {
    AuthorityProcess::start(PROGRAM, data, arguments)
}

fn now() -> i64 {
    SystemClock.read().wall_ms.div_euclid(1_000)
}

async fn get(client: &reqwest::Client, url: String) -> Answer {
    send(client.get(url)).await.expect("an answer")
}

#[tokio::test]
async fn both_kinds_of_device_keys_walk_from_registration_to_a_code_that_a_checkpoint_accepts() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let https = client(&server.ca_pem());
    let root = std::fs::read_to_string(folder.path().join("root-key.hex")).expect("the root");
    let root = data_encoding::HEXLOWER
        .decode(root.trim().as_bytes())
        .expect("hex");
    let root: [u8; 32] = root.try_into().expect("32 bytes");
    let index = get(&https, format!("{}/v1/bundles", server.url)).await;
    let index: BundleIndex = serde_json::from_slice(&index.body).expect("an index");
    let entry = index
        .bundles
        .iter()
        .find(|entry| entry.kind == BundleKind::TRUST);
    let url = format!(
        "{}/v1/bundles/{}",
        server.url,
        entry.expect("listed").sha256
    );
    let bundle = get(&https, url).await.body;
    let trust = TrustBundle::open(&bundle, &root, now(), 0).expect("the trust bundle");
    let signers: [(Arc<dyn DeviceSigner>, _); 2] = [
        (Arc::new(SoftwareEd25519::from_seed(&[3; 32])), https),
        (
            Arc::new(SoftwareP256::from_seed(&[4; 32])),
            http1_client(&server.ca_pem()),
        ),
    ];
    for (signer, client) in signers {
        let phone = BarePhone::new(Arc::clone(&signer), &server.url, client);
        phone.register().await;
        let upload = format!("/v1/subjects/owner/declarations/{}", new_id());
        let answer = phone
            .send("PUT", &upload, &[], healthy_declaration(1))
            .await;
        assert_eq!(answer.expect("an answer").status, 201);
        let state = phone
            .send("GET", "/v1/subjects/owner/state", &[], Vec::new())
            .await
            .expect("an answer");
        let credential = state.json()["credential"]
            .as_str()
            .expect("a credential")
            .to_owned();
        let credential = BASE64URL_NOPAD
            .decode(credential.as_bytes())
            .expect("base64url");
        let claims = verify_credential(&credential, &trust, now()).expect("verifies");
        let expected = if signer.is_hardware() {
            Assurance::Hardware
        } else {
            Assurance::Software
        };
        assert_eq!((claims.colour, claims.assurance), (Colour::Green, expected));
        let code = present(&credential, now(), None, signer.as_ref()).expect("a code");
        let verdict = Checkpoint::new(trust.clone(), None, None).check(&code, now());
        assert!(verdict.accepted, "{verdict:?}");
    }
}

#[tokio::test]
async fn only_tls_and_only_for_those_who_trust_its_ca() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &["--host", "authority.example"]);
    let https = client(&server.ca_pem());
    assert_eq!(
        get(&https, format!("{}/healthz", server.url)).await.status,
        200
    );
    // The names of the development certificate.
    let port = server.url.rsplit(':').next().expect("a port");
    let by_name = format!("https://localhost:{port}/healthz");
    assert_eq!(get(&https, by_name).await.status, 200);
    // Another CA, another name, no TLS.
    let other = tempfile::tempdir().expect("a folder");
    let stranger = authority(other.path(), &[]);
    let mistrusting = client(&stranger.ca_pem());
    assert!(
        send(mistrusting.get(format!("{}/healthz", server.url)))
            .await
            .is_none()
    );
    let _ = rustls::crypto::ring::default_provider().install_default();
    let address = format!("127.0.0.1:{port}").parse().expect("an address");
    let resolving = |name: &str| {
        let roots = reqwest::Certificate::from_pem_bundle(&server.ca_pem()).expect("a CA");
        let builder = reqwest::Client::builder()
            .tls_certs_only(roots)
            .resolve(name, address);
        builder.build().expect("a client")
    };
    let named = format!("https://authority.example:{port}/healthz");
    assert_eq!(
        get(&resolving("authority.example"), named).await.status,
        200
    );
    let wrong = format!("https://elsewhere.example:{port}/healthz");
    assert!(
        send(resolving("elsewhere.example").get(wrong))
            .await
            .is_none()
    );
    let plain = reqwest::Client::new().get(format!("http://127.0.0.1:{port}/healthz"));
    assert!(send(plain).await.is_none_or(|answer| answer.status != 200));
}

#[tokio::test]
async fn a_second_start_keeps_keys_and_ca() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = authority(folder.path(), &[]);
    let ca = first.ca_pem();
    let key = std::fs::read(folder.path().join("issuer.key")).expect("a key");
    first.terminate();
    assert!(first.wait().success());
    let second = authority(folder.path(), &[]);
    assert_eq!(second.ca_pem(), ca);
    assert_eq!(
        std::fs::read(folder.path().join("issuer.key")).expect("a key"),
        key
    );
    assert_eq!(
        get(&client(&ca), format!("{}/healthz", second.url))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn oversized_requests_are_refused_over_the_wire_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let https = client(&server.ca_pem());
    let url = format!("{}/v1/subjects", server.url);
    let request = https.post(&url).header("content-type", "application/json");
    let answer = send(request.body(vec![b' '; 200_000]))
        .await
        .expect("an answer");
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (413, "too_large")
    );
    // HTTP/2 resets the stream, or hyper answers 431: a head of 64 KiB does not get through.
    let request = https.get(format!("{}/healthz", server.url));
    let answer = send(request.header("x-large", "x".repeat(64 * 1024))).await;
    assert!(answer.is_none_or(|answer| answer.status == 431));
    assert_eq!(
        get(&https, format!("{}/healthz", server.url)).await.status,
        200
    );
}

/// Sends a body slowly over HTTP/1.1 and looks for an answer only when all of it is sent; the answer's first line.
fn send_all_then_read(server: &AuthorityProcess, path: &str, length: usize) -> String {
    let ca = rustls_pki_types::CertificateDer::from_pem_slice(&server.ca_pem()).expect("a CA");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(ca).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let host = server.url.strip_prefix("https://").expect("a URL");
    let name = "127.0.0.1".try_into().expect("a name");
    let connection = rustls::ClientConnection::new(Arc::new(config), name).expect("a connection");
    let socket = TcpStream::connect(host).expect("connects");
    socket
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    let mut stream = rustls::StreamOwned::new(connection, socket);
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n"
    )
    .expect("a head");
    for _ in 0..10 {
        let sent = stream.write_all(&vec![b' '; length / 10]);
        sent.and_then(|()| stream.flush()).expect("sent");
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut line = String::new();
    BufReader::new(stream)
        .read_line(&mut line)
        .expect("an answer");
    line
}

#[test]
fn a_refusal_reaches_one_who_sends_everything_before_looking_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(folder.path(), &[]);
    let cases = [
        ("/v1/subjects", 200_000, "413"),
        ("/v1/nowhere", 60_000, "404"),
        ("/v1/bundles", 60_000, "405"),
    ];
    for (path, length, status) in cases {
        let line = send_all_then_read(&server, path, length);
        assert!(
            line.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {line}"
        );
    }
}

#[tokio::test]
async fn the_log_names_requests_and_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = authority(
        folder.path(),
        &["--log", "trace,hyper=error,rustls=error,h2=error"],
    );
    let signer = Arc::new(SoftwareEd25519::from_seed(&[5; 32]));
    let key = signer.public_key().expect("a key");
    let phone = BarePhone::new(signer, &server.url, client(&server.ca_pem()));
    let citizen = phone.register().await;
    let id = new_id();
    let upload = format!("/v1/subjects/owner/declarations/{id}");
    let answer = phone
        .send("PUT", &upload, &[], healthy_declaration(77))
        .await
        .expect("an answer");
    let request_id = answer.header("health-code-request-id").to_owned();
    phone
        .send("GET", "/v1/subjects/owner/state", &[], Vec::new())
        .await
        .expect("an answer");
    let query = format!("{}/v1/bundles?name=secret-query", server.url);
    get(&client(&server.ca_pem()), query).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let log = server.log();
    assert!(log.contains(&request_id), "{log}");
    assert!(
        log.contains("\"route\":\"/v1/subjects/{subject}/declarations/{id}\""),
        "{log}"
    );
    for secret in [
        citizen.as_str(),
        &id,
        &phone.document_number,
        "王小明",
        "文三路",
        "13800138000",
        "secret-query",
        &health_code_core::wire::device_id(&key),
    ] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    // Every line after the start's explanation is JSON.
    let lines = log.lines().filter(|line| line.starts_with('{'));
    for line in lines {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    }
}
