//! The rule set, the forms and the list of laboratories in force.
//!
//! Invariant: of a rule set and of a form only higher versions come into force; the older versions of a form stay
//! accepted, since a phone that was offline filled one in. Publishes nothing.

use std::sync::Arc;

use health_code_core::capability::results::Laboratories;
use health_code_core::form::Form;
use health_code_core::rules::RuleSet;
use health_code_core::trust::Scheme;
use health_code_core::wire::Identity;

use super::Refusal;
use super::certified_facts::CertificateLists;

/// What declarations are checked against and colours are decided by.
#[derive(Clone, Debug)]
pub(crate) struct Definitions {
    /// The domestic scheme's; its time zone is the authority's.
    pub(crate) rule_set: RuleSet,
    /// None where nobody gets a code of the international scheme.
    pub(crate) visitors: Option<Visitors>,
    pub(crate) forms: Vec<Arc<Form>>,
    /// Who may report results, and what they count as.
    pub(crate) laboratories: Arc<Laboratories>,
    /// Keys of other countries and the rules about their certificates.
    pub(crate) certificates: CertificateLists,
}

/// Who gets a code of the international scheme, and by what it is decided.
#[derive(Clone, Debug)]
pub(crate) struct Visitors {
    /// Ids of kinds of documents.
    pub(crate) documents: Vec<String>,
    pub(crate) rule_set: RuleSet,
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

    /// Also one that a newer version took the place of: declarations come late.
    pub(crate) fn form(&self, id: &str, version: u32) -> Option<&Form> {
        self.forms.iter().map(AsRef::as_ref).find(|form: &&Form| {
            let definition = form.definition();
            definition.id == id && definition.version == version
        })
    }

    /// The scheme of who is registered with this; of who is not registered the domestic one.
    pub(crate) fn scheme_of(&self, identity: Option<&Identity>) -> Scheme {
        let is_visitor =
            self.visitors
                .as_ref()
                .zip(identity)
                .is_some_and(|(visitors, identity)| {
                    visitors.documents.contains(&identity.document_kind)
                });
        if is_visitor {
            Scheme::International
        } else {
            Scheme::Domestic
        }
    }

    /// By what colours of a scheme are decided.
    pub(crate) fn rules_of(&self, scheme: Scheme) -> &RuleSet {
        match (scheme, &self.visitors) {
            (Scheme::International, Some(visitors)) => &visitors.rule_set,
            _ => &self.rule_set,
        }
    }

    /// Puts a new version of a rule set in force.
    ///
    /// # Errors
    /// The code of a rule set that is another than those in force, which the settings name; of one in another time
    /// zone.
    pub(crate) fn take_rule_set(&mut self, rule_set: &RuleSet) -> Result<(), &'static str> {
        let is_domestic = rule_set.id == self.rule_set.id;
        let of_visitors = self.visitors.iter_mut().map(|it| &mut it.rule_set);
        let of_visitors = of_visitors.filter(|held| held.id == rule_set.id);
        let mut held: Vec<_> = of_visitors.collect();
        if rule_set.utc_offset_minutes != self.rule_set.utc_offset_minutes {
            return Err("rule_set_field_invalid");
        }
        if is_domestic {
            held.push(&mut self.rule_set);
        }
        if held.is_empty() {
            return Err("rule_set_not_in_force");
        }
        for held in held {
            if rule_set.version > held.version {
                held.clone_from(rule_set);
            }
        }
        Ok(())
    }

    /// Goes by another list of laboratories from now on, where it is a newer one.
    pub(crate) fn take_laboratories(&mut self, list: Laboratories) {
        if list.version > self.laboratories.version {
            self.laboratories = Arc::new(list);
        }
    }

    /// Accepts a form from now on.
    pub(crate) fn take_form(&mut self, form: Form) {
        let definition = form.definition();
        if self.form(&definition.id, definition.version).is_none() {
            self.forms.push(Arc::new(form));
        }
    }
}
