//! A backup while the server runs and writes, a server that dies, another machine that goes on from the backup.
//!
//! What was acknowledged before the backup is there; what was acknowledged after it, phones send again; what was revoked
//! stays revoked; no place in the status list is given twice. By the real command line, over TLS.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use health_code_core::cancel::CancelHandle;
use health_code_core::capability::officer_chain::{ChainAlarmKind, ChangeSeal};
use health_code_core::citizen::{CONSENT_VERSION, HealthCode};
use health_code_core::code::{Checkpoint, Refusal, Verdict, verify_credential};
use health_code_core::colour::Colour;
use health_code_core::ports::Clock as _;
use health_code_core::sync::{SyncReason, SyncResult};
use health_code_core::system::SystemClock;
use health_code_core::trust::{SoftwareEd25519, StatusList, TrustBundle};
use health_code_core::wire::NONCE_HEADER;
use health_code_tests::authority_process::{AuthorityProcess, stored_uploads};
use health_code_tests::bare_phone::{BarePhone, client, healthy_declaration, new_id, send};
use health_code_tests::phone::{registration, resident_id};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");
const LIMITS: [&str; 12] = [
    "--citizen-uploads-per-day",
    "100000",
    "--device-burst",
    "100000",
    "--device-requests-per-minute",
    "100000",
    "--address-burst",
    "100000",
    "--address-requests-per-minute",
    "100000",
    "--status-refresh-secs",
    "1",
];
const LOAD: u8 = 12;

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

/// The code of the error that the command ends with.
fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    said.split(": ").nth(1).unwrap_or(&said).to_owned()
}

