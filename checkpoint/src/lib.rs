//! A checkpoint on the command line: says of one code, offline, whether to let the person in.
//!
//! ```text
//! health-code-checkpoint --trust trust-bundle.cbor --root "$(cat root-key.hex)" --status status-list.cbor --image code.png
//! ```
//!
//! Prints one JSON line: `verdict` (`accept`, `refuse`, or `compare` of a sheet of paper), `reason` (a stable code), `text`, `colour` and, if the code was
//! checked, the other fields of `code::Verdict`; what is not known is null. `statusText` says it in words where nobody looked
//! whether the code was revoked, `unusedStatusFiles` which status files are no help, and why. Texts are in the language of
//! `--lang`. Exit code 0: accept, 1: refuse, 2: it was called wrongly, or its trust bundle or the file of the picture cannot
//! be used, 3: all is well, but `--require-status` demands a status list and there is none that counts, 4: a sheet of paper that
//! holds: name and last characters are compared with the document before anybody is let in.
//!
//! Invariant: a status list that cannot be used stops no code; it is named, and the rest counts.
//! Each call is a checkpoint of its own, so a replay is only seen by a checkpoint that goes on running; a sheet of paper, too,
//! where the list that `--write-papers-seen` makes is given to the next call, or to another door's.

mod arguments;
mod picture;
mod status_files;
mod words;

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Parser as _;
use health_code_core::code::{Checkpoint, MAX_CODE_CHARS, MAX_PAPERS_SEEN_BYTES, Refusal, Verdict};
use health_code_core::trust::{BundleError, MAX_BUNDLE_BYTES, TrustBundle};
use health_code_core::words::{Language, LanguageTag, LocalizedText};
use serde_json::{Value, json};

use self::arguments::Arguments;
use self::picture::{MAX_FILE_BYTES, ReadingError, read_code};
use self::status_files::{Unused, read_status_files};

/// Longest search for a code in one picture.
const READING_TIME: Duration = Duration::from_secs(30);

/// Most bytes around a code on standard input.
const SCANNER_MARKS: u64 = 16;

/// Exit codes.
const ACCEPTED: u8 = 0;
const REFUSED: u8 = 1;
const UNUSABLE: u8 = 2;
const STATUS_MISSING: u8 = 3;
const COMPARE: u8 = 4;

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
        /// The list of sheets that a door saw cannot be opened as a file.
        PapersSeenUnreadable => "papers_seen_file_unreadable";
        /// The list of sheets that were seen here cannot be written.
        PapersSeenUnwritable => "papers_seen_file_unwritable";
    }
}

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// What a verdict does not rest on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Notice {
        /// No status list that counts says whether the credential was revoked.
        StatusUnknown => "status_unknown";
        /// A status file is of no use.
        StatusFileLeftOut => "status_file_left_out";
        /// A list of sheets that a door saw is of no use.
        PapersSeenLeftOut => "papers_seen_left_out";
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

/// What a checked code comes to.
struct Outcome {
    verdict: Verdict,
    unused: Vec<Unused>,
    unused_papers: Vec<Unused>,
    /// Nobody looked whether it was revoked, although that is demanded.
    is_status_missing: bool,
}

/// Runs the program of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = match &arguments.lang {
        Some(tag) => LanguageTag::new(tag),
        None => LanguageTag::of_environment(|name| std::env::var(name).ok()),
    };
    let exit_code = match check(&arguments) {
        Ok(outcome) => {
            let (line, exit_code) = report(&outcome, &language);
            warn(&outcome, &line, language.words());
            print(&line).map(|()| exit_code)
        }
        Err(stopped) => {
            let file = stopped
                .file
                .as_deref()
                .map_or(String::new(), |file| format!("{}: ", file.display()));
            let text = words::text(stopped.reason, language.words());
            complain(&format!("{file}{text} ({})", stopped.reason));
            let line = json!({
                "verdict": "refuse", "accepted": false, "reason": stopped.reason, "text": text, "colour": null,
            });
            print(&line).map(|()| stopped.exit_code)
        }
    };
    // Nobody to tell: no verdict was heard, so it must not look like one.
    ExitCode::from(exit_code.unwrap_or(UNUSABLE))
}

