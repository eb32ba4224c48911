//! A rule in plain words, made from the rule itself.
//!
//! Invariant: all of a rule is told or nothing is: what a sentence leaves out would be a lie. It knows the operations and
//! the data that the shipped rule sets use; an authority may write rules that it cannot tell.

use fluent_bundle::FluentValue;
use serde_json::Value;

use super::RuleSet;
use crate::colour::{Colour, Reason};
use crate::rules::certlogic::{Fragment, Node, Order, TimeUnit};
use crate::words::rules::phrase;
use crate::words::{Language, LanguageTag};

impl RuleSet {
    /// When the rule gives `colour`, in a sentence; the rule set's own name where the rule cannot be told, or is not there.
    #[must_use]
    pub fn rule_in_words(&self, rule_id: &str, colour: Colour, language: &LanguageTag) -> String {
        let teller = Teller {
            parameters: &self.parameters,
            language: language.words(),
        };
        let rule = self.rules.iter().find(|rule| rule.id == rule_id);
        let told = rule.and_then(|rule| teller.rule(rule.when.node(), colour));
        told.unwrap_or_else(|| self.titles.for_tag(language).to_owned())
    }
}

struct Teller<'a> {
    parameters: &'a Value,
    language: Language,
}

impl Teller<'_> {
    fn rule(&self, when: &Node, colour: Colour) -> Option<String> {
        let no_other = self.say("no-other")?;
        let condition = match (when, colour) {
            (Node::Boolean(true), _) => no_other,
            // Rules for green come into it last.
            (_, Colour::Green) => self.join("and", self.condition(when)?, no_other)?,
            _ => self.condition(when)?,
        };
        let colour = colour.word(self.language).into();
        let arguments = [("colour", colour), ("condition", condition.into())];
        phrase("rule", arguments, self.language)
    }

    fn condition(&self, node: &Node) -> Option<String> {
        match node {
            Node::And(all) => {
                let mut told = all.iter().map(|one| self.condition(one));
                let first = told.next()??;
                told.try_fold(first, |left, right| self.join("and", left, right?))
            }
            Node::If(parts) => match &**parts {
                [left, Node::Boolean(true), right] => {
                    self.join("or", self.condition(left)?, self.condition(right)?)
                }
                [
                    test,
                    Node::CompareTimes(Order::Less, sides),
                    Node::Boolean(true),
                ] if is_since(&test.path()?, "negativeTest", sides) => self.say("not-tested"),
                [
                    test,
                    Node::CompareTimes(Order::NotGreater, sides),
                    Node::Boolean(true),
                ] if test.path()? == ["declared", "negativeTest", "report"]
                    && days_of(sides, ["negativeTest", "positiveTest"]) =>
                {
                    self.say("not-tested-since")
                }
                [
                    test,
                    Node::CompareTimes(Order::Greater, sides),
                    Node::Boolean(false),
                ] if test.path()? == ["declared", "negativeTest", "report"]
                    && days_of(sides, ["negativeTest", "positiveTest"]) =>
                {
                    self.say("tested-since")
                }
                _ => None,
            },
            Node::Var(path) => match &*names(path)? {
                [root @ ("order" | "declaration")] => self.say(root),
                ["declared", risk] => self.say(&format!("declared-{risk}")),
                _ => None,
            },
            Node::Not(inner) => match inner.path()?.as_slice() {
                ["declaration"] => self.say("no-declaration"),
                ["declared", risk] => self.say(&format!("no-{risk}")),
                _ => None,
            },
            Node::Equal(sides) => match &**sides {
                [left, Node::Text(colour)] if left.path()? == ["order", "colour"] => {
                    self.order(Colour::from_id(colour)?)
                }
                _ => None,
            },
            Node::In(sides) => match &**sides {
                [left, Node::List(reasons)] if left.path()? == ["order", "reason"] => {
                    self.reasons(reasons)
                }
                _ => None,
            },
            Node::Compare(Order::Less, sides) => match sides.as_slice() {
                [left, right] if matches!(*left.path()?, [.., "bestStreak" | "streak"]) => {
                    self.count("check-ins-below", self.number(right)?)
                }
                _ => None,
            },
            Node::Compare(Order::Greater, sides) => match sides.as_slice() {
                [Node::Reduce(fold), right] if self.number(right)? == 0 => self.stays(fold),
                _ => None,
            },
            Node::CompareTimes(Order::Less, sides) => match sides.as_slice() {
                [
                    Node::PlusTime(today, 0, TimeUnit::Day),
                    Node::PlusTime(since, days, TimeUnit::Day),
                ] if today.path()? == ["today"] && matches!(*since.path()?, [.., "since"]) => {
                    self.count("days-below", *days)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn order(&self, colour: Colour) -> Option<String> {
        if colour == Colour::Green {
            return self.say("order-lifted");
        }
        let word = colour.word(self.language);
        phrase("order-colour", [("colour", word.into())], self.language)
    }

    fn reasons(&self, reasons: &[Node]) -> Option<String> {
        let mut names = reasons.iter().map(|reason| match reason {
            Node::Text(id) => self.say(&format!("reason-{}", Reason::from_id(id)?.id())),
            _ => None,
        });
        let first = names.next()??;
        let all = names.try_fold(first, |left, right| self.join("reasons", left, right?))?;
        phrase("order-reason", [("reasons", all.into())], self.language)
    }

    /// The sum of the days of `declared.entry.stays` in some countries.
    fn stays(&self, fold: &[Node; 3]) -> Option<String> {
        let [stays, Node::If(parts), Node::Integer(0)] = fold else {
            return None;
        };
        let [Node::In(sides), Node::Plus(sum), rest] = &**parts else {
            return None;
        };
        let [country, Node::List(countries)] = &**sides else {
            return None;
        };
        let [total, days] = &**sum;
        let is_sum = stays.path()? == ["declared", "entry", "stays"]
            && country.path()? == ["current", "country"]
            && total.path()? == ["accumulator"]
            && days.path()? == ["current", "days"]
            && rest.path()? == ["accumulator"];
        let mut names = countries.iter().map(|country| match country {
            Node::Text(code) => Some(code.clone()),
            _ => None,
        });
        let first = names.next()??;
        let all = names.try_fold(first, |left, right| self.join("reasons", left, right?))?;
        let told = phrase("stayed-in", [("countries", all.into())], self.language);
        told.filter(|_| is_sum)
    }

    /// A literal, or a parameter of the rule set.
    fn number(&self, node: &Node) -> Option<i64> {
        if let Node::Integer(number) = node {
            return Some(*number);
        }
        match node.path()?.as_slice() {
            ["parameters", name] => self.parameters.get(*name)?.as_i64(),
            _ => None,
        }
    }

    fn count(&self, id: &str, count: i64) -> Option<String> {
        phrase(id, [("count", count.into())], self.language)
    }

    fn join(&self, id: &str, left: String, right: String) -> Option<String> {
        let sides: [(&str, FluentValue<'_>); 2] = [("left", left.into()), ("right", right.into())];
        phrase(id, sides, self.language)
    }

    fn say(&self, id: &str) -> Option<String> {
        phrase(id, [], self.language)
    }
}

impl Node {
    /// The names of the path, where it is data at a path of names.
    fn path(&self) -> Option<Vec<&str>> {
        match self {
            Self::Var(path) => names(path),
            _ => None,
        }
    }
}

/// Whether `path` is a declared risk, and `sides` say that it was before the entry.
fn is_since(path: &[&str], risk: &str, sides: &[Node]) -> bool {
    *path == ["declared", risk] && days_of(sides, [risk, "entry"])
}

/// Whether `sides` are the days of these two declared risks.
fn days_of(sides: &[Node], risks: [&str; 2]) -> bool {
    let day_of = |side: &Node, risk: &str| match side {
        Node::PlusTime(since, 0, TimeUnit::Day) => since
            .path()
            .is_some_and(|path| path == ["declared", risk, "since"]),
        _ => false,
    };
    matches!(sides, [left, right] if day_of(left, risks[0]) && day_of(right, risks[1]))
}

fn names(path: &[Fragment]) -> Option<Vec<&str>> {
    let names = path.iter().map(|fragment| match fragment {
        Fragment::Name(name) => Some(name.as_str()),
        Fragment::Index(_) => None,
    });
    names.collect()
}

#[cfg(test)]
#[path = "in_words_tests.rs"]
mod tests;
