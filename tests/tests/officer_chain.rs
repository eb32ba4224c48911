//! The chain of changes, end to end over TLS: an honest authority raises no alarm, and one that cheats is noticed each time.

use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::officer_chain::{
    ChainAlarmKind as Kind, ChainEntry, ChainState, ChangeSeal, ChangesAnswer, ColourOrder,
    OfficerSignature, SIGNED_PREFIX, SignedOrder, entry_hash,
};
use health_code_core::citizen::HomeNoticeKind;
use health_code_core::colour::{Colour, Reason};
use health_code_core::event::HealthCodeEvent;
use health_code_core::sync::SyncResult;
use health_code_core::trust::{RECEIPT_TYPE, Scheme, TrustBundle, open_bundle, sign_bundle};
use health_code_core::wire::{BundleKind, Receipt};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Value, json};

fn kinds(phone: &Phone) -> Vec<Kind> {
    let view = phone.health_code.changes().expect("a view");
    view.alarms.iter().map(|alarm| alarm.kind).collect()
}

fn has_notice(phone: &Phone) -> bool {
    let home = phone.health_code.home().expect("a view");
    let mut notices = home.notices.iter();
    notices.any(|notice| notice.kind == HomeNoticeKind::ColourAlarm)
}

fn citizen_id(phone: &Phone) -> String {
    let home = phone.health_code.home().expect("a view");
    home.colour.expect("a colour").citizen_id
}

fn trust(town: &Town, phone: &Phone) -> TrustBundle {
    let bytes = phone.health_code.published_bundle(&BundleKind::TRUST, "");
    let bytes = bytes.expect("read").expect("held");
    TrustBundle::open(&bytes, &town.root_key, town.now(), 0).expect("trust")
}

/// Orders red by both officers.
fn order_red(town: &Town, phone: &Phone) {
    town.clock.advance_ms(60_000);
    phone.clock.advance_ms(60_000);
    let citizen = citizen_id(phone);
    town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
}

#[test]
fn every_change_is_shown_with_its_rule_or_its_officers_and_holds_offline() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    let before = phone.health_code.changes().expect("a view");
    assert_eq!(before.state, ChainState::NotByAuthority);
    phone.turn_green(&town);
    order_red(&town, &phone);
    assert_eq!(phone.sync().result, SyncResult::Synced);
    town.stop();
    let view = phone.health_code.changes().expect("a view");
    assert_eq!(
        (view.state, view.unread, view.alarms.len()),
        (ChainState::Whole, 0, 0)
    );
    assert_eq!((before.shape.as_str(), view.shape.as_str()), ("?", "≡"));
    let numbers: Vec<_> = view
        .changes
        .iter()
        .map(|one| (one.number, one.colour))
        .collect();
    assert_eq!(numbers, [(2, Some(Colour::Red)), (1, Some(Colour::Green))]);
    let [red, green] = view.changes.as_slice() else {
        panic!("two changes")
    };
    assert!(
        view.changes
            .iter()
            .all(|one| one.seal == ChangeSeal::Verified)
    );
    let officers: Vec<_> = red.officers.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(officers, ["officer-1", "officer-2"]);
    assert!(
        red.officers.iter().all(|one| one.fingerprint.len() == 9),
        "{:?}",
        red.officers
    );
    assert!(red.by_text.contains("officer-1 (") && !red.by_text.contains(&red.rule_id));
    assert!(green.officers.is_empty() && green.by_text.contains(&green.rule_id));
    assert!(!has_notice(&phone));
}

/// The two answers that a cheat alters.
type Lie = Box<dyn Fn(&Forger, &mut Value, &mut Value) + Send>;

/// Keys that an authority has, and those of its officers.
struct Forger {
    issuer: SigningKey,
    officers: [SigningKey; 2],
    citizen_id: String,
    trust: TrustBundle,
    at: i64,
}

