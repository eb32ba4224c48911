//! `keys issuer` and `keys officer`.

use std::path::PathBuf;

use clap::Subcommand;

use super::say;
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
}

impl Keys {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        let (Self::Issuer { out } | Self::Officer { out }) = self;
        let key = generate_key_file(out, &SystemEntropy)?;
        say(&public_hex(&key));
        Ok(())
    }
}
