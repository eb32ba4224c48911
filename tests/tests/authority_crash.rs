//! The authority killed and stopped in the middle of a thousand uploads: nothing acknowledged is lost,
//! nothing is there twice. And, since a kill does not empty the system's caches as a power cut does: each upload
//! is synced to the disk before it is acknowledged.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use health_code_core::trust::SoftwareEd25519;
use health_code_core::wire::NONCE_HEADER;
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{BarePhone, client, healthy_declaration, new_id};
use tokio::task::JoinSet;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");
const PHONES: usize = 100;
const UPLOADS_EACH: usize = 10;
const LIMITS: [&str; 8] = [
    "--device-burst",
    "100000",
    "--device-requests-per-minute",
    "100000",
    "--address-burst",
    "100000",
    "--address-requests-per-minute",
    "100000",
];

/// One declaration of one phone.
#[derive(Clone, Debug)]
struct Upload {
    phone: usize,
    id: String,
    body: Vec<u8>,
}

async fn phones(server: &AuthorityProcess) -> Vec<BarePhone> {
    let mut phones = Vec::new();
    let mut running = JoinSet::new();
    // Four connections: a thousand phones would not share one either.
    let clients: Vec<_> = (0..4).map(|_| client(&server.ca_pem())).collect();
    for number in 0..PHONES {
        let mut seed = [1; 32];
        seed[..8].copy_from_slice(&(number as u64).to_be_bytes());
        let signer = Arc::new(SoftwareEd25519::from_seed(&seed));
        let phone = BarePhone::new(signer, &server.url, clients[number % clients.len()].clone());
        phones.push(phone.clone());
        running.spawn(async move { phone.register().await });
    }
    while let Some(registered) = running.join_next().await {
        registered.expect("registered");
    }
    phones
}

fn uploads() -> Vec<Upload> {
    (0..PHONES * UPLOADS_EACH)
        .map(|number| Upload {
            phone: number % PHONES,
            id: new_id(),
            body: healthy_declaration(u32::try_from(number).expect("small")),
        })
        .collect()
}

/// Sends each phone's uploads one after the other, all phones at once; tells the status of each that was answered.
async fn send_all(
    phones: &[BarePhone],
    uploads: &[Upload],
    answered: &Arc<AtomicUsize>,
) -> HashMap<String, u16> {
    let mut running = JoinSet::new();
    for (number, phone) in phones.iter().enumerate() {
        let own: Vec<Upload> = uploads
            .iter()
            .filter(|upload| upload.phone == number)
            .cloned()
            .collect();
        let (phone, answered) = (phone.clone(), Arc::clone(answered));
        running.spawn(async move {
            let mut statuses = HashMap::new();
            let Some(mut nonce) = phone.nonce().await else {
                return statuses;
            };
            for upload in own {
                let path = format!("/v1/subjects/owner/declarations/{}", upload.id);
                let Some(answer) = phone
                    .send_with(&nonce, "PUT", &path, &[], upload.body)
                    .await
                else {
                    return statuses;
                };
                answer.header(NONCE_HEADER).clone_into(&mut nonce);
                statuses.insert(upload.id, answer.status);
                answered.fetch_add(1, Ordering::SeqCst);
            }
            statuses
        });
    }
    let mut all = HashMap::new();
    while let Some(statuses) = running.join_next().await {
        all.extend(statuses.expect("no panic"));
    }
    all
}

/// Ids of all declarations in the database, as often as they are there.
fn stored(data: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(data.join("authority.sqlite")).expect("opens");
    let mut statement = connection
        .prepare("SELECT substr(key, 2) FROM records WHERE kind = 4 AND substr(key, 1, 1) = x'00'")
        .expect("SQL");
    let rows = statement
        .query_map([], |row| row.get::<_, [u8; 16]>(0))
        .expect("rows");
    rows.map(|id| uuid::Uuid::from_bytes(id.expect("an id")).to_string())
        .collect()
}

