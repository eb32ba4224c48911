//! The national platform's machine, the folders of its regions, their phones and a door.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use data_encoding::HEXLOWER;
use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CONSENT_VERSION, HealthCode};
use health_code_core::ports::Clock as _;
use health_code_core::sync::{SyncReason, SyncResult};
use health_code_core::system::SystemClock;
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{client, send};
use health_code_tests::phone::{registration, resident_id};
use serde::Deserialize;
use serde_json::{Map, Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");
const CHECKPOINT: &str = env!("CARGO_BIN_EXE_checkpoint_under_test");
/// Longest wait for what the server does every second.
const PATIENCE_SECS: i64 = 20;

pub fn now() -> i64 {
    SystemClock.read().wall_ms.div_euclid(1_000)
}

pub fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .output()
        .expect("runs")
}

pub fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The national platform's machine, and the folders of two regions.
pub struct Nation {
    folder: tempfile::TempDir,
    pub root: String,
    runtime: tokio::runtime::Runtime,
}

impl Nation {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root.key");
        Self {
            root: done(&["national", "keygen", "--out", root.to_str().expect("UTF-8")]),
            folder,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
        }
    }

    pub fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub fn issuer_key(&self, name: &str) -> String {
        done(&["keys", "issuer", "--out", &self.at(name)])
    }

    /// Signs the trust bundle anew with these changes.
    pub fn sign(&self, changes: &[&str]) {
        let (root, out) = (self.at("root.key"), self.at("trust.cbor"));
        let command = [
            "national",
            "trust-bundle",
            "--root-key",
            &root,
            "--out",
            &out,
        ];
        assert_eq!(done(&[&command[..], changes].concat()), self.root);
    }

    fn root_key(&self) -> [u8; 32] {
        let bytes = HEXLOWER.decode(self.root.as_bytes()).expect("hex");
        bytes.try_into().expect("a key")
    }

    pub fn serve(&self, region: &str, division: &str, key: &str) -> AuthorityProcess {
        let data = self.folder.path().join(region);
        let (key, trust) = (self.at(key), self.at("trust.cbor"));
        let arguments = [
            "--issuer-key",
            &key,
            "--trust-bundle",
            &trust,
            "--root-key",
            &self.root,
            "--division",
            division,
            "--status-refresh-secs",
            "1",
        ];
        AuthorityProcess::start(PROGRAM, &data, &arguments)
    }

    fn get(&self, server: &AuthorityProcess, path: &str) -> Vec<u8> {
        let request = client(&server.ca_pem()).get(format!("{}{path}", server.url));
        let answer = self.runtime.block_on(send(request)).expect("an answer");
        assert_eq!(answer.status, 200);
        answer.body
    }

    /// The status lists that a region publishes.
    pub fn lists(&self, server: &AuthorityProcess) -> Vec<Vec<u8>> {
        let index: Value = serde_json::from_slice(&self.get(server, "/v1/bundles")).expect("JSON");
        let entries = index["bundles"].as_array().expect("entries").iter();
        let lists = entries.filter(|entry| entry["kind"] == "revocation-list");
        lists
            .map(|entry| {
                let hash = entry["sha256"].as_str().expect("a hash");
                self.get(server, &format!("/v1/bundles/{hash}"))
            })
            .collect()
    }

    pub fn health(&self, server: &AuthorityProcess) -> String {
        String::from_utf8(self.get(server, "/healthz")).expect("UTF-8")
    }

    pub fn wait_for_health(&self, server: &AuthorityProcess, expected: &str) {
        let since = now();
        while self.health(server) != expected {
            let waited = now() - since;
            assert!(waited < PATIENCE_SECS, "still {}", self.health(server));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// A door somewhere in the nation, with the trust bundle of now and these lists in a folder: the checkpoint's program.
    pub fn check(&self, lists: &[Vec<u8>], text: &str) -> Verdict {
        let folder = tempfile::tempdir_in(self.folder.path()).expect("a folder");
        for (place, list) in lists.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{place}.cbor")), list).expect("written");
        }
        let status = folder.path().to_str().expect("UTF-8");
        let trust = self.at("trust.cbor");
        let arguments = [
            "--trust", &trust, "--root", &self.root, "--status", status, text,
        ];
        let output = Command::new(CHECKPOINT).args(arguments).output();
        let output = output.expect("runs");
        let verdict: Verdict = serde_json::from_slice(&output.stdout).expect("a verdict");
        assert_eq!(output.status.success(), verdict.accepted, "{verdict:?}");
        verdict
    }
}

/// What the program says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    pub accepted: bool,
    pub reason: String,
    #[serde(default)]
    pub status_checked: bool,
}

/// A phone; the process of its app may start again with another address of the server.
pub struct Phone {
    folder: PathBuf,
    health_code: HealthCode,
}

impl Phone {
    pub fn open(nation: &Nation, name: &str, server: &AuthorityProcess) -> Self {
        let folder = nation.folder.path().join(name);
        Self {
            health_code: server.open_phone(&folder, nation.root_key()),
            folder,
        }
    }

    /// The app starts again.
    pub fn reopen(&mut self, nation: &Nation, server: &AuthorityProcess) {
        // Two processes cannot hold one store: the first ends before.
        let other = self.folder.with_extension("gone");
        let before = std::mem::replace(
            &mut self.health_code,
            server.open_phone(&other, nation.root_key()),
        );
        drop(before);
        self.health_code = server.open_phone(&self.folder, nation.root_key());
    }

    pub fn register(&self, order: &str) {
        let answers = registration(&resident_id(order));
        let registered = self.health_code.register(&answers, CONSENT_VERSION);
        registered.expect("registered");
        let form = self.health_code.declaration_form().expect("a form");
        let mut answers: Map<String, Value> = self.health_code.draft(&form).expect("a draft");
        let well = json!({
            "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
            "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
        });
        answers.extend(well.as_object().cloned().expect("an object"));
        self.health_code
            .submit_declaration(&answers)
            .expect("declared");
        assert_eq!(self.sync(), SyncResult::Synced);
    }

    pub fn sync(&self) -> SyncResult {
        let cancel = CancelHandle::new();
        let outcome = self
            .health_code
            .sync_once(SyncReason::UserAsked, 20_000, &cancel);
        outcome.result
    }

    pub fn code(&self) -> String {
        self.health_code.current_code().expect("a code").text
    }

    pub fn citizen_id(&self) -> String {
        let home = self.health_code.home().expect("a view");
        home.colour.expect("a colour").citizen_id
    }
}
