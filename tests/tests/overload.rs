//! Who holds places without using them holds up nobody else; a log that cannot be written stops nothing.
//!
//! Attackers come from 127.0.0.2, everybody else from 127.0.0.1: the loopback of Linux is a network.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use health_code_core::trust::SoftwareEd25519;
use health_code_tests::authority_process::{AuthorityProcess, stored_uploads};
use health_code_tests::bare_phone::{BarePhone, client, healthy_declaration, new_id, send};
use rustls_pki_types::pem::PemObject as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");

/// A connection from 127.0.0.2.
async fn connect(url: &str) -> std::io::Result<TcpStream> {
    let address: SocketAddr = url
        .trim_start_matches("https://")
        .parse()
        .expect("an address");
    let socket = TcpSocket::new_v4()?;
    socket.bind("127.0.0.2:0".parse().expect("an address"))?;
    socket.connect(address).await
}

async fn connect_tls(
    server: &AuthorityProcess,
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    let ca = rustls_pki_types::CertificateDer::from_pem_slice(&server.ca_pem()).expect("a CA");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(ca).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = "127.0.0.1".try_into().expect("a name");
    let stream = connect(&server.url).await?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

/// Probes and a phone's first walk, all of which must go well.
async fn everybody_else_is_served(server: &AuthorityProcess, seed: u8) {
    let https = client(&server.ca_pem());
    for probe in 0..29 {
        let health = send(https.get(format!("{}/healthz", server.url))).await;
        let status = health.map(|answer| answer.status);
        assert_eq!(status, Some(200), "probe {probe}");
    }
    let signer = Arc::new(SoftwareEd25519::from_seed(&[seed; 32]));
    let phone = BarePhone::new(signer, &server.url, https);
    phone.register().await;
    let path = format!("/v1/subjects/owner/declarations/{}", new_id());
    let answer = phone.send("PUT", &path, &[], healthy_declaration(1)).await;
    assert_eq!(answer.expect("an answer").status, 201);
}

/// Opens as many streams as the server lets it, each with a body that does not come.
async fn slow_bodies(server: &AuthorityProcess) -> Vec<h2::SendStream<bytes::Bytes>> {
    let stream = connect_tls(server, b"h2").await.expect("connected");
    let (mut requests, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
    tokio::spawn(connection);
    let mut bodies = Vec::new();
    for _ in 0..64 {
        let request = http::Request::post(format!("{}/v1/subjects", server.url))
            .header("content-type", "application/json")
            .header("content-length", "1000");
        let request = request.body(()).expect("a request");
        let ready = tokio::time::timeout(Duration::from_millis(200), requests.ready()).await;
        let Ok(Ok(ready)) = ready else { break };
        requests = ready;
        let (_answer, mut body) = requests.send_request(request, false).expect("sent");
        body.send_data(bytes::Bytes::from_static(b"{"), false)
            .expect("sent");
        bodies.push(body);
    }
    bodies
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_bodies_take_nobodys_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &[]);
    let mut bodies = Vec::new();
    for _ in 0..17 {
        bodies.extend(slow_bodies(&server).await);
    }
    assert!(bodies.len() > 300, "{}", bodies.len());
    everybody_else_is_served(&server, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_stand_still_take_nobodys_place_and_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let few = ["--connections", "300", "--address-connections", "250"];
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &few);
    let mut half_open = Vec::new();
    // Handshakes that never begin, and heads that never end.
    for _ in 0..200 {
        half_open.push(connect(&server.url).await.expect("connected"));
    }
    let mut slow_heads = Vec::new();
    for _ in 0..40 {
        let mut stream = connect_tls(&server, b"http/1.1").await.expect("connected");
        let head = b"GET /v1/bundles HTTP/1.1\r\nhost: ";
        stream.write_all(head).await.expect("sent");
        slow_heads.push(stream);
    }
    let mut beyond = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let mut stream = connect(&server.url).await.expect("connected");
        beyond.spawn(async move {
            // Well before the ten seconds after which a handshake ends by itself.
            let read = tokio::time::timeout(Duration::from_secs(6), stream.read_u8()).await;
            (matches!(read, Ok(Err(_))), stream)
        });
    }
    let mut shut_out = 0;
    for (ended, stream) in beyond.join_all().await {
        shut_out += usize::from(ended);
        half_open.push(stream);
    }
    assert!(shut_out >= 80, "{shut_out} beyond the address's share");
    everybody_else_is_served(&server, 2).await;
    // Their time ends: handshakes and heads after ten seconds.
    tokio::time::sleep(Duration::from_secs(12)).await;
    for stream in &mut slow_heads {
        let mut rest = Vec::new();
        let end = tokio::time::timeout(Duration::from_secs(2), stream.read_to_end(&mut rest));
        assert!(end.await.is_ok(), "the head is not waited for without end");
    }
    let again = connect_tls(&server, b"http/1.1").await;
    assert!(again.is_ok(), "the places are free again");
}

/// An HTTP/2 client that answers every ping, has one request, and then none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_without_requests_ends_whatever_else_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let short = ["--idle-connection-secs", "1", "--request-timeout-secs", "2"];
    let server = AuthorityProcess::start(PROGRAM, folder.path(), &short);
    let mut idle = Http2::connect(&server).await;
    let mut busy = Http2::connect(&server).await;
    assert_eq!(idle.health().await, Some(200));
    for _ in 0..10 {
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(busy.health().await, Some(200), "it has requests");
        // Pings are answered for as long as it is there, and change nothing.
        idle.ping().await;
    }
    assert!(idle.connection.is_finished(), "its time is over");
    assert_eq!(idle.health().await, None);
    assert_eq!(busy.health().await, Some(200));
}

