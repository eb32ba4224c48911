//! Reading, publishing and finding clinics; hours over days, nights, holidays and worked weekends.

use chrono::DateTime;
use serde_json::{Value, json};

use super::ClinicOpen::{self, Closed, Open, Unknown};
use super::{ClinicQuery, ClinicView, Clinics, ClinicsError, Position};
use crate::words::{Language, LanguageTag};

fn clinic(id: &str, latitude: f64, longitude: f64, hours: &Value) -> Value {
    json!({
        "id": id, "name": {"en": "Clinic", "zh": "发热门诊"}, "address": {"en": "1 Road", "zh": "一号路"},
        "division": 330_106, "phone": "0571-1234567", "latitude": latitude, "longitude": longitude, "hours": hours,
    })
}

fn list(special_days: &Value, clinics: &[Value]) -> Vec<u8> {
    json!({
        "id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "specialDays": special_days, "clinics": clinics,
    })
    .to_string()
    .into_bytes()
}

/// Unix seconds of a local time in China.
fn at(local: &str) -> i64 {
    DateTime::parse_from_rfc3339(&format!("{local}:00+08:00"))
        .unwrap()
        .timestamp()
}

fn find(lists: &[Clinics], query: &ClinicQuery, at: i64) -> Vec<ClinicView> {
    super::find(lists, query, at, &LanguageTag::default())
}

const ALL: ClinicQuery = ClinicQuery {
    position: None,
    division: None,
    open_only: false,
    limit: 100,
};

#[test]
fn hours_by_day_night_holiday_and_worked_weekend() {
    let hours = json!({
        "mon": [["13:30", "17:30"], ["08:00", "12:00"]], "tue": [["08:00", "24:00"]], "wed": [["00:00", "12:00"]],
        "fri": [["20:00", "02:00"]], "holiday": [["09:00", "11:00"]],
    });
    // 2020-01-27 is a Monday.
    let special = json!({"2020-02-03": "holiday", "2020-02-08": "mon", "2020-02-10": "carnival"});
    let content = list(&special, &[clinic("a", 30.0, 120.0, &hours)]);
    let lists = [Clinics::read(&content).unwrap()];
    let open = |local: &str| {
        let found = find(&lists, &ALL, at(local));
        (found[0].open, found[0].changes_at)
    };
    for (local, expected, changes) in [
        ("2020-01-27T07:59", Closed, Some("2020-01-27T08:00")),
        ("2020-01-27T08:00", Open, Some("2020-01-27T12:00")),
        ("2020-01-27T12:00", Closed, Some("2020-01-27T13:30")),
        ("2020-01-27T17:30", Closed, Some("2020-01-28T08:00")),
        // Midnight is no break.
        ("2020-01-28T23:00", Open, Some("2020-01-29T12:00")),
        ("2020-01-30T10:00", Closed, Some("2020-01-31T20:00")),
        ("2020-01-31T23:59", Open, Some("2020-02-01T02:00")),
        ("2020-02-01T01:59", Open, Some("2020-02-01T02:00")),
        ("2020-02-01T02:00", Closed, Some("2020-02-03T09:00")),
        // A Monday that is a holiday, a Saturday that is worked as a Monday.
        ("2020-02-03T08:30", Closed, Some("2020-02-03T09:00")),
        ("2020-02-03T10:59", Open, Some("2020-02-03T11:00")),
        ("2020-02-08T09:00", Open, Some("2020-02-08T12:00")),
        // A kind of day of tomorrow: unknown on it and on the morning after it, never open.
        ("2020-02-10T10:00", Unknown, None),
        ("2020-02-11T07:00", Unknown, None),
        ("2020-02-11T09:00", Open, Some("2020-02-12T12:00")),
        ("2020-02-09T10:00", Closed, None),
    ] {
        assert_eq!(open(local), (expected, changes.map(at)), "{local}");
    }
}

#[test]
fn always_is_always_and_hours_of_tomorrow_are_unknown() {
    let content = list(
        &json!({}),
        &[
            clinic("always", 30.0, 120.0, &json!("always")),
            clinic(
                "by-moon",
                30.0,
                120.0,
                &json!({"moon": [["08:00", "12:00"]]}),
            ),
            clinic("odd", 30.0, 120.0, &json!({"mon": [["8:00", "12:00"]]})),
        ],
    );
    let lists = [Clinics::read(&content).unwrap()];
    let found = find(&lists, &ALL, at("2020-01-27T09:00"));
    let states: Vec<_> = found
        .iter()
        .map(|found| (found.id.as_str(), found.open))
        .collect();
    let expected = [
        ("always", ClinicOpen::Open),
        ("by-moon", ClinicOpen::Unknown),
        ("odd", ClinicOpen::Unknown),
    ];
    assert_eq!(states, expected);
    let open_only = ClinicQuery {
        open_only: true,
        ..ALL
    };
    assert_eq!(find(&lists, &open_only, at("2020-01-27T09:00")).len(), 1);
}

