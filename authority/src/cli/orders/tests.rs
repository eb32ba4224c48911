//! Drafts and bodies as earlier programs wrote them, one of each kind, byte for byte.

use std::path::Path;

use ed25519_dalek::SigningKey;

use super::{By, Draft};
use crate::capability::dcc::DccOrder;
use crate::officers::{
    AppealDecisionOrder, CareOrder, ColourOrder, MoveOrder, Officers, Order, OrderRefusal,
    PublicationOrder, SignedOrder,
};

/// When the drafts were made, Unix seconds.
const AT: i64 = 1_795_729_511;

fn officers(folder: &Path) -> Officers {
    let [li, wang] = [1, 2].map(|seed| SigningKey::from_bytes(&[seed; 32]));
    let path = folder.join("officers.toml");
    std::fs::write(&path, Officers::file(&[("li", &li), ("wang", &wang)])).expect("written");
    Officers::read(&path).expect("officers")
}

fn holds<O: Order>(draft: &str, body: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("draft.json");
    std::fs::write(&file, draft).expect("written");
    let read = Draft::<O>::read(&file).expect("a draft");
    let again = folder.path().join("again.json");
    read.create(&again).expect("created");
    assert_eq!(std::fs::read_to_string(&again).expect("read"), draft);
    // Over another draft signatures would be lost.
    read.create(&again).expect_err("there already");

    let posted = read.into_body();
    assert_eq!(serde_json::to_string(&posted).expect("JSON"), body);
    let received: SignedOrder<O> =
        health_code_core::encoding::json::from_slice(body.as_bytes()).expect("a body");
    let officers = officers(folder.path());
    let verified = officers.verify(&received, AT, 0).map(|it| it.officers());
    assert_eq!(verified, Ok(vec!["li".to_owned(), "wang".to_owned()]));

    let strange = body.replacen("{\"", "{\"beside\":1,\"", 1);
    let strange =
        health_code_core::encoding::json::from_slice::<SignedOrder<O>>(strange.as_bytes());
    strange.expect_err("a member that is not known");
    let mut alone = received.clone();
    alone.signatures.truncate(1);
    let alone = officers.verify(&alone, AT, 0).map(|it| it.officers());
    let expected = if O::ONE_MAY_SIGN {
        Ok(vec!["li".to_owned()])
    } else {
        Err(OrderRefusal::Officers("signatures", "not_two"))
    };
    assert_eq!(alone, expected);
}

macro_rules! holds {
    ($order:ty, $name:literal) => {
        holds::<$order>(
            include_str!(concat!("fixtures/", $name, ".draft.json")),
            include_str!(concat!("fixtures/", $name, ".body.json")),
        );
    };
}

#[test]
fn drafts_and_bodies_of_every_kind_are_as_they_were() {
    holds!(ColourOrder, "colour-change");
    holds!(MoveOrder, "device-move");
    holds!(CareOrder, "care-order");
    holds!(AppealDecisionOrder, "appeals");
    holds!(PublicationOrder, "publication");
    holds!(DccOrder, "certificates");
}

#[test]
fn a_signature_counts_for_its_kind_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let officers = officers(folder.path());
    // The same members under the same names: what keeps them apart is the prefix.
    let care: SignedOrder<CareOrder> =
        serde_json::from_str(include_str!("fixtures/device-move.body.json")).expect("a body");
    let refused = officers.verify(&care, AT, 0).map(|it| it.officers());
    let wrong = OrderRefusal::Officers("signatures/0", "signature_wrong");
    assert_eq!(refused, Err(wrong));
}

#[test]
fn a_key_that_counts_no_more_signs_no_order_of_any_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("officers.toml");
    officers(folder.path());
    let enrolled = std::fs::read_to_string(&path).expect("read");
    let revoked = enrolled.replacen(
        "public_key",
        &format!("revoked_at = {}\npublic_key", AT - 1),
        1,
    );
    std::fs::write(&path, revoked).expect("written");
    let officers = Officers::read(&path).expect("officers");
    assert_refused::<CareOrder>(&officers, include_str!("fixtures/care-order.body.json"));
    assert_refused::<AppealDecisionOrder>(&officers, include_str!("fixtures/appeals.body.json"));
    assert_refused::<MoveOrder>(&officers, include_str!("fixtures/device-move.body.json"));
}

fn assert_refused<O: Order>(officers: &Officers, body: &str) {
    let body: SignedOrder<O> = serde_json::from_str(body).expect("a body");
    let refused = officers.verify(&body, AT, 0).map(|it| it.officers());
    let expected = OrderRefusal::Officers("signatures", "officer_not_valid");
    assert_eq!(refused, Err(expected));
}

#[test]
fn an_officer_who_signs_again_signs_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("li.key");
    let secret = format!("ed25519-secret:{}\n", "01".repeat(32));
    crate::files::write_secret(&key, secret.as_bytes()).expect("written");
    let file = folder.path().join("draft.json");
    std::fs::write(&file, include_str!("fixtures/care-order.draft.json")).expect("written");
    let mut draft = Draft::<CareOrder>::read(&file).expect("a draft");
    let by = |officer| By {
        officer,
        key: &key,
        enrolled: None,
    };
    draft.sign(&by("li")).expect("signed");
    assert_eq!(draft.0.signatures.len(), 2);
    // The same key under another name is another officer's.
    draft.sign(&by("wang")).expect_err("of another");
}
