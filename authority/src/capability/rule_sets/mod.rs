//! Rule sets: by what colours are decided.
//!
//! Invariant: a new version of the one that is in force; it decides from the moment it is published. A region that goes
//! over to another rule set does so in its settings.

use health_code_core::rules::RuleSet;
use health_code_core::trust::RULE_SET_TYPE;
use health_code_core::wire::BundleKind;

use crate::cases::publish::{BundleKindRow, Content};

/// Row of the table of public bundles.
pub(crate) const BUNDLE: BundleKindRow = BundleKindRow {
    kind: BundleKind::RULE_SET,
    id: "rule-set",
    typ: RULE_SET_TYPE,
    read: |content| {
        let rule_set = RuleSet::from_json(content).map_err(|error| error.code())?;
        // Credentials carry it in sixteen bits.
        u16::try_from(rule_set.version).map_err(|_| "rule_set_version_out_of_range")?;
        Ok(Content {
            name: rule_set.id.clone(),
            version: rule_set.version.into(),
            in_force: Box::new(move |definitions| definitions.take_rule_set(&rule_set)),
        })
    },
};
