//! What is outside of partitions: reservations and their orphans, leases, issuer keys, publications.

use std::sync::Arc;

use super::{CountUp, outcome, over_each_engine, place, total, units};
use crate::store::faulty::{Fault, FaultyStore};
use crate::store::{Publication, Published, Settled, StoreError, Unique};

#[test]
fn a_reservation_is_its_first_takers_until_it_is_freed() {
    over_each_engine(async |store| {
        let (one, other) = (CountUp::new(1, 1).owner(), CountUp::new(2, 2).owner());
        let unique = |value: u8| Unique {
            space: 9,
            value: vec![value],
        };
        let both = vec![unique(1), unique(2)];
        let first = store.reserve(vec![unique(1)], one).await;
        assert_eq!(first, Ok(vec![one]));
        // One's own is success; what is another's is told, and what is free is taken all the same.
        assert_eq!(store.reserve(both.clone(), one).await, Ok(vec![one, one]));
        assert_eq!(store.reserve(both, other).await, Ok(vec![one, one]));
        // Only its owner can free it.
        store.release(unique(1), other).await.expect("released");
        assert_eq!(store.owner(unique(1)).await, Ok(Some(one)));
        store.release(unique(1), one).await.expect("released");
        assert_eq!(store.owner(unique(1)).await, Ok(None));
        let again = store.reserve(vec![unique(1)], other).await;
        assert_eq!(again, Ok(vec![other]));
        assert_eq!(store.reserve(vec![unique(2)], one).await, Ok(vec![one]));
        let all = vec![(unique(1), other), (unique(2), one)];
        let listed = store.reserved(9, Vec::new(), 9).await;
        assert_eq!(listed.expect("listed"), all);
        let first = store.reserved(9, Vec::new(), 1).await;
        assert_eq!(first.expect("listed"), all[..1]);
        let rest = store.reserved(9, vec![1], 9).await;
        assert_eq!(rest.expect("listed"), all[1..]);
        assert_eq!(
            store
                .reserved(8, Vec::new(), 9)
                .await
                .expect("listed")
                .len(),
            0
        );
        let elsewhere = Unique {
            space: 8,
            value: vec![1],
        };
        assert_eq!(store.owner(elsewhere).await, Ok(None));
    });
}

#[test]
fn an_orphan_is_fenced_and_an_act_that_was_done_is_not() {
    over_each_engine(async |store| {
        let (done, orphan) = (CountUp::new(1, 1), CountUp::new(2, 2));
        let units = units(store);
        units.run(&done).await.expect("done");
        assert_eq!(units.settle(done.owner()).await, Ok(Settled::Done));
        assert_eq!(units.settle(orphan.owner()).await, Ok(Settled::Fenced));
        assert_eq!(units.settle(orphan.owner()).await, Ok(Settled::Fenced));
        let late = Err(StoreError::UnitFenced);
        assert_eq!(outcome(units.run(&orphan).await), late);
        assert_eq!(total(&units, &orphan).await, 0);
        // Another act on the same citizen goes on.
        assert_eq!(
            outcome(units.run(&CountUp::new(2, 3)).await),
            Ok((1, false))
        );
    });
}

#[test]
fn an_act_that_is_still_on_its_way_arrives_too_late_once_it_is_fenced() {
    over_each_engine(async |store| {
        let unit = CountUp::new(1, 1);
        // Its eight attempts are lost but for the last, which is still under way when the fence is put up.
        let mut faults = [Fault::WriteLost; 8];
        faults[7] = Fault::Late;
        let faulty = FaultyStore::new(store, &faults);
        let units = units(faulty);
        let unknown = Err(StoreError::OutcomeUnknown);
        assert_eq!(outcome(units.run(&unit).await), unknown);
        // The store asserts that the late write is not applied after this one.
        assert_eq!(units.settle(unit.owner()).await, Ok(Settled::Fenced));
        assert_eq!(total(&units, &unit).await, 0);
    });
}

