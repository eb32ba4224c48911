//! Fever clinics, end to end: two officers publish, a phone syncs over TLS, and finds the nearest with the server off.

use health_code_core::capability::clinics::{ClinicOpen, ClinicQuery, Position};
use health_code_tests::phone::Phone;
use health_code_tests::town::Town;
use serde_json::{Value, json};

const EVERYWHERE: ClinicQuery = ClinicQuery {
    position: None,
    division: None,
    open_only: false,
    limit: 50,
};

fn clinic(id: &str, latitude: f64, longitude: f64, hours: &Value) -> Value {
    json!({
        "id": id, "name": {"en": "Hospital", "zh": "医院"}, "address": {"en": "1 Lake Road", "zh": "湖滨路一号"},
        "division": 330_106, "phone": "0571-12345678", "latitude": latitude, "longitude": longitude, "hours": hours,
    })
}

#[test]
fn the_nearest_open_clinic_is_found_without_a_network() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    assert!(
        phone
            .health_code
            .clinics(&EVERYWHERE)
            .expect("a list")
            .is_empty()
    );

    // The town's morning is Tuesday 2026-11-24, ten o'clock.
    let mornings = json!({"tue": [["08:00", "12:00"]], "holiday": []});
    let evenings = json!({"tue": [["18:00", "22:00"]], "holiday": [["18:00", "22:00"]]});
    let content = json!({
        "id": "hangzhou", "version": 1, "utcOffsetMinutes": 480, "specialDays": {"2026-12-01": "holiday"},
        "clinics": [
            clinic("far", 30.40, 120.30, &json!("always")),
            clinic("near", 30.26, 120.16, &mornings),
            clinic("nearest", 30.2501, 120.1501, &evenings),
        ],
    });
    town.publish("clinics", "hangzhou", 1, content.to_string().as_bytes());
    phone.sync();
    town.stop();

    let here = ClinicQuery {
        position: Some(Position {
            latitude: 30.25,
            longitude: 120.15,
        }),
        ..EVERYWHERE
    };
    let ids = |query: &ClinicQuery| -> Vec<String> {
        let found = phone.health_code.clinics(query).expect("a list");
        found.into_iter().map(|clinic| clinic.id).collect()
    };
    assert_eq!(ids(&here), ["nearest", "near", "far"]);
    let open_here = ClinicQuery {
        open_only: true,
        ..here
    };
    assert_eq!(ids(&open_here), ["near", "far"]);
    let found = phone.health_code.clinics(&here).expect("a list");
    assert!(
        found[0].distance_m.is_some_and(|metres| metres < 50),
        "{found:?}"
    );
    assert_eq!(found[0].open, ClinicOpen::Closed);
    // It opens at 18:00, eight hours on; the other closes at noon.
    assert_eq!(found[0].changes_at, Some(town.now() + 8 * 3_600));
    assert_eq!(found[1].changes_at, Some(town.now() + 2 * 3_600));
    assert_eq!(found[1].phone, "0571-12345678");

    // A week on is the region's holiday.
    phone.clock.advance_ms(7 * 86_400_000);
    assert_eq!(ids(&open_here), ["far"]);
}

#[test]
fn the_authority_publishes_no_clinics_without_hours_for_holidays() {
    let town = Town::new();
    let content = json!({
        "id": "hangzhou", "version": 1, "utcOffsetMinutes": 480,
        "clinics": [clinic("a", 30.0, 120.0, &json!({"tue": [["08:00", "12:00"]]}))],
    });
    let content = content.to_string();
    let refused = town.publish_refused("clinics", "hangzhou", 1, content.as_bytes());
    assert_eq!(refused, "clinics_hours_invalid");
}
