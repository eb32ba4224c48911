//! What the server does by itself while it runs.

use std::sync::Arc;
use std::time::Duration;

use health_code_core::trust::key_id;

use super::state::lists_of;
use super::{DAY, NOON, Server};
use crate::serve::keep_house;

/// With a revocation at every moment the lists are signed all the time; what the root says of the server's key is read,
/// and the time is kept, all the same.
#[tokio::test]
async fn revocations_that_come_all_the_time_do_not_keep_the_rest_waiting() {
    let server = Server::new().await;
    let kept = server.app.config.data.join("sure-time");
    std::fs::remove_file(&kept).expect("written at the start");
    let app = Arc::clone(&server.app);
    let revoking = tokio::spawn(async move {
        loop {
            app.authority.bundles.revocations_changed();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let refresh = Duration::from_millis(100);
    let housekeeper = tokio::spawn(keep_house(Arc::clone(&server.app), refresh));
    for _ in 0..200 {
        if kept.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    revoking.abort();
    housekeeper.abort();
    assert!(kept.exists(), "housekeeping never came");
}

/// A clock that was a year ahead once, long enough to be written down: the next start goes by the right one.
#[tokio::test]
async fn a_time_that_was_written_down_a_year_ahead_is_not_for_ever() {
    let mut server = Server::new().await;
    let kept = server.app.config.sure_time_path();
    for ahead in [365 * DAY, 366 * DAY, 4000 * DAY] {
        std::fs::write(&kept, format!("{}\n", NOON + ahead)).expect("written");
        server = server.restarted().await.expect("starts");
        assert_eq!(server.app.authority.now(), NOON, "{ahead}");
        assert_eq!(server.get("/healthz").await.text(), "ok", "{ahead}");
        // Written anew, so that it is right from then on.
        let text = std::fs::read_to_string(&kept).expect("written");
        assert_eq!(text.trim(), NOON.to_string(), "{ahead}");
    }
    // The wall clock itself is ahead, and then right again, while the server runs.
    server.clock.leap(366 * DAY);
    server.app.keep_house().await.expect("kept");
    server.clock.leap(-366 * DAY);
    server.app.keep_house().await.expect("kept");
    server = server.restarted().await.expect("starts");
    assert_eq!(server.app.authority.now(), NOON);
    assert_eq!(server.get("/healthz").await.text(), "ok");
}

/// Who asks for lists while some are being made waits for one more set, not for one each.
#[tokio::test]
async fn many_who_wait_for_lists_are_served_by_the_same() {
    let server = Server::new().await;
    let own = key_id(server.app.authority.issuer_key.verifying_key().as_bytes());
    let newest = || {
        let lists = lists_of(&server, own).expect("listed").expect("opens");
        lists.status.until()
    };
    let before = newest();
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let app = Arc::clone(&server.app);
        asking.spawn(async move { app.authority.publish_status_list().await });
    }
    while let Some(asked) = asking.join_next().await {
        asked.expect("asked").expect("published");
    }
    // Each set has a number of its own.
    let sets = newest() - before;
    assert!((1..=3).contains(&sets), "{sets} sets");
}
