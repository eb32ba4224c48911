//! What the vectors' checkpoints hold: the nation of the fixture, in several states.
//!
//! Invariant: each trust bundle differs from `default` in what its name says and in nothing else.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::colour::{Colour, Reason};
use health_code_core::testing::nation::{HANGZHOU, Nation, WUHAN};
use health_code_core::trust::{
    ColourMapping, GraceOrder, IssuerKey, Region, StatusList, StatusPlace, StatusSpan, SunsetOrder,
    TrustBundle, key_id,
};
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::NOW;
use crate::forge::{DeviceKey, Forgery, cbor};

/// Two issuer keys whose ids begin with the same four bytes, found by trying.
const COLLIDING: [u32; 2] = [77_513, 126_656];
/// Jiaxing and Shaoxing, which hold them.
pub(super) const JIAXING: u32 = 330_400;
pub(super) const SHAOXING: u32 = 330_600;

/// Everything that vectors are made from.
pub struct Context {
    /// Root, regions, trust bundle `default`.
    pub nation: Nation,
    /// A P-256 device.
    pub p256: DeviceKey,
    /// An Ed25519 device.
    pub ed25519: DeviceKey,
}

impl Context {
    pub(super) fn new() -> Self {
        Self {
            nation: Nation::at(NOW),
            p256: DeviceKey::p256([7; 32]),
            ed25519: DeviceKey::ed25519([7; 32]),
        }
    }

    /// Hangzhou's code on a P-256 device.
    pub(super) fn code(&self) -> Forgery {
        Forgery::new(&self.nation.hangzhou, self.p256.clone(), NOW)
    }

    /// Hangzhou's code on an Ed25519 device.
    pub(super) fn ed25519_code(&self) -> Forgery {
        Forgery::new(&self.nation.hangzhou, self.ed25519.clone(), NOW)
    }

    pub(super) fn published(&self) -> Published {
        let sign = |trust: &TrustBundle| {
            let bytes = trust.sign(&self.nation.root).expect("within the limits");
            HEXLOWER.encode(&bytes)
        };
        let trust_bundles = trust_bundles(&self.nation.trust);
        Published {
            root_key: HEXLOWER.encode(&self.nation.root_key()),
            trust_bundles: trust_bundles
                .iter()
                .map(|(name, trust)| ((*name).to_owned(), sign(trust)))
                .collect(),
            status_lists: self.status_lists(),
        }
    }

    fn status_lists(&self) -> BTreeMap<String, String> {
        let list = |indexes: &[u32], issued_at| {
            HEXLOWER.encode(&status(
                &self.nation.hangzhou,
                StatusSpan::base(issued_at),
                indexes,
            ))
        };
        let delta = |indexes: &[u32], from, until| {
            let span = StatusSpan { from, until };
            HEXLOWER.encode(&status(&self.nation.hangzhou, span, indexes))
        };
        BTreeMap::from([
            ("clear".to_owned(), list(&[4_710, 4_712], NOW - 600)),
            ("clear-a-day-old".to_owned(), list(&[], NOW + 5 - 86_400)),
            ("clear-ahead".to_owned(), list(&[], NOW + 30)),
            ("revoked-ahead".to_owned(), list(&[4_711], NOW + 30)),
            ("clear-older".to_owned(), list(&[], NOW + 5 - 86_401)),
            ("revoked".to_owned(), list(&[4_711], NOW - 300)),
            ("revoked-older".to_owned(), list(&[4_711], NOW - 86_400)),
            ("clear-since".to_owned(), delta(&[], NOW - 600, NOW - 100)),
            (
                "revoked-since".to_owned(),
                delta(&[4_710, 4_711], NOW - 700, NOW - 200),
            ),
            (
                "another-day".to_owned(),
                HEXLOWER.encode(&another_day(&self.nation.hangzhou)),
            ),
        ])
    }
}

/// The day on which the codes of the vectors end, but for those that say otherwise.
pub(super) const END_DAY: u32 = 20_833;

/// A list of the issuer's with these indexes on that day, signed when it ends.
pub(super) fn status(issuer: &SigningKey, span: StatusSpan, indexes: &[u32]) -> Vec<u8> {
    let id = key_id(&issuer.verifying_key().to_bytes());
    let place = |index: &u32| StatusPlace {
        day: END_DAY,
        index: *index,
    };
    let places: Vec<_> = indexes.iter().map(place).collect();
    StatusList::build_for(id, issuer, span, &places, span.until, 3_600).expect("within the limits")
}

