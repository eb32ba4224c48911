//! Evaluation of a parsed expression.

use chrono::NaiveDate;
use serde_json::Value;

use super::super::RuleError;
use super::date_time::DateTime;
use super::expression::{Expression, Node, Order};
use super::operand::Operand;

/// Most steps that one evaluation may take: a node evaluated, an element compared or copied, or 64 bytes of text.
pub const MAX_STEPS: u32 = 100_000;
const BYTES_PER_STEP: usize = 64;

/// Evaluates `expression` on `data`.
///
/// # Errors
/// The errors of [`RuleError`] from [`RuleError::NeitherTruthyNorFalsy`] to [`RuleError::ValueTooDeep`].
pub fn evaluate(expression: &Expression, data: &Value) -> Result<Value, RuleError> {
    let mut budget = Budget::new();
    budget
        .evaluate(&expression.0, &Operand::borrow(data))?
        .to_json(&mut budget)
}

/// Whether `expression` is truthy on `data`.
///
/// # Errors
/// As [`evaluate`], and [`RuleError::NeitherTruthyNorFalsy`] for a date-time or a fraction.
pub fn holds(expression: &Expression, data: &Value) -> Result<bool, RuleError> {
    Budget::new().truth(&expression.0, &Operand::borrow(data))
}

/// The day that `expression` gives: from a date-time its day in UTC, or text `YYYY-MM-DD`; `None` for `null`.
pub(in crate::rules) fn evaluate_date(
    expression: &Expression,
    data: &Value,
) -> Result<Option<NaiveDate>, RuleError> {
    match Budget::new().evaluate(&expression.0, &Operand::borrow(data))? {
        Operand::Null => Ok(None),
        Operand::DateTime(instant) => Ok(Some(instant.date())),
        Operand::Text(text) if text.len() == 10 => Ok(Some(DateTime::parse_date(text)?.date())),
        _ => Err(RuleError::NotADateTime),
    }
}

/// What is left of [`MAX_STEPS`].
pub(super) struct Budget {
    steps_left: u32,
}

impl Budget {
    fn new() -> Self {
        Self {
            steps_left: MAX_STEPS,
        }
    }

    pub(super) fn spend(&mut self, steps: u32) -> Result<(), RuleError> {
        let left = self.steps_left.checked_sub(steps);
        self.steps_left = left.ok_or(RuleError::BudgetSpent)?;
        Ok(())
    }

    pub(super) fn spend_text(&mut self, text: &str) -> Result<(), RuleError> {
        self.spend(u32::try_from(text.len() / BYTES_PER_STEP).unwrap_or(u32::MAX))
    }

