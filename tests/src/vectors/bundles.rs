//! Trust bundles, status lists and other signed bundles, opened.

mod status_lists;
mod trust;

use data_encoding::HEXLOWER;
use health_code_core::testing::nation::HANGZHOU;
use health_code_core::trust::{FORM_TYPE, RECEIPT_TYPE, key_id, sign_bundle};
use serde_json::{Value, json};

use super::context::{Context, RETIRED_AT};
use super::{BundleVector, NOW};
use crate::forge::sign1;

pub(super) fn vectors(context: &Context) -> Vec<BundleVector> {
    [
        trust::vectors(context),
        status_lists::vectors(context),
        others(context),
    ]
    .concat()
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
