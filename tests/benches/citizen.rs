//! What a screen waits for on a citizen's phone, against one signature or one verification in the same run.
//!
//! `cargo bench -p health-code-benches --bench citizen --features citizen` prints a markdown table. A phone's data: a
//! registered citizen with a green code, rules and form published, 300 records on sled. "Process start" runs this
//! program again as a child, which opens the store and makes a code; how long it takes to close is not counted.
#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ed25519_dalek::{Signer as _, SigningKey};
use health_code_core::cancel::CancelHandle;
use health_code_core::capability::bulletins::BULLETINS;
use health_code_core::capability::clinics::{CLINICS, ClinicQuery, Position};
use health_code_core::citizen::{CONSENT_VERSION, CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{Clock, DeviceSigner};
use health_code_core::rules::HANGZHOU;
use health_code_core::sync::{HttpConfig, SyncReason, SyncResult};
use health_code_core::system::{SystemClock, SystemEntropy};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_core::testing::memory_authority::{BASE_URL, MemoryAuthority};
use health_code_core::testing::nation::Nation;
use health_code_core::testing::scripted_transport::ScriptedTransport;
use health_code_core::trust::{RULE_SET_TYPE, sign_bundle};
use health_code_core::wire::BundleKind;
use serde_json::{Map, Value, json};

const ROUNDS: usize = 400;
const STARTS: usize = 25;
const DRAFTS: usize = 285;
const CLINICS_COUNT: usize = 5_000;
const SLOT_MS: u64 = 25_000;
const CHILD: &str = "--child";

fn signer() -> Arc<SoftwareP256> {
    Arc::new(SoftwareP256::from_seed(&[7; 32]))
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// A phone on the store in `dir`.
fn open(dir: &Path, clock: Arc<dyn Clock>, authority: &Arc<MemoryAuthority>) -> HealthCode {
    let network =
        ScriptedTransport::new(authority.clone(), Arc::new(FixedClock::new(0)), Vec::new());
    let config = CitizenConfig {
        base_url: BASE_URL.to_owned(),
        language: "en".to_owned(),
        root_key: Nation::at(1_000_000).root_key(),
        http: HttpConfig {
            roots_pem: Vec::new(),
            pins: None,
        },
    };
    let ports = CitizenPorts {
        clock,
        entropy: Arc::new(SystemEntropy),
        key_guard: Arc::new(FixedKeyGuard::new(1)),
        device_signer: Some(signer()),
        subject_keys: None,
        transport: Some(Arc::new(network)),
        observer: None,
    };
    HealthCode::open(dir, config, ports).expect("a phone")
}

/// Registers, gets a green code, and fills the store.
fn prepare(dir: &Path, clock: &Arc<FixedClock>, authority: &Arc<MemoryAuthority>) {
    let phone = open(dir, clock.clone(), authority);
    let answers = json!({
        "name": "欧阳娜娜", "sex": "2", "nationality": "CHN",
        "document": {"kind": "resident_id", "number": "11010519491231002X"},
        "division": "330106", "address": "文三路 1 号", "phone": "13800138000",
        "underlyingIllness": ["none"],
    });
    phone
        .register(&object(&answers), CONSENT_VERSION)
        .expect("registered");
    let key = &authority.nation.hangzhou;
    let rules = sign_bundle(RULE_SET_TYPE, None, HANGZHOU.as_bytes(), key).expect("rules");
    authority.publish(&BundleKind::RULE_SET, "hangzhou", 1, &rules);
    authority.decide(Colour::Green, Reason::Clear);
    let outcome = phone.sync_once(SyncReason::UserAsked, 60_000, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    for number in 0..DRAFTS {
        let draft = object(&json!({"address": "文三路 1 号 ".repeat(12)}));
        phone
            .save_draft(&format!("form {number}"), &draft)
            .expect("kept");
    }
    assert_eq!(phone.current_code().expect("a code").colour, Colour::Green);
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn row(what: &str, ours: f64, baseline: &str, raw: f64, goal: &str) {
    println!(
        "| {what} | {ours:.1} | {baseline} | {raw:.1} | {:.3} | {goal} |",
        ours / raw
    );
}

/// What lists that everybody gets cost: clinics with nothing changed, bulletins after another record changed.
fn published(
    phone: &HealthCode,
    clock: &Arc<FixedClock>,
    authority: &Arc<MemoryAuthority>,
) -> [f64; 2] {
    let text = |text: &str| json!({"en": text, "zh": "发热门诊"});
    let clinic = |number: usize| {
        let step = |count: usize| f64::from(u16::try_from(count).expect("a few"));
        let (east, north) = (step(number % 71), step(number / 71));
        json!({"id": format!("c{number}"), "name": text("Clinic"), "address": text("1 Road"), "division": 330_106,
            "phone": "12345", "latitude": (3_000.0 + north) / 100.0, "longitude": (12_000.0 + east) / 100.0, "hours": "always"})
    };
    let bulletin = |number: usize| {
        json!({"id": format!("b{number}"), "division": 330_100, "urgency": "info", "publishedAt": 1_583_020_800,
            "title": text("Masks"), "text": text(&"Wear one. ".repeat(20))})
    };
    let clinics: Vec<Value> = (0..CLINICS_COUNT).map(clinic).collect();
    let bulletins: Vec<Value> = (0..200).map(bulletin).collect();
    let lists = [
        (
            &CLINICS,
            json!({"id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "specialDays": {}, "clinics": clinics}),
        ),
        (
            &BULLETINS,
            json!({"id": "hangzhou", "version": 1, "bulletins": bulletins}),
        ),
    ];
    for (row, content) in lists {
        let content = content.to_string();
        let signed = sign_bundle(
            row.typ,
            None,
            content.as_bytes(),
            &authority.nation.hangzhou,
        );
        authority.publish(&row.kind, "hangzhou", 1, &signed.expect("within the cap"));
    }
    clock.advance_ms(3_600_000);
    let outcome = phone.sync_once(SyncReason::UserAsked, 60_000, &CancelHandle::new());
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    let query = ClinicQuery {
        position: Some(Position {
            latitude: 30.3,
            longitude: 120.3,
        }),
        division: None,
        open_only: false,
        limit: 20,
    };
    assert_eq!(phone.clinics(&query).expect("a list").len(), 20);
    assert_eq!(phone.bulletins(None).expect("a view").bulletins.len(), 200);
    let draft = object(&json!({"a": 1}));
    let (mut nearby, mut read) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS / 8 {
        nearby.push(timed(|| phone.clinics(&query)));
        phone.save_draft("form 0", &draft).expect("kept");
        read.push(timed(|| phone.bulletins(None)));
    }
    [median(&mut nearby), median(&mut read)]
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(place) = arguments.iter().position(|argument| argument == CHILD) {
        let phone = arguments
            .get(place + 1)
            .filter(|dir| !dir.is_empty())
            .map(|dir| {
                let now = FixedClock::new(SystemClock.read().wall_ms);
                let authority = Arc::new(MemoryAuthority::new(Arc::new(now)));
                let phone = open(Path::new(dir), Arc::new(SystemClock), &authority);
                assert!(phone.current_code().is_ok());
                phone
            });
        // The parent's clock stops here; closing comes after it.
        std::io::stdout().write_all(b".").expect("a pipe");
        std::io::stdout().flush().expect("a pipe");
        drop(phone);
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("store");
    let clock = Arc::new(FixedClock::new(SystemClock.read().wall_ms));
    let authority = Arc::new(MemoryAuthority::new(clock.clone()));
    prepare(&dir, &clock, &authority);

    let mut starts = Vec::new();
    let mut nothing = Vec::new();
    let mut opens = Vec::new();
    let program = std::env::current_exe().expect("this program");
    for _ in 0..STARTS {
        for (times, argument) in [(&mut starts, dir.as_os_str()), (&mut nothing, "".as_ref())] {
            let start = Instant::now();
            let mut child = Command::new(&program)
                .arg(CHILD)
                .arg(argument)
                .stdout(Stdio::piped())
                .spawn()
                .expect("a child");
            let mut ready = [0];
            let mut out = child.stdout.take().expect("a pipe");
            out.read_exact(&mut ready).expect("a code");
            times.push(start.elapsed());
            assert!(child.wait().expect("an end").success());
        }
        opens.push(timed(|| {
            let phone = open(&dir, clock.clone(), &authority);
            assert!(phone.current_code().is_ok());
            phone
        }));
    }

    let best = |times: &[Duration]| times.iter().min().expect("some").as_secs_f64() * 1e6;
    let bests = (best(&starts), best(&nothing));
    let phone = open(&dir, clock.clone(), &authority);
    let signer = signer();
    let key = SigningKey::from_bytes(&[3; 32]);
    let message = [5; 250];
    let signature = key.sign(&message);
    let public = key.verifying_key();
    let draft = object(&json!({"a": 1}));
    let mut times: [Vec<Duration>; 6] = Default::default();
    for round in 0..ROUNDS {
        let [verify, sign, home, same, next, changed] = &mut times;
        verify.push(timed(|| public.verify_strict(&message, &signature).is_ok()));
        sign.push(timed(|| signer.sign(&message)));
        home.push(timed(|| phone.home()));
        same.push(timed(|| phone.current_code()));
        clock.advance_ms(SLOT_MS);
        next.push(timed(|| phone.current_code()));
        if round % 8 == 0 {
            phone.save_draft("form 0", &draft).expect("kept");
            changed.push(timed(|| phone.home()));
        }
    }
    assert!(phone.current_code().is_ok() && phone.home().is_ok());
    let [verify, sign, home, same, next, changed] = times.each_mut().map(|times| median(times));
    let [nearby, bulletins] = published(&phone, &clock, &authority);
    println!("| what | us | baseline | us | ratio | goal |");
    println!("|---|---|---|---|---|---|");
    let one = "one Ed25519 verification";
    row("home view, nothing changed", home, one, verify, "20 us");
    row(
        "home view after another record changed",
        changed,
        one,
        verify,
        "",
    );
    row("code, same slot", same, one, verify, "20 us");
    row(
        "code, next slot, P-256",
        next,
        "device signature alone",
        sign,
        "signature + 10 us",
    );
    row(
        &format!("the 20 nearest of {CLINICS_COUNT} clinics"),
        nearby,
        one,
        verify,
        "",
    );
    row(
        "200 bulletins, another record changed",
        bulletins,
        one,
        verify,
        "",
    );
    row(
        "store opened (300 records) to the first code, in a process that runs",
        median(&mut opens),
        one,
        verify,
        "",
    );
    row(
        "process start to the first code, 300 records",
        median(&mut starts),
        "a process that does nothing",
        median(&mut nothing),
        "10 ms",
    );
    row(
        "the best start",
        bests.0,
        "the best that does nothing",
        bests.1,
        "10 ms",
    );
    println!();
    println!("next slot beyond the signature: {:.1} us", next - sign);
}
