//! A value during evaluation: data is borrowed, never copied.
//!
//! Invariant: no [`Operand`] that the evaluation builds is nested deeper than [`MAX_VALUE_DEPTH`],
//! so walking and dropping one cannot exhaust the stack.

use std::rc::Rc;

use serde_json::{Map, Number, Value};

use super::super::RuleError;
use super::date_time::DateTime;
use super::evaluate::Budget;
use super::expression::Fragment;
use crate::sorting;

pub(super) const MAX_VALUE_DEPTH: usize = 128;
const MAX_INTEGER: i64 = (1 << 53) - 1;

#[derive(Clone)]
pub(super) enum Operand<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    /// A number that is no integer: it may be passed on and compared for equality.
    OtherNumber(&'a Number),
    Text(&'a str),
    DateTime(DateTime),
    Array(&'a [Value]),
    Object(&'a Map<String, Value>),
    /// An array made by the expression.
    List(Rc<List<'a>>),
    /// What the lambda of a `reduce` sees.
    Scope(Rc<Scope<'a>>),
}

pub(super) struct List<'a> {
    pub(super) items: Vec<Operand<'a>>,
    depth: usize,
}

pub(super) struct Scope<'a> {
    current: Operand<'a>,
    accumulator: Operand<'a>,
    /// Reachable by name, no part of the value: the specification's object has the other two keys.
    data: Operand<'a>,
    depth: usize,
}

/// The number as an integer that every JSON reader holds exactly.
pub(super) fn integer(number: &Number) -> Option<i64> {
    if let Some(integer) = number.as_i64() {
        return Some(integer).filter(|integer| integer.abs() <= MAX_INTEGER);
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "integral and within 2^53")]
    #[expect(clippy::cast_precision_loss, reason = "2^53 - 1 is exact")]
    (float.abs() <= MAX_INTEGER as f64).then_some(float as i64)
}

impl<'a> Operand<'a> {
    pub(super) fn borrow(json: &'a Value) -> Self {
        match json {
            Value::Null => Self::Null,
            Value::Bool(boolean) => Self::Boolean(*boolean),
            Value::Number(number) => match integer(number) {
                Some(integer) => Self::Integer(integer),
                None => Self::OtherNumber(number),
            },
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::Array(items),
            Value::Object(object) => Self::Object(object),
        }
    }

    pub(super) fn list(items: Vec<Self>) -> Result<Self, RuleError> {
        let depth = deeper(items.iter())?;
        Ok(Self::List(Rc::new(List { items, depth })))
    }

    pub(super) fn scope(current: Self, accumulator: Self, data: Self) -> Result<Self, RuleError> {
        let depth = deeper([&current, &accumulator, &data].into_iter())?;
        Ok(Self::Scope(Rc::new(Scope {
            current,
            accumulator,
            data,
            depth,
        })))
    }

    /// Sum of two integers.
    pub(super) fn sum(left: i64, right: i64) -> Result<Self, RuleError> {
        left.checked_add(right)
            .filter(|sum| sum.abs() <= MAX_INTEGER)
            .map(Self::Integer)
            .ok_or(RuleError::IntegerOutOfRange)
    }

    /// What is found along `path`; `Null` where there is nothing.
    pub(super) fn at(&self, path: &[Fragment]) -> Self {
        path.iter()
            .fold(self.clone(), |value, fragment| match (&value, fragment) {
                (Self::Object(object), Fragment::Name(name)) => {
                    object.get(name).map_or(Self::Null, Self::borrow)
                }
                (Self::Array(items), Fragment::Index(index)) => {
                    items.get(*index).map_or(Self::Null, Self::borrow)
                }
                (Self::List(list), Fragment::Index(index)) => {
                    list.items.get(*index).cloned().unwrap_or(Self::Null)
                }
                (Self::Scope(scope), Fragment::Name(name)) => match name.as_str() {
                    "current" => scope.current.clone(),
                    "accumulator" => scope.accumulator.clone(),
                    "data" => scope.data.clone(),
                    _ => Self::Null,
                },
                _ => Self::Null,
            })
    }

    /// `Some(true)` truthy, `Some(false)` falsy, `None` neither.
    pub(super) fn truthiness(&self) -> Option<bool> {
        match self {
            Self::Null => Some(false),
            Self::Boolean(boolean) => Some(*boolean),
            Self::Integer(integer) => Some(*integer != 0),
            Self::Text(text) => Some(!text.is_empty()),
            Self::Array(items) => Some(!items.is_empty()),
            Self::Object(object) => Some(!object.is_empty()),
            Self::List(list) => Some(!list.items.is_empty()),
            Self::Scope(_) => Some(true),
            Self::OtherNumber(_) | Self::DateTime(_) => None,
        }
    }

    /// Length of an array, `None` for anything else.
    pub(super) fn array_len(&self) -> Option<usize> {
        match self {
            Self::Array(items) => Some(items.len()),
            Self::List(list) => Some(list.items.len()),
            _ => None,
        }
    }

    /// Element of an array; `Null` outside of it.
    pub(super) fn item(&self, index: usize) -> Self {
        match self {
            Self::Array(items) => items.get(index).map_or(Self::Null, Self::borrow),
            Self::List(list) => list.items.get(index).cloned().unwrap_or(Self::Null),
            _ => Self::Null,
        }
    }

    /// Equality by content, without conversion.
    pub(super) fn equals(&self, other: &Self, budget: &mut Budget) -> Result<bool, RuleError> {
        self.equals_at(other, budget, 0)
    }

    fn equals_at(
        &self,
        other: &Self,
        budget: &mut Budget,
        depth: usize,
    ) -> Result<bool, RuleError> {
        budget.spend(1)?;
        check_depth(depth)?;
        match (self, other) {
            (Self::Null, Self::Null) => Ok(true),
            (Self::Boolean(left), Self::Boolean(right)) => Ok(left == right),
            (Self::Integer(left), Self::Integer(right)) => Ok(left == right),
            (Self::OtherNumber(left), Self::OtherNumber(right)) => {
                Ok(left.as_f64() == right.as_f64())
            }
            (Self::DateTime(left), Self::DateTime(right)) => Ok(left == right),
            (Self::Text(left), Self::Text(right)) => {
                budget.spend_text(left)?;
                Ok(left == right)
            }
            _ => {
                if let (Some(left_len), Some(right_len)) = (self.array_len(), other.array_len()) {
                    return Ok(left_len == right_len
                        && all(0..left_len, |index| {
                            self.item(index)
                                .equals_at(&other.item(index), budget, depth + 1)
                        })?);
                }
                let (Some(left), Some(right)) = (self.entries(), other.entries()) else {
                    return Ok(false);
                };
                // Both are in the order of their keys.
                Ok(left.len() == right.len()
                    && all(
                        left.iter().zip(&right),
                        |((left_key, left), (right_key, right))| {
                            Ok(
                                left_key == right_key
                                    && left.equals_at(right, budget, depth + 1)?,
                            )
                        },
                    )?)
            }
        }
    }

    /// Key and value of an object in the order of the keys; `None` for anything else.
    fn entries(&self) -> Option<Vec<(&str, Self)>> {
        match self {
            Self::Object(object) => {
                let mut entries: Vec<_> = object
                    .iter()
                    .map(|(key, value)| (key.as_str(), Self::borrow(value)))
                    .collect();
                sorting::sort_by(&mut entries, |(left, _), (right, _)| left.cmp(right));
                Some(entries)
            }
            Self::Scope(scope) => Some(vec![
                ("accumulator", scope.accumulator.clone()),
                ("current", scope.current.clone()),
            ]),
            _ => None,
        }
    }

    /// The value as JSON; a date-time becomes text.
    pub(super) fn to_json(&self, budget: &mut Budget) -> Result<Value, RuleError> {
        self.to_json_at(budget, 0)
    }

    fn to_json_at(&self, budget: &mut Budget, depth: usize) -> Result<Value, RuleError> {
        budget.spend(1)?;
        check_depth(depth)?;
        Ok(match self {
            Self::Null => Value::Null,
            Self::Boolean(boolean) => Value::Bool(*boolean),
            Self::Integer(integer) => Value::from(*integer),
            Self::OtherNumber(number) => Value::Number((*number).clone()),
            Self::Text(text) => {
                budget.spend_text(text)?;
                Value::from(*text)
            }
            Self::DateTime(instant) => Value::from(instant.to_string()),
            Self::Array(_) | Self::List(_) => (0..self.array_len().unwrap_or(0))
                .map(|index| self.item(index).to_json_at(budget, depth + 1))
                .collect::<Result<Vec<_>, _>>()?
                .into(),
            Self::Object(_) | Self::Scope(_) => {
                let mut object = Map::new();
                for (key, value) in self.entries().unwrap_or_default() {
                    budget.spend_text(key)?;
                    object.insert(key.to_owned(), value.to_json_at(budget, depth + 1)?);
                }
                Value::Object(object)
            }
        })
    }

    /// Levels that the evaluation built; borrowed data counts as one.
    fn depth(&self) -> usize {
        match self {
            Self::List(list) => list.depth,
            Self::Scope(scope) => scope.depth,
            _ => 0,
        }
    }
}

fn deeper<'a, 'b>(parts: impl Iterator<Item = &'b Operand<'a>>) -> Result<usize, RuleError>
where
    'a: 'b,
{
    let depth = 1 + parts.map(Operand::depth).max().unwrap_or(0);
    if depth > MAX_VALUE_DEPTH {
        Err(RuleError::ValueTooDeep)
    } else {
        Ok(depth)
    }
}

/// Built levels and the levels of borrowed JSON together.
fn check_depth(depth: usize) -> Result<(), RuleError> {
    if depth > 2 * MAX_VALUE_DEPTH {
        Err(RuleError::ValueTooDeep)
    } else {
        Ok(())
    }
}

fn all<T>(
    items: impl Iterator<Item = T>,
    mut holds: impl FnMut(T) -> Result<bool, RuleError>,
) -> Result<bool, RuleError> {
    for item in items {
        if !holds(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

crate::hidden_debug!(Operand<'_>, List<'_>, Scope<'_>);
