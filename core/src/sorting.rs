//! Sorting, with machine code that all types share.
//!
//! Invariant: the order is that of the standard library's stable sort. That one is 4 KB of machine code for each type, in
//! every app, and so is the collecting of a map or a set, which sorts first.

use std::cmp::Ordering;

/// Sorts; equal ones stay in the order they are in.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &|left, right| {
        compare(&items[left], &items[right])
    });
    let mut unsorted: Vec<_> = items.drain(..).map(Some).collect();
    let sorted = order.into_iter().filter_map(|place| unsorted[place].take());
    items.extend(sorted);
}

/// Sorts, and drops all but the first of equal ones.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, Ord::cmp);
    items.dedup();
}

/// A map or a set of the items, put in one after the other.
pub(crate) fn gather<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(items);
    gathered
}

/// The places 0 to `len`, in the order that `compare` gives them.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..len).collect();
    order.sort_by(|left, right| compare(*left, *right));
    order
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{gather, sort_and_dedup, sort_by};

    proptest! {
        #[test]
        fn the_order_is_that_of_the_stable_sort(list: Vec<(u8, u16)>) {
            let (mut ours, mut expected) = (list.clone(), list.clone());
            sort_by(&mut ours, |left, right| left.0.cmp(&right.0));
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, expected);

            let (mut ours, mut expected) = (list.clone(), list.clone());
            sort_and_dedup(&mut ours);
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(ours, expected);

            let gathered: BTreeMap<_, _> = gather(list.clone());
            prop_assert_eq!(gathered, list.into_iter().collect());
        }
    }
}
