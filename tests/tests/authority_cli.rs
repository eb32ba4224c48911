//! The authority's command line: officers, the national platform, settings.

use std::path::Path;
use std::process::{Command, Output};

use health_code_tests::authority_process::AuthorityProcess;
use health_code_tests::bare_phone::{Answer, send};

#[path = "authority_cli/activation_code.rs"]
mod activation_code;
#[path = "authority_cli/colour_change.rs"]
mod colour_change;
#[path = "authority_cli/device_move.rs"]
mod device_move;
#[path = "authority_cli/find_citizen.rs"]
mod find_citizen;
#[path = "authority_cli/national.rs"]
mod national;
#[path = "authority_cli/national_keys.rs"]
mod national_keys;
#[path = "authority_cli/paths.rs"]
mod paths;
#[path = "authority_cli/publish.rs"]
mod publish;
#[path = "authority_cli/region.rs"]
mod region;
#[path = "authority_cli/settings.rs"]
mod settings;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authority_under_test");

fn authority(data: &Path, arguments: &[&str]) -> AuthorityProcess {
    AuthorityProcess::start(PROGRAM, data, arguments)
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_remove("HEALTH_CODE_DATA");
    command.env("LC_ALL", "en_GB.UTF-8");
    command.output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

async fn get(client: &reqwest::Client, url: String) -> Answer {
    send(client.get(url)).await.expect("an answer")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
