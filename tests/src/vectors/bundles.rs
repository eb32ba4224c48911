//! Trust bundles, status lists and other signed bundles, opened.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::testing::nation::{HANGZHOU, WUHAN};
use health_code_core::trust::{
    FORM_TYPE, RECEIPT_TYPE, RULE_SET_TYPE, STATUS_AFTER_KEY_SECS, StatusList, StatusPlace,
    StatusSpan, TRUST_BUNDLE_TYPE, TrustBundle, key_id, sign_bundle,
};
use health_code_core::words::LocalizedText;
use serde_json::{Value, json};

use super::context::{
    Context, END_DAY, RETIRED_AT, ZLIB_INDEX_0, status as signed_list, status_list, successor,
};
use super::{BundleVector, NOW};
use crate::forge::sign1;

pub(super) fn vectors(context: &Context) -> Vec<BundleVector> {
    [trust(context), status(context), others(context)].concat()
}

fn vector(name: &str, about: &str, kind: &str, bytes: &[u8], expect: &str) -> BundleVector {
    BundleVector {
        name: name.to_owned(),
        about: about.to_owned(),
        kind: kind.to_owned(),
        bytes: HEXLOWER.encode(bytes),
        at: NOW,
        lowest: 0,
        trust: "default".to_owned(),
        expect: expect.to_owned(),
        content: Value::Null,
    }
}

impl BundleVector {
    fn at(mut self, at: i64) -> Self {
        self.at = at;
        self
    }

    fn lowest(mut self, lowest: i64) -> Self {
        self.lowest = lowest;
        self
    }

    fn trusting(mut self, trust: &str) -> Self {
        trust.clone_into(&mut self.trust);
        self
    }

    fn saying(mut self, content: Value) -> Self {
        self.content = content;
        self
    }
}

fn texts(texts: &[(&str, &str)]) -> LocalizedText {
    let owned = texts.iter();
    owned
        .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
        .collect()
}

fn in_more_languages() -> LocalizedText {
    texts(&[
        ("az-Latn", "Hancou"),
        ("en", "Hangzhou"),
        ("ko", "항저우"),
        ("zh", "杭州市"),
    ])
}

/// The payload of a trust bundle with the first name's two languages changed round.
fn out_of_order(payload: &[u8]) -> Vec<u8> {
    let said = |tag: &str, text: &str| {
        let mut bytes = minicbor::to_vec(tag).expect("plain data");
        bytes.extend(minicbor::to_vec(text).expect("plain data"));
        bytes
    };
    let (english, chinese) = (said("en", "Hangzhou"), said("zh", "杭州市"));
    let in_order = [english.clone(), chinese.clone()].concat();
    let mut windows = payload.windows(in_order.len());
    let at = windows.position(|found| found == in_order).expect("there");
    let end = at + in_order.len();
    [&payload[..at], &chinese, &english, &payload[end..]].concat()
}