#[test]
fn the_nearest_comes_first_across_the_date_line_too() {
    let always = json!("always");
    let content = list(
        &json!({}),
        &[
            clinic("far", 31.2304, 121.4737, &always),
            clinic("near", 30.2741, 120.1551, &always),
            clinic("fiji", -17.0, -179.9, &always),
        ],
    );
    let lists = [Clinics::read(&content).unwrap()];
    let ids_from = |latitude, longitude| {
        let query = ClinicQuery {
            position: Some(Position {
                latitude,
                longitude,
            }),
            limit: 2,
            ..ALL
        };
        let found = find(&lists, &query, 0);
        found
            .into_iter()
            .map(|found| (found.id, found.distance_m.unwrap()))
            .collect::<Vec<_>>()
    };
    let from_west_lake = ids_from(30.2500, 120.1500);
    assert_eq!(from_west_lake[0].0, "near");
    // Shanghai is 164 km away as the crow flies.
    assert_eq!(from_west_lake[1].0, "far");
    assert!(
        (160_000..172_000).contains(&from_west_lake[1].1),
        "{from_west_lake:?}"
    );
    let (id, distance) = ids_from(-17.0, 179.9).remove(0);
    assert_eq!(id, "fiji");
    assert!((21_000..22_000).contains(&distance), "{distance}");
    // A position that cannot be is none.
    let query = ClinicQuery {
        position: Some(Position {
            latitude: f64::NAN,
            longitude: 0.0,
        }),
        ..ALL
    };
    assert!(
        find(&lists, &query, 0)
            .iter()
            .all(|found| found.distance_m.is_none())
    );
}

#[test]
fn a_division_holds_what_lies_in_it() {
    let content = list(&json!({}), &[clinic("a", 30.0, 120.0, &json!("always"))]);
    let lists = [Clinics::read(&content).unwrap()];
    for (division, count) in [
        (330_000, 1),
        (330_100, 1),
        (330_106, 1),
        (330_105, 0),
        (110_000, 0),
    ] {
        let query = ClinicQuery {
            division: Some(division),
            ..ALL
        };
        assert_eq!(find(&lists, &query, 0).len(), count, "{division}");
    }
}

#[test]
fn a_broken_clinic_hides_no_other() {
    let mut tomorrow = clinic("tomorrow", 30.0, 120.0, &json!("always"));
    tomorrow["beds"] = json!(12);
    let content = list(
        &json!({}),
        &[json!(1), clinic("b", 91.0, 0.0, &json!("always")), tomorrow],
    );
    let read = Clinics::read(&content).unwrap();
    assert_eq!(read.clinics.len(), 1);
    assert_eq!(
        Clinics::read_strictly(&content),
        Err(ClinicsError::Malformed)
    );
}

#[test]
fn an_authority_publishes_only_what_every_phone_understands() {
    let changed = |key: &str, value: Value| {
        let mut clinic = clinic("a", 30.0, 120.0, &json!("always"));
        clinic[key] = value;
        Clinics::read_strictly(&list(&json!({}), &[clinic])).map(|_| ())
    };
    assert_eq!(changed("hours", json!({"holiday": []})), Ok(()));
    for (key, value, error) in [
        (
            "hours",
            json!({"mon": [["08:00", "12:00"]]}),
            ClinicsError::HoursInvalid,
        ),
        (
            "hours",
            json!({"moon": [], "holiday": []}),
            ClinicsError::HoursInvalid,
        ),
        (
            "hours",
            json!({"holiday": [["24:00", "02:00"]]}),
            ClinicsError::HoursInvalid,
        ),
        (
            "hours",
            json!({"holiday": [["08:60", "12:00"]]}),
            ClinicsError::HoursInvalid,
        ),
        (
            "hours",
            json!({"holiday": [["08:00", "08:00"]]}),
            ClinicsError::HoursInvalid,
        ),
        ("name", json!({"en": "A"}), ClinicsError::TextInvalid),
        ("phone", json!("ask"), ClinicsError::ValueInvalid),
        ("latitude", json!(90.1), ClinicsError::ValueInvalid),
        ("division", json!(0), ClinicsError::ValueInvalid),
        ("id", json!("Ä"), ClinicsError::IdInvalid),
        ("beds", json!(3), ClinicsError::Malformed),
        ("latitude", json!("north"), ClinicsError::Malformed),
    ] {
        assert_eq!(changed(key, value.clone()), Err(error), "{key} {value}");
    }
    let with_days = |days: Value| Clinics::read_strictly(&list(&days, &[])).map(|_| ());
    assert_eq!(with_days(json!({"2020-01-24": "holiday"})), Ok(()));
    for days in [
        json!({"2020-01-24": "carnival"}),
        json!({"2020-02-30": "holiday"}),
        json!({"20200124": "holiday"}),
    ] {
        assert_eq!(
            with_days(days.clone()),
            Err(ClinicsError::HoursInvalid),
            "{days}"
        );
    }
}

#[test]
fn a_name_is_in_the_readers_language_or_a_near_one() {
    let mut clinic = clinic("a", 30.0, 120.0, &json!("always"));
    clinic["name"]["ko"] = json!("발열 진료소");
    let lists = [Clinics::read(&list(&json!({}), &[clinic])).unwrap()];
    let found_in = |language: &LanguageTag| {
        let found = super::find(&lists, &ALL, 0, language);
        (found[0].name.clone(), found[0].address.clone())
    };
    assert_eq!(
        found_in(&Language::Chinese.into()),
        ("发热门诊".to_owned(), "一号路".to_owned())
    );
    assert_eq!(
        found_in(&LanguageTag::new("ko-KR")),
        ("발열 진료소".to_owned(), "1 Road".to_owned())
    );
}
