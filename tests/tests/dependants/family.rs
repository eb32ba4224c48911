//! Several codes of one phone at a door, and one check-in for all.

use std::collections::BTreeSet;

use health_code_core::capability::dependants::DependantState;
use health_code_core::code::{SubjectKind, read_code};
use health_code_core::colour::Colour;
use health_code_core::wire::SubjectId;
use health_code_tests::phone::Phone;
use serde_json::Map;

use super::{by_word, carer, child, colour, declared, green_child, of, state, sync};

#[test]
fn a_family_shows_its_codes_one_after_the_other_and_checks_in_at_once() {
    let mut town = by_word();
    let phone = carer(&town, "mother");
    let children: Vec<SubjectId> = (0..7)
        .map(|number| green_child(&phone, &child(&format!("N33010701{number}"))))
        .collect();
    let ids = phone
        .health_code
        .submit_declaration_for(&children, &declared(38.5))
        .expect("queued");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 7);
    sync(&phone);
    for subject in &children {
        assert_eq!(colour(&phone, subject), Colour::Yellow);
    }
    town.stop();
    let codes = phone.health_code.group_codes(&[]).expect("codes");
    assert_eq!(codes.len(), 8);
    let checkpoint = phone.checkpoint(&town);
    let mut seen = BTreeSet::new();
    for (place, one) in (1_u32..).zip(&codes) {
        assert_eq!((one.position, one.count), (place, 8));
        assert!(one.title.contains(&one.name) && !one.spoken.is_empty());
        let code = one.code.as_ref().expect("a code");
        let credential = read_code(&code.text).expect("a code").credential;
        assert!(seen.insert(credential.device_key.as_bytes().to_vec()));
        let verdict = checkpoint.check(&code.text, town.now());
        let is_child = credential.subject_kind == SubjectKind::Dependant;
        assert_eq!(is_child, place > 1);
        assert_eq!(verdict.accepted, !is_child, "{:?}", verdict.reason);
    }
    // One form for all, or for none.
    let before: Vec<usize> = children.iter().map(|it| waiting(&phone, it)).collect();
    let refused = phone
        .health_code
        .submit_declaration_for(&children, &Map::new());
    assert_eq!(refused.expect_err("refused").code(), "form_refused");
    assert_eq!(
        children
            .iter()
            .map(|it| waiting(&phone, it))
            .collect::<Vec<_>>(),
        before
    );
    // An eighth child is as many as the settings allow, a ninth is not.
    town.start();
    green_child(&phone, &child("N330107017"));
    let ninth = phone
        .health_code
        .add_dependant(&child("N330107018"))
        .expect("queued");
    sync(&phone);
    assert_eq!(state(&phone, &ninth), DependantState::Refused);
}

fn waiting(phone: &Phone, subject: &SubjectId) -> usize {
    of(phone, subject).home().expect("a view").uploads_waiting as usize
}
