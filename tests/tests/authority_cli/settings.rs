//! Settings: flags, environment, file, defaults; what they refuse.

use std::process::Command;

use super::{PROGRAM, run, text};

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("authority.toml");
    std::fs::write(
        &file,
        "division = 420100\ndevice_burst = 7\ncorrection_days = 9\n",
    )
    .expect("written");
    let print = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command
            .env("HEALTH_CODE_DATA", folder.path())
            .arg("--print-config")
            .args(arguments);
        command.envs(environment.iter().copied());
        let done = command.output().expect("runs");
        (done.status.code(), text(&done.stdout), text(&done.stderr))
    };
    let (_, said, _) = print(
        &[
            ("HEALTH_CODE_DEVICE_BURST", "8"),
            ("HEALTH_CODE_DIVISION", "110100"),
        ],
        &["--division", "310100"],
    );
    for line in [
        "division = 310100",
        "device_burst = 8",
        "correction_days = 9",
        "clock_skew_secs = 300",
    ] {
        assert!(said.lines().any(|one| one == line), "{line} in {said}");
    }
    // What it prints can be read again.
    std::fs::write(&file, &said).expect("written");
    assert_eq!(print(&[], &[]).1, said);
    let (code, _, error) = print(&[], &["--correction-days", "0"]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("config_invalid") && error.contains("correction_days = 0, may be 1 to 60"),
        "{error}"
    );
    std::fs::write(&file, "division = 330100\nno_such_setting = 1\n").expect("written");
    let (code, _, error) = print(&[], &[]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("config_key_unknown") && error.contains("authority.toml:2: no_such_setting"),
        "{error}"
    );
    assert_eq!(print(&[], &["--no-such-flag"]).0, Some(2));
    let help = run(&["--help"]);
    let help = text(&help.stdout);
    assert!(help.contains("Examples:") && help.contains("[default: 127.0.0.1:8443]"));
    assert!(text(&run(&["--version"]).stdout).starts_with("health-code-authority "));
}
