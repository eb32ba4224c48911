//! Bulletins, end to end: two officers publish, a phone syncs over TLS, and reads them with the server off.

use health_code_core::capability::bulletins::BulletinUrgency;
use health_code_core::wire::BundleKind;
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Value, json};

fn content(town: &Town, version: u64, bulletins: &[(&str, u32, &str)]) -> Vec<u8> {
    let at = town.now();
    let bulletins: Vec<Value> = bulletins
        .iter()
        .map(|(id, division, urgency)| {
            json!({
                "id": id, "division": division, "urgency": urgency, "publishedAt": at, "expiresAt": at + 7 * 86_400,
                "title": {"en": "Masks", "zh": "口罩", "ko": "마스크"},
                "text": {"en": "Wear one indoors.", "zh": "室内请佩戴口罩。"}, "phone": "12345",
            })
        })
        .collect();
    json!({"id": "hangzhou", "version": version, "bulletins": bulletins})
        .to_string()
        .into_bytes()
}

#[test]
fn what_officers_publish_is_read_offline_and_stays_marked_as_read() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    let empty = phone.health_code.bulletins(None).expect("a view");
    assert!(empty.bulletins.is_empty() && empty.unread == 0);

    let first = content(
        &town,
        1,
        &[
            ("metro", 330_100, "important"),
            ("north", 110_000, "urgent"),
        ],
    );
    town.publish("bulletins", "hangzhou", 1, &first);
    phone.sync();
    town.stop();

    let here = phone.health_code.bulletins(Some(330_106)).expect("a view");
    let ids: Vec<_> = here.bulletins.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((ids, here.unread), (vec!["hangzhou/metro"], 1));
    phone.health_code.set_language("ko-KR");
    let korean = phone.health_code.bulletins(Some(330_106)).expect("a view");
    assert_ne!(here.bulletins[0].title, korean.bulletins[0].title);
    assert_eq!(korean.bulletins[0].title, "마스크");
    let all = phone.health_code.bulletins(None).expect("a view");
    assert_eq!(all.bulletins[0].urgency, BulletinUrgency::Urgent);

    phone
        .health_code
        .mark_bulletins_read(&["hangzhou/metro".to_owned()])
        .expect("marked");
    assert_eq!(
        phone
            .health_code
            .bulletins(Some(330_106))
            .expect("a view")
            .unread,
        0
    );

    // Another version: what was read stays read, and what is new is not.
    town.start();
    let second = content(
        &town,
        2,
        &[("metro", 330_100, "important"), ("school", 330_100, "info")],
    );
    town.publish("bulletins", "hangzhou", 2, &second);
    phone.sync();
    let here = phone.health_code.bulletins(Some(330_100)).expect("a view");
    let marks: Vec<_> = here
        .bulletins
        .iter()
        .map(|one| (one.id.as_str(), one.is_read))
        .collect();
    assert_eq!(
        marks,
        [("hangzhou/metro", true), ("hangzhou/school", false)]
    );

    // They end by the clock, without the authority.
    town.stop();
    phone.clock.advance_ms(8 * 86_400_000);
    assert!(
        phone
            .health_code
            .bulletins(None)
            .expect("a view")
            .bulletins
            .is_empty()
    );
}

#[test]
fn the_authority_publishes_no_bulletins_that_a_phone_would_leave_out() {
    let town = Town::new();
    let unknown = content(&town, 1, &[("metro", 330_100, "catastrophic")]);
    let refused = town.publish_refused("bulletins", "hangzhou", 1, &unknown);
    assert_eq!(refused, "bulletins_malformed");
    let phone = Phone::new(&town, "phone");
    phone.sync();
    let held = phone
        .health_code
        .published_bundle(&BundleKind::new("bulletins"), "hangzhou");
    assert_eq!(held.expect("read"), None);
}
