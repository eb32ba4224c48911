//! The command line.
//!
//! Invariant: standard output carries results only (keys, JSON, `READY`), standard error everything else; exit
//! status 0 done, 1 failed, 2 wrong usage.

mod activation_code;
mod appeals;
mod backup;
mod care_order;
mod client;
mod colour_change;
mod dcc;
mod device_move;
mod drafts;
mod find_citizen;
mod keys;
mod laboratory;
mod national;
mod orders;
mod paper;
mod publish;
mod serve;
mod speech;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use health_code_core::identity::DocumentKind;

use crate::config::{Config, Layer};
use crate::errors::AuthorityError;
use speech::{complain, explain, say, show};

const EXAMPLES: &str = "\
Examples:
  Try it on this machine (makes keys, a development CA and two officers on first start):
    health-code-authority --data /tmp/authority --listen 127.0.0.1:8443
  See what a configuration amounts to:
    health-code-authority --config authority.toml --print-config
  Join the national exchange: make the issuer key, send its public key to the national platform,
  put the trust bundle that comes back into the data folder:
    health-code-authority keys issuer --out /etc/health-code/issuer.key
  Two officers turn a citizen yellow, each on their own machine; the id, on the server, by the document:
    health-code-authority find-citizen --data /var/lib/health-code --officer li
    health-code-authority colour-change draft --citizen ID --colour yellow --reason close_contact --out change.json
    health-code-authority colour-change sign change.json --officer li --officer-key li.key
    health-code-authority colour-change sign change.json --officer wang --officer-key wang.key
    health-code-authority colour-change submit change.json --url https://authority:8443 --ca ca.pem
  See which appeals wait and how long (see appeals --help for looking at one and deciding it):
    health-code-authority appeals list --data /var/lib/health-code
  Two officers move a citizen, whom the desk saw with a document, to the phone that shows this device id:
    health-code-authority device-move draft --document-number NUMBER --device ID --out move.json
    (sign twice and submit as above)
  A community desk gives somebody a code; the document's number is typed, the sheet is printed and deleted:
    health-code-authority activation-code make --officer li --officer-key li.key --page sheet.html
  An officer prints a sheet for somebody without a phone, who is there with the document:
    health-code-authority paper issue --citizen ID --days 90 --officer li --officer-key li.key --out sheet.pdf
  A citizen brings an EU certificate with another name than the document's; an officer looks, two decide:
    health-code-authority certificates show --citizen ID --officer li --officer-key li.key
    health-code-authority certificates draft --citizen ID --certificate ID --act agree --out names.json
    (sign twice and submit as above)
  Two officers let a citizen, whose phone shows this device id, care for a child whose document the desk saw:
    health-code-authority care-order draft --document-number NUMBER --device ID --out care.json
    (sign twice and submit as above)
  A laboratory may report (two officers publish the list), and sends a file of results:
    health-code-authority laboratory key --out lab.key > lab.jwks
    health-code-authority laboratory add laboratories.json --id lab --name en=Lab --name zh=实验室 --jwks lab.jwks --reports nucleic_acid
    health-code-authority publish draft --kind laboratories laboratories.json --out publication.json
    health-code-authority laboratory send results.json --id lab --key lab.key --division 330100 --url https://authority:8443 --ca ca.pem
  Two officers publish a new version of the rule set, which counts at once:
    health-code-authority publish draft --kind rule-set hangzhou-2.json --out publication.json
    health-code-authority publish sign publication.json --officer li --officer-key li.key
    health-code-authority publish sign publication.json --officer wang --officer-key wang.key
    health-code-authority publish submit publication.json --url https://authority:8443 --ca ca.pem
  Back up every night, for a key that is not on this machine (see backup --help, restore --help):
    health-code-authority keys backup --out offline.key
    health-code-authority backup --data /var/lib/health-code --for age1... --to /backup/health-code.age

Every setting can also be said in the environment (HEALTH_CODE_*) or in a TOML file.
A flag wins over the environment, that over the file, that over the default.";

