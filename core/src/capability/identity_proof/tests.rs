//! Codes as people type them, and what is published, of today and of tomorrow.

use serde_json::{Value, json};

use super::{
    ActivationCode, ActivationCodeError, ActivationCodeReview, IdentityPolicyError, IdentityProofs,
    ProofKind, UnprovenAssurance,
};
use crate::testing::entropy::FixedEntropy;
use crate::words::LanguageTag;

fn code(seed: u8) -> ActivationCode {
    ActivationCode::generate(&FixedEntropy::new(seed.into())).expect("a code")
}

#[test]
fn every_wrong_character_and_every_two_that_changed_places_are_told() {
    let used: Vec<char> = "34679ACDEFGHJKMNPRTUWXY".chars().collect();
    for seed in 0..20 {
        let code = code(seed);
        assert_eq!(ActivationCode::parse(code.as_str()).as_ref(), Ok(&code));
        let right: Vec<char> = code.as_str().chars().collect();
        assert_eq!(right.len(), 16);
        let parse =
            |typed: &[char]| ActivationCode::parse(&typed.iter().collect::<String>()).map(|_| ());
        for place in 0..16 {
            for other in used.iter().filter(|one| **one != right[place]) {
                let mut typed = right.clone();
                typed[place] = *other;
                assert_eq!(parse(&typed), Err(ActivationCodeError::Mistyped));
            }
            for second in 0..place {
                let mut typed = right.clone();
                typed.swap(place, second);
                let is_same = right[place] == right[second];
                assert_eq!(parse(&typed).is_ok(), is_same, "{place} {second}");
            }
        }
    }
}

#[test]
fn a_code_is_read_however_it_is_typed_or_scanned() {
    let code = code(1);
    let grouped = code.in_groups();
    assert_eq!(grouped.len(), 19);
    let wide: String = code
        .as_str()
        .chars()
        .map(|one| char::from_u32(u32::from(one) + 0xfee0).expect("wide"))
        .collect();
    for typed in [
        grouped.clone(),
        grouped.to_lowercase(),
        grouped.replace('-', " "),
        grouped.replace('-', "－"),
        format!("\u{202d} {wide}\u{202c}\n"),
        code.to_scan(),
    ] {
        assert_eq!(ActivationCode::parse(&typed).as_ref(), Ok(&code), "{typed}");
    }
    for (typed, error) in [
        (String::new(), ActivationCodeError::TooShort),
        (
            code.as_str()[..15].to_owned(),
            ActivationCodeError::TooShort,
        ),
        (format!("{grouped}A"), ActivationCodeError::TooLong),
        ("3".repeat(100_000), ActivationCodeError::TooLong),
        ("OOOO".to_owned(), ActivationCodeError::CharacterNotUsed),
        ("激活码".to_owned(), ActivationCodeError::CharacterNotUsed),
    ] {
        assert_eq!(ActivationCode::parse(&typed), Err(error));
    }
}

#[test]
fn a_review_says_what_is_missing_and_what_is_wrong() {
    let english = LanguageTag::new("en");
    let grouped = code(2).in_groups();
    let review = |typed: &str| ActivationCodeReview::new(typed, &english);
    let whole = review(&grouped.to_lowercase());
    assert!(whole.is_complete && whole.error.is_none() && whole.message.is_empty());
    assert_eq!(whole.text, grouped);
    let part = review(&grouped[..6]);
    assert!(!part.is_complete && part.error.is_none());
    // A number stands between marks of direction.
    assert_eq!(part.message, "\u{2068}11\u{2069} characters are missing");
    let last = review(&grouped[..18]);
    assert_eq!(last.message, "One character is missing");
    let wrong = review("OOO");
    assert_eq!(wrong.error, Some(ActivationCodeError::CharacterNotUsed));
    assert!(!wrong.message.is_empty() && wrong.text == "OOO");
}

fn published() -> Value {
    let name = json!({"en": "Login", "zh": "登录"});
    json!({
        "id": "identity-proofs", "version": 2, "unproven": {"code": false, "assurance": "device"},
        "ways": [
            {"kind": "activation_code", "text": name, "phone": "12345"},
            {"kind": "oidc", "name": name, "issuer": "https://login.example.org", "clientId": "c"},
        ],
    })
}

fn read(content: &Value) -> Result<IdentityProofs, IdentityPolicyError> {
    IdentityProofs::read(content.to_string().as_bytes())
}

#[test]
fn what_is_published_reads_back() {
    let policy = read(&published()).expect("read");
    policy.check().expect("allowed");
    assert!(policy.takes(ProofKind::Oidc) && !policy.takes(ProofKind::None));
    assert!(!policy.unproven.code);
    assert_eq!(policy.unproven.assurance, UnprovenAssurance::Device);
    let again = serde_json::to_value(&policy).expect("JSON");
    assert_eq!(again, published());
}

#[test]
fn ways_of_tomorrow_are_passed_over_and_what_restricts_is_taken_for_the_stricter() {
    let mut tomorrow = published();
    let ways = tomorrow["ways"].as_array_mut().expect("ways");
    ways.insert(0, json!({"kind": "palm_print", "sensor": 7}));
    ways.push(json!({"kind": "host_assertion", "issuer": 5}));
    ways.push(json!("none"));
    ways[1]["colourOfTheDesk"] = json!("blue");
    tomorrow["unproven"] = json!({"code": true, "assurance": "of_tomorrow"});
    tomorrow["since"] = json!(1);
    let policy = read(&tomorrow).expect("read");
    let kinds: Vec<_> = policy.ways.iter().map(|way| way.kind).collect();
    assert_eq!(kinds, [ProofKind::ActivationCode, ProofKind::Oidc]);
    assert_eq!(policy.unproven.assurance, UnprovenAssurance::Paper);
    for rubbish in [json!([]), json!({"id": "x", "version": 1}), json!(null)] {
        assert_eq!(read(&rubbish).err(), Some(IdentityPolicyError::Malformed));
    }
    let mut many = published();
    many["ways"] = json!(vec![json!({"kind": "none"}); 1_000]);
    assert_eq!(read(&many).expect("read").ways.len(), 32);
}

#[test]
fn an_authority_publishes_nothing_that_a_phone_would_leave_out() {
    let refused = |change: &dyn Fn(&mut IdentityProofs)| {
        let mut policy = read(&published()).expect("read");
        change(&mut policy);
        policy.check().err()
    };
    let value = Some(IdentityPolicyError::ValueInvalid);
    assert_eq!(refused(&|policy| policy.version = 0), value);
    assert_eq!(refused(&|policy| policy.ways[1].issuer = None), value);
    assert_eq!(
        refused(&|policy| policy.ways[0].scope = Some("a".into())),
        value
    );
    assert_eq!(
        refused(&|policy| policy.ways[0].phone = Some("call".into())),
        value
    );
    let ways = Some(IdentityPolicyError::WaysInvalid);
    assert_eq!(refused(&|policy| policy.ways.clear()), ways);
    let twice = |policy: &mut IdentityProofs| policy.ways.push(policy.ways[0].clone());
    assert_eq!(refused(&twice), ways);
}
