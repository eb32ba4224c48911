//! `find-citizen`: the id that an officer's order names, by the citizen's document.
//!
//! Invariant: the number comes on standard input, so that no shell keeps it, and is written nowhere; that somebody looked, who
//! and whom they found, is on disk before the id is told.

use std::io::{BufRead as _, Write as _};

use clap::Args;
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::ports::Clock as _;
use serde_json::json;

use super::{Settings, explain, say};
use crate::app;
use crate::cases::register::spaces;
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::read_storage_key;
use crate::officers::is_officer_id;
use crate::store::{Sealer, Unique, find_owner};
use crate::system::SystemClock;

const EXAMPLES: &str = "\
On the server, while it runs or not. The number is typed (or piped) in, never an argument; each look is a line of
DATA/access.log: time, officer, id found, without the document.

Example:
  health-code-authority find-citizen --data /var/lib/health-code --officer li
  health-code-authority find-citizen --data /var/lib/health-code --officer li --kind passport < number.txt";

/// Finds a citizen's id by a document.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct FindCitizen {
    #[command(flatten)]
    settings: Settings,
    /// Kind of document
    #[arg(long, default_value = "resident_id", value_parser = parse_kind, value_name = "KIND")]
    kind: DocumentKind,
    /// Who looks
    #[arg(long, value_parser = parse_officer, value_name = "ID")]
    officer: String,
}

impl FindCitizen {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        let config = self.settings.resolve()?;
        explain!("asking-document");
        let mut line = String::new();
        let unreadable = |_| AuthorityError::ConfigInvalid {
            at: "standard input".to_owned(),
        };
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .map_err(unreadable)?;
        let number = check_document_number(self.kind, line.trim()).map_err(|error| {
            AuthorityError::ConfigInvalid {
                at: format!("standard input: {}", error.code()),
            }
        })?;
        let storage_key = read_storage_key(&config.data.join("storage.key"))?;
        let sealer = Sealer::new(&storage_key);
        let key = document_key(self.kind, &number);
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: sealer.hash("document", &[key.as_bytes()]).to_vec(),
        };
        let check = sealer.hash("storage key", &[]);
        let found = find_owner(&config.database_path(), &check, &unique);
        let found = found.map_err(|error| app::refused(&config, error))?;
        let citizen = found.map(|owner| owner.citizen.to_string());
        let line = json!({
            "at": SystemClock.read().wall_ms.div_euclid(1_000),
            "officer": self.officer,
            "access": "citizen id by document",
            "citizenId": citizen,
        });
        files::append_line(&config.data.join("access.log"), &line.to_string())?;
        let Some(citizen) = citizen else {
            return Err(AuthorityError::CitizenUnknown);
        };
        say(&citizen);
        let _ = std::io::stdout().flush();
        Ok(())
    }
}

fn parse_kind(text: &str) -> Result<DocumentKind, String> {
    DocumentKind::from_id(text).ok_or_else(|| {
        let all: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.id()).collect();
        format!("want one of {}", all.join(", "))
    })
}

pub(super) fn parse_officer(text: &str) -> Result<String, String> {
    if is_officer_id(text) {
        Ok(text.to_owned())
    } else {
        Err("want an officer's id".to_owned())
    }
}
