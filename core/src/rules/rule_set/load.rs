//! Reading a rule set: everything that can be checked before it decides about anyone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::super::certlogic::{Expression, holds, parse_day};
use super::super::facts::risk_ids;
use super::super::{CheckInRun, DeclaredRisk, DeclaredRisks, Evidence, OrderInForce, RuleError};
use super::{Rule, RuleSet};
use crate::civil_time::CivilTime;
use crate::colour::{Colour, Reason};
use crate::sorting;
use crate::words::LocalizedText;

/// Longest rule set, in bytes.
pub const MAX_RULE_SET_BYTES: usize = 256 * 1024;
const MAX_RULES: usize = 200;
const MAX_PARAMETERS: usize = 100;
const MAX_ID_BYTES: usize = 64;
const MAX_TITLE_CHARS: usize = 300;
/// UTC-12:00 to UTC+14:00.

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RuleSetJson {
    id: String,
    version: u32,
    division: u32,
    valid_from: String,
    #[serde(default)]
    valid_until: Option<String>,
    utc_offset_minutes: i32,
    titles: LocalizedText,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    parameters: BTreeMap<String, i32>,
    rules: Vec<RuleJson>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RuleJson {
    id: String,
    when: Value,
    colour: Value,
    reason: Value,
    #[serde(default)]
    evidence_date: Option<Value>,
    #[serde(default)]
    earliest_green: Option<Value>,
    #[serde(default)]
    check_ins_done: Option<Value>,
    #[serde(default)]
    check_ins_required: Option<Value>,
}

impl RuleSet {
    /// Reads and checks a rule set: fields, ids, expressions, colours, reasons, the rule for everyone else, and
    /// a decision on sample evidence of every kind.
    ///
    /// # Errors
    /// Any [`RuleError`].
    pub fn from_json(json: &[u8]) -> Result<Self, RuleError> {
        if json.len() > MAX_RULE_SET_BYTES {
            return Err(RuleError::RuleSetTooLarge);
        }
        let json: RuleSetJson =
            crate::encoding::json::from_slice(json).map_err(|_| RuleError::RuleSetMalformed)?;
        check_fields(&json)?;
        let rules = json
            .rules
            .iter()
            .map(Rule::parse)
            .collect::<Result<Vec<_>, _>>()?;
        let ids: BTreeSet<_> = sorting::gather(rules.iter().map(|rule| rule.id.as_str()));
        if ids.len() < rules.len() {
            return Err(RuleError::RuleIdRepeated);
        }
        let catch_all = rules.iter().position(|rule| rule.when.is_literal_true());
        if catch_all != rules.len().checked_sub(1) {
            return Err(RuleError::CatchAllMissing);
        }
        let rule_set = Self {
            id: json.id,
            version: json.version,
            division: json.division,
            valid_from: json.valid_from,
            valid_until: json.valid_until,
            utc_offset_minutes: json.utc_offset_minutes,
            titles: json.titles,
            sources: json.sources,
            parameters: Value::Object(sorting::gather(
                json.parameters
                    .into_iter()
                    .map(|(name, value)| (name, Value::from(value))),
            )),
            rules,
        };
        rule_set.try_out()?;
        Ok(rule_set)
    }

    /// Decides on evidence of every kind: a rule that cannot be evaluated must be found before it is published.
    fn try_out(&self) -> Result<(), RuleError> {
        let empty = Evidence::empty(&self.valid_from);
        let context = empty.context(&self.parameters)?;
        for rule in &self.rules {
            holds(&rule.when, &context)?;
        }
        self.decide(&empty)?;
        for streak in [0, 1, 100] {
            let mut evidence = Evidence::empty(&self.valid_from);
            let last = (streak > 0).then(|| self.valid_from.clone());
            evidence.check_ins = CheckInRun::new(streak, last);
            for colour in Colour::ALL {
                for reason in Reason::ALL {
                    evidence.order = Some(OrderInForce {
                        streak,
                        ..OrderInForce::new(colour, *reason, &self.valid_from)
                    });
                    self.decide(&evidence)?;
                }
            }
            evidence.order = None;
            let declared = DeclaredRisk::new(&self.valid_from, streak, streak);
            for risk in risk_ids() {
                evidence.declared = Some(DeclaredRisks::default().with(risk, &declared));
                self.decide(&evidence)?;
            }
        }
        Ok(())
    }
}

impl Rule {
    fn parse(json: &RuleJson) -> Result<Self, RuleError> {
        let optional = |json: &Option<Value>| json.as_ref().map(Expression::parse).transpose();
        let rule = Self {
            id: json.id.clone(),
            when: Expression::parse(&json.when)?,
            colour: Expression::parse(&json.colour)?,
            reason: Expression::parse(&json.reason)?,
            evidence_date: optional(&json.evidence_date)?,
            earliest_green: optional(&json.earliest_green)?,
            check_ins_done: optional(&json.check_ins_done)?,
            check_ins_required: optional(&json.check_ins_required)?,
        };
        if rule
            .colour
            .as_literal_text()
            .is_some_and(|id| Colour::from_id(id).is_none())
        {
            return Err(RuleError::UnknownColour);
        }
        if rule
            .reason
            .as_literal_text()
            .is_some_and(|id| Reason::from_id(id).is_none())
        {
            return Err(RuleError::UnknownReason);
        }
        Ok(rule)
    }
}

fn check_fields(json: &RuleSetJson) -> Result<(), RuleError> {
    let valid_from = parse_day(&json.valid_from);
    let valid_until = json.valid_until.as_deref().map(parse_day);
    let valid = is_id(&json.id)
        && (1..=u32::from(u16::MAX)).contains(&json.version)
        && (json.division == 0 || (100_000..=999_999).contains(&json.division))
        && CivilTime::OFFSETS.contains(&json.utc_offset_minutes)
        && valid_from.is_some()
        && valid_until.is_none_or(|last| last.is_some() && last >= valid_from)
        && json.titles.faulty_language(MAX_TITLE_CHARS).is_none()
        && (1..=MAX_RULES).contains(&json.rules.len())
        && json.parameters.len() <= MAX_PARAMETERS
        && json.rules.iter().all(|rule| is_id(&rule.id));
    if valid {
        Ok(())
    } else {
        Err(RuleError::RuleSetFieldInvalid)
    }
}

fn is_id(id: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
