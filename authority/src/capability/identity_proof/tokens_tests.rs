//! Tokens of a real issuer's keys: good ones, and each way in which one can be wrong.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_core::capability::identity_proof::{
    IdentityPolicyError, IdentityProofError, ProofKind,
};
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::Identity;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::policy::ProofPolicy;
use super::tokens::{Claimed, is_same_name};

const NOW: i64 = 1_800_000_000;
const ISSUER: &str = "https://login.example.org";

fn b64(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

fn ed_key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn ed_jwk(id: &str, seed: u8) -> Value {
    let x = b64(ed_key(seed).verifying_key().as_bytes());
    json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "alg": "EdDSA", "use": "sig", "x": x})
}

fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", b64(header.to_string()), b64(claims.to_string()));
    let signature = b64(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

fn by_ed(seed: u8) -> impl Fn(&[u8]) -> Vec<u8> {
    move |message| ed_key(seed).sign(message).to_bytes().to_vec()
}

fn way(keys: &Value) -> Value {
    let name = json!({"en": "Login", "zh": "登录"});
    json!({
        "kind": "oidc", "name": name, "issuer": ISSUER, "clientId": "health-code",
        "jwks": {"keys": keys}, "maxAgeSecs": 600,
        "claims": {"name": "name", "documentNumber": "id_number", "fixedDocumentKind": "resident_id"},
    })
}

fn policy_of(ways: &Value) -> Result<ProofPolicy, IdentityPolicyError> {
    let file = json!({
        "version": 2, "unproven": {"code": true, "assurance": "paper"}, "ways": ways,
    });
    ProofPolicy::from_json(file.to_string().as_bytes())
}

fn device(seed: u8) -> DevicePublicKey {
    DevicePublicKey::Ed25519(ed_key(seed).verifying_key().to_bytes())
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "person-1", "aud": "health-code", "exp": NOW + 300, "iat": NOW - 10,
        "nonce": device(9).jwk_thumbprint(), "name": "王 小明", "id_number": "330106199001010013",
    })
}

fn identity() -> Identity {
    serde_json::from_value(json!({
        "name": "王小明", "sex": "1", "nationality": "CHN", "documentKind": "resident_id",
        "documentNumber": number(), "division": 330_106, "address": "文三路 1 号",
        "phone": "13800138000",
    }))
    .expect("an identity")
}

/// Seventeen digits with their check character.
fn number() -> String {
    let digits = "33010619900101001";
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(place, digit)| {
            (0..17 - place).fold(1, |weight, _| weight * 2 % 11) * u32::from(digit - b'0')
        })
        .sum();
    let check = char::from_digit((12 - sum % 11) % 11, 10).unwrap_or('X');
    format!("{digits}{check}")
}

fn check(policy: &ProofPolicy, token: &str, now: i64) -> Result<i64, IdentityProofError> {
    let identity = identity();
    let claimed = Claimed {
        identity: &identity,
        key: &device(9),
        now,
        skew_secs: 60,
    };
    let good = policy.check_token(ProofKind::Oidc, token, &claimed)?;
    assert_eq!(
        (good.issuer.as_str(), good.subject.as_str()),
        (ISSUER, "person-1")
    );
    Ok(good.issued_at)
}

fn with(change: &dyn Fn(&mut Value)) -> Value {
    let mut claims = claims();
    claims["id_number"] = json!(number());
    change(&mut claims);
    claims
}

type Change<'a> = &'a dyn Fn(&mut Value);