/// The index of the codes, revoked for the day before and the day after.
fn another_day(issuer: &SigningKey) -> Vec<u8> {
    let places = [END_DAY - 1, END_DAY + 1].map(|day| StatusPlace { day, index: 4_711 });
    StatusList::build(issuer, &places, NOW - 60, 3_600).expect("within the limits")
}

/// zlib of four zero bytes, stored (RFC 1950, RFC 1951, 3.2.4): the index 0.
pub(super) const ZLIB_INDEX_0: [u8; 15] = [0x78, 0x01, 1, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 4, 0, 1];

/// A base with any packed days, signed a minute ago, good for a day; `until`: the number of its last listing.
pub(super) fn status_list(issuer: &SigningKey, until: i64, days: &[(u32, &[u8])]) -> Vec<u8> {
    let id = key_id(&issuer.verifying_key().to_bytes());
    let payload = cbor(|e| {
        e.map(7)?.u8(1)?.bytes(&id)?;
        e.u8(2)?.i64(NOW - 60)?.u8(3)?.i64(NOW + 86_400)?;
        e.u8(4)?.u16(3_600)?.u8(5)?.u8(0)?.u8(6)?.i64(until)?;
        e.u8(7)?.map(days.len() as u64)?;
        for (day, packed) in days {
            e.u32(*day)?.bytes(packed)?;
        }
        e.ok()
    });
    let typ = "application/health-code-revocations+cbor";
    health_code_core::trust::sign_bundle(typ, None, &payload, issuer).expect("within the cap")
}

/// The last instant at which Hangzhou's key may sign in `key-retired`.
pub(super) const RETIRED_AT: i64 = NOW - 30;

/// Hangzhou's key after it, there.
pub(super) fn successor() -> SigningKey {
    SigningKey::from_bytes(&[0x34; 32])
}

/// When every trust bundle was signed.
pub(super) const fn trust_issued_at() -> i64 {
    NOW - 86_400
}

/// One of the keys that look alike.
pub(super) fn colliding_key(which: usize) -> SigningKey {
    let mut seed = [0x55; 32];
    seed[..4].copy_from_slice(&COLLIDING[which].to_be_bytes());
    SigningKey::from_bytes(&seed)
}

fn trust_bundles(default: &TrustBundle) -> Vec<(&'static str, TrustBundle)> {
    let with = |change: &dyn Fn(&mut TrustBundle)| {
        let mut trust = default.clone();
        change(&mut trust);
        trust
    };
    let hangzhou_key =
        |change: fn(&mut IssuerKey)| with(&|trust| change(&mut trust.regions[0].keys[0]));
    vec![
        ("default", default.clone()),
        ("wuhan-only", with(&|trust| drop(trust.regions.remove(0)))),
        ("key-from-now", hangzhou_key(|key| key.not_before = NOW)),
        (
            "key-until-start",
            hangzhou_key(|key| key.not_after = NOW - 3_600),
        ),
        (
            "key-until-before-start",
            hangzhou_key(|key| key.not_after = NOW - 3_601),
        ),
        (
            "key-retired",
            with(&|trust| {
                let keys = &mut trust.regions[0].keys;
                let mut next = keys[0].clone();
                next.public_key = successor().verifying_key().to_bytes();
                keys[0].not_after = RETIRED_AT;
                keys.push(next);
            }),
        ),
        (
            "key-revoked",
            hangzhou_key(|key| key.revoked_at = Some(NOW + 10)),
        ),
        (
            "hangzhou-ended",
            with(&|trust| trust.sunset_orders.push(sunset(HANGZHOU))),
        ),
        (
            "zhejiang-ended",
            with(&|trust| trust.sunset_orders.push(sunset(330_000))),
        ),
        (
            "zhejiang-grace",
            with(&|trust| trust.grace_orders.push(grace_until(NOW + 14 * 3_600))),
        ),
        (
            "zhejiang-grace-short",
            with(&|trust| trust.grace_orders.push(grace_until(NOW + 12 * 3_600))),
        ),
        (
            "yellow-admitted",
            with(&|trust| {
                trust.policy.admit = vec![Colour::Green, Colour::Yellow];
            }),
        ),
        (
            "yellow-counts-as-green",
            with(&|trust| trust.mappings.push(yellow_as_green())),
        ),
        (
            "colliding-keys",
            with(&|trust| {
                trust.regions.push(region(JIAXING, "嘉兴市", "Jiaxing", 0));
                trust
                    .regions
                    .push(region(SHAOXING, "绍兴市", "Shaoxing", 1));
            }),
        ),
        (
            "to-the-end-of-time",
            with(&|trust| {
                trust.expires_at = 253_402_300_799;
                trust.regions[0].keys[0].not_after = 253_402_300_799;
            }),
        ),
    ]
}

