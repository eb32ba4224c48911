//! An expression, parsed once: what is wrong in it is found here, not when it is evaluated.
//!
//! Invariant: an [`Expression`] has known operators only, the right number of operands, and keeps to the caps.

use serde_json::{Number, Value};

use super::super::RuleError;
use super::date_time::TimeUnit;
use super::operand::integer;

/// Deepest nesting of JSON in an expression.
pub const MAX_DEPTH: usize = 64;
/// Most JSON values in an expression.
pub const MAX_NODES: usize = 10_000;
/// Longest text in an expression, in bytes.
pub const MAX_TEXT_BYTES: usize = 1_024;

/// A parsed CertLogic expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression(pub(super) Node);

#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) enum Node {
    Boolean(bool),
    Integer(i64),
    Text(String),
    List(Vec<Node>),
    Var(Vec<Fragment>),
    If(Box<[Node; 3]>),
    And(Vec<Node>),
    Not(Box<Node>),
    Equal(Box<[Node; 2]>),
    In(Box<[Node; 2]>),
    Plus(Box<[Node; 2]>),
    /// Two or three integers.
    Compare(Order, Vec<Node>),
    /// Two or three date-times.
    CompareTimes(Order, Vec<Node>),
    PlusTime(Box<Node>, i64, TimeUnit),
    DateOfBirth(Box<Node>),
    /// Operand, lambda, initial.
    Reduce(Box<[Node; 3]>),
    UvciFragment(Box<Node>, i64),
}

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Fragment {
    Name(String),
    Index(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Order {
    Less,
    Greater,
    NotGreater,
    NotLess,
}

impl Order {
    pub(super) fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::Greater => left > right,
            Self::NotGreater => left <= right,
            Self::NotLess => left >= right,
        }
    }
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// Any of the errors of [`RuleError`] up to and including [`RuleError::TextTooLong`].
    pub fn parse(json: &Value) -> Result<Self, RuleError> {
        let mut parser = Parser { nodes: 0 };
        parser.node(json, 0).map(Self)
    }

    /// What it consists of, for telling it in words.
    pub(in crate::rules) const fn node(&self) -> &Node {
        &self.0
    }

    /// Whether this is the literal `true`.
    #[must_use]
    pub fn is_literal_true(&self) -> bool {
        self.0 == Node::Boolean(true)
    }

    /// The text, if this is a text literal.
    #[must_use]
    pub fn as_literal_text(&self) -> Option<&str> {
        match &self.0 {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

struct Parser {
    nodes: usize,
}

impl Parser {
    fn node(&mut self, json: &Value, depth: usize) -> Result<Node, RuleError> {
        self.count()?;
        match json {
            Value::Bool(boolean) => Ok(Node::Boolean(*boolean)),
            Value::Number(number) => literal_integer(number).map(Node::Integer),
            Value::String(text) => literal_text(text).map(Node::Text),
            Value::Array(items) => self.nodes(items, deeper(depth)?).map(Node::List),
            Value::Object(object) => {
                let mut entries = object.iter();
                let (Some((operator, operands)), None) = (entries.next(), entries.next()) else {
                    return Err(RuleError::NotAnOperation);
                };
                self.operation(operator, operands, deeper(depth)?)
            }
            Value::Null => Err(RuleError::LiteralNotAllowed),
        }
    }

    fn operation(
        &mut self,
        operator: &str,
        operands: &Value,
        depth: usize,
    ) -> Result<Node, RuleError> {
        self.count()?;
        if operator == "var" {
            let path = operands.as_str().ok_or(RuleError::PathInvalid)?;
            return parse_path(path).map(Node::Var);
        }
        let operands = operands.as_array().filter(|operands| !operands.is_empty());
        let operands = operands.ok_or(RuleError::NotAnOperation)?;
        let depth = deeper(depth)?;
        match operator {
            "if" => self.exactly(operands, depth).map(Node::If),
            "and" => self.between(operands, 2, usize::MAX, depth).map(Node::And),
            "!" => self.single(operands, depth).map(Node::Not),
            "===" => self.exactly(operands, depth).map(Node::Equal),
            "in" => self.exactly(operands, depth).map(Node::In),
            "+" => self.exactly(operands, depth).map(Node::Plus),
            "<" => self.comparison(Order::Less, operands, depth),
            ">" => self.comparison(Order::Greater, operands, depth),
            "<=" => self.comparison(Order::NotGreater, operands, depth),
            ">=" => self.comparison(Order::NotLess, operands, depth),
            "before" => self.time_comparison(Order::Less, operands, depth),
            "after" => self.time_comparison(Order::Greater, operands, depth),
            "not-after" => self.time_comparison(Order::NotGreater, operands, depth),
            "not-before" => self.time_comparison(Order::NotLess, operands, depth),
            "plusTime" => self.plus_time(operands, depth),
            "dccDateOfBirth" => self.single(operands, depth).map(Node::DateOfBirth),
            "reduce" => self.exactly(operands, depth).map(Node::Reduce),
            "extractFromUVCI" => self.uvci_fragment(operands, depth),
            _ => Err(RuleError::UnknownOperator),
        }
    }

    fn plus_time(&mut self, operands: &[Value], depth: usize) -> Result<Node, RuleError> {
        let [date, amount, unit] = operands else {
            return Err(RuleError::OperandCount);
        };
        let date = self.node(date, depth)?;
        let unit = unit.as_str().and_then(TimeUnit::from_id);
        let unit = unit.ok_or(RuleError::OperandNotLiteral)?;
        Ok(Node::PlusTime(
            Box::new(date),
            self.written_integer(amount)?,
            unit,
        ))
    }

    fn uvci_fragment(&mut self, operands: &[Value], depth: usize) -> Result<Node, RuleError> {
        let [uvci, index] = operands else {
            return Err(RuleError::OperandCount);
        };
        let uvci = self.node(uvci, depth)?;
        Ok(Node::UvciFragment(
            Box::new(uvci),
            self.written_integer(index)?,
        ))
    }

    fn written_integer(&mut self, json: &Value) -> Result<i64, RuleError> {
        self.count()?;
        json.as_number()
            .and_then(integer)
            .ok_or(RuleError::OperandNotLiteral)
    }

    fn comparison(
        &mut self,
        order: Order,
        operands: &[Value],
        depth: usize,
    ) -> Result<Node, RuleError> {
        Ok(Node::Compare(order, self.between(operands, 2, 3, depth)?))
    }

    fn time_comparison(
        &mut self,
        order: Order,
        operands: &[Value],
        depth: usize,
    ) -> Result<Node, RuleError> {
        Ok(Node::CompareTimes(
            order,
            self.between(operands, 2, 3, depth)?,
        ))
    }

    fn single(&mut self, operands: &[Value], depth: usize) -> Result<Box<Node>, RuleError> {
        let [operand] = operands else {
            return Err(RuleError::OperandCount);
        };
        self.node(operand, depth).map(Box::new)
    }

    fn exactly<const N: usize>(
        &mut self,
        operands: &[Value],
        depth: usize,
    ) -> Result<Box<[Node; N]>, RuleError> {
        let nodes = self.between(operands, N, N, depth)?;
        nodes
            .try_into()
            .map(Box::new)
            .map_err(|_| RuleError::OperandCount)
    }

    fn between(
        &mut self,
        operands: &[Value],
        least: usize,
        most: usize,
        depth: usize,
    ) -> Result<Vec<Node>, RuleError> {
        if (least..=most).contains(&operands.len()) {
            self.nodes(operands, depth)
        } else {
            Err(RuleError::OperandCount)
        }
    }

    fn nodes(&mut self, items: &[Value], depth: usize) -> Result<Vec<Node>, RuleError> {
        items.iter().map(|item| self.node(item, depth)).collect()
    }

    fn count(&mut self) -> Result<(), RuleError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            Err(RuleError::TooManyNodes)
        } else {
            Ok(())
        }
    }
}

fn deeper(depth: usize) -> Result<usize, RuleError> {
    if depth < MAX_DEPTH {
        Ok(depth + 1)
    } else {
        Err(RuleError::TooDeep)
    }
}

fn literal_integer(number: &Number) -> Result<i64, RuleError> {
    integer(number).ok_or(RuleError::LiteralNotAllowed)
}

fn literal_text(text: &str) -> Result<String, RuleError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(RuleError::TextTooLong);
    }
    Ok(text.to_owned())
}

fn parse_path(path: &str) -> Result<Vec<Fragment>, RuleError> {
    if path.len() > MAX_TEXT_BYTES {
        return Err(RuleError::TextTooLong);
    }
    if path.is_empty() {
        return Ok(Vec::new());
    }
    path.split('.').map(parse_fragment).collect()
}

fn parse_fragment(fragment: &str) -> Result<Fragment, RuleError> {
    if fragment.is_empty() {
        return Err(RuleError::PathInvalid);
    }
    if fragment.bytes().all(|byte| byte.is_ascii_digit()) {
        // An index that does not fit names no element of any array.
        return Ok(Fragment::Index(fragment.parse().unwrap_or(usize::MAX)));
    }
    Ok(Fragment::Name(fragment.to_owned()))
}
