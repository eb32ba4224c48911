//! Killed at each write, the phone's and the authority's, for all of them; and two threads at once.

use std::sync::Barrier;
use std::sync::atomic::Ordering;

use health_code_authority::testing::Interruption;
use health_code_core::citizen::ErasureState;
use health_code_core::wire::SubjectId;

use super::cases::ALL;
use super::world::sync;
use super::{act_all, for_every_case, prepared, queued, see, settle, untroubled};

/// A phone killed at its n-th write shows each act as not done or as done.
#[test]
fn killed_at_any_write_an_act_is_done_or_not() {
    for_every_case(|world, moment, case| {
        let mut before = world.put_back(moment);
        let mut kills = 0;
        for (name, act) in case.acts {
            let seen_before = see(case, &world.open(&before));
            let whole = before.fork();
            let phone = world.open(&whole);
            act(&phone).unwrap_or_else(|error| panic!("{name}: {}", error.code()));
            drop(phone);
            let seen_after = see(case, &world.open(&whole));
            assert_ne!(
                seen_before, seen_after,
                "{}, {name}: nothing to see",
                case.name
            );
            let mut done = false;
            for write in 0.. {
                let records = before.fork();
                let (phone, is_dead) = world.open_mortal(&records, write);
                if let Some(phone) = phone {
                    let acted = act(&phone);
                    if !is_dead.load(Ordering::SeqCst) {
                        assert!(acted.is_ok() && write > 0, "{}, {name}", case.name);
                        break;
                    }
                    kills += 1;
                }
                let seen = see(case, &world.open(&records));
                assert!(
                    seen == seen_before || seen == seen_after,
                    "{}, {name}, write {write}: {seen:#}",
                    case.name
                );
                // What was there once does not go again with one write more.
                assert!(
                    !done || seen == seen_after,
                    "{}, {name}, write {write}",
                    case.name
                );
                done = seen == seen_after;
            }
            before = whole;
        }
        assert!(kills > 0 || case.acts.is_empty(), "{}", case.name);
    });
}

/// A phone killed at the n-th write of a sync comes to the same end as one that was not, and the authority keeps the same.
#[test]
fn killed_at_any_write_of_a_sync_nothing_is_lost() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let queued = queued(world, moment, case);
        for write in 0.. {
            let records = world.put_back(&queued);
            let (phone, is_dead) = world.open_mortal(&records, write);
            if let Some(phone) = phone {
                sync(&phone);
            }
            if !is_dead.load(Ordering::SeqCst) {
                assert!(write > 2, "{}: {write}", case.name);
                break;
            }
            let phone = world.open(&records);
            see(case, &phone);
            settle(&phone);
            let ended = (see(case, &phone), world.kept());
            assert_eq!(ended, expected, "{}, write {write}", case.name);
        }
    });
}

/// The same with an authority that ends before or after the n-th change of its store.
#[test]
fn an_authority_killed_at_any_change_loses_nothing() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        let queued = queued(world, moment, case);
        for end in [Interruption::Before, Interruption::After] {
            for change in 1.. {
                let records = world.put_back(&queued);
                let phone = world.open(&records);
                world.end_authority(change, end);
                sync(&phone);
                if !world.authority_ended() {
                    break;
                }
                settle(&phone);
                let ended = (see(case, &phone), world.kept());
                assert_eq!(ended, expected, "{}, {end:?} {change}", case.name);
            }
        }
    });
}

/// One thread acts while another one syncs: the end is that of one after the other.
#[test]
fn acting_while_another_thread_syncs_ends_as_one_after_the_other() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        for _ in 0..2 {
            let records = world.put_back(moment);
            (case.meanwhile)(world);
            let phone = world.open(&records);
            std::thread::scope(|scope| {
                scope.spawn(|| sync(&phone));
                act_all(case, &phone);
            });
            settle(&phone);
            assert_eq!((see(case, &phone), world.kept()), expected, "{}", case.name);
        }
    });
}

/// Two threads do the same at once: no more comes of it than of one doing it after the other, and where it is one act the same.
#[test]
fn two_threads_at_once_do_no_more_than_twice() {
    for_every_case(|world, moment, case| {
        let twice = |at_once: bool| {
            let records = world.put_back(moment);
            let phone = world.open(&records);
            let act = || {
                for (_, act) in case.acts {
                    if let Err(error) = act(&phone) {
                        assert!(!error.code().is_empty());
                    }
                }
            };
            std::thread::scope(|scope| {
                let other = scope.spawn(act);
                if !at_once {
                    other.join().expect("no panic");
                }
                act();
            });
            see(case, &phone);
            sync(&phone);
            // For so long nothing to be erased is no last word.
            world.pass_ms(11 * 60_000);
            settle(&phone);
            (see(case, &phone), world.kept())
        };
        let (seen, kept) = twice(false);
        for _ in 0..2 {
            let (seen_at_once, kept_at_once) = twice(true);
            if case.acts.len() == 1 {
                assert_eq!(
                    (seen_at_once, &kept_at_once),
                    (seen.clone(), &kept),
                    "{}",
                    case.name
                );
            }
            for (name, count) in kept_at_once.as_object().expect("counts") {
                assert!(
                    count.as_u64() <= kept[name].as_u64(),
                    "{}, {name}",
                    case.name
                );
            }
        }
    });
}

/// Two threads erase at once: the authority is asked once, and gives one receipt.
#[test]
fn two_threads_that_erase_ask_once_and_have_one_receipt() {
    let case = ALL.iter().find(|case| case.name == "erase");
    let (world, moment) = prepared(case.expect("a case"));
    for _ in 0..20 {
        let records = world.put_back(&moment);
        let phone = world.open(&records);
        world.take_asked();
        let both = Barrier::new(2);
        let erase = || {
            both.wait();
            phone.erase(&SubjectId::OWNER).expect("erased");
        };
        std::thread::scope(|scope| {
            scope.spawn(erase);
            erase();
        });
        assert_eq!(phone.erasures().len(), 1);
        for _ in 0..3 {
            sync(&phone);
        }
        let asked = world.take_asked();
        let deletions = asked.iter().filter(|line| line.starts_with("DELETE"));
        assert_eq!(deletions.count(), 1, "{asked:#?}");
        let receipts: Vec<_> = phone.erasures().into_iter().map(|one| one.state).collect();
        assert_eq!(receipts, [ErasureState::Confirmed]);
    }
}
