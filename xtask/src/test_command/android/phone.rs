//! What of the app only Android has: its own tests under Robolectric, the main job over shrunk classes, an APK for phones.
//!
//! Invariant: a test that stands in the sources and did not run counts as failed.

use super::Tally;
use crate::android_command::AndroidApp;
use crate::step;

/// All of it; the library, its Kotlin and the authority must have been built.
pub fn run(tally: &mut Tally, with_package: bool) {
    let app = match AndroidApp::for_tests() {
        Ok(app) => app,
        Err(why) => return failed(tally, "Android: compiling the app", &why),
    };
    match app.robolectric() {
        Ok((passed, wrong)) => {
            tally.passed += passed;
            if wrong > 0 {
                tally.count("Android: see the output of Robolectric above", false);
                tally.failed += wrong - 1;
            }
        }
        Err(why) => failed(tally, "Android: the app's tests", &why),
    }
    if !with_package {
        step::note(
            "left out: the main job over shrunk classes, and an APK (`cargo xtask test android`)",
        );
        return;
    }
    for (what, done) in [
        (
            "Android: the main job over shrunk classes",
            app.main_job_shrunk(),
        ),
        ("Android: an APK", app.for_phones().map(|_| ())),
    ] {
        match done {
            Ok(()) => tally.count(what, true),
            Err(why) => failed(tally, what, &why),
        }
    }
}

fn failed(tally: &mut Tally, what: &str, why: &str) {
    step::note(why);
    tally.count(what, false);
}