    fn evaluate<'a>(
        &mut self,
        node: &'a Node,
        data: &Operand<'a>,
    ) -> Result<Operand<'a>, RuleError> {
        self.spend(1)?;
        match node {
            Node::Boolean(boolean) => Ok(Operand::Boolean(*boolean)),
            Node::Integer(integer) => Ok(Operand::Integer(*integer)),
            Node::Text(text) => Ok(Operand::Text(text)),
            Node::List(items) => Operand::list(self.evaluate_all(items, data)?),
            Node::Var(path) => {
                self.spend(u32::try_from(path.len()).unwrap_or(u32::MAX))?;
                Ok(data.at(path))
            }
            Node::If(branches) => {
                let [guard, then, otherwise] = &**branches;
                let branch = if self.truth(guard, data)? {
                    then
                } else {
                    otherwise
                };
                self.evaluate(branch, data)
            }
            Node::And(operands) => self.and(operands, data),
            Node::Not(operand) => Ok(Operand::Boolean(!self.truth(operand, data)?)),
            Node::Equal(operands) => {
                let [left, right] = self.pair(operands, data)?;
                left.equals(&right, self).map(Operand::Boolean)
            }
            Node::In(operands) => {
                let [wanted, list] = self.pair(operands, data)?;
                self.is_in(&wanted, &list).map(Operand::Boolean)
            }
            Node::Plus(operands) => match self.pair(operands, data)? {
                [Operand::Integer(left), Operand::Integer(right)] => Operand::sum(left, right),
                _ => Err(RuleError::NotAnInteger),
            },
            Node::Compare(order, operands) => {
                self.compare(*order, operands, data, |value| match value {
                    Operand::Integer(integer) => Ok(*integer),
                    _ => Err(RuleError::NotAnInteger),
                })
            }
            Node::CompareTimes(order, operands) => {
                self.compare(*order, operands, data, |value| match value {
                    Operand::DateTime(instant) => Ok(*instant),
                    _ => Err(RuleError::NotADateTime),
                })
            }
            Node::PlusTime(date, amount, unit) => {
                let date = self.text(date, data)?;
                DateTime::parse(date)?
                    .plus(*amount, *unit)
                    .map(Operand::DateTime)
            }
            Node::DateOfBirth(date) => {
                let date = self.text(date, data)?;
                DateTime::parse_date(date).map(Operand::DateTime)
            }
            Node::Reduce(operands) => self.reduce(operands, data),
            Node::UvciFragment(uvci, index) => match self.evaluate(uvci, data)? {
                Operand::Null => Ok(Operand::Null),
                Operand::Text(uvci) => {
                    self.spend_text(uvci)?;
                    Ok(uvci_fragment(uvci, *index).map_or(Operand::Null, Operand::Text))
                }
                _ => Err(RuleError::NotText),
            },
        }
    }

    fn truth<'a>(&mut self, node: &'a Node, data: &Operand<'a>) -> Result<bool, RuleError> {
        truthiness(&self.evaluate(node, data)?)
    }

    fn and<'a>(
        &mut self,
        operands: &'a [Node],
        data: &Operand<'a>,
    ) -> Result<Operand<'a>, RuleError> {
        let mut last = Operand::Boolean(true);
        for operand in operands {
            last = self.evaluate(operand, data)?;
            if !truthiness(&last)? {
                break;
            }
        }
        Ok(last)
    }

    fn is_in(&mut self, wanted: &Operand<'_>, list: &Operand<'_>) -> Result<bool, RuleError> {
        for index in 0..list.array_len().ok_or(RuleError::NotAnArray)? {
            if wanted.equals(&list.item(index), self)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn compare<'a, T: PartialOrd>(
        &mut self,
        order: Order,
        operands: &'a [Node],
        data: &Operand<'a>,
        read: impl Fn(&Operand<'a>) -> Result<T, RuleError>,
    ) -> Result<Operand<'a>, RuleError> {
        let values = self.evaluate_all(operands, data)?;
        let values = values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let holds = values
            .windows(2)
            .all(|pair| order.holds(&pair[0], &pair[1]));
        Ok(Operand::Boolean(holds))
    }

    fn reduce<'a>(
        &mut self,
        operands: &'a [Node; 3],
        data: &Operand<'a>,
    ) -> Result<Operand<'a>, RuleError> {
        let [operand, lambda, initial] = operands;
        let list = self.evaluate(operand, data)?;
        let len = match list {
            Operand::Null => 0,
            _ => list.array_len().ok_or(RuleError::NotAnArray)?,
        };
        let mut accumulator = self.evaluate(initial, data)?;
        for index in 0..len {
            let scope = Operand::scope(list.item(index), accumulator, data.clone())?;
            accumulator = self.evaluate(lambda, &scope)?;
        }
        Ok(accumulator)
    }

    fn text<'a>(&mut self, node: &'a Node, data: &Operand<'a>) -> Result<&'a str, RuleError> {
        match self.evaluate(node, data)? {
            Operand::Text(text) => Ok(text),
            _ => Err(RuleError::NotText),
        }
    }

    fn pair<'a>(
        &mut self,
        operands: &'a [Node; 2],
        data: &Operand<'a>,
    ) -> Result<[Operand<'a>; 2], RuleError> {
        let [left, right] = operands;
        Ok([self.evaluate(left, data)?, self.evaluate(right, data)?])
    }

    fn evaluate_all<'a>(
        &mut self,
        nodes: &'a [Node],
        data: &Operand<'a>,
    ) -> Result<Vec<Operand<'a>>, RuleError> {
        nodes.iter().map(|node| self.evaluate(node, data)).collect()
    }
}

fn truthiness(value: &Operand<'_>) -> Result<bool, RuleError> {
    value.truthiness().ok_or(RuleError::NeitherTruthyNorFalsy)
}

fn uvci_fragment(uvci: &str, index: i64) -> Option<&str> {
    let fragments = uvci.strip_prefix("URN:UVCI:").unwrap_or(uvci);
    let index = usize::try_from(index).ok()?;
    fragments.split(['/', '#', ':']).nth(index)
}
