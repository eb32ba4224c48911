//! What decisions on appeals did to the facts: read with what is known of a subject, before the rules.
//!
//! Invariant: what is struck off here was told or ordered by then; what is told or ordered later counts. What is added names the appeal
//! that it comes from, wherever it is read. Nothing that was told or ordered is rewritten. Decides no colour.

use health_code_core::capability::appeals::{FactAddition, FactCorrection};
use health_code_core::rules::{DeclaredFacts, RuleError};
use serde::{Deserialize, Serialize};

use super::records::{OrdersHead, kinds};
use crate::store::{Kind, Record};

/// Most corrections, and most additions, that are kept, the newest.
const MAX_KEPT: usize = 100;

/// What of a subject's facts does not count, and what counts beside them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CorrectedFacts {
    corrections: Vec<FactCorrection>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    additions: Vec<AddedByAppeal>,
}

/// A fact that a decision added.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddedByAppeal {
    addition: FactAddition,
    /// The appeal's id.
    appeal: String,
    /// Local day on which the decision was drafted, `YYYY-MM-DD`: what is declared later counts as it is declared.
    until: String,
}

impl Record for CorrectedFacts {
    const KIND: Kind = kinds::CORRECTED_FACTS;
}

impl CorrectedFacts {
    /// Takes more in; one that is there already changes nothing.
    pub(crate) fn strike(&mut self, new: &[FactCorrection]) {
        self.corrections.retain(|one| !new.contains(one));
        self.corrections.extend_from_slice(new);
        let surplus = self.corrections.len().saturating_sub(MAX_KEPT);
        self.corrections.drain(..surplus);
    }

    /// Takes in what the decision on an appeal adds, drafted on the local day `until`.
    pub(crate) fn add(&mut self, appeal: &str, new: &[FactAddition], until: &str) {
        self.additions
            .extend(new.iter().map(|addition| AddedByAppeal {
                addition: addition.clone(),
                appeal: appeal.to_owned(),
                until: until.to_owned(),
            }));
        let surplus = self.additions.len().saturating_sub(MAX_KEPT);
        self.additions.drain(..surplus);
    }

    /// What the rules are told on the local day `today` by what was added, as they are of reports.
    pub(super) fn added<'a>(&'a self, today: &'a str) -> impl Iterator<Item = DeclaredFacts> + 'a {
        // A clock that was put back: what has not come yet tells nothing.
        let has_come = move |one: &&AddedByAppeal| one.addition.day.as_str() <= today;
        let added = self.additions.iter().filter(has_come);
        added.filter_map(|one| one.addition.told(&one.appeal))
    }

    /// A declaration after what was added; what the rules are told with it, last.
    pub(super) fn ended(
        &self,
        declaration: DeclaredFacts,
    ) -> Result<(DeclaredFacts, Option<DeclaredFacts>), RuleError> {
        let mut counts = (declaration, None);
        for one in &self.additions {
            if counts.0.date <= one.until
                && let Some((declaration, told)) = one.addition.ended(&counts.0, &one.appeal)?
            {
                counts = (declaration, Some(told));
            }
        }
        Ok(counts)
    }

    /// What is left of a declaration.
    pub(super) fn declaration(&self, declaration: DeclaredFacts) -> DeclaredFacts {
        let mut left = declaration;
        for correction in &self.corrections {
            if let FactCorrection::Declared { member, until } = correction
                && left.date <= *until
            {
                left = left.without(member);
            }
        }
        left
    }

    /// Whether the order at the end of the chain counts.
    pub(super) fn counts(&self, order: &OrdersHead) -> bool {
        let is_it = |correction: &FactCorrection| matches!(correction, FactCorrection::Order { head } if *head == order.head);
        !self.corrections.iter().any(is_it)
    }
}

health_code_core::hidden_debug!(CorrectedFacts, AddedByAppeal);
