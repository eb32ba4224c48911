//! What the server does by itself while it runs.

use std::sync::Arc;
use std::time::Duration;

use super::Server;
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
