//! The program `health-code-authority`; everything is in the library.

fn main() -> std::process::ExitCode {
    health_code_authority::cli::main()
}
