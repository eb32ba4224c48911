//! What each capability gives to the harness: what is done before and meanwhile, what a citizen does, and what a screen shows.
//!
//! Invariant: a look holds nothing that differs by chance from one run to the next; acts are the public ones.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_authority::{CodeAct, CodeOrder, sign_code_order, sign_reports};
use health_code_core::capability::clinics::ClinicQuery;
use health_code_core::capability::dependants::DependantRequest;
use health_code_core::capability::identity_proof::{ActivationCode, ProofKind};
use health_code_core::capability::results::{
    Laboratories, Laboratory, Report, ReportedDocument, Reports,
};
use health_code_core::citizen::{CONSENT_VERSION, CitizenError, FormKind, HealthCode};
use health_code_core::colour::{Colour, Reason};
use health_code_core::testing::dcc_issuer::{DccIssuer, anna, negative_test, vaccination};
use health_code_core::testing::entropy::FixedEntropy;
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use health_code_tests::phone::{registration, resident_id};
use health_code_tests::town::MORNING_MS;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::world::World;

/// Something that a citizen does: a name, and how.
pub type Act = (&'static str, fn(&HealthCode) -> Result<(), CitizenError>);

/// A capability.
pub struct Case {
    pub name: &'static str,
    /// Who the citizen is, and what there is before the phone's last sync.
    pub before: fn(&World, &HealthCode),
    /// What officers, desks and laboratories do after it: the next sync brings it.
    pub meanwhile: fn(&World),
    /// In this order.
    pub acts: &'static [Act],
    /// What a screen shows.
    pub see: fn(&HealthCode) -> Result<Value, CitizenError>,
    /// The requests whose answers are the capability's own: method, and what stands in the path.
    pub paths: &'static [(&'static str, &'static str)],
}

/// Answers to pieces of evidence are not read: the appeal's own answer says which are missing.
pub const UNREAD: &str = "/evidence/";
const NOW: i64 = MORNING_MS / 1_000;
const DAY: i64 = 86_400;

pub const ALL: &[Case] = &[
    Case {
        name: "identity_proof",
        before: |world, phone| {
            resident(phone);
            super::world::sync(phone);
            world.make_code();
        },
        meanwhile: |_| {},
        acts: &[("prove", |phone| {
            phone.prove_identity(ProofKind::ActivationCode, activation_code().as_str())
        })],
        see: |phone| {
            let mut view = plain(&phone.identity_proof()?);
            view["nonce"] = Value::Null;
            Ok(view)
        },
        paths: &[("POST", "/v1/subjects")],
    },
    Case {
        name: "officer_chain",
        before: |_, phone| resident(phone),
        meanwhile: |world| {
            world.order(Colour::Red, Reason::Confirmed, "");
        },
        acts: &[],
        see: |phone| Ok(plain(&phone.changes()?)),
        paths: &[("GET", "/parts/changes")],
    },
    Case {
        name: "appeals",
        before: |world, phone| {
            resident(phone);
            super::world::sync(phone);
            world.order(Colour::Red, Reason::Confirmed, "");
        },
        meanwhile: |_| {},
        acts: &[
            ("evidence", |phone| {
                let mut pdf = b"%PDF-1.7\n".to_vec();
                pdf.resize(70_000, b' ');
                phone.add_appeal_evidence(&pdf).map(|_| ())
            }),
            ("statement", |phone| {
                phone.save_appeal_statement("I was not in that city.")
            }),
            ("appeal", |phone| {
                let said = "I was not in that city on that day.";
                phone.submit_appeal(said).map(|_| ())
            }),
        ],
        see: |phone| {
            Ok(json!([
                plain(&phone.appeals()?),
                plain(&phone.appeal_draft()?)
            ]))
        },
        paths: &[
            ("PUT", "/appeals/"),
            ("PUT", UNREAD),
            ("GET", "/parts/appeals"),
        ],
    },
    Case {
        name: "dependants",
        before: |_, phone| resident(phone),
        meanwhile: |_| {},
        acts: &[("add", |phone| phone.add_dependant(&child()).map(|_| ()))],
        see: |phone| Ok(plain(&phone.dependants()?)),
        paths: &[("PUT", "/care/"), ("GET", "/parts/care")],
    },
    Case {
        name: "paper",
        before: |_, phone| resident(phone),
        meanwhile: |_| {},
        acts: &[("request", |phone| phone.request_paper(90).map(|_| ()))],
        see: |phone| Ok(plain(&phone.papers()?)),
        paths: &[("PUT", "/paper"), ("GET", "/parts/paper")],
    },
    Case {
        name: "results",
        before: |world, phone| {
            world.publish("laboratories", "laboratories", 1, &laboratories());
            resident(phone);
            world.report(&["1"]);
        },
        meanwhile: |world| world.report(&["2", "3"]),
        acts: &[("mark", |phone| {
            phone.mark_results_read(&["lab/1".to_owned(), "lab/2".to_owned()])
        })],
        see: |phone| Ok(plain(&phone.results()?)),
        paths: &[("GET", "/parts/results")],
    },
    Case {
        name: "dcc",
        before: |world, phone| {
            let keys = json!({"id": "eu", "version": 1, "keys": [sweden().entry(&[])]});
            world.publish("dcc-keys", "eu", 1, &keys);
            world.publish("dcc-rules", "hangzhou", 1, &dcc_rules());
            resident(phone);
        },
        meanwhile: |_| {},
        acts: &[
            ("keep", |phone| phone.keep_dcc(&vaccinated()).map(|_| ())),
            ("hand in", |phone| {
                let id = phone.keep_dcc(&vaccinated())?;
                phone.submit_dcc(&id, true).map(|_| ())
            }),
            ("keep another", |phone| {
                phone.keep_dcc(&tested()).map(|_| ())
            }),
        ],
        see: |phone| Ok(plain(&phone.dccs()?)),
        paths: &[("PUT", "/certificates/"), ("GET", "/parts/dcc")],
    },
    Case {
        name: "international",
        before: |_, phone| visitor(phone),
        meanwhile: |_| {},
        acts: &[("entry", |phone| {
            let form = phone.form(FormKind::EntryDeclaration)?;
            let mut answers = phone.draft(&form)?;
            answers.extend(object(&json!({
                "entryDate": "2026-11-24", "transport": "flight", "number": "CA936", "seat": "12A",
                "stay1": "SGP", "days1": 3, "phone": "13800001234",
                "temperature": 36.5, "symptoms": ["none"], "contact": false, "truthful": true,
            })));
            phone.submit_entry_declaration(&answers).map(|_| ())
        })],
        see: |phone| Ok(json!([plain(&phone.entry()?), elsewhere(phone)])),
        paths: &[("PUT", "/declarations/")],
    },
    Case {
        name: "export",
        before: |_, phone| resident(phone),
        meanwhile: |_| {},
        acts: &[("request", |phone| phone.request_holdings().map(|_| ()))],
        // Of the rest some is the phone's own business: ids, and when it last synced.
        see: |phone| Ok(json!(phone.export_view()?.holdings)),
        paths: &[("PUT", "/data-requests/"), ("GET", "/parts/holdings")],
    },
    Case {
        name: "erase",
        before: |_, phone| resident(phone),
        meanwhile: |_| {},
        acts: &[("erase", |phone| phone.erase(&SubjectId::OWNER))],
        see: |phone| {
            let home = phone.home()?;
            let erasures = phone.erasures();
            let ends: Vec<_> = erasures.iter().map(|one| plain(&one.state)).collect();
            Ok(json!([plain(&home.stage), home.code_available, ends]))
        },
        paths: &[("DELETE", "/subjects/owner")],
    },
    Case {
        name: "bulletins",
        before: |world, phone| {
            world.publish("bulletins", "hangzhou", 1, &bulletins(1, &["metro"]));
            resident(phone);
        },
        meanwhile: |world| {
            world.publish(
                "bulletins",
                "hangzhou",
                2,
                &bulletins(2, &["metro", "school"]),
            );
        },
        acts: &[("mark", |phone| {
            phone.mark_bulletins_read(&["hangzhou/metro".to_owned()])
        })],
        see: |phone| Ok(plain(&phone.bulletins(None)?)),
        paths: &[("GET", "/v1/bundles/")],
    },
    Case {
        name: "clinics",
        before: |world, phone| {
            world.publish("clinics", "hangzhou", 1, &clinics(1, 1));
            resident(phone);
        },
        meanwhile: |world| world.publish("clinics", "hangzhou", 2, &clinics(2, 2)),
        acts: &[],
        see: |phone| {
            let query = ClinicQuery {
                position: None,
                division: None,
                open_only: false,
                limit: 50,
            };
            let found = phone.clinics(&query)?;
            Ok(found.iter().map(plain).collect())
        },
        paths: &[("GET", "/v1/bundles/")],
    },
];

/// As JSON, with what chance made (ids, hashes, codes) taken out.
fn plain(view: &impl Serialize) -> Value {
    let mut json = serde_json::to_value(view).expect("JSON");
    without_chance(&mut json);
    json
}

fn without_chance(json: &mut Value) {
    match json {
        Value::String(text) => {
            let is_code = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:+/.$%*".contains(&byte);
            let has_digits = text.bytes().filter(u8::is_ascii_digit).count() > 2;
            if text.len() >= 20 && has_digits && text.bytes().all(is_code)
                || text.starts_with("JKM1:")
            {
                "by chance".clone_into(text);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(without_chance),
        Value::Object(all) => {
            all.values_mut().for_each(without_chance);
            // Where a list has a name before it, the id is the list's.
            if let Some(Value::String(id)) = all.get_mut("id")
                && !id.contains('/')
            {
                "by chance".clone_into(id);
            }
        }
        _ => {}
    }
}

/// What the code is elsewhere; none where there is no code.
fn elsewhere(phone: &HealthCode) -> Value {
    phone
        .code_in_regions()
        .map_or(Value::Null, |all| all.iter().map(plain).collect())
}

fn object(value: &Value) -> Map<String, Value> {
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

fn visitor(phone: &HealthCode) {
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

fn child() -> DependantRequest {
    let mut answers = registration("330106199003070014");
    answers.insert("name".to_owned(), json!("欧阳小小"));
    let document = json!({"kind": "birth_certificate", "number": "N330106001"});
    answers.insert("document".to_owned(), document);
    DependantRequest {
        answers,
        birth_date: Some("2016-05-20".to_owned()),
        consent_version: CONSENT_VERSION,
        code: None,
    }
}

fn sweden() -> DccIssuer {
    DccIssuer::es256("SE", 7)
}

fn vaccinated() -> String {
    let content = vaccination(&anna(), "1974-08-12", (2, 2), "2026-06-20");
    sweden().issue(&content, NOW - 100 * DAY, NOW + 300 * DAY)
}

fn tested() -> String {
    let content = negative_test(&anna(), "1974-08-12", "2026-11-24T00:30:00Z");
    sweden().issue(&content, NOW - 3_600, NOW + 300 * DAY)
}

fn dcc_rules() -> Value {
    json!({"id": "hangzhou", "version": 1, "rules": [{
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

fn laboratory() -> SigningKey {
    SigningKey::from_bytes(&[61; 32])
}

pub fn laboratories() -> Value {
    let mut list = Laboratories::usual();
    list.version = 1;
    let x = BASE64URL_NOPAD.encode(laboratory().verifying_key().as_bytes());
    list.laboratories.push(Laboratory {
        id: "lab".to_owned(),
        name: LocalizedText::new("First Hospital", "第一医院"),
        jwks: json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}),
        not_before: NOW - DAY,
        not_after: NOW + 300 * DAY,
        struck_off_at: None,
        reports: ["nucleic_acid"].map(str::to_owned).into(),
    });
    serde_json::to_value(&list).expect("JSON")
}

fn activation_code() -> ActivationCode {
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
        let body = sign_reports(&reports, &laboratory()).into_bytes();
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
    fn make_code(&self) {
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
