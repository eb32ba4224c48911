//! Health declarations: the daily check-in.
//!
//! Invariant: valid by the form that was filled in, as of the day on which it was filled in: what was right then is not
//! wrong because the network was away. The day that the phone tells counts within a window of policy; outside of it, and
//! where the phone's clock was wrong, the day of receipt does. Check-ins and facts count by the day of receipt always, so
//! that no streak is filled in later; what was received before and lost counts by that day ([`acceptance`](crate::cases::acceptance)). The colour is decided with it in the same act.

use health_code_core::form::{Form, RefusedAnswer, declared_facts};
use health_code_core::rules::DeclaredFacts;
use health_code_core::wire::{Declaration, SubjectId};

use crate::cases::Refusal;
use crate::cases::decide;
use crate::cases::file::{Acting, Checking, Effect, UploadKind};
use crate::store::{RowKey, Rows};

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind::plain("declarations", 0, |checking, body| {
    let facts = check(checking, body)?;
    Ok(Box::new(Filled { facts }))
});

/// The facts of a valid declaration.
fn check(checking: &Checking<'_>, body: &[u8]) -> Result<DeclaredFacts, Refusal> {
    let declaration: Declaration = super::read(body)?;
    let form = checking
        .definitions
        .form(&declaration.form_id, declaration.form_version)
        .filter(|form| asks_about_health(form))
        .ok_or(Refusal::FormUnknown)?;
    let refused =
        |error: RefusedAnswer| Refusal::invalid(format!("answers.{}", error.path), error.code);
    let valid = |day: &str| form.validate(&declaration.answers, day);
    let filled_on = day_of_filling_in(checking, declaration.filled_at)?;
    let answers = match filled_on.filter(|day| day != checking.today) {
        // A clock that was wrong by days tells a day on which nobody filled anything in.
        Some(day) => valid(&day).or_else(|of_then| valid(checking.today).map_err(|_| of_then)),
        None => valid(checking.today),
    };
    let answers = answers.map_err(|errors| {
        let first = errors.into_iter().next();
        first.map_or(Refusal::Invalid(None), refused)
    })?;
    declared_facts(form, &answers, checking.today).map_err(refused)
}

/// The local day, where the phone's time is one that a late delivery may have.
fn day_of_filling_in(checking: &Checking<'_>, at: i64) -> Result<Option<String>, Refusal> {
    let late = checking.now.saturating_sub(at);
    let window = i64::from(checking.policy.late_declaration_days) * 86_400;
    if (-checking.policy.clock_skew_secs..=window).contains(&late) {
        checking.definitions.day(at).map(Some)
    } else {
        Ok(None)
    }
}

/// A form without facts for the colour rules (such as the registration form) is no check-in.
fn asks_about_health(form: &Form) -> bool {
    form.fields().any(|field| field.fact.is_some())
}

struct Filled {
    facts: DeclaredFacts,
}

impl Effect for Filled {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        decide::reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let decider = acting.decider;
        let today = decider.definitions.day(acting.now)?;
        decide::add_declaration(rows, self.facts.clone(), &today)?;
        let decided = decider.decide(acting.citizen, rows, acting.now)?;
        Ok(decided.map_or(0, |decided| decided.revoked))
    }
}
