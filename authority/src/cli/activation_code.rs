//! `activation-code`: a community desk gives somebody whose document it has seen a code to prove it with.
//!
//! Invariant: the code is made on the desk's machine and leaves it as a hash; it is shown once, on standard output and on the sheet.
//! The document's number comes on standard input, so that no shell keeps it.

use std::fmt::Write as _;
use std::io::BufRead as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use data_encoding::HEXLOWER;
use health_code_core::capability::identity_proof;
use health_code_core::civil_time::CivilTime;
use health_code_core::identity::{DocumentKind, check_document_number};
use health_code_core::picture;
use health_code_core::words::Language;
use serde_json::json;

use super::client::{Posted, Server, post};
use super::orders::{drafted, refused, tell};
use super::speech::in_language;
use super::{explain, runtime, say};
use crate::capability::identity_proof::{
    CodeAct, CodeEntry, CodeOrder, CodesAnswer, sign_code_order,
};
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::read_key_file;
use crate::officers::Order as _;
use crate::system::SystemEntropy;

const EXAMPLES: &str = "\
One officer of the desk signs; the authority notes who made which code. A code serves once, for this document (and this name, where it is
given), within its days. The sheet is for the citizen: print it, then delete the file.

Example:
  health-code-authority activation-code make --officer li --officer-key li.key --name 王小明 --page sheet.html
  health-code-authority activation-code list --officer li --officer-key li.key
  health-code-authority activation-code strike-off --code-id ID --officer li --officer-key li.key";

/// Gives, lists and strikes off codes.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum ActivationCodes {
    /// Make a code for the document whose number is asked for on standard input, and print it
    #[command(after_help = EXAMPLES)]
    Make {
        #[command(flatten)]
        whom: Whom,
        /// File to make: a page to print, with words and a square to scan
        #[arg(long, value_name = "FILE")]
        page: Option<PathBuf>,
        #[command(flatten)]
        desk: Desk,
    },
    /// Tell the officer's own codes that are not long over, newest first, a line each
    List {
        #[command(flatten)]
        desk: Desk,
    },
    /// Have a code count no more, by the id that was told with it
    StrikeOff {
        /// The id: 32 hex digits
        #[arg(long, value_name = "ID")]
        code_id: String,
        #[command(flatten)]
        desk: Desk,
    },
}

/// For whom, and how long.
#[derive(Args, Clone)]
pub(super) struct Whom {
    /// Kind of the document that the desk saw, such as resident_id or passport
    #[arg(long, default_value = "resident_id", value_parser = super::parse_document_kind, value_name = "KIND")]
    document_kind: DocumentKind,
    /// The name on it; the code then serves for that name alone
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// How long it is good; what the authority's policy says if left out
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
}

/// Who signs, and where to.
#[derive(Args, Clone, Debug)]
pub(super) struct Desk {
    /// Officer's id as enrolled
    #[arg(long, value_name = "ID")]
    officer: String,
    /// Officer's key file
    #[arg(long, value_name = "FILE")]
    officer_key: PathBuf,
    #[command(flatten)]
    server: Server,
}

impl ActivationCodes {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Make { whom, page, desk } => make(whom, page.as_ref(), desk),
            Self::List { desk } => {
                for code in desk.send(|order| CodeOrder { ..order })? {
                    tell(&code)?;
                }
                Ok(())
            }
            Self::StrikeOff { code_id, desk } => {
                let strike = |order| CodeOrder {
                    act: CodeAct::StrikeOff,
                    code_id: Some(code_id.clone()),
                    ..order
                };
                for code in desk.send(strike)? {
                    tell(&code)?;
                }
                Ok(())
            }
        }
    }
}

fn make(whom: &Whom, page: Option<&PathBuf>, desk: &Desk) -> Result<(), AuthorityError> {
    if let Some(page) = page.filter(|page| page.exists()) {
        return Err(AuthorityError::FileUnwritable {
            at: page.display().to_string(),
        });
    }
    let number = ask_number(whom.document_kind)?;
    let code = identity_proof::ActivationCode::generate(&SystemEntropy)
        .map_err(|_| AuthorityError::NoEntropy)?;
    let codes = desk.send(|order| CodeOrder {
        act: CodeAct::Make,
        document_kind: Some(whom.document_kind.id().to_owned()),
        document_number: Some(number),
        name: whom.name.clone(),
        code_sha256: Some(HEXLOWER.encode(&code.sha256())),
        days: whom.days,
        ..order
    })?;
    let made = codes.first().ok_or_else(|| refused("answer"))?;
    if let Some(page) = page {
        files::write_secret(page, sheet(&code, made)?.as_bytes())?;
        explain!("code-sheet-made", file = page.as_path());
    }
    say(&json!({
        "code": code.in_groups(),
        "id": made.id,
        "documentTail": made.document_tail,
        "expiresAt": made.expires_at,
    })
    .to_string());
    Ok(())
}

