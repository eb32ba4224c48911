//! EU certificates on a phone that is killed at each of its writes, and by two threads at once.

use std::sync::Arc;

use super::World;
use super::filing::{fail_each_write, pending};
use crate::capability::dcc::{DccSending, DccView, REMOVAL, SUBMISSION};
use crate::citizen::HealthCode;
use crate::sync::UploadKind;
use crate::testing::dcc_issuer::{DccIssuer, anna, vaccination};

fn text(dose: u8) -> String {
    let content = vaccination(&anna(), "1974-08-12", (dose, 2), "2020-01-20");
    DccIssuer::es256("SE", 7).issue(&content, 1_580_000_000, 1_900_000_000)
}

fn held(phone: &HealthCode) -> Vec<DccView> {
    phone.dccs().unwrap().certificates
}

#[test]
fn keeping_handing_in_and_removing_are_one_write_each() {
    let world = World::new();
    let before = world.settled();
    let (whole, nothing) = fail_each_write(
        &world,
        &before,
        |phone| phone.keep_dcc(&text(1)).map(|_| ()),
        |phone| held(phone).len() == 1,
        |phone| held(phone).is_empty(),
    );
    assert!(whole >= 1 && nothing >= 1, "{whole} {nothing}");
    let phone = world.open(Arc::new(before.clone())).unwrap();
    let id = phone.keep_dcc(&text(1)).unwrap();
    drop(phone);
    let (whole, nothing) = fail_each_write(
        &world,
        &before,
        |phone| phone.submit_dcc(&id, true).map(|_| ()),
        |phone| {
            pending(phone) == [UploadKind::Known(&SUBMISSION)]
                && held(phone)[0].sending == DccSending::Waiting
        },
        |phone| pending(phone).is_empty() && held(phone)[0].sending == DccSending::NotSent,
    );
    assert!(whole >= 1 && nothing >= 1, "{whole} {nothing}");
    let phone = world.open(Arc::new(before.clone())).unwrap();
    phone.submit_dcc(&id, true).unwrap();
    drop(phone);
    // Entropy begins anew with each start here: another time makes another id.
    world.clock.advance_ms(1_000);
    // What was handed in is followed by its removal, in the write that takes it off the phone.
    let (whole, nothing) = fail_each_write(
        &world,
        &before,
        |phone| phone.remove_dcc(&id),
        |phone| {
            pending(phone) == [&SUBMISSION, &REMOVAL].map(UploadKind::Known)
                && held(phone).is_empty()
        },
        |phone| pending(phone).len() == 1 && held(phone).len() == 1,
    );
    assert!(whole >= 1 && nothing >= 1, "{whole} {nothing}");
}

#[test]
fn two_threads_keep_and_hand_in_the_same_once_and_the_cap_holds() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for dose in 1..=9 {
                    phone.keep_dcc(&text(dose)).unwrap();
                }
            });
        }
    });
    assert_eq!(held(&phone).len(), 9);
    for dose in 10..=20 {
        phone.keep_dcc(&text(dose)).unwrap();
    }
    let full = phone.dccs().unwrap();
    assert!(!full.can_keep && full.certificates.len() == 20);
    assert_eq!(
        phone.keep_dcc(&text(21)).unwrap_err().code(),
        "dcc_too_many"
    );
    // One that is there is still the same.
    assert!(phone.keep_dcc(&text(20)).is_ok());
    // Two at once for the last place: one of them has it.
    for round in 0..20_u8 {
        phone.remove_dcc(&held(&phone)[0].id).unwrap();
        let start = std::sync::Barrier::new(2);
        let keep = |dose: u8| {
            start.wait();
            phone.keep_dcc(&text(dose)).is_ok()
        };
        let doses = [30 + 2 * round, 31 + 2 * round];
        let kept = std::thread::scope(|scope| {
            let keep = &keep;
            let two = doses.map(|dose| scope.spawn(move || keep(dose)));
            two.map(|one| one.join().unwrap())
        });
        assert_eq!(kept.iter().filter(|kept| **kept).count(), 1);
        assert_eq!(held(&phone).len(), 20);
    }
}
