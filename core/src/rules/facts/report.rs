//! Who reported it: a laboratory, and its own id of the report. Where it is told, an authority took the rest from a laboratory's
//! signed report; no form asks for it, so that what citizens say themselves never has it.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

const ID: &str = "report";
/// Longest: two ids of 64 and what is between them.
const MAX_BYTES: usize = 129;

pub(super) struct Report;

impl Fact for Report {
    fn id(&self) -> &'static str {
        ID
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[]
    }

    fn value(&self, _: &[FactAnswer], _: NaiveDate) -> Option<Value> {
        None
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        let is_allowed =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/');
        value
            .as_str()
            .is_some_and(|id| (1..=MAX_BYTES).contains(&id.len()) && id.bytes().all(is_allowed))
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let report = declaration.member(ID).cloned().unwrap_or_default();
        seen.insert(ID.to_owned(), report);
        Ok(())
    }
}
