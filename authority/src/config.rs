//! The configuration: what each setting means and what it is when nobody says.
//!
//! Invariant: flags win over environment variables, those over the file, that over the defaults below.
//! Holds no secrets, only the paths of files that do; reads no key.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::errors::AuthorityError;
use crate::files;

/// All settings. In the TOML file under the same names; `--print-config` prints them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Folder of everything the server keeps.
    pub data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// More names and IP addresses for the development certificate.
    pub hosts: Vec<String>,
    /// Certificate chain, PEM; with `tls_key` it replaces the development CA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cert: Option<PathBuf>,
    /// Key of the certificate, PEM, mode 600.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    /// The authority's division, GB/T 2260, six digits.
    pub division: u32,
    /// Its name, Simplified Chinese; used only where the server makes its own trust bundle.
    pub division_name_zh: String,
    /// Its name, English; used only where the server makes its own trust bundle.
    pub division_name_en: String,
    /// Issuer key; `issuer.key` in the data folder when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_key: Option<PathBuf>,
    /// Trust bundle of the national root; `trust-bundle.cbor` in the data folder when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_bundle: Option<PathBuf>,
    /// The national root's public key, 64 hex digits; read from `root-key.hex` in the data folder when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_key: Option<String>,
    /// Enrolled officers; `officers.toml` in the data folder when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officers: Option<PathBuf>,
    /// Id of a rule set that is built in (`hangzhou`, `hubei`) or a JSON file.
    pub rule_set: String,
    /// More forms, JSON files; the health declaration is built in.
    pub forms: Vec<PathBuf>,
    /// Requests a minute that one registered device may make, after its burst.
    pub device_requests_per_minute: u32,
    /// Requests that one device may make at once.
    pub device_burst: u32,
    /// Unsigned or wrongly signed requests a minute from one IP address, after its burst.
    pub address_requests_per_minute: u32,
    /// Such requests from one IP address at once.
    pub address_burst: u32,
    /// Requests worked on at the same time; more are answered 503.
    pub concurrent_requests: usize,
    /// Longest time for one request, seconds.
    pub request_timeout_secs: u64,
    /// Longest wait for running requests at shutdown, seconds.
    pub shutdown_grace_secs: u64,
    /// Shortest life of a credential, hours, 4 at least.
    pub credential_min_hours: u8,
    /// Longest life of a credential, hours, 24 at most.
    pub credential_max_hours: u8,
    /// The status list is signed anew this often, seconds.
    pub status_refresh_secs: u32,
    /// When phones are asked to sync again, seconds.
    pub next_sync_after_secs: u32,
    /// Width of the random part added to it, seconds.
    pub next_sync_spread_secs: u32,
    /// Days within which a correction is decided.
    pub correction_days: u32,
    /// How far an officer's time may be ahead, seconds. A phone's clock is never judged.
    pub clock_skew_secs: i64,
    /// What is logged, in `tracing`'s filter syntax.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("health-code-data"),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8443),
            hosts: Vec::new(),
            tls_cert: None,
            tls_key: None,
            division: 330_100,
            division_name_zh: "杭州市".to_owned(),
            division_name_en: "Hangzhou".to_owned(),
            issuer_key: None,
            trust_bundle: None,
            root_key: None,
            officers: None,
            rule_set: "hangzhou".to_owned(),
            forms: Vec::new(),
            device_requests_per_minute: 60,
            device_burst: 120,
            address_requests_per_minute: 600,
            address_burst: 300,
            concurrent_requests: 1024,
            request_timeout_secs: 15,
            shutdown_grace_secs: 10,
            credential_min_hours: 4,
            credential_max_hours: 24,
            status_refresh_secs: 60,
            next_sync_after_secs: 1_800,
            next_sync_spread_secs: 1_800,
            correction_days: 3,
            clock_skew_secs: 300,
            log: "info,hyper=error,rustls=error,h2=error".to_owned(),
        }
    }
}

impl Config {
    /// A server on a free loopback port, everything in `data`, with limits that a test suite does not hit.
    #[must_use]
    pub fn for_development(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            device_requests_per_minute: 100_000,
            device_burst: 100_000,
            address_requests_per_minute: 100_000,
            address_burst: 100_000,
            ..Self::default()
        }
    }

    /// Reads a TOML file; what it leaves out has its default.
    ///
    /// # Errors
    /// [`AuthorityError::FileUnreadable`], [`AuthorityError::ConfigUnreadable`] (unknown or malformed setting;
    /// the line is named).
    pub fn from_file(path: &Path) -> Result<Self, AuthorityError> {
        let bytes = files::read_capped(path, 256 * 1024)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| AuthorityError::ConfigUnreadable {
            at: path.display().to_string(),
        })?;
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| {
                text[..span.start.min(text.len())].matches('\n').count() + 1
            });
            AuthorityError::ConfigUnreadable {
                at: format!("{}:{line}", path.display()),
            }
        })
    }

    /// Checks the settings against each other.
    ///
    /// # Errors
    /// [`AuthorityError::ConfigInvalid`] with the name of the first wrong setting.
    pub fn validate(&self) -> Result<(), AuthorityError> {
        let checks = [
            ("division", (100_000..=999_999).contains(&self.division)),
            ("tls_key", self.tls_cert.is_some() == self.tls_key.is_some()),
            (
                "device_requests_per_minute",
                self.device_requests_per_minute > 0,
            ),
            ("device_burst", self.device_burst > 0),
            (
                "address_requests_per_minute",
                self.address_requests_per_minute > 0,
            ),
            ("address_burst", self.address_burst > 0),
            ("concurrent_requests", self.concurrent_requests > 0),
            ("request_timeout_secs", self.request_timeout_secs > 0),
            (
                "credential_min_hours",
                (4..=24).contains(&self.credential_min_hours),
            ),
            (
                "credential_max_hours",
                (self.credential_min_hours..=24).contains(&self.credential_max_hours),
            ),
            ("status_refresh_secs", self.status_refresh_secs > 0),
            ("correction_days", (1..=60).contains(&self.correction_days)),
            (
                "clock_skew_secs",
                (0..=3_600).contains(&self.clock_skew_secs),
            ),
        ];
        match checks.iter().find(|(_, holds)| !holds) {
            Some((name, _)) => Err(AuthorityError::ConfigInvalid {
                at: (*name).to_owned(),
            }),
            None => Ok(()),
        }
    }

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
    /// The database.
    #[must_use]
    pub fn database_path(&self) -> PathBuf {
        self.data.join("authority.sqlite")
    }

    fn or_in_data(&self, said: Option<&PathBuf>, name: &str) -> PathBuf {
        said.cloned().unwrap_or_else(|| self.data.join(name))
    }
}
