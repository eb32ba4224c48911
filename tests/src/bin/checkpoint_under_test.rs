//! The checkpoint's program, built beside the tests so that a door in them is a real one.

fn main() -> std::process::ExitCode {
    health_code_checkpoint::main()
}