fn check_everything_once(data: &Path, uploads: &[Upload]) {
    let stored = stored(data);
    let distinct: HashSet<&String> = stored.iter().collect();
    assert_eq!(stored.len(), uploads.len(), "nothing twice");
    assert_eq!(distinct.len(), uploads.len());
    assert!(
        uploads.iter().all(|upload| distinct.contains(&upload.id)),
        "nothing lost"
    );
    let connection = rusqlite::Connection::open(data.join("authority.sqlite")).expect("opens");
    let whole: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("checked");
    assert_eq!(whole, "ok");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_of_a_thousand_uploads() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = AuthorityProcess::start(PROGRAM, folder.path(), &LIMITS);
    let phones_before = phones(&server).await;
    let uploads = uploads();
    let answered = Arc::new(AtomicUsize::new(0));
    let sending = {
        let (uploads, answered) = (uploads.clone(), Arc::clone(&answered));
        tokio::spawn(async move { send_all(&phones_before, &uploads, &answered).await })
    };
    while answered.load(Ordering::SeqCst) < 300 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    server.kill();
    let first = sending.await.expect("no panic");
    assert!(first.values().all(|status| *status == 201), "{first:?}");
    assert!(
        (300..1_000).contains(&first.len()),
        "{} answered",
        first.len()
    );

    // What was acknowledged is there before anything is sent again.
    let there: HashSet<String> = stored(folder.path()).into_iter().collect();
    let lost: Vec<&String> = first.keys().filter(|id| !there.contains(*id)).collect();
    assert!(lost.is_empty(), "{} acknowledged and lost", lost.len());

    let server = AuthorityProcess::start(PROGRAM, folder.path(), &LIMITS);
    let clients: Vec<_> = (0..4).map(|_| client(&server.ca_pem())).collect();
    let phones_after: Vec<BarePhone> = (0..PHONES)
        .map(|number| {
            let mut seed = [1; 32];
            seed[..8].copy_from_slice(&(number as u64).to_be_bytes());
            let signer = Arc::new(SoftwareEd25519::from_seed(&seed));
            BarePhone::new(signer, &server.url, clients[number % clients.len()].clone())
        })
        .collect();
    // Everything again, as a phone does that cannot know what arrived: acknowledged ones too.
    let second = send_all(&phones_after, &uploads, &Arc::default()).await;
    assert_eq!(second.len(), uploads.len());
    for (id, status) in &second {
        let expected = if there.contains(id) { 200 } else { 201 };
        assert_eq!(*status, expected, "{id}");
    }
    check_everything_once(folder.path(), &uploads);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_gently_it_finishes_what_it_began() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = AuthorityProcess::start(PROGRAM, folder.path(), &LIMITS);
    let phones = phones(&server).await;
    let uploads = uploads();
    let answered = Arc::new(AtomicUsize::new(0));
    let sending = {
        let (uploads, answered) = (uploads.clone(), Arc::clone(&answered));
        tokio::spawn(async move { send_all(&phones, &uploads, &answered).await })
    };
    while answered.load(Ordering::SeqCst) < 100 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    server.terminate();
    assert!(server.wait().success());
    // Looked at before anybody else opens the database, which would tidy up as well.
    assert!(
        !folder.path().join("authority.sqlite-wal").exists(),
        "one file is left behind"
    );
    let statuses = sending.await.expect("no panic");
    let stored: HashSet<String> = stored(folder.path()).into_iter().collect();
    let acknowledged: HashSet<String> = statuses
        .iter()
        .filter(|(_, status)| **status == 201)
        .map(|(id, _)| id.clone())
        .collect();
    assert!(acknowledged.len() >= 100);
    // Nothing was cut off between its commit and its answer.
    assert_eq!(acknowledged, stored);
    assert!(server.log().contains("Stopped."));
}

/// Syncs of the database's log that had succeeded so far, as strace saw them.
fn syncs(trace: &Path) -> usize {
    let trace = std::fs::read_to_string(trace).expect("a trace");
    let synced = |line: &&str| {
        let call = line.contains("fdatasync(") || line.contains("fsync(");
        call && line.contains("/authority.sqlite-wal>") && line.ends_with(" = 0")
    };
    trace.lines().filter(synced).count()
}

#[tokio::test]
async fn each_acknowledged_upload_was_synced_to_the_disk_before() {
    let has_strace = Command::new("strace").arg("-V").output().is_ok();
    if !cfg!(target_os = "linux") || !has_strace {
        assert!(
            !cfg!(target_os = "linux") || std::env::var_os("HEALTH_CODE_WITHOUT_STRACE").is_some(),
            "strace is not installed, so nothing shows that writes reach the disk: apt-get install strace, or set HEALTH_CODE_WITHOUT_STRACE"
        );
        println!("not run: strace is not installed");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let trace = folder.path().join("trace");
    let mut command = Command::new("strace");
    // -D: the tracer steps aside, so that the child is the authority itself.
    command.args(["-D", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o"]);
    command.arg(&trace).arg(PROGRAM);
    let data = folder.path().join("data");
    let server = AuthorityProcess::start_with(command, &data, &LIMITS);
    let signer = Arc::new(SoftwareEd25519::from_seed(&[7; 32]));
    let phone = BarePhone::new(signer, &server.url, client(&server.ca_pem()));
    phone.register().await;
    for note in 0..10 {
        let before = syncs(&trace);
        let path = format!("/v1/subjects/owner/declarations/{}", new_id());
        let answer = phone
            .send("PUT", &path, &[], healthy_declaration(note))
            .await;
        assert_eq!(answer.expect("an answer").status, 201);
        assert!(syncs(&trace) > before, "acknowledged without a sync");
    }
}
