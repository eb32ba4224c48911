//! The rule set and the forms at the start: those of the settings, and over them what officers have published since.
//!
//! Invariant: of each kind and name the highest version is listed and in force; a publication of a kind that this
//! version does not know is passed over.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use health_code_core::capability::identity_proof::{IDENTITY_PROOFS, IDENTITY_PROOFS_NAME};
use health_code_core::capability::results::Laboratories;
use health_code_core::civil_time::CivilTime;
use health_code_core::form::{Form, FormError};
use health_code_core::rules::RuleSet;

use crate::capability::identity_proof::ProofPolicy;
use crate::capability::{BUNDLES, forms, international, rule_sets};
use crate::cases::bundles::Listed;
use crate::cases::certified_facts::CertificateLists;
use crate::cases::definitions::{Definitions, Visitors};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::files;
use crate::store::Publication;

const MAX_DEFINITION_BYTES: u64 = 1024 * 1024;

/// What is in force and listed at the start.
#[derive(Debug)]
pub(super) struct AtStart {
    pub(super) definitions: Definitions,
    pub(super) listed: Vec<Listed>,
}

/// Those of the settings.
///
/// Signed as of `signed_at`, Unix seconds.
pub(super) fn from_settings(
    config: &Config,
    signed_at: i64,
    key: &SigningKey,
) -> Result<AtStart, AuthorityError> {
    let (rule_set, json) = read_rule_set(&config.rule_set)?;
    let (name, version) = (rule_set.id.clone(), rule_set.version.into());
    let visitors = read_visitors(config, &rule_set)?;
    let mut at_start = AtStart {
        definitions: Definitions {
            visitors: visitors.as_ref().map(|(visitors, _)| visitors.clone()),
            rule_set,
            forms: Vec::new(),
            // Version 0: whatever officers publish takes its place.
            laboratories: Arc::new(Laboratories {
                version: 0,
                ..Laboratories::usual()
            }),
            certificates: CertificateLists::default(),
        },
        listed: Vec::new(),
    };
    let signed = rule_sets::BUNDLE.sign(name, version, &json, signed_at, key);
    at_start.list(signed.map_err(|code| refused(&config.rule_set, code))?);
    if let Some((visitors, json)) = visitors {
        let (name, version) = (visitors.rule_set.id, visitors.rule_set.version.into());
        let signed = rule_sets::BUNDLE.sign(name, version, &json, signed_at, key);
        at_start.list(signed.map_err(|code| refused(&config.visitor_rule_set, code))?);
    }
    for (form, json) in read_forms(&config.forms)? {
        let definition = form.definition();
        let (name, version) = (definition.id.clone(), definition.version.into());
        let signed = forms::BUNDLE.sign(name.clone(), version, &json, signed_at, key);
        at_start.list(signed.map_err(|code| refused(&name, code))?);
        at_start.definitions.take_form(form);
    }
    Ok(at_start)
}

/// The policy of identity proofs: the file of the settings, or the one that is built in.
pub(super) fn identity_proofs(config: &Config) -> Result<ProofPolicy, AuthorityError> {
    let Some(path) = &config.identity_proofs else {
        return Ok(ProofPolicy::default());
    };
    let json = files::read_capped(path, MAX_DEFINITION_BYTES)?;
    ProofPolicy::from_json(&json)
        .map_err(|error| refused(&path.display().to_string(), error.code()))
}

impl AtStart {
    /// Lists what phones are told of a policy of identity proofs.
    pub(super) fn list_identity_proofs(
        &mut self,
        policy: &ProofPolicy,
        signed_at: i64,
        key: &SigningKey,
    ) -> Result<(), AuthorityError> {
        let kind = (IDENTITY_PROOFS.kind.clone(), IDENTITY_PROOFS.typ);
        let (name, version) = (IDENTITY_PROOFS_NAME.to_owned(), policy.published.version);
        let signed = Listed::sign(kind, name, version, policy.content().into(), signed_at, key);
        self.list(signed.map_err(|code| refused(IDENTITY_PROOFS_NAME, code))?);
        Ok(())
    }

