//! Children whose keys are in the phone's hardware, where the owner's is.

use std::sync::Arc;

use health_code_core::capability::dependants::DependantState;
use health_code_core::code::{Assurance, read_code};
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::subject_keys::MemorySubjectKeys;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;

use super::{by_word, child, green_child, of, state, sync};

fn opened(town: &Town, chip: &MemorySubjectKeys, clock: &Arc<FixedClock>) -> Phone {
    let owner = Arc::new(SoftwareP256::from_seed(&[200; 32]));
    let keys = Arc::new(chip.clone());
    Phone::with_hardware(town, "mother", Some(owner), Some(keys), clock.clone())
}

#[test]
fn each_childs_codes_are_signed_in_hardware_by_keys_of_its_own() {
    let mut town = by_word();
    let chip = MemorySubjectKeys::with_room(2);
    let clock = Arc::new(FixedClock::new(town.now() * 1_000));
    let mother = opened(&town, &chip, &clock);
    mother.turn_green(&town);
    let [first, second, third] =
        ["N330106021", "N330106022", "N330106023"].map(|it| green_child(&mother, &child(it)));
    let view = mother.health_code.dependants().expect("a view").dependants;
    let hardware: Vec<_> = view.iter().map(|one| one.key_in_hardware).collect();
    assert_eq!(hardware, [true, true, false], "room for two");
    drop(mother);
    // The same after a restart, and the server is not asked.
    town.stop();
    let mother = opened(&town, &chip, &clock);
    let checkpoint = mother.checkpoint(&town);
    let mut keys = Vec::new();
    for (subject, assurance) in [
        (&first, Assurance::Hardware),
        (&second, Assurance::Hardware),
        (&third, Assurance::Software),
    ] {
        let code = of(&mother, subject).current_code().expect("a code");
        let verdict = checkpoint.check(&code.text, town.now());
        assert!(verdict.accepted, "{:?}", verdict.reason);
        assert_eq!(verdict.assurance, Some(assurance));
        keys.push(read_code(&code.text).expect("a code").credential.device_key);
    }
    let owner = mother.health_code.current_code().expect("a code");
    keys.push(
        read_code(&owner.text)
            .expect("a code")
            .credential
            .device_key,
    );
    for (place, key) in keys.iter().enumerate() {
        assert!(!keys[..place].contains(key), "nobody shares a key");
    }
    // Who goes leaves nothing, and the one who stays goes on.
    mother.health_code.erase(&first).expect("erased");
    assert_eq!(chip.aliases().len(), 1);
    assert!(of(&mother, &second).current_code().is_ok());
    drop(mother);
    // A host of before over the same data: the next sync brings codes for keys of the store.
    town.start();
    let device = Arc::new(SoftwareP256::from_seed(&[200; 32]));
    let mother = Phone::with(&town, "mother", Some(device), clock);
    assert!(of(&mother, &second).current_code().is_err());
    // What was issued within the last minute is not replaced.
    town.clock.advance_ms(120_000);
    mother.clock.advance_ms(120_000);
    sync(&mother);
    let code = of(&mother, &second).current_code().expect("a code");
    let verdict = mother.checkpoint(&town).check(&code.text, town.now());
    assert!(verdict.accepted, "{:?}", verdict.reason);
    assert_eq!(verdict.assurance, Some(Assurance::Software));
    assert_eq!(state(&mother, &second), DependantState::InCare);
}
