//! What is handed out over time: no two credentials that end on one day share an index, whatever happened in between.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{DAY, Server};
use crate::app::App;
use crate::system::SystemEntropy;

const HOUR: i64 = 3_600;

/// Indexes of credentials that are issued now, each with the first and the last day on which such a one can end.
async fn take(app: &App, count: usize) -> Vec<(i64, i64, u32)> {
    let authority = &app.authority;
    let mut taken = Vec::new();
    for _ in 0..count {
        let now = authority.now();
        let leased = authority.take_status_index(now).await.expect("free");
        let (first, last) = (now + 4 * HOUR, now + DAY);
        taken.push((first.div_euclid(DAY), last.div_euclid(DAY), leased.index));
    }
    taken
}

/// None of these may have been handed out before for a day on which one of those can end.
fn book(seen: &mut BTreeSet<(i64, u32)>, taken: Vec<(i64, i64, u32)>) {
    for (first, last, index) in taken {
        for day in first..=last {
            assert!(
                seen.insert((day, index)),
                "index {index} of day {day} again"
            );
        }
    }
}

#[tokio::test]
async fn through_days_restarts_and_clocks_no_index_is_handed_out_twice_for_a_day() {
    let mut server = Server::new().await;
    let mut seen = BTreeSet::new();
    for step in 0..60 {
        book(&mut seen, take(&server.app, 40).await);
        match step % 5 {
            0 => server = server.restarted().await.expect("starts"),
            // As after kill -9: what is leased is not given back.
            1 => server.clock.advance(7 * HOUR),
            2 => server.clock.leap(-HOUR),
            3 => server.clock.leap(HOUR),
            _ => server.clock.advance(600),
        }
    }
    assert!(seen.len() > 2_000);
}

/// A busy quarter of an hour: more is taken than the first blocks of its slot and of the next two hold.
#[tokio::test]
async fn a_busy_city_goes_on_to_higher_blocks() {
    let server = Server::new().await;
    let mut seen = BTreeSet::new();
    book(&mut seen, take(&server.app, 60_000).await);
    let highest = seen.last().map(|(_, index)| index / 256);
    assert!(
        highest.is_some_and(|number| number < 1 << 18),
        "low ones first"
    );
}

/// A database that was put back does not know what was leased after the backup, and leases none of it again.
#[tokio::test]
async fn a_database_put_back_leases_nothing_that_was_leased_after_the_backup() {
    for secs in [60, 3 * HOUR] {
        let server = Server::new().await;
        let path = server.app.config.database_path();
        let mut seen = BTreeSet::new();
        book(&mut seen, take(&server.app, 100).await);
        server.app.close();
        let backup = std::fs::read(&path).expect("a database");
        // The server goes on, hands out what the backup does not know, and is lost.
        let goes_on = opened_again(&server, secs).await;
        book(&mut seen, take(&goes_on, 4_000).await);
        goes_on.close();
        std::fs::write(&path, &backup).expect("put back");
        note_restored(&path, server.app.authority.now());
        let back = opened_again(&server, 60).await;
        book(&mut seen, take(&back, 4_000).await);
        server.clock.advance(HOUR);
        book(&mut seen, take(&back, 4_000).await);
    }
}

/// The same backup is put back again and again, each time after a server that the one before knows nothing of.
#[tokio::test]
async fn a_backup_that_is_put_back_again_within_minutes_leases_nothing_twice() {
    let server = Server::new().await;
    let path = server.app.config.database_path();
    let mut seen = BTreeSet::new();
    book(&mut seen, take(&server.app, 100).await);
    server.app.close();
    let backup = std::fs::read(&path).expect("a database");
    for minutes in [1, 1, 10, 14, 20, 50] {
        server.clock.advance(minutes * 60);
        std::fs::write(&path, &backup).expect("put back");
        note_restored(&path, server.app.authority.now());
        let back = opened_again(&server, 10).await;
        book(&mut seen, take(&back, 4_000).await);
        server.clock.advance(20);
        book(&mut seen, take(&back, 1_000).await);
        back.close();
    }
    let back = opened_again(&server, HOUR).await;
    book(&mut seen, take(&back, 4_000).await);
}

/// On the same folder, `secs` later.
async fn opened_again(server: &Server, secs: i64) -> App {
    server.clock.advance(secs);
    let config = server.app.config.clone();
    let app = App::open(config, server.clock.clone(), Arc::new(SystemEntropy)).await;
    app.expect("opens")
}

/// As `restore` notes it (`store/sqlite/snapshot.rs`).
fn note_restored(database: &std::path::Path, at: i64) {
    let connection = rusqlite::Connection::open(database).expect("opens");
    for (name, value) in [("restored_since", at - 3_600), ("restored_at", at)] {
        let set = "INSERT OR REPLACE INTO settings VALUES (?1, ?2)";
        let values = rusqlite::params![name, value.to_be_bytes()];
        connection.execute(set, values).expect("noted");
    }
}
