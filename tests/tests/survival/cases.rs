//! What each capability gives to the harness: what is done before and meanwhile, what a citizen does, and what a screen shows.
//!
//! Invariant: a look holds nothing that differs by chance from one run to the next; acts are the public ones.

use health_code_core::capability::clinics::ClinicQuery;
use health_code_core::capability::identity_proof::ProofKind;
use health_code_core::citizen::{CitizenError, FormKind, HealthCode};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use serde::Serialize;
use serde_json::{Value, json};

use super::contents::{
    activation_code, bulletins, child, clinics, dcc_keys, dcc_rules, laboratories, object,
    resident, tested, vaccinated, visitor,
};
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
            world.publish("laboratories", "laboratories", 1, &laboratories(1));
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
            world.publish("dcc-keys", "eu", 1, &dcc_keys(1));
            world.publish("dcc-rules", "hangzhou", 1, &dcc_rules(1));
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
