//! The issuer key changes, in time or in an emergency: what is handed out counts, what is revoked stays revoked.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::colour::{Colour, Reason};
use health_code_core::trust::{IssuerKey, TrustBundle, key_id};
use health_code_core::wire::ProblemKind;

use super::clocks::{green, ordered};
use super::state::{credential, lists_of, receipt, state};
use super::{DAY, NOON, Server, declaration, draft};
use crate::errors::AuthorityError;

const HOUR: i64 = 3_600;

/// The national root signs what it has signed, changed.
pub(super) fn sign(server: &Server, change: impl FnOnce(&mut TrustBundle)) {
    let config = &server.app.config;
    let root = crate::keys::read_key_file(&config.data.join("national-root.key")).expect("a root");
    let bytes = std::fs::read(config.trust_bundle_path()).expect("a bundle");
    let now = server.app.authority.now();
    let mut trust =
        TrustBundle::open(&bytes, &root.verifying_key().to_bytes(), now, 0).expect("opens");
    trust.version += 1;
    trust.issued_at = now;
    change(&mut trust);
    let signed = trust.sign(&root).expect("signed");
    crate::files::write_public(&config.trust_bundle_path(), &signed).expect("written");
}

fn keys(trust: &mut TrustBundle) -> &mut Vec<IssuerKey> {
    &mut trust.regions[0].keys
}

/// Another key in the place of the server's, to be used from the next start on.
fn replace_key(server: &Server) -> SigningKey {
    let path = server.app.config.issuer_key_path();
    std::fs::remove_file(&path).expect("removed");
    crate::keys::generate_key_file(&path, &crate::system::SystemEntropy).expect("a key")
}

fn listed(key: &SigningKey, not_before: i64) -> IssuerKey {
    IssuerKey {
        public_key: key.verifying_key().to_bytes(),
        not_before,
        not_after: NOON + 300 * DAY,
        revoked_at: None,
    }
}

fn own_id(server: &Server) -> [u8; 8] {
    key_id(server.app.authority.issuer_key.verifying_key().as_bytes())
}

/// A key is revoked while the server runs, and another takes its place: every phone that comes has a code at once, and
/// nothing of the revoked key is handed out, at whatever time of the day.
#[tokio::test]
async fn in_an_emergency_everything_is_signed_anew_at_once() {
    for hours in [0, 3, 6, 11] {
        let mut server = Server::new().await;
        let mut citizens = Vec::new();
        for _ in 0..8 {
            let citizen = green(&server).await;
            state(&server, &citizen).await;
            citizens.push(citizen);
        }
        server.clock.advance(hours * HOUR);
        // Some have come since and hold newer credentials, beside receipts of this morning.
        for citizen in &citizens[..4] {
            state(&server, citizen).await;
        }
        let now = server.app.authority.now();
        sign(&server, |trust| keys(trust)[0].revoked_at = Some(now));
        server.app.keep_house().await.expect("kept");
        assert_eq!(server.get("/healthz").await.text(), "issuer_key_revoked");
        for citizen in &citizens {
            let answer = citizen.get(&server, "/v1/subjects/owner/state").await;
            answer.problem(ProblemKind::NotIssuing);
            let post = draft("POST", "/v1/subjects/owner/credentials", Vec::new());
            citizen
                .send(&server, post)
                .await
                .problem(ProblemKind::NotIssuing);
            // Declaring goes on.
            citizen.declare(&server, &declaration()).await;
        }
        let again = server.app.config.clone();
        let key = replace_key(&server);
        sign(&server, |trust| keys(trust).push(listed(&key, now - HOUR)));
        server = server.restarted().await.expect("starts");
        assert_eq!(server.app.config.data, again.data);
        assert_eq!(server.get("/healthz").await.text(), "ok");
        for citizen in &citizens {
            // Both verify by the new trust bundle: the helpers ask.
            let answer = state(&server, citizen).await;
            assert_eq!(credential(&server, &answer).colour, Colour::Green);
            assert_eq!(receipt(&server, &answer).colour, Colour::Green);
        }
    }
}