/// An HTTP/2 connection whose frames are all worked on.
struct Http2 {
    requests: h2::client::SendRequest<bytes::Bytes>,
    pings: h2::PingPong,
    connection: tokio::task::JoinHandle<Result<(), h2::Error>>,
    url: String,
}

impl Http2 {
    async fn connect(server: &AuthorityProcess) -> Self {
        let stream = connect_tls(server, b"h2").await.expect("connected");
        let handshake = h2::client::handshake(stream);
        let (requests, mut connection) = handshake.await.expect("HTTP/2");
        let pings = connection.ping_pong().expect("once");
        Self {
            requests,
            pings,
            connection: tokio::spawn(connection),
            url: server.url.clone(),
        }
    }

    async fn ping(&mut self) {
        let pong = self.pings.ping(h2::Ping::opaque());
        let _ = tokio::time::timeout(Duration::from_secs(1), pong).await;
    }

    async fn health(&mut self) -> Option<u16> {
        let request = http::Request::get(format!("{}/healthz", self.url));
        let request = request.body(()).expect("a request");
        let (answer, _) = self.requests.send_request(request, true).ok()?;
        Some(answer.await.ok()?.status().as_u16())
    }
}

/// A server with this standard error; its URL.
fn with_stderr(data: &Path, stderr: Stdio) -> (Child, String) {
    let mut child = Command::new(PROGRAM)
        .arg("--data")
        .arg(data)
        .args(["--listen", "127.0.0.1:0", "--log", "trace"])
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
        .expect("starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    out.read_line(&mut line).expect("a line");
    let url = line.trim().strip_prefix("READY ").expect("ready");
    (child, url.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_cannot_be_written_stops_nothing() {
    for sink in ["full", "closed", "never read"] {
        let folder = tempfile::tempdir().expect("a folder");
        let stderr = match sink {
            "full" => {
                let full = File::options().write(true).open("/dev/full");
                Stdio::from(full.expect("a full disk"))
            }
            _ => Stdio::piped(),
        };
        let (mut child, url) = with_stderr(folder.path(), stderr);
        let mut pipe = child.stderr.take();
        if sink == "closed" {
            pipe = None;
        }
        let https = client(&std::fs::read(folder.path().join("ca.pem")).expect("a CA"));
        for probe in 0..400 {
            let answer = send(https.get(format!("{url}/v1/bundles"))).await;
            let status = answer.map(|answer| answer.status);
            assert_eq!(status, Some(200), "{sink}: {probe}");
        }
        assert!(
            child.try_wait().expect("known").is_none(),
            "{sink}: it runs"
        );
        let stopped = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        assert!(stopped.expect("kill is there").success());
        if let Some(mut pipe) = pipe {
            // Somebody reads at last: what was lost is told.
            let reader = std::thread::spawn(move || {
                let mut log = Vec::new();
                let _ = pipe.read_to_end(&mut log);
                String::from_utf8_lossy(&log).into_owned()
            });
            assert!(child.wait().expect("ends").success(), "{sink}");
            assert!(!reader.join().expect("read").is_empty());
        } else {
            assert!(child.wait().expect("ends").success(), "{sink}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_without_room_is_waited_for_and_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    // A limit of the size of files stands in for a full disk: the log and the database meet it alike.
    let mut command = Command::new("bash");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", PROGRAM]);
    let free = [
        "--citizen-uploads-per-day",
        "100000",
        "--device-burst",
        "100000",
    ];
    let mut server = AuthorityProcess::start_with(command, folder.path(), &free);
    let signer = Arc::new(SoftwareEd25519::from_seed(&[3; 32]));
    let https = client(&server.ca_pem());
    let phone = BarePhone::new(signer, &server.url, https.clone());
    phone.register().await;
    let limit = |bytes: &str| {
        let pid = server.id().to_string();
        let done = Command::new("prlimit")
            .args(["--pid", &pid, &format!("--fsize={bytes}:unlimited")])
            .status();
        assert!(done.expect("prlimit is there").success());
    };
    let upload = async || {
        let id = new_id();
        let path = format!("/v1/subjects/owner/declarations/{id}");
        let answer = phone.send("PUT", &path, &[], healthy_declaration(1)).await;
        (id, answer.expect("an answer"))
    };
    let log = std::fs::metadata(folder.path().join("authority.sqlite-wal"));
    limit(&(log.expect("a log").len() + 50_000).to_string());
    let mut taken = Vec::new();
    let refused = loop {
        let (id, answer) = upload().await;
        if answer.status != 201 {
            break answer;
        }
        taken.push(id);
        assert!(taken.len() < 1_000, "the disk is never full");
    };
    assert!(!taken.is_empty());
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (503, "unavailable")
    );
    assert!(!refused.header("retry-after").is_empty());
    // It stays so, and all else goes on.
    assert_eq!(upload().await.1.status, 503);
    for path in ["/healthz", "/v1/bundles"] {
        let answer = send(https.get(format!("{}{path}", server.url))).await;
        assert_eq!(answer.map(|answer| answer.status), Some(200), "{path}");
    }
    // Room again.
    limit("unlimited");
    for _ in 0..3 {
        let (id, answer) = upload().await;
        assert_eq!(answer.status, 201);
        taken.push(id);
    }
    server.kill();
    let there = stored_uploads(folder.path());
    assert!(
        taken.iter().all(|id| there.contains(id)),
        "acknowledged and lost"
    );
}
