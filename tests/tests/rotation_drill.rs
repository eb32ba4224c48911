//! From the first key to an emergency, by the real command line: phones, doors and a second region on the way.
//!
//! Nobody is without a code for longer than one sync; nothing that was revoked comes back, at no second of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CONSENT_VERSION, CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::code::{Checkpoint, Refusal, Verdict};
use health_code_core::ports::Clock as _;
use health_code_core::sync::{HttpConfig, SyncReason, SyncResult};
use health_code_core::system::{SystemClock, SystemEntropy};
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::trust::{StatusList, TrustBundle};
use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{client, send};
use health_code_tests::phone::{registration, resident_id};
use serde_json::{Map, Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");
/// Longest wait for what the server does every second.
const PATIENCE_SECS: i64 = 20;

fn now() -> i64 {
    SystemClock.read().wall_ms.div_euclid(1_000)
}

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .output()
        .expect("runs")
}

fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The national platform's machine, and the folders of two regions.
struct Nation {
    folder: tempfile::TempDir,
    root: String,
    runtime: tokio::runtime::Runtime,
}

impl Nation {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root.key");
        Self {
            root: done(&["national", "keygen", "--out", root.to_str().expect("UTF-8")]),
            folder,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
        }
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn issuer_key(&self, name: &str) -> String {
        done(&["keys", "issuer", "--out", &self.at(name)])
    }