/// Without its successor a server with a revoked key does not start, and says why.
#[tokio::test]
async fn a_server_with_a_key_that_may_not_sign_says_so() {
    type Change = fn(&mut TrustBundle);
    let changes: [(Change, &str); 4] = [
        (
            |trust| keys(trust)[0].revoked_at = Some(NOON),
            "issuer_key_revoked",
        ),
        (
            |trust| keys(trust)[0].not_before = NOON + HOUR,
            "issuer_key_not_yet_valid",
        ),
        (|trust| keys(trust).clear(), "issuer_key_not_listed"),
        (
            |trust| trust.regions[0].division = 420_100,
            "issuer_key_not_listed",
        ),
    ];
    for (change, code) in changes {
        let server = Server::new().await;
        let citizen = green(&server).await;
        sign(&server, change);
        server.app.keep_house().await.expect("kept");
        assert_eq!(server.get("/healthz").await.text(), code);
        let answer = citizen.get(&server, "/v1/subjects/owner/state").await;
        answer.problem(ProblemKind::NotIssuing);
        let refused = server.restarted().await.err().expect("refused");
        assert!(refused.at().contains(code), "{refused:?}");
    }
    // One that is to be revoked is good until then.
    let server = Server::new().await;
    sign(&server, |trust| keys(trust)[0].revoked_at = Some(NOON + 60));
    let server = server.restarted().await.expect("starts");
    assert_eq!(server.get("/healthz").await.text(), "ok");
    server.clock.advance(59);
    assert_eq!(server.get("/healthz").await.text(), "ok");
    server.clock.advance(1);
    assert_eq!(server.get("/healthz").await.text(), "issuer_key_revoked");
}

/// At the end of its time a key issues no more; revoking goes on for as long as its credentials can be shown.
#[tokio::test]
async fn a_retired_key_still_revokes() {
    let mut server = Server::new().await;
    let (first, second) = (green(&server).await, green(&server).await);
    let index = credential(&server, &state(&server, &first).await).status_index;
    let later = credential(&server, &state(&server, &second).await).status_index;
    ordered(&server, &first, Colour::Red, Reason::Confirmed, "").await;
    sign(&server, |trust| keys(trust)[0].not_after = NOON + 600);
    for secs in [0, 599, 600, 601, 660, HOUR] {
        server
            .clock
            .advance(NOON + secs - server.app.authority.now());
        server.app.keep_house().await.expect("kept");
        let list = lists_of(&server, own_id(&server))
            .expect("listed")
            .expect("opens");
        assert!(list.is_revoked(index) && !list.is_revoked(later), "{secs}");
        let is_over = secs > 600;
        let expected = if is_over { "issuer_key_retired" } else { "ok" };
        assert_eq!(server.get("/healthz").await.text(), expected, "{secs}");
    }
    server = server.restarted().await.expect("starts, to revoke");
    ordered(&server, &second, Colour::Red, Reason::Confirmed, "").await;
    let list = lists_of(&server, own_id(&server))
        .expect("listed")
        .expect("opens");
    assert!(list.is_revoked(later));
}

/// Both keys are listed, the server goes over: the key of now publishes what the one before it revoked and revokes.
#[tokio::test]
async fn a_successor_revokes_for_the_key_before_it() {
    let mut server = Server::new().await;
    let (first, second) = (green(&server).await, green(&server).await);
    let index = credential(&server, &state(&server, &first).await).status_index;
    let later = credential(&server, &state(&server, &second).await).status_index;
    ordered(&server, &first, Colour::Red, Reason::Confirmed, "").await;
    let old = own_id(&server);
    let key = replace_key(&server);
    sign(&server, |trust| {
        keys(trust)[0].not_after = NOON + HOUR;
        keys(trust).push(listed(&key, NOON));
    });
    server = server.restarted().await.expect("starts");
    assert_ne!(own_id(&server), old);
    ordered(&server, &second, Colour::Red, Reason::Confirmed, "").await;
    for secs in [10, HOUR, HOUR + 1, 2 * HOUR, 20 * HOUR, 7 * DAY] {
        server
            .clock
            .advance(NOON + secs - server.app.authority.now());
        server.app.keep_house().await.expect("kept");
        for id in [old, own_id(&server)] {
            let list = lists_of(&server, id).expect("listed").expect("opens");
            assert!(list.is_revoked(index), "{secs}");
            assert!(list.is_revoked(later), "{secs}");
        }
    }
    server.clock.advance(DAY + 3 * HOUR);
    server.app.keep_house().await.expect("kept");
    assert!(
        lists_of(&server, old).is_none(),
        "nobody can show one any more"
    );
}

