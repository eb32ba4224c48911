//! What a door fetches, by how far it has come.

use super::{Chain, Named, has_all, superseded, wanted};

const HOUR: u64 = 3_600;
const NOW: u64 = 500_000 * HOUR;

fn base(until: u64) -> Named {
    Named::read("aa", until, 600_000).unwrap()
}

fn delta(from: u64, until: u64) -> Named {
    Named::read(&format!("aa-{from}-{until}"), until, 4_000).unwrap()
}

fn names(lists: &[Named]) -> Vec<String> {
    lists.iter().map(|list| list.name.clone()).collect()
}

#[test]
fn names_tell_key_and_span() {
    let list = Named::read("6c8f8607dbe87077-7-9", 9, 1).unwrap();
    assert_eq!(
        (list.key(), list.span.from, list.span.until),
        ("6c8f8607dbe87077", 7, 9)
    );
    for (name, version) in [
        ("aa-7", 9),
        ("aa-7-8", 9),
        ("aa-7-9-x", 9),
        ("aa-x-9", 9),
        ("aa-7-", 9),
    ] {
        assert_eq!(Named::read(name, version, 1), None, "{name}");
    }
    assert_eq!(Named::read("aa", u64::MAX, 1), None);
}

/// As an authority offers them: a base, six hours, hours, and what came since.
#[test]
fn a_door_fetches_the_least_that_leads_on() {
    let offered = [
        base(NOW - 12 * HOUR),
        delta(NOW - 12 * HOUR, NOW - 6 * HOUR),
        delta(NOW - 6 * HOUR, NOW),
        delta(NOW - 2 * HOUR, NOW - HOUR),
        delta(NOW - HOUR, NOW),
        delta(NOW, NOW + 600),
    ];
    let [whole, early, late, two, one, tail] = offered.each_ref().map(|list| vec![list.clone()]);
    let fetched = |held: &[Named]| {
        let (names, is_rolled_back) = wanted(&offered, held);
        assert_eq!(names.is_empty(), has_all(&offered, held));
        (names, is_rolled_back)
    };
    for (held, expected) in [
        // Nothing; nothing that connects.
        (vec![], [&whole[..], &early, &late, &tail].concat()),
        (
            vec![base(NOW - 100 * HOUR)],
            [&whole[..], &early, &late, &tail].concat(),
        ),
        (
            vec![delta(5, NOW)],
            [&whole[..], &early, &late, &tail].concat(),
        ),
        // An hour ago, in the middle of an hour, a night ago, a moment ago.
        (vec![base(NOW - HOUR)], [&one[..], &tail].concat()),
        (vec![base(NOW - HOUR - 7)], [&two[..], &one, &tail].concat()),
        (
            vec![base(NOW - 9 * HOUR)],
            [&early[..], &late, &tail].concat(),
        ),
        (vec![base(NOW - HOUR), delta(NOW - HOUR, NOW)], tail.clone()),
        (
            vec![base(NOW - HOUR), delta(NOW - HOUR, NOW + 300)],
            tail.clone(),
        ),
        (vec![base(NOW + 600)], vec![]),
        (vec![base(NOW - HOUR), delta(NOW - HOUR, NOW + 600)], vec![]),
    ] {
        assert_eq!(fetched(&held), (names(&expected), false), "{held:?}");
    }
    assert_eq!(fetched(&[base(NOW + 601)]), (vec![], true));
    let other = Named::read("bb", NOW, 9).unwrap();
    let both = [&offered[..], std::slice::from_ref(&other)].concat();
    assert_eq!(wanted(&both, &[base(NOW + 600)]).0, ["bb"]);
    assert!(!has_all(&both, &[base(NOW + 600)]));
}

#[test]
fn a_chain_that_has_grown_long_begins_anew_where_it_can() {
    let mut held = vec![base(NOW)];
    held.extend((0..200).map(|hour| delta(NOW + hour * HOUR, NOW + (hour + 1) * HOUR)));
    let end = NOW + 200 * HOUR;
    let next = delta(end, end + HOUR);
    let only = [next.clone()];
    assert_eq!(wanted(&only, &held).0, names(&only));
    let with_base = [base(end), next];
    assert_eq!(wanted(&with_base, &held).0, names(&with_base));
    let few = [base(end - 9 * HOUR), delta(end - 9 * HOUR, end)];
    assert_eq!(wanted(&with_base, &few).0, names(&only));
}

#[test]
fn what_is_said_by_a_longer_one_is_not_kept() {
    let held = [
        base(100),
        delta(100, 200),
        delta(150, 190),
        delta(200, 300),
        Named::read("bb-150-160", 160, 1).unwrap(),
        delta(300, 9_000),
    ];
    assert_eq!(
        superseded(&held, &delta(100, 250)),
        ["aa-100-200", "aa-150-190"]
    );
    assert_eq!(superseded(&held, &base(200)), ["aa-100-200", "aa-150-190"]);
    let chain = Chain::new(&held, "aa").unwrap();
    assert_eq!(
        names(&chain.lists),
        ["aa", "aa-100-200", "aa-200-300", "aa-300-9000"]
    );
    assert_eq!(Chain::new(&held, "bb"), None);
}