#[test]
fn a_token_is_for_one_audience_device_person_and_time() {
    let policy = policy_of(&json!([way(&json!([ed_jwk("a", 1)]))])).expect("a policy");
    let header = json!({"alg": "EdDSA", "kid": "a", "typ": "JWT"});
    let judged = |change: &dyn Fn(&mut Value), now| {
        check(&policy, &token(&header, &with(change), by_ed(1)), now)
    };
    assert_eq!(judged(&|_| {}, NOW), Ok(NOW - 10));
    assert_eq!(
        judged(&|it| it["aud"] = json!(["health-code"]), NOW),
        Ok(NOW - 10)
    );
    let azp = |it: &mut Value| {
        it["aud"] = json!(["health-code", "bank"]);
        it["azp"] = json!("health-code");
    };
    assert_eq!(judged(&azp, NOW), Ok(NOW - 10));
    // The issuer's clock is off by less than what is allowed, or by more.
    assert_eq!(judged(&|it| it["iat"] = json!(NOW + 60), NOW), Ok(NOW + 60));
    assert_eq!(judged(&|_| {}, NOW + 359), Ok(NOW - 10));
    let wrong: [(Change<'_>, i64, IdentityProofError); 17] = [
        (
            &|it| it["iat"] = json!(NOW + 61),
            NOW,
            IdentityProofError::NotYetValid,
        ),
        (
            &|it| it["nbf"] = json!(NOW + 61),
            NOW,
            IdentityProofError::NotYetValid,
        ),
        (&|_| {}, NOW + 360, IdentityProofError::Expired),
        (
            &|it| it["exp"] = json!(NOW + 99_999),
            NOW + 650,
            IdentityProofError::Expired,
        ),
        (
            &|it| it["exp"] = json!("never"),
            NOW,
            IdentityProofError::Unreadable,
        ),
        (
            &|it| it["exp"] = Value::Null,
            NOW,
            IdentityProofError::Unreadable,
        ),
        (
            &|it| it["iss"] = json!("https://other.example.org"),
            NOW,
            IdentityProofError::IssuerRefused,
        ),
        (
            &|it| it["iss"] = json!([ISSUER]),
            NOW,
            IdentityProofError::Unreadable,
        ),
        (
            &|it| it["aud"] = json!("bank"),
            NOW,
            IdentityProofError::WrongAudience,
        ),
        (
            &|it| it["aud"] = json!(["health-code", "bank"]),
            NOW,
            IdentityProofError::WrongAudience,
        ),
        (
            &|it| it["azp"] = json!("bank"),
            NOW,
            IdentityProofError::WrongAudience,
        ),
        (
            &|it| it["nonce"] = json!(device(8).jwk_thumbprint()),
            NOW,
            IdentityProofError::OtherDevice,
        ),
        (
            &|it| it["nonce"] = Value::Null,
            NOW,
            IdentityProofError::OtherDevice,
        ),
        (
            &|it| it["name"] = json!("王大明"),
            NOW,
            IdentityProofError::OtherPerson,
        ),
        (
            &|it| it["id_number"] = json!("E12345678"),
            NOW,
            IdentityProofError::OtherPerson,
        ),
        (
            &|it| it["id_number"] = Value::Null,
            NOW,
            IdentityProofError::OtherPerson,
        ),
        (
            &|it| it["sub"] = json!(""),
            NOW,
            IdentityProofError::Unreadable,
        ),
    ];
    for (place, (change, now, error)) in wrong.into_iter().enumerate() {
        assert_eq!(judged(change, now), Err(error), "{place}");
    }
}

#[test]
fn old_and_new_keys_count_side_by_side_and_no_algorithm_but_the_key_s_own() {
    let rotating = policy_of(&json!([way(&json!([ed_jwk("old", 1), ed_jwk("new", 2)]))]));
    let rotating = rotating.expect("a policy");
    let claims = with(&|_| {});
    let sign = |header: Value, seed| token(&header, &claims, by_ed(seed));
    let old = sign(json!({"alg": "EdDSA", "kid": "old"}), 1);
    let new = sign(json!({"alg": "EdDSA", "kid": "new"}), 2);
    for good in [&old, &new] {
        assert_eq!(check(&rotating, good, NOW), Ok(NOW - 10));
    }
    let rotated = policy_of(&json!([way(&json!([ed_jwk("new", 2)]))])).expect("a policy");
    assert_eq!(
        check(&rotated, &old, NOW),
        Err(IdentityProofError::IssuerRefused)
    );
    assert_eq!(check(&rotated, &new, NOW), Ok(NOW - 10));

    // A shared secret that is the public key, no signature, another's key, an unknown key, what must be understood.
    let public = ed_key(1).verifying_key().to_bytes();
    let hmac = |message: &[u8]| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &public);
        ring::hmac::sign(&key, message).as_ref().to_vec()
    };
    let refused = [
        token(&json!({"alg": "HS256", "kid": "old"}), &claims, hmac),
        sign(json!({"alg": "EdDSA", "kid": "old"}), 2),
        sign(json!({"alg": "ES256", "kid": "old"}), 1),
        sign(json!({"alg": "EdDSA", "kid": "older"}), 1),
        sign(json!({"alg": "EdDSA"}), 1),
        format!("{}x", &old[..old.len() - 1]),
    ];
    for (place, token) in refused.iter().enumerate() {
        let judged = check(&rotating, token, NOW);
        assert_eq!(judged, Err(IdentityProofError::IssuerRefused), "{place}");
    }
    let unreadable = [
        token(&json!({"alg": "none"}), &claims, |_| Vec::new()),
        sign(
            json!({"alg": "EdDSA", "kid": "old", "crit": ["b64"], "b64": false}),
            1,
        ),
        sign(json!({"alg": "none", "kid": "old"}), 1),
        old.replacen('.', "..", 1),
        "a.b.c".to_owned(),
        String::new(),
    ];
    for (place, token) in unreadable.iter().enumerate() {
        let judged = check(&rotating, token, NOW);
        assert_eq!(judged, Err(IdentityProofError::Unreadable), "{place}");
    }
}

