//! Answers that come through whole but must not be believed.

use super::{BundleKind, CITIZEN_ID, Colour, NOON_MS, OWNER, Reason, SyncResult, World};

use crate::trust::SoftwareEd25519;

use crate::ports::DeviceSigner;

use crate::testing::memory_authority::Tamper;

use crate::testing::nation::sample_claims;

const NOON: i64 = NOON_MS / 1000;

#[test]
fn states_that_do_not_verify_are_refused_and_the_old_one_stays() {
    let world = World::settled();
    let before = world.engine.state(&OWNER).unwrap();
    let red_receipt = |citizen: &str| {
        world
            .authority
            .receipt(citizen, Colour::Red, Reason::Confirmed, NOON)
    };
    let other_key = SoftwareEd25519::from_seed(&[99; 32]).public_key().unwrap();
    let other_device = data_encoding::BASE64URL_NOPAD.encode(
        &world
            .authority
            .nation
            .issue(&sample_claims(other_key, NOON)),
    );
    let others = red_receipt("5f0c2b7e-0000-4000-8000-000000000002");
    let ours_red = red_receipt(CITIZEN_ID);
    let mut expired = sample_claims(world.signer.public_key().unwrap(), NOON);
    expired.expires_at = NOON - 1;
    let expired = data_encoding::BASE64URL_NOPAD.encode(&world.authority.nation.issue(&expired));
    let flip = |text: &str| {
        let mut bytes = data_encoding::BASE64URL_NOPAD
            .decode(text.as_bytes())
            .unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        data_encoding::BASE64URL_NOPAD.encode(&bytes)
    };

    let table: Vec<(&str, Box<Tamper>, &str)> = vec![
        (
            "somebody else's receipt",
            Box::new(move |state| state.receipt = Some(others.clone())),
            "sync_receipt_of_other_citizen",
        ),
        (
            "a receipt that tells another colour than the code",
            Box::new(move |state| state.receipt = Some(ours_red.clone())),
            "sync_state_contradicts_itself",
        ),
        (
            "an altered receipt",
            Box::new(move |state| state.receipt = state.receipt.as_deref().map(flip)),
            "bundle_signature_wrong",
        ),
        (
            "an altered credential",
            Box::new(move |state| state.credential = state.credential.as_deref().map(flip)),
            "credential_signature_wrong",
        ),
        (
            "another device's credential",
            Box::new(move |state| state.credential = Some(other_device.clone())),
            "sync_credential_of_other_device",
        ),
        (
            "an expired credential",
            Box::new(move |state| state.credential = Some(expired.clone())),
            "credential_expired",
        ),
        (
            "no base64url",
            Box::new(|state| state.credential = Some("a+/=".into())),
            "sync_answer_malformed",
        ),
        (
            "a receipt in the credential's place",
            Box::new(|state| state.credential.clone_from(&state.receipt)),
            "code_too_long",
        ),
    ];
    for (name, tamper, code) in table {
        world.authority.tamper(Some(tamper));
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused, "{name}");
        assert_eq!(outcome.problem.as_deref(), Some(code), "{name}");
        assert!(!outcome.state_changed, "{name}");
        let after = world.engine.state(&OWNER).unwrap();
        assert_eq!(after, before, "{name}");
    }
    // Nor was the refused answer's ETag kept: the genuine state of the same revision comes through.
    world.authority.tamper(None);
    world.authority.decide(Colour::Yellow, Reason::CloseContact);
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(world.colour(), Some(Colour::Yellow));
}

