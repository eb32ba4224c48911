//! Receipts for erasings: two signatures, one within the other.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_core::ports::DeviceSigner;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::nation::Nation;
use health_code_core::trust::{SoftwareEd25519, sign_bundle};
use health_code_core::wire::{
    ERASE_METHOD, ERASURE_TYPE, ErasureReceipt, KeptItem, RequestParts, SignatureVerifier,
    SubjectId, sign_request,
};
use health_code_core::words::LocalizedText;
use serde::Serialize;
use serde_json::{Value, json};

use super::NOW;

/// Content of `tests/vectors/erasure.json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Vectors {
    about: &'static str,
    root_key: String,
    trust_bundle: String,
    /// When each receipt is opened, Unix seconds.
    at: i64,
    cases: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    name: &'static str,
    /// Hex.
    receipt: String,
    /// `ok` or the code of the refusal.
    expect: &'static str,
    /// What a good receipt says.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Value>,
}

/// The text of the file.
#[must_use]
pub fn erasure_vectors() -> String {
    let nation = Nation::at(NOW);
    let vectors = Vectors {
        about: "Receipts for erasings, docs/PROTOCOL.md 9. Made by tests/src/vectors/erasure.rs.",
        root_key: HEXLOWER.encode(&nation.root_key()),
        trust_bundle: HEXLOWER.encode(&nation.trust_bytes()),
        at: NOW,
        cases: cases(&nation),
    };
    let mut text = serde_json::to_string_pretty(&vectors).expect("JSON");
    text.push('\n');
    text
}

fn cases(nation: &Nation) -> Vec<Case> {
    let ed25519 = SoftwareEd25519::from_seed(&[5; 32]);
    let p256 = SoftwareP256::from_seed(&[5; 32]);
    let child = SubjectId::parse("0190b0a0-0000-7000-8000-000000000001").expect("an id");
    let owner = SubjectId::OWNER;
    let key = &nation.hangzhou;
    let good = receipt(&ed25519, ERASE_METHOD, &owner.path(), &owner);
    let of_child = receipt(&p256, ERASE_METHOD, &child.path(), &child);
    let below_a_path = format!("/city{}", owner.path());
    let with_prefix = receipt(&p256, ERASE_METHOD, &below_a_path, &owner);
    let mut cases = vec![
        case("owner", key, &good, "ok"),
        case("dependant-p256", key, &of_child, "ok"),
        case("authority-below-a-path", key, &with_prefix, "ok"),
    ];
    for case in &mut cases {
        let kept = good.kept.iter().map(|item| json!([item.what, item.until]));
        let kept: Vec<Value> = kept.collect();
        let subject = match case.name {
            "dependant-p256" => &child,
            _ => &owner,
        };
        case.content = Some(json!({
            "subject": subject, "citizenId": good.citizen_id, "erasedAt": NOW - 5,
            "revokedCredentials": 1, "kept": kept,
        }));
    }
    let altered = |change: &dyn Fn(&mut Value)| {
        let mut value = serde_json::to_value(&good).expect("JSON");
        change(&mut value);
        value
    };
    let of_tomorrow = altered(&|it| it["ofTomorrow"] = json!({"more": true}));
    let no_key = altered(&|it| it["deviceKey"] = json!("AAAA"));
    let no_subject = altered(&|it| it["subject"] = json!("Owner"));
    let other_text = altered(&|it| {
        let text = good.request.replace("health.example", "other.example");
        it["request"] = json!(text);
    });
    let other_key = altered(&|it| {
        let key = SoftwareEd25519::from_seed(&[6; 32])
            .public_key()
            .expect("a key");
        it["deviceKey"] = json!(BASE64URL_NOPAD.encode(key.as_bytes()));
    });
    let of_another = altered(&|it| it["subject"] = json!(child.as_str()));
    let get = receipt(&ed25519, "GET", &owner.path(), &owner);
    let below = receipt(&ed25519, ERASE_METHOD, &owner.path_below("state"), &owner);
    cases.extend([
        case("member-of-tomorrow", key, &of_tomorrow, "ok"),
        case(
            "not-a-receipt",
            key,
            &json!({}),
            "erasure_receipt_malformed",
        ),
        case("no-key", key, &no_key, "erasure_receipt_malformed"),
        case("no-subject", key, &no_subject, "erasure_receipt_malformed"),
        case(
            "other-text",
            key,
            &other_text,
            "erasure_device_signature_wrong",
        ),
        case(
            "other-key",
            key,
            &other_key,
            "erasure_device_signature_wrong",
        ),
        case("of-another-subject", key, &of_another, "erasure_not_asked"),
        case("another-method", key, &get, "erasure_not_asked"),
        case("something-below", key, &below, "erasure_not_asked"),
        case(
            "signed-by-a-stranger",
            &SigningKey::from_bytes(&[9; 32]),
            &good,
            "bundle_signer_unknown",
        ),
    ]);
    cases
}

fn receipt(
    device: &dyn DeviceSigner,
    method: &str,
    path: &str,
    subject: &SubjectId,
) -> ErasureReceipt {
    let key = device.public_key().expect("a key");
    let parts = RequestParts {
        method,
        authority: "health.example",
        path,
        query: "",
        body: b"",
    };
    let sign = |message: &[u8]| device.sign(message);
    let nonce = "ZXJhc2UtdGhpcy1vd25lcg";
    let signed = sign_request(&parts, nonce, NOW - 60, &key, &sign).expect("signed");
    let verifier = SignatureVerifier::parse(
        &parts,
        &signed.content_digest,
        &signed.signature_input,
        &signed.signature,
    )
    .expect("well-formed");
    let citizen = "5f0c2b7e-0000-4000-8000-000000000001".to_owned();
    ErasureReceipt {
        revoked_credentials: 1,
        kept: vec![KeptItem {
            what: "revoked-credentials".to_owned(),
            until: NOW + 7 * 86_400,
            text: LocalizedText::new("Places in the status list.", "状态列表中的位置。"),
        }],
        ..ErasureReceipt::answering(&verifier, &key, citizen, subject.clone(), NOW - 5)
    }
}

fn case(
    name: &'static str,
    key: &SigningKey,
    content: &impl Serialize,
    expect: &'static str,
) -> Case {
    let payload = serde_json::to_vec(content).expect("JSON");
    let signed = sign_bundle(ERASURE_TYPE, Some(NOW - 5), &payload, key).expect("within the cap");
    Case {
        name,
        receipt: HEXLOWER.encode(&signed),
        expect,
        content: None,
    }
}