fn trust(context: &Context) -> Vec<BundleVector> {
    let nation = &context.nation;
    let good = nation.trust_bytes();
    let payload = minicbor::to_vec(&nation.trust).expect("plain data");
    let signed = |payload: &[u8]| {
        sign_bundle(TRUST_BUNDLE_TYPE, None, payload, &nation.root).expect("within the cap")
    };
    let changed = |change: &dyn Fn(&mut TrustBundle)| {
        let mut trust = nation.trust.clone();
        change(&mut trust);
        signed(&minicbor::to_vec(&trust).expect("plain data"))
    };
    let of_a_region =
        sign_bundle(TRUST_BUNDLE_TYPE, None, &payload, &nation.hangzhou).expect("within the cap");
    let mut flipped = good.clone();
    flipped[200] ^= 1;
    let content = json!({ "version": 7, "divisions": [HANGZHOU, WUHAN] });
    let kind = "trust";
    vec![
        vector("trust", "", kind, &good, "ok")
            .lowest(7)
            .saying(content.clone()),
        vector("trust-last-second", "", kind, &good, "ok")
            .at(NOW + 89 * 86_400 - 1)
            .saying(content),
        vector("trust-expired", "", kind, &good, "bundle_expired").at(NOW + 89 * 86_400),
        vector("trust-ahead", "Signed 30 s ahead.", kind, &good, "ok")
            .at(NOW - 86_430)
            .saying(json!({ "version": 7, "divisions": [HANGZHOU, WUHAN] })),
        vector(
            "trust-too-far-ahead",
            "Signed 31 s ahead.",
            kind,
            &good,
            "bundle_from_future",
        )
        .at(NOW - 86_431),
        vector(
            "trust-rolled-back",
            "Version 8 was seen before.",
            kind,
            &good,
            "bundle_rolled_back",
        )
        .lowest(8),
        vector(
            "trust-of-a-region",
            "Signed by Hangzhou.",
            kind,
            &of_a_region,
            "bundle_signer_unknown",
        ),
        vector(
            "trust-altered",
            "One bit of a region's key.",
            kind,
            &flipped,
            "bundle_signature_wrong",
        ),
        vector(
            "trust-other-kind",
            "",
            kind,
            &sign_bundle(RULE_SET_TYPE, None, &payload, &nation.root).expect("within the cap"),
            "bundle_wrong_kind",
        ),
        vector(
            "trust-trailing-byte",
            "",
            kind,
            &[&good[..], &[0]].concat(),
            "bundle_not_canonical",
        ),
        vector(
            "trust-longer-head",
            "Version 7 in two bytes.",
            kind,
            &signed(&[&[0xa8, 1, 0x18, 7], &payload[3..]].concat()),
            "bundle_not_canonical",
        ),
        vector(
            "trust-empty",
            "",
            kind,
            &signed(&[0xa0]),
            "bundle_content_invalid",
        ),
        vector(
            "trust-more-languages",
            "A name in Korean and Azerbaijani (Latin script) too; shorter tags stand first.",
            kind,
            &changed(&|trust| trust.regions[0].name = in_more_languages()),
            "ok",
        )
        .saying(json!({ "version": 7, "divisions": [HANGZHOU, WUHAN] })),
        vector(
            "trust-languages-out-of-order",
            "Chinese before English.",
            kind,
            &signed(&out_of_order(&payload)),
            "bundle_not_canonical",
        ),
        vector(
            "trust-no-chinese",
            "A name in English alone.",
            kind,
            &changed(&|trust| {
                trust.regions[0].name = texts(&[("en", "Hangzhou"), ("ko", "항저우")]);
            }),
            "bundle_content_invalid",
        ),
        vector(
            "trust-no-division",
            "Five digits.",
            kind,
            &changed(&|trust| trust.regions[0].division = 33_010),
            "bundle_content_invalid",
        ),
        vector(
            "trust-key-twice",
            "",
            kind,
            &changed(&|trust| {
                trust.regions[1].keys = trust.regions[0].keys.clone();
            }),
            "bundle_content_invalid",
        ),
        vector(
            "trust-accept-nothing",
            "",
            kind,
            &changed(&|trust| trust.policy.accept_secs = 0),
            "bundle_content_invalid",
        ),
        vector(
            "trust-reason-in-code",
            "The policy asks for the reason.",
            kind,
            &changed(&|trust| trust.policy.reason_in_code = true),
            "ok",
        )
        .saying(json!({"version": 7, "divisions": [330_100, 420_100]})),
    ]
}

