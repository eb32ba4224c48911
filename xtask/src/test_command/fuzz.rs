//! A short run of each fuzz target, where the nightly tool chain is present.

use std::process::Command;

use super::Tally;
use crate::step;

const TARGETS: [&str; 7] = [
    "code_text",
    "dcc_text",
    "trust_bundle",
    "status_list",
    "form_json",
    "certlogic",
    "stored_record",
];
const SECONDS_EACH: u32 = 5;
/// The version this was written with: a moving one could break the build of an old commit.
const CARGO_FUZZ: &str = "0.13.2";

/// Builds and runs each target for a few seconds from its seeds.
pub fn smoke(tally: &mut Tally) {
    step::announce("Fuzz smoke run");
    let nightly =
        step::output("rustup", &["toolchain", "list"]).is_some_and(|list| list.contains("nightly"));
    if !nightly {
        step::note("left out: needs the nightly tool chain (rustup toolchain install nightly)");
        return;
    }
    let tools = step::root().join("target/tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.exists() {
        let installed = step::run(
            "Installing cargo-fuzz into target/tools",
            step::cargo()
                .args([
                    "install",
                    "cargo-fuzz",
                    "--version",
                    CARGO_FUZZ,
                    "--locked",
                    "--root",
                ])
                .arg(&tools),
        );
        tally.count("set-up: cargo-fuzz", installed);
        if !installed {
            return;
        }
    }
    let folder = step::root().join("tests/fuzz");
    let fuzz = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        step::without_our_cargos_own(&mut command);
        command
            .current_dir(&folder)
            .env("RUSTUP_TOOLCHAIN", "nightly")
            .args(["fuzz", arguments[0], "--fuzz-dir", "."])
            // Little optimised: a few seconds of fuzzing do not pay for more (tests/fuzz/Cargo.toml).
            .arg("--dev")
            .args(&arguments[1..]);
        command
    };
    let built = step::run("Building the fuzz targets", &mut fuzz(&["build"]));
    tally.count("building the fuzz targets", built);
    for target in TARGETS.iter().filter(|_| built) {
        let corpus = step::root().join("target/fuzz-corpus").join(target);
        let ready = std::fs::create_dir_all(&corpus).is_ok();
        let well = ready
            && step::run(
                &format!("Fuzzing {target} for {SECONDS_EACH} s"),
                fuzz(&["run", target])
                    .arg(&corpus)
                    .arg(folder.join("seeds").join(target))
                    .arg("--")
                    .arg(format!("-max_total_time={SECONDS_EACH}"))
                    .args(["-rss_limit_mb=2048", "-print_final_stats=0", "-verbosity=0"]),
            );
        tally.count(&format!("fuzz {target}"), well);
    }
}
