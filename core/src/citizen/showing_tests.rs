//! What chance chooses among, and in which order nothing comes.

use super::{BatchMember, ShownCredentials};
use crate::ports::{Entropy, PortError};
use crate::testing::entropy::FixedEntropy;

fn batch(numbers: std::ops::Range<u64>) -> Vec<BatchMember> {
    numbers
        .map(|key_number| BatchMember {
            key_number,
            bytes: key_number.to_be_bytes().to_vec(),
            expires_at: 1,
        })
        .collect()
}

fn order(shown: &mut ShownCredentials, batch: &[BatchMember], seed: u64, count: usize) -> Vec<u64> {
    let entropy = FixedEntropy::new(seed);
    let chosen = (0..count).map(|_| shown.choose(batch, &entropy).unwrap().0);
    chosen.map(|place| batch[place].key_number).collect()
}

#[test]
fn each_is_shown_once_before_any_is_shown_again_and_in_another_order() {
    let batch = batch(1..9);
    let mut orders = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let mut shown = ShownCredentials::default();
        let mut last = None;
        for number in 0..3 {
            let round = order(&mut shown, &batch, seed * 3 + number, 8);
            let mut sorted = round.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (1..9).collect::<Vec<_>>());
            assert_ne!(last, Some(round[0]), "twice in a row");
            last = round.last().copied();
            orders.insert(round);
        }
    }
    assert!(orders.len() > 50, "{} orders", orders.len());
}

#[test]
fn what_is_held_no_more_is_forgotten_and_what_came_since_goes_first() {
    let mut shown = ShownCredentials::default();
    order(&mut shown, &batch(1..5), 1, 6);
    let mut next = order(&mut shown, &batch(4..8), 2, 3);
    next.sort_unstable();
    assert_eq!(next, [5, 6, 7]);
    assert_eq!(shown.times.len(), 4);
    assert!(
        shown
            .times
            .iter()
            .all(|(number, _)| (4..8).contains(number))
    );
}

#[test]
fn one_alone_is_shown_again_and_known_to_be() {
    let mut shown = ShownCredentials::default();
    let entropy = FixedEntropy::new(1);
    let times = (0..3).map(|_| shown.choose(&batch(7..8), &entropy).unwrap());
    assert_eq!(times.collect::<Vec<_>>(), [(0, 0), (0, 1), (0, 2)]);
    assert!(shown.choose(&[], &entropy).is_none());
}

/// A phone without chance shows a code all the same.
#[test]
fn without_chance_nothing_is_chosen() {
    struct None;
    impl Entropy for None {
        fn fill(&self, _: &mut [u8]) -> Result<(), PortError> {
            Err(PortError::EntropyUnavailable)
        }
    }
    let mut shown = ShownCredentials::default();
    assert!(shown.choose(&batch(1..9), &None).is_none());
    assert_eq!(shown.choose(&batch(1..2), &None), Some((0, 0)));
}
