//! Reading, publishing and choosing bulletins.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{BulletinUrgency, Bulletins, BulletinsError, select};
use crate::words::LanguageTag;

const NOW: i64 = 1_583_020_800;

fn bulletin(id: &str, division: u32, urgency: &str, published_at: i64) -> Value {
    json!({
        "id": id, "division": division, "urgency": urgency, "publishedAt": published_at,
        "title": {"en": "Masks", "zh": "口罩"}, "text": {"en": "Wear one.", "zh": "请佩戴口罩。"},
    })
}

fn list(bulletins: &[Value]) -> Vec<u8> {
    json!({"id": "hangzhou", "version": 3, "bulletins": bulletins})
        .to_string()
        .into_bytes()
}

#[test]
fn what_concerns_a_division_comes_most_urgent_and_newest_first() {
    let mut gone = bulletin("gone", 330_100, "urgent", NOW - 9);
    gone["expiresAt"] = json!(NOW);
    let content = list(&[
        bulletin("everywhere", 0, "info", NOW - 1),
        bulletin("province", 330_000, "important", NOW - 5),
        bulletin("city", 330_100, "important", NOW - 2),
        bulletin("district", 330_106, "urgent", NOW - 9),
        bulletin("other-city", 330_200, "urgent", NOW),
        bulletin("other-province", 420_000, "urgent", NOW),
        gone,
    ]);
    let lists = [Bulletins::read_strictly(&content).unwrap()];
    let ids = |division| -> Vec<String> {
        let view = select(
            &lists,
            division,
            &BTreeSet::new(),
            NOW,
            &LanguageTag::default(),
        );
        assert_eq!(view.unread as usize, view.bulletins.len());
        let ids = view.bulletins.into_iter();
        ids.map(|shown| shown.id.replace("hangzhou/", "")).collect()
    };
    let here = ["district", "city", "province", "everywhere"];
    assert_eq!(ids(Some(330_106)), here);
    assert_eq!(ids(Some(330_100)), here);
    let in_the_province = ["other-city", "district", "city", "province", "everywhere"];
    assert_eq!(ids(Some(330_000)), in_the_province);
    assert_eq!(ids(Some(110_000)), ["everywhere"]);
    assert_eq!(ids(None).len(), 6);
}

#[test]
fn a_mark_counts_for_one_bulletin_of_one_issuer() {
    let content = list(&[bulletin("a", 0, "info", 1), bulletin("b", 0, "info", 2)]);
    let lists = [Bulletins::read(&content).unwrap()];
    let read = BTreeSet::from(["hangzhou/a".to_owned(), "wuhan/b".to_owned()]);
    let view = select(&lists, None, &read, NOW, &LanguageTag::default());
    let marks: Vec<_> = view.bulletins.iter().map(|shown| shown.is_read).collect();
    assert_eq!((view.unread, marks), (1, vec![false, true]));
}

#[test]
fn a_bulletin_of_tomorrow_is_shown_and_a_broken_one_hides_no_other() {
    let mut tomorrow = bulletin("tomorrow", 330_100, "catastrophic", NOW);
    tomorrow["video"] = json!({"seconds": 3});
    tomorrow["title"]["ko"] = json!("마스크");
    let mut no_text = bulletin("no-text", 0, "info", NOW);
    no_text["text"] = json!({"en": "Wear one."});
    let content = list(&[
        json!("not a bulletin"),
        no_text,
        tomorrow,
        bulletin("UPPER", 0, "info", NOW),
        bulletin("today", 0, "urgent", NOW),
        bulletin("today", 0, "urgent", NOW),
    ]);
    let read = Bulletins::read(&content).unwrap();
    let ids: Vec<_> = read.bulletins.iter().map(|read| read.id.as_str()).collect();
    assert_eq!(ids, ["tomorrow", "today"]);
    assert_eq!(read.bulletins[0].urgency, BulletinUrgency::Info);
    for (language, title) in [("ko-KR", "마스크"), ("zh-Hans-CN", "口罩"), ("fr", "Masks")] {
        let lists = [read.clone()];
        let view = select(
            &lists,
            None,
            &BTreeSet::new(),
            NOW,
            &LanguageTag::new(language),
        );
        let shown = view
            .bulletins
            .iter()
            .find(|shown| shown.id == "hangzhou/tomorrow");
        assert_eq!(shown.unwrap().title, title, "{language}");
    }
}

#[test]
fn an_authority_publishes_only_what_every_phone_shows() {
    let changed = |key: &str, value: Value| {
        let mut bulletin = bulletin("a", 330_100, "info", NOW);
        bulletin[key] = value;
        Bulletins::read_strictly(&list(&[bulletin])).map(|_| ())
    };
    for (key, value) in [
        ("phone", json!("+86 571 12345")),
        ("phone", Value::Null),
        ("link", json!("https://example.org/a")),
        ("expiresAt", json!(NOW + 1)),
        ("division", json!(0)),
    ] {
        assert_eq!(changed(key, value.clone()), Ok(()), "{key} {value}");
    }
    for (key, value, error) in [
        ("urgency", json!("catastrophic"), BulletinsError::Malformed),
        ("video", json!(1), BulletinsError::Malformed),
        ("publishedAt", json!("today"), BulletinsError::Malformed),
        ("title", json!({"zh": "题"}), BulletinsError::TextInvalid),
        (
            "title",
            json!({"en": "x".repeat(121), "zh": "题"}),
            BulletinsError::TextInvalid,
        ),
        (
            "text",
            json!({"en": " ", "zh": "题"}),
            BulletinsError::TextInvalid,
        ),
        ("id", json!(""), BulletinsError::IdInvalid),
        ("id", json!("a/b"), BulletinsError::IdInvalid),
        ("division", json!(33), BulletinsError::ValueInvalid),
        ("expiresAt", json!(NOW), BulletinsError::ValueInvalid),
        ("phone", json!("call us"), BulletinsError::ValueInvalid),
        (
            "link",
            json!("http://example.org"),
            BulletinsError::ValueInvalid,
        ),
        ("link", json!("https://"), BulletinsError::ValueInvalid),
        ("link", json!("https://a b"), BulletinsError::ValueInvalid),
    ] {
        assert_eq!(changed(key, value.clone()), Err(error), "{key} {value}");
    }
    let twice = list(&[bulletin("a", 0, "info", 1), bulletin("a", 0, "info", 1)]);
    assert_eq!(
        Bulletins::read_strictly(&twice),
        Err(BulletinsError::IdInvalid)
    );
    for no_list in ["", "[]", "{}", r#"{"id": "a", "version": 1}"#] {
        let read = Bulletins::read(no_list.as_bytes());
        assert_eq!(read, Err(BulletinsError::Malformed), "{no_list}");
    }
    for head in [
        json!({"id": "A", "version": 1, "bulletins": []}),
        json!({"id": "a", "version": 0, "bulletins": []}),
    ] {
        assert!(
            Bulletins::read_strictly(head.to_string().as_bytes()).is_err(),
            "{head}"
        );
    }
}
