//! A desk's codes, listed and struck off.

use health_code_authority::{CodeAct, CodeOrder};
use health_code_core::capability::identity_proof::OwnProofState;
use health_code_tests::phone::resident_id;
use serde_json::json;

use super::{both, code, codes, own, phone, policy, refused, town};

#[test]
fn a_desk_lists_and_strikes_off_its_codes_and_they_end() {
    let ways = json!([{"kind": "activation_code", "days": 3}]);
    let town = town(&policy(1, true, &ways));
    let phone = phone(&town, "phone");
    let struck = town.activation_code(&resident_id("001"));
    let id = codes(&town)[0].id.clone();
    let strike = || {
        town.desk(|order| CodeOrder {
            act: CodeAct::StrikeOff,
            code_id: Some(id.clone()),
            ..order
        })
    };
    assert_eq!(strike().status, 200);
    assert_eq!(codes(&town)[0].state, "struck_off");
    let refusal = |detail| both("identity_proof_refused", detail);
    let outcome = code(&phone, "001", &struck);
    assert_eq!(refused(&outcome), refusal("identity_proof_code_struck_off"));

    let late = town.activation_code(&resident_id("001"));
    // Until the third day is over: the sheet names the day.
    town.clock.advance_ms(3 * 86_400_000);
    assert_eq!(codes(&town)[0].state, "open");
    town.clock.advance_ms(14 * 3_600_000);
    phone.clock.advance_ms((3 * 24 + 14) * 3_600_000);
    let outcome = code(&phone, "001", &late);
    assert_eq!(refused(&outcome), refusal("identity_proof_code_expired"));
    assert_eq!(codes(&town)[0].state, "expired");

    let good = town.activation_code(&resident_id("001"));
    // Two phones at once: one of them has it.
    let second = self::phone(&town, "second");
    let outcomes = std::thread::scope(|scope| {
        let one = scope.spawn(|| code(&phone, "001", &good));
        let two = scope.spawn(|| code(&second, "001", &good));
        [one.join().expect("one"), two.join().expect("two")]
    });
    let taken = outcomes.iter().filter(|it| it.uploads_refused.is_empty());
    assert_eq!(taken.count(), 1, "{outcomes:?}");
    let states = [own(&phone), own(&second)];
    assert!(states.contains(&OwnProofState::Proven) && states.contains(&OwnProofState::Refused));
    // An officer who is not enrolled, a longer life than policy gives, a code that there is no more.
    let too_long = town.desk(|order| CodeOrder {
        act: CodeAct::Make,
        document_kind: Some("resident_id".to_owned()),
        document_number: Some(resident_id("004")),
        code_sha256: Some("00".repeat(32)),
        days: Some(4),
        ..order
    });
    assert_eq!(too_long.status, 422);
    let unknown = town.desk(|order| CodeOrder {
        act: CodeAct::StrikeOff,
        code_id: Some("00".repeat(16)),
        ..order
    });
    assert_eq!(unknown.status, 422);
}
