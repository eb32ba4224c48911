//! `laboratory`: the list of laboratories as a file that two officers publish, and what a laboratory's system sends.
//!
//! Invariant: a list that is written here is one that can be published, and its version goes up with every change; keys never leave
//! the machine that made them.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::capability::results::{
    Laboratories, Laboratory as Entry, Report, Reports, ReportsAnswer, is_result_id,
};
use health_code_core::ports::Clock as _;
use serde_json::{Value, json};

use super::client::{Posted, Server, post_body};
use super::{runtime, say};
use crate::capability::results::sign_reports;
use crate::errors::AuthorityError;
use crate::files;
use crate::init::names;
use crate::keys::{generate_key_file, read_key_file};
use crate::system::{SystemClock, SystemEntropy};

/// Largest list, and largest file of results, bytes.
const MAX_FILE_BYTES: u64 = 1024 * 1024;
/// Most characters of a name, as in the list.
const NAME_CHARS: usize = 80;
const DAY_SECS: i64 = 86_400;

/// Who may report results, and a laboratory's side to try it.
#[derive(Debug, Subcommand)]
pub(super) enum Laboratory {
    /// Make a laboratory's key (mode 600, never over an existing one) and print its public key as a JWK set
    Key {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Put a laboratory on a list, which is made where it is not there; publish it with publish --kind laboratories
    Add(Add),
    /// Tell who is on a list
    List {
        /// The list
        list: PathBuf,
    },
    /// Strike a laboratory off a list: once that is published, it reports no more
    Strike {
        /// The list
        list: PathBuf,
        /// The laboratory's id
        #[arg(long, value_name = "ID")]
        id: String,
    },
    /// Sign a file of results as a laboratory, and send it; again is the same
    Send(Send),
}

/// A laboratory for a list.
#[derive(Args, Debug)]
pub(super) struct Add {
    /// The list
    list: PathBuf,
    /// Its id: in its path and in its reports
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    id: String,
    /// Its name in a language, in English and Chinese at least: `--name en=Lab --name zh=实验室`
    #[arg(long = "name", required = true, value_name = "LANG=NAME")]
    names: Vec<String>,
    /// File with its public keys, a JWK set
    #[arg(long, value_name = "FILE")]
    jwks: PathBuf,
    /// How long it may report, days from today
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=3_660))]
    days: i64,
    /// A kind of results that it may report, such as `nucleic_acid` (may be repeated); `other` for those that the list does not know
    #[arg(long = "reports", required = true, value_name = "KIND", value_parser = parse_id)]
    reports: Vec<String>,
}

/// What a laboratory sends.
#[derive(Args)]
pub(super) struct Send {
    /// JSON: a list of results, each with id, version, document, kind, outcome, sampledAt
    results: PathBuf,
    /// The laboratory's id
    #[arg(long, value_name = "ID", value_parser = parse_id)]
    id: String,
    /// Its key file
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The authority's division, six digits
    #[arg(long, value_name = "CODE")]
    division: u32,
    #[command(flatten)]
    server: Server,
}

impl Laboratory {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Key { out } => {
                let key = generate_key_file(out, &SystemEntropy)?;
                say(&jwks(&key).to_string());
                Ok(())
            }
            Self::Add(add) => add.run(),
            Self::List { list } => {
                tell(&read(list)?);
                Ok(())
            }
            Self::Strike { list, id } => {
                let mut laboratories = read(list)?;
                let now = now();
                let found = laboratories.laboratories.iter_mut().find(|it| it.id == *id);
                let found = found.ok_or_else(|| refused(list, id))?;
                found.struck_off_at.get_or_insert(now);
                laboratories.version += 1;
                write(list, &laboratories)
            }
            Self::Send(send) => send.run(),
        }
    }
}

impl Add {
    fn run(&self) -> Result<(), AuthorityError> {
        let mut list = if self.list.exists() {
            let mut list = read(&self.list)?;
            list.version += 1;
            list
        } else {
            Laboratories::usual()
        };
        let json = files::read_capped(&self.jwks, MAX_FILE_BYTES)?;
        let jwks: Value = health_code_core::encoding::json::from_slice(&json)
            .map_err(|_| refused(&self.jwks, "jwks"))?;
        let name = names(self.names.iter().map(String::as_str), NAME_CHARS);
        let now = now();
        let entry = Entry {
            id: self.id.clone(),
            name: name.ok_or_else(|| refused(&self.list, "name"))?,
            jwks,
            not_before: now,
            not_after: now + self.days * DAY_SECS,
            struck_off_at: None,
            reports: self.reports.iter().cloned().collect(),
        };
        list.laboratories.retain(|one| one.id != entry.id);
        list.laboratories.push(entry);
        write(&self.list, &list)
    }
}

impl Send {
    fn run(&self) -> Result<(), AuthorityError> {
        let key = read_key_file(&self.key)?;
        let json = files::read_capped(&self.results, MAX_FILE_BYTES)?;
        let results: Vec<Report> = health_code_core::encoding::json::from_slice(&json)
            .map_err(|_| refused(&self.results, "results"))?;
        let reports = Reports {
            iss: self.id.clone(),
            aud: self.division.to_string(),
            iat: now(),
            results,
        };
        let body = sign_reports(&reports, &key).into_bytes();
        let path = format!("/v1/laboratories/{}/results", self.id);
        let posted = post_body::<ReportsAnswer>(&self.server, &path, "application/jose", body);
        match runtime()?.block_on(posted)? {
            Posted::Done(answer) => {
                say(&serde_json::to_string(&answer).unwrap_or_default());
                Ok(())
            }
            Posted::WrongHead(_) => Err(refused(&self.results, "answer")),
        }
    }
}

fn jwks(key: &SigningKey) -> Value {
    let x = BASE64URL_NOPAD.encode(key.verifying_key().as_bytes());
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x}]})
}

fn read(path: &Path) -> Result<Laboratories, AuthorityError> {
    let json = files::read_capped(path, MAX_FILE_BYTES)?;
    Laboratories::read_strictly(&json).map_err(|error| refused(path, error.code()))
}

fn write(path: &Path, list: &Laboratories) -> Result<(), AuthorityError> {
    let json = serde_json::to_vec_pretty(list).map_err(|_| refused(path, "list"))?;
    (crate::capability::results::BUNDLE.read)(&json).map_err(|code| refused(path, code))?;
    files::write_public(path, &json)?;
    tell(list);
    Ok(())
}

fn tell(list: &Laboratories) {
    let now = now();
    let laboratories: Vec<_> = list
        .laboratories
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "name": one.name, "reports": one.reports, "notAfter": one.not_after,
                "mayReport": one.may_report_at(now),
            })
        })
        .collect();
    say(&json!({"version": list.version, "laboratories": laboratories}).to_string());
}

fn now() -> i64 {
    SystemClock.read().wall_ms.div_euclid(1_000)
}

fn refused(path: &Path, what: &str) -> AuthorityError {
    AuthorityError::DefinitionRefused {
        at: format!("{} ({what})", path.display()),
    }
}

fn parse_id(text: &str) -> Result<String, String> {
    if is_result_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want 1 to 64 of A-Z a-z 0-9 . _ -".to_owned())
    }
}

health_code_core::hidden_debug!(Send);
