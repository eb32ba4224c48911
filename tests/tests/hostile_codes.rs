//! Codes that an attacker would try: every altered byte, every altered character, anything at all.

use health_code_core::code::{Checkpoint, Refusal, Verdict, read_code, read_credential};
use health_code_core::testing::nation::Nation;
use health_code_tests::forge::{DeviceKey, Forgery, text};
use health_code_tests::vectors::{NOW, Vectors};
use proptest::prelude::*;

const CHARACTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

fn codes(nation: &Nation) -> Vec<Forgery> {
    let bound = |code: Forgery| code.with(|code| code.audience = Some("HZ-00042".to_owned()));
    [DeviceKey::p256([7; 32]), DeviceKey::ed25519([7; 32])]
        .into_iter()
        .map(|device| Forgery::new(&nation.hangzhou, device, NOW))
        .flat_map(|code| [code.clone(), bound(code)])
        .collect()
}

fn checkpoint(nation: &Nation) -> Checkpoint {
    Checkpoint::new(nation.trust.clone(), Some("HZ-00042".to_owned()), None)
}

fn assert_refused(verdict: &Verdict, what: &str) {
    assert!(!verdict.accepted, "{what}");
    // Whatever was altered is covered by a signature or by the form: nothing is ever believed after it.
    let refusal = verdict.refusal.expect("refused");
    assert!(
        refusal <= Refusal::PresentationSignature,
        "{what}: {refusal}"
    );
    assert_eq!(
        (verdict.colour, &verdict.masked_name),
        (None, &None),
        "{what}"
    );
}

#[test]
fn every_flipped_bit_of_every_byte_is_refused() {
    let nation = Nation::at(NOW);
    let checkpoint = checkpoint(&nation);
    for code in codes(&nation) {
        let good = code.bytes();
        for place in 0..good.len() {
            for bit in 0..8 {
                let mut altered = good.clone();
                altered[place] ^= 1 << bit;
                let verdict = checkpoint.check(&text(&altered), NOW + 5);
                assert_refused(&verdict, &format!("byte {place} bit {bit}"));
            }
        }
        assert!(checkpoint.check(&code.text(), NOW + 5).accepted);
    }
}

#[test]
fn every_other_character_in_every_place_is_refused() {
    let nation = Nation::at(NOW);
    let checkpoint = checkpoint(&nation);
    let code = codes(&nation).remove(0).text();
    for place in 0..code.len() {
        // Two neighbours and two from afar: all 44 would take a minute and tell no more.
        let found = CHARACTERS.find(&code[place..=place]).unwrap();
        for step in [1, 44, 13, 29] {
            let other = (found + step) % 45;
            let altered = format!(
                "{}{}{}",
                &code[..place],
                &CHARACTERS[other..=other],
                &code[place + 1..]
            );
            assert_refused(
                &checkpoint.check(&altered, NOW + 5),
                &format!("character {place}"),
            );
        }
        let missing = format!("{}{}", &code[..place], &code[place + 1..]);
        assert_refused(
            &checkpoint.check(&missing, NOW + 5),
            &format!("without character {place}"),
        );
        assert_refused(
            &checkpoint.check(&code[..place], NOW + 5),
            &format!("cut at {place}"),
        );
        let doubled = format!("{}{}", &code[..=place], &code[place..]);
        assert_refused(
            &checkpoint.check(&doubled, NOW + 5),
            &format!("character {place} twice"),
        );
    }
    assert!(checkpoint.check(&code, NOW + 5).accepted);
}

#[test]
fn parts_of_two_codes_do_not_fit_together() {
    let nation = Nation::at(NOW);
    let mine = Forgery::new(&nation.hangzhou, DeviceKey::p256([7; 32]), NOW);
    let yours = Forgery::new(&nation.hangzhou, DeviceKey::p256([8; 32]), NOW)
        .with(|code| code.scope.masked_name = "王*".as_bytes().to_vec());
    let later = mine.with(|code| code.issued_at += 1);
    let checkpoint = checkpoint(&nation);
    let signature = |code: &Forgery| code.bytes()[code.bytes().len() - 64..].to_vec();
    for (what, bytes) in [
        (
            "yours with my signature",
            yours.bytes_with(&signature(&mine)),
        ),
        (
            "later with the earlier signature",
            later.bytes_with(&signature(&mine)),
        ),
        (
            "my credential on your phone",
            mine.with(|code| code.device = yours.device.clone()).bytes(),
        ),
    ] {
        assert_refused(&checkpoint.check(&text(&bytes), NOW + 5), what);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused_without_panic(code in "\\PC{0,600}", prefix in any::<bool>()) {
        let code = if prefix { format!("JKM1:{code}") } else { code };
        prop_assert!(read_code(&code).is_err());
    }

    #[test]
    fn any_base45_is_refused_without_panic(body in "[0-9A-Z $%*+./:-]{0,510}") {
        let code = format!("JKM1:{body}");
        prop_assert!(read_code(&code).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read_code(&text(&bytes)).is_err());
        prop_assert!(read_credential(&bytes).is_err());
    }

    /// A code read and written again is the same code; one with a few altered bytes is not read as the first.
    #[test]
    fn almost_codes_are_read_as_what_they_are(
        name in "[a-zA-Z\u{4e00}-\u{9fff}*]{1,8}",
        tail in "[0-9A-Z*]{4}",
        flags in (0_u8..3, 0_u8..3, 0_u8..3, 0_u8..2),
        reason in 0_u8..16,
        lifetime in 16_u8..=96,
        index in 0_u32..1 << 24,
        version in any::<u16>(),
        altered in proptest::collection::vec((0_usize..230, any::<u8>()), 0..3),
    ) {
        let nation = Nation::at(NOW);
        let code = Forgery::new(&nation.hangzhou, DeviceKey::ed25519([7; 32]), NOW).with(|code| {
            code.scope.flags = flags.0 | flags.1 << 2 | flags.2 << 4 | flags.3 << 6;
            code.scope.reason = reason;
            code.scope.lifetime_quarter_hours = lifetime;
            code.scope.status_index = index;
            code.scope.rule_set_version = version;
            code.scope.document_tail = tail.clone().into_bytes();
            code.scope.masked_name = name.clone().into_bytes();
        });
        let good = code.bytes();
        let read = read_code(&text(&good)).unwrap();
        prop_assert_eq!(&read.credential.masked_name, &name);
        prop_assert_eq!(&read.credential.document_tail, &tail);
        prop_assert_eq!((read.credential.status_index, read.credential.rule_set_version), (index, version));
        prop_assert_eq!(read.credential.reason.number(), reason);
        prop_assert_eq!(read.credential.issued_at(), read.credential.expires_at - 900 * i64::from(lifetime));
        let again = health_code_core::code::issue_credential(&read.credential, &nation.hangzhou).unwrap();
        prop_assert_eq!(again, code.credential());

        let mut bytes = good.clone();
        for (place, value) in altered {
            let place = place % bytes.len();
            bytes[place] = value;
        }
        if bytes != good {
            let checkpoint = Checkpoint::new(nation.trust, None, None);
            prop_assert!(!checkpoint.check(&text(&bytes), NOW).accepted);
        }
    }
}

#[test]
fn every_vector_cut_anywhere_is_refused() {
    for vector in &Vectors::committed().valid {
        // What a scanner put after it may be missing.
        let text = vector.text.trim_end_matches(['\r', '\n', '\t']);
        for end in 0..text.len() {
            assert!(
                read_code(&text[..end]).is_err(),
                "{} cut at {end}",
                vector.name
            );
        }
    }
}
