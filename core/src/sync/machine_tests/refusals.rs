//! What ends a sync, and what must not be believed.

use super::*;

#[test]
fn what_ends_a_sync_at_once() {
    let table = [
        (
            busy(None),
            ending(SyncResult::ServerBusy, Some("unavailable"), FAILED),
        ),
        (
            busy(Some(9)),
            ending(
                SyncResult::ServerBusy,
                Some("unavailable"),
                Pace::Failed {
                    retry_after_ms: Some(9),
                },
            ),
        ),
        (
            Input::NotOurs,
            ending(SyncResult::CaptivePortal, None, FAILED),
        ),
        (
            Input::NotAllowed {
                code: "signature_refused".into(),
            },
            refused("signature_refused"),
        ),
        (unverified("malformed"), refused("malformed")),
        (
            Input::PhoneFailed {
                code: "store_disk_full".into(),
            },
            ending(
                SyncResult::PhoneFailed,
                Some("store_disk_full"),
                Pace::Unchanged,
            ),
        ),
        (
            Input::Failed(TransportError::Unreachable),
            ending(SyncResult::Offline, Some("network_unreachable"), FAILED),
        ),
        (
            Input::Failed(TransportError::Malformed),
            ending(
                SyncResult::Offline,
                Some("network_answer_malformed"),
                FAILED,
            ),
        ),
        (
            Input::Failed(TransportError::TooLarge),
            refused("network_answer_too_large"),
        ),
        (
            Input::Failed(TransportError::CertificateRefused),
            ending(
                SyncResult::CertificateRefused,
                Some("network_certificate_refused"),
                FAILED,
            ),
        ),
        (
            Input::Failed(TransportError::DeadlinePassed),
            ending(
                SyncResult::DeadlinePassed,
                Some("network_deadline_passed"),
                FAILED,
            ),
        ),
        (
            Input::Failed(TransportError::Cancelled),
            ending(SyncResult::Cancelled, Some("cancelled"), Pace::Unchanged),
        ),
    ];
    for (input, expected) in table {
        let name = format!("{input:?}");
        let phone = Phone {
            uploads: vec!["a", "b"],
            ..settled()
        };
        run(&name, phone, vec![(upload("a"), input)], &expected);
    }
}

#[test]
fn answers_that_cannot_be_believed() {
    run(
        "the state does not verify: the rest goes on",
        settled(),
        vec![
            (STATE, unverified("bad_state")),
            (Action::Index, index(&[FORM])),
            (fetch(FORM), Input::BundleStored),
        ],
        &refused("bad_state"),
    );
    run(
        "a new trust bundle puts the state right",
        settled(),
        vec![
            (STATE, unverified("issuer_unknown")),
            (Action::Index, index(&[TRUST])),
            (fetch(TRUST), Input::BundleStored),
            (STATE, Input::StateStored),
        ],
        &synced(),
    );
    run(
        "or does not, and then it is enough",
        settled(),
        vec![
            (STATE, unverified("issuer_unknown")),
            (Action::Index, index(&[TRUST])),
            (fetch(TRUST), Input::BundleStored),
            (STATE, unverified("issuer_unknown")),
        ],
        &refused("issuer_unknown"),
    );
    run(
        "an altered bundle does not hold up the next",
        settled(),
        vec![
            (STATE, Input::Unchanged),
            (Action::Index, index(&[FORM, FORM])),
            (fetch(FORM), unverified("altered")),
            (fetch(FORM), Input::BundleStored),
        ],
        &refused("altered"),
    );
    run(
        "without a trust bundle uploads go, the state waits",
        Phone {
            trust: super::Trust::Missing,
            uploads: vec!["a"],
            ..settled()
        },
        vec![
            (Action::Index, index(&[TRUST, FORM])),
            (fetch(TRUST), unverified("rolled_back")),
            (upload("a"), Input::UploadTaken),
        ],
        &refused("rolled_back"),
    );
    run(
        "index that cannot be read",
        settled(),
        vec![
            (STATE, Input::Unchanged),
            (Action::Index, unverified("index")),
        ],
        &refused("index"),
    );
    run(
        "the index names a rolled-back bundle",
        settled(),
        vec![
            (STATE, Input::Unchanged),
            (
                Action::Index,
                Input::IndexRead {
                    wanted: vec![],
                    problem: Some("rolled_back".into()),
                    left_out: None,
                },
            ),
        ],
        &refused("rolled_back"),
    );
    let left_out = |problem: Option<&str>| Input::IndexRead {
        wanted: vec![bundle(FORM)],
        problem: problem.map(str::to_owned),
        left_out: Some("malformed".into()),
    };
    run(
        "an entry that was left out is told, and the plan holds",
        settled(),
        vec![
            (STATE, Input::Unchanged),
            (Action::Index, left_out(None)),
            (fetch(FORM), Input::BundleStored),
        ],
        &ending(SyncResult::Synced, Some("malformed"), Pace::Planned),
    );
    run(
        "what is worse is told first",
        settled(),
        vec![
            (STATE, Input::Unchanged),
            (Action::Index, left_out(Some("rolled_back"))),
            (fetch(FORM), Input::BundleStored),
        ],
        &refused("rolled_back"),
    );
}

#[test]
fn a_clock_years_off_does_not_settle_the_trust_bundle() {
    run(
        "tried again once an answer told the time",
        fresh(),
        vec![
            (Action::Index, index(&[TRUST, FORM])),
            (fetch(TRUST), unverified("expired")),
            (upload("r"), Input::UploadTaken),
            (upload("d"), Input::UploadTaken),
            (fetch(TRUST), Input::BundleStored),
            (STATE, Input::StateStored),
            (fetch(FORM), Input::BundleStored),
        ],
        &synced(),
    );
    run(
        "and refused if it still does not hold",
        fresh(),
        vec![
            (Action::Index, index(&[TRUST, FORM])),
            (fetch(TRUST), unverified("expired")),
            (upload("r"), Input::UploadTaken),
            (upload("d"), Input::UploadTaken),
            (fetch(TRUST), unverified("expired")),
        ],
        &refused("expired"),
    );
}
