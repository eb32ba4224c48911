//! `care-order`: the desk drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: as for colour changes, the file that goes from hand to hand shows in plain text what is being signed, and a
//! signature covers exactly those bytes. It holds a document's number: it is for the desk, and is deleted after.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::identity::{DocumentKind, check_document_number};
use health_code_core::ports::Clock;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::drafts::{OrderKind, Signing, count_signatures, create, order_id, read, write};
use super::{explain, runtime, say};
use crate::errors::AuthorityError;
use crate::officers::{
    CareOrder, CareOrderAnswer, OfficerSignature, care_order_is_signed_by, care_order_submission,
    is_device_id, sign_care_order,
};
use crate::system::SystemClock;

const KIND: OrderKind = OrderKind {
    sign: sign_care_order,
    is_signed_by: care_order_is_signed_by,
};

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
    /// Add one officer's signature to the file; shows first what is signed
    Sign(Signing),
    /// Send the file with both signatures
    Submit {
        /// File with two signatures
        file: PathBuf,
        #[command(flatten)]
        server: Server,
    },
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

/// The file that goes from hand to hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of a [`CareOrder`]: the exact text that is signed.
    order: String,
    signatures: Vec<OfficerSignature>,
}

impl CareOrders {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { whom, out } => {
                create(out, &draft(whom)?)?;
                explain!("needs-signatures", file = out.as_path());
                Ok(())
            }
            Self::Sign(signing) => {
                let mut draft: Draft = read(&signing.file)?;
                explain!(
                    "signing",
                    officer = signing.officer.as_str(),
                    order = draft.order.as_str(),
                );
                KIND.add_signature(&draft.order, &mut draft.signatures, &signing.by())?;
                count_signatures(&draft.signatures);
                write(&signing.file, &draft)
            }
            Self::Submit { file, server } => {
                let draft: Draft = read(file)?;
                let order = care_order_submission(draft.order.as_bytes(), draft.signatures);
                let posted = post::<CareOrderAnswer>(server, "/v1/admin/care-orders", &order);
                match runtime()?.block_on(posted)? {
                    Posted::Done(answer) => tell(&answer),
                    Posted::WrongHead(_) => Err(refused("answer")),
                }
            }
        }
    }
}

fn draft(whom: &Dependant) -> Result<Draft, AuthorityError> {
    let number = check_document_number(whom.document_kind, &whom.document_number);
    let document_number = number.map_err(|error| AuthorityError::ConfigInvalid {
        at: format!("--document-number: {}", error.code()),
    })?;
    let wall_ms = SystemClock.read().wall_ms;
    let order = CareOrder {
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

fn tell(answer: &CareOrderAnswer) -> Result<(), AuthorityError> {
    let json = serde_json::to_string(answer).map_err(|_| refused("answer"))?;
    say(&json);
    Ok(())
}

fn refused(at: &str) -> AuthorityError {
    AuthorityError::ServerRefused { at: at.to_owned() }
}

fn parse_device(text: &str) -> Result<String, String> {
    if is_device_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want the 22 characters that the phone shows".to_owned())
    }
}

health_code_core::hidden_debug!(Dependant, Draft);