/// Not after the day in Hangzhou.
fn today() -> String {
    let output = Command::new("date").args(["-u", "+%F"]).output();
    let day = String::from_utf8(output.expect("a date").stdout);
    day.expect("UTF-8").trim().to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

struct Phone {
    folder: PathBuf,
    health_code: HealthCode,
}

impl Phone {
    fn register(home: &Path, order: &str, server: &AuthorityProcess) -> Self {
        let folder = home.join(order);
        let phone = Self {
            health_code: server.open_phone(&folder, server.root_key()),
            folder,
        };
        let answers = registration(&resident_id(order));
        let registered = phone.health_code.register(&answers, CONSENT_VERSION);
        registered.expect("registered");
        phone.declare(&json!({}));
        phone
    }

    /// The same phone, told of another address.
    fn moved_to(self, server: &AuthorityProcess) -> Self {
        drop(self.health_code);
        Self {
            health_code: server.open_phone(&self.folder, server.root_key()),
            folder: self.folder,
        }
    }

    fn declare(&self, more: &Value) {
        let form = self.health_code.declaration_form().expect("a form");
        let mut answers: Map<String, Value> = self.health_code.draft(&form).expect("a draft");
        let well = json!({
            "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
            "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
        });
        for answer in [&well, more] {
            answers.extend(answer.as_object().cloned().expect("an object"));
        }
        self.health_code
            .submit_declaration(&answers)
            .expect("declared");
        self.sync();
        assert_eq!(self.waiting(), 0, "taken");
    }

    fn sync(&self) {
        let cancel = CancelHandle::new();
        let outcome = self
            .health_code
            .sync_once(SyncReason::UserAsked, 20_000, &cancel);
        assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    }

    fn waiting(&self) -> u32 {
        self.health_code.home().expect("a view").uploads_waiting
    }

    fn code(&self) -> String {
        self.health_code.current_code().expect("a code").text
    }

    fn colour(&self) -> Colour {
        let home = self.health_code.home().expect("a view");
        home.colour.expect("a colour").colour
    }

    fn citizen_id(&self) -> String {
        let home = self.health_code.home().expect("a view");
        home.colour.expect("a colour").citizen_id
    }
}

/// What a door fetches.
struct Door {
    trust: Vec<u8>,
    lists: Vec<Vec<u8>>,
}

impl Door {
    fn fetch(runtime: &tokio::runtime::Runtime, server: &AuthorityProcess) -> Self {
        let https = client(&server.ca_pem());
        let get = |path: String| {
            let answer = runtime.block_on(send(https.get(format!("{}{path}", server.url))));
            answer.expect("an answer").body
        };
        let index: Value = serde_json::from_slice(&get("/v1/bundles".to_owned())).expect("JSON");
        let of_kind = |kind: &str| -> Vec<Vec<u8>> {
            let entries = index["bundles"].as_array().expect("entries").iter();
            let of_kind = entries.filter(|entry| entry["kind"] == kind);
            of_kind
                .map(|entry| {
                    get(format!(
                        "/v1/bundles/{}",
                        entry["sha256"].as_str().expect("hex")
                    ))
                })
                .collect()
        };
        Self {
            trust: of_kind("trust").remove(0),
            lists: of_kind("revocation-list"),
        }
    }

    fn check(&self, root: &[u8; 32], code: &str) -> Verdict {
        let at = now();
        let trust = TrustBundle::open(&self.trust, root, at, 0).expect("trust");
        let checkpoint = Checkpoint::new(trust, None, None);
        let open = |list: &Vec<u8>| StatusList::open(list, checkpoint.trust(), at, 0);
        let lists = self.lists.iter().map(open);
        let mut lists: Vec<_> = lists.map(|list| list.expect("a list")).collect();
        lists.sort_by_key(StatusList::span);
        for list in lists {
            checkpoint.add_status_list(list).expect("no gap");
        }
        checkpoint.check(code, at)
    }
}

/// Phones that declare without end; what they were told was taken, in that order.
struct Load {
    phones: Vec<BarePhone>,
    taken: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    running: JoinSet<()>,
}

impl Load {
    fn start(runtime: &tokio::runtime::Runtime, server: &AuthorityProcess) -> Self {
        let _guard = runtime.enter();
        let https = client(&server.ca_pem());
        let mut load = Self {
            phones: Vec::new(),
            taken: Arc::default(),
            stop: Arc::default(),
            running: JoinSet::new(),
        };
        for seed in 1..=LOAD {
            let signer = Arc::new(SoftwareEd25519::from_seed(&[seed; 32]));
            let phone = BarePhone::new(signer, &server.url, https.clone());
            runtime.block_on(phone.register());
            // Each has a colour before anybody counts what all have declared: the backup knows it with that.
            let path = format!("/v1/subjects/owner/declarations/{}", new_id());
            let first = phone.send("PUT", &path, &[], healthy_declaration(0));
            assert_eq!(runtime.block_on(first).expect("an answer").status, 201);
            load.phones.push(phone.clone());
            let (taken, stop) = (Arc::clone(&load.taken), Arc::clone(&load.stop));
            load.running.spawn(async move {
                let Some(mut nonce) = phone.nonce().await else {
                    return;
                };
                let mut note = 0;
                while !stop.load(Ordering::SeqCst) {
                    let id = new_id();
                    let path = format!("/v1/subjects/owner/declarations/{id}");
                    note += 1;
                    let body = healthy_declaration(note);
                    let answer = phone.send_with(&nonce, "PUT", &path, &[], body).await;
                    let Some(answer) = answer else { return };
                    assert_eq!(answer.status, 201);
                    answer.header(NONCE_HEADER).clone_into(&mut nonce);
                    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
                    taken.push(id);
                }
            });
        }
        load
    }

    fn taken(&self) -> Vec<String> {
        self.taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn wait_for(&self, count: usize) {
        while self.taken().len() < count {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Status indexes of what each of them holds.
    fn indexes(
        &self,
        runtime: &tokio::runtime::Runtime,
        trust: &TrustBundle,
        server: &AuthorityProcess,
    ) -> Vec<u32> {
        let https = client(&server.ca_pem());
        let held = self.phones.iter().map(|phone| {
            let phone = BarePhone::new(Arc::clone(&phone.signer), &server.url, https.clone());
            let path = "/v1/subjects/owner/credentials";
            let answer = runtime.block_on(phone.send("POST", path, &[], Vec::new()));
            let answer = answer.expect("an answer").json();
            let credential = answer["credential"].as_str();
            let credential = credential.unwrap_or_else(|| panic!("no credential: {answer}"));
            let credential = data_encoding::BASE64URL_NOPAD.decode(credential.as_bytes());
            let claims = verify_credential(&credential.expect("base64url"), trust, now());
            claims.expect("verifies").status_index
        });
        held.collect()
    }
}

/// Two officers order it, whose keys are in `officers`.
fn turn_red(server: &AuthorityProcess, officers: &Path, citizen: &str) {
    let key = |name: &str| officers.join(name).display().to_string();
    let (one, two) = (key("officer-1.key"), key("officer-2.key"));
    let ca = server.data.join("ca.pem").display().to_string();
    let url = server.url.as_str();
    let who = ["colour-change", "apply", "--citizen", citizen];
    let what = ["--colour", "red", "--reason", "confirmed"];
    let how = [
        "--officer-key",
        &one,
        "--officer-key",
        &two,
        "--url",
        url,
        "--ca",
        &ca,
    ];
    done(&[&who[..], &what, &how].concat());
}

#[test]
fn nothing_is_lost_and_nothing_comes_back() {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut first = AuthorityProcess::start(PROGRAM, &at("first"), &LIMITS);
    let well = Phone::register(home.path(), "001", &first);
    let ill_later = Phone::register(home.path(), "002", &first);
    let red_later = Phone::register(home.path(), "003", &first);
    let green_before = red_later.code();
    let mut load = Load::start(&runtime, &first);
    load.wait_for(200);

    // While they write.
    let (key, other_key) = (at("offline.key"), at("other.key"));
    let public = done(&["keys", "backup", "--out", text(&key)]);
    done(&["keys", "backup", "--out", text(&other_key)]);
    let file = at("night.age");
    let data = at("first");
    let taken_before = load.taken();
    let backup = [
        "backup",
        "--data",
        text(&data),
        "--for",
        &public,
        "--to",
        text(&file),
    ];
    let manifest: Value = serde_json::from_str(&done(&backup)).expect("JSON");
    assert_eq!(manifest["division"], 330_100);
    assert_eq!(manifest["counts"]["citizens"], 3 + u64::from(LOAD));
    assert_eq!(refusal(&backup), "file_unwritable", "never over another");
    let left: Vec<_> = std::fs::read_dir(&data)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .filter(|name| name.contains("sqlite.backup"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing is left behind");
    load.wait_for(taken_before.len() + 200);

    // After the backup: an order, whose revocations a door fetches, and a fever, of which no list knows: that phone goes on to
    // another key for its next code.
    let officers = data.join("officers");
    turn_red(&first, &officers, &red_later.citizen_id());
    red_later.sync();
    assert_eq!(red_later.colour(), Colour::Red);
    let root = first.root_key();
    let door = Door::fetch(&runtime, &first);
    let trust = TrustBundle::open(&door.trust, &root, now(), 0).expect("trust");
    let is_revoked = |door: &Door, code: &str| {
        assert_eq!(door.check(&root, code).refusal, Some(Refusal::Revoked));
    };
    is_revoked(&door, &green_before);
    let fever = json!({ "temperature": 38.6, "symptoms": ["fever"], "symptomsSince": today() });
    ill_later.declare(&fever);
    let colour_told = ill_later.colour();
    assert_ne!(colour_told, Colour::Green);
    let mut indexes = load.indexes(&runtime, &trust, &first);
    load.stop.store(true, Ordering::SeqCst);
    first.kill();
    runtime.block_on(async { while load.running.join_next().await.is_some() {} });

    // Another machine.
    let second = at("second");
    std::fs::create_dir(&second).expect("made");
    for name in ["issuer.key", "ca.pem", "ca.key"] {
        std::fs::copy(data.join(name), second.join(name)).expect("copied");
    }
    let mut lists = Vec::new();
    for (number, list) in door.lists.iter().enumerate() {
        let path = at(&format!("list-{number}.cbor"));
        std::fs::write(&path, list).expect("written");
        lists.extend(["--status-list".to_owned(), text(&path).to_owned()]);
    }
    let restore = |file: &Path, key: &Path, division: &str| -> Vec<String> {
        let put_back = [
            "restore",
            text(file),
            "--identity",
            text(key),
            "--division",
            division,
        ];
        let into = ["--data", text(&second)];
        let named = [&put_back[..], &into].concat();
        let named = named.iter().map(|&it| it.to_owned());
        named.chain(lists.iter().cloned()).collect()
    };
    let strings = |arguments: &[String]| -> String {
        refusal(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let cut = at("cut.age");
    let bytes = std::fs::read(&file).expect("read");
    std::fs::write(&cut, &bytes[..bytes.len() - 100]).expect("written");
    let altered = at("altered.age");
    let mut other = bytes.clone();
    other[bytes.len() / 2] ^= 1;
    std::fs::write(&altered, &other).expect("written");
    assert_eq!(
        strings(&restore(&file, &other_key, "330100")),
        "backup_key_wrong"
    );
    assert_eq!(strings(&restore(&cut, &key, "330100")), "backup_cut_off");
    assert_eq!(
        strings(&restore(&altered, &key, "330100")),
        "backup_damaged"
    );
    assert_eq!(
        strings(&restore(&file, &key, "420100")),
        "backup_of_another_region"
    );
    assert!(!second.join("authority.sqlite").exists() && !second.join("storage.key").exists());
    let put_back = restore(&file, &key, "330100");
    let put_back: Vec<&str> = put_back.iter().map(String::as_str).collect();
    let output = run(&put_back);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    for setting in ["officers.toml is as of", "trust-bundle.cbor is as of"] {
        assert!(told.contains(setting), "what went back is named: {told}");
    }
    let named = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        named
            .lines()
            .any(|citizen| citizen == red_later.citizen_id()),
        "whose code was revoked is named: {named}"
    );
    assert_eq!(
        refusal(&put_back),
        "file_unwritable",
        "never over a database"
    );

    // What was acknowledged before the backup is there.
    let there = stored_uploads(&second);
    let lost = taken_before
        .iter()
        .filter(|id| !there.contains(*id))
        .count();
    assert_eq!(lost, 0, "of {}", taken_before.len());
    let after = load.taken().len() - taken_before.len();
    assert!(after >= 200, "{after} were acknowledged since");

    // Doors and phones meet the new machine.
    let server = AuthorityProcess::start(PROGRAM, &second, &LIMITS);
    let door = Door::fetch(&runtime, &server);
    is_revoked(&door, &green_before);
    let [well, ill_later] = [well, ill_later].map(|phone| phone.moved_to(&server));
    for (phone, expected) in [
        (&well, None),
        (&ill_later, Some(Refusal::ColourNotAdmitted)),
    ] {
        phone.sync();
        assert_eq!(phone.waiting(), 0, "sent again and taken");
        let seen = door.check(&root, &phone.code());
        assert_eq!(seen.refusal, expected, "{seen:?}");
    }
    assert_eq!(well.colour(), Colour::Green);
    assert_eq!(
        ill_later.colour(),
        colour_told,
        "its declaration came again"
    );
    is_revoked(&Door::fetch(&runtime, &server), &green_before);

    // What the officers decided after the backup they decide again. Who had heard of it keeps what the authority lost, and is told
    // why its chain is another.
    turn_red(&server, &officers, &red_later.citizen_id());
    let red_later = red_later.moved_to(&server);
    red_later.sync();
    let seen = red_later.health_code.changes().expect("a view");
    let alarms: Vec<_> = seen.alarms.iter().map(|alarm| alarm.kind).collect();
    assert_eq!(alarms, [ChainAlarmKind::Restored]);
    let seals: Vec<_> = seen.changes.iter().map(|change| change.seal).collect();
    assert_eq!(
        seals,
        [ChangeSeal::Verified, ChangeSeal::Verified, ChangeSeal::Lost]
    );
    assert_eq!(red_later.colour(), Colour::Red);

    // No place in the status list twice.
    indexes.extend(load.indexes(&runtime, &trust, &server));
    let distinct: HashSet<u32> = indexes.iter().copied().collect();
    assert_eq!(distinct.len(), indexes.len());
}
