//! The decision that two officers sign.
//!
//! Invariant: what the authority would refuse for itself is refused before it is drafted.

use clap::Args;
use health_code_core::capability::appeals::{
    AddedFact, AppealOutcome, DECISION_REASONS, FactAddition, FactCorrection,
};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;

use super::super::colour_change::parse_subject;
use super::super::orders::{Draft, drafted};
use crate::errors::AuthorityError;
use crate::officers::{AppealDecisionOrder, Order as _};
use crate::store::CitizenId;

/// What is decided.
#[derive(Args, Clone)]
pub(in crate::cli) struct Decision {
    /// Citizen's id, which show tells
    #[arg(long, value_name = "ID")]
    citizen: String,
    /// owner for the citizen, or the id of a dependant in the citizen's care
    #[arg(long, default_value = "owner", value_parser = parse_subject, value_name = "ID")]
    subject: SubjectId,
    /// Appeal's id
    #[arg(long, value_name = "ID")]
    appeal: String,
    /// upheld, partly or rejected
    #[arg(long, value_parser = parse_outcome, value_name = "OUTCOME")]
    outcome: AppealOutcome,
    /// Reason from the closed list, such as record_wrong or evidence_not_enough
    #[arg(long, value_parser = parse_reason, value_name = "REASON")]
    reason: String,
    /// What does not count any more: order=HEAD for the officers' order that show tells, MEMBER=YYYY-MM-DD for an answer
    /// such as contact in every declaration up to that day (may be repeated)
    #[arg(long = "strike", value_parser = parse_strike, value_name = "WHAT")]
    strikes: Vec<FactCorrection>,
    /// What counts from now on that nobody had told: negativeTest=YYYY-MM-DD, vaccinated=YYYY-MM-DD or vaccinated=YYYY-MM-DD/DOSE,
    /// recovered=YYYY-MM-DD (first positive test), exposureEnded=YYYY-MM-DD (last day of a contact or stay that was declared);
    /// may be repeated
    #[arg(long = "add", value_parser = parse_addition, value_name = "FACT=DAY")]
    additions: Vec<FactAddition>,
    /// Words for the citizen in a language (may be repeated): en and zh must be there
    #[arg(long = "text", value_parser = parse_text, value_name = "TAG=TEXT")]
    texts: Vec<(String, String)>,
}

impl Decision {
    pub(super) fn draft(&self) -> Result<Draft<AppealDecisionOrder>, AuthorityError> {
        let refused = |at: String| Err(AuthorityError::ConfigInvalid { at });
        if CitizenId::parse(&self.citizen).is_none() {
            return refused("--citizen: not a citizen's id".to_owned());
        }
        let text: LocalizedText = self.texts.iter().cloned().collect();
        let (id, at) = drafted()?;
        let order = AppealDecisionOrder {
            id,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone(),
            appeal: self.appeal.clone(),
            outcome: self.outcome,
            reason: self.reason.clone(),
            text: (!self.texts.is_empty()).then_some(text),
            corrections: self.strikes.clone(),
            additions: self.additions.clone(),
            at,
        };
        if let Some((member, code)) = order.fault() {
            return refused(format!("{member}: {code}"));
        }
        Draft::of(&order)
    }
}

fn parse_outcome(text: &str) -> Result<AppealOutcome, String> {
    match text {
        "upheld" => Ok(AppealOutcome::Upheld),
        "partly" => Ok(AppealOutcome::Partly),
        "rejected" => Ok(AppealOutcome::Rejected),
        _ => Err("want upheld, partly or rejected".to_owned()),
    }
}

fn parse_reason(text: &str) -> Result<String, String> {
    let all = DECISION_REASONS.map(|(id, _)| id);
    if all.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("want one of {}", all.join(", ")))
    }
}

fn parse_strike(text: &str) -> Result<FactCorrection, String> {
    let wanted = "want order=HEAD or MEMBER=YYYY-MM-DD";
    let (what, value) = text.split_once('=').ok_or(wanted)?;
    let correction = if what == "order" {
        FactCorrection::Order {
            head: value.to_owned(),
        }
    } else {
        FactCorrection::Declared {
            member: what.to_owned(),
            until: value.to_owned(),
        }
    };
    let is_right = correction.is_well_formed();
    is_right
        .then_some(correction)
        .ok_or_else(|| wanted.to_owned())
}

fn parse_addition(text: &str) -> Result<FactAddition, String> {
    let wanted = || {
        let facts = AddedFact::ALL.map(AddedFact::id).join(", ");
        format!(
            "want FACT=YYYY-MM-DD, FACT one of {facts}; of vaccinated also FACT=YYYY-MM-DD/DOSE"
        )
    };
    let (what, day) = text.split_once('=').ok_or_else(wanted)?;
    let fact = AddedFact::ALL.into_iter().find(|fact| fact.id() == what);
    let (day, dose) = match day.split_once('/') {
        Some((day, dose)) => (day, Some(dose.parse().map_err(|_| wanted())?)),
        None => (day, None),
    };
    let addition = FactAddition {
        fact: fact.ok_or_else(wanted)?,
        day: day.to_owned(),
        dose,
    };
    let is_right = addition.is_well_formed();
    is_right.then_some(addition).ok_or_else(wanted)
}

pub(super) fn parse_text(text: &str) -> Result<(String, String), String> {
    let (tag, text) = text.split_once('=').ok_or("want TAG=TEXT")?;
    Ok((tag.to_owned(), text.to_owned()))
}

health_code_core::hidden_debug!(Decision);