/// A key of the same region that another server issued under gets no list from this one: it would be empty, later, and so
/// un-revoke what that one's store revoked.
#[tokio::test]
async fn a_store_publishes_no_list_of_a_key_it_never_issued_under() {
    let elsewhere = SigningKey::from_bytes(&[77; 32]);
    let other = key_id(elsewhere.verifying_key().as_bytes());
    for not_after in [NOON + HOUR, NOON + 300 * DAY] {
        let mut server = Server::new().await;
        let key = IssuerKey {
            not_after,
            ..listed(&elsewhere, NOON - DAY)
        };
        sign(&server, |trust| keys(trust).push(key));
        server.app.keep_house().await.expect("kept");
        assert!(lists_of(&server, other).is_none(), "while running");
        server = server.restarted().await.expect("starts");
        assert!(lists_of(&server, other).is_none(), "from the start");
        let own = lists_of(&server, own_id(&server));
        own.expect("listed").expect("opens");
        // Nor once this store goes over to a key that comes after both.
        let next = replace_key(&server);
        sign(&server, |trust| {
            keys(trust).push(IssuerKey {
                not_after: NOON + 365 * DAY,
                ..listed(&next, NOON)
            });
        });
        let old = own_id(&server);
        server = server.restarted().await.expect("starts");
        assert!(lists_of(&server, other).is_none(), "after going over");
        for id in [old, own_id(&server)] {
            lists_of(&server, id).expect("listed").expect("opens");
        }
    }
}

/// A data folder whose database is gone has lost its revocations: an empty one in its place would publish that.
#[tokio::test]
async fn a_lost_database_is_not_replaced_by_an_empty_one() {
    let server = Server::new().await;
    let config = server.app.config.clone();
    server.app.close();
    let database = config.database_path();
    let aside = database.with_extension("aside");
    std::fs::rename(&database, &aside).expect("moved");
    let refused = server.restarted().await.err().expect("refused");
    let at = database.display().to_string();
    assert_eq!(refused, AuthorityError::DatabaseMissing { at });
    assert!(!database.exists());
}

/// A new store cannot take up a key whose time is over: what was issued under it, another store revokes.
#[tokio::test]
async fn a_new_store_does_not_start_with_a_retired_key() {
    let server = Server::new().await;
    sign(&server, |trust| keys(trust)[0].not_after = NOON + 600);
    server.clock.advance(601);
    let config = server.app.config.clone();
    server.app.close();
    // The key goes to another machine, where nothing was ever kept.
    for gone in ["authority.sqlite", "storage.key", "sure-time"] {
        std::fs::remove_file(config.data.join(gone)).expect("removed");
    }
    let id = HEXLOWER.encode(&own_id(&server));
    let refused = server.restarted().await.err().expect("refused");
    assert_eq!(refused, AuthorityError::IssuerKeyOfAnotherStore { at: id });
}

/// What cannot be opened by anybody is not published: lists of a key that may no longer sign them.
#[tokio::test]
async fn only_lists_that_open_are_published() {
    let server = Server::new().await;
    let own = own_id(&server);
    sign(&server, |trust| keys(trust)[0].not_after = NOON + 600);
    for (secs, is_listed) in [(0, true), (600 + 8 * DAY, true), (601 + 8 * DAY, false)] {
        server
            .clock
            .advance(NOON + secs - server.app.authority.now());
        server.app.keep_house().await.expect("kept");
        let list = lists_of(&server, own);
        assert_eq!(list.is_some(), is_listed, "{secs}");
        assert!(list.is_none_or(|list| list.is_ok()));
    }
    let server = Server::new().await;
    let own = own_id(&server);
    sign(&server, |trust| keys(trust)[0].revoked_at = Some(NOON));
    server.app.keep_house().await.expect("kept");
    assert!(lists_of(&server, own).is_none(), "revoked");
}
