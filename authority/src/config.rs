//! The settings: their meaning and their defaults. How flag, variable and file are laid over each other: [`layers`].
//!
//! Invariant: a setting is described once, in [`Config`]; flags, `HEALTH_CODE_*` variables and the keys of the file are
//! made from its members. Flags win over variables, those over the file, that over the defaults.
//! Holds no secrets, only the paths of files that do; reads no key and starts nothing. What a setting may be: [`bounds`].

mod bounds;
mod layers;
mod paths;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use confique::Layer as _;
use serde::Serialize;

/// All settings. In the TOML file under the same names; `--print-config` prints them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, confique::Config)]
#[config(layer_attr(derive(Clone, Debug, Default, clap::Args)))]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub struct Config {
    /// Folder of everything the server keeps
    #[config(default = "health-code-data")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_DATA", value_name = "DIR")))]
    pub data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one
    #[config(default = "127.0.0.1:8443")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_LISTEN", value_name = "ADDR:PORT")))]
    pub listen: SocketAddr,
    /// Another name or IP address for the development certificate (may be repeated)
    #[config(default = [])]
    #[config(layer_attr(arg(
        long = "host",
        env = "HEALTH_CODE_HOSTS",
        value_name = "NAME",
        value_delimiter = ','
    )))]
    pub hosts: Vec<String>,
    /// Certificate chain, PEM; with --tls-key it replaces the development CA
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_TLS_CERT", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cert: Option<PathBuf>,
    /// Key of the certificate, PEM, mode 600
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_TLS_KEY", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    /// The authority's division, GB/T 2260, six digits
    #[config(default = 330_100)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_DIVISION", value_name = "CODE")))]
    pub division: u32,
    /// Its name in a language, for a self-made trust bundle (may be repeated): zh and en must be there
    #[config(default = ["zh=杭州市", "en=Hangzhou"])]
    #[config(layer_attr(arg(
        long = "division-name",
        env = "HEALTH_CODE_DIVISION_NAMES",
        value_name = "TAG=NAME",
        value_delimiter = ','
    )))]
    pub division_names: Vec<String>,
    /// Issuer key file; DATA/issuer.key when left out
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ISSUER_KEY", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_key: Option<PathBuf>,
    /// Trust bundle of the national root; DATA/trust-bundle.cbor when left out
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_TRUST_BUNDLE", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_bundle: Option<PathBuf>,
    /// Public key of the national root, 64 hex digits; read from DATA/root-key.hex when left out
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ROOT_KEY", value_name = "HEX")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_key: Option<String>,
    /// Enrolled officers; DATA/officers.toml when left out
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_OFFICERS", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officers: Option<PathBuf>,
    /// Id of a rule set that is built in (hangzhou, hubei, visitors) or a JSON file
    #[config(default = "hangzhou")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_RULE_SET", value_name = "ID|FILE")))]
    pub rule_set: String,
    /// Kinds of documents whose holders get a code of the international scheme, green, yellow or orange; [] for none
    #[config(default = ["passport"])]
    #[config(layer_attr(arg(
        long = "visitor-document",
        env = "HEALTH_CODE_VISITOR_DOCUMENTS",
        value_name = "KIND",
        value_delimiter = ','
    )))]
    pub visitor_documents: Vec<String>,
    /// Id of a built-in rule set or a JSON file, by which their colours are decided; in the same time zone as rule_set
    #[config(default = "visitors")]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_VISITOR_RULE_SET",
        value_name = "ID|FILE"
    )))]
    pub visitor_rule_set: String,
    /// Another form, JSON (may be repeated); the health declaration is built in
    #[config(default = [])]
    #[config(layer_attr(arg(
        long = "form",
        env = "HEALTH_CODE_FORMS",
        value_name = "FILE",
        value_delimiter = ','
    )))]
    pub forms: Vec<PathBuf>,
    /// Which proofs of identity count, and what an unproven citizen gets, JSON; without it anybody is registered unproven
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_IDENTITY_PROOFS", value_name = "FILE")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_proofs: Option<PathBuf>,
    /// Requests a minute of one registered device, after its burst
    #[config(default = 60)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_DEVICE_REQUESTS_PER_MINUTE",
        value_name = "N"
    )))]
    pub device_requests_per_minute: u32,
    /// Requests of one device at once
    #[config(default = 120)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_DEVICE_BURST", value_name = "N")))]
    pub device_burst: u32,
    /// Unsigned or wrongly signed requests a minute of one IP address, after its burst
    #[config(default = 600)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_ADDRESS_REQUESTS_PER_MINUTE",
        value_name = "N"
    )))]
    pub address_requests_per_minute: u32,
    /// Such requests of one IP address at once
    #[config(default = 300)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ADDRESS_BURST", value_name = "N")))]
    pub address_burst: u32,
    /// Registrations a day of one IP address that are refused because the document is registered; after that nobody there
    /// registers until some have come back
    #[config(default = 100)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_REFUSED_REGISTRATIONS_PER_DAY",
        value_name = "N"
    )))]
    pub refused_registrations_per_day: u32,
    /// Uploads of one citizen a day, dependants' among them
    #[config(default = 100)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CITIZEN_UPLOADS_PER_DAY",
        value_name = "N"
    )))]
    pub citizen_uploads_per_day: u32,
    /// What is kept of them a day, KiB
    #[config(default = 1_024)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CITIZEN_UPLOAD_KIB_PER_DAY",
        value_name = "KIB"
    )))]
    pub citizen_upload_kib_per_day: u64,
    /// Requests a minute of one IP address for what is public, or for a nonce
    #[config(default = 20_000)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_ADDRESS_READS_PER_MINUTE",
        value_name = "N"
    )))]
    pub address_reads_per_minute: u32,
    /// Such requests of one IP address at once
    #[config(default = 10_000)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ADDRESS_READS_BURST", value_name = "N")))]
    pub address_reads_burst: u32,
    /// Connections at the same time
    #[config(default = 4096)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CONNECTIONS", value_name = "N")))]
    pub connections: usize,
    /// Connections of one IP address at the same time
    #[config(default = 256)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ADDRESS_CONNECTIONS", value_name = "N")))]
    pub address_connections: usize,
    /// How long after the last request a connection is kept for another one, seconds; a trusted proxy's is kept
    #[config(default = 120)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_IDLE_CONNECTION_SECS",
        value_name = "SECS"
    )))]
    pub idle_connection_secs: u64,
    /// Requests of one IP address worked on at the same time
    #[config(default = 256)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_ADDRESS_CONCURRENT_REQUESTS",
        value_name = "N"
    )))]
    pub address_concurrent_requests: usize,
    /// Network or address of a proxy whose word on the client's address is taken, such as 10.0.0.0/8 (may be repeated)
    #[config(default = [])]
    #[config(layer_attr(arg(
        long = "trusted-proxy",
        env = "HEALTH_CODE_TRUSTED_PROXIES",
        value_name = "CIDR",
        value_delimiter = ','
    )))]
    pub trusted_proxies: Vec<String>,
    /// Header in which they say it: x-forwarded-for or forwarded (RFC 7239); the other one is not read
    #[config(default = "x-forwarded-for")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_FORWARDED_HEADER", value_name = "NAME")))]
    pub forwarded_header: String,
    /// Requests worked on at the same time; more are answered 503
    #[config(default = 1024)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CONCURRENT_REQUESTS", value_name = "N")))]
    pub concurrent_requests: usize,
    /// Longest time for one request, seconds
    #[config(default = 15)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_REQUEST_TIMEOUT_SECS",
        value_name = "SECS"
    )))]
    pub request_timeout_secs: u64,
    /// Longest wait for running requests at shutdown, seconds
    #[config(default = 10)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_SHUTDOWN_GRACE_SECS",
        value_name = "SECS"
    )))]
    pub shutdown_grace_secs: u64,
    /// Shortest life of a credential, hours
    #[config(default = 4)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CREDENTIAL_MIN_HOURS", value_name = "H")))]
    pub credential_min_hours: u8,
    /// Longest life of a credential, hours
    #[config(default = 24)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CREDENTIAL_MAX_HOURS", value_name = "H")))]
    pub credential_max_hours: u8,
    /// Most credentials that a phone gets at once, each for another key, so that two showings do not tell that they are one
    /// phone's; phones whose keys are in hardware that holds fewer ask for fewer
    #[config(default = 8)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CREDENTIAL_BATCH", value_name = "COUNT")))]
    pub credential_batch: u8,
    /// How much of name and document a code says: name_and_tail, tail, initials or nothing
    #[config(default = "name_and_tail")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_PERSON_IN_CODE", value_name = "WHAT")))]
    pub person_in_code: String,
    /// The status list is signed anew this often, seconds
    #[config(default = 60)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_STATUS_REFRESH_SECS",
        value_name = "SECS"
    )))]
    pub status_refresh_secs: u32,
    /// When phones are asked to sync again, seconds
    #[config(default = 1_800)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_NEXT_SYNC_AFTER_SECS",
        value_name = "SECS"
    )))]
    pub next_sync_after_secs: u32,
    /// Width of the random part added to it, seconds
    #[config(default = 1_800)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_NEXT_SYNC_SPREAD_SECS",
        value_name = "SECS"
    )))]
    pub next_sync_spread_secs: u32,
    /// Oldest app that is supported, by the version of the core that it is built on; older ones tell their citizens to update
    #[config(default = "0.1.0")]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_OLDEST_APP",
        value_name = "MAJOR.MINOR.PATCH"
    )))]
    pub oldest_app: String,
    /// Days within which an objection is decided, as phones of before there were appeals send it
    #[config(default = 3)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CORRECTION_DAYS", value_name = "DAYS")))]
    pub correction_days: u32,
    /// Hours within which an appeal is decided in a division of low risk
    #[config(default = 4)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_APPEAL_HOURS_LOW_RISK", value_name = "H")))]
    pub appeal_hours_low_risk: u32,
    /// The same in one of medium risk
    #[config(default = 12)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_APPEAL_HOURS_MEDIUM_RISK",
        value_name = "H"
    )))]
    pub appeal_hours_medium_risk: u32,
    /// The same in one of high risk
    #[config(default = 24)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_APPEAL_HOURS_HIGH_RISK",
        value_name = "H"
    )))]
    pub appeal_hours_high_risk: u32,
    /// Risk level of a division and all below it, such as 330106=high (may be repeated); others are low
    #[config(default = [])]
    #[config(layer_attr(arg(
        long = "risk-level",
        env = "HEALTH_CODE_RISK_LEVELS",
        value_name = "CODE=LEVEL",
        value_delimiter = ','
    )))]
    pub risk_levels: Vec<String>,
    /// Appeals of one person that may wait for a decision
    #[config(default = 5)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_OPEN_APPEALS", value_name = "N")))]
    pub open_appeals: u32,
    /// How often officers may ask for more on one appeal
    #[config(default = 2)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_APPEAL_REQUESTS", value_name = "N")))]
    pub appeal_requests: u32,
    /// Hours that an appeal's deadline stands still for an answer to what was asked
    #[config(default = 48)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_APPEAL_ANSWER_HOURS", value_name = "H")))]
    pub appeal_answer_hours: u32,
    /// Evidence of one citizen a day, dependants' among it, KiB
    #[config(default = 20_480)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CITIZEN_EVIDENCE_KIB_PER_DAY",
        value_name = "KIB"
    )))]
    pub citizen_evidence_kib_per_day: u64,
    /// Days that evidence is kept, whatever became of the appeal
    #[config(default = 90)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_EVIDENCE_KEPT_DAYS", value_name = "DAYS")))]
    pub evidence_kept_days: u32,
    /// Days that a declaration may come late and still be judged by the day on which it was filled in
    #[config(default = 14)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_LATE_DECLARATION_DAYS",
        value_name = "DAYS"
    )))]
    pub late_declaration_days: u32,
    /// How long officers' orders on somebody are kept after they were erased, days; 0 keeps none
    #[config(default = 1095)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_ORDERS_KEPT_DAYS", value_name = "DAYS")))]
    pub orders_kept_days: u32,
    /// Longest life of a sheet of paper, days; 0: none are made
    #[config(default = 180)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_PAPER_MAX_DAYS", value_name = "DAYS")))]
    pub paper_max_days: u8,
    /// How long laboratories' reports are kept, days: for whoever registers with the document by then, also after an erasing
    #[config(default = 180)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_RESULTS_KEPT_DAYS", value_name = "DAYS")))]
    pub results_kept_days: u32,
    /// Most EU certificates of one person
    #[config(default = 10)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CERTIFICATES_PER_PERSON",
        value_name = "N"
    )))]
    pub certificates_per_person: u32,
    /// Citizens who may present one and the same EU certificate
    #[config(default = 1)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CITIZENS_PER_CERTIFICATE",
        value_name = "N"
    )))]
    pub citizens_per_certificate: u32,
    /// Officers who decide about an EU certificate whose names are not those of the registration: 1 or 2
    #[config(default = 2)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CERTIFICATE_NAME_OFFICERS",
        value_name = "1|2"
    )))]
    pub certificate_name_officers: u8,
    /// Sheets of paper that phones may ask for, each for one person, a day
    #[config(default = 3)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_PAPERS_PER_DAY", value_name = "N")))]
    pub papers_per_day: u32,
    /// By whose word somebody who is registered nowhere comes into a citizen's care: desk (two officers), or self_declared,
    /// which tells who tries whether a document is registered, as registrations do
    #[config(default = "desk")]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_CARE_BY",
        value_name = "desk|self_declared"
    )))]
    pub care_by: String,
    /// Most dependants of one citizen
    #[config(default = 8)]
    #[config(layer_attr(arg(
        long,
        env = "HEALTH_CODE_DEPENDANTS_PER_CITIZEN",
        value_name = "N"
    )))]
    pub dependants_per_citizen: u32,
    /// Most carers of one dependant
    #[config(default = 3)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARERS_PER_DEPENDANT", value_name = "N")))]
    pub carers_per_dependant: u32,
    /// How long a code that a carer shows counts, minutes
    #[config(default = 15)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARE_CODE_MINUTES", value_name = "MIN")))]
    pub care_code_minutes: u32,
    /// How long a phone may use what the desk agreed to, days
    #[config(default = 7)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARE_ORDER_DAYS", value_name = "DAYS")))]
    pub care_order_days: u32,
    /// Age from which on a child's carers care no more
    #[config(default = 18)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARE_ENDS_AT_AGE", value_name = "YEARS")))]
    pub care_ends_at_age: u32,
    /// Days after that on which they still do
    #[config(default = 30)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARE_GRACE_DAYS", value_name = "DAYS")))]
    pub care_grace_days: u32,
    /// Days before that from which on the phones tell it
    #[config(default = 30)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CARE_TOLD_DAYS", value_name = "DAYS")))]
    pub care_told_days: u32,
    /// How far an officer's time may be ahead, seconds; a phone's clock is never judged
    #[config(default = 300)]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_CLOCK_SKEW_SECS", value_name = "SECS")))]
    pub clock_skew_secs: i64,
    /// What is logged, in `tracing`'s filter syntax
    #[config(default = "info,hyper=error,rustls=error,h2=error")]
    #[config(layer_attr(arg(long, env = "HEALTH_CODE_LOG", value_name = "FILTER")))]
    pub log: String,
}

/// Settings of one source: each may be left out.
pub(crate) type Layer = <Config as confique::Config>::Layer;

impl Default for Config {
    fn default() -> Self {
        match <Self as confique::Config>::from_layer(Layer::default_values()) {
            Ok(config) => config,
            Err(_) => unreachable!("each setting that must be there has a default"),
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
            refused_registrations_per_day: 100_000,
            address_reads_per_minute: 100_000,
            address_reads_burst: 100_000,
            address_connections: 4_096,
            citizen_uploads_per_day: 1_000_000,
            citizen_upload_kib_per_day: 1_000_000,
            address_concurrent_requests: 1_024,
            care_by: "self_declared".to_owned(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests;
