//! `cargo xtask demo`: builds the real authority and the demo, then runs the demo.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::program_command::{self, AUTHORITY};
use crate::step;

/// How to show it.
#[derive(Args)]
pub struct DemoArguments {
    /// Run through without waiting for keys.
    #[arg(long)]
    once: bool,
    /// Where to write codes, pictures, bundles and result.json; a folder that is made if missing.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Language of the texts shown, such as zh-CN; the environment's if left out.
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

impl DemoArguments {
    /// Without keys, writing to `out`.
    pub fn once_to(out: PathBuf) -> Self {
        Self {
            once: true,
            out: Some(out),
            lang: None,
        }
    }
}

/// Becomes the demo, with the terminal and its keys.
pub fn run(arguments: &DemoArguments) -> bool {
    demo(arguments).is_some_and(|mut demo| {
        step::announce(TITLE);
        step::become_program(&mut demo)
    })
}

/// Runs the demo as a step of others; whether all of it held.
pub fn run_as_step(arguments: &DemoArguments) -> bool {
    demo(arguments).is_some_and(|mut demo| step::run(TITLE, &mut demo))
}

const TITLE: &str = "Health Code, the main job";

/// Builds it.
fn demo(arguments: &DemoArguments) -> Option<Command> {
    // The build can take minutes; the demo looks again, and says it in the reader's language.
    if let Some(out) = &arguments.out
        && let Err(error) = takes_files(out)
    {
        step::complain(&format!(
            "{}: {error}; name another folder with --out (nothing was done yet)",
            out.display()
        ));
        return None;
    }
    let built = step::run(
        "Building the authority and the demo (the first time takes a few minutes)",
        &mut program_command::building(&["demo", AUTHORITY, "xtask"]),
    );
    if !built {
        return None;
    }
    let mut demo = Command::new(program_command::path("demo")?);
    demo.arg("--authority")
        .arg(program_command::path(AUTHORITY)?)
        .arg("--supervisor")
        .arg(program_command::path("xtask")?);
    if let Some(lang) = &arguments.lang {
        demo.args(["--lang", lang]);
    }
    if arguments.once {
        demo.arg("--once");
    }
    if let Some(out) = &arguments.out {
        demo.arg("--out").arg(out);
    }
    Some(demo)
}

/// Makes the folder and sees whether a file can be put there.
fn takes_files(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("result.json"), b"")
}