impl Forger {
    fn new(town: &Town, phone: &Phone) -> Self {
        Self {
            issuer: town.issuer_signing_key(),
            officers: ["officer-1", "officer-2"].map(|name| town.officer_key(name)),
            citizen_id: citizen_id(phone),
            trust: trust(town, phone),
            at: town.now(),
        }
    }

    /// A state with another receipt and without a code.
    fn receipt(&self, state: &mut Value, change: &dyn Fn(&mut Receipt)) {
        let text = state["receipt"].as_str().expect("a receipt");
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
        let signed = open_bundle(RECEIPT_TYPE, &bytes, &self.trust, self.at).expect("a receipt");
        let mut receipt: Receipt = serde_json::from_slice(signed.payload).expect("JSON");
        change(&mut receipt);
        let json = serde_json::to_vec(&receipt).expect("JSON");
        let signed = sign_bundle(RECEIPT_TYPE, Some(receipt.decided_at), &json, &self.issuer);
        state["receipt"] = json!(BASE64URL_NOPAD.encode(&signed.expect("signed")));
        state.as_object_mut().expect("a state").remove("credential");
    }

    fn order(change: &dyn Fn(&mut ColourOrder), entry: &ChainEntry) -> Vec<u8> {
        let signed = entry.order.as_ref().expect("an order");
        let mut order: ColourOrder =
            serde_json::from_slice(&signed.bytes().expect("bytes")).expect("an order");
        change(&mut order);
        serde_json::to_vec(&order).expect("JSON")
    }

    fn sign(&self, bytes: &[u8], by: &[(&str, usize)]) -> SignedOrder {
        let signatures = by.iter().map(|(name, key)| {
            OfficerSignature::sign(SIGNED_PREFIX, bytes, name, &self.officers[*key])
        });
        SignedOrder {
            change: BASE64URL_NOPAD.encode(bytes),
            signatures: signatures.collect(),
        }
    }

    /// The last entry as `change` leaves it, the head and the receipt with it.
    fn last(&self, state: &mut Value, changes: &mut Value, change: &dyn Fn(&mut ChainEntry)) {
        let mut answer: ChangesAnswer = serde_json::from_value(changes.clone()).expect("changes");
        let last = answer.entries.last_mut().expect("an entry");
        let bytes = BASE64URL_NOPAD.decode(last.as_bytes()).expect("base64url");
        let mut entry = ChainEntry::from_bytes(&bytes).expect("an entry");
        change(&mut entry);
        let bytes = entry.to_bytes();
        *last = BASE64URL_NOPAD.encode(&bytes);
        answer.head = entry_hash(&bytes);
        let head = answer.head.clone();
        *changes = serde_json::to_value(&answer).expect("JSON");
        self.receipt(state, &|receipt| {
            if let Some(link) = &mut receipt.change {
                link.hash.clone_from(&head);
            }
        });
    }
}

const BOTH: &[(&str, usize)] = &[("officer-1", 0), ("officer-2", 1)];

/// A lie about the order of the last entry: its bytes and signatures.
fn about_order(
    name: &'static str,
    expected: Kind,
    by: &'static [(&'static str, usize)],
    change: fn(&mut ColourOrder),
) -> (&'static str, Kind, u32, Lie) {
    let lie = move |forger: &Forger, state: &mut Value, changes: &mut Value| {
        forger.last(state, changes, &|entry| {
            let bytes = Forger::order(&change, entry);
            entry.order = Some(forger.sign(&bytes, by));
        });
    };
    (name, expected, 1, Box::new(lie))
}

