//! The authority's program, built beside the tests so that they can start, stop and kill it.

fn main() -> std::process::ExitCode {
    health_code_authority::cli::main()
}