/// The verdict as JSON, its texts for a reader of `language`, and the exit code.
fn report(outcome: &Outcome, language: &LanguageTag) -> (Value, u8) {
    let verdict = &outcome.verdict;
    let mut line = serde_json::to_value(verdict).unwrap_or_default();
    let local = |text: &Option<LocalizedText>| json!(text.as_ref().map(|it| it.for_tag(language)));
    line["text"] = json!(verdict.text(language.words()));
    line["mappingText"] = local(&verdict.mapping_text);
    line["regionName"] = local(&verdict.region_name);
    let unknown = Notice::StatusUnknown;
    let is_unknown = verdict.accepted && !verdict.status_checked;
    line["statusText"] = json!(is_unknown.then(|| unknown.text(language.words())));
    let files = outcome.unused.iter();
    line["unusedStatusFiles"] = files
        .map(|it| json!({"file": it.file.display().to_string(), "reason": it.reason}))
        .collect();
    if outcome.is_status_missing {
        line["accepted"] = json!(false);
        line["reason"] = json!(unknown.code());
        line["text"] = json!(unknown.text(language.words()));
    }
    let is_to_compare = verdict.refusal == Some(Refusal::CompareWithDocument);
    let (exit_code, word) = match (outcome.is_status_missing, verdict.accepted) {
        (true, _) => (STATUS_MISSING, "refuse"),
        (false, true) => (ACCEPTED, "accept"),
        (false, false) if is_to_compare => (COMPARE, "compare"),
        (false, false) => (REFUSED, "refuse"),
    };
    line["verdict"] = json!(word);
    (line, exit_code)
}

/// Says beside the verdict what it does not rest on.
fn warn(outcome: &Outcome, line: &Value, language: Language) {
    for Unused { file, reason } in &outcome.unused {
        let left_out = Notice::StatusFileLeftOut.text(language);
        let why = words::text(reason, language);
        complain(&format!("{}: {left_out} {why} ({reason})", file.display()));
    }
    for Unused { file, reason } in &outcome.unused_papers {
        let left_out = Notice::PapersSeenLeftOut.text(language);
        let why = words::text(reason, language);
        complain(&format!("{}: {left_out} {why} ({reason})", file.display()));
    }
    if let Some(text) = line["statusText"].as_str() {
        complain(&format!("{text} ({})", Notice::StatusUnknown.code()));
    }
}

fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "checkpoint: {text}");
}

fn print(line: &Value) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

fn check(arguments: &Arguments) -> Result<Outcome, Stopped> {
    let at = arguments.at.unwrap_or_else(now);
    let checkpoint = checkpoint(arguments, at)?;
    let unused = read_status_files(&arguments.status, &checkpoint, at);
    let unused_papers = read_papers_seen(&arguments.papers_seen, &checkpoint);
    let text = match (&arguments.image, arguments.text.as_deref()) {
        (Some(file), _) => text_of_picture(file)?,
        (None, Some("-")) => text_of_stdin()?,
        (None, text) => text.unwrap_or_default().to_owned(),
    };
    let verdict = checkpoint.check(&text, at);
    if let Some(file) = &arguments.write_papers_seen {
        std::fs::write(file, checkpoint.papers_seen(at))
            .map_err(|_| Stopped::from(FileError::PapersSeenUnwritable).at(file))?;
    }
    Ok(Outcome {
        is_status_missing: arguments.require_status && verdict.accepted && !verdict.status_checked,
        verdict,
        unused,
        unused_papers,
    })
}

/// Has `checkpoint` take the lists of sheets that doors saw; tells which cannot be used.
fn read_papers_seen(files: &[PathBuf], checkpoint: &Checkpoint) -> Vec<Unused> {
    let take = |file: &PathBuf| {
        let bytes = read_file(file, MAX_PAPERS_SEEN_BYTES as u64);
        let bytes = bytes.map_err(|_| FileError::PapersSeenUnreadable.code())?;
        let added = checkpoint.add_papers_seen(&bytes);
        added.map(|_| ()).map_err(|error| error.code())
    };
    let unused = files.iter().filter_map(|file| {
        let reason = take(file).err()?;
        let file = file.clone();
        Some(Unused { file, reason })
    });
    unused.collect()
}

/// The checkpoint with its trust bundle.
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
    Ok(Checkpoint::new(
        trust,
        arguments.place.clone(),
        arguments.division,
    ))
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

/// Standard input, as a scanner sends it; what is longer than a code is cut off one character after the longest, and
/// refused for it.
fn text_of_stdin() -> Result<String, Stopped> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(MAX_CODE_CHARS as u64 + SCANNER_MARKS + 1)
        .read_to_end(&mut bytes);
    read.map_err(|_| FileError::InputUnreadable)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file's bytes, at most one more than `cap`: whoever gets them refuses what is larger than its own cap.
fn read_file(file: &Path, cap: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(cap + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[expect(clippy::disallowed_methods, reason = "the checkpoint's own clock")]
fn now() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
