//! What the handlers work with, put together from the configuration.
//!
//! Invariant: made once, then only read; what changes sits behind the database, the publisher or a limiter.

use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use ed25519_dalek::SigningKey;
use health_code_core::form::{Form, FormError};
use health_code_core::ports::{Clock, Entropy};
use health_code_core::rules::RuleSet;
use health_code_core::trust::{FORM_TYPE, RULE_SET_TYPE, sign_bundle};
use health_code_core::wire::BundleKind;

use crate::admission::Admission;
use crate::config::Config;
use crate::db::{self, Database, DbError, Sealer};
use crate::decision::Decider;
use crate::errors::AuthorityError;
use crate::issuer::Issuer;
use crate::officers::Officers;
use crate::publish::{Publisher, read_trust};
use crate::{files, keys};

const MAX_DEFINITION_BYTES: u64 = 1024 * 1024;

/// The server's insides.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) clock: Ports<dyn Clock>,
    pub(crate) entropy: Ports<dyn Entropy>,
    pub(crate) database: Database,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) admission: Admission,
    pub(crate) officers: Officers,
    pub(crate) decider: Decider,
    pub(crate) issuer: Issuer,
    pub(crate) publisher: Arc<Publisher>,
    pub(crate) forms: Vec<Form>,
    pub(crate) root_key: [u8; 32],
    pub(crate) issuer_key: Arc<SigningKey>,
}

/// A port behind an `Arc`, printable.
#[derive(Clone)]
pub(crate) struct Ports<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> std::fmt::Debug for Ports<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("port")
    }
}

impl<T: ?Sized> std::ops::Deref for Ports<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> AsRef<T> for Ports<T> {
    fn as_ref(&self) -> &T {
        &self.0
    }
}

impl App {
    /// Reads everything that the configuration names; the data folder must be initialised.
    pub(crate) fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, AuthorityError> {
        let now = clock.read().wall_ms.div_euclid(1_000);
        let storage_path = config.data.join("storage.key");
        let storage_key_wrong = || AuthorityError::StorageKeyWrong {
            at: storage_path.display().to_string(),
        };
        // A new key beside an old database would make everything in it unreadable, silently.
        if config.database_path().exists() && !storage_path.exists() {
            return Err(storage_key_wrong());
        }
        let storage_key = keys::read_or_make_storage_key(&storage_path, entropy.as_ref())?;
        let sealer = Arc::new(Sealer::new(&storage_key));
        let issuer_key = Arc::new(keys::read_key_file(&config.issuer_key_path())?);
        let root_key = root_key(&config)?;
        let trust_path = config.trust_bundle_path();
        let trust = read_trust(&trust_path, &root_key, now, 0)?;
        require_own_key(&trust.bundle, &config, &issuer_key, now, &trust_path)?;
        let (rule_set, rules_json) = read_rule_set(&config.rule_set)?;
        let (forms, form_json) = read_forms(&config.forms)?;
        let mut fixed = vec![(
            BundleKind::RuleSet,
            rule_set.id.clone(),
            u64::from(rule_set.version),
            signed(RULE_SET_TYPE, &rules_json, &issuer_key, &rule_set.id)?,
        )];
        for (form, json) in newest(&forms, form_json) {
            let definition = form.definition();
            let signed = signed(FORM_TYPE, &json, &issuer_key, &definition.id)?;
            let version = u64::from(definition.version);
            fixed.push((BundleKind::Form, definition.id.clone(), version, signed));
        }
        let check = sealer.hash("storage key", &[]);
        let database =
            Database::open(&config.database_path(), check)?.ok_or_else(storage_key_wrong)?;
        Ok(Self {
            admission: Admission::new(&config, Arc::clone(&clock), entropy.as_ref())?,
            officers: Officers::read(&config.officers_path())?,
            decider: Decider {
                rule_set,
                issuer_key: Arc::clone(&issuer_key),
                sealer: Arc::clone(&sealer),
                entropy: Arc::clone(&entropy),
            },
            issuer: Issuer::new(
                &config,
                Arc::clone(&issuer_key),
                Arc::clone(&sealer),
                Arc::clone(&entropy),
            ),
            publisher: Arc::new(Publisher::new(
                Arc::clone(&issuer_key),
                root_key,
                trust_path,
                trust,
                fixed,
                config.status_refresh_secs,
            )),
            forms,
            config,
            clock: Ports(clock),
            entropy: Ports(entropy),
            database,
            sealer,
            root_key,
            issuer_key,
        })
    }

    /// Unix seconds.
    pub(crate) fn now(&self) -> i64 {
        self.now_ms().div_euclid(1_000)
    }

