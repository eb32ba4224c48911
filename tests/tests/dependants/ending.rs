//! How a care ends: with age, with the last carer; and what an authority that was put back does.

use health_code_core::capability::dependants::DependantState;
use health_code_core::colour::{Colour, Reason};

use super::{DAY_MS, by_word, carer, child, colour, green_child, of, state, sync};

#[test]
fn a_childs_carers_care_until_the_child_is_of_age_and_the_colour_stays() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let mut request = child("N330106008");
    // Of age in ten days.
    request.birth_date = Some("2008-12-04".to_owned());
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    let pass = |days: u64| {
        town.clock.advance_ms(days * DAY_MS);
        mother.clock.advance_ms(days * DAY_MS);
        mother.sync();
    };
    // What is told of the owner's list comes with the sync after.
    sync(&mother);
    let view = mother.health_code.dependants().expect("a view");
    assert!(
        view.dependants[0].end_text.contains("2027"),
        "told thirty days before"
    );
    assert_eq!(view.can_add, Some(7));
    pass(20);
    assert_eq!(state(&mother, &hers), DependantState::InCare);
    pass(30);
    assert_eq!(state(&mother, &hers), DependantState::Ended);
    // The desk takes somebody of age into care again, as whom they were.
    town.order_care(
        "birth_certificate",
        "N330106008",
        &mother.health_code.device_id().expect("an id"),
    );
    mother
        .health_code
        .mend_dependant(&hers, &request)
        .expect("queued");
    sync(&mother);
    assert_eq!(state(&mother, &hers), DependantState::InCare);
    let home = of(&mother, &hers).home().expect("a view");
    assert_eq!(home.colour.expect("a colour").citizen_id, citizen);
}

#[test]
fn an_authority_put_back_to_before_a_child_takes_the_child_in_again() {
    let mut town = by_word();
    let phone = carer(&town, "mother");
    let backup = town.folder("backup");
    town.stop();
    town.copy_database(&backup);
    town.start();
    let subject = green_child(&phone, &child("N330106009"));
    town.stop();
    town.put_back_database(&backup);
    town.start();
    phone.sync();
    phone.sync();
    sync(&phone);
    assert_eq!(state(&phone, &subject), DependantState::InCare);
}

#[test]
fn whoever_is_last_erases_the_dependant_and_an_order_waits_under_the_document() {
    let town = by_word();
    let mother = carer(&town, "mother");
    let request = child("N330106010");
    let hers = green_child(&mother, &request);
    let citizen = of(&mother, &hers)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    town.change_colour(&citizen, Colour::Red, Reason::Confirmed, "");
    mother.line.lose_answers_to("DELETE", 1);
    mother.health_code.erase(&hers).expect("erased");
    mother.sync();
    mother.clock.advance_ms(3 * 3_600_000);
    sync(&mother);
    let erasing = mother.health_code.erasures().pop().expect("one");
    assert!(erasing.receipt.is_some(), "{:?}", erasing.state);
    assert!(
        erasing
            .kept
            .iter()
            .any(|kept| kept.what == "order-in-force")
    );
    let again = mother.health_code.add_dependant(&request).expect("queued");
    sync(&mother);
    assert_eq!(colour(&mother, &again), Colour::Red);
    let another = of(&mother, &again)
        .home()
        .expect("a view")
        .colour
        .expect("a colour")
        .citizen_id;
    assert_ne!(another, citizen);
}
