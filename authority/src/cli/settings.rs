//! The settings as flags and environment variables, and how they are laid over the file and the defaults.
//!
//! Invariant: flag > `HEALTH_CODE_*` variable > file > default. Reads no key and starts nothing.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::config::Config;
use crate::errors::AuthorityError;

/// Settings of the server that flags and variables can say.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Settings {
    /// TOML file with settings; DATA/authority.toml is read where it exists
    #[arg(long, env = "HEALTH_CODE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of everything the server keeps [default: health-code-data]
    #[arg(long, env = "HEALTH_CODE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8443]
    #[arg(long, env = "HEALTH_CODE_LISTEN", value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// Another name or IP address for the development certificate (may be repeated)
    #[arg(
        long = "host",
        env = "HEALTH_CODE_HOSTS",
        value_name = "NAME",
        value_delimiter = ','
    )]
    hosts: Vec<String>,
    /// Certificate chain, PEM, instead of the development CA
    #[arg(long, env = "HEALTH_CODE_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Key of the certificate, PEM, mode 600
    #[arg(long, env = "HEALTH_CODE_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The authority's division, GB/T 2260 [default: 330100]
    #[arg(long, env = "HEALTH_CODE_DIVISION", value_name = "CODE")]
    division: Option<u32>,
    /// The division's name in Chinese, for a self-made trust bundle
    #[arg(long, env = "HEALTH_CODE_DIVISION_NAME_ZH", value_name = "NAME")]
    division_name_zh: Option<String>,
    /// The division's name in English, for a self-made trust bundle
    #[arg(long, env = "HEALTH_CODE_DIVISION_NAME_EN", value_name = "NAME")]
    division_name_en: Option<String>,
    /// Issuer key file [default: DATA/issuer.key]
    #[arg(long, env = "HEALTH_CODE_ISSUER_KEY", value_name = "FILE")]
    issuer_key: Option<PathBuf>,
    /// Trust bundle of the national root [default: DATA/trust-bundle.cbor]
    #[arg(long, env = "HEALTH_CODE_TRUST_BUNDLE", value_name = "FILE")]
    trust_bundle: Option<PathBuf>,
    /// Public key of the national root [default: read from DATA/root-key.hex]
    #[arg(long, env = "HEALTH_CODE_ROOT_KEY", value_name = "HEX")]
    root_key: Option<String>,
    /// Enrolled officers [default: DATA/officers.toml]
    #[arg(long, env = "HEALTH_CODE_OFFICERS", value_name = "FILE")]
    officers: Option<PathBuf>,
    /// Built-in rule set (hangzhou, hubei) or a JSON file [default: hangzhou]
    #[arg(long, env = "HEALTH_CODE_RULE_SET", value_name = "ID|FILE")]
    rule_set: Option<String>,
    /// Another form, JSON (may be repeated)
    #[arg(
        long = "form",
        env = "HEALTH_CODE_FORMS",
        value_name = "FILE",
        value_delimiter = ','
    )]
    forms: Vec<PathBuf>,
    /// Requests a minute of one device [default: 60]
    #[arg(long, env = "HEALTH_CODE_DEVICE_REQUESTS_PER_MINUTE", value_name = "N")]
    device_requests_per_minute: Option<u32>,
    /// Requests of one device at once [default: 120]
    #[arg(long, env = "HEALTH_CODE_DEVICE_BURST", value_name = "N")]
    device_burst: Option<u32>,
    /// Unsigned requests a minute of one IP address [default: 600]
    #[arg(
        long,
        env = "HEALTH_CODE_ADDRESS_REQUESTS_PER_MINUTE",
        value_name = "N"
    )]
    address_requests_per_minute: Option<u32>,
    /// Unsigned requests of one IP address at once [default: 300]
    #[arg(long, env = "HEALTH_CODE_ADDRESS_BURST", value_name = "N")]
    address_burst: Option<u32>,
    /// Requests worked on at the same time [default: 1024]
    #[arg(long, env = "HEALTH_CODE_CONCURRENT_REQUESTS", value_name = "N")]
    concurrent_requests: Option<usize>,
    /// Longest time for one request [default: 15]
    #[arg(long, env = "HEALTH_CODE_REQUEST_TIMEOUT_SECS", value_name = "SECS")]
    request_timeout_secs: Option<u64>,
    /// Longest wait for running requests at shutdown [default: 10]
    #[arg(long, env = "HEALTH_CODE_SHUTDOWN_GRACE_SECS", value_name = "SECS")]
    shutdown_grace_secs: Option<u64>,
    /// Shortest life of a credential, 4 to 24 [default: 4]
    #[arg(long, env = "HEALTH_CODE_CREDENTIAL_MIN_HOURS", value_name = "H")]
    credential_min_hours: Option<u8>,
    /// Longest life of a credential, 4 to 24 [default: 24]
    #[arg(long, env = "HEALTH_CODE_CREDENTIAL_MAX_HOURS", value_name = "H")]
    credential_max_hours: Option<u8>,
    /// The status list is signed anew this often [default: 60]
    #[arg(long, env = "HEALTH_CODE_STATUS_REFRESH_SECS", value_name = "SECS")]
    status_refresh_secs: Option<u32>,
    /// When phones are asked to sync again [default: 1800]
    #[arg(long, env = "HEALTH_CODE_NEXT_SYNC_AFTER_SECS", value_name = "SECS")]
    next_sync_after_secs: Option<u32>,
    /// Width of the random part added to it [default: 1800]
    #[arg(long, env = "HEALTH_CODE_NEXT_SYNC_SPREAD_SECS", value_name = "SECS")]
    next_sync_spread_secs: Option<u32>,
    /// Days within which a correction is decided [default: 3]
    #[arg(long, env = "HEALTH_CODE_CORRECTION_DAYS", value_name = "DAYS")]
    correction_days: Option<u32>,
    /// How far an officer's time may be ahead [default: 300]
    #[arg(long, env = "HEALTH_CODE_CLOCK_SKEW_SECS", value_name = "SECS")]
    clock_skew_secs: Option<i64>,
    /// What is logged, such as info or debug
    #[arg(long, env = "HEALTH_CODE_LOG", value_name = "FILTER")]
    log: Option<String>,
}

