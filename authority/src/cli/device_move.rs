//! `device-move`: the desk drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: as for colour changes, the file that goes from hand to hand shows in plain text what is being signed, and a
//! signature covers exactly those bytes. It holds a document's number: it is for the desk, and is deleted after.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use health_code_core::identity::{DocumentKind, check_document_number};
use health_code_core::ports::Clock;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::drafts::{count_signatures, order_id, read, write};
use super::{explain, runtime, say};
use crate::errors::AuthorityError;
use crate::keys::read_key_file;
use crate::officers::{
    MoveAnswer, MoveOrder, OfficerSignature, is_device_id, move_submission, sign_move,
};
use crate::system::SystemClock;

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
    /// Add one officer's signature to the file; shows first what is signed
    Sign {
        /// File made by draft
        file: PathBuf,
        /// Officer's id as enrolled
        #[arg(long, value_name = "ID")]
        officer: String,
        /// Officer's key file
        #[arg(long, value_name = "FILE")]
        officer_key: PathBuf,
    },
    /// Send the file with both signatures
    Submit {
        /// File with two signatures
        file: PathBuf,
        #[command(flatten)]
        server: Server,
    },
}

/// Whom, and where to.
#[derive(Args, Clone)]
pub(super) struct Whom {
    /// Kind of the document that the desk saw, such as resident_id or passport
    #[arg(long, default_value = "resident_id", value_parser = parse_kind, value_name = "KIND")]
    document_kind: DocumentKind,
    /// Its number
    #[arg(long, value_name = "NUMBER")]
    document_number: String,
    /// The device that the citizen registers with from now on: 22 characters, which the phone shows
    #[arg(long, value_parser = parse_device, value_name = "ID")]
    device: String,
}

/// The file that goes from hand to hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of a [`MoveOrder`]: the exact text that is signed.
    order: String,
    signatures: Vec<OfficerSignature>,
}

impl DeviceMove {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { whom, out } => {
                write(out, &draft(whom)?)?;
                explain!("needs-signatures", file = out.as_path());
                Ok(())
            }
            Self::Sign {
                file,
                officer,
                officer_key,
            } => {
                let mut draft: Draft = read(file)?;
                explain!(
                    "signing",
                    officer = officer.as_str(),
                    order = draft.order.as_str(),
                );
                draft.sign(officer, officer_key)?;
                count_signatures(&draft.signatures);
                write(file, &draft)
            }
            Self::Submit { file, server } => {
                let draft: Draft = read(file)?;
                let order = move_submission(draft.order.as_bytes(), draft.signatures);
                let posted = post::<MoveAnswer>(server, "/v1/admin/moves", &order);
                match runtime()?.block_on(posted)? {
                    Posted::Done(answer) => tell(&answer),
                    Posted::WrongHead(_) => Err(refused("answer")),
                }
            }
        }
    }
}

impl Draft {
    fn sign(&mut self, officer: &str, key: &Path) -> Result<(), AuthorityError> {
        let key = read_key_file(key)?;
        self.signatures.retain(|one| one.officer != officer);
        self.signatures
            .push(sign_move(self.order.as_bytes(), officer, &key));
        Ok(())
    }
}

fn draft(whom: &Whom) -> Result<Draft, AuthorityError> {
    let number = check_document_number(whom.document_kind, &whom.document_number);
    let document_number = number.map_err(|error| AuthorityError::ConfigInvalid {
        at: format!("--document-number: {}", error.code()),
    })?;
    let wall_ms = SystemClock.read().wall_ms;
    let order = MoveOrder {
        id: order_id(wall_ms)?,
        document_kind: whom.document_kind.id().to_owned(),
        document_number,
        device_id: whom.device.clone(),
        at: wall_ms.div_euclid(1_000),
    };
    let order = serde_json::to_string(&order).map_err(|_| AuthorityError::NoEntropy)?;
    Ok(Draft {
        order,
        signatures: Vec::new(),
    })
}

fn tell(answer: &MoveAnswer) -> Result<(), AuthorityError> {
    let json = serde_json::to_string(answer).map_err(|_| refused("answer"))?;
    say(&json);
    Ok(())
}

fn refused(at: &str) -> AuthorityError {
    AuthorityError::ServerRefused { at: at.to_owned() }
}

fn parse_kind(text: &str) -> Result<DocumentKind, String> {
    DocumentKind::from_id(text).ok_or_else(|| "not a kind of document".to_owned())
}

fn parse_device(text: &str) -> Result<String, String> {
    if is_device_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want the 22 characters that the phone shows".to_owned())
    }
}

health_code_core::hidden_debug!(Whom, Draft);
