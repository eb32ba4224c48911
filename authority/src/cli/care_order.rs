//! `care-order`: the desk drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: the file holds a document's number: it is for the desk, and is deleted after.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::identity::DocumentKind;

use super::device_move::{checked_number, parse_device};
use super::orders::{Draft, WithDraft, drafted};
use crate::errors::AuthorityError;
use crate::officers::CareOrder;

/// Lets a citizen care for somebody: a child, an elder.
#[derive(Debug, Subcommand)]
pub(super) enum CareOrders {
    /// Write it down in a file, for two officers to sign, once the desk has seen the carer and the dependant's document
    Draft {
        #[command(flatten)]
        whom: Dependant,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    #[command(flatten)]
    WithDraft(WithDraft),
}

/// Whom, and in whose care.
#[derive(Args, Clone)]
pub(super) struct Dependant {
    /// Kind of the dependant's document, such as resident_id or birth_certificate
    #[arg(long, default_value = "resident_id", value_parser = super::parse_document_kind, value_name = "KIND")]
    document_kind: DocumentKind,
    /// Its number
    #[arg(long, value_name = "NUMBER")]
    document_number: String,
    /// The carer's device: 22 characters, which the phone shows
    #[arg(long, value_parser = parse_device, value_name = "ID")]
    device: String,
}

impl CareOrders {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { whom, out } => whom.draft()?.create(out),
            Self::WithDraft(done) => done.run::<CareOrder>(),
        }
    }
}

impl Dependant {
    fn draft(&self) -> Result<Draft<CareOrder>, AuthorityError> {
        let document_number = checked_number(
            self.document_kind,
            &self.document_number,
            "--document-number",
        )?;
        let (id, at) = drafted()?;
        Draft::of(&CareOrder {
            id,
            document_kind: self.document_kind.id().to_owned(),
            document_number,
            device_id: self.device.clone(),
            at,
        })
    }
}

health_code_core::hidden_debug!(Dependant);
