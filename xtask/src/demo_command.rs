//! `cargo xtask demo`: builds the real authority and the demo, then runs the demo.

use std::path::PathBuf;

use clap::Args;

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
    /// Language of the texts shown.
    #[arg(long, default_value = "both", value_parser = ["en", "zh", "both"])]
    lang: String,
}

impl DemoArguments {
    /// Without keys, writing to `out`.
    pub fn once_to(out: PathBuf) -> Self {
        Self {
            once: true,
            out: Some(out),
            lang: "both".to_owned(),
        }
    }
}

/// Runs the demo; whether all of it held.
pub fn run(arguments: &DemoArguments) -> bool {
    let built = step::run(
        "Building the authority and the demo (the first time takes a few minutes)",
        step::cargo().args([
            "build",
            "--package",
            "health-code-authority",
            "--package",
            "xtask",
            "--features",
            "xtask/demo",
        ]),
    );
    if !built {
        return false;
    }
    let Some(folder) = step::binaries() else {
        step::note("cargo did not say where it puts programs");
        return false;
    };
    let mut demo =
        std::process::Command::new(folder.join(format!("demo{}", std::env::consts::EXE_SUFFIX)));
    demo.arg("--authority").arg(folder.join(format!(
        "health-code-authority{}",
        std::env::consts::EXE_SUFFIX
    )));
    demo.args(["--lang", &arguments.lang]);
    if arguments.once {
        demo.arg("--once");
    }
    if let Some(out) = &arguments.out {
        demo.arg("--out").arg(out);
    }
    step::run("Health Code, the main job", &mut demo)
}
