//! Trust bundles.

use health_code_core::testing::nation::{HANGZHOU, WUHAN};
use health_code_core::trust::{RULE_SET_TYPE, TRUST_BUNDLE_TYPE, TrustBundle, sign_bundle};
use health_code_core::words::LocalizedText;
use serde_json::json;

use super::super::context::Context;
use super::super::{BundleVector, NOW};
use super::vector;

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

pub(super) fn vectors(context: &Context) -> Vec<BundleVector> {
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
