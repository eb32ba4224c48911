//! Tomorrow's data.

use serde_json::{Value, json};

use super::CareRequest;
use crate::store::SubjectId;

#[test]
fn a_request_of_tomorrow_is_not_taken_for_one_of_today() {
    let mut asked = json!({
        "key": {"publicKey": "", "hardware": false, "proof": ""},
        "identity": {
            "name": "", "sex": "", "nationality": "", "documentKind": "", "documentNumber": "",
            "division": 0, "address": "", "phone": "",
        },
        "consent": {"version": 1, "acceptedAt": 0},
    });
    let read = |asked: &Value| serde_json::from_value::<CareRequest>(asked.clone());
    let today = read(&asked).expect("reads");
    assert_eq!(today.key.proven("device", &SubjectId::OWNER), None);
    asked["guardian"] = json!("court");
    assert!(read(&asked).is_err());
}
