//! Parts of subjects: after everything else, each once, and none of them in another's way.

use super::*;

fn part(name: &'static str) -> Action {
    Action::Part(SubjectId::OWNER, name)
}

fn with_parts(parts: &[&'static str]) -> Phone {
    Phone {
        parts: parts.to_vec(),
        ..settled()
    }
}

/// A sync with two parts, of which the first comes to this.
fn first_comes_to(name: &str, inputs: Vec<Input>, expected: &Ending) {
    let mut script = vec![
        (STATE, Input::StateStored),
        (Action::Index, index(&[FORM])),
        (fetch(FORM), Input::BundleStored),
    ];
    script.extend(inputs.into_iter().map(|input| (part("one"), input)));
    script.push((part("two"), Input::PartTaken));
    run(name, with_parts(&["one", "two"]), script, expected);
}

#[test]
fn parts_come_last_and_each_once() {
    first_comes_to("both are taken", vec![Input::PartTaken], &synced());
    let again = vec![Input::NonceRequired, Input::PartTaken];
    first_comes_to("with a new nonce", again, &synced());
}

#[test]
fn a_part_that_fails_is_named_and_stops_no_other() {
    let rubbish = vec![unverified("sync_answer_malformed")];
    first_comes_to("rubbish", rubbish, &refused("sync_answer_malformed"));
    let no_nonce = vec![Input::NonceRequired, Input::NonceRequired];
    first_comes_to("no nonce counts", no_nonce, &refused("nonce_required"));
    let is_busy = Ending {
        result: SyncResult::ServerBusy,
        problem: Some("unavailable".into()),
        pace: Pace::Failed {
            retry_after_ms: Some(9),
        },
    };
    first_comes_to("busy", vec![busy(Some(9))], &is_busy);
}

#[test]
fn what_was_taken_in_part_waits_for_the_next_sync() {
    // The engine does not count it as held.
    let mut machine = Machine::default();
    let phone = with_parts(&["one"]);
    for (action, input) in [
        (STATE, Input::Unchanged),
        (Action::Index, Input::Unchanged),
        (part("one"), Input::PartTaken),
    ] {
        assert_eq!(machine.next(&phone.situation()), action);
        machine.on(input);
    }
    assert_eq!(machine.next(&phone.situation()), Action::Finish);
    assert_eq!(machine.ending(), synced());
}

#[test]
fn nobody_is_asked_for_parts_of_whom_the_authority_does_not_know() {
    run(
        "the owner",
        with_parts(&["one"]),
        vec![
            (STATE, Input::DeviceUnknown),
            (Action::Index, Input::Unchanged),
        ],
        &ending(SyncResult::DeviceUnknown, Some("device_unknown"), FAILED),
    );
    run(
        "the network goes",
        with_parts(&["one", "two"]),
        vec![
            (STATE, Input::StateStored),
            (Action::Index, Input::Unchanged),
            (part("one"), Input::Failed(TransportError::Unreachable)),
        ],
        &ending(SyncResult::Offline, Some("network_unreachable"), FAILED),
    );
}
