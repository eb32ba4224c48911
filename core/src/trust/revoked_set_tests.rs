//! Packing, and what hostile packings do.

use super::{BundleError, MAX_REVOKED, RevokedSet, StatusPlace, compress};

fn place(day: u32, index: u32) -> StatusPlace {
    StatusPlace { day, index }
}

fn unpack(days: &[(u64, Vec<u8>)]) -> Result<RevokedSet, BundleError> {
    RevokedSet::unpack(days.iter().map(|(day, packed)| (*day, &packed[..])))
}

#[test]
fn what_is_packed_comes_back() {
    for places in [
        vec![],
        vec![place(0, 0)],
        vec![place(20_000, u32::MAX)],
        vec![place(20_000, 0), place(20_000, 1), place(20_000, u32::MAX)],
        vec![place(2, 7), place(1, 7), place(2, 7), place(2, 0)],
        (0..3_000)
            .map(|number| place(20_000 + number % 3, number * 1_431_655))
            .collect(),
    ] {
        let set = RevokedSet::new(&places);
        let again = unpack(&set.pack().unwrap()).unwrap();
        assert!(set == again);
        for one in &places {
            assert!(again.contains(*one));
            let beside = place(one.day, one.index ^ 2);
            assert_eq!(again.contains(beside), places.contains(&beside));
            let other_day = place(one.day + 9, one.index);
            assert!(!again.contains(other_day));
        }
    }
}

#[test]
fn sets_are_merged_and_days_forgotten() {
    let mut set = RevokedSet::new(&[place(1, 5), place(2, 9), place(2, 11)]);
    set.merge(RevokedSet::new(&[place(2, 10), place(2, 9), place(3, 0)]));
    let all = [
        place(1, 5),
        place(2, 9),
        place(2, 10),
        place(2, 11),
        place(3, 0),
    ];
    assert!(set == RevokedSet::new(&all));
    set.forget_before(2);
    assert!(set == RevokedSet::new(&all[1..]));
    assert_eq!(set.len(), 4);
}

#[test]
fn hostile_packings_are_refused() {
    let gap = |gap: u32| compress(&gap.to_be_bytes()).unwrap();
    // Two gaps, plane by plane, that together go beyond the last index.
    let beyond = compress(&[0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0]).unwrap();
    let trailing = [gap(7), vec![0]].concat();
    let cut = gap(7)[..5].to_vec();
    let bomb = compress(&vec![0; 4 * (MAX_REVOKED + 1)]).unwrap();
    let full = compress(&vec![0; 4 * MAX_REVOKED]).unwrap();
    let invalid = BundleError::ContentInvalid;
    for (days, expected) in [
        (vec![(1, beyond)], invalid),
        (vec![(1, trailing)], invalid),
        (vec![(1, cut)], invalid),
        (vec![(1, vec![])], invalid),
        (vec![(1, b"not zlib".to_vec())], invalid),
        (vec![(1, compress(&[]).unwrap())], invalid),
        (vec![(1, compress(&[1, 2, 3]).unwrap())], invalid),
        (vec![(1, compress(&[1, 2, 3, 4, 5]).unwrap())], invalid),
        (vec![(2_932_897, gap(7))], invalid),
        (vec![(u64::MAX, gap(7))], invalid),
        (vec![(1, bomb)], BundleError::TooLarge),
        (vec![(1, full.clone()), (2, gap(7))], BundleError::TooLarge),
    ] {
        assert_eq!(unpack(&days).err(), Some(expected));
    }
    assert_eq!(
        unpack(&[(1, full)]).map(|set| set.len()).ok(),
        Some(MAX_REVOKED)
    );
    assert!(unpack(&[(2_932_896, gap(7))]).is_ok());
}

#[test]
fn what_does_not_fit_is_not_packed() {
    let many = u32::try_from(MAX_REVOKED).unwrap();
    let places: Vec<_> = (0..=many).map(|index| place(1, index)).collect();
    let too_many = RevokedSet::new(&places).pack();
    assert_eq!(too_many.err(), Some(BundleError::TooLarge));
    let beyond = RevokedSet::new(&[place(2_932_897, 0)]).pack();
    assert_eq!(beyond.err(), Some(BundleError::ContentInvalid));
}
