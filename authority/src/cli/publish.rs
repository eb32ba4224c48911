//! `publish`: an officer drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: what officers sign names kind, name, version and hash of the content in plain text, and the content goes
//! along in the same file, so that each can look at what they sign.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::client::Server;
use super::drafts::{By, Signing, officer_key};
use super::orders::{Draft, drafted};
use super::{explain, show};
use crate::capability::BUNDLES;
use crate::cases::publish::MAX_CONTENT_BYTES;
use crate::errors::AuthorityError;
use crate::files;
use crate::officers::{PublicationOrder, content_of, content_sha256};

/// Publishes a public bundle while the server runs.
#[derive(Debug, Subcommand)]
pub(super) enum Publish {
    /// Check a content and write its publication down in a file, for two officers to sign
    Draft {
        #[command(flatten)]
        what: What,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Print the content of a draft
    Content {
        /// File made by draft
        draft: PathBuf,
    },
    /// Add one officer's signature to the file; shows first what is signed
    Sign(Signing),
    /// Send the file with both signatures
    Submit {
        /// File with two signatures
        draft: PathBuf,
        #[command(flatten)]
        server: Server,
    },
    /// Draft, sign twice and submit in one go, where both keys are on one machine (development)
    Apply {
        #[command(flatten)]
        what: What,
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

/// What is published.
#[derive(Args, Clone, Debug)]
pub(super) struct What {
    /// Kind of bundle, such as rule-set or form
    #[arg(long, value_parser = parse_kind, value_name = "KIND")]
    kind: String,
    /// The content
    file: PathBuf,
}

impl Publish {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { what, out } => {
                let draft = what.draft()?;
                draft.create(out)?;
                show(draft.text());
                Ok(())
            }
            Self::Content { draft } => {
                let content = content(&Draft::read(draft)?, draft)?;
                // A reader that has gone away is no fault of ours.
                let _ = std::io::stdout().write_all(&content);
                Ok(())
            }
            Self::Sign(signing) => {
                let file = &signing.file;
                let draft = Draft::read(file)?;
                let content = content(&draft, file)?;
                explain!(
                    "signing-content",
                    officer = signing.officer.as_str(),
                    order = draft.text(),
                    bytes = content.len(),
                );
                draft.sign_file(signing)
            }
            Self::Submit { draft, server } => {
                Draft::<PublicationOrder>::read(draft)?.submit(server)
            }
            Self::Apply {
                what,
                officer_keys,
                server,
            } => {
                let mut draft = what.draft()?;
                for said in officer_keys {
                    let (officer, key) = officer_key(said)?;
                    draft.sign(&By {
                        officer: &officer,
                        key: &key,
                        enrolled: None,
                    })?;
                }
                draft.submit(server)
            }
        }
    }
}

impl What {
    fn draft(&self) -> Result<Draft<PublicationOrder>, AuthorityError> {
        let content = files::read_capped(&self.file, MAX_CONTENT_BYTES as u64)?;
        let refused = |code: &str| AuthorityError::DefinitionRefused {
            at: format!("{} ({code})", self.file.display()),
        };
        let row = BUNDLES.iter().find(|row| row.id == self.kind);
        let row = row.ok_or_else(|| refused("kind"))?;
        let read = (row.read)(&content).map_err(refused)?;
        let (id, at) = drafted()?;
        let order = PublicationOrder {
            id,
            kind: self.kind.clone(),
            name: read.name,
            version: read.version,
            sha256: content_sha256(&content),
            at,
        };
        Ok(Draft::of(&order)?.with_content(&content))
    }
}

/// What goes along in a draft, if it is what the order names.
fn content(draft: &Draft<PublicationOrder>, path: &Path) -> Result<Vec<u8>, AuthorityError> {
    let order = health_code_core::encoding::json::from_slice(draft.text().as_bytes()).ok();
    let content = order.and_then(|order| content_of(&order, draft.content()).ok());
    content.ok_or_else(|| AuthorityError::DefinitionRefused {
        at: format!("{} (content is not the one of the order)", path.display()),
    })
}

fn parse_kind(text: &str) -> Result<String, String> {
    let kinds: Vec<&str> = BUNDLES.iter().map(|row| row.id).collect();
    if kinds.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("want one of {}", kinds.join(", ")))
    }
}
