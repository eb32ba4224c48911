//! `certificates`: the desk looks at both names of an EU certificate, drafts what was found, officers sign, anyone submits.
//!
//! Invariant: as for other orders, the file that goes from hand to hand shows in plain text what is being signed, and a signature
//! covers exactly those bytes. How many officers it takes, the authority's settings say.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::ports::Clock as _;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::colour_change::parse_subject;
use super::drafts::{OrderKind, Signing, count_signatures, create, order_id, read, write};
use super::{explain, runtime, say};
use crate::capability::dcc::{
    DccAct, DccAnswer, DccOrder, dcc_order_is_signed_by, dcc_order_submission, sign_dcc_order,
};
use crate::errors::AuthorityError;
use crate::keys::read_key_file;
use crate::officers::{OfficerSignature, is_officer_id};
use crate::store::CitizenId;
use crate::system::SystemClock;

const KIND: OrderKind = OrderKind {
    sign: sign_dcc_order,
    is_signed_by: dcc_order_is_signed_by,
};

/// EU certificates of somebody.
#[derive(Debug, Subcommand)]
pub(super) enum Certificates {
    /// Show somebody's certificates with the names on both sides, and what is wrong with each
    Show {
        #[command(flatten)]
        whose: Whose,
        /// Officer's id as enrolled
        #[arg(long, value_name = "ID", value_parser = parse_officer)]
        officer: String,
        /// Officer's key file
        #[arg(long, value_name = "FILE")]
        officer_key: PathBuf,
        #[command(flatten)]
        server: Server,
    },
    /// Write down whose a certificate is in a file, for officers to sign, once the desk has seen person, document and certificate
    Draft {
        #[command(flatten)]
        whose: Whose,
        /// Certificate's id, which show tells
        #[arg(long, value_name = "ID")]
        certificate: String,
        /// agree: it is the citizen's; refuse: it is not
        #[arg(long, value_name = "agree|refuse", value_parser = parse_act)]
        act: DccAct,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Add one officer's signature to the file; shows first what is signed
    Sign(Signing),
    /// Send the file with its signatures
    Submit {
        /// File with its signatures
        file: PathBuf,
        #[command(flatten)]
        server: Server,
    },
}

/// Whose certificates.
#[derive(Args, Clone)]
pub(super) struct Whose {
    /// Citizen's id at the authority, see find-citizen
    #[arg(long, value_name = "ID")]
    citizen: String,
    /// owner for the citizen, or the id of a dependant in the citizen's care
    #[arg(long, default_value = "owner", value_parser = parse_subject, value_name = "ID")]
    subject: SubjectId,
}

/// The file that goes from hand to hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of a [`DccOrder`]: the exact text that is signed.
    order: String,
    signatures: Vec<OfficerSignature>,
}

impl Certificates {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Show {
                whose,
                officer,
                officer_key,
                server,
            } => {
                let key = read_key_file(officer_key)?;
                let order = whose.order(DccAct::Show, None)?;
                let signature = sign_dcc_order(order.as_bytes(), officer, &key);
                tell(server, &order, vec![signature])
            }
            Self::Draft {
                whose,
                certificate,
                act,
                out,
            } => {
                let draft = Draft {
                    order: whose.order(*act, Some(certificate.clone()))?,
                    signatures: Vec::new(),
                };
                create(out, &draft)?;
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
                tell(server, &draft.order, draft.signatures)
            }
        }
    }
}

impl Whose {
    fn order(&self, act: DccAct, certificate: Option<String>) -> Result<String, AuthorityError> {
        if CitizenId::parse(&self.citizen).is_none() {
            return Err(AuthorityError::ConfigInvalid {
                at: "--citizen: not a citizen's id".to_owned(),
            });
        }
        let wall_ms = SystemClock.read().wall_ms;
        let order = DccOrder {
            id: order_id(wall_ms)?,
            act,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone(),
            certificate,
            at: wall_ms.div_euclid(1_000),
        };
        serde_json::to_string(&order).map_err(|_| refused("order"))
    }
}

/// Sends an order and tells what came of it.
fn tell(
    server: &Server,
    order: &str,
    signatures: Vec<OfficerSignature>,
) -> Result<(), AuthorityError> {
    let body = dcc_order_submission(order.as_bytes(), signatures);
    let posted = post::<DccAnswer>(server, "/v1/admin/certificates", &body);
    match runtime()?.block_on(posted)? {
        Posted::Done(answer) => {
            let json = serde_json::to_string(&answer).map_err(|_| refused("answer"))?;
            say(&json);
            Ok(())
        }
        Posted::WrongHead(_) => Err(refused("answer")),
    }
}

fn refused(at: &str) -> AuthorityError {
    AuthorityError::ServerRefused { at: at.to_owned() }
}

fn parse_act(text: &str) -> Result<DccAct, String> {
    match text {
        "agree" => Ok(DccAct::Agree),
        "refuse" => Ok(DccAct::Refuse),
        _ => Err("want agree or refuse".to_owned()),
    }
}

fn parse_officer(text: &str) -> Result<String, String> {
    if is_officer_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want an officer's id".to_owned())
    }
}

health_code_core::hidden_debug!(Whose, Draft);
