//! Facts that do not count any more, since officers found them wrong: read with what is known of a subject, before the rules.
//!
//! Invariant: what is struck off here was told or ordered by then; what is told or ordered later counts. Adds no fact and
//! decides no colour.

use health_code_core::capability::appeals::FactCorrection;
use health_code_core::rules::DeclaredFacts;
use serde::{Deserialize, Serialize};

use super::records::{OrdersHead, kinds};
use crate::store::{Kind, Record};

/// Most corrections that are kept, the newest.
const MAX_KEPT: usize = 100;

/// What of a subject's facts does not count.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CorrectedFacts {
    corrections: Vec<FactCorrection>,
}

impl Record for CorrectedFacts {
    const KIND: Kind = kinds::CORRECTED_FACTS;
}

impl CorrectedFacts {
    /// Takes more in; one that is there already changes nothing.
    pub(crate) fn add(&mut self, new: &[FactCorrection]) {
        self.corrections.retain(|one| !new.contains(one));
        self.corrections.extend_from_slice(new);
        let surplus = self.corrections.len().saturating_sub(MAX_KEPT);
        self.corrections.drain(..surplus);
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

health_code_core::hidden_debug!(CorrectedFacts);