#[test]
fn keys_of_other_kinds_verify_too() {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).expect("a key");
    let point = pair.public_key().as_ref();
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "kid": "p", "x": b64(&point[1..33]), "y": b64(&point[33..]),
    });
    let policy = policy_of(&json!([way(&json!([jwk]))])).expect("a policy");
    let sign = |message: &[u8]| {
        pair.sign(&random, message)
            .expect("signed")
            .as_ref()
            .to_vec()
    };
    let claims = with(&|_| {});
    let good = token(&json!({"alg": "ES256", "kid": "p"}), &claims, sign);
    assert_eq!(check(&policy, &good, NOW), Ok(NOW - 10));
    let refused = Err(IdentityProofError::IssuerRefused);
    let short = token(&json!({"alg": "ES256", "kid": "p"}), &claims, |_| {
        vec![1; 63]
    });
    assert_eq!(check(&policy, &short, NOW), refused);
}

#[test]
fn a_policy_that_would_let_in_the_wrong_ones_is_refused_at_the_start() {
    let keys = json!([ed_jwk("a", 1)]);
    let refused = |ways: Value| policy_of(&ways).err();
    let secret = json!([{"kty": "oct", "kid": "a", "alg": "HS256", "k": b64("secret")}]);
    let with_keys = |keys: Value| refused(json!([way(&keys)]));
    let invalid = Some(IdentityPolicyError::KeysInvalid);
    for keys in [
        secret,
        json!([]),
        json!("keys"),
        json!([ed_jwk("a", 1), ed_jwk("a", 2)]),
        json!([{"kty": "OKP", "crv": "Ed25519", "use": "enc", "x": b64([1; 32])}]),
        json!([{"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}]),
    ] {
        assert_eq!(with_keys(keys.clone()), invalid, "{keys}");
    }
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut way = way(&keys);
        change(&mut way);
        refused(json!([way]))
    };
    let value = Some(IdentityPolicyError::ValueInvalid);
    assert_eq!(changed(&|it| it["claims"] = json!({"name": "name"})), value);
    assert_eq!(changed(&|it| it["maxAgeSecs"] = json!(10)), value);
    assert_eq!(
        changed(&|it| it["issuer"] = Value::Null),
        Some(IdentityPolicyError::Malformed)
    );
    assert_eq!(
        changed(&|it| it["leeway"] = json!(10)),
        Some(IdentityPolicyError::Malformed)
    );
    assert_eq!(
        refused(json!([{"kind": "activation_code", "days": 0}])),
        value
    );
    assert_eq!(refused(json!([{"kind": "none", "days": 3}])), value);
    assert_eq!(refused(json!([])), Some(IdentityPolicyError::WaysInvalid));
    let policy = policy_of(&json!([way(&keys)])).expect("a policy");
    let published = String::from_utf8(policy.content()).expect("text");
    assert!(
        !published.contains("jwks") && !published.contains("id_number"),
        "{published}"
    );
}

#[test]
fn names_are_compared_as_people_write_them() {
    assert!(is_same_name("Ａli Al-Hasan", "ali alhasan"));
    assert!(is_same_name("迪丽·热巴", "迪丽热巴"));
    assert!(!is_same_name("王小明", "王晓明"));
    assert!(!is_same_name("·", " "));
}
