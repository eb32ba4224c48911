//! The project's commands. `cargo xtask --help` lists them.
//!
//! Invariant: each command does its own set-up, says what it does, and fails loudly.

mod bench;
mod bindings_command;
mod check_targets;
mod demo_command;
mod step;
mod swift_toolchain;
mod test_command;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Run all checks and tests, or one part. Installs what it needs.
    Test(test_command::TestArguments),
    /// Make the library and the Kotlin and Swift that call it, under target/bindings.
    Bindings(bindings_command::BindingsArguments),
    /// Type-check the bindings for Android and iOS; needs neither an NDK nor an Apple SDK.
    CheckTargets,
    /// Measure, in release mode; prints tables with ratios.
    Bench(bench::BenchArguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo(arguments) => demo_command::run(&arguments),
        Command::Test(arguments) => test_command::run(&arguments),
        Command::Bindings(arguments) => bindings_command::run(&arguments),
        Command::CheckTargets => check_targets::run(),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
