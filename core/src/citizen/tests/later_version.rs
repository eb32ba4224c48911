//! Tomorrow's data on today's phone: an authority of a later version decides, this phone shows.

use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use crate::cancel::CancelHandle;
use crate::citizen::{
    CONSENT_VERSION, CitizenConfig, CitizenPorts, HealthCode, HomeView, Recomputation,
};
use crate::colour::{Colour, Reason};
use crate::event::HealthCodeEvent;
use crate::ports::Observer;
use crate::store::MemoryStore;
use crate::sync::{HttpConfig, SyncReason, SyncResult};
use crate::testing::clock::FixedClock;
use crate::testing::entropy::FixedEntropy;
use crate::testing::key_guard::FixedKeyGuard;
use crate::testing::memory_authority::{BASE_URL, MemoryAuthority};
use crate::testing::scripted_transport::ScriptedTransport;
use crate::trust::{RECEIPT_TYPE, RULE_SET_TYPE, sign_bundle};
use crate::wire::BundleKind;

/// 2026-11-24T12:00Z.
const NOON_MS: i64 = 1_795_521_600_000;

#[derive(Default)]
struct Events(Mutex<Vec<HealthCodeEvent>>);

impl Observer for Events {
    fn on_event(&self, event: HealthCodeEvent) {
        self.0.lock().unwrap().push(event);
    }
}

struct World {
    authority: Arc<MemoryAuthority>,
    events: Arc<Events>,
    phone: HealthCode,
}

impl World {
    /// Registered, yellow, with the rules of `vectors` published by this name.
    fn new(vectors: &Value, rules: &str) -> Self {
        let clock = Arc::new(FixedClock::new(NOON_MS));
        let authority = Arc::new(MemoryAuthority::new(clock.clone()));
        let rules = vectors["ruleSets"][rules].to_string();
        let rules = sign_bundle(
            RULE_SET_TYPE,
            Some(NOON_MS / 1_000),
            rules.as_bytes(),
            &authority.nation.hangzhou,
        )
        .unwrap();
        authority.publish(&BundleKind::RULE_SET, "vectors", 2, &rules);
        let transport = ScriptedTransport::new(authority.clone(), clock.clone(), Vec::new());
        let events = Arc::new(Events::default());
        let phone = HealthCode::open_with(
            Arc::new(MemoryStore::new()),
            CitizenConfig {
                base_url: BASE_URL.to_owned(),
                root_key: authority.nation.root_key(),
                language: "en".to_owned(),
                http: HttpConfig {
                    roots_pem: Vec::new(),
                    pins: None,
                },
            },
            CitizenPorts {
                clock,
                entropy: Arc::new(FixedEntropy::new(1)),
                key_guard: Arc::new(FixedKeyGuard::new(1)),
                device_signer: None,
                subject_keys: None,
                transport: Some(Arc::new(transport)),
                observer: Some(events.clone()),
            },
        )
        .unwrap();
        let answers = json!({
            "name": "欧阳娜娜", "sex": "2", "nationality": "CHN",
            "document": {"kind": "resident_id", "number": "11010519491231002X"},
            "division": "330106", "address": "文三路 1 号", "phone": "13800138000",
            "underlyingIllness": ["none"],
        });
        let answers = answers.as_object().unwrap();
        phone.register(answers, CONSENT_VERSION).unwrap();
        authority.decide(Colour::Yellow, Reason::CloseContact);
        Self {
            authority,
            events,
            phone,
        }
    }

    /// The authority gives this receipt from now on.
    fn decide(&self, receipt: &Value) {
        let payload = receipt.to_string().into_bytes();
        let signed = sign_bundle(
            RECEIPT_TYPE,
            Some(NOON_MS / 1_000),
            &payload,
            &self.authority.nation.hangzhou,
        )
        .unwrap();
        let signed = BASE64URL_NOPAD.encode(&signed);
        self.authority.tamper(Some(Box::new(move |state| {
            state.receipt = Some(signed.clone());
        })));
    }

    fn sync(&self) -> SyncResult {
        let outcome = self
            .phone
            .sync_once(SyncReason::UserAsked, 60_000, &CancelHandle::new());
        outcome.result
    }

    fn home(&self) -> HomeView {
        self.phone.home().unwrap()
    }
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../tests/vectors/recomputation.json")).unwrap()
}

fn receipt<'a>(vectors: &'a Value, list: &str, name: &str) -> &'a Value {
    let mut cases = vectors[list].as_array().unwrap().iter();
    &cases.find(|case| case["name"] == name).expect(name)["receipt"]
}

#[test]
fn a_reason_of_a_later_version_is_shown_in_the_words_it_carries() {
    let vectors = vectors();
    let world = World::new(&vectors, "unknownReason");
    world.decide(receipt(&vectors, "cases", "rules with an unknown reason"));
    assert_eq!(world.sync(), SyncResult::Synced);
    let colour = world.home().colour.unwrap();
    assert_eq!((colour.colour, colour.reason), (Colour::Yellow, None));
    assert_eq!(colour.reason_id, "vaccination_lapsed");
    assert_eq!(colour.why, "Your vaccination has lapsed.");
    world.phone.set_language("zh-Hans-CN");
    let chinese = world.home().colour.unwrap();
    assert_eq!(
        (chinese.why.as_str(), chinese.instruction.as_str()),
        ("疫苗接种已过期。", "请补种。")
    );
    assert_eq!(colour.recomputation, Recomputation::NotByThisVersion);
    let events = world.events.0.lock().unwrap();
    let [HealthCodeEvent::ColourChanged(change)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(change.reason, None);
    assert_eq!(change.texts.text, "Your vaccination has lapsed.");
}

#[test]
fn a_fact_of_a_later_version_is_never_called_a_difference() {
    let vectors = vectors();
    let world = World::new(&vectors, "today");
    for (name, outcome) in [
        ("all as published", Recomputation::Same),
        (
            "an unknown fact in the declaration",
            Recomputation::NotByThisVersion,
        ),
        ("other check-ins", Recomputation::Differs),
        (
            "another version of the rule set on the phone",
            Recomputation::NotYet,
        ),
    ] {
        world.decide(receipt(&vectors, "cases", name));
        assert_eq!(world.sync(), SyncResult::Synced, "{name}");
        for _ in 0..2 {
            let colour = world.home().colour.unwrap();
            assert_eq!(colour.recomputation, outcome, "{name}");
        }
    }
    let check_ins = world.home().colour.unwrap().check_ins.unwrap();
    assert_eq!((check_ins.done, check_ins.required), (2, 7));
    assert_eq!(check_ins.last.as_deref(), Some("2020-03-05"));
    assert_eq!(check_ins.next_due.as_deref(), Some("2026-11-24"));
}

/// It restricts in a way that this version does not know: what was there before stays.
#[test]
fn a_colour_of_a_later_version_is_refused() {
    let vectors = vectors();
    let world = World::new(&vectors, "today");
    world.decide(receipt(&vectors, "cases", "all as published"));
    assert_eq!(world.sync(), SyncResult::Synced);
    let before = world.home().colour;
    let name = "an unknown colour restricts in a way that is not known";
    world.decide(receipt(&vectors, "refused", name));
    assert_eq!(world.sync(), SyncResult::AnswerRefused);
    assert_eq!(world.home().colour, before);
}
