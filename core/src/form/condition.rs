//! CertLogic conditions of a form: which fields they read, and whether they hold.
//!
//! Invariant: a condition sees `{"answers": {..normal forms of visible answers..}, "today": "YYYY-MM-DD"}`
//! and nothing else, and every `var` in it was checked on load to name something there. CertLogic compares
//! whole numbers only, so a number with decimals is seen in units of its last place: 37.3 with 1 decimal
//! is 373.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::rules::{Expression, RuleError, holds};

/// A condition, parsed.
#[derive(Debug)]
pub(crate) struct Condition {
    expression: Expression,
    /// Ids of the fields that it reads.
    pub(crate) reads: BTreeSet<String>,
}

/// Why a condition cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ConditionFault {
    /// No CertLogic.
    Expression,
    /// A `var` that names neither `today` nor `answers.FIELD`.
    Reference,
}

impl Condition {
    pub(crate) fn parse(source: &Value) -> Result<Self, ConditionFault> {
        let expression = Expression::parse(source).map_err(|_| ConditionFault::Expression)?;
        let mut reads = BTreeSet::new();
        collect(source, 0, &mut reads)?;
        Ok(Self { expression, reads })
    }

    /// Whether its value is truthy.
    pub(crate) fn holds(&self, data: &Value) -> Result<bool, RuleError> {
        holds(&self.expression, data)
    }
}

/// Finds every `var`; `lambdas` says within how many `reduce` lambdas. The expression was parsed before, so
/// its depth is bounded.
fn collect(
    source: &Value,
    lambdas: usize,
    reads: &mut BTreeSet<String>,
) -> Result<(), ConditionFault> {
    match source {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| collect(item, lambdas, reads)),
        Value::Object(operation) => {
            operation
                .iter()
                .try_for_each(|(operator, operands)| match operator.as_str() {
                    "var" => read(operands.as_str().unwrap_or_default(), lambdas, reads),
                    "reduce" => {
                        let operands = operands.as_array().into_iter().flatten();
                        operands.enumerate().try_for_each(|(at, operand)| {
                            collect(operand, lambdas + usize::from(at == 1), reads)
                        })
                    }
                    _ => collect(operands, lambdas, reads),
                })
        }
        _ => Ok(()),
    }
}

/// A lambda sees `current`, `accumulator` and, as `data`, what is seen outside of its `reduce`.
fn read(path: &str, lambdas: usize, reads: &mut BTreeSet<String>) -> Result<(), ConditionFault> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    match first {
        "current" | "accumulator" if lambdas > 0 => Ok(()),
        "data" if lambdas > 0 => read(rest, lambdas - 1, reads),
        "today" if lambdas == 0 && rest.is_empty() => Ok(()),
        "answers" if lambdas == 0 && !rest.is_empty() => {
            let field = rest.split_once('.').map_or(rest, |(field, _)| field);
            reads.insert(field.to_owned());
            Ok(())
        }
        _ => Err(ConditionFault::Reference),
    }
}
