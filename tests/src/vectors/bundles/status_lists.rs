//! Status lists: bases and deltas, whose they may be, and until when.

use ed25519_dalek::SigningKey;
use health_code_core::trust::{STATUS_AFTER_KEY_SECS, StatusList, StatusPlace, StatusSpan, key_id};
use serde_json::{Value, json};

use super::super::context::{
    Context, END_DAY, RETIRED_AT, ZLIB_INDEX_0, status as signed_list, status_list, successor,
};
use super::super::{BundleVector, NOW};
use super::vector;

pub(super) fn vectors(context: &Context) -> Vec<BundleVector> {
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
