//! What one officer asks of somebody who appealed.
//!
//! Invariant: shows in plain text what is signed before it is sent.

use std::path::PathBuf;

use clap::Args;
use health_code_core::capability::appeals::REQUEST_REASONS;
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;

use super::super::client::Server;
use super::super::colour_change::parse_subject;
use super::super::drafts::By;
use super::super::explain;
use super::super::find_citizen::parse_officer;
use super::super::orders::{Draft, drafted};
use super::decision::parse_text;
use crate::errors::AuthorityError;
use crate::officers::{AppealRequestOrder, Order as _};
use crate::store::CitizenId;

/// What is asked, and by whom.
#[derive(Args, Clone)]
pub(in crate::cli) struct Asking {
    /// Citizen's id, which show tells
    #[arg(long, value_name = "ID")]
    citizen: String,
    /// owner for the citizen, or the id of a dependant in the citizen's care
    #[arg(long, default_value = "owner", value_parser = parse_subject, value_name = "ID")]
    subject: SubjectId,
    /// Appeal's id
    #[arg(long, value_name = "ID")]
    appeal: String,
    /// What is asked for, from the closed list, such as test_report or clearer_picture
    #[arg(long, value_parser = parse_reason, value_name = "REASON")]
    reason: String,
    /// Words for the citizen in a language (may be repeated): en and zh must be there
    #[arg(long = "text", value_parser = parse_text, value_name = "TAG=TEXT")]
    texts: Vec<(String, String)>,
    /// Who asks, as enrolled
    #[arg(long, value_parser = parse_officer, value_name = "ID")]
    officer: String,
    /// Officer's key file
    #[arg(long, value_name = "FILE")]
    officer_key: PathBuf,
    #[command(flatten)]
    server: Server,
}

impl Asking {
    /// Signs it and sends it.
    pub(super) fn ask(&self) -> Result<(), AuthorityError> {
        let refused = |at: String| Err(AuthorityError::ConfigInvalid { at });
        if CitizenId::parse(&self.citizen).is_none() {
            return refused("--citizen: not a citizen's id".to_owned());
        }
        let (id, at) = drafted()?;
        let text: LocalizedText = self.texts.iter().cloned().collect();
        let order = AppealRequestOrder {
            id,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone(),
            appeal: self.appeal.clone(),
            reason: self.reason.clone(),
            text: (!self.texts.is_empty()).then_some(text),
            at,
        };
        if let Some((member, code)) = order.fault() {
            return refused(format!("{member}: {code}"));
        }
        let mut draft = Draft::of(&order)?;
        explain!(
            "signing",
            officer = self.officer.as_str(),
            order = draft.text(),
        );
        draft.sign(&By {
            officer: &self.officer,
            key: &self.officer_key,
            enrolled: None,
        })?;
        draft.submit(&self.server)
    }
}

fn parse_reason(text: &str) -> Result<String, String> {
    if REQUEST_REASONS.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("want one of {}", REQUEST_REASONS.join(", ")))
    }
}

health_code_core::hidden_debug!(Asking);