    /// Unix milliseconds.
    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.read().wall_ms
    }

    /// Milliseconds of the monotonic clock.
    pub(crate) fn monotonic_ms(&self) -> u64 {
        self.clock.read().monotonic_ms
    }

    /// Publishes the status list as the database has it now.
    pub(crate) async fn publish_status_list(&self) -> Result<(), DbError> {
        let publisher = Arc::clone(&self.publisher);
        let now = self.now();
        self.database
            .read(move |connection| {
                let revoked = db::revoked_indexes(connection)?;
                publisher
                    .publish_status(&revoked, now)
                    .map_err(|_| DbError::Failed)
            })
            .await
    }

    /// What is done every minute or so.
    pub(crate) async fn keep_house(&self) -> Result<(), DbError> {
        let now = self.now();
        self.admission.limits.forget_idle();
        self.publisher.reload_trust(now);
        self.database
            .write(move |connection| db::purge_expired(connection, now))
            .await?;
        self.publish_status_list().await
    }
}

/// A definition as a signed bundle; refused by its `id` if no phone would take one so large.
fn signed(typ: &str, json: &[u8], key: &SigningKey, id: &str) -> Result<Bytes, AuthorityError> {
    let refused = |_| AuthorityError::DefinitionRefused { at: id.to_owned() };
    sign_bundle(typ, json, key)
        .map(Bytes::from)
        .map_err(refused)
}

fn root_key(config: &Config) -> Result<[u8; 32], AuthorityError> {
    if let Some(hex) = &config.root_key {
        return keys::parse_public_hex(hex, "root_key");
    }
    let path = config.root_key_path();
    let bytes = files::read_capped(&path, 1_024)?;
    let at = path.display().to_string();
    let text =
        std::str::from_utf8(&bytes).map_err(|_| AuthorityError::KeyInvalid { at: at.clone() })?;
    keys::parse_public_hex(text, &at)
}

/// A server whose key is not in the trust bundle would issue codes that every checkpoint refuses.
fn require_own_key(
    bundle: &health_code_core::trust::TrustBundle,
    config: &Config,
    key: &SigningKey,
    now: i64,
    path: &Path,
) -> Result<(), AuthorityError> {
    let own = key.verifying_key().to_bytes();
    let listed = bundle
        .regions
        .iter()
        .filter(|region| region.division == config.division)
        .flat_map(|region| &region.keys)
        .any(|listed| {
            listed.public_key == own
                && listed.not_before <= now
                && now < listed.not_after
                && listed.revoked_at.is_none()
        });
    if listed {
        Ok(())
    } else {
        Err(AuthorityError::TrustBundleRefused {
            at: path.display().to_string(),
        })
    }
}

/// A built-in rule set by id, or a file.
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

/// The built-in forms and those of the files, with their JSON.
fn read_forms(paths: &[std::path::PathBuf]) -> Result<(Vec<Form>, Vec<Vec<u8>>), AuthorityError> {
    let mut sources = Vec::new();
    for shipped in health_code_core::form::shipped() {
        sources.push((shipped.id.to_owned(), shipped.json.as_bytes().to_vec()));
    }
    for path in paths {
        let json = files::read_capped(path, MAX_DEFINITION_BYTES)?;
        sources.push((path.display().to_string(), json));
    }
    let mut forms = Vec::new();
    let mut texts = Vec::new();
    for (at, json) in sources {
        let refused = |error: FormError| AuthorityError::DefinitionRefused {
            at: format!("{at} ({})", error.code()),
        };
        let form = Form::from_json(&json).map_err(refused)?;
        form.require_known_facts().map_err(refused)?;
        forms.push(form);
        texts.push(json);
    }
    Ok((forms, texts))
}

/// Of each form the newest version: the older ones are still accepted, but not published.
fn newest(forms: &[Form], texts: Vec<Vec<u8>>) -> Vec<(&Form, Vec<u8>)> {
    let newest_of = |id: &str| {
        let same = forms
            .iter()
            .map(Form::definition)
            .filter(|form| form.id == id);
        same.map(|form| form.version).max()
    };
    let pairs = forms.iter().zip(texts);
    pairs
        .filter(|(form, _)| {
            let definition = form.definition();
            newest_of(&definition.id) == Some(definition.version)
        })
        .collect()
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
            read_forms(std::slice::from_ref(&path)).map(|(forms, _)| forms.len())
        };
        assert_eq!(read("temperature").ok(), Some(3));
        let error = read("temprature").expect_err("refused");
        assert!(error.at().contains("form_fact_unknown"), "{}", error.at());
    }
}
