//! A server that goes on from a backup, and the phones that come to it.

use health_code_core::trust::StatusList;
use health_code_core::wire::ACCEPTANCE_HEADER;
use serde_json::{Value, json};

use super::credential_keys::{green, issued};
use super::state::{credential, receipt, revoked, state};
use super::{Answer, Citizen, DAY, Server, declaration, draft, fever, new_id};
use crate::backup::{Identity, Request, Sources, make, restore};
use crate::keys::read_key_file;
use crate::system::SystemEntropy;

const HOUR: i64 = 3_600;

/// The phone renewed after the backup and has let go of the key before: it must not get that one's credential.
#[tokio::test]
async fn a_phone_that_renewed_after_the_backup_gets_no_credential_for_a_key_that_it_let_go() {
    let (server, citizen) = green().await;
    let other = server.citizen().await;
    other.declare(&server, &declaration()).await;
    let own = credential(&server, &state(&server, &other).await);
    let first = issued(&server, &citizen, 1).await;
    let backup = Backup::make(&server);
    server.clock.advance(2 * HOUR + 1);
    let second = issued(&server, &citizen, 2).await;
    let server = backup.put_back(server).await;

    // The state counts, tells of the loss, and waits for a key.
    let answer = state(&server, &citizen).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(receipt(&server, &answer).colour, first.colour);
    let json: Value = answer.json();
    assert!(json.get("credential").is_none() && json.get("resend").is_some());
    let third = issued(&server, &citizen, 3).await;
    assert!(![first.status_index, second.status_index].contains(&third.status_index));
    // What it was told before goes on to count, until the colour changes.
    let listed = revoked(&server).await;
    assert!(!listed.is_revoked(first.status_index) && !listed.is_revoked(third.status_index));
    citizen.declare(&server, &fever()).await;
    let listed = revoked(&server).await;
    assert!(listed.is_revoked(first.status_index) && listed.is_revoked(third.status_index));

    // A phone that offers no keys holds its own: with that it goes on.
    assert_eq!(own.device_key, other.public_key());
    let renewed = credential(&server, &state(&server, &other).await);
    assert_eq!(renewed.device_key, own.device_key);
}

/// A declaration with what its first answer gave to show, if any.
async fn send(server: &Server, citizen: &Citizen, id: &str, shown: Option<&str>) -> Answer {
    let path = format!("/v1/subjects/owner/declarations/{id}");
    let mut draft = draft("PUT", &path, declaration().to_string().into_bytes());
    let header = shown.map(|shown| (ACCEPTANCE_HEADER, shown.to_owned()));
    draft.headers.extend(header);
    citizen.send(server, draft).await
}

async fn check_ins(server: &Server, citizen: &Citizen) -> Value {
    let answer = state(server, citizen).await;
    receipt(server, &answer).evidence["checkIns"].clone()
}

/// A whole city checks in every day; its server is lost on the fourth. What phones send again counts as it did.
#[tokio::test]
async fn what_was_lost_and_comes_again_counts_by_the_day_on_which_it_was_taken() {
    let server = Server::new().await;
    let citizens = [server.citizen().await, server.citizen().await];
    let mut taken = Vec::new();
    let mut backup = None;
    for day in 0..4 {
        for citizen in &citizens {
            let id = new_id();
            let answer = send(&server, citizen, &id, None).await;
            assert_eq!(answer.status, 201, "{}", answer.text());
            let shown = answer.json()["acceptance"].as_str().map(str::to_owned);
            taken.push((
                id,
                shown.expect("something to show"),
                answer.json()["receivedAt"].clone(),
            ));
        }
        if day == 0 {
            backup = Some(Backup::make(&server));
        }
        server.clock.advance(DAY);
    }
    let [honest, other] = &citizens;
    // Before anything was lost nothing of an earlier day is filled in.
    send(&server, honest, &new_id(), Some(&taken[2].1)).await;
    let server = backup.expect("made").put_back(server).await;
    let expected = json!({"streak": 5, "last": "2020-03-05"});
    // A new one arrives before what comes again.
    assert_eq!(send(&server, honest, &new_id(), None).await.status, 201);
    let mine: Vec<_> = taken.iter().step_by(2).skip(1).collect();
    for (id, shown, received_at) in &mine {
        let again = send(&server, honest, id, Some(shown)).await;
        assert_eq!(again.status, 201, "{}", again.text());
        assert_eq!(again.json()["receivedAt"], *received_at);
        assert_eq!(again.json()["acceptance"], shown.as_str());
    }
    assert_eq!(check_ins(&server, honest).await, expected);
    let evidence = receipt(&server, &state(&server, honest).await).evidence;
    assert_eq!(evidence["declaration"]["date"], "2020-03-05", "the newest");

    // Of another upload, another phone, altered, or of a time that was not lost, it shows nothing.
    let (id, shown, _) = mine[0];
    let mut altered = shown.clone().into_bytes();
    altered[20] ^= 1;
    let altered = String::from_utf8_lossy(&altered).into_owned();
    let now = server.app.authority.now();
    for (id, shown) in [
        (&new_id(), shown),
        (id, shown),
        (id, &altered),
        (&taken[3].0, &String::new()),
        (&taken[1].0, &taken[1].1),
    ] {
        let answer = send(&server, other, id, Some(shown)).await;
        let is_known = *id == taken[1].0;
        assert_eq!(answer.json()["receivedAt"] == now, !is_known, "{id}");
    }
    let expected = json!({"streak": 1, "last": "2020-03-05"});
    assert_eq!(check_ins(&server, other).await, expected);
}

struct Backup {
    folder: tempfile::TempDir,
    identity: Identity,
}

impl Backup {
    fn make(server: &Server) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let identity = Identity::generate(&folder.path().join("offline"), &SystemEntropy);
        let identity = identity.expect("a key");
        let (to, config) = (folder.path().join("b.age"), &server.app.config);
        let recipient = identity.recipient();
        make(config, &to, &recipient, &*server.clock, &SystemEntropy).expect("made");
        Self { folder, identity }
    }

    /// The server is lost, and another goes on with a list on which nothing is.
    async fn put_back(&self, server: Server) -> Server {
        let config = server.app.config.clone();
        let key = read_key_file(&config.issuer_key_path()).expect("a key");
        let list = StatusList::build(&key, &[], server.app.authority.now(), 600).expect("built");
        let lists = [self.folder.path().join("list")];
        std::fs::write(&lists[0], list).expect("written");
        server.app.close();
        for lost in ["authority.sqlite", "storage.key"] {
            std::fs::remove_file(config.data.join(lost)).expect("removed");
        }
        for beside in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(config.data.join(format!("authority.sqlite{beside}")));
        }
        let request = Request {
            backup: &self.folder.path().join("b.age"),
            identity: &self.identity,
            division: config.division,
            signed_by: key.verifying_key().to_bytes(),
            data: Some(&config.data),
            status_lists: &lists,
        };
        let sources = Sources {
            clock: &*server.clock,
            entropy: &SystemEntropy,
        };
        let restored = restore(&request, sources).expect("restored");
        assert_eq!(restored.revoked, 0);
        server.restarted().await.expect("starts")
    }
}
