//! Officers' orders on the command line: drafted in a file, signed by each officer on their own machine, sent by anyone.
//!
//! Invariant: the file that goes from hand to hand shows in plain text what is being signed, and a signature covers exactly those
//! bytes. What is ordered, each command says.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use health_code_core::ports::Clock as _;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::drafts::{
    By, Signing, count_signatures, create, order_id, read, require_own_key, write,
};
use super::{explain, runtime, say};
use crate::errors::AuthorityError;
use crate::keys::read_key_file;
use crate::officers::{Order, SignedOrder, sign_order};
use crate::system::SystemClock;

/// What is done with a draft, whatever it orders.
#[derive(Debug, Subcommand)]
pub(super) enum WithDraft {
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

impl WithDraft {
    pub(super) fn run<O: Order>(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Sign(signing) => sign::<O>(signing),
            Self::Submit { file, server } => Draft::<O>::read(file)?.submit(server),
        }
    }
}

/// The file that goes from hand to hand: the members of the body, the order in them as the exact text that is signed.
#[derive(Serialize, Deserialize)]
#[serde(transparent, bound = "O: Order")]
pub(super) struct Draft<O>(SignedOrder<O>);

impl<O: Order> Draft<O> {
    /// A draft without signatures.
    pub(super) fn of(order: &O) -> Result<Self, AuthorityError> {
        let text = serde_json::to_string(order).map_err(|_| AuthorityError::ConfigInvalid {
            at: "order".to_owned(),
        })?;
        Ok(Self(SignedOrder::of_text(text, Vec::new())))
    }

    /// The same with what goes along.
    pub(super) fn with_content(self, content: &[u8]) -> Self {
        Self(self.0.with_content(content))
    }

    pub(super) fn read(path: &Path) -> Result<Self, AuthorityError> {
        read(path)
    }

    /// Writes it as a new file and says what comes next.
    pub(super) fn create(&self, path: &Path) -> Result<(), AuthorityError> {
        create(path, self)?;
        explain!("needs-signatures", file = path);
        Ok(())
    }

    /// What is signed.
    pub(super) fn text(&self) -> &str {
        &self.0.order
    }

    /// Base64url.
    pub(super) fn content(&self) -> Option<&str> {
        self.0.content.as_deref()
    }

    /// Signs it, in the place of what this officer signed before.
    pub(super) fn sign(&mut self, by: &By<'_>) -> Result<(), AuthorityError> {
        let key = read_key_file(by.key)?;
        let order = self.0.order.as_bytes();
        let signatures = &mut self.0.signatures;
        require_own_key(by, &key, signatures, |one, key| {
            one.is_by(O::PREFIX, order, key)
        })?;
        signatures.retain(|one| one.officer != by.officer);
        signatures.push(sign_order::<O>(order, by.officer, &key));
        Ok(())
    }

    /// Signs it, says how many signatures are missing, and writes it back.
    pub(super) fn sign_file(mut self, signing: &Signing) -> Result<(), AuthorityError> {
        self.sign(&signing.by())?;
        count_signatures(&self.0.signatures);
        write(&signing.file, &self)
    }

    /// The body to post.
    pub(super) fn into_body(self) -> SignedOrder<O> {
        let mut body = SignedOrder::new(self.0.order.as_bytes(), self.0.signatures);
        body.content = self.0.content;
        body
    }

    /// Sends it.
    pub(super) async fn post(self, server: &Server) -> Result<Posted<O::Answer>, AuthorityError> {
        post(server, O::PATH, &self.into_body()).await
    }

    /// Sends it and prints the answer.
    pub(super) fn submit(self, server: &Server) -> Result<(), AuthorityError> {
        match runtime()?.block_on(self.post(server))? {
            Posted::Done(answer) => tell(&answer),
            Posted::WrongHead(head) => Err(refused(&format!(
                "chain_head_mismatch: draft again with --previous {head}"
            ))),
        }
    }
}

/// Shows what is signed, then adds the signature to the file.
pub(super) fn sign<O: Order>(signing: &Signing) -> Result<(), AuthorityError> {
    let draft = Draft::<O>::read(&signing.file)?;
    explain!(
        "signing",
        officer = signing.officer.as_str(),
        order = draft.text(),
    );
    draft.sign_file(signing)
}

/// Id of a new order, and the instant of it in Unix seconds.
pub(super) fn drafted() -> Result<(String, i64), AuthorityError> {
    let wall_ms = SystemClock.read().wall_ms;
    Ok((order_id(wall_ms)?, wall_ms.div_euclid(1_000)))
}

/// Prints an answer as JSON.
pub(super) fn tell(answer: &impl Serialize) -> Result<(), AuthorityError> {
    say(&serde_json::to_string(answer).map_err(|_| refused("answer"))?);
    Ok(())
}

/// The server refused, or answered what cannot be.
pub(super) fn refused(at: &str) -> AuthorityError {
    AuthorityError::ServerRefused { at: at.to_owned() }
}

#[cfg(test)]
mod tests;