    /// Lays publications over them, each signed as of its publication or, where that is outside, of the nearest of `time`
    /// (Unix seconds).
    pub(super) fn lay_over(
        &mut self,
        publications: &[Publication],
        time: &RangeInclusive<i64>,
        key: &SigningKey,
    ) -> Result<(), AuthorityError> {
        for publication in publications {
            let Some(row) = BUNDLES.iter().find(|row| row.id == publication.kind) else {
                tracing::warn!(kind = publication.kind, "a publication of an unknown kind");
                continue;
            };
            let refused = |code| refused(&publication.name, code);
            let content = (row.read)(&publication.content).map_err(refused)?;
            if let Err(code) = (content.in_force)(&mut self.definitions) {
                // The settings name another rule set than the one that this was a version of.
                tracing::warn!(
                    kind = publication.kind,
                    code,
                    "a publication is not in force"
                );
                continue;
            }
            let signed_at = publication.published_at.clamp(*time.start(), *time.end());
            let (name, version) = (content.name, content.version);
            let signed = row.sign(name, version, &publication.content, signed_at, key);
            self.list(signed.map_err(refused)?);
        }
        Ok(())
    }

    fn list(&mut self, new: Listed) {
        let mut listed = self.listed.iter_mut();
        match listed.find(|one| one.kind == new.kind && one.name == new.name) {
            Some(before) if before.version < new.version => *before = new,
            Some(_) => {}
            None => self.listed.push(new),
        }
    }
}

fn refused(name: &str, code: &str) -> AuthorityError {
    AuthorityError::DefinitionRefused {
        at: format!("{name} ({code})"),
    }
}

/// A built-in rule set by id, or a file.
/// By which clock the rules of the settings count days; China's where they cannot be read, which the start names.
pub(crate) fn civil_time(config: &Config) -> CivilTime {
    let read = read_rule_set(&config.rule_set);
    let east = read.ok().map(|(rules, _)| rules.utc_offset_minutes);
    east.and_then(CivilTime::east).unwrap_or(CivilTime::CHINA)
}

fn read_rule_set(said: &str) -> Result<(RuleSet, Vec<u8>), AuthorityError> {
    let shipped = health_code_core::rules::shipped();
    let json = match shipped.iter().find(|(id, _)| *id == said) {
        Some((_, json)) => json.as_bytes().to_vec(),
        None => files::read_capped(Path::new(said), MAX_DEFINITION_BYTES)?,
    };
    let rule_set =
        RuleSet::from_json(&json).map_err(|error| AuthorityError::DefinitionRefused {
            at: format!("{said} ({})", error.code()),
        })?;
    Ok((rule_set, json))
}

/// Who is a visitor, with the JSON of the rule set; none where nobody is.
fn read_visitors(
    config: &Config,
    domestic: &RuleSet,
) -> Result<Option<(Visitors, Vec<u8>)>, AuthorityError> {
    if config.visitor_documents.is_empty() {
        return Ok(None);
    }
    let (rule_set, json) = read_rule_set(&config.visitor_rule_set)?;
    let visitors = international::visitors(&config.visitor_documents, rule_set, domestic);
    let visitors = visitors.map_err(|code| refused(&config.visitor_rule_set, code))?;
    Ok(Some((visitors, json)))
}

/// The built-in forms and those of the files, with their JSON.
fn read_forms(paths: &[PathBuf]) -> Result<Vec<(Form, Vec<u8>)>, AuthorityError> {
    let mut sources = Vec::new();
    for shipped in health_code_core::form::shipped() {
        sources.push((shipped.id.to_owned(), shipped.json.as_bytes().to_vec()));
    }
    for path in paths {
        let json = files::read_capped(path, MAX_DEFINITION_BYTES)?;
        sources.push((path.display().to_string(), json));
    }
    let mut forms = Vec::new();
    for (at, json) in sources {
        let refused = |error: FormError| AuthorityError::DefinitionRefused {
            at: format!("{at} ({})", error.code()),
        };
        let form = Form::from_json(&json).map_err(refused)?;
        form.require_known_facts().map_err(refused)?;
        forms.push((form, json));
    }
    Ok(forms)
}

#[cfg(test)]
mod tests {
    use super::read_forms;

    #[test]
    fn a_form_that_asks_for_an_unknown_fact_is_refused_where_answers_are_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("form.json");
        let read = |fact: &str| {
            let text = serde_json::json!({"en": "T", "zh": "题"});
            let field =
                serde_json::json!({"id": "a", "kind": "number", "label": text, "fact": fact});
            let form = serde_json::json!({
                "id": "test", "version": 1, "title": text,
                "sections": [{"id": "all", "title": text, "fields": [field]}],
            });
            std::fs::write(&path, form.to_string()).expect("written");
            read_forms(std::slice::from_ref(&path)).map(|forms| forms.len())
        };
        assert_eq!(read("temperature").ok(), Some(4));
        let error = read("temprature").expect_err("refused");
        assert!(error.at().contains("form_fact_unknown"), "{}", error.at());
    }
}
