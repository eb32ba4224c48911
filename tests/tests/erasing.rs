//! Erasing, end to end: a phone that leaves over TLS, comes back, and what a checkpoint makes of the code it had.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::citizen::{CONSENT_VERSION, CitizenFault, ErasureState, Stage};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::DeviceSigner;
use health_code_core::sync::SyncResult;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::trust::TrustBundle;
use health_code_core::wire::{BundleKind, SubjectId, open_erasure_receipt};
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;

const OWNER: SubjectId = SubjectId::OWNER;

#[test]
fn a_citizen_leaves_and_comes_back() {
    for hardware in [false, true] {
        let town = Town::new();
        let signer = || -> Option<Arc<dyn DeviceSigner>> {
            hardware.then(|| Arc::new(SoftwareP256::from_seed(&[3; 32])) as Arc<_>)
        };
        let clock = Arc::new(FixedClock::new(town.now() * 1_000));
        let phone = Phone::with(&town, "phone", signer(), clock);
        phone.turn_green(&town);
        let code = phone.health_code.current_code().expect("a code");
        let citizen = phone
            .health_code
            .home()
            .expect("a view")
            .colour
            .expect("a colour");
        town.change_colour(
            &citizen.citizen_id,
            Colour::Yellow,
            Reason::CloseContact,
            "",
        );
        phone.sync();
        let yellow = phone.health_code.current_code().expect("a code");
        let checkpoint = phone.checkpoint(&town);
        assert!(!checkpoint.check(&code.text, town.now()).accepted);

        phone.health_code.erase(&OWNER).expect("erased");
        assert_eq!(
            phone.health_code.home().expect("a view").stage,
            Stage::NotRegistered
        );
        let no_code = phone.health_code.current_code();
        assert_eq!(no_code, Err(CitizenFault::NoCode.into()));
        // The first answer gets lost.
        phone.line.lose_answers(1);
        assert_eq!(phone.sync().result, SyncResult::Offline);
        assert_eq!(phone.health_code.erasures()[0].state, ErasureState::Waiting);
        assert_eq!(phone.sync().result, SyncResult::Synced);
        let erased = phone.health_code.erasures().remove(0);
        assert_eq!(erased.state, ErasureState::Confirmed, "{erased:?}");

        // The receipt stands by itself: the trust bundle is all that is needed.
        let trust = phone.health_code.published_bundle(&BundleKind::TRUST, "");
        let trust = trust.expect("the store").expect("a bundle");
        let trust = TrustBundle::open(&trust, &town.root_key, town.now(), 0).expect("opens");
        let receipt = BASE64URL_NOPAD
            .decode(erased.receipt.expect("a receipt").as_bytes())
            .expect("base64url");
        let receipt = open_erasure_receipt(&receipt, &trust, town.now()).expect("both signatures");
        assert_eq!(receipt.citizen_id, citizen.citizen_id);
        let kept: Vec<_> = erased.kept.iter().map(|item| item.what.as_str()).collect();
        let expected = [
            "receipt",
            "device",
            "revoked-credentials",
            "order-in-force",
            "orders",
        ];
        assert_eq!(kept, expected);

        // The code that was shown before is refused from now on.
        let verdict = phone.checkpoint(&town).check(&yellow.text, town.now());
        assert_eq!(Some(verdict.reason), Some("credential_revoked"));

        // The same person, and in hardware the same key: somebody new, but for the officers' order.
        let answers = registration(&resident_id("001"));
        phone
            .health_code
            .register(&answers, CONSENT_VERSION)
            .expect("registered");
        phone.declare_well();
        let outcome = phone.sync();
        assert_eq!(
            (outcome.result, outcome.uploads_left),
            (SyncResult::Synced, 0),
            "{outcome:?}"
        );
        assert_eq!(phone.colour(), Colour::Yellow);
        let again = phone
            .health_code
            .home()
            .expect("a view")
            .colour
            .expect("a colour");
        assert_ne!(again.citizen_id, citizen.citizen_id);
        let code = phone.health_code.current_code().expect("a code");
        let verdict = phone.checkpoint(&town).check(&code.text, town.now());
        assert_eq!(verdict.reason, "colour_not_admitted");
    }
}

#[test]
fn a_phone_that_is_off_line_for_days_is_erased_all_the_same() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    town.stop();
    phone.health_code.erase(&OWNER).expect("erased");
    // The citizen registers anew at once, and the phone is started again in between.
    phone.register();
    drop(phone);
    let phone = Phone::new(&town, "phone");
    assert_ne!(phone.sync().result, SyncResult::Synced);
    assert_eq!(phone.health_code.erasures()[0].state, ErasureState::Waiting);
    phone.clock.advance_ms(3 * 86_400_000);
    town.clock.advance_ms(3 * 86_400_000);
    town.start();
    let outcome = phone.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    assert!(outcome.registered);
    let erasures = phone.health_code.erasures();
    assert_eq!(erasures[0].state, ErasureState::Confirmed);
    phone
        .health_code
        .forget_erasure(&erasures[0].id)
        .expect("forgotten");
    assert_eq!(
        phone.health_code.home().expect("a view").stage,
        Stage::AwaitingColour
    );
}