fn status(context: &Context) -> Vec<BundleVector> {
    let nation = &context.nation;
    let kind = "status-list";
    let place = |day, index| StatusPlace { day, index };
    let (day, next_day) = (END_DAY, END_DAY + 1);
    let revoked = [
        place(day, 3),
        place(day, 4_711),
        place(day, u32::MAX),
        place(next_day, 0),
    ];
    let full =
        StatusList::build(&nation.hangzhou, &revoked, NOW - 60, 3_600).expect("within the limits");
    let forged = |until, days: &[(u32, &[u8])]| status_list(&nation.hangzhou, until, days);
    let zero = &ZLIB_INDEX_0[..];
    let small = forged(NOW - 60, &[(day, zero)]);
    let trailing = forged(NOW - 60, &[(day, &[zero, &[0]].concat())]);
    let checksum = forged(NOW - 60, &[(day, &[&zero[..14], &[9]].concat())]);
    vec![
        vector("status-list", "Two days.", kind, &full, "ok")
            .lowest(NOW - 60)
            .saying(json!({
                "until": NOW - 60,
                "revoked": [[day, 3], [day, 4_711], [day, u32::MAX], [next_day, 0]],
                "notRevoked": [[day, 0], [day, 2], [day, 4], [day, 4_712], [next_day, 3], [day - 1, 3]],
            })),
        vector(
            "status-list-small",
            "One index, and the state of an hour before it was signed.",
            kind,
            &forged(NOW - 3_660, &[(day, zero)]),
            "ok",
        )
        .saying(json!({
            "until": NOW - 3_660,
            "revoked": [[day, 0]],
            "notRevoked": [[day, 1], [next_day, 0]],
        })),
        vector(
            "status-list-number-ahead",
            "The number of its listing is no time: a clock was ahead when one before was made.",
            kind,
            &forged(NOW + 86_400, &[(day, zero)]),
            "ok",
        )
        .saying(json!({
            "until": NOW + 86_400,
            "revoked": [[day, 0]],
            "notRevoked": [],
        })),
        vector(
            "status-list-of-nothing",
            "From the listing 0 until it.",
            kind,
            &forged(0, &[(day, zero)]),
            "bundle_content_invalid",
        ),
        vector(
            "status-list-that-follows-on-another",
            "A delta, and nothing is held.",
            kind,
            &status_list_since(&nation.hangzhou),
            "bundle_delta_gap",
        ),
        vector(
            "status-list-days-out-of-order",
            "",
            kind,
            &forged(NOW - 60, &[(next_day, zero), (day, zero)]),
            "bundle_not_canonical",
        ),
        vector(
            "status-list-empty-day",
            "zlib of nothing.",
            kind,
            &forged(NOW - 60, &[(day, &[0x78, 0x01, 1, 0, 0, 0xff, 0xff, 0, 0, 0, 1])]),
            "bundle_content_invalid",
        ),
        vector(
            "status-list-rolled-back",
            "",
            kind,
            &full,
            "bundle_rolled_back",
        )
        .lowest(NOW - 59),
        vector("status-list-expired", "", kind, &small, "bundle_expired").at(NOW + 86_400),
        vector(
            "status-list-of-the-unknown",
            "",
            kind,
            &full,
            "bundle_signer_unknown",
        )
        .trusting("wuhan-only"),
        vector(
            "status-list-key-revoked",
            "",
            kind,
            &full,
            "bundle_signer_key_not_valid",
        )
        .trusting("key-revoked")
        .at(NOW + 10),
        vector(
            "status-list-ahead",
            "Signed 31 s ahead.",
            kind,
            &full,
            "bundle_from_future",
        )
        .at(NOW - 91),
        retired(
            "status-list-renewed-by-the-retired",
            &nation.hangzhou,
            0,
            "ok",
        ),
        retired(
            "status-list-too-late",
            &nation.hangzhou,
            1,
            "bundle_signer_key_not_valid",
        ),
        retired("status-list-of-the-successor", &successor(), 0, "ok"),
        retired(
            "status-list-of-another-region",
            &nation.wuhan,
            0,
            "bundle_content_invalid",
        ),
        vector(
            "status-list-of-the-predecessor",
            "The retired key speaks of its successor's credentials.",
            kind,
            &list_for(&successor(), &nation.hangzhou, NOW - 3_600),
            "bundle_signer_key_not_valid",
        )
        .trusting("key-retired"),
        vector(
            "status-list-trailing",
            "A byte after the packed indexes.",
            kind,
            &trailing,
            "bundle_content_invalid",
        ),
        vector(
            "status-list-checksum",
            "The packed indexes are damaged.",
            kind,
            &checksum,
            "bundle_content_invalid",
        ),
    ]
}

/// A delta of the issuer's.
fn status_list_since(issuer: &SigningKey) -> Vec<u8> {
    let span = StatusSpan {
        from: NOW - 600,
        until: NOW - 300,
    };
    signed_list(issuer, span, &[4_711])
}

/// A list of `key`'s credentials by `signer`.
fn list_for(key: &SigningKey, signer: &SigningKey, issued_at: i64) -> Vec<u8> {
    let listed = key_id(&key.verifying_key().to_bytes());
    let (span, place) = (
        StatusSpan::base(issued_at),
        StatusPlace {
            day: END_DAY,
            index: 4_711,
        },
    );
    StatusList::build_for(listed, signer, span, &[place], issued_at, 3_600)
        .expect("within the limits")
}