/// Name, the alarm, how many entries the phone holds before it meets the lie, and the lie.
fn lies() -> Vec<(&'static str, Kind, u32, Lie)> {
    fn lie(told: impl Fn(&Forger, &mut Value, &mut Value) + Send + 'static) -> Lie {
        Box::new(told)
    }
    vec![
        (
            "another colour than the chain's",
            Kind::SilentChange,
            2,
            lie(|forger, state, _| {
                forger.receipt(state, &|receipt| receipt.colour = Colour::Yellow);
            }),
        ),
        (
            "a receipt that names no entry",
            Kind::SilentChange,
            2,
            lie(|forger, state, _| forger.receipt(state, &|receipt| receipt.change = None)),
        ),
        (
            "an entry left out",
            Kind::Gap,
            1,
            lie(|_, _, changes| changes["entries"] = json!([])),
        ),
        (
            "another head",
            Kind::Fork,
            2,
            lie(|_, _, changes| {
                changes["entries"] = json!([]);
                changes["head"] = json!("0".repeat(64));
            }),
        ),
        (
            "another history",
            Kind::Fork,
            2,
            lie(|forger, _, changes| {
                let entry = ChainEntry {
                    number: 1,
                    previous: String::new(),
                    citizen_id: forger.citizen_id.clone(),
                    subject: health_code_core::wire::SubjectId::OWNER,
                    colour: Colour::Red,
                    reason: Reason::Confirmed.into(),
                    rule_set_id: "hangzhou".into(),
                    rule_set_version: 1,
                    rule_id: "HZ".into(),
                    scheme: Scheme::default(),
                    at: 7,
                    order: None,
                    restored: None,
                };
                let bytes = entry.to_bytes();
                *changes = json!({
                    "entries": [BASE64URL_NOPAD.encode(&bytes)], "count": 1, "head": entry_hash(&bytes),
                });
            }),
        ),
        (
            "fewer than were there",
            Kind::Shortened,
            2,
            lie(|_, _, changes| *changes = json!({"entries": [], "count": 1, "head": "00"})),
        ),
        (
            "no chain any more",
            Kind::Withdrawn,
            2,
            lie(|_, state, _| {
                state.as_object_mut().expect("a state").remove("parts");
            }),
        ),
        (
            "an order in force that is not shown",
            Kind::SecondSignatureMissing,
            1,
            lie(|forger, state, changes| {
                forger.last(state, changes, &|entry| entry.order = None);
            }),
        ),
        about_order(
            "one signature",
            Kind::SecondSignatureMissing,
            &BOTH[..1],
            |_| {},
        ),
        about_order(
            "one officer twice",
            Kind::SameOfficer,
            &[("officer-1", 0), ("officer-1", 0)],
            |_| {},
        ),
        about_order(
            "another's key",
            Kind::SignatureWrong,
            &[("officer-1", 0), ("officer-2", 0)],
            |_| {},
        ),
        about_order(
            "nobody's officer",
            Kind::OfficerUnknown,
            &[("officer-1", 0), ("officer-9", 1)],
            |_| {},
        ),
        about_order("an old order", Kind::OfficerNotValid, BOTH, |order| {
            order.at -= 9 * 86_400;
        }),
        about_order(
            "a reason that lifts",
            Kind::ReasonNotForColour,
            BOTH,
            |order| {
                order.reason = Reason::MeasureLifted;
            },
        ),
        about_order("another citizen's", Kind::OrderOfOther, BOTH, |order| {
            order.citizen_id = "5f0c2b7e-0000-4000-8000-000000000009".into();
        }),
        (
            "a reason of nobody's list",
            Kind::ReasonUnknown,
            1,
            lie(|forger, state, changes| {
                forger.last(state, changes, &|entry| {
                    let bytes = Forger::order(&|_| {}, entry);
                    let text = String::from_utf8(bytes).expect("text");
                    let text = text.replace("\"confirmed\"", "\"because\"");
                    entry.order = Some(forger.sign(text.as_bytes(), BOTH));
                });
            }),
        ),
    ]
}

