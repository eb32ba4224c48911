//! Bases and deltas in every order.

use super::super::{BundleError, RevocationStatus, StatusList, StatusPlace, StatusSpan, key_id};
use crate::testing::nation::Nation;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 24 * 3600;
/// When the credentials here end.
const END: i64 = NOW + 3_600;

fn list(nation: &Nation, from: i64, until: i64, indexes: &[u32]) -> StatusList {
    let places: Vec<_> = indexes
        .iter()
        .map(|index| StatusPlace::new(END, *index))
        .collect();
    let of = key_id(&nation.hangzhou.verifying_key().to_bytes());
    let span = StatusSpan { from, until };
    let signed = StatusList::build_for(of, &nation.hangzhou, span, &places, until, 600).unwrap();
    StatusList::open(&signed, &nation.trust, until, 0).unwrap()
}

fn revoked(status: &RevocationStatus) -> Vec<u32> {
    (0..10)
        .filter(|index| status.is_revoked(END, *index))
        .collect()
}

#[test]
fn deltas_follow_on_a_base_and_leave_no_gap() {
    let nation = Nation::at(NOW);
    let list = |from, until, indexes: &[u32]| list(&nation, from, until, indexes);
    let delta = RevocationStatus::new(list(NOW - 9, NOW, &[1]));
    assert_eq!(delta.err(), Some(BundleError::DeltaGap));
    let mut status = RevocationStatus::new(list(0, NOW - 90, &[1])).unwrap();
    for (from, until, index, expected) in [
        // A gap of one second.
        (NOW - 89, NOW - 80, 2, Err(BundleError::DeltaGap)),
        // What ends no later may come again, and says nothing new.
        (NOW - 200, NOW - 91, 3, Ok(NOW - 90)),
        // It follows exactly, or overlaps.
        (NOW - 90, NOW - 80, 4, Ok(NOW - 80)),
        (NOW - 95, NOW - 70, 5, Ok(NOW - 70)),
        (NOW - 69, NOW, 6, Err(BundleError::DeltaGap)),
        // A newer base closes every gap, and takes nothing back.
        (0, NOW - 60, 7, Ok(NOW - 60)),
        (0, NOW - 65, 8, Ok(NOW - 60)),
    ] {
        let before = status.clone();
        let added = status.add(list(from, until, &[index]));
        assert_eq!(added.map(|()| status.until()), expected, "{index}");
        if expected.is_err() {
            assert!(status == before);
        }
    }
    assert_eq!(revoked(&status), [1, 4, 5, 7]);
    assert_eq!(status.count(), 4);
    // An empty delta renews the age and the end.
    let end = status.expires_at();
    status.add(list(NOW - 60, NOW, &[])).unwrap();
    assert_eq!((status.until(), status.expires_at()), (NOW, end + 60));
}

#[test]
fn an_index_is_of_its_day_and_a_day_is_covered_until_no_grace_reaches_it() {
    let nation = Nation::at(NOW);
    let mut status = RevocationStatus::new(list(&nation, 0, NOW, &[1])).unwrap();
    assert!(!status.is_revoked(END - DAY, 1) && !status.is_revoked(END + DAY, 1));
    let later = END + 8 * DAY;
    let trust = |at| Nation::at(at);
    let place = StatusPlace::new(END, 1);
    let renew = |until: i64, status: &mut RevocationStatus| {
        let nation = trust(until);
        let of = key_id(&nation.hangzhou.verifying_key().to_bytes());
        let from = status.until();
        let span = StatusSpan { from, until };
        let signed = StatusList::build_for(of, &nation.hangzhou, span, &[], until, 600).unwrap();
        status.add(StatusList::open(&signed, &nation.trust, until, 0).unwrap())
    };
    renew(later, &mut status).unwrap();
    assert!(status.is_revoked(END, 1) && !status.is_revoked(END, 2));
    assert_eq!(status.count(), 1);
    // The day is over: not covered any more, hence revoked, whichever index.
    let over = (i64::from(place.day) + 1) * DAY + 8 * DAY;
    renew(over - 1, &mut status).unwrap();
    assert!(!status.is_revoked(END, 2));
    renew(over, &mut status).unwrap();
    assert_eq!(status.count(), 0);
    assert!(status.is_revoked(END, 1) && status.is_revoked(END, 2));
    assert!(!status.is_revoked(over, 1));
}

/// What a list of a clock that was ahead let go is not covered by the deltas after it, but by a base.
#[test]
fn a_clock_that_was_ahead_un_revokes_nothing() {
    let nation = Nation::at(NOW);
    let of = key_id(&nation.hangzhou.verifying_key().to_bytes());
    let ahead = NOW + 20 * DAY;
    let mut status = RevocationStatus::new(list(&nation, 0, NOW, &[1])).unwrap();
    let mut add = |from, until, issued_at, indexes: &[u32]| {
        let (span, trust) = (StatusSpan { from, until }, Nation::at(issued_at).trust);
        let places = indexes.iter().map(|index| StatusPlace::new(END, *index));
        let places: Vec<_> = places.collect();
        let key = &nation.hangzhou;
        let signed = StatusList::build_for(of, key, span, &places, issued_at, 600).unwrap();
        let list = StatusList::open(&signed, &trust, issued_at, 0).unwrap();
        status.add(list).unwrap();
        (
            status.as_of(),
            [1, 2].map(|index| status.is_revoked(END, index)),
        )
    };
    assert_eq!(add(NOW, ahead, ahead, &[]), (ahead, [true, true]));
    assert_eq!(
        add(ahead, ahead + 1, NOW + 60, &[]),
        (NOW + 60, [true, true])
    );
    assert_eq!(add(0, ahead + 2, NOW + 61, &[1]), (NOW + 61, [true, false]));
}
