//! A server that goes on from a backup, and the phones that come to it.

use health_code_core::trust::StatusList;
use serde_json::Value;

use super::credential_keys::{green, issued};
use super::state::{credential, receipt, revoked, state};
use super::{Server, declaration, fever};
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
