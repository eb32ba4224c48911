//! The decision that two officers sign.
//!
//! Invariant: the file that goes from hand to hand shows in plain text what is being signed, and a signature covers exactly
//! those bytes.

use std::path::Path;

use clap::Args;
use health_code_core::capability::appeals::{AppealOutcome, DECISION_REASONS, FactCorrection};
use health_code_core::ports::Clock as _;
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::super::client::{Posted, Server, post};
use super::super::colour_change::parse_subject;
use super::super::drafts::{OrderKind, Signing, count_signatures, create, order_id, read, write};
use super::super::{explain, runtime, say};
use crate::errors::AuthorityError;
use crate::officers::{
    AppealDecisionAnswer, AppealDecisionOrder, OfficerSignature, appeal_decision_is_signed_by,
    appeal_decision_submission, sign_appeal_decision,
};
use crate::store::CitizenId;
use crate::system::SystemClock;

const KIND: OrderKind = OrderKind {
    sign: sign_appeal_decision,
    is_signed_by: appeal_decision_is_signed_by,
};

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
    /// Words for the citizen in a language (may be repeated): en and zh must be there
    #[arg(long = "text", value_parser = parse_text, value_name = "TAG=TEXT")]
    texts: Vec<(String, String)>,
}

/// The file that goes from hand to hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of an [`AppealDecisionOrder`]: the exact text that is signed.
    decision: String,
    signatures: Vec<OfficerSignature>,
}

impl Decision {
    /// Writes it down.
    pub(super) fn draft(&self, out: &Path) -> Result<(), AuthorityError> {
        let refused = |at: String| Err(AuthorityError::ConfigInvalid { at });
        if CitizenId::parse(&self.citizen).is_none() {
            return refused("--citizen: not a citizen's id".to_owned());
        }
        let wall_ms = SystemClock.read().wall_ms;
        let text: LocalizedText = self.texts.iter().cloned().collect();
        let order = AppealDecisionOrder {
            id: order_id(wall_ms)?,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone(),
            appeal: self.appeal.clone(),
            outcome: self.outcome,
            reason: self.reason.clone(),
            text: (!self.texts.is_empty()).then_some(text),
            corrections: self.strikes.clone(),
            at: wall_ms.div_euclid(1_000),
        };
        if let Some((member, code)) = order.fault() {
            return refused(format!("{member}: {code}"));
        }
        let decision = serde_json::to_string(&order).map_err(|_| AuthorityError::NoEntropy)?;
        create(
            out,
            &Draft {
                decision,
                signatures: Vec::new(),
            },
        )?;
        explain!("needs-signatures", file = out);
        Ok(())
    }
}

/// Adds a signature.
pub(super) fn sign(signing: &Signing) -> Result<(), AuthorityError> {
    let mut draft: Draft = read(&signing.file)?;
    explain!(
        "signing",
        officer = signing.officer.as_str(),
        order = draft.decision.as_str(),
    );
    KIND.add_signature(&draft.decision, &mut draft.signatures, &signing.by())?;
    count_signatures(&draft.signatures);
    write(&signing.file, &draft)
}

/// Sends it.
pub(super) fn submit(file: &Path, server: &Server) -> Result<(), AuthorityError> {
    let draft: Draft = read(file)?;
    let signed = appeal_decision_submission(draft.decision.as_bytes(), draft.signatures);
    let posted = post(server, "/v1/admin/appeal-decisions", &signed);
    let refused = |at: &str| AuthorityError::ServerRefused { at: at.to_owned() };
    match runtime()?.block_on(posted)? {
        Posted::Done(answer) => {
            let answer: AppealDecisionAnswer = answer;
            say(&serde_json::to_string(&answer).map_err(|_| refused("answer"))?);
            Ok(())
        }
        Posted::WrongHead(_) => Err(refused("answer")),
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

fn parse_text(text: &str) -> Result<(String, String), String> {
    let (tag, text) = text.split_once('=').ok_or("want TAG=TEXT")?;
    Ok((tag.to_owned(), text.to_owned()))
}

health_code_core::hidden_debug!(Decision, Draft);