fn region(division: u32, chinese: &str, english: &str, which: usize) -> Region {
    Region {
        division,
        name: LocalizedText::new(english, chinese),
        keys: vec![IssuerKey {
            public_key: colliding_key(which).verifying_key().to_bytes(),
            not_before: NOW - 86_400,
            not_after: NOW + 365 * 86_400,
            revoked_at: None,
        }],
        utc_offset_minutes: None,
    }
}

fn grace_until(until: i64) -> GraceOrder {
    GraceOrder {
        division: 330_000,
        until,
        extra_secs: 7_200,
    }
}

fn sunset(division: u32) -> SunsetOrder {
    SunsetOrder {
        division,
        effective_at: NOW + 10,
        text: LocalizedText::new("The health code has ended.", "健康码服务已停止。"),
        erase_after_secs: None,
    }
}

fn yellow_as_green() -> ColourMapping {
    ColourMapping {
        rule_id: "WH-YELLOW".to_owned(),
        from_division: Some(330_000),
        scheme: None,
        colour: Colour::Yellow,
        to_division: Some(WUHAN),
        to_colour: Colour::Green,
        text: LocalizedText::new(
            "Zhejiang's yellow counts as green in Wuhan.",
            "浙江黄码在武汉按绿码管理。",
        ),
    }
}

/// What a verdict says about the person of a code of Hangzhou, from the parts that it was forged from.
pub(super) fn person(code: &Forgery) -> Map<String, Value> {
    let flags = usize::from(code.scope.flags);
    let colour = ["green", "yellow", "red"][flags & 3];
    let assurance = ["hardware", "software", "paper", "paper"][flags >> 2 & 3];
    let subject_kind = ["self", "dependant", "visitor", "other"][flags >> 4 & 3];
    let scheme = ["domestic", "international"][flags >> 6];
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a valid code's text");
    let reason = match code.scope.reason {
        255 => None,
        reason => Some(Reason::from_number(reason).map_or("other", Reason::id)),
    };
    let person = json!({
        "colour": colour,
        "localColour": colour,
        "healthReason": reason,
        "maskedName": text(&code.scope.masked_name),
        "documentTail": text(&code.scope.document_tail),
        "assurance": assurance,
        "subjectKind": subject_kind,
        "scheme": scheme,
        "region": HANGZHOU,
        "regionName": LocalizedText::new("Hangzhou", "杭州市"),
        "ruleSetVersion": code.scope.rule_set_version,
        "credentialExpiresAt": code.expires_at,
        "issuedAt": code.issued_at,
    });
    let Value::Object(person) = person else {
        panic!("an object");
    };
    person
}

/// The same person with a value changed.
pub(super) trait But {
    fn but(self, key: &str, value: impl Serialize) -> Self;
}

impl But for Map<String, Value> {
    fn but(mut self, key: &str, value: impl Serialize) -> Self {
        self.insert(key.to_owned(), json!(value));
        self
    }
}

/// The file that tells verifiers what their checkpoints hold, hex.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Published {
    /// Public key of the national root.
    pub root_key: String,
    /// Trust bundles by name.
    pub trust_bundles: BTreeMap<String, String>,
    /// Status lists by name.
    pub status_lists: BTreeMap<String, String>,
}

impl Published {
    /// Opens the trust bundle of this name; it need not count any longer at the time of the vector.
    ///
    /// # Panics
    /// If there is none or it does not open.
    #[must_use]
    pub fn open_trust(&self, name: &str) -> TrustBundle {
        let bytes = decode(&self.trust_bundles[name]);
        TrustBundle::open(&bytes, &self.root(), NOW, 0).expect("a trust bundle")
    }

    /// Opens the status list of this name, as of its arrival.
    ///
    /// # Panics
    /// If there is none or it does not open.
    #[must_use]
    pub fn open_status_list(&self, name: &str, trust: &TrustBundle) -> StatusList {
        let bytes = decode(&self.status_lists[name]);
        StatusList::open(&bytes, trust, NOW, 0).expect("a status list")
    }

    /// The root's public key.
    ///
    /// # Panics
    /// If it is not 32 bytes in hex.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        decode(&self.root_key).try_into().expect("32 bytes")
    }
}

/// Hex.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn decode(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).expect("hex")
}
