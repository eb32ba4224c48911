//! `publish`: an officer drafts, each of two officers signs on their own machine, anyone submits.
//!
//! Invariant: what officers sign names kind, name, version and hash of the content in plain text, and the content goes
//! along in the same file, so that each can look at what they sign.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use data_encoding::BASE64URL_NOPAD;
use health_code_core::ports::Clock;
use serde::{Deserialize, Serialize};

use super::client::{Posted, Server, post};
use super::drafts::{
    By, OrderKind, Signing, count_signatures, create, officer_key, order_id, read, write,
};
use super::{explain, runtime, say, show};
use crate::capability::BUNDLES;
use crate::cases::publish::MAX_CONTENT_BYTES;
use crate::errors::AuthorityError;
use crate::files;
use crate::officers::{
    OfficerSignature, PublicationAnswer, PublicationOrder, SignedPublication, content_sha256,
    publication_is_signed_by, sign_publication,
};
use crate::system::SystemClock;

const KIND: OrderKind = OrderKind {
    sign: sign_publication,
    is_signed_by: publication_is_signed_by,
};

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

/// The file that goes from hand to hand.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// JSON of a [`PublicationOrder`]: the exact text that is signed.
    publication: String,
    /// Base64url.
    content: String,
    signatures: Vec<OfficerSignature>,
}

impl Publish {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Draft { what, out } => {
                let draft = what.draft()?;
                create(out, &draft)?;
                show(&draft.publication);
                explain!("needs-signatures", file = out.as_path());
                Ok(())
            }
            Self::Content { draft } => {
                let content = read::<Draft>(draft)?.content(draft)?;
                // A reader that has gone away is no fault of ours.
                let _ = std::io::stdout().write_all(&content);
                Ok(())
            }
            Self::Sign(signing) => {
                let file = &signing.file;
                let mut draft: Draft = read(file)?;
                let content = draft.content(file)?;
                explain!(
                    "signing-content",
                    officer = signing.officer.as_str(),
                    order = draft.publication.as_str(),
                    bytes = content.len(),
                );
                draft.sign(&signing.by())?;
                count_signatures(&draft.signatures);
                write(file, &draft)
            }
            Self::Submit { draft, server } => read::<Draft>(draft)?.submit(server),
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
    fn draft(&self) -> Result<Draft, AuthorityError> {
        let content = files::read_capped(&self.file, MAX_CONTENT_BYTES as u64)?;
        let refused = |code: &str| AuthorityError::DefinitionRefused {
            at: format!("{} ({code})", self.file.display()),
        };
        let row = BUNDLES.iter().find(|row| row.id == self.kind);
        let row = row.ok_or_else(|| refused("kind"))?;
        let read = (row.read)(&content).map_err(refused)?;
        let wall_ms = SystemClock.read().wall_ms;
        let order = PublicationOrder {
            id: order_id(wall_ms)?,
            kind: self.kind.clone(),
            name: read.name,
            version: read.version,
            sha256: content_sha256(&content),
            at: wall_ms.div_euclid(1_000),
        };
        let publication = serde_json::to_string(&order).map_err(|_| refused("order"))?;
        Ok(Draft {
            publication,
            content: BASE64URL_NOPAD.encode(&content),
            signatures: Vec::new(),
        })
    }
}

impl Draft {
    /// The content, if it is the one that the order names.
    fn content(&self, path: &Path) -> Result<Vec<u8>, AuthorityError> {
        let order: Option<PublicationOrder> =
            health_code_core::encoding::json::from_slice(self.publication.as_bytes()).ok();
        let content = BASE64URL_NOPAD.decode(self.content.as_bytes()).ok();
        order
            .zip(content)
            .filter(|(order, content)| order.sha256 == content_sha256(content))
            .map(|(_, content)| content)
            .ok_or_else(|| AuthorityError::DefinitionRefused {
                at: format!("{} (content is not the one of the order)", path.display()),
            })
    }

    fn sign(&mut self, by: &By<'_>) -> Result<(), AuthorityError> {
        KIND.add_signature(&self.publication, &mut self.signatures, by)
    }

    fn submit(self, server: &Server) -> Result<(), AuthorityError> {
        let signed = SignedPublication {
            publication: BASE64URL_NOPAD.encode(self.publication.as_bytes()),
            content: self.content,
            signatures: self.signatures,
        };
        let refused = || AuthorityError::ServerRefused {
            at: "answer".to_owned(),
        };
        let posted = runtime()?.block_on(post(server, "/v1/admin/publications", &signed))?;
        let answer: PublicationAnswer = match posted {
            Posted::Done(answer) => answer,
            Posted::WrongHead(_) => return Err(refused()),
        };
        say(&serde_json::to_string(&answer).map_err(|_| refused())?);
        Ok(())
    }
}

fn parse_kind(text: &str) -> Result<String, String> {
    let kinds: Vec<&str> = BUNDLES.iter().map(|row| row.id).collect();
    if kinds.contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(format!("want one of {}", kinds.join(", ")))
    }
}
