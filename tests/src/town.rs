//! A town: the authority with its data folder, its officers and its clock.

mod officers;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use health_code_authority::{Config, RunningAuthority, SystemEntropy, keys, start};
use health_code_core::cancel::CancelHandle;
use health_code_core::code::Checkpoint;
use health_code_core::ports::{Clock, Entropy, HttpRequest, HttpResponse, Transport};
use health_code_core::sync::{HttpConfig, HttpTransport};
use health_code_core::testing::clock::FixedClock;
use health_code_core::trust::{StatusList, TrustBundle};

/// 2026-11-24T02:00:00Z, ten in the morning in Hangzhou.
pub const MORNING_MS: i64 = 1_795_485_600_000;

/// An authority over TLS with a root of its own, and the phones that talk to it.
pub struct Town {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    running: Option<RunningAuthority>,
    config: Config,
    /// The true time, and the authority's.
    pub clock: Arc<FixedClock>,
    /// `https://127.0.0.1:PORT`, the same after a restart.
    pub base_url: String,
    /// The authority's development CA.
    pub ca_pem: Vec<u8>,
    /// The national root's public key.
    pub root_key: [u8; 32],
    issuer_key: [u8; 32],
}

impl Town {
    /// A town with the rule set of Hangzhou.
    #[must_use]
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// A town whose authority is configured by `change`.
    #[must_use]
    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::for_development(&folder.path().join("authority"));
        change(&mut config);
        let mut town = Self {
            folder,
            runtime: tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            running: None,
            config,
            clock: Arc::new(FixedClock::new(MORNING_MS)),
            base_url: String::new(),
            ca_pem: Vec::new(),
            root_key: [0; 32],
            issuer_key: [0; 32],
        };
        town.start();
        town
    }

    /// Starts the authority, on the same port as before.
    pub fn start(&mut self) {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let running = self
            .runtime
            .block_on(start(self.config.clone(), clock, entropy))
            .expect("an authority");
        self.config.listen = running.addr;
        self.base_url.clone_from(&running.base_url);
        self.ca_pem = running.ca_pem.clone().into_bytes();
        self.root_key = running.root_public_key;
        self.issuer_key = running.issuer_public_key;
        self.running = Some(running);
    }

    /// Stops the authority: nobody answers any more.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            self.runtime.block_on(running.shutdown());
        }
        std::net::TcpStream::connect(self.config.listen).expect_err("the port is closed");
    }

    /// The nation signs the trust bundle anew, a version higher, good for another year; the authority is started with it where it was
    /// running.
    pub fn change_trust(&mut self, change: impl FnOnce(&mut TrustBundle)) {
        let was_running = self.running.is_some();
        if was_running {
            self.stop();
        }
        let path = self.config.trust_bundle_path();
        let bytes = std::fs::read(&path).expect("a trust bundle");
        let now = self.now();
        let mut trust = TrustBundle::open(&bytes, &self.root_key, now, 0).expect("opens");
        trust.version += 1;
        trust.issued_at = now;
        trust.expires_at = now + 365 * 86_400;
        change(&mut trust);
        let root = self.config.data.join("national-root.key");
        let root = keys::read_key_file(&root).expect("the root's key");
        std::fs::write(&path, trust.sign(&root).expect("signed")).expect("written");
        if was_running {
            self.start();
        }
    }

    /// Copies the database of the authority, which is stopped.
    pub fn copy_database(&self, to: &Path) {
        std::fs::create_dir_all(to).expect("a folder");
        for file in self.database_files() {
            let name = file.file_name().expect("a name");
            std::fs::copy(&file, to.join(name)).expect("copied");
        }
    }

    /// Puts a copy in the place of the database of the authority, which is stopped.
    pub fn put_back_database(&self, from: &Path) {
        for file in self.database_files() {
            std::fs::remove_file(file).expect("removed");
        }
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            std::fs::copy(entry.path(), self.config.data.join(entry.file_name()))
                .expect("put back");
        }
    }

    fn database_files(&self) -> Vec<PathBuf> {
        let database = self.database();
        let name = database
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let folder = std::fs::read_dir(&self.config.data).expect("the folder");
        let entries = folder.map(|entry| entry.expect("an entry").path());
        let is_of_it = |path: &PathBuf| {
            let found = path.file_name().expect("a name").to_string_lossy();
            found.starts_with(&name)
        };
        entries.filter(is_of_it).collect()
    }

    /// A folder of the town's for a phone's data.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The authority's database, to look into.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.config.database_path()
    }

    /// The core's own HTTPS, trusting this town's CA.
    #[must_use]
    pub fn https(&self, clock: Arc<dyn Clock>) -> Arc<dyn Transport> {
        let config = HttpConfig {
            roots_pem: self.ca_pem.clone(),
            pins: None,
        };
        Arc::new(HttpTransport::new(&config, clock).expect("HTTPS"))
    }

    /// One request, outside of any phone.
    pub fn request(&self, method: &str, path: &str, body: Vec<u8>) -> HttpResponse {
        self.request_of_type(method, path, "application/json", body)
    }

    /// One request with a body of this content type.
    pub fn request_of_type(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> HttpResponse {
        let request = HttpRequest {
            method: method.to_owned(),
            url: format!("{}{path}", self.base_url),
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body,
        };
        let https = self.https(self.clock.clone());
        https
            .send(request, 10_000, &CancelHandle::new())
            .expect("an answer")
    }

    /// Changes the settings of the authority, which is stopped.
    pub fn configure(&mut self, change: impl FnOnce(&mut Config)) {
        assert!(self.running.is_none());
        change(&mut self.config);
    }

    /// The key that signs receipts, for who cheats.
    #[must_use]
    pub fn issuer_signing_key(&self) -> SigningKey {
        keys::read_key_file(&self.config.issuer_key_path()).expect("a key")
    }

    /// A checkpoint of the town with what a phone's last sync brought.
    #[must_use]
    pub fn checkpoint(&self, trust: &[u8], status_lists: &[Vec<u8>]) -> Checkpoint {
        let at = self.now();
        let trust = TrustBundle::open(trust, &self.root_key, at, 0).expect("trust");
        let checkpoint = Checkpoint::new(trust, None, None);
        for list in status_lists {
            let list = StatusList::open(list, checkpoint.trust(), at, 0).expect("a list");
            checkpoint.add_status_list(list).expect("no gap");
        }
        checkpoint
    }

    /// The true time, Unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.clock.read().wall_ms / 1_000
    }
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}
