//! The server's clock leaps and comes back, with a restart in between or without: nothing revoked comes back, nothing is
//! lost, and what a phone gets by the right time counts by it.

use health_code_core::colour::{Colour, Reason};
use health_code_core::trust::GraceOrder;
use health_code_core::wire::NONCE_HEADER;

use super::colour_changes::{by_both, order, post};
use super::state::{credential, receipt, revoked, state};
use super::{Citizen, DAY, NOON, Server, declaration, draft};

const HOUR: i64 = 3_600;

/// Leaps of the wall clock, seconds: a leap second, smeared or not, NTP's steps, a wrong zone, days, a year.
const LEAPS: [i64; 15] = [
    1,
    -1,
    29,
    -29,
    HOUR,
    -HOUR,
    8 * HOUR,
    DAY,
    -DAY,
    9 * DAY,
    -9 * DAY,
    40 * DAY,
    -40 * DAY,
    366 * DAY,
    -366 * DAY,
];

/// Two officers turn the citizen's colour; what the order is dated is the server's time.
pub(super) async fn ordered(
    server: &Server,
    citizen: &Citizen,
    colour: Colour,
    reason: Reason,
    head: &str,
) -> String {
    let mut order = order(citizen);
    (order.colour, order.reason) = (colour, reason);
    order.at = server.app.authority.now();
    head.clone_into(&mut order.previous);
    let answer = post(server, &by_both(server, &order)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["head"].as_str().expect("a head").to_owned()
}

pub(super) async fn green(server: &Server) -> Citizen {
    let citizen = server.citizen().await;
    citizen.declare(server, &declaration()).await;
    citizen
}

async fn index(server: &Server, citizen: &Citizen) -> u32 {
    let answer = state(server, citizen).await;
    credential(server, &answer).status_index
}

#[tokio::test]
async fn whatever_the_clock_does_nothing_revoked_comes_back() {
    for leap in LEAPS {
        for restarts in [false, true] {
            one_leap(leap, restarts).await;
        }
    }
}

async fn one_leap(leap: i64, restarts: bool) {
    let name = format!("leap {leap}, restarts {restarts}");
    let mut server = Server::new().await;
    let (red, other, at_wrong_time) = (
        green(&server).await,
        green(&server).await,
        green(&server).await,
    );
    let revoked_before = index(&server, &red).await;
    let of_other = index(&server, &other).await;
    let of_third = index(&server, &at_wrong_time).await;
    ordered(&server, &red, Colour::Red, Reason::Confirmed, "").await;
    assert!(revoked(&server).await.is_revoked(revoked_before), "{name}");
    let etag = state(&server, &other).await.header("etag").to_owned();
    let used = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let fresh = server.get("/healthz").await.header(NONCE_HEADER).to_owned();
    let ask = || draft("GET", "/v1/subjects/owner/state", Vec::new());
    assert_eq!(other.send_with(&server, &used, ask()).await.status, 200);

    server.clock.leap(leap);
    server.clock.advance(60);
    if restarts {
        match server.restarted().await {
            Ok(again) => server = again,
            // By such a clock the root's bundle is not begun, or is over: there is nothing to start with.
            Err(error) => {
                assert!(leap <= -HOUR || leap >= 366 * DAY, "{name}: {error:?}");
                let expected = ["bundle_from_future", "bundle_expired"];
                assert!(
                    expected.iter().any(|code| error.at().contains(code)),
                    "{error:?}"
                );
                return;
            }
        }
    }
    server.app.keep_house().await.expect("kept");
    let is_issuing = server.get("/healthz").await.text() == "ok";
    assert_eq!(is_issuing, leap < 365 * DAY, "{name}");
    if is_issuing {
        state(&server, &other).await;
        ordered(
            &server,
            &at_wrong_time,
            Colour::Yellow,
            Reason::CloseContact,
            "",
        )
        .await;
    }
    server.app.keep_house().await.expect("kept");

    server.clock.leap(-leap);
    server.clock.advance(60);
    if restarts {
        server = server
            .restarted()
            .await
            .expect("by the right time it starts");
    }
    server.app.keep_house().await.expect("kept");
    assert_eq!(server.get("/healthz").await.text(), "ok", "{name}");
    // The list opens by the right time, which is what `revoked` asks, and has lost nothing.
    let list = revoked(&server).await;
    assert!(list.issued_at <= NOON + 121 + 30, "{name}");
    let now = server.app.authority.now();
    let age = now - list.status.as_of();
    assert!((-30..=30).contains(&age), "{name}: {age}");
    assert!(list.is_revoked(revoked_before), "{name}");
    assert_eq!(list.is_revoked(of_third), is_issuing, "{name}");
    // Indexes are drawn: the next one may be somebody's who was revoked.
    let next = revoked_before + 1;
    assert!(
        !list.is_revoked(of_other) && (next == of_third || !list.is_revoked(next)),
        "{name}"
    );
    let replay = other.send_with(&server, &used, ask()).await.status;
    assert_eq!(replay, 401, "{name}: a used nonce stays used");
    if !restarts {
        let status = other.send_with(&server, &fresh, ask()).await.status;
        assert_eq!(status, 200, "{name}: a nonce is good by time that passes");
    }
    // What a phone gets now counts now, which `credential` and `receipt` ask; and it is told when to come again.
    for citizen in [&red, &other, &at_wrong_time] {
        let answer = state(&server, citizen).await;
        let claims = credential(&server, &answer);
        let told = receipt(&server, &answer);
        assert_eq!(claims.colour, told.colour, "{name}");
        assert!(
            told.since <= NOON + 120 && told.decided_at <= NOON + 150,
            "{name}"
        );
        assert!(!list.is_revoked(claims.status_index), "{name}");
        assert_eq!(answer.json()["nextSync"]["afterSecs"], 1_800);
    }
    if leap.abs() < 30 && !restarts {
        let now = state(&server, &other).await.header("etag").to_owned();
        assert_eq!(now, etag, "{name}: a leap second changes nothing");
    }
    // And an order is taken as ever.
    ordered(&server, &other, Colour::Yellow, Reason::CloseContact, "").await;
    assert!(revoked(&server).await.is_revoked(of_other), "{name}");
}

/// What was declared while the clock was ahead is of a day that has not come: it must not stop deciding until then.
#[tokio::test]
async fn a_declaration_of_a_wrong_day_counts_as_of_today() {
    for leap in [DAY, 40 * DAY] {
        let server = Server::new().await;
        server.clock.leap(leap);
        let citizen = green(&server).await;
        let ahead = index(&server, &citizen).await;
        server.clock.leap(-leap);
        let answer = state(&server, &citizen).await;
        let claims = credential(&server, &answer);
        assert_ne!(claims.status_index, ahead);
        assert_eq!(receipt(&server, &answer).evidence["today"], "2020-03-01");
        // The one that was issued ahead would count one day: a change of colour takes it too.
        ordered(&server, &citizen, Colour::Yellow, Reason::CloseContact, "").await;
        let list = revoked(&server).await;
        assert!(list.is_revoked(ahead) && list.is_revoked(claims.status_index));
    }
}

/// Revocations stay until no outage grace can stretch the credential, and an index is nobody else's for as long as another
/// credential could end on the same day.
#[tokio::test]
async fn a_revoked_index_stays_a_week_after_its_credential() {
    let server = Server::new().await;
    let citizen = green(&server).await;
    let answer = state(&server, &citizen).await;
    let claims = credential(&server, &answer);
    ordered(&server, &citizen, Colour::Yellow, Reason::CloseContact, "").await;
    let store = server.app.authority.units.store();
    let (number, slot) = (claims.status_index / 256, claims.status_index % 256);
    let block = number / 64 * 256 + slot;
    let end = claims.expires_at + 7 * DAY;
    let leased_until = NOON + HOUR + 2 * DAY;
    assert!(leased_until - HOUR >= (claims.expires_at / DAY + 1) * DAY);
    for at in [claims.expires_at, leased_until] {
        let free = store.lease(vec![block], at, at + DAY).await.expect("asked");
        assert!(free.is_empty(), "{}", at - claims.expires_at);
    }
    // The base is made anew within a day.
    for (secs, expected) in [
        (claims.expires_at + 1, true),
        (end, true),
        (end + 1 + DAY, false),
    ] {
        let passed = server.app.authority.now();
        server.clock.advance(secs - passed);
        server.app.keep_house().await.expect("kept");
        let is_revoked = revoked(&server).await.is_revoked(claims.status_index);
        assert_eq!(is_revoked, expected, "{}", secs - claims.expires_at);
    }
}

/// A grace order lets what has ended count on: that is revoked with the rest, and without an order nothing more than counts.
#[tokio::test]
async fn under_a_grace_order_what_has_ended_is_revoked_too() {
    for extra_secs in [0, 3 * 86_400, 7 * 86_400] {
        let server = Server::new().await;
        let citizen = green(&server).await;
        let mut indexes = vec![index(&server, &citizen).await];
        for _ in 0..2 {
            server.clock.advance(2 * DAY);
            indexes.push(index(&server, &citizen).await);
        }
        super::issuer_keys::sign(&server, |trust| {
            let division = trust.regions[0].division;
            let until = NOON + 10 * DAY;
            trust.grace_orders.push(GraceOrder {
                division,
                until,
                extra_secs,
            });
        });
        server.app.keep_house().await.expect("read");
        ordered(&server, &citizen, Colour::Yellow, Reason::CloseContact, "").await;
        let listed = revoked(&server).await;
        let found: Vec<bool> = indexes.iter().map(|one| listed.is_revoked(*one)).collect();
        // The first ended three days ago at least, the second one day.
        let expected = match extra_secs {
            0 => [false, false, true],
            259_200 => [false, true, true],
            _ => [true, true, true],
        };
        assert_eq!(found, expected, "{extra_secs}");
    }
}

/// Yellow and green again before the phone comes: what it holds is revoked, and it gets another.
#[tokio::test]
async fn a_revoked_credential_is_not_handed_out_again() {
    let server = Server::new().await;
    let citizen = green(&server).await;
    let before = index(&server, &citizen).await;
    server.clock.advance(60);
    let head = ordered(&server, &citizen, Colour::Yellow, Reason::CloseContact, "").await;
    server.clock.advance(60);
    ordered(&server, &citizen, Colour::Green, Reason::Clear, &head).await;
    let answer = state(&server, &citizen).await;
    let claims = credential(&server, &answer);
    assert_eq!(claims.colour, Colour::Green);
    assert_ne!(claims.status_index, before);
    let list = revoked(&server).await;
    assert!(list.is_revoked(before) && !list.is_revoked(claims.status_index));
}

/// A phone's clock may be ahead; nobody consented after the consent arrived.
#[tokio::test]
async fn a_consent_of_the_future_is_of_now() {
    for (said, kept) in [
        (NOON - 5, NOON - 5),
        (NOON, NOON),
        (NOON + 5_000, NOON),
        (i64::MAX, NOON),
    ] {
        let server = Server::new().await;
        let citizen = Citizen::new();
        let mut body = citizen.registration();
        body["consent"]["acceptedAt"] = said.into();
        let answer = citizen.register_as(&server, &super::new_id(), &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let id = answer.json()["citizenId"]
            .as_str()
            .expect("an id")
            .to_owned();
        let id = crate::store::CitizenId::parse(&id).expect("an id");
        let owner = health_code_core::wire::SubjectId::OWNER;
        let place = crate::store::RowKey::for_record::<crate::cases::records::Registration>(&owner);
        let rows = server
            .app
            .authority
            .units
            .read(id, &owner, vec![place])
            .await
            .expect("read");
        let held = rows
            .get::<crate::cases::records::Registration>()
            .expect("readable");
        assert_eq!(held.expect("there").consented_at, kept, "{said}");
    }
}
