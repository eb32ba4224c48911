//! `device-move`: the desk drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: the file holds a document's number: it is for the desk, and is deleted after.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::identity::{DocumentKind, check_document_number};

use super::orders::{Draft, WithDraft, drafted};
use crate::errors::AuthorityError;
use crate::officers::{MoveOrder, is_device_id};

/// Moves a citizen to another phone.
#[derive(Debug, Subcommand)]
pub(super) enum DeviceMove {
    /// Write a move down in a file, for two officers to sign, once the desk has seen person and document
    Draft {
        #[command(flatten)]
        whom: Whom,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    #[command(flatten)]
    WithDraft(WithDraft),
}

/// Whom, and where to.
#[derive(Args, Clone)]
pub(super) struct Whom {
    /// Kind of the document that the desk saw, such as resident_id or passport
    #[arg(long, default_value = "resident_id", value_parser = super::parse_document_kind, value_name = "KIND")]
    document_kind: DocumentKind,
    /// Its number as it is registered
    #[arg(long, value_name = "NUMBER")]
    document_number: String,
    /// Number of the document that the desk saw, where another one is registered by mistake
    #[arg(long, value_name = "NUMBER")]
    new_document_number: Option<String>,
    /// Its kind, where that is another one
    #[arg(long, value_parser = super::parse_document_kind, requires = "new_document_number", value_name = "KIND")]
    new_document_kind: Option<DocumentKind>,
    /// The device that the citizen registers with from now on: 22 characters, which the phone shows
    #[arg(long, value_parser = parse_device, value_name = "ID")]
    device: String,
}

impl DeviceMove {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { whom, out } => whom.draft()?.create(out),
            Self::WithDraft(done) => done.run::<MoveOrder>(),
        }
    }
}

impl Whom {
    fn draft(&self) -> Result<Draft<MoveOrder>, AuthorityError> {
        let document_number = checked_number(
            self.document_kind,
            &self.document_number,
            "--document-number",
        )?;
        let new_kind = self.new_document_kind.unwrap_or(self.document_kind);
        let new_number = self.new_document_number.as_deref();
        let new_number = new_number
            .map(|number| checked_number(new_kind, number, "--new-document-number"))
            .transpose()?;
        let (id, at) = drafted()?;
        Draft::of(&MoveOrder {
            id,
            document_kind: self.document_kind.id().to_owned(),
            document_number,
            new_document_kind: new_number.is_some().then(|| new_kind.id().to_owned()),
            new_document_number: new_number,
            device_id: self.device.clone(),
            at,
        })
    }
}

/// A document's number in its one form; `flag` said it.
pub(super) fn checked_number(
    kind: DocumentKind,
    number: &str,
    flag: &str,
) -> Result<String, AuthorityError> {
    check_document_number(kind, number).map_err(|error| AuthorityError::ConfigInvalid {
        at: format!("{flag}: {}", error.code()),
    })
}

pub(super) fn parse_device(text: &str) -> Result<String, String> {
    if is_device_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want the 22 characters that the phone shows".to_owned())
    }
}

health_code_core::hidden_debug!(Whom);