/// The local authority's server of the Health Code.
#[derive(Debug, Parser)]
#[command(
    name = "health-code-authority",
    version,
    about = "The local authority's server of the Health Code: registration, declarations, colours, credentials, signed public bundles",
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    /// Language of explanations and errors, such as zh-CN; the environment's (LC_ALL, LC_MESSAGES, LANG) if left out
    #[arg(long, global = true, value_name = "TAG")]
    lang: Option<String>,
    #[command(flatten)]
    serve: serve::Serve,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (also what happens without a command)
    Serve(Box<serve::Serve>),
    /// Make everything that a first start needs, then stop
    Init(Box<Settings>),
    /// Put everything that a new machine needs into one sealed file, while the server runs
    Backup(Box<backup::Backup>),
    /// Put a backup back, into a folder without a database
    Restore(backup::Restore),
    /// Find the citizen's id that an order names, by a document that is asked for on standard input
    FindCitizen(Box<find_citizen::FindCitizen>),
    /// Make a key
    #[command(subcommand)]
    Keys(keys::Keys),
    /// What the national platform does: its root key and the trust bundle
    #[command(subcommand)]
    National(national::National),
    /// Publish a public bundle (rule set, form) while the server runs: two different officers must sign
    #[command(subcommand)]
    Publish(publish::Publish),
    /// Change a citizen's colour: two different officers must sign
    #[command(subcommand, name = "colour-change")]
    ColourChange(colour_change::ColourChange),
    /// Sheets of paper for people without a phone, made at the desk by one officer
    #[command(subcommand)]
    Paper(paper::Paper),
    /// Look at somebody's EU certificates, and decide about one whose names are not those of the registration
    #[command(subcommand)]
    Certificates(dcc::Certificates),
    /// See which appeals wait, look at one, and decide it: two different officers must sign
    #[command(subcommand)]
    Appeals(Box<appeals::Appeals>),
    /// Move a citizen to another phone, the one before being lost: two different officers must sign
    #[command(subcommand, name = "device-move")]
    DeviceMove(device_move::DeviceMove),
    /// Give somebody whose document the desk has seen a code to prove it with; list and strike off such codes
    #[command(subcommand, name = "activation-code")]
    ActivationCode(activation_code::ActivationCodes),
    /// Who may report results of tests and vaccinations, and a laboratory's side to try it
    #[command(subcommand)]
    Laboratory(Box<laboratory::Laboratory>),
    /// Let a citizen care for somebody whose document the desk saw: two different officers must sign
    #[command(subcommand, name = "care-order")]
    CareOrder(care_order::CareOrders),
}

/// Settings as flags and variables say them, and the file to lay them over.
#[derive(Args, Clone, Debug)]
struct Settings {
    /// TOML file with settings; DATA/authority.toml is read where it exists
    #[arg(long, env = "HEALTH_CODE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    said: Layer,
}

impl Settings {
    fn resolve(&self) -> Result<Config, AuthorityError> {
        Config::resolve(self.said.clone(), self.config.as_deref())
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::from_arg_matches(&command().get_matches()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    speech::set_language(cli.lang.as_deref());
    let done = match cli.command {
        None => cli.serve.run(),
        Some(Command::Serve(serve)) => serve.run(),
        Some(Command::Init(settings)) => serve::init(&settings),
        Some(Command::Backup(backup)) => backup.run(),
        Some(Command::Restore(restore)) => restore.run(),
        Some(Command::FindCitizen(find)) => find.run(),
        Some(Command::Keys(keys)) => keys.run(),
        Some(Command::National(national)) => national.run(),
        Some(Command::Publish(publish)) => publish.run(),
        Some(Command::ColourChange(change)) => change.run(),
        Some(Command::Paper(paper)) => paper.run(),
        Some(Command::Certificates(certificates)) => certificates.run(),
        Some(Command::Appeals(appeals)) => appeals.run(),
        Some(Command::DeviceMove(device_move)) => device_move.run(),
        Some(Command::ActivationCode(code)) => code.run(),
        Some(Command::CareOrder(order)) => order.run(),
        Some(Command::Laboratory(laboratory)) => laboratory.run(),
    };
    crate::logs::flush();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// The command line, with each setting's default in its help.
fn command() -> clap::Command {
    let defaults = toml::Table::try_from(Config::default()).unwrap_or_default();
    let with_defaults = |command: clap::Command| {
        command.mut_args(
            |arg| match (defaults.get(arg.get_id().as_str()), arg.get_help()) {
                (Some(toml::Value::Array(_)) | None, _) | (_, None) => arg,
                (Some(toml::Value::String(text)), Some(help)) => {
                    let help = format!("{help} [default: {text}]");
                    arg.help(help)
                }
                (Some(value), Some(help)) => {
                    let help = format!("{help} [default: {value}]");
                    arg.help(help)
                }
            },
        )
    };
    with_defaults(Cli::command())
        .mut_subcommand("serve", with_defaults)
        .mut_subcommand("init", with_defaults)
        .mut_subcommand("backup", with_defaults)
        .mut_subcommand("find-citizen", with_defaults)
}

fn parse_document_kind(text: &str) -> Result<DocumentKind, String> {
    DocumentKind::from_id(text).ok_or_else(|| "not a kind of document".to_owned())
}

/// A runtime for one command.
fn runtime() -> Result<tokio::runtime::Runtime, AuthorityError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|_| AuthorityError::ConfigInvalid {
            at: "runtime".to_owned(),
        })
}
