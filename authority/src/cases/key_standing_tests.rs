use health_code_core::trust::{IssuerKey, STATUS_AFTER_KEY_SECS, TrustBundle, key_id};

use super::LeftOut::{NotIssuedHere, OutlivesOwnKey, OwnKeyOver};
use super::{LeftOut, StatusListKeys};
use crate::init::{RegionKey, trust_bundle};

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const HERE: u32 = 330_100;
/// Public keys are bytes here: nothing is signed.
const OWN: [u8; 32] = [1; 32];
const OTHER: [u8; 32] = [2; 32];

/// Both in one region, good from yesterday on.
fn trust(change: impl FnOnce(&mut IssuerKey, &mut IssuerKey)) -> TrustBundle {
    let region = |public_key| RegionKey {
        division: HERE,
        name: [("zh", "杭州市"), ("en", "Hangzhou")]
            .map(|(tag, name)| (tag.to_owned(), name.to_owned()))
            .into_iter()
            .collect(),
        public_key,
    };
    let mut trust = trust_bundle(&[region(OTHER), region(OWN)], 1, NOW, 90 * DAY);
    let [other, own] = &mut trust.regions[0].keys[..] else {
        unreachable!("two keys")
    };
    change(own, other);
    trust
}

/// What is told of the own key and of the other: signed, left out, or neither.
fn lists(trust: &TrustBundle, issued_under: &[[u8; 32]]) -> [Option<Result<(), LeftOut>>; 2] {
    let keys = StatusListKeys::new(trust, HERE, &OWN, issued_under, NOW);
    assert!(keys.signed.len() + keys.left_out.len() <= 2);
    [OWN, OTHER].map(|key| {
        let id = key_id(&key);
        let left_out = keys.left_out.iter().find(|(other, _)| *other == id);
        let left_out = left_out.map(|(_, why)| Err(*why));
        left_out.or(keys.signed.contains(&id).then_some(Ok(())))
    })
}

#[test]
fn a_list_is_published_of_what_the_store_issued_and_the_key_may_sign() {
    type Change = fn(&mut IssuerKey, &mut IssuerKey);
    const GOOD: Option<Result<(), LeftOut>> = Some(Ok(()));
    let both: &[[u8; 32]] = &[OWN, OTHER];
    let left = |why| Some(Err(why));
    let cases: [(&str, Change, &[[u8; 32]], [_; 2]); 13] = [
        ("both from here", |_, _| (), both, [GOOD, GOOD]),
        (
            "another store's",
            |_, _| (),
            &[OWN],
            [GOOD, left(NotIssuedHere)],
        ),
        (
            "another store's, retired",
            |_, other| other.not_after = NOW - DAY,
            &[OWN],
            [GOOD, left(NotIssuedHere)],
        ),
        (
            "nothing was issued here",
            |_, _| (),
            &[],
            [left(NotIssuedHere), left(NotIssuedHere)],
        ),
        (
            "gone over in time",
            |_, other| other.not_after = NOW - 1,
            both,
            [GOOD, GOOD],
        ),
        (
            "gone over, all credentials are over",
            |_, other| other.not_after = NOW - STATUS_AFTER_KEY_SECS - 1,
            both,
            [GOOD, None],
        ),
        (
            "the key before is good for longer",
            |own, other| other.not_after = own.not_after + 1,
            both,
            [GOOD, left(OutlivesOwnKey)],
        ),
        (
            "retired, no successor yet",
            |own, other| {
                own.not_after = NOW - 1;
                other.not_after = NOW - 2;
            },
            both,
            [GOOD, left(OwnKeyOver)],
        ),
        (
            "long retired",
            |own, other| {
                own.not_after = NOW - STATUS_AFTER_KEY_SECS - 1;
                other.not_after = NOW - DAY;
            },
            both,
            [None, left(OwnKeyOver)],
        ),
        (
            "an emergency: the key before is revoked",
            |_, other| other.revoked_at = Some(NOW),
            both,
            [GOOD, None],
        ),
        (
            "the own one is revoked",
            |own, _| own.revoked_at = Some(NOW),
            both,
            [None, left(OwnKeyOver)],
        ),
        (
            "revoked from tomorrow on",
            |own, other| {
                own.revoked_at = Some(NOW + DAY);
                other.revoked_at = Some(NOW + DAY);
            },
            both,
            [GOOD, GOOD],
        ),
        (
            "the next one, not begun",
            |_, other| other.not_before = NOW + 1,
            both,
            [GOOD, None],
        ),
    ];
    for (name, change, issued_under, expected) in cases {
        assert_eq!(lists(&trust(change), issued_under), expected, "{name}");
    }
    // A key of another region is none of ours, whatever the store says.
    let mut elsewhere = trust(|_, _| ());
    let mut region = elsewhere.regions[0].clone();
    region.division = 420_100;
    region.keys.truncate(1);
    elsewhere.regions[0].keys.remove(0);
    elsewhere.regions.push(region);
    assert_eq!(lists(&elsewhere, both), [GOOD, None]);
    // One that is not listed signs for nobody.
    let mut unlisted = trust(|_, _| ());
    unlisted.regions[0].keys.pop();
    assert_eq!(lists(&unlisted, both), [None, left(OwnKeyOver)]);
}
