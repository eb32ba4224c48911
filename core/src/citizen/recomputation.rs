//! The phone's own computation of the colour, from the published rule set and the evidence in the receipt.
//!
//! Invariant: "differs" is said only where this version understands all of it. What a later version added to evidence,
//! rules or reasons makes "not by this version". Pure: reads nothing, keeps nothing.

use serde::{Deserialize, Serialize};

use crate::rules::{Evidence, RuleError, RuleSet};
use crate::wire::Receipt;

crate::app_types! {
    describe as describe_recomputation;

    /// Whether this phone comes to the same colour, reason, rule, day of green and check-ins as the authority.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Recomputation {
        /// It does.
        Same,
        /// It does not: the authority did not follow its published rules, or the receipt contradicts itself.
        Differs,
        /// Evidence, rules or reason hold something that this version does not know.
        NotByThisVersion,
        /// The rule set in that version is not on this phone.
        NotYet,
    }
}

/// Computes it; `rule_set` is the JSON of the published one with the receipt's id, none where there is none.
#[must_use]
pub fn recompute(receipt: &Receipt, rule_set: Option<&[u8]>) -> Recomputation {
    rule_set.map_or(Recomputation::NotYet, |rule_set| {
        recompute_by(receipt, rule_set).0
    })
}

/// The same with the rule set at hand, which it gives as well where it is the one that decided.
pub(super) fn recompute_by(receipt: &Receipt, rule_set: &[u8]) -> (Recomputation, Option<RuleSet>) {
    let named = crate::encoding::json::from_slice::<Named>(rule_set);
    if named.is_ok_and(|named| named.version != receipt.rule_set_version) {
        return (Recomputation::NotYet, None);
    }
    let Ok(rules) = RuleSet::from_json(rule_set) else {
        return (Recomputation::NotByThisVersion, None);
    };
    let decision = Evidence::from_value(&receipt.evidence).and_then(|it| rules.decide(&it));
    let recomputation = match decision {
        Ok(decision) => {
            // Authorities of the first version left the check-ins out.
            let counted = receipt.check_ins_done.is_some() || receipt.check_ins_required.is_some();
            let same = decision.colour == receipt.colour
                && receipt.reason == decision.reason
                && decision.rule_id == receipt.rule_id
                && decision.earliest_green == receipt.earliest_green
                && (!counted
                    || (decision.check_ins_done, decision.check_ins_required)
                        == (receipt.check_ins_done, receipt.check_ins_required));
            if same {
                Recomputation::Same
            } else {
                Recomputation::Differs
            }
        }
        Err(RuleError::FactsInconsistent | RuleError::RuleSetNotInForce) => Recomputation::Differs,
        // An unknown fact, colour or reason, or an expression that this version cannot evaluate.
        Err(_) => Recomputation::NotByThisVersion,
    };
    (recomputation, Some(rules))
}

/// What every version of a rule set says of itself.
#[derive(Deserialize)]
struct Named {
    version: u32,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{Receipt, recompute};

    /// The cases are for other languages too: see docs/PROTOCOL.md.
    #[test]
    fn every_vector_comes_out_as_it_says() {
        let vectors = include_str!("../../../tests/vectors/recomputation.json");
        let vectors: Value = serde_json::from_str(vectors).expect("JSON");
        let mut seen = BTreeSet::new();
        for vector in vectors["cases"].as_array().expect("cases") {
            let name = vector["name"].as_str().expect("a name");
            let rule_set = vector["ruleSet"].as_str();
            let rule_set = rule_set.map(|name| vectors["ruleSets"][name].to_string().into_bytes());
            let receipt: Receipt =
                serde_json::from_value(vector["receipt"].clone()).expect("a receipt");
            let outcome = recompute(&receipt, rule_set.as_deref());
            let outcome = serde_json::to_value(outcome).expect("an id");
            assert_eq!(outcome, vector["expect"], "{name}");
            seen.insert(outcome.to_string());
        }
        assert_eq!(seen.len(), 4, "each outcome is there: {seen:?}");
        for refused in vectors["refused"].as_array().expect("refused") {
            let receipt = serde_json::from_value::<Receipt>(refused["receipt"].clone());
            assert!(receipt.is_err(), "{}", refused["name"]);
        }
    }
}
