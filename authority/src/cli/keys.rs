//! `keys issuer`, `keys officer` and `keys backup`.

use std::path::PathBuf;

use clap::Subcommand;

use super::say;
use crate::backup::Identity;
use crate::errors::AuthorityError;
use crate::keys::{generate_key_file, public_hex};
use crate::system::SystemEntropy;

/// Makes a key file (mode 600, never over an existing one) and prints the public key.
#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// The key that signs credentials and public bundles; its public key goes to the national platform
    Issuer {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// An officer's key; its public key goes into officers.toml
    Officer {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The key that opens backups, in age's form; make it away from the server, which needs the public key alone
    Backup {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

impl Keys {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Issuer { out } | Self::Officer { out } => {
                say(&public_hex(&generate_key_file(out, &SystemEntropy)?));
            }
            Self::Backup { out } => {
                say(&Identity::generate(out, &SystemEntropy)?.recipient().text());
            }
        }
        Ok(())
    }
}
