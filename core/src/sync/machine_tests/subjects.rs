//! Several subjects, and the end of one.

use super::*;

/// The second subject's steps come after the owner's; its unknown end is told aside and stops nothing.
#[test]
fn subjects_one_after_the_other() {
    let child = SubjectId::parse("child").unwrap();
    let situation = |next_upload: &[Option<&str>; 2]| {
        let one = |subject: &SubjectId, upload: Option<&str>| SubjectSituation {
            subject: subject.clone(),
            registered: true,
            next_registration: None,
            next_large: None,
            next_upload: upload.map(str::to_owned),
            missing_parts: vec![],
            has_colour: true,
        };
        Situation {
            trust: Trust::Fresh,
            time_is_known: true,
            next_erasure: None,
            subjects: vec![
                one(&SubjectId::OWNER, next_upload[0]),
                one(&child, next_upload[1]),
            ],
        }
    };
    for (state, expected) in [
        (Input::StateStored, synced()),
        (
            Input::SubjectUnknown,
            ending(SyncResult::Synced, Some("subject_unknown"), Pace::Planned),
        ),
        (unverified("bad"), refused("bad")),
    ] {
        let script = [
            ([Some("a"), Some("b")], upload("a"), Input::UploadTaken),
            ([None, Some("b")], STATE, Input::StateStored),
            (
                [None, Some("b")],
                Action::Upload(child.clone(), "b".into()),
                Input::UploadTaken,
            ),
            ([None, None], Action::State(child.clone()), state),
            ([None, None], Action::Index, index(&[])),
            ([None, None], Action::Finish, Input::Unchanged),
        ];
        let mut machine = Machine::default();
        for (uploads, action, input) in script {
            assert_eq!(machine.next(&situation(&uploads)), action);
            if action != Action::Finish {
                machine.on(input);
            }
        }
        assert_eq!(machine.ending(), expected);
    }
}

/// What was erased here is erased there before anything else of anybody is sent; an answer that does not verify is asked
/// for once more with a new trust bundle, and holds nobody up.
#[test]
fn erasing_comes_first() {
    let situation = |erasure: Option<&str>, trust: Trust| Situation {
        next_erasure: erasure.map(str::to_owned),
        trust,
        ..fresh().situation()
    };
    let erase = || Action::Erase("e".into());
    let mut machine = Machine::default();
    let mut step = |erasure, trust, action: Action, input| {
        assert_eq!(machine.next(&situation(erasure, trust)), action);
        machine.on(input);
    };
    let (waits, none) = (Some("e"), None);
    step(waits, Trust::Old, Action::Index, index(&[TRUST]));
    step(waits, Trust::Old, fetch(TRUST), unverified("old"));
    step(waits, Trust::Old, erase(), Input::NonceRequired);
    step(waits, Trust::Old, erase(), unverified("signer"));
    // Nothing came that would mend it: the rest goes on.
    step(waits, Trust::Old, upload("r"), Input::UploadTaken);
    assert_eq!(machine.ending(), refused("old"));

    let mut machine = Machine::default();
    let mut step = |erasure, trust, action: Action, input| {
        assert_eq!(machine.next(&situation(erasure, trust)), action);
        machine.on(input);
    };
    step(waits, Trust::Fresh, erase(), unverified("signer"));
    step(waits, Trust::Fresh, upload("r"), Input::DeviceUnknown);
    step(waits, Trust::Fresh, Action::Index, index(&[TRUST]));
    step(waits, Trust::Fresh, fetch(TRUST), Input::BundleStored);
    step(waits, Trust::Fresh, erase(), Input::ErasureSettled);
    step(none, Trust::Fresh, Action::Finish, Input::Unchanged);
}