    /// Signs the trust bundle anew with these changes.
    fn sign(&self, changes: &[&str]) {
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

    fn trust(&self) -> Vec<u8> {
        std::fs::read(self.at("trust.cbor")).expect("a bundle")
    }

    fn root_key(&self) -> [u8; 32] {
        let bytes = HEXLOWER.decode(self.root.as_bytes()).expect("hex");
        bytes.try_into().expect("a key")
    }

    fn serve(&self, region: &str, division: &str, key: &str) -> AuthorityProcess {
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
    fn lists(&self, server: &AuthorityProcess) -> Vec<Vec<u8>> {
        let index: Value = serde_json::from_slice(&self.get(server, "/v1/bundles")).expect("JSON");
        let entries = index["bundles"].as_array().expect("entries").iter();
        let lists = entries.filter(|entry| entry["kind"] == "status-list");
        lists
            .map(|entry| {
                let hash = entry["sha256"].as_str().expect("a hash");
                self.get(server, &format!("/v1/bundles/{hash}"))
            })
            .collect()
    }

    fn health(&self, server: &AuthorityProcess) -> String {
        String::from_utf8(self.get(server, "/healthz")).expect("UTF-8")
    }

    fn wait_for_health(&self, server: &AuthorityProcess, expected: &str) {
        let since = now();
        while self.health(server) != expected {
            let waited = now() - since;
            assert!(waited < PATIENCE_SECS, "still {}", self.health(server));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// A door somewhere in the nation, with the trust bundle and lists of now, as the checkpoint's program opens them.
    fn check(&self, lists: &[Vec<u8>], text: &str) -> Verdict {
        let at = now();
        let trust = TrustBundle::open(&self.trust(), &self.root_key(), at, 0).expect("trust");
        let checkpoint = Checkpoint::new(trust, None, None);
        for list in lists {
            // A list of a key that was revoked says nothing any more.
            if let Ok(list) = StatusList::open(list, checkpoint.trust(), at, 0) {
                checkpoint.add_status_list(list, at);
            }
        }
        checkpoint.check(text, at)
    }
}

/// A phone; the process of its app may start again with another address of the server.
struct Phone {
    folder: PathBuf,
    health_code: HealthCode,
}

impl Phone {
    fn open(nation: &Nation, name: &str, server: &AuthorityProcess) -> Self {
        let folder = nation.folder.path().join(name);
        Self {
            health_code: open(&folder, nation, server),
            folder,
        }
    }

    /// The app starts again.
    fn reopen(&mut self, nation: &Nation, server: &AuthorityProcess) {
        // Two processes cannot hold one store: the first ends before.
        let other = self.folder.with_extension("gone");
        let before = std::mem::replace(&mut self.health_code, open(&other, nation, server));
        drop(before);
        self.health_code = open(&self.folder, nation, server);
    }

    fn register(&self, order: &str) {
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

    fn sync(&self) -> SyncResult {
        let cancel = CancelHandle::new();
        let outcome = self
            .health_code
            .sync_once(SyncReason::UserAsked, 20_000, &cancel);
        outcome.result
    }

    fn code(&self) -> String {
        self.health_code.current_code().expect("a code").text
    }

    fn citizen_id(&self) -> String {
        let home = self.health_code.home().expect("a view");
        home.colour.expect("a colour").citizen_id
    }
}

fn open(folder: &Path, nation: &Nation, server: &AuthorityProcess) -> HealthCode {
    let config = CitizenConfig {
        base_url: server.url.clone(),
        root_key: nation.root_key(),
        language: "en".to_owned(),
        http: HttpConfig {
            roots_pem: server.ca_pem(),
            pins: None,
        },
    };
    let ports = CitizenPorts {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        key_guard: Arc::new(FixedKeyGuard::new(9)),
        device_signer: None,
        transport: None,
        observer: None,
    };
    HealthCode::open(folder, config, ports).expect("a phone")
}

/// Two officers turn the citizen red.
fn turn_red(server: &AuthorityProcess, citizen: &str) {
    let at = |name: &str| server.data.join(name).display().to_string();
    let (one, two) = (at("officers/officer-1.key"), at("officers/officer-2.key"));
    done(&[
        "colour-change",
        "apply",
        "--citizen",
        citizen,
        "--colour",
        "red",
        "--reason",
        "confirmed",
        "--officer-key",
        &one,
        "--officer-key",
        &two,
        "--url",
        &server.url,
        "--ca",
        &at("ca.pem"),
    ]);
}

#[test]
fn from_the_first_key_to_an_emergency() {
    let nation = Nation::new();
    let (first, wuhan_key) = (nation.issuer_key("a.key"), nation.issuer_key("wuhan.key"));
    let of = |division: &str, names: &str, key: &str| format!("{division}:{names}:{key}");
    let hangzhou_names = "zh=杭州市,en=Hangzhou";
    nation.sign(&[
        "--region",
        &of("330100", hangzhou_names, &first),
        "--region",
        &of("420100", "zh=武汉市,en=Wuhan", &wuhan_key),
    ]);
    let mut hangzhou = nation.serve("hangzhou", "330100", "a.key");
    let wuhan = nation.serve("wuhan", "420100", "wuhan.key");
    let mut well = Phone::open(&nation, "well", &hangzhou);
    let mut later_red = Phone::open(&nation, "later-red", &hangzhou);
    let red = Phone::open(&nation, "red", &hangzhou);
    let elsewhere = Phone::open(&nation, "elsewhere", &wuhan);
    for (phone, order) in [
        (&well, "001"),
        (&later_red, "002"),
        (&red, "003"),
        (&elsewhere, "004"),
    ] {
        phone.register(order);
    }
    // One is revoked, and its phone stays away: it goes on showing what it holds.
    turn_red(&hangzhou, &red.citizen_id());
    let lists =
        |hangzhou: &AuthorityProcess| [nation.lists(hangzhou), nation.lists(&wuhan)].concat();
    let before = lists(&hangzhou);
    let is_revoked = |lists: &[Vec<u8>], phone: &Phone| {
        let refusal = nation.check(lists, &phone.code()).refusal;
        assert_eq!(refusal, Some(Refusal::Revoked));
    };
    is_revoked(&before, &red);
    for phone in [&well, &later_red, &elsewhere] {
        let verdict = nation.check(&before, &phone.code());
        assert!(
            verdict.accepted && verdict.status_checked,
            "{}",
            verdict.reason
        );
    }

    // The next key in time: both are listed, the first retires in some seconds.
    let second = nation.issuer_key("b.key");
    let retires_at = now() + 4;
    nation.sign(&[
        "--region",
        &of("330100", hangzhou_names, &second),
        "--key-not-after",
        &format!("{}={retires_at}", &first[..16]),
    ]);
    drop(hangzhou);
    hangzhou = nation.serve("hangzhou", "330100", "b.key");
    let at_turn = lists(&hangzhou);
    while now() <= retires_at + 2 {
        // With the lists from before the turn and with those after it.
        for lists in [&before, &at_turn] {
            is_revoked(lists, &red);
            for phone in [&well, &later_red, &elsewhere] {
                assert!(nation.check(lists, &phone.code()).accepted);
            }
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    // What the first key issued is revoked by the second's lists.
    turn_red(&hangzhou, &later_red.citizen_id());
    let after = lists(&hangzhou);
    for phone in [&red, &later_red] {
        is_revoked(&after, phone);
    }
    well.reopen(&nation, &hangzhou);
    let shown_before = well.code();
    assert!(
        nation.check(&after, &shown_before).accepted,
        "also before it has synced"
    );
    assert_eq!(well.sync(), SyncResult::Synced);
    assert_ne!(well.code(), shown_before);
    let verdict = nation.check(&after, &well.code());
    assert!(verdict.accepted && verdict.status_checked);

    // The second is stolen.
    let third = nation.issuer_key("c.key");
    let of_second = well.code();
    nation.sign(&[
        "--revoke",
        &second[..16],
        "--region",
        &of("330100", hangzhou_names, &third),
    ]);
    nation.wait_for_health(&hangzhou, "issuer_key_revoked");
    assert!(hangzhou.log().contains("issuer_key_revoked"));
    let refusal = nation.check(&lists(&hangzhou), &of_second).refusal;
    assert_eq!(refusal, Some(Refusal::IssuerKeyNotValid));
    let outcome = well.sync();
    assert_eq!(outcome, SyncResult::AnswerRefused, "nothing is issued");
    drop(hangzhou);
    hangzhou = nation.serve("hangzhou", "330100", "c.key");
    assert_eq!(nation.health(&hangzhou), "ok");
    let after = lists(&hangzhou);
    for phone in [&red, &later_red] {
        is_revoked(&after, phone);
    }
    well.reopen(&nation, &hangzhou);
    assert_eq!(well.sync(), SyncResult::Synced);
    let verdict = nation.check(&after, &well.code());
    assert!(
        verdict.accepted && verdict.status_checked,
        "one sync: {}",
        verdict.reason
    );
    // Who comes only now, red, gets that; and the other region never noticed.
    later_red.reopen(&nation, &hangzhou);
    assert_eq!(later_red.sync(), SyncResult::Synced);
    let refusal = nation.check(&after, &later_red.code()).refusal;
    assert_eq!(refusal, Some(Refusal::ColourNotAdmitted));
    assert!(nation.check(&after, &elsewhere.code()).accepted);
    assert_eq!(elsewhere.sync(), SyncResult::Synced);
    assert!(nation.check(&after, &elsewhere.code()).accepted);

    // And the root cannot take the revocation back by a slip.
    let (root, out, trust) = (
        nation.at("root.key"),
        nation.at("new.cbor"),
        nation.at("trust.cbor"),
    );
    let text = done(&["national", "show", &trust, "--root", &nation.root]);
    assert!(text.contains("revoked_at"), "{text}");
    let lines = text.lines().filter(|line| !line.starts_with("revoked_at"));
    let edited = nation.at("edited.toml");
    std::fs::write(&edited, lines.collect::<Vec<_>>().join("\n")).expect("written");
    let command = [
        "national",
        "trust-bundle",
        "--root-key",
        &root,
        "--from",
        &trust,
        "--content",
        &edited,
        "--out",
        &out,
    ];
    let refused = run(&command);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("trust_bundle_un_revokes"),
        "{said}"
    );
}
