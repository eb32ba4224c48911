//! The oldest app as the authority's operator sets it, end to end over TLS: who is older is told first of all, and goes on.

use health_code_core::citizen::{HomeNoticeKind, HomeView, NextStepKind, StatusKind};
use health_code_core::sync::SyncResult;
use health_code_core::wire::{APP_VERSION, AppUpdate};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;

fn set(town: &mut Town, oldest: &str) {
    town.stop();
    town.configure(|config| oldest.clone_into(&mut config.oldest_app));
    town.start();
}

fn home(phone: &Phone) -> HomeView {
    phone.health_code.home().expect("a view")
}

fn is_told(phone: &Phone) -> bool {
    let notices = home(phone).notices;
    notices
        .iter()
        .any(|notice| notice.kind == HomeNoticeKind::UpdateNeeded)
}

#[test]
fn an_app_that_is_too_old_says_so_first_of_all_and_goes_on() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    assert!(!is_told(&phone));

    set(&mut town, "999.0.0");
    // Nobody told the phone yet.
    assert!(!is_told(&phone));
    let outcome = phone.sync();
    assert_eq!(
        (outcome.result, outcome.app_update),
        (SyncResult::Synced, AppUpdate::Needed)
    );
    assert_eq!(home(&phone).next_step.kind, NextStepKind::Update);
    assert!(is_told(&phone));

    // Its code counts, a declaration is taken, and it is known without the server and after a restart.
    let code = phone.health_code.current_code().expect("a code");
    let verdict = phone.checkpoint(&town).check(&code.text, town.now());
    assert!(verdict.accepted, "{verdict:?}");
    phone.declare_well();
    assert_eq!(phone.sync().uploads_sent, 1);
    town.stop();
    drop(phone);
    let phone = Phone::new(&town, "phone");
    assert!(is_told(&phone));
    assert_eq!(home(&phone).status.kind, StatusKind::Green);
}

#[test]
fn one_that_is_new_enough_is_told_nothing_and_what_was_told_is_taken_back() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    // Of this version, and of one before it.
    for oldest in [APP_VERSION, "0.0.1"] {
        set(&mut town, "999.0.0");
        assert_eq!(phone.sync().app_update, AppUpdate::Needed);
        set(&mut town, oldest);
        assert_eq!(phone.sync().app_update, AppUpdate::NotNeeded, "{oldest}");
        assert!(!is_told(&phone), "{oldest}");
        assert_eq!(home(&phone).next_step.kind, NextStepKind::ShowCode);
    }
}
