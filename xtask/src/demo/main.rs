//! The main job, walked through with a real authority process: a form becomes a code that a checkpoint
//! accepts with the server switched off; then two officers change the colour and the phone says why.
//!
//! Invariant: the exit code is 0 only if every step held. Nothing is simulated but the citizen.

mod authority_process;
mod citizen;
mod code_screen;
mod door;
mod next;
mod out_folder;
mod record;
mod speech;
mod story;
mod supervised;
mod terminal;
mod words;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use health_code_core::words::LanguageTag;

#[derive(Parser)]
#[command(about = "Health Code's main job, start to end.")]
struct Arguments {
    /// The authority's program.
    #[arg(long)]
    authority: PathBuf,
    /// The program that ends the authority and deletes the demo's data when the demo ends, however that is.
    #[arg(long)]
    supervisor: PathBuf,
    /// Run through without waiting for keys.
    #[arg(long)]
    once: bool,
    /// Where to write codes, pictures, bundles and result.json.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Language of what is told, such as zh-CN; the environment's if left out.
    #[arg(long)]
    lang: Option<String>,
}

impl Arguments {
    fn language(&self) -> LanguageTag {
        match &self.lang {
            Some(tag) => LanguageTag::new(tag),
            None => LanguageTag::of_environment(|name| std::env::var(name).ok()),
        }
    }
}

/// Pixels a module in the pictures that are written: scanners need at least 3.
const PIXELS_PER_MODULE: u32 = 8;

/// The exit code of who was not heard out, as a shell gives it for SIGPIPE.
const UNHEARD: u8 = 128 + 13;

/// Anything that did not hold, in a sentence.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match story::tell(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is::<speech::Unheard>() => ExitCode::from(UNHEARD),
        Err(failure) => {
            let what = failure.to_string();
            let language = arguments.language().words();
            let line = words::line_with("did-not-hold", &[("what", &what)], language);
            let _ = writeln!(std::io::stderr(), "\n{line}");
            ExitCode::FAILURE
        }
    }
}
