//! `colour-change`: an officer drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: the file that goes from hand to hand shows in plain text what is being signed, and a signature
//! covers exactly those bytes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::Clock;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::drafts::{
    By, OrderKind, Signing, count_signatures, create, officer_key, order_id, read, write,
};
use super::{explain, runtime, say};
use crate::errors::AuthorityError;
use crate::officers::{
    ColourChangeAnswer, ColourOrder, OfficerSignature, change_is_signed_by, fits, sign_change,
    submission,
};
use crate::store::CitizenId;
use crate::system::SystemClock;

const KIND: OrderKind = OrderKind {
    sign: sign_change,
    is_signed_by: change_is_signed_by,
};

/// Changes a citizen's colour.
#[derive(Debug, Subcommand)]
pub(super) enum ColourChange {
    /// Write a change down in a file, for two officers to sign
    Draft {
        #[command(flatten)]
        order: Order,
        /// Hex head of the citizen's chain, which the answer to the last change told; empty for the first
        #[arg(long, default_value = "", value_name = "HEX")]
        previous: String,
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
    /// Draft, sign twice and submit in one go, where both keys are on one machine (development)
    Apply {
        #[command(flatten)]
        order: Order,
        /// Key file of an officer: ID=FILE, or a FILE whose name without ending is the id (give it twice)
        #[arg(
            long = "officer-key",
            required = true,
            num_args = 1,
            value_name = "[ID=]FILE"
        )]
        officer_keys: Vec<String>,
        #[command(flatten)]
        server: Server,
    },
}

/// Who, what, why.
#[derive(Args, Clone)]
pub(super) struct Order {
    /// Citizen's id at this authority, which find-citizen tells
    #[arg(long, value_name = "ID")]
    citizen: String,
    /// owner for the citizen, or the id of a dependant in the citizen's care
    #[arg(long, default_value = "owner", value_parser = parse_subject, value_name = "ID")]
    subject: SubjectId,
    /// green, yellow or red
    #[arg(long, value_parser = parse_colour, value_name = "COLOUR")]
    colour: Colour,
    /// Reason from the closed list, such as close_contact or measure_lifted
    #[arg(long, value_parser = parse_reason, value_name = "REASON")]
    reason: Reason,
}

/// The file that goes from hand to hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of a [`ColourOrder`]: the exact text that is signed.
    change: String,
    signatures: Vec<OfficerSignature>,
}

impl ColourChange {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft {
                order,
                previous,
                out,
            } => {
                let draft = draft(order, previous)?;
                create(out, &draft)?;
                explain!("needs-signatures", file = out.as_path());
                Ok(())
            }
            Self::Sign(signing) => {
                let mut draft: Draft = read(&signing.file)?;
                explain!(
                    "signing",
                    officer = signing.officer.as_str(),
                    order = draft.change.as_str(),
                );
                draft.sign(&signing.by())?;
                count_signatures(&draft.signatures);
                write(&signing.file, &draft)
            }
            Self::Submit { file, server } => {
                let draft: Draft = read(file)?;
                match runtime()?.block_on(draft.submit(server))? {
                    Posted::Done(answer) => tell(&answer),
                    Posted::WrongHead(head) => Err(AuthorityError::ServerRefused {
                        at: format!("chain_head_mismatch: draft again with --previous {head}"),
                    }),
                }
            }
            Self::Apply {
                order,
                officer_keys,
                server,
            } => apply(order, officer_keys, server),
        }
    }
}

fn apply(order: &Order, officer_keys: &[String], server: &Server) -> Result<(), AuthorityError> {
    let runtime = runtime()?;
    let mut previous = String::new();
    // The first try learns the head of the chain, where there is one; another officer pair may be quicker once.
    for _ in 0..3 {
        let mut draft = draft(order, &previous)?;
        for said in officer_keys {
            let (officer, key) = officer_key(said)?;
            draft.sign(&By {
                officer: &officer,
                key: &key,
                enrolled: None,
            })?;
        }
        match runtime.block_on(draft.submit(server))? {
            Posted::Done(answer) => return tell(&answer),
            Posted::WrongHead(head) => previous = head,
        }
    }
    Err(AuthorityError::ServerRefused {
        at: "chain_head_mismatch".to_owned(),
    })
}

impl Draft {
    fn sign(&mut self, by: &By<'_>) -> Result<(), AuthorityError> {
        KIND.add_signature(&self.change, &mut self.signatures, by)
    }

    async fn submit(&self, server: &Server) -> Result<Posted<ColourChangeAnswer>, AuthorityError> {
        let change = submission(self.change.as_bytes(), self.signatures.clone());
        post(server, "/v1/admin/colour-changes", &change).await
    }
}

fn draft(order: &Order, previous: &str) -> Result<Draft, AuthorityError> {
    let refused = |at: String| Err(AuthorityError::ConfigInvalid { at });
    if CitizenId::parse(&order.citizen).is_none() {
        return refused("--citizen: not a citizen's id".to_owned());
    }
    if !fits(order.colour, order.reason) {
        let (colour, reason) = (order.colour.id(), order.reason.id());
        return refused(format!("--reason {reason}: not a reason for {colour}"));
    }
    let wall_ms = SystemClock.read().wall_ms;
    let order = ColourOrder {
        id: order_id(wall_ms)?,
        citizen_id: order.citizen.clone(),
        subject: order.subject.clone(),
        colour: order.colour,
        reason: order.reason,
        at: wall_ms.div_euclid(1_000),
        previous: previous.to_owned(),
    };
    let change = serde_json::to_string(&order).map_err(|_| AuthorityError::NoEntropy)?;
    Ok(Draft {
        change,
        signatures: Vec::new(),
    })
}

fn tell(answer: &ColourChangeAnswer) -> Result<(), AuthorityError> {
    let json = serde_json::to_string(answer).map_err(|_| AuthorityError::ServerRefused {
        at: "answer".to_owned(),
    })?;
    say(&json);
    Ok(())
}

pub(super) fn parse_subject(text: &str) -> Result<SubjectId, String> {
    SubjectId::parse(text).ok_or_else(|| "want owner or a dependant's id".to_owned())
}

fn parse_colour(text: &str) -> Result<Colour, String> {
    Colour::ALL
        .into_iter()
        .find(|colour| colour.id() == text)
        .ok_or_else(|| "want green, yellow or red".to_owned())
}

fn parse_reason(text: &str) -> Result<Reason, String> {
    Reason::from_id(text).ok_or_else(|| {
        let all: Vec<&str> = Reason::ALL.iter().map(|reason| reason.id()).collect();
        format!("want one of {}", all.join(", "))
    })
}

health_code_core::hidden_debug!(Order, Draft);
