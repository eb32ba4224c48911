//! The program `health-code-checkpoint`; everything is in the library.

fn main() -> std::process::ExitCode {
    health_code_checkpoint::main()
}
