//! Uploads that wait, and those that were lost: neither keeps anything else.

use super::*;

/// A day's uploads are used up: they wait, and the code comes all the same.
#[test]
fn uploads_that_must_wait_keep_nothing_else() {
    let mut machine = Machine::default();
    let phone = Phone {
        uploads: vec!["a", "b"],
        ..settled()
    };
    let situation = phone.situation();
    assert_eq!(machine.next(&situation), upload("a"));
    let code = "quota_used_up".to_owned();
    machine.on(Input::UploadsMustWait { code });
    assert_eq!(machine.next(&situation), STATE);
    machine.on(Input::StateStored);
    assert_eq!(machine.next(&situation), Action::Index);
    machine.on(index(&[]));
    assert_eq!(machine.next(&situation), Action::Finish);
    let expected = ending(SyncResult::Synced, Some("quota_used_up"), Pace::Planned);
    assert_eq!(machine.ending(), expected);
}

/// Too many have corrected from this address: the declaration and the code do not wait for that.
#[test]
fn a_correction_that_must_wait_holds_up_nothing_that_does_not_stand_on_it() {
    let waits = || Input::RegistrationMustWait {
        code: "rate_limited".to_owned(),
        retry_after_ms: Some(900_000),
    };
    let busy = ending(
        SyncResult::ServerBusy,
        Some("rate_limited"),
        Pace::Failed {
            retry_after_ms: Some(900_000),
        },
    );
    let on_plan = ending(SyncResult::Synced, Some("rate_limited"), Pace::Planned);
    // Registered or not, with a colour or without.
    for (registered, has_colour, expected) in [
        (true, true, on_plan),
        (true, false, busy.clone()),
        (false, false, busy),
    ] {
        let phone = Phone {
            registered,
            registrations: vec!["r"],
            uploads: vec!["a"],
            ..settled()
        };
        let mut situation = phone.situation();
        situation.subjects[0].has_colour = has_colour;
        let mut machine = Machine::default();
        let mut step = |situation: &Situation, action: Action, input| {
            assert_eq!(machine.next(situation), action, "{registered} {has_colour}");
            machine.on(input);
        };
        step(&situation, upload("r"), waits());
        if has_colour {
            step(&situation, upload("a"), Input::UploadTaken);
            situation.subjects[0].next_upload = None;
        }
        if registered {
            step(&situation, STATE, Input::StateStored);
        }
        step(&situation, Action::Index, index(&[FORM]));
        step(&situation, fetch(FORM), Input::BundleStored);
        step(&situation, Action::Finish, Input::Unchanged);
        assert_eq!(machine.ending(), expected, "{registered} {has_colour}");
    }
}

/// What the authority lost goes out again, and the state is asked for once more.
#[test]
fn uploads_that_were_lost_are_sent_before_the_state_counts() {
    let mut machine = Machine::default();
    let before = settled().situation();
    assert_eq!(machine.next(&before), STATE);
    machine.on(Input::UploadsWaitAgain);
    let phone = Phone {
        uploads: vec!["a"],
        ..settled()
    };
    assert_eq!(machine.next(&phone.situation()), upload("a"));
    machine.on(Input::UploadTaken);
    assert_eq!(machine.next(&before), STATE);
    machine.on(Input::StateStored);
    assert_eq!(machine.next(&before), Action::Index);
}