/// Has the phone meet the lie: the state and the changes that an honest authority gave, altered. The first sync learns what those
/// are, which come to the phone as rubbish.
fn tell(town: &Town, phone: &Phone, lie: Lie) {
    let forger = Forger::new(town, phone);
    let honest: Arc<Mutex<Option<Value>>> = Arc::default();
    let heard = Arc::clone(&honest);
    phone.line.cheat(Some(Box::new(move |url, answer| {
        if is_state(url) && answer.status < 300 {
            tag(&mut answer.body, "learn");
        } else if url.contains("/parts/changes") && answer.status < 300 {
            let told = serde_json::from_slice(&answer.body).expect("JSON");
            *heard.lock().expect("nobody else") = Some(told);
            answer.body = b"{".to_vec();
        }
    })));
    let outcome = phone.sync();
    assert_eq!(outcome.problem.as_deref(), Some("sync_answer_malformed"));
    assert_eq!(kinds(phone), [], "rubbish is no lie");
    let honest = honest.lock().expect("nobody else").clone().expect("heard");
    let changes: Mutex<Option<Value>> = Mutex::new(None);
    phone.line.cheat(Some(Box::new(move |url, answer| {
        if is_state(url) && answer.status < 300 {
            tag(&mut answer.body, "lie");
            let mut state: Value = serde_json::from_slice(&answer.body).expect("JSON");
            let mut told = honest.clone();
            lie(&forger, &mut state, &mut told);
            answer.body = state.to_string().into_bytes();
            *changes.lock().expect("nobody else") = Some(told);
        } else if url.contains("/parts/changes")
            && let Some(told) = &*changes.lock().expect("nobody else")
        {
            answer.body = told.to_string().into_bytes();
        }
    })));
    phone.sync();
}

fn is_state(url: &str) -> bool {
    url.ends_with("/state") || url.ends_with("/credentials")
}

/// Puts another tag for the changes into a state.
fn tag(body: &mut Vec<u8>, tag: &str) {
    let mut state: Value = serde_json::from_slice(body).expect("JSON");
    state["parts"]["changes"] = json!(tag);
    *body = state.to_string().into_bytes();
}

#[test]
fn each_lie_raises_its_alarm_which_stays_until_it_is_read() {
    for (name, expected, held, lie) in lies() {
        let town = Town::new();
        let phone = Phone::new(&town, "phone");
        phone.turn_green(&town);
        order_red(&town, &phone);
        if held == 2 {
            phone.sync();
        }
        assert_eq!(kinds(&phone), [], "{name}");
        tell(&town, &phone, lie);
        assert!(
            kinds(&phone).contains(&expected),
            "{name}: {:?}",
            kinds(&phone)
        );
        assert!(has_notice(&phone), "{name}");
        let told = phone.events.take();
        let alarms = told
            .iter()
            .filter(|it| matches!(it, HealthCodeEvent::ColourAlarms { .. }));
        assert_eq!(alarms.count(), 1, "{name}");
        // The same lie again is the same alarm; the phone restarted has it still.
        let known = kinds(&phone);
        phone.sync();
        assert_eq!(kinds(&phone), known, "{name}");
        let clock = phone.clock.clone();
        drop(phone);
        let phone = Phone::with(&town, "phone", None, clock);
        let view = phone.health_code.changes().expect("a view");
        assert_eq!(view.state, ChainState::Alarmed, "{name}");
        assert!(
            view.alarms
                .iter()
                .all(|one| !one.text.is_empty() && !one.next_step.is_empty())
        );
        let ids: Vec<String> = view.alarms.into_iter().map(|one| one.id).collect();
        phone
            .health_code
            .mark_chain_alarms_read(&ids)
            .expect("marked");
        assert!(!has_notice(&phone), "{name}");
        let view = phone.health_code.changes().expect("a view");
        assert!(view.unread == 0 && view.alarms.len() == ids.len(), "{name}");
        // Read is not mended: nothing says that each holds while one beside it does not.
        assert_ne!(view.state, ChainState::Whole, "{name}");
    }
}