impl Desk {
    /// Signs and sends an order: a list, unless `change` makes it another.
    fn send(
        &self,
        change: impl FnOnce(CodeOrder) -> CodeOrder,
    ) -> Result<Vec<CodeEntry>, AuthorityError> {
        let key = read_key_file(&self.officer_key)?;
        let (id, at) = drafted()?;
        let order = change(CodeOrder {
            id,
            act: CodeAct::List,
            document_kind: None,
            document_number: None,
            name: None,
            code_sha256: None,
            days: None,
            code_id: None,
            at,
        });
        let signed = sign_code_order(&order, &self.officer, &key);
        let posted = post::<CodesAnswer>(&self.server, CodeOrder::PATH, &signed);
        match runtime()?.block_on(posted)? {
            Posted::Done(answer) => Ok(answer.codes),
            Posted::WrongHead(_) => Err(refused("answer")),
        }
    }
}

fn ask_number(kind: DocumentKind) -> Result<String, AuthorityError> {
    explain!("asking-document");
    let invalid = |why: &str| AuthorityError::ConfigInvalid {
        at: format!("standard input{why}"),
    };
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|_| invalid(""))?;
    check_document_number(kind, line.trim())
        .map_err(|error| invalid(&format!(": {}", error.code())))
}

/// A page of A5 or more, in Chinese and in English, that needs nothing from elsewhere.
fn sheet(
    code: &identity_proof::ActivationCode,
    made: &CodeEntry,
) -> Result<String, AuthorityError> {
    let matrix = picture::matrix(&code.to_scan()).map_err(|_| refused("picture"))?;
    let square = picture::svg(&matrix);
    // The authority counts the day by its region's clock, which this machine need not know.
    let last = CivilTime::CHINA.at(made.expires_at - 1).date();
    // An authority of before does not say it, and knows no other clock.
    let until = made.last_day.clone().unwrap_or_else(|| last.to_string());
    let arguments = [
        ("until", until.as_str().into()),
        ("tail", made.document_tail.as_str().into()),
    ];
    let mut words = String::new();
    for language in [Language::Chinese, Language::English] {
        let said = |id| in_language(id, &arguments, language);
        let parts = [
            ("h1", said("code-sheet-title")),
            ("p", said("code-sheet-for")),
            ("p", said("code-sheet-steps")),
            ("p", said("code-sheet-warning")),
        ];
        for (element, text) in parts {
            // Writing to a String cannot fail.
            let _ = writeln!(words, "<{element}>{text}</{element}>");
        }
    }
    Ok(format!(
        "<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>{title}</title><style>\n\
         @page {{ margin: 18mm }}\n\
         body {{ font: 12pt/1.6 \"Noto Sans CJK SC\", \"PingFang SC\", \"Microsoft YaHei\", sans-serif; max-width: 150mm; margin: 0 auto; color: #000 }}\n\
         h1 {{ font-size: 20pt; margin: 0 0 2mm }} h2 {{ font-size: 14pt; margin: 6mm 0 1mm }} p {{ margin: 0 0 2mm }}\n\
         .code {{ font: 700 24pt/1.4 ui-monospace, \"DejaVu Sans Mono\", monospace; white-space: nowrap; border: 1pt solid #000; padding: 4mm; text-align: center; margin: 5mm 0 }}\n\
         .square {{ width: 50mm; margin: 0 auto 4mm }} .square svg {{ display: block; width: 100% }}\n\
         </style></head><body>\n{words}<div class=\"code\">{code}</div>\n<div class=\"square\">{square}</div>\n</body></html>\n",
        title = in_language("code-sheet-title", &[], Language::Chinese),
        code = code.in_groups(),
    ))
}

health_code_core::hidden_debug!(Whom);
