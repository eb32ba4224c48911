//! A checkpoint's folder, a citizen's phone, and the program run on them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;
use health_code_core::colour::{Colour, Reason};
use health_code_core::picture;
use health_code_core::picture::matrix;
use health_code_core::ports::DeviceSigner as _;
use health_code_core::testing::device_key::SoftwareP256;
use health_code_core::testing::nation::{Nation, sample_claims};
use image::{DynamicImage, GrayImage};
use serde_json::{Value, json};
use tempfile::TempDir;

/// 2026-11-24T08:00:00Z.
pub const AT: i64 = 1_795_507_200;

/// A checkpoint's folder and what stands around it.
pub struct Scene {
    pub nation: Nation,
    pub phone: SoftwareP256,
    pub folder: TempDir,
    pub at: i64,
}

pub struct Answer {
    pub exit_code: i32,
    pub line: Value,
    pub stderr: String,
}

impl Answer {
    pub fn is(&self, exit_code: i32, verdict: &str, reason: &str) {
        let got = (self.exit_code, &self.line["verdict"], &self.line["reason"]);
        assert_eq!(
            got,
            (exit_code, &json!(verdict), &json!(reason)),
            "{} {}",
            self.line,
            self.stderr
        );
    }
}

impl Scene {
    pub fn at(at: i64) -> Self {
        let scene = Self {
            nation: Nation::at(at),
            phone: SoftwareP256::from_seed(&[7; 32]),
            folder: TempDir::new().unwrap(),
            at,
        };
        scene.write("trust-bundle.cbor", &scene.nation.trust_bytes());
        scene
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    }

    pub fn code(&self) -> String {
        self.code_of(Colour::Green, Reason::Clear)
    }

    pub fn code_of(&self, colour: Colour, reason: Reason) -> String {
        let mut claims = sample_claims(self.phone.public_key().unwrap(), self.at);
        (claims.colour, claims.reason) = (colour, reason.into());
        self.nation.code(&claims, self.at, &self.phone)
    }

    pub fn png(&self, picture: impl Into<DynamicImage>) -> PathBuf {
        let file = self.folder.path().join("picture.png");
        picture.into().save(&file).unwrap();
        file
    }

    /// Runs the checkpoint at the scene's instant with its trust bundle and root key.
    pub fn check(&self, arguments: &[&str]) -> Answer {
        self.check_after(0, arguments)
    }

    pub fn check_after(&self, secs: i64, arguments: &[&str]) -> Answer {
        let at = chrono::DateTime::from_timestamp(self.at + secs, 0).unwrap();
        self.check_untimed(&[&["--at", &at.to_rfc3339()], arguments].concat(), "")
    }

    /// Runs the checkpoint with its trust bundle and root key.
    pub fn check_untimed(&self, arguments: &[&str], stdin: &str) -> Answer {
        let trust = self.folder.path().join("trust-bundle.cbor");
        let trust = ["--trust", trust.to_str().unwrap(), "--root", &self.root()];
        run(&[&trust, arguments].concat(), stdin)
    }

    pub fn root(&self) -> String {
        HEXLOWER.encode(&self.nation.root_key())
    }

    pub fn check_picture(&self, picture: impl Into<DynamicImage>) -> Answer {
        self.check_file(&self.png(picture))
    }

    pub fn check_file(&self, file: &Path) -> Answer {
        self.check(&["--image", file.to_str().unwrap()])
    }
}

pub fn run(arguments: &[&str], stdin: &str) -> Answer {
    run_in("en_GB.UTF-8", arguments, stdin)
}

/// As [`run`], in another locale.
pub fn run_in(locale: &str, arguments: &[&str], stdin: &str) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_health-code-checkpoint"))
        .args(arguments)
        .env("LC_ALL", locale)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program stops reading where a code cannot go on; the pipe may break then.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    Answer {
        exit_code: output.status.code().unwrap(),
        // Anything but one line of JSON, or one object and more, becomes null.
        line: serde_json::from_str(&stdout).unwrap_or_default(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn drawn(text: &str, pixels_per_module: u32) -> GrayImage {
    let file = picture::png(&matrix(text).unwrap(), pixels_per_module).unwrap();
    image::load_from_memory(&file).unwrap().into_luma8()
}
