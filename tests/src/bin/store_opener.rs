//! Opens a store, which migrates it where it is of an older schema: the child of the migration's tests.
//!
//! `store_opener DIR GUARD`: GUARD is the byte of the key guard. Prints the most memory that it had before and after
//! opening, in KiB, and the CPU time that it took, in milliseconds (0 where the system does not say); or the error's
//! code, and ends with 4.
#![expect(clippy::print_stdout, reason = "the parent reads it")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use health_code_core::store::{SealedStore, SledStore};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, dir, guard] = arguments.as_slice() else {
        return ExitCode::from(2);
    };
    let Ok(guard) = guard.parse() else {
        return ExitCode::from(2);
    };
    let before = most_memory_kib();
    let opened = SledStore::open(Path::new(dir)).and_then(|records| {
        let guard = FixedKeyGuard::new(guard);
        SealedStore::open(Arc::new(records), &guard, Arc::new(SystemEntropy))
    });
    match opened {
        Ok(_store) => {
            println!("{before} {} {}", most_memory_kib(), cpu_ms());
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{}", error.code());
            ExitCode::from(4)
        }
    }
}

fn most_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// User and system time of the process, in clock ticks of 10 ms (proc(5)).
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let times = after_name.split_whitespace().skip(11).take(2);
    times
        .filter_map(|ticks| ticks.parse::<u64>().ok())
        .sum::<u64>()
        * 10
}
