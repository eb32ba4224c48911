//! Which certificates count here: the region's rules, in the EU's own form (CertLogic over `payload` and `external`), and the names
//! of codes, as JSON in a signed bundle.
//!
//! ```json
//! { "id": "hangzhou", "version": 1,
//!   "rules": [ { "Identifier": "VR-CN-0001", "Type": "Acceptance", "CertificateType": "Vaccination", "Country": "CN",
//!                "ValidFrom": "2026-01-01T00:00:00Z", "ValidTo": "2030-01-01T00:00:00Z",
//!                "Description": [ {"lang": "en", "desc": "..."}, {"lang": "zh", "desc": "..."} ], "Logic": <CertLogic> } ],
//!   "valueSets": { "vaccines-covid-19-names": { "EU/1/20/1528": {"en": "Comirnaty", "zh": "..."} } } }
//! ```
//!
//! Invariant: a certificate counts where every rule for it holds, one for its own kind among them; a rule that cannot be read or
//! evaluated makes it count for nothing, since it might have said no. Decides no colour.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::certificate::{Certificate, DccKind, is_country};
use super::{DccError, DccListError};
use crate::capability::published::is_id;
use crate::encoding::base64;
use crate::rules::{Expression, holds};
use crate::words::LocalizedText;

/// Most rules of one bundle, and codes of its value sets.
const MAX_RULES: usize = 500;
const MAX_CODES: usize = 10_000;
const MAX_TEXT_CHARS: usize = 400;
const MAX_IDENTIFIER_CHARS: usize = 64;
/// Types of rules: each has to hold.
const TYPES: [&str; 2] = ["Acceptance", "Invalidation"];

/// Rules that were read.
#[derive(Clone, Debug, PartialEq)]
pub struct DccRules {
    /// Name in the index: 1 to 64 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    rules: Vec<DccRule>,
    /// Whether all of it was read.
    is_whole: bool,
    value_sets: BTreeMap<String, BTreeMap<String, LocalizedText>>,
}

/// What a region asks of certificates of a kind, while the rule is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct DccRule {
    /// As it is published, such as `VR-CN-0001`.
    pub id: String,
    /// What it asks for, in a sentence.
    pub text: LocalizedText,
    country: String,
    /// None: of every kind.
    kind: Option<DccKind>,
    /// Unix seconds.
    valid_from: i64,
    valid_to: i64,
    logic: Expression,
}

/// What the rules say of a certificate.
#[derive(Clone, Debug, PartialEq)]
pub enum DccOutcome<'r> {
    /// It counts.
    Accepted,
    /// These do not hold; none: there is no rule for its kind.
    NotAccepted(Vec<&'r DccRule>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    id: String,
    version: u64,
    rules: Vec<Value>,
    #[serde(default)]
    value_sets: BTreeMap<String, BTreeMap<String, LocalizedText>>,
}

/// The EU's form. Members that tell of engine, schema and version are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Published {
    identifier: String,
    #[serde(rename = "Type")]
    typ: String,
    country: String,
    certificate_type: String,
    description: Vec<Described>,
    valid_from: String,
    valid_to: String,
    logic: Value,
}

#[derive(Deserialize)]
struct Described {
    lang: String,
    desc: String,
}

impl DccRules {
    /// What is made of a content that was signed. With a rule that this version cannot read nothing counts.
    ///
    /// # Errors
    /// [`DccListError::Malformed`] if it is no list of rules at all.
    pub fn read(content: &[u8]) -> Result<Self, DccListError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| DccListError::Malformed)?;
        let count = head.rules.len();
        let rules: Vec<_> = head
            .rules
            .iter()
            .take(MAX_RULES)
            .filter_map(|rule| DccRule::read(rule).ok())
            .collect();
        Ok(Self {
            id: head.id,
            version: head.version,
            is_whole: rules.len() == count,
            rules,
            value_sets: head.value_sets,
        })
    }

    /// What an authority may publish.
    ///
    /// # Errors
    /// Any [`DccListError`] but those of keys.
    pub fn read_strictly(content: &[u8]) -> Result<Self, DccListError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| DccListError::Malformed)?;
        let codes: usize = head.value_sets.values().map(BTreeMap::len).sum();
        if !is_id(&head.id)
            || head.version == 0
            || head.rules.len() > MAX_RULES
            || codes > MAX_CODES
        {
            return Err(DccListError::ValueInvalid);
        }
        let mut ids = BTreeSet::new();
        for rule in &head.rules {
            let rule = DccRule::read(rule)?;
            if rule.text.faulty_language(MAX_TEXT_CHARS).is_some() {
                return Err(DccListError::TextInvalid);
            }
            if !ids.insert(rule.id) {
                return Err(DccListError::ValueInvalid);
            }
        }
        let mut texts = head.value_sets.values().flat_map(BTreeMap::values);
        if texts.any(|text| text.faulty_language(MAX_TEXT_CHARS).is_some()) {
            return Err(DccListError::TextInvalid);
        }
        Self::read(content)
    }

    /// None where the published value sets do not have the code.
    #[must_use]
    pub fn name_of(&self, value_set: &str, code: &str) -> Option<&LocalizedText> {
        self.value_sets.get(value_set)?.get(code)
    }
}

