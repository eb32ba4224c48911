//! Health declarations: the daily check-in.
//!
//! Invariant: valid by the form that was filled in, as of the day it is received; the colour is decided with it in the
//! same act. `filledAt` is kept but never judged: a phone with a wrong clock must not be locked out, and check-ins count
//! by the day of receipt.

use health_code_core::form::{Form, RefusedAnswer, declared_facts};
use health_code_core::rules::DeclaredFacts;
use health_code_core::wire::{Declaration, SubjectId};

use crate::cases::Refusal;
use crate::cases::decide;
use crate::cases::file::{Acting, Checking, Effect, UploadKind};
use crate::store::{RowKey, Rows};

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    name: "declarations",
    number: 0,
    check: |checking, body| {
        let facts = check(checking, body)?;
        Ok(Box::new(Filled { facts }))
    },
};

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
    let answers = form
        .validate(&declaration.answers, checking.today)
        .map_err(|errors| {
            let first = errors.into_iter().next();
            first.map_or(Refusal::Invalid(None), refused)
        })?;
    declared_facts(form, &answers, checking.today).map_err(refused)
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
        decide::add_declaration(rows, self.facts.clone())?;
        let decided = decider.decide(acting.citizen, rows, acting.now)?;
        Ok(decided.map_or(0, |decided| decided.revoked))
    }
}
