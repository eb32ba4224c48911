//! Where the files of an authority are: as a setting says, or in the data folder.

use std::path::PathBuf;

use super::Config;

impl Config {
    /// Where the issuer key is.
    #[must_use]
    pub fn issuer_key_path(&self) -> PathBuf {
        self.or_in_data(self.issuer_key.as_ref(), "issuer.key")
    }
    /// Where the trust bundle is.
    #[must_use]
    pub fn trust_bundle_path(&self) -> PathBuf {
        self.or_in_data(self.trust_bundle.as_ref(), "trust-bundle.cbor")
    }
    /// Where the enrolled officers are.
    #[must_use]
    pub fn officers_path(&self) -> PathBuf {
        self.or_in_data(self.officers.as_ref(), "officers.toml")
    }
    /// Where the national root's public key is, if `root_key` does not say it.
    #[must_use]
    pub fn root_key_path(&self) -> PathBuf {
        self.data.join("root-key.hex")
    }
    /// Where the database is.
    #[must_use]
    pub fn database_path(&self) -> PathBuf {
        self.data.join("authority.sqlite")
    }
    /// Where it is kept how far time has surely come; there from the first minute of a server that runs.
    #[must_use]
    pub fn sure_time_path(&self) -> PathBuf {
        self.data.join("sure-time")
    }

    fn or_in_data(&self, said: Option<&PathBuf>, name: &str) -> PathBuf {
        said.cloned().unwrap_or_else(|| self.data.join(name))
    }
}
