//! CertLogic and the colour rules: pure.
//!
//! Facts go into a published [`RuleSet`], a [`Decision`] comes out. The authority decides with it, and the
//! phone computes the same decision again from the facts in its receipt.
//!
//! Invariant: the same rule set and the same facts give the same decision everywhere, or the same error.

mod certlogic;
mod error;
mod facts;
mod rule_set;
mod shipped;

pub use certlogic::{Expression, MAX_DEPTH, MAX_NODES, MAX_STEPS, MAX_TEXT_BYTES, evaluate, holds};
pub use error::RuleError;
pub use facts::{
    CheckInFacts, DeclarationFacts, DeclaredRisk, DeclaredRisks, FEVER_TENTHS_CELSIUS, Facts,
    OrderFacts,
};
pub use rule_set::{Decision, MAX_RULE_SET_BYTES, RuleSet, RuleTitles};
pub use shipped::{HANGZHOU, HUBEI, shipped};