macro_rules! lay_over {
    ($config:ident, $self:ident: $($name:ident),* ; some $($optional:ident),* ; lists $($list:ident),*) => {
        $( if let Some(said) = &$self.$name { $config.$name.clone_from(said); } )*
        $( if $self.$optional.is_some() { $config.$optional.clone_from(&$self.$optional); } )*
        $( if !$self.$list.is_empty() { $config.$list.clone_from(&$self.$list); } )*
    };
}

impl Settings {
    /// The whole configuration.
    ///
    /// # Errors
    /// Those of [`Config::from_file`] and [`Config::validate`].
    pub(crate) fn resolve(&self) -> Result<Config, AuthorityError> {
        let beside_data = self
            .data
            .clone()
            .unwrap_or_else(|| Config::default().data)
            .join("authority.toml");
        let file = self
            .config
            .clone()
            .or_else(|| beside_data.exists().then_some(beside_data));
        let mut config = match file {
            Some(path) => Config::from_file(&path)?,
            None => Config::default(),
        };
        lay_over!(config, self:
            data, listen, division, division_name_zh, division_name_en, rule_set,
            device_requests_per_minute, device_burst, address_requests_per_minute, address_burst,
            concurrent_requests, request_timeout_secs, shutdown_grace_secs,
            credential_min_hours, credential_max_hours, status_refresh_secs,
            next_sync_after_secs, next_sync_spread_secs, correction_days, clock_skew_secs, log;
            some tls_cert, tls_key, issuer_key, trust_bundle, root_key, officers;
            lists hosts, forms);
        config.validate()?;
        Ok(config)
    }
}
