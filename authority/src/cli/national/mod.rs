//! `national`: the national platform's part, run where its root key is.
//!
//! Invariant: a trust bundle that is signed anew keeps what stood and is not said otherwise; nothing that was revoked
//! comes back by being left out of a command.

mod content;
mod edit;
mod listing;
mod revoked;
mod sign;
mod succession;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use health_code_core::trust::{MAX_BUNDLE_BYTES, TrustBundle};

use super::{explain, say};
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::{generate_key_file, parse_public_hex, public_hex};
use crate::system::SystemEntropy;

const EXAMPLES: &str = "\
INSTANT is Unix seconds or RFC 3339, such as 2026-11-24T08:00:00+08:00. KEY is a public key or a key id, or the
beginning of one, at least 8 hex digits. Where OUT is there already, or --from says so, what stands in it stays.
Beside the root key, ROOT_KEY.revoked keeps which keys were ever revoked; keep it with the root key.

Examples:
  The first one:
    health-code-authority national trust-bundle --root-key root.key --valid-days 30 \\
      --region 330100:zh=杭州市,en=Hangzhou:$(cat hangzhou.pub) --region 420100:zh=武汉市,en=Wuhan:$(cat wuhan.pub) \\
      --out trust-bundle.cbor
  The next month, everything as it stands:
    health-code-authority national trust-bundle --root-key root.key --valid-days 30 --out trust-bundle.cbor
  Hangzhou goes over to another key on the 1st:
    health-code-authority national trust-bundle --root-key root.key --region 330100:zh=杭州市,en=Hangzhou:$(cat new.pub) \\
      --key-not-after 6c8f8607=2026-12-01T00:00:00+08:00 --out trust-bundle.cbor
  A key was stolen:
    health-code-authority national trust-bundle --root-key root.key --revoke 6c8f8607 \\
      --region 330100:zh=杭州市,en=Hangzhou:$(cat new.pub) --out trust-bundle.cbor
  Servers are down, codes of Zhejiang count 12 hours longer until tonight:
    health-code-authority national trust-bundle --root-key root.key --grace 330000:2026-11-24T23:59:59+08:00:12 \\
      --out trust-bundle.cbor
  Everything else (policy, mappings) as a text: show it, edit it, sign it, look at what changes for the world:
    health-code-authority national show trust-bundle.cbor --root root.pub > trust.toml
    health-code-authority national trust-bundle --root-key root.key --content trust.toml --from trust-bundle.cbor --out new.cbor
    health-code-authority national diff trust-bundle.cbor new.cbor --root root.pub";

/// What the national platform does.
#[derive(Debug, Subcommand)]
pub(super) enum National {
    /// Make the root key and print its public key, which every phone and checkpoint gets
    Keygen {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sign the list of regions whose keys count, with policy, mappings and orders
    #[command(after_help = EXAMPLES)]
    TrustBundle(Box<sign::TrustBundleArgs>),
    /// Print all that a trust bundle says, as TOML that `trust-bundle --content` takes
    #[command(after_help = EXAMPLES)]
    Show {
        /// Trust bundle
        bundle: PathBuf,
        #[command(flatten)]
        root: Root,
    },
    /// Print what changes from one trust bundle to another: `-` taken away, `+` new, `~` changed
    #[command(after_help = EXAMPLES)]
    Diff {
        /// Trust bundle before
        before: PathBuf,
        /// Trust bundle after
        after: PathBuf,
        #[command(flatten)]
        root: Root,
    },
}

/// Whose signature must be on a bundle that is read.
#[derive(Args, Debug)]
pub(super) struct Root {
    /// Public key of the national root: 64 hex digits, or a file with them
    #[arg(long, value_name = "HEX|FILE")]
    root: String,
}

impl Root {
    fn key(&self) -> Result<[u8; 32], AuthorityError> {
        if self.root.len() == 64 {
            return parse_public_hex(&self.root, "--root");
        }
        let bytes = files::read_capped(Path::new(&self.root), 1_024)?;
        parse_public_hex(&String::from_utf8_lossy(&bytes), &self.root)
    }
}

impl National {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Keygen { out } => {
                say(&public_hex(&generate_key_file(out, &SystemEntropy)?));
                Ok(())
            }
            Self::TrustBundle(args) => sign::run(args),
            Self::Show { bundle, root } => {
                let bundle = read(bundle, &root.key()?)?;
                say(content::to_toml(&bundle)?.trim_end());
                Ok(())
            }
            Self::Diff {
                before,
                after,
                root,
            } => {
                let root = root.key()?;
                let changes = listing::changes(&read(before, &root)?, &read(after, &root)?);
                if changes.is_empty() {
                    explain!("trust-bundles-same");
                }
                for change in &changes {
                    say(change);
                }
                Ok(())
            }
        }
    }
}

/// A bundle that this root signed, whenever.
fn read(path: &Path, root: &[u8; 32]) -> Result<TrustBundle, AuthorityError> {
    let bytes = files::read_capped(path, MAX_BUNDLE_BYTES as u64)?;
    TrustBundle::read(&bytes, root).map_err(|error| AuthorityError::TrustBundleRefused {
        at: format!("{} ({})", path.display(), error.code()),
    })
}

/// A value of the command line that cannot be: the flag, and what is wrong with it.
fn refused(flag: &str, what: impl std::fmt::Display) -> AuthorityError {
    AuthorityError::ConfigInvalid {
        at: format!("{flag}: {what}"),
    }
}
