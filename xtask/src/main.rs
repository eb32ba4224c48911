//! The project's commands. `cargo xtask --help` lists them.
//!
//! Invariant: each command does its own set-up, says what it does, and fails loudly.

mod android_command;
mod app_command;
mod bench;
mod bindings_command;
mod check_targets;
mod demo_command;
mod mutants_command;
mod program_command;
mod step;
mod supervise;
mod swift_toolchain;
mod test_command;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Health Code's commands.", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the main job: a form becomes a code that a checkpoint accepts with the server switched off.
    Demo(demo_command::DemoArguments),
    /// Open the citizen's app in a window on this computer, over an authority that it starts; the door's app with --checkpoint.
    App(app_command::AppArguments),
    /// Check a code offline, as a checkpoint does.
    Checkpoint(program_command::ProgramArguments),
    /// Run an authority.
    Authority(program_command::ProgramArguments),
    /// Run all checks and tests, or one part. Installs what it needs.
    Test(test_command::TestArguments),
    /// Make the library and the Kotlin and Swift that call it, under target/bindings.
    Bindings(bindings_command::BindingsArguments),
    /// Make a signed APK of the Android app, from nothing but the public registries. Installs what it needs.
    Android(android_command::AndroidArguments),
    /// Type-check the bindings for Android and iOS; needs neither an NDK nor an Apple SDK.
    CheckTargets,
    /// Measure, in release mode; prints tables with ratios.
    Bench(bench::BenchArguments),
    /// Change the program in random places and see whether the tests find it.
    Mutants(mutants_command::MutantsArguments),
    /// Run one program that ends with the process that holds its standard input.
    #[command(hide = true)]
    Supervise(supervise::SuperviseArguments),
    /// Run one program as the other commands run theirs.
    #[command(hide = true)]
    Step(StepArguments),
}

/// A step by itself: for trying out what every other command relies on.
#[derive(Args)]
struct StepArguments {
    /// How long it may be silent without work, seconds.
    #[arg(long, default_value_t = 1_200)]
    end_secs: u64,
    /// The program and its arguments.
    #[arg(last = true, required = true)]
    program: Vec<OsString>,
}

impl StepArguments {
    fn run(&self) -> bool {
        let mut command = std::process::Command::new(&self.program[0]);
        command.args(&self.program[1..]);
        step::without_our_cargos_own(&mut command);
        let end = Duration::from_secs(self.end_secs);
        let patience = step::Patience {
            look: step::Patience::USUAL.look.min(end / 4),
            tell: step::Patience::USUAL.tell.min(end / 2),
            end,
        };
        step::run_patiently(&command, patience, |_| {})
    }
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo(arguments) => demo_command::run(&arguments),
        Command::App(arguments) => app_command::run(&arguments),
        Command::Checkpoint(arguments) => {
            program_command::run(program_command::CHECKPOINT, &arguments)
        }
        Command::Authority(arguments) => {
            program_command::run(program_command::AUTHORITY, &arguments)
        }
        Command::Test(arguments) => test_command::run(&arguments),
        Command::Bindings(arguments) => bindings_command::run(&arguments),
        Command::Android(arguments) => android_command::run(&arguments),
        Command::CheckTargets => check_targets::run(),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Mutants(arguments) => mutants_command::run(&arguments),
        Command::Supervise(arguments) => return supervise::run(&arguments),
        Command::Step(arguments) => arguments.run(),
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
