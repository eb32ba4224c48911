//! `cargo xtask mutants`: changes the program in one place after the other and asks whether a test finds it.
//!
//! Invariant: a mutant that no test finds is explained in `tests/mutants/survivors.txt`, or the command fails. The same seed
//! over the same sources is the same sample. The sources here are not touched: copies are changed.

mod sample;
mod survivors;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::step;

/// The version this was written with: another one names mutants differently.
const CARGO_MUTANTS: &str = "27.1.0";

/// Which mutants to try.
#[derive(Args)]
pub struct MutantsArguments {
    /// How many, at random.
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "shard")]
    sample: usize,
    /// The sample of an earlier run; printed by each.
    #[arg(long)]
    seed: Option<u64>,
    /// All of one part of several, such as 1/8.
    #[arg(long, value_name = "K/N", value_parser = sample::parse_shard)]
    shard: Option<(usize, usize)>,
    /// Only below this path, such as core/src/trust.
    #[arg(long, value_name = "PATH", default_value = "")]
    only: String,
}

/// What came of mutants.
#[derive(Default)]
struct Outcome {
    caught: usize,
    /// By their names with places.
    missed: Vec<String>,
}

/// Tries them; whether every survivor is explained.
pub fn run(arguments: &MutantsArguments) -> bool {
    let Some(program) = installed() else {
        return false;
    };
    let Some(all) = list(&program, &arguments.only) else {
        step::complain("cargo-mutants lists nothing");
        return false;
    };
    let chosen = if let Some(shard) = arguments.shard {
        sample::shard(&all, shard)
    } else {
        let seed = arguments.seed.unwrap_or_else(sample::random_seed);
        step::say(&format!("seed {seed} (again: --seed {seed})"));
        sample::pick(&all, arguments.sample, seed)
    };
    step::say(&format!("{} of {} mutants", chosen.len(), all.len()));
    let Some(explained) = survivors::read(&step::root().join("tests/mutants/survivors.txt")) else {
        return false;
    };
    let Some(outcome) = try_all(&program, &chosen) else {
        return false;
    };
    report(&outcome, &explained)
}

fn report(outcome: &Outcome, explained: &survivors::Survivors) -> bool {
    let tried = outcome.caught + outcome.missed.len();
    let (known, new): (Vec<_>, Vec<_>) = outcome
        .missed
        .iter()
        .partition(|name| explained.reason(name).is_some());
    for name in known {
        let reason = explained.reason(name).unwrap_or_default();
        step::say(&format!("survived, as explained: {name} ({reason})"));
    }
    for name in &new {
        step::say(&format!("SURVIVED: {name}"));
    }
    let share = (outcome.caught * 1_000)
        .checked_div(tried)
        .unwrap_or_default();
    step::say(&format!(
        "{} of {tried} caught, {}.{} %; {} survived without a reason",
        outcome.caught,
        share / 10,
        share % 10,
        new.len()
    ));
    tried > 0 && new.is_empty()
}

/// The program, brought where it is missing.
fn installed() -> Option<PathBuf> {
    let tools = step::root().join("target/tools");
    let program = tools.join("bin/cargo-mutants");
    let is_there = program.exists()
        || step::run(
            "Installing cargo-mutants into target/tools",
            step::cargo()
                .args(["install", "cargo-mutants", "--version", CARGO_MUTANTS])
                .args(["--locked", "--root"])
                .arg(&tools),
        );
    is_there.then_some(program)
}

fn mutants(program: &Path) -> Command {
    let mut command = Command::new(program);
    step::without_our_cargos_own(&mut command);
    command.current_dir(step::root()).arg("mutants");
    command
}

/// Names of all mutants below a path, as `file:line:column: change`.
fn list(program: &Path, only: &str) -> Option<Vec<String>> {
    let mut command = mutants(program);
    command.args(["--list", "--colors", "never"]);
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    // Not those that leave a member out of a struct with `..`: this version tries all of them whatever it is told.
    let names: Vec<_> = text
        .lines()
        .filter(|name| name.starts_with(only) && !name.contains(": delete field "))
        .map(str::to_owned)
        .collect();
    (output.status.success() && !names.is_empty()).then_some(names)
}

/// First with the tests of the mutant's own folder, which find most of them, then the rest with all of the package.
fn try_all(program: &Path, chosen: &[String]) -> Option<Outcome> {
    let mut outcome = Outcome::default();
    let mut left: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (folder, names) in by_folder(chosen) {
        let near = try_some(program, &names, Some(&folder))?;
        outcome.caught += near.caught;
        let package = folder.split('/').next().unwrap_or_default();
        let package = if package == "core" {
            "core"
        } else {
            "authority"
        };
        left.entry(package).or_default().extend(near.missed);
    }
    for names in left.values().filter(|names| !names.is_empty()) {
        let far = try_some(program, names, None)?;
        outcome.caught += far.caught;
        outcome.missed.extend(far.missed);
    }
    Some(outcome)
}

/// The mutants of each `core/src/...` or `authority/src/...` folder.
fn by_folder(names: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in names {
        let folder: Vec<_> = name.split('/').take(3).collect();
        let folder = folder.join("/");
        folders.entry(folder).or_default().push(name.clone());
    }
    folders
}

/// Tries these with the library's tests, those of a folder or all. None where it did not come to an end.
fn try_some(program: &Path, names: &[String], folder: Option<&str>) -> Option<Outcome> {
    let results = step::root().join("target/mutants");
    std::fs::create_dir_all(&results).ok()?;
    let mut command = mutants(program);
    command
        .args(["--colors", "never", "--no-times", "--config"])
        .arg(config_for(names, &results)?)
        .arg("--output")
        .arg(&results)
        .env("CARGO_TARGET_DIR", results.join("target"));
    for name in names {
        command.args(["--re", &format!("^{}$", sample::escape(name))]);
    }
    command.args(["--", "--lib"]);
    if let Some(module) = folder.and_then(|folder| folder.rsplit('/').next()) {
        command.arg(format!("{module}::"));
    }
    let title = format!("{} mutants, {}", names.len(), folder.unwrap_or("all tests"));
    // It says by its exit code that some survived; what did is in its files.
    step::run(&title, &mut command);
    let read = |file: &str| {
        let path = results.join("mutants.out").join(file);
        let text = std::fs::read_to_string(path).ok()?;
        let lines = text.lines().map(str::to_owned);
        Some(
            lines
                .filter(|name| names.contains(name))
                .collect::<Vec<_>>(),
        )
    };
    let (caught, slow) = (read("caught.txt")?, read("timeout.txt")?);
    let (missed, unviable) = (read("missed.txt")?, read("unviable.txt")?);
    let ended = caught.len() + slow.len() + missed.len() + unviable.len();
    if ended != names.len() {
        step::complain(&format!("{ended} of {} mutants were tried", names.len()));
        return None;
    }
    Some(Outcome {
        caught: caught.len() + slow.len(),
        missed,
    })
}

/// Our settings, for the files of these mutants alone: what this version tries unasked it then tries in these.
fn config_for(names: &[String], folder: &Path) -> Option<PathBuf> {
    let ours = std::fs::read_to_string(step::root().join(".cargo/mutants.toml")).ok()?;
    let (before, rest) = ours.split_once("examine_globs = [")?;
    let (_, after) = rest.split_once(']')?;
    let mut files: Vec<_> = names
        .iter()
        .filter_map(|name| name.split(':').next())
        .collect();
    files.dedup();
    let path = folder.join("config.toml");
    let config = format!("{before}examine_globs = {files:?}{after}");
    std::fs::write(&path, config).ok()?;
    Some(path)
}