impl DccRule {
    fn read(rule: &Value) -> Result<Self, DccListError> {
        let rule = Published::deserialize(rule).map_err(|_| DccListError::RuleInvalid)?;
        let kind = match rule.certificate_type.as_str() {
            "General" => None,
            "Vaccination" => Some(DccKind::Vaccination),
            "Test" => Some(DccKind::Test),
            "Recovery" => Some(DccKind::Recovery),
            _ => return Err(DccListError::RuleInvalid),
        };
        let at = |text: &str| {
            let time = DateTime::parse_from_rfc3339(text).map_err(|_| DccListError::RuleInvalid)?;
            Ok(time.timestamp())
        };
        let (valid_from, valid_to) = (at(&rule.valid_from)?, at(&rule.valid_to)?);
        let logic = Expression::parse(&rule.logic).map_err(|_| DccListError::RuleInvalid)?;
        let is_well_formed = TYPES.contains(&rule.typ.as_str())
            && is_country(&rule.country)
            && (1..=MAX_IDENTIFIER_CHARS).contains(&rule.identifier.len())
            && rule.identifier.bytes().all(|byte| byte.is_ascii_graphic())
            && valid_from < valid_to;
        if !is_well_formed {
            return Err(DccListError::RuleInvalid);
        }
        let mut text = LocalizedText::default();
        for described in rule.description {
            text.add(described.lang, described.desc);
        }
        Ok(Self {
            id: rule.identifier,
            text,
            country: rule.country,
            kind,
            valid_from,
            valid_to,
            logic,
        })
    }

    fn is_for(&self, kind: DccKind, at: i64) -> bool {
        self.kind.is_none_or(|own| own == kind) && (self.valid_from..=self.valid_to).contains(&at)
    }
}

impl Certificate {
    /// What the rules of `lists` together say of it at `at`, Unix seconds. That it was verified is for the caller.
    ///
    /// # Errors
    /// [`DccError::NoRules`]; [`DccError::RuleFailed`] for a rule that cannot be read or evaluated.
    pub fn judge<'r, L: Borrow<DccRules>>(
        &self,
        lists: &'r [L],
        at: i64,
    ) -> Result<DccOutcome<'r>, DccError> {
        if lists.is_empty() {
            return Err(DccError::NoRules);
        }
        let mut is_for_kind = false;
        let mut refusing = Vec::new();
        for list in lists.iter().map(Borrow::borrow) {
            if !list.is_whole {
                return Err(DccError::RuleFailed);
            }
            let sets = value_sets(list);
            for rule in list.rules.iter().filter(|rule| rule.is_for(self.kind, at)) {
                is_for_kind |= rule.kind.is_some();
                let data = self.data(rule, &sets, at);
                if !holds(&rule.logic, &data).map_err(|_| DccError::RuleFailed)? {
                    refusing.push(rule);
                }
            }
        }
        if is_for_kind && refusing.is_empty() {
            Ok(DccOutcome::Accepted)
        } else {
            Ok(DccOutcome::NotAccepted(refusing))
        }
    }

    /// What a rule sees: `payload` and `external`, as the EU's specification of business rules has them.
    fn data(&self, rule: &DccRule, value_sets: &Value, at: i64) -> Value {
        json!({
            "payload": self.payload,
            "external": {
                "validationClock": time(at),
                "valueSets": value_sets,
                "countryCode": rule.country,
                "exp": time(self.expires_at),
                "iat": time(self.issued_at),
                "issuerCountryCode": self.issuer,
                "kid": base64::encode(&self.signed.kid),
                "region": "",
            },
        })
    }
}

/// Names of value sets with their codes.
fn value_sets(list: &DccRules) -> Value {
    let sets = list.value_sets.iter();
    let sets: Map<String, Value> = sets
        .map(|(name, codes)| (name.clone(), codes.keys().cloned().collect()))
        .collect();
    Value::Object(sets)
}

/// RFC 3339.
fn time(at: i64) -> String {
    let time = DateTime::from_timestamp(at, 0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
