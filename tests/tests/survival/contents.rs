//! What the cases are filled with: who registers, what officers publish, what laboratories report.

use data_encoding::HEXLOWER;
use health_code_authority::{CodeAct, CodeOrder, sign_code_order, sign_reports};
use health_code_core::capability::dependants::DependantRequest;
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::capability::results::{Report, ReportedDocument, Reports};
use health_code_core::citizen::{CONSENT_VERSION, HealthCode};
use health_code_core::testing::dcc_issuer::{DccIssuer, anna, negative_test, vaccination};
use health_code_core::testing::entropy::FixedEntropy;
use health_code_tests::laboratory;
use health_code_tests::phone::{self, registration, resident_id};
use health_code_tests::town::MORNING_MS;
use serde_json::{Map, Value, json};

use super::world::World;

const NOW: i64 = MORNING_MS / 1_000;
const DAY: i64 = 86_400;

pub fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Registers, and declares to be well.
pub fn resident(phone: &HealthCode) {
    phone
        .register(&registration(&resident_id("001")), CONSENT_VERSION)
        .expect("registered");
    declare_well(phone);
}

pub fn declare_well(phone: &HealthCode) {
    let form = phone.declaration_form().expect("a form");
    let mut answers = phone.draft(&form).expect("a draft");
    answers.extend(object(&json!({
        "temperature": 36.5, "symptoms": ["none"], "underlyingIllness": ["none"],
        "highRiskStay": false, "contact": false, "travelled": false, "truthful": true,
    })));
    phone.submit_declaration(&answers).expect("declared");
}

pub fn visitor(phone: &HealthCode) {
    let answers = object(&json!({
        "name": "Anna Maria Eriksson", "sex": "2", "nationality": "SWE",
        "document": {"kind": "passport", "number": "L898902C3"},
        "division": "330106", "address": "文三路 90 号", "phone": "13800001234",
        "underlyingIllness": ["none"],
    }));
    phone
        .register(&answers, CONSENT_VERSION)
        .expect("registered");
}

pub fn child() -> DependantRequest {
    phone::child("欧阳小小", "N330106001")
}

fn sweden() -> DccIssuer {
    DccIssuer::es256("SE", 7)
}

pub fn dcc_keys(version: u64) -> Value {
    json!({"id": "eu", "version": version, "keys": [sweden().entry(&[])]})
}

pub fn vaccinated() -> String {
    let content = vaccination(&anna(), "1974-08-12", (2, 2), "2026-06-20");
    sweden().issue(&content, NOW - 100 * DAY, NOW + 300 * DAY)
}

pub fn tested() -> String {
    let content = negative_test(&anna(), "1974-08-12", "2026-11-24T00:30:00Z");
    sweden().issue(&content, NOW - 3_600, NOW + 300 * DAY)
}

pub fn dcc_rules(version: u64) -> Value {
    json!({"id": "hangzhou", "version": version, "rules": [{
        "Identifier": "VR-CN-0001", "Type": "Acceptance", "Country": "CN", "CertificateType": "Vaccination",
        "ValidFrom": "2026-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z",
        "Description": [
            {"lang": "en", "desc": "A series that is complete."}, {"lang": "zh", "desc": "完成接种。"},
        ],
        "Logic": {">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]},
    }], "valueSets": {}})
}

pub fn bulletins(version: u64, ids: &[&str]) -> Value {
    let bulletins: Vec<Value> = ids
        .iter()
        .map(|id| {
            json!({
                "id": id, "division": 330_100, "urgency": "important", "publishedAt": NOW,
                "expiresAt": NOW + 60 * DAY, "title": {"en": "Masks", "zh": "口罩"},
                "text": {"en": "Wear one indoors.", "zh": "室内请佩戴口罩。"}, "phone": "12345",
            })
        })
        .collect();
    json!({"id": "hangzhou", "version": version, "bulletins": bulletins})
}

pub fn clinics(version: u64, count: u32) -> Value {
    let clinics: Vec<Value> = (0..count)
        .map(|number| {
            json!({
                "id": format!("clinic-{number}"), "name": {"en": "Hospital", "zh": "医院"},
                "address": {"en": "1 Lake Road", "zh": "湖滨路一号"}, "division": 330_106,
                "phone": "0571-12345678", "latitude": 30.0 + f64::from(number) / 1_000.0, "longitude": 120.0,
                "hours": "always",
            })
        })
        .collect();
    json!({"id": "hangzhou", "version": version, "utcOffsetMinutes": 480, "clinics": clinics})
}

pub fn laboratories(version: u64) -> Value {
    let list = laboratory::laboratories(version, None, &["nucleic_acid"]);
    serde_json::to_value(&list).expect("JSON")
}

pub fn activation_code() -> ActivationCode {
    ActivationCode::generate(&FixedEntropy::new(3)).expect("a code")
}

impl World {
    /// The laboratory's system reports negative tests of the resident under these ids.
    pub fn report(&self, ids: &[&str]) {
        let reports = Reports {
            iss: "lab".to_owned(),
            aud: "330100".to_owned(),
            iat: self.now(),
            results: ids.iter().map(|id| self.negative(id)).collect(),
        };
        let body = sign_reports(&reports, &laboratory::key()).into_bytes();
        self.ask("/v1/laboratories/lab/results", "application/jose", body);
        // They come to the citizen after the laboratory was answered.
        self.finish();
    }

    fn negative(&self, id: &str) -> Report {
        Report {
            id: id.to_owned(),
            version: 1,
            document: ReportedDocument {
                kind: "resident_id".to_owned(),
                number: self.resident.clone(),
            },
            kind: "nucleic_acid".to_owned(),
            outcome: "negative".to_owned(),
            sampled_at: self.now() - 3_600,
            place: None,
            dose: None,
            product: None,
            withdrawn: false,
        }
    }

    /// The desk makes the code of the resident.
    pub fn make_code(&self) {
        let order = CodeOrder {
            id: self.order_id(),
            act: CodeAct::Make,
            document_kind: Some("resident_id".to_owned()),
            document_number: Some(self.resident.clone()),
            name: None,
            code_sha256: Some(HEXLOWER.encode(&activation_code().sha256())),
            days: None,
            code_id: None,
            at: self.now(),
        };
        let signed = sign_code_order(&order, "officer-1", &self.officer(1));
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.ask("/v1/admin/activation-codes", "application/json", body);
    }
}