/// Of an answer with one bad part the other counts: a red receipt is not held back by a bad credential, nor a new code by
/// a receipt of a revoked key; what is held stays only where it tells the same colour.
#[test]
fn one_bad_part_does_not_refuse_the_other() {
    fn flip(text: &mut Option<String>) {
        let encoding = data_encoding::BASE64URL_NOPAD;
        let mut bytes = encoding
            .decode(text.as_deref().unwrap().as_bytes())
            .unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        *text = Some(encoding.encode(&bytes));
    }
    for (colour, is_receipt_bad, keeps_other) in [
        (Colour::Green, true, true),
        (Colour::Green, false, true),
        (Colour::Red, true, false),
        (Colour::Red, false, false),
    ] {
        let world = World::settled();
        let before = world.engine.state(&OWNER).unwrap();
        let reason = match colour {
            Colour::Green => Reason::Clear,
            _ => Reason::Confirmed,
        };
        world.truth.advance_ms(60_000);
        world.clock.advance_ms(60_000);
        world.authority.decide(colour, reason);
        world.authority.tamper(Some(Box::new(move |state| {
            flip(if is_receipt_bad {
                &mut state.receipt
            } else {
                &mut state.credential
            });
        })));
        let outcome = world.sync();
        assert_eq!(outcome.result, SyncResult::AnswerRefused);
        let after = world.engine.state(&OWNER).unwrap();
        let receipts = (after.receipt, before.receipt);
        let credentials = (after.credential, before.credential);
        let (good, other) = if is_receipt_bad {
            (credentials, receipts)
        } else {
            (receipts, credentials)
        };
        let ((good, good_before), (other, other_before)) = (good, other);
        assert!(
            good.is_some() && good != good_before,
            "{colour:?} {is_receipt_bad}"
        );
        let expected = other_before.filter(|_| keeps_other);
        assert_eq!(other, expected, "{colour:?} {is_receipt_bad}");
        // The next answer is asked for whole, and is.
        world.authority.tamper(None);
        assert_eq!(world.sync().result, SyncResult::Synced);
        assert_eq!(world.colour(), Some(colour));
        assert!(world.engine.state(&OWNER).unwrap().credential.is_some());
    }
}

/// An authority's clock that was 40 days ahead for one sync: the phone asks for a code that counts at the next.
#[test]
fn a_credential_that_does_not_count_yet_is_asked_for_anew() {
    let world = World::settled();
    let ahead = NOON + 40 * 24 * 3600;
    world.truth.set_wall_ms(ahead * 1_000);
    world.authority.decide(Colour::Green, Reason::Clear);
    assert_eq!(world.sync().result, SyncResult::Synced);
    world.truth.set_wall_ms(NOON_MS);
    // The same state by its ETag: only a phone that wants the whole answer gets the credential of now.
    let claims = sample_claims(world.signer.public_key().unwrap(), NOON);
    let credential = data_encoding::BASE64URL_NOPAD.encode(&world.authority.nation.issue(&claims));
    let receipt = world
        .authority
        .receipt(CITIZEN_ID, Colour::Green, Reason::Clear, NOON);
    world.authority.tamper(Some(Box::new(move |state| {
        state.credential = Some(credential.clone());
        state.receipt = Some(receipt.clone());
    })));
    assert_eq!(world.sync().result, SyncResult::Synced);
    assert_eq!(world.engine.trusted_now().at_secs(), NOON);
    let held = world.engine.state(&OWNER).unwrap().credential.unwrap();
    let trust = &world.authority.nation.trust;
    assert!(crate::code::verify_credential(&held, trust, NOON).is_ok());
}

#[test]
fn a_state_without_a_code_takes_the_code_away() {
    let world = World::settled();
    world.authority.tamper(Some(Box::new(|state| {
        state.credential = None;
    })));
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced);
    assert!(outcome.state_changed);
    assert_eq!(world.engine.state(&OWNER).unwrap().credential, None);
    assert!(world.engine.state(&OWNER).unwrap().receipt.is_some());
}

#[test]
fn a_state_signed_by_a_new_key_brings_the_new_trust_bundle_in() {
    // The authority turned to a new key and says so in a newer trust bundle; the phone learns of it from the
    // state that it cannot verify, and asks again.
    let world = World::settled();
    let new_key = ed25519_dalek::SigningKey::from_bytes(&[55; 32]);
    let mut trust = world.authority.nation.trust.clone();
    trust.version = 8;
    let mut key = trust.regions[0].keys[0].clone();
    key.public_key = new_key.verifying_key().to_bytes();
    trust.regions[0].keys.push(key);
    let trust = trust.sign(&world.authority.nation.root).unwrap();
    world.authority.publish(&BundleKind::TRUST, "", 8, &trust);
    let claims = sample_claims(world.signer.public_key().unwrap(), NOON);
    let credential = crate::code::issue_credential(&claims, &new_key).unwrap();
    let credential = data_encoding::BASE64URL_NOPAD.encode(&credential);
    world.authority.tamper(Some(Box::new(move |state| {
        state.credential = Some(credential.clone());
    })));
    let outcome = world.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.state_changed);
    let lines = world.transport.take_sent_lines();
    assert_eq!(lines.first(), lines.last());
}
