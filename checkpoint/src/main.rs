//! A checkpoint on the command line: says of one code, offline, whether to let the person in.
//!
//! ```text
//! health-code-checkpoint --trust trust-bundle.cbor --root "$(cat root-key.hex)" --status status-list.cbor --image code.png
//! ```
//!
//! Prints one JSON line: `verdict` (`accept` or `refuse`), `reason` (a stable code), `text`, `colour` and, if the code was
//! checked, the other fields of `code::Verdict`; what is not known is null. Texts are in the language of `--lang`. Exit code 0: accept, 1: refuse, 2: it was called wrongly or its own
//! files (trust bundle, status list, picture file) cannot be used.
//!
//! Each call is a checkpoint of its own, so a replay is only seen by a checkpoint that goes on running.

mod reading;
mod words;

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{ArgGroup, Parser};
use data_encoding::HEXLOWER_PERMISSIVE;
use health_code_core::code::{Checkpoint, MAX_CODE_CHARS, Refusal, Verdict, is_audience};
use health_code_core::trust::{BundleError, MAX_BUNDLE_BYTES, StatusList, TrustBundle};
use health_code_core::words::{LanguageTag, LocalizedText};
use serde_json::{Value, json};

use self::reading::{MAX_FILE_BYTES, ReadingError, read_code};

/// Longest search for a code in one picture.
const READING_TIME: Duration = Duration::from_secs(30);

/// Exit codes.
const ACCEPTED: u8 = 0;
const REFUSED: u8 = 1;
const UNUSABLE: u8 = 2;

/// Says of one health code, offline, whether to let the person in.
#[derive(Parser)]
#[command(version, group(ArgGroup::new("code").required(true).args(["text", "image"])))]
struct Arguments {
    /// Trust bundle, signed by the national root
    #[arg(long, value_name = "FILE")]
    trust: PathBuf,
    /// The national root's public key, 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = root_key)]
    root: [u8; 32],
    /// Status list of an issuer; may be given several times
    #[arg(long, value_name = "FILE")]
    status: Vec<PathBuf>,
    /// The instant of the check, as Unix seconds or RFC 3339; the system clock's if left out
    #[arg(long, value_name = "INSTANT", value_parser = instant, allow_negative_numbers = true)]
    at: Option<i64>,
    /// Id of the place, for codes made for one place only
    #[arg(long, value_name = "ID", value_parser = place_id)]
    place: Option<String>,
    /// Division (GB/T 2260) where the checkpoint stands, for the meaning of other regions' colours
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100_000..1_000_000))]
    division: Option<u32>,
    /// Language of texts, such as zh-CN; the one of the environment (LC_ALL, LC_MESSAGES, LANG) if left out
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// PNG picture of a code
    #[arg(long, value_name = "PNG")]
    image: Option<PathBuf>,
    /// Text of a code; `-` reads it from standard input
    #[arg(value_name = "TEXT")]
    text: Option<String>,
}

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// What the checkpoint's own files lack.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum FileError {
        /// The trust bundle cannot be opened as a file.
        TrustUnreadable => "trust_file_unreadable";
        /// A status list cannot be opened as a file.
        StatusUnreadable => "status_file_unreadable";
        /// The picture cannot be opened as a file.
        PictureUnreadable => "picture_file_unreadable";
        /// Standard input cannot be read.
        InputUnreadable => "input_unreadable";
    }
}

/// The end of a call that has no [`Verdict`]: the code was never checked.
struct Stopped {
    reason: &'static str,
    exit_code: u8,
    /// Named on stderr.
    file: Option<PathBuf>,
}

impl Stopped {
    const fn new(exit_code: u8, reason: &'static str) -> Self {
        Self {
            reason,
            exit_code,
            file: None,
        }
    }

    fn at(self, file: &Path) -> Self {
        Self {
            file: Some(file.to_owned()),
            ..self
        }
    }
}

macro_rules! stops {
    ($($error:ty => $exit_code:ident),* $(,)?) => {
        $(impl From<$error> for Stopped {
            fn from(error: $error) -> Self {
                Self::new($exit_code, error.code())
            }
        })*
    };
}

stops!(
    FileError => UNUSABLE,
    BundleError => UNUSABLE,
    Refusal => REFUSED,
    ReadingError => REFUSED,
);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = match &arguments.lang {
        Some(tag) => LanguageTag::new(tag),
        None => LanguageTag::of_environment(|name| std::env::var(name).ok()),
    };
    let exit_code = match check(&arguments) {
        Ok(verdict) => {
            let exit_code = if verdict.accepted { ACCEPTED } else { REFUSED };
            print(&report(&verdict, &language)).map(|()| exit_code)
        }
        Err(stopped) => {
            let file = stopped
                .file
                .as_deref()
                .map_or(String::new(), |file| format!("{}: ", file.display()));
            let text = words::text(stopped.reason, language.words());
            let _ = writeln!(
                io::stderr(),
                "checkpoint: {file}{text} ({})",
                stopped.reason
            );
            let line = json!({
                "verdict": "refuse", "accepted": false, "reason": stopped.reason, "text": text, "colour": null,
            });
            print(&line).map(|()| stopped.exit_code)
        }
    };
    // Nobody to tell: no verdict was heard, so it must not look like one.
    ExitCode::from(exit_code.unwrap_or(UNUSABLE))
}

