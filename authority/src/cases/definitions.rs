//! The rule set and the forms in force.
//!
//! Invariant: of a rule set and of a form only higher versions come into force; the older versions of a form stay
//! accepted, since a phone that was offline filled one in. Publishes nothing.

use std::sync::Arc;

use health_code_core::form::Form;
use health_code_core::rules::RuleSet;

use super::Refusal;

/// What declarations are checked against and colours are decided by.
#[derive(Clone, Debug)]
pub(crate) struct Definitions {
    pub(crate) rule_set: RuleSet,
    pub(crate) forms: Vec<Arc<Form>>,
}

impl Definitions {
    /// Local day at `at` (Unix seconds), `YYYY-MM-DD`.
    pub(crate) fn day(&self, at: i64) -> Result<String, Refusal> {
        self.rule_set
            .local_day(at)
            .ok_or(Refusal::Failed("time_out_of_range"))
    }

    /// How long the local day of `at` (Unix seconds) goes on, seconds.
    pub(crate) fn secs_to_next_day(&self, at: i64) -> i64 {
        let today = self.rule_set.local_day(at);
        // A day with a change of the clock has 25 hours.
        let (mut within, mut beyond): (i64, i64) = (0, 25 * 3_600);
        while beyond - within > 1 {
            let middle = within.midpoint(beyond);
            if self.rule_set.local_day(at.saturating_add(middle)) == today {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        beyond
    }

    /// The form with this id and version.
    pub(crate) fn form(&self, id: &str, version: u32) -> Option<&Form> {
        self.forms.iter().map(AsRef::as_ref).find(|form: &&Form| {
            let definition = form.definition();
            definition.id == id && definition.version == version
        })
    }

    /// Puts a new version of the rule set in force.
    ///
    /// # Errors
    /// The code of a rule set that is another than the one in force, which the settings name.
    pub(crate) fn take_rule_set(&mut self, rule_set: RuleSet) -> Result<(), &'static str> {
        if rule_set.id != self.rule_set.id {
            return Err("rule_set_not_in_force");
        }
        if rule_set.version > self.rule_set.version {
            self.rule_set = rule_set;
        }
        Ok(())
    }

    /// Accepts a form from now on.
    pub(crate) fn take_form(&mut self, form: Form) {
        let definition = form.definition();
        if self.form(&definition.id, definition.version).is_none() {
            self.forms.push(Arc::new(form));
        }
    }
}
