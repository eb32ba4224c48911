//! A dependant's document is the dependant's alone, and goes over to a phone of the dependant's own.

use health_code_core::capability::dependants::{CarePurpose, DependantState};
use health_code_core::citizen::{CONSENT_VERSION, Stage};
use health_code_core::code::{SubjectKind, read_code};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use health_code_tests::phone::{Phone, registration, resident_id};
use serde_json::json;

use super::{by_word, carer, child, code_of, colour, green_child, of, state, sync};

#[test]
fn a_childs_document_is_nobodys_second_code() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let stranger = Phone::new(&town, "stranger");
    let mut request = child("x");
    let number = resident_id("016");
    let document = json!({"kind": "resident_id", "number": number});
    request.answers.insert("document".to_owned(), document);
    request.birth_date = None;
    green_child(&mother, &request);
    stranger
        .health_code
        .register(&registration(&number), CONSENT_VERSION)
        .expect("queued");
    sync(&stranger);
    let home = stranger.health_code.home().expect("a view");
    assert_eq!(home.stage, Stage::RegistrationRefused);
    assert_eq!(home.uploads_refused[0].code, "already_registered");
}

#[test]
fn a_dependant_gets_a_phone_and_keeps_colour_and_orders() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let mut request = child("x");
    let number = resident_id("017");
    let document = json!({"kind": "resident_id", "number": number});
    request.answers.insert("document".to_owned(), document);
    request.birth_date = None;
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen, Colour::Yellow, Reason::CloseContact, "");
    let code = code_of(&mother, &hers, CarePurpose::Phone);
    let own = Phone::new(&town, "child");
    let wrong = own.health_code.register_with_code(
        &registration(&number),
        CONSENT_VERSION,
        "0000-0000-0001",
    );
    assert_eq!(wrong.expect_err("mistyped").code(), "care_code_mistyped");
    own.line.lose_answers_to("POST", 1);
    own.health_code
        .register_with_code(&registration(&number), CONSENT_VERSION, &code)
        .expect("queued");
    own.sync();
    sync(&own);
    assert_eq!(own.colour(), Colour::Yellow);
    let home = own.health_code.home().expect("a view");
    assert_eq!(home.colour.expect("a colour").citizen_id, citizen);
    let shown = own.health_code.current_code().expect("a code");
    let read = read_code(&shown.text).expect("a code").credential;
    assert_eq!(read.subject_kind, SubjectKind::Myself);
    // The carer cares on, with a code of her own, until one of the two ends it.
    sync(&mother);
    assert_eq!(colour(&mother, &hers), Colour::Yellow);
    // Nobody hands over who has a phone.
    let thief = Phone::new(&town, "thief");
    let code = code_of(&mother, &hers, CarePurpose::Phone);
    thief
        .health_code
        .register_with_code(&registration(&number), CONSENT_VERSION, &code)
        .expect("queued");
    sync(&thief);
    let refused = thief.health_code.home().expect("a view").uploads_refused;
    assert_eq!(refused[0].code, "care_not_agreed");
    // The person ends the carer's care: the carer's phone says so, and shows no code any more.
    sync(&own);
    let carers = own.health_code.carers().expect("told");
    assert_eq!(carers.len(), 1);
    assert!(!carers[0].is_this_phone && !carers[0].text.is_empty());
    assert!(of(&mother, &hers).carers().expect("told")[0].is_this_phone);
    own.health_code
        .end_care(&[carers[0].id.clone()])
        .expect("queued");
    sync(&own);
    mother.sync();
    assert_eq!(state(&mother, &hers), DependantState::Ended);
    assert!(of(&mother, &hers).current_code().is_err());
    assert_eq!(own.colour(), Colour::Yellow);
    // Who cares for nobody can be erased: what is left on the list is nobody.
    mother.health_code.erase(&hers).expect("erased");
    mother.health_code.erase(&SubjectId::OWNER).expect("erased");
    sync(&mother);
}
