//! CertLogic and the colour rules: pure.
//!
//! [`Evidence`] goes into a published [`RuleSet`], a [`Decision`] comes out. The authority decides with it, and the
//! phone computes the same decision again from the evidence in its receipt.
//!
//! Invariant: the same rule set and the same evidence give the same decision everywhere, or the same error.

mod certlogic;
mod error;
mod evidence;
mod facts;
mod rule_set;
mod shipped;

pub use certlogic::{Expression, MAX_DEPTH, MAX_NODES, MAX_STEPS, MAX_TEXT_BYTES, evaluate, holds};
pub use error::RuleError;
pub use evidence::{CheckInRun, DeclaredRisk, DeclaredRisks, Evidence, OrderInForce};
pub use facts::{
    AnswerKind, DeclaredFacts, FACTS, FEVER_TENTHS_CELSIUS, Fact, FactAnswer, Risk, fact,
    is_declared_member,
};
pub use rule_set::{Decision, MAX_RULE_SET_BYTES, RuleSet};
pub use shipped::{HANGZHOU, HUBEI, VISITORS, shipped};
