//! The authority as a process of its own, over TLS.
//!
//! Invariant: the process does not outlive its [`AuthorityProcess`].

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;

use health_code_core::citizen::{CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::sync::HttpConfig;
use health_code_core::system::{SystemClock, SystemEntropy};
use health_code_core::testing::key_guard::FixedKeyGuard;

/// A running authority.
#[derive(Debug)]
pub struct AuthorityProcess {
    /// URL, without a slash at the end.
    pub url: String,
    /// Data folder.
    pub data: PathBuf,
    child: Child,
}

impl AuthorityProcess {
    /// Starts `program` on `data` and a free port, with these further arguments; returns once it says `READY`.
    /// Its log is appended to `DATA/stderr.log`.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(program: &str, data: &Path, arguments: &[&str]) -> Self {
        Self::start_with(Command::new(program), data, arguments)
    }

    /// The same for a command that runs the program, such as a tracer with the program as its last argument.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start_with(mut command: Command, data: &Path, arguments: &[&str]) -> Self {
        std::fs::create_dir_all(data).expect("a data folder");
        let log = File::options()
            .create(true)
            .append(true)
            .open(data.join("stderr.log"))
            .expect("a log");
        let mut child = command
            .arg("--data")
            .arg(data)
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        out.read_line(&mut line).expect("a line");
        let url = line
            .trim()
            .strip_prefix("READY ")
            .unwrap_or_else(|| {
                let log = std::fs::read_to_string(data.join("stderr.log"));
                panic!("it said {line:?}, log: {}", log.unwrap_or_default())
            })
            .to_owned();
        Self {
            url,
            data: data.to_owned(),
            child,
        }
    }

    /// The CA to trust, PEM.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn ca_pem(&self) -> Vec<u8> {
        std::fs::read(self.data.join("ca.pem")).expect("a CA")
    }

    /// The national root's public key, where it has one of its own.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn root_key(&self) -> [u8; 32] {
        let hex = std::fs::read_to_string(self.data.join("root-key.hex")).expect("a root");
        let bytes = data_encoding::HEXLOWER.decode(hex.trim().as_bytes());
        bytes.expect("hex").try_into().expect("32 bytes")
    }

    /// A phone of this authority's, with `folder` for its store, that trusts this root; clock and network are the system's.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_phone(&self, folder: &Path, root_key: [u8; 32]) -> HealthCode {
        let config = CitizenConfig {
            base_url: self.url.clone(),
            root_key,
            language: "en".to_owned(),
            http: HttpConfig {
                roots_pem: self.ca_pem(),
                pins: None,
            },
        };
        let ports = CitizenPorts {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            key_guard: Arc::new(FixedKeyGuard::new(9)),
            device_signer: None,
            subject_keys: None,
            transport: None,
            observer: None,
        };
        HealthCode::open(folder, config, ports).expect("a phone")
    }

    /// Everything it logged.
    ///
    /// # Panics
    /// If there is no log.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data.join("stderr.log")).expect("a log")
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it with SIGKILL, at once.
    ///
    /// # Panics
    /// If that fails.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Sends SIGTERM; it goes on until its running requests are done.
    ///
    /// # Panics
    /// If that fails.
    pub fn terminate(&self) {
        let sent = Command::new("kill")
            .arg("-TERM")
            .arg(self.child.id().to_string())
            .status();
        assert!(sent.expect("kill is there").success());
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// If that fails.
    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("ends")
    }
}

impl Drop for AuthorityProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ids of the uploads in the database of a data folder, whoever's they are.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn stored_uploads(data: &Path) -> HashSet<String> {
    let connection = rusqlite::Connection::open(data.join("authority.sqlite")).expect("opens");
    let mut statement = connection
        .prepare("SELECT substr(key, 2) FROM records WHERE kind = 4")
        .expect("SQL");
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0));
    rows.expect("rows")
        .map(|id| uuid::Uuid::from_bytes(id.expect("an id")).to_string())
        .collect()
}
