//! The authority as an operator runs it: its own program, its own commands.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;
use health_code_core::trust::key_id;
use health_code_core::words::LanguageTag;

use crate::Failure;
use crate::supervised::{Supervised, Supervisor};

/// The authority's program and its data.
pub struct Authority {
    program: PathBuf,
    supervisor: Supervisor,
    data: PathBuf,
    /// Of what its commands say of a failure.
    language: LanguageTag,
    running: Option<Supervised>,
    /// `https://127.0.0.1:PORT` while it runs.
    pub base_url: String,
    /// Name of its status list: the issuer key's id, hex.
    pub issuer_name: String,
}

impl Authority {
    /// Prepares keys and the national trust bundle with two regions in `data`.
    pub fn prepare(
        program: &Path,
        supervisor: Supervisor,
        data: &Path,
        language: LanguageTag,
    ) -> Result<Self, Failure> {
        let mut authority = Self {
            program: program.to_owned(),
            supervisor,
            data: data.to_owned(),
            language,
            running: None,
            base_url: String::new(),
            issuer_name: String::new(),
        };
        std::fs::create_dir_all(data)?;
        let root =
            authority.command(&["national", "keygen", "--out", &authority.path("root.key")])?;
        let hangzhou =
            authority.command(&["keys", "issuer", "--out", &authority.path("issuer.key")])?;
        let wuhan =
            authority.command(&["keys", "issuer", "--out", &authority.path("wuhan.key")])?;
        std::fs::write(data.join("root-key.hex"), format!("{root}\n"))?;
        authority.command(&[
            "national",
            "trust-bundle",
            "--root-key",
            &authority.path("root.key"),
            "--region",
            &format!("330100:zh=杭州市,en=Hangzhou,ko=항저우,ar=هانغتشو:{hangzhou}"),
            "--region",
            &format!("420100:zh=武汉市,en=Wuhan,ko=우한,ar=ووهان:{wuhan}"),
            "--out",
            &authority.path("trust-bundle.cbor"),
        ])?;
        let issuer: [u8; 32] = HEXLOWER
            .decode(hangzhou.as_bytes())?
            .as_slice()
            .try_into()?;
        authority.issuer_name = HEXLOWER.encode(&key_id(&issuer));
        Ok(authority)
    }

    /// Starts the server and waits until it says that it is ready. Keeps its port from the second start on.
    pub fn start(&mut self) -> Result<(), Failure> {
        let listen = self
            .base_url
            .strip_prefix("https://")
            .unwrap_or("127.0.0.1:0")
            .to_owned();
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.data.join("authority.log"))?;
        let arguments = [
            "--data",
            &self.data.to_string_lossy(),
            "--listen",
            &listen,
            "--division",
            "330100",
        ];
        let (running, stdout) = self.supervisor.start(&self.program, &arguments, log)?;
        self.running = Some(running);
        for line in BufReader::new(stdout).lines() {
            if let Some(url) = line?.strip_prefix("READY ") {
                url.clone_into(&mut self.base_url);
                return Ok(());
            }
        }
        Err(format!(
            "the authority stopped before it was ready; see {}",
            self.path("authority.log")
        )
        .into())
    }

    /// Stops the server and makes sure that nobody answers any more.
    pub fn stop(&mut self) -> Result<(), Failure> {
        drop(self.running.take());
        let address = self.base_url.trim_start_matches("https://");
        match std::net::TcpStream::connect(address) {
            Err(_) => Ok(()),
            Ok(_) => Err("somebody still answers on the authority's port".into()),
        }
    }

    /// The officers named sign a change of colour and submit it.
    pub fn change_colour(
        &self,
        citizen_id: &str,
        colour: &str,
        reason: &str,
        officers: &[&str],
    ) -> Result<(), Failure> {
        let keys: Vec<String> = officers
            .iter()
            .map(|officer| self.path(&format!("officers/{officer}.key")))
            .collect();
        let ca = self.path("ca.pem");
        let mut arguments = vec!["colour-change", "apply", "--citizen", citizen_id];
        arguments.extend(["--colour", colour, "--reason", reason]);
        for key in &keys {
            arguments.extend(["--officer-key", key]);
        }
        arguments.extend(["--url", &self.base_url, "--ca", &ca]);
        self.command(&arguments)?;
        Ok(())
    }

    /// A file of the authority's data.
    pub fn file(&self, name: &str) -> Result<Vec<u8>, Failure> {
        std::fs::read(self.data.join(name)).map_err(|error| format!("{name}: {error}").into())
    }

    /// The national root's public key.
    pub fn root_key(&self) -> Result<[u8; 32], Failure> {
        let hex = self.file("root-key.hex")?;
        let bytes = HEXLOWER.decode(hex.trim_ascii())?;
        bytes
            .try_into()
            .map_err(|_| "the root key is not 32 bytes long".into())
    }

    fn path(&self, name: &str) -> String {
        self.data.join(name).to_string_lossy().into_owned()
    }

    /// Runs one of the program's commands; its standard output, trimmed.
    fn command(&self, arguments: &[&str]) -> Result<String, Failure> {
        let output = Command::new(&self.program)
            .args(arguments)
            .args(["--lang", self.language.as_str()])
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            let complaint = String::from_utf8_lossy(&output.stderr);
            return Err(
                format!("health-code-authority {}: {complaint}", arguments.join(" ")).into(),
            );
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}