/// The verdict as JSON, its texts for a reader of `language`.
fn report(verdict: &Verdict, language: &LanguageTag) -> Value {
    let mut line = serde_json::to_value(verdict).unwrap_or_default();
    let local = |text: &Option<LocalizedText>| json!(text.as_ref().map(|it| it.for_tag(language)));
    line["verdict"] = json!(if verdict.accepted { "accept" } else { "refuse" });
    line["text"] = json!(verdict.text(language.words()));
    line["mappingText"] = local(&verdict.mapping_text);
    line["regionName"] = local(&verdict.region_name);
    line
}

fn print(line: &Value) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

fn check(arguments: &Arguments) -> Result<Verdict, Stopped> {
    let at = arguments.at.unwrap_or_else(now);
    let checkpoint = checkpoint(arguments, at)?;
    let text = match (&arguments.image, arguments.text.as_deref()) {
        (Some(file), _) => text_of_picture(file)?,
        (None, Some("-")) => text_of_stdin()?,
        (None, text) => text.unwrap_or_default().to_owned(),
    };
    Ok(checkpoint.check(&text, at))
}

/// The checkpoint with its trust bundle and status lists.
fn checkpoint(arguments: &Arguments, at: i64) -> Result<Checkpoint, Stopped> {
    let file = &arguments.trust;
    let bytes = read_file(file, MAX_BUNDLE_BYTES as u64)
        .map_err(|_| Stopped::from(FileError::TrustUnreadable).at(file))?;
    let trust = TrustBundle::open(&bytes, &arguments.root, at, 0).map_err(|error| {
        let stopped = match error {
            // An honest bundle that has run out: the tool works, and its answer is no.
            BundleError::Expired => Refusal::TrustBundleExpired.into(),
            other => Stopped::from(other),
        };
        stopped.at(file)
    })?;
    let mut lists = Vec::with_capacity(arguments.status.len());
    for file in &arguments.status {
        let bytes = read_file(file, MAX_BUNDLE_BYTES as u64)
            .map_err(|_| Stopped::from(FileError::StatusUnreadable).at(file))?;
        lists.push(
            StatusList::open(&bytes, &trust, at, 0)
                .map_err(|error| Stopped::from(error).at(file))?,
        );
    }
    let checkpoint = Checkpoint::new(trust, arguments.place.clone(), arguments.division);
    for list in lists {
        checkpoint.add_status_list(list, at);
    }
    Ok(checkpoint)
}

/// Reads the picture in a thread of its own: a hostile one can keep the reader busy for minutes, a checkpoint not.
fn text_of_picture(file: &Path) -> Result<String, Stopped> {
    let bytes = read_file(file, MAX_FILE_BYTES)
        .map_err(|_| Stopped::from(FileError::PictureUnreadable).at(file))?;
    let (sender, result) = mpsc::channel();
    std::thread::spawn(move || sender.send(read_code(&bytes)));
    // The thread gone without a result is a defect of the reader: nothing was read.
    let result = result
        .recv_timeout(READING_TIME)
        .unwrap_or(Err(ReadingError::NoCode));
    result.map_err(|error| Stopped::from(error).at(file))
}

/// Standard input without the line's end. A space at the end is part of the code: base45 has it.
fn text_of_stdin() -> Result<String, Stopped> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(MAX_CODE_CHARS as u64 + 3)
        .read_to_end(&mut bytes);
    read.map_err(|_| FileError::InputUnreadable)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// A file's bytes, at most one more than `cap`: whoever gets them refuses what is larger than its own cap.
fn read_file(file: &Path, cap: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(cap + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn root_key(hex: &str) -> Result<[u8; 32], &'static str> {
    let bytes = HEXLOWER_PERMISSIVE.decode(hex.trim().as_bytes()).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or("not 64 hexadecimal digits")
}

/// Unix seconds, as the demo's result.json has them, or RFC 3339.
fn instant(text: &str) -> Result<i64, &'static str> {
    if let Ok(unix_secs) = text.parse() {
        return Ok(unix_secs);
    }
    let instant = chrono::DateTime::parse_from_rfc3339(text).map_err(
        |_| "neither Unix seconds nor an RFC 3339 instant such as 2026-11-24T16:00:00+08:00",
    )?;
    Ok(instant.timestamp())
}

#[expect(clippy::disallowed_methods, reason = "the checkpoint's own clock")]
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn place_id(id: &str) -> Result<String, &'static str> {
    if is_audience(id) {
        Ok(id.to_owned())
    } else {
        Err("not 1 to 16 characters of A-Z, 0-9 and -")
    }
}