/// A list of Hangzhou's retired key by `signer`, `late` seconds after the last at which that one itself may sign lists.
fn retired(name: &str, signer: &SigningKey, late: i64, expect: &str) -> BundleVector {
    let issued_at = RETIRED_AT + STATUS_AFTER_KEY_SECS + late;
    let hangzhou = SigningKey::from_bytes(&[0x33; 32]);
    let about = "The key was retired 8 days before.";
    let bytes = list_for(&hangzhou, signer, issued_at);
    let content = json!({
        "until": issued_at,
        "revoked": [[END_DAY, 4_711]],
        "notRevoked": [[END_DAY, 4_710]],
    });
    vector(name, about, "status-list", &bytes, expect)
        .trusting("key-retired")
        .at(issued_at)
        .saying(if expect == "ok" { content } else { Value::Null })
}

fn others(context: &Context) -> Vec<BundleVector> {
    let nation = &context.nation;
    let payload = br#"{"id":"health-declaration"}"#;
    let good =
        sign_bundle(FORM_TYPE, Some(NOW - 60), payload, &nation.hangzhou).expect("within the cap");
    let signed_at = |signed_at| {
        sign_bundle(FORM_TYPE, signed_at, payload, &nation.hangzhou).expect("within the cap")
    };
    let signature = &good[good.len() - 64..];
    let header = |algorithm: i64| {
        crate::forge::cbor(|e| {
            let id = key_id(&nation.hangzhou.verifying_key().to_bytes());
            e.map(3)?.u8(1)?.i64(algorithm)?.u8(4)?.bytes(&id)?;
            e.u8(16)?.str(FORM_TYPE)?.ok()
        })
    };
    let mut flipped = good.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    vec![
        vector("form", "", FORM_TYPE, &good, "ok")
            .saying(json!({ "payload": HEXLOWER.encode(payload), "division": HANGZHOU })),
        vector(
            "form-as-receipt",
            "A signature for one kind is none for another.",
            RECEIPT_TYPE,
            &good,
            "bundle_wrong_kind",
        ),
        vector(
            "form-eddsa",
            "The polymorphic -8.",
            FORM_TYPE,
            &sign1(&header(-8), payload, signature),
            "bundle_algorithm_not_allowed",
        ),
        vector(
            "form-altered",
            "",
            FORM_TYPE,
            &flipped,
            "bundle_signature_wrong",
        ),
        vector(
            "form-cut",
            "",
            FORM_TYPE,
            &good[..last],
            "bundle_not_canonical",
        ),
        vector(
            "form-key-not-yet",
            "Signed a minute before its key's time.",
            FORM_TYPE,
            &good,
            "bundle_signer_key_not_valid",
        )
        .trusting("key-from-now"),
        vector(
            "form-key-retired",
            "Signed within its key's time, opened 30 days after it.",
            FORM_TYPE,
            &good,
            "ok",
        )
        .trusting("key-retired")
        .at(NOW + 30 * 86_400)
        .saying(json!({ "payload": HEXLOWER.encode(payload), "division": HANGZHOU })),
        vector(
            "form-key-retired-before",
            "Signed a second after its key's time.",
            FORM_TYPE,
            &signed_at(Some(RETIRED_AT + 1)),
            "bundle_signer_key_not_valid",
        )
        .trusting("key-retired"),
        vector(
            "form-ahead",
            "Signed 31 s ahead.",
            FORM_TYPE,
            &good,
            "bundle_from_future",
        )
        .at(NOW - 91),
        vector(
            "form-without-a-time",
            "As the first versions signed them.",
            FORM_TYPE,
            &signed_at(None),
            "ok",
        )
        .saying(json!({ "payload": HEXLOWER.encode(payload), "division": HANGZHOU })),
        vector(
            "form-without-a-time-key-retired",
            "Without a time of its own it counts while its key does.",
            FORM_TYPE,
            &signed_at(None),
            "bundle_signer_key_not_valid",
        )
        .trusting("key-retired"),
    ]
}
