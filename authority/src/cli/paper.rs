//! `paper`: the desk makes a sheet for somebody who is there with the document, lists the sheets, ends one.
//!
//! Invariant: the officer's key never leaves this machine, and the file is a new one that only its owner may read: who has it has the
//! sheet. Nothing is asked of the authority before the font is there to print with.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use health_code_core::picture::PdfFont;
use health_code_core::wire::SubjectId;
use health_code_core::words::Language;
use serde_json::json;

use super::client::{Posted, Server, post};
use super::find_citizen::parse_officer;
use super::orders::{drafted, refused};
use super::{explain, runtime, say};
use crate::capability::paper::{
    PaperAct, PaperAnswer, PaperOrder, PrintedSheet, print, sign_paper_order,
};
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::read_key_file;
use crate::officers::Order as _;

/// Where Debian's `fonts-noto-cjk` puts it.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
/// The face for simplified Chinese in it.
const FACE: u32 = 2;
/// Where Debian's `fonts-noto-core` puts the one for Arabic.
const ARABIC_FONT: &str = "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf";
/// Longest font file, bytes.
const MAX_FONT_BYTES: u64 = 64 * 1024 * 1024;

/// Sheets of paper for people without a phone.
#[derive(Debug, Subcommand)]
pub(super) enum Paper {
    /// Make a sheet and print it to a file; it ends the one before
    Issue {
        #[command(flatten)]
        whose: Whose,
        /// How many days it is to count, today being the first
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=180))]
        days: u8,
        /// PDF file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Font file with Chinese, such as Noto Sans CJK; it is embedded as far as it is used
        #[arg(long, value_name = "FILE", default_value = FONT)]
        font: PathBuf,
        /// Which face of the file
        #[arg(long, value_name = "N", default_value_t = FACE)]
        font_face: u32,
        /// Language of the words beside the Chinese ones: en, ko or ar
        #[arg(long, value_name = "TAG", default_value = "en", value_parser = parse_language)]
        language: Language,
        /// Font file with Arabic, such as Noto Sans Arabic, for what the other one lacks; read for ar alone
        #[arg(long, value_name = "FILE", default_value = ARABIC_FONT)]
        arabic_font: PathBuf,
    },
    /// Tell the sheets of somebody, newest first
    List {
        #[command(flatten)]
        whose: Whose,
    },
    /// End the sheet that counts
    Revoke {
        #[command(flatten)]
        whose: Whose,
    },
}

/// Whose sheets, who asks, and where.
#[derive(Args, Clone)]
pub(super) struct Whose {
    /// Citizen's id at the authority, see find-citizen
    #[arg(long, value_name = "ID")]
    citizen: String,
    /// A dependant's id, where the sheet is the dependant's
    #[arg(long, value_name = "ID", value_parser = parse_subject)]
    subject: Option<SubjectId>,
    /// Officer's id as enrolled
    #[arg(long, value_name = "ID", value_parser = parse_officer)]
    officer: String,
    /// Officer's key file
    #[arg(long, value_name = "FILE")]
    officer_key: PathBuf,
    #[command(flatten)]
    server: Server,
}

impl Paper {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Issue {
                whose,
                days,
                out,
                font,
                font_face,
                language,
                arabic_font,
            } => {
                if out.exists() {
                    return Err(AuthorityError::FileUnwritable {
                        at: out.display().to_string(),
                    });
                }
                let mut fonts = vec![read_font(font, *font_face)?];
                if *language == Language::Arabic {
                    fonts.push(read_font(arabic_font, 0)?);
                }
                let answer = whose.ask(PaperAct::Issue, Some(*days))?;
                let sheet = printed(&answer, *language)?;
                files::write_secret(out, &print(&sheet, fonts)?)?;
                explain!("sheet-printed", file = out.as_path());
                tell(&answer);
                Ok(())
            }
            Self::List { whose } => {
                tell(&whose.ask(PaperAct::List, None)?);
                Ok(())
            }
            Self::Revoke { whose } => {
                tell(&whose.ask(PaperAct::Revoke, None)?);
                Ok(())
            }
        }
    }
}

impl Whose {
    fn ask(&self, act: PaperAct, days: Option<u8>) -> Result<PaperAnswer, AuthorityError> {
        let key = read_key_file(&self.officer_key)?;
        let (id, at) = drafted()?;
        let order = PaperOrder {
            id,
            act,
            citizen_id: self.citizen.clone(),
            subject: self.subject.clone().unwrap_or(SubjectId::OWNER),
            days,
            at,
        };
        let order = serde_json::to_vec(&order).map_err(|_| refused("order"))?;
        let signed = sign_paper_order(&order, &self.officer, &key);
        let posted = post::<PaperAnswer>(&self.server, PaperOrder::PATH, &signed);
        match runtime()?.block_on(posted)? {
            Posted::Done(answer) => Ok(answer),
            Posted::WrongHead(_) => Err(refused("answer")),
        }
    }
}

fn read_font(path: &Path, face: u32) -> Result<PdfFont, AuthorityError> {
    let bytes = files::read_capped(path, MAX_FONT_BYTES)?;
    PdfFont::new(bytes, face).map_err(|error| AuthorityError::SheetRefused {
        at: format!("{} ({})", path.display(), error.code()),
    })
}

/// The newest sheet, as it is printed.
fn printed(answer: &PaperAnswer, language: Language) -> Result<PrintedSheet, AuthorityError> {
    let newest = answer.sheets.first();
    let newest = newest.and_then(|sheet| Some((sheet, sheet.code.clone()?)));
    let (sheet, code) = newest.ok_or_else(|| refused("answer"))?;
    Ok(PrintedSheet {
        code,
        region: answer.region.clone(),
        days: (sheet.first_day.clone(), sheet.last_day.clone()),
        language,
    })
}

fn parse_language(tag: &str) -> Result<Language, String> {
    let others = Language::ALL.into_iter().skip(1);
    let mut others = others.filter(|language| language.tag() == tag);
    others.next().ok_or_else(|| "want en, ko or ar".to_owned())
}

/// What became of it, without the codes: who has one has the sheet.
fn tell(answer: &PaperAnswer) {
    let sheets: Vec<_> = answer
        .sheets
        .iter()
        .map(|sheet| {
            json!({
                "id": sheet.id, "firstDay": sheet.first_day, "lastDay": sheet.last_day,
                "standing": sheet.standing, "byDesk": sheet.by_desk,
            })
        })
        .collect();
    say(&json!({"sheets": sheets, "revoked": answer.revoked}).to_string());
}

fn parse_subject(text: &str) -> Result<SubjectId, String> {
    SubjectId::parse(text).ok_or_else(|| "want a dependant's id".to_owned())
}

health_code_core::hidden_debug!(Whose);
