//! `appeals`: what waits for a decision, what was sent along, and the decision that two officers sign.
//!
//! Invariant: whoever looks at an appeal leaves a line in `DATA/access.log` before anything of it is told; the list alone names
//! nobody but by ids. Evidence goes into files that only this user reads, and is opened by nobody here.

mod asking;
mod decision;
mod looking;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::find_citizen::parse_officer;
use super::orders::WithDraft;
use super::{Settings, say};
use crate::errors::AuthorityError;
use crate::officers::AppealDecisionOrder;
use asking::Asking;
use decision::Decision;
use looking::{Looking, Named};

const EXAMPLES: &str = "\
On the server, while it runs or not: list, show and export read the database. Each look at an appeal is a line of
DATA/access.log: time, officer, citizen's id, appeal.

Example:
  health-code-authority appeals list --data /var/lib/health-code
  health-code-authority appeals show --data /var/lib/health-code --officer li --appeal ID
  health-code-authority appeals export --data /var/lib/health-code --officer li --appeal ID --to evidence
  health-code-authority appeals draft --citizen ID --appeal ID --outcome upheld --reason record_wrong \\
    --strike order=HEAD --text en='The record was wrong.' --text zh='记录有误。' --out decision.json
  (sign twice and submit as a colour change; a fact that was missing: --add negativeTest=2026-11-20)
  health-code-authority appeals ask --citizen ID --appeal ID --reason test_report --officer li --officer-key li.key";

/// Looks at appeals and decides them: two different officers must sign.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Appeals {
    /// Appeals that wait for a decision, those past their deadline first
    List {
        #[command(flatten)]
        settings: Settings,
    },
    /// One appeal: statement, evidence, receipt, and what counts for the colour now
    Show(Look),
    /// Write an appeal's evidence into files of a new folder
    Export {
        #[command(flatten)]
        look: Look,
        /// Folder to make
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Ask the citizen for more: the deadline stands still until it comes, for as long as the settings say
    Ask(Box<Asking>),
    /// Write a decision down in a file, for two officers to sign
    Draft {
        #[command(flatten)]
        decision: Box<Decision>,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    #[command(flatten)]
    WithDraft(WithDraft),
}

/// Which appeal, and who looks.
#[derive(Args, Clone, Debug)]
pub(super) struct Look {
    #[command(flatten)]
    settings: Settings,
    /// Who looks
    #[arg(long, value_parser = parse_officer, value_name = "ID")]
    officer: String,
    /// Id of an appeal that waits, which list tells
    #[arg(long, value_name = "ID")]
    appeal: String,
}

impl Appeals {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::List { settings } => {
                let looking = Looking::open(&settings.resolve()?)?;
                for line in looking.list()? {
                    say(&line.to_string());
                }
                Ok(())
            }
            Self::Show(look) => {
                let (looking, named) = look.open("appeal")?;
                say(&looking.show(&named)?.to_string());
                Ok(())
            }
            Self::Export { look, to } => {
                let (looking, named) = look.open("evidence of an appeal")?;
                for file in looking.export(&named, to)? {
                    say(&file.display().to_string());
                }
                Ok(())
            }
            Self::Ask(asking) => asking.ask(),
            Self::Draft { decision, out } => decision.draft()?.create(out),
            Self::WithDraft(done) => done.run::<AppealDecisionOrder>(),
        }
    }
}

impl Look {
    fn open(&self, what: &str) -> Result<(Looking, Named), AuthorityError> {
        let looking = Looking::open(&self.settings.resolve()?)?;
        let named = looking.find(&self.appeal)?;
        looking.log(&self.officer, what, &named)?;
        Ok((looking, named))
    }
}