#[test]
fn a_block_of_indexes_is_leased_to_one_at_a_time() {
    over_each_engine(async |store| {
        let first = store.lease(vec![1, 2], 100, 200).await;
        assert_eq!(first, Ok(vec![1, 2]));
        assert_eq!(store.lease(vec![2, 3], 150, 250).await, Ok(vec![3]));
        assert_eq!(store.lease(vec![1], 200, 300).await, Ok(vec![]));
        assert_eq!(store.lease(vec![1, 1], 201, 301).await, Ok(vec![1]));
    });
}

#[test]
fn nothing_is_listed_under_a_number_that_was_given() {
    over_each_engine(async |store| {
        let units = units(Arc::clone(&store));
        let act = async |number| units.run(&CountUp::new(1, number)).await.expect("done");
        let list = async |at| {
            let listing = store.list_revocations(at, 2).await;
            listing.map(|listing| (listing.number, listing.is_all))
        };
        let listed = async |from, until| store.revoked(from, until).await.expect("read");
        assert_eq!(list(100).await, Ok((100, true)));
        act(1).await;
        // A clock that stands, or is back.
        assert_eq!(list(100).await, Ok((101, true)));
        act(2).await;
        assert_eq!(list(-95).await, Ok((102, true)));
        let both = [(101, place(1)), (102, place(2))];
        assert_eq!(listed(0, 102).await, both);
        assert_eq!(listed(101, 102).await, both[1..]);
        for number in 3..6 {
            act(number).await;
        }
        assert_eq!(listed(0, 1_000).await, both);
        assert_eq!(list(200).await, Ok((200, false)), "two at a time");
        assert_eq!(list(200).await, Ok((201, true)));
        assert_eq!(listed(102, 200).await, [(200, place(3)), (200, place(4))]);
        assert_eq!(listed(200, 201).await, [(201, place(5))]);
        // After a clock that was ahead.
        act(6).await;
        assert_eq!(list(9_000).await, Ok((9_000, true)));
        act(7).await;
        assert_eq!(list(300).await, Ok((9_001, true)));
        assert_eq!(listed(9_000, 9_001).await, [(9_001, place(7))]);
        assert_eq!(listed(0, 201).await.len(), 5);
    });
}

#[test]
fn an_issuer_key_is_kept_for_ever() {
    over_each_engine(async |store| {
        assert_eq!(store.issuer_keys().await, Ok(vec![]));
        for key in [[2; 32], [1; 32], [2; 32]] {
            store.add_issuer_key(key).await.expect("kept");
        }
        store.sweep(i64::MAX).await.expect("swept");
        let mut keys = store.issuer_keys().await.expect("read");
        keys.sort_unstable();
        assert_eq!(keys, [[1; 32], [2; 32]]);
    });
}

#[test]
fn versions_of_a_publication_only_go_up() {
    over_each_engine(async |store| {
        let new = |name: &str, version, content: &[u8]| Publication {
            kind: "form".to_owned(),
            name: name.to_owned(),
            version,
            content: content.to_vec(),
            order: b"{}".to_vec(),
            published_at: 1,
        };
        let publish = async |publication| store.publish(publication).await.expect("taken");
        assert_eq!(publish(new("a", 2, b"x")).await, Published::New);
        assert_eq!(publish(new("a", 2, b"x")).await, Published::Before);
        assert_eq!(publish(new("a", 2, b"y")).await, Published::NotHigher(2));
        assert_eq!(publish(new("a", 1, b"x")).await, Published::NotHigher(2));
        assert_eq!(publish(new("a", 3, b"y")).await, Published::New);
        assert_eq!(publish(new("b", 1, b"z")).await, Published::New);
        let newest = store.publications().await;
        assert_eq!(newest, Ok(vec![new("a", 3, b"y"), new("b", 1, b"z")]));
    });
}
