//! Which country certified it (ISO 3166-1 alpha-2). Where it is told, an authority took the rest from a certificate that it
//! verified; no form asks for it, so that what citizens say themselves never has it.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer};
use crate::rules::RuleError;

const ID: &str = "certificate";

pub(super) struct Certificate;

impl Fact for Certificate {
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
        let is_country =
            |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        value.as_str().is_some_and(is_country)
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let certificate = declaration.member(ID).cloned().unwrap_or_default();
        seen.insert(ID.to_owned(), certificate);
        Ok(())
    }
}
