//! `certificates`: the desk looks at both names of an EU certificate, drafts what was found, officers sign, anyone submits.
//!
//! Invariant: nothing is shown but for an order that an officer signed. How many officers a decision takes, the authority's settings
//! say.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::wire::SubjectId;

use super::client::Server;
use super::colour_change::parse_subject;
use super::drafts::{By, Signing};
use super::find_citizen::parse_officer;
use super::orders::{Draft, drafted, sign};
use crate::capability::dcc::{DccAct, DccOrder};
use crate::errors::AuthorityError;
use crate::store::CitizenId;

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

impl Certificates {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Show {
                whose,
                officer,
                officer_key,
                server,
            } => {
                let mut draft = whose.draft(DccAct::Show, None)?;
                draft.sign(&By {
                    officer,
                    key: officer_key,
                    enrolled: None,
                })?;
                draft.submit(server)
            }
            Self::Draft {
                whose,
                certificate,
                act,
                out,
            } => whose.draft(*act, Some(certificate.clone()))?.create(out),
            Self::Sign(signing) => sign::<DccOrder>(signing),
            Self::Submit { file, server } => Draft::<DccOrder>::read(file)?.submit(server),
        }
    }
}

impl Whose {
    fn draft(
        &self,
        act: DccAct,
        certificate: Option<String>,
    ) -> Result<Draft<DccOrder>, AuthorityError> {
        if CitizenId::parse(&self.citizen).is_none() {
            return Err(AuthorityError::ConfigInvalid {
                at: "--citizen: not a citizen's id".to_owned(),
            });
        }
        let (id, at) = drafted()?;
        Draft::of(&DccOrder {
            id,
            act,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone(),
            certificate,
            at,
        })
    }
}

fn parse_act(text: &str) -> Result<DccAct, String> {
    match text {
        "agree" => Ok(DccAct::Agree),
        "refuse" => Ok(DccAct::Refuse),
        _ => Err("want agree or refuse".to_owned()),
    }
}

health_code_core::hidden_debug!(Whose);
