//! `colour-change`: an officer drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: a change names the head of the citizen's chain before it; `apply` learns it from the server.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;

use super::client::{Posted, Server};
use super::drafts::{By, officer_key};
use super::orders::{Draft, WithDraft, drafted, refused, tell};
use super::runtime;
use crate::errors::AuthorityError;
use crate::officers::{ColourOrder, fits};
use crate::store::CitizenId;

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
    #[command(flatten)]
    WithDraft(WithDraft),
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

impl ColourChange {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft {
                order,
                previous,
                out,
            } => draft(order, previous)?.create(out),
            Self::WithDraft(done) => done.run::<ColourOrder>(),
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
        match runtime.block_on(draft.post(server))? {
            Posted::Done(answer) => return tell(&answer),
            Posted::WrongHead(head) => previous = head,
        }
    }
    Err(refused("chain_head_mismatch"))
}

fn draft(order: &Order, previous: &str) -> Result<Draft<ColourOrder>, AuthorityError> {
    let refused = |at: String| Err(AuthorityError::ConfigInvalid { at });
    if CitizenId::parse(&order.citizen).is_none() {
        return refused("--citizen: not a citizen's id".to_owned());
    }
    if !fits(order.colour, order.reason) {
        let (colour, reason) = (order.colour.id(), order.reason.id());
        return refused(format!("--reason {reason}: not a reason for {colour}"));
    }
    let (id, at) = drafted()?;
    Draft::of(&ColourOrder {
        id,
        citizen_id: order.citizen.clone(),
        subject: order.subject.clone(),
        colour: order.colour,
        reason: order.reason,
        at,
        previous: previous.to_owned(),
    })
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

health_code_core::hidden_debug!(Order);
