//! `cargo xtask bench`: the benchmarks, in release mode, one after the other.

use clap::Args;

use crate::step;

/// What to measure.
#[derive(Args)]
pub struct BenchArguments {
    /// One of the benchmarks; all when left out.
    #[arg(value_parser = BENCHES)]
    name: Option<String>,
}

const BENCHES: [&str; 10] = [
    "code",
    "citizen",
    "qr",
    "store",
    "authority",
    "batch",
    "kotlin",
    "swift",
    "app",
    "size",
];

/// Runs them; whether all ended well. No time makes it fail: machines are noisy.
pub fn run(arguments: &BenchArguments) -> bool {
    let chosen = BENCHES
        .iter()
        .filter(|name| arguments.name.as_deref().is_none_or(|only| only == **name));
    let mut all_well = true;
    for name in chosen {
        all_well &= match *name {
            "kotlin" => crate::test_command::kotlin::call_costs(),
            "swift" => crate::test_command::swift::call_costs(),
            "app" => crate::app_command::bench::run(),
            "size" => crate::bindings_command::sizes(),
            _ => step::run(
                &format!("bench {name} (release build, prints a table)"),
                step::cargo()
                    .args(["bench", "--package", "health-code-benches"])
                    .args(["--bench", name, "--features", name]),
            ),
        };
    }
    all_well
}
