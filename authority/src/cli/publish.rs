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
    count_signatures, create, officer_key, order_id, read, require_own_key, write,
};
use super::{explain, runtime, say, show};
use crate::capability::BUNDLES;
use crate::cases::publish::MAX_CONTENT_BYTES;
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::read_key_file;
use crate::officers::{
    OfficerSignature, PublicationAnswer, PublicationOrder, SignedPublication, content_sha256,
    publication_is_signed_by, sign_publication,
};
use crate::system::SystemClock;

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
    Sign {
        /// File made by draft
        draft: PathBuf,
        /// Officer's id as enrolled
        #[arg(long, value_name = "ID")]
        officer: String,
        /// Officer's key file
        #[arg(long, value_name = "FILE")]
        officer_key: PathBuf,
        /// The authority's officers.toml: the key must be enrolled in it under this id
        #[arg(long, value_name = "FILE")]
        officers: Option<PathBuf>,
    },
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
            Self::Sign {
                draft: file,
                officer,
                officer_key,
                officers,
            } => {
                let mut draft: Draft = read(file)?;
                let content = draft.content(file)?;
                explain!(
                    "signing-content",
                    officer = officer.as_str(),
                    order = draft.publication.as_str(),
                    bytes = content.len(),
                );
                draft.sign(officer, officer_key, officers.as_deref())?;
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
                    let (officer, path) = officer_key(said)?;
                    draft.sign(&officer, &path, None)?;
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

    fn sign(
        &mut self,
        officer: &str,
        key: &Path,
        enrolled: Option<&Path>,
    ) -> Result<(), AuthorityError> {
        let key = read_key_file(key)?;
        let signed = self.publication.as_bytes();
        let is_signed_by = |one: &OfficerSignature, key: &ed25519_dalek::VerifyingKey| {
            publication_is_signed_by(signed, one, key)
        };
        require_own_key(officer, &key, enrolled, &self.signatures, is_signed_by)?;
        self.signatures.retain(|one| one.officer != officer);
        self.signatures
            .push(sign_publication(self.publication.as_bytes(), officer, &key));
        Ok(())
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
