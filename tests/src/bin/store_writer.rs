//! Writes to a store and says on standard output what was acknowledged: the child of the crash tests.
//!
//! `store_writer DIR FIRST COUNT`: batch number n, from FIRST on, puts two records under `n` (of two kinds),
//! deletes those of batch n - 20, and then prints `n`. After a failed batch it prints the error's code, the code that
//! the next write gives and the one that a read gives (or `read`), and ends with 3; where the store does not open it
//! prints the code and ends with 4.
#![expect(clippy::print_stdout, reason = "the parent reads it")]

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use health_code_tests::store_writing::{LAST, batch, open};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, dir, first, count] = arguments.as_slice() else {
        return ExitCode::from(2);
    };
    let (Ok(first), Ok(count)) = (first.parse::<u64>(), count.parse::<u64>()) else {
        return ExitCode::from(2);
    };
    let store = match open(Path::new(dir)) {
        Ok(store) => store,
        Err(error) => {
            println!("{}", error.code());
            return ExitCode::from(4);
        }
    };
    let say = |text: &str| {
        let mut out = std::io::stdout().lock();
        // The parent may be gone.
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    };
    say("open");
    for number in first..first.saturating_add(count) {
        match store.apply(&batch(number)) {
            Ok(()) => say(&number.to_string()),
            Err(error) => {
                say(error.code());
                say(store
                    .apply(&batch(number))
                    .map_or_else(|error| error.code(), |()| "written"));
                let read = store.read(&LAST.for_this_phone());
                say(read.map_or_else(|error| error.code(), |_| "read"));
                return ExitCode::from(3);
            }
        }
    }
    ExitCode::SUCCESS
}
