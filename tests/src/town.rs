//! A town: the authority with its data folder, its officers and its clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use serde::Serialize;
use serde::de::DeserializeOwned;

use health_code_authority::{
    AppealDecisionOrder, AppealRequestOrder, CareOrder, CareOrderAnswer, CodeAct, CodeOrder,
    ColourChangeAnswer, ColourOrder, Config, DccAct, DccOrder, MoveAnswer, MoveOrder,
    OfficerSignature, Order, PaperAct, PaperAnswer, PaperOrder, PublicationAnswer,
    PublicationOrder, RunningAuthority, SignedOrder, SignedPaperOrder, SystemEntropy,
    content_sha256, keys, sign_code_order, sign_order, sign_paper_order, start,
};
use health_code_core::cancel::CancelHandle;
use health_code_core::capability::identity_proof::ActivationCode;
use health_code_core::code::Checkpoint;
use health_code_core::colour::{Colour, Reason};
use health_code_core::ports::{Clock, Entropy, HttpRequest, HttpResponse, Transport};
use health_code_core::sync::{HttpConfig, HttpTransport};
use health_code_core::testing::clock::FixedClock;
use health_code_core::trust::{StatusList, TrustBundle};
use health_code_core::wire::Problem;

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

    /// Both officers change a colour. `previous` is the hex head of the citizen's chain.
    pub fn change_colour(
        &self,
        citizen_id: &str,
        colour: Colour,
        reason: Reason,
        previous: &str,
    ) -> ColourChangeAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = ColourOrder {
            id: new_id(at_ms),
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            colour,
            reason,
            at: at_ms / 1_000,
            previous: previous.to_owned(),
        };
        self.post("colour-changes", &self.signed(&order))
    }

    /// Both officers move who has this resident identity number to the device with this id.
    pub fn move_device(&self, document_number: &str, device_id: &str) -> MoveAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = MoveOrder {
            id: new_id(at_ms),
            document_kind: "resident_id".to_owned(),
            document_number: document_number.to_owned(),
            new_document_kind: None,
            new_document_number: None,
            device_id: device_id.to_owned(),
            at: at_ms / 1_000,
        };
        self.post("moves", &self.signed(&order))
    }

    /// One officer asks at the desk for what is to be done with a citizen's sheets of paper.
    pub fn order_paper(&self, citizen_id: &str, act: PaperAct, days: Option<u8>) -> PaperAnswer {
        self.post("papers", &self.paper_order(citizen_id, act, days))
    }

    /// What the officer posts.
    #[must_use]
    pub fn paper_order(
        &self,
        citizen_id: &str,
        act: PaperAct,
        days: Option<u8>,
    ) -> SignedPaperOrder {
        let at_ms = self.clock.read().wall_ms;
        let order = PaperOrder {
            id: new_id(at_ms),
            act,
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            days,
            at: at_ms / 1_000,
        };
        let order = serde_json::to_vec(&order).expect("JSON");
        let path = self.config.data.join("officers/officer-1.key");
        let key = keys::read_key_file(&path).expect("a key");
        sign_paper_order(&order, "officer-1", &key)
    }

    /// Both officers let the owner of this device care for who has this document.
    pub fn order_care(
        &self,
        document_kind: &str,
        document_number: &str,
        device_id: &str,
    ) -> CareOrderAnswer {
        let at_ms = self.clock.read().wall_ms;
        let order = CareOrder {
            id: new_id(at_ms),
            document_kind: document_kind.to_owned(),
            document_number: document_number.to_owned(),
            device_id: device_id.to_owned(),
            at: at_ms / 1_000,
        };
        self.post("care-orders", &self.signed(&order))
    }

    /// Both officers decide an appeal; the status and body of the answer.
    pub fn decide_appeal(&self, order: &AppealDecisionOrder) -> HttpResponse {
        let body = serde_json::to_vec(&self.signed(order)).expect("JSON");
        self.request("POST", "/v1/admin/appeal-decisions", body)
    }

    /// One officer asks for more on an appeal; the status and body of the answer.
    pub fn ask_on_appeal(&self, citizen_id: &str, appeal: &str, reason: &str) -> HttpResponse {
        let order = AppealRequestOrder {
            id: self.new_id(),
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            appeal: appeal.to_owned(),
            reason: reason.to_owned(),
            text: None,
            at: self.now(),
        };
        let mut signed = self.signed(&order);
        signed.signatures.truncate(1);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/appeal-requests", body)
    }

    /// So many officers say what is to be done with a citizen's certificates.
    pub fn order_dcc(
        &self,
        citizen_id: &str,
        act: DccAct,
        certificate: Option<&str>,
        officers: usize,
    ) -> HttpResponse {
        let at_ms = self.clock.read().wall_ms;
        let order = DccOrder {
            id: new_id(at_ms),
            act,
            citizen_id: citizen_id.to_owned(),
            subject: health_code_core::wire::SubjectId::OWNER,
            certificate: certificate.map(str::to_owned),
            at: at_ms / 1_000,
        };
        let mut signed = self.signed(&order);
        signed.signatures.truncate(officers);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/certificates", body)
    }

    /// A new id of an order.
    #[must_use]
    pub fn new_id(&self) -> String {
        new_id(self.clock.read().wall_ms)
    }

    /// Both officers publish a bundle.
    pub fn publish(
        &self,
        kind: &str,
        name: &str,
        version: u64,
        content: &[u8],
    ) -> PublicationAnswer {
        let signed = self.publication(kind, name, version, content);
        self.post("publications", &signed)
    }

    /// The code for which what both officers publish is refused.
    pub fn publish_refused(&self, kind: &str, name: &str, version: u64, content: &[u8]) -> String {
        let signed = self.publication(kind, name, version, content);
        let body = serde_json::to_vec(&signed).expect("JSON");
        let answer = self.request("POST", "/v1/admin/publications", body);
        assert_eq!(answer.status, 422, "published");
        let problem: Problem = serde_json::from_slice(&answer.body).expect("a problem");
        assert_eq!(problem.field.as_deref(), Some("content"));
        problem.field_code.expect("a code")
    }

    fn publication(
        &self,
        kind: &str,
        name: &str,
        version: u64,
        content: &[u8],
    ) -> SignedOrder<PublicationOrder> {
        let at_ms = self.clock.read().wall_ms;
        let order = PublicationOrder {
            id: new_id(at_ms),
            kind: kind.to_owned(),
            name: name.to_owned(),
            version,
            sha256: content_sha256(content),
            at: at_ms / 1_000,
        };
        self.signed(&order).with_content(content)
    }

    /// The order with both officers' signatures.
    fn signed<O: Order>(&self, order: &O) -> SignedOrder<O> {
        let bytes = serde_json::to_vec(order).expect("JSON");
        let signatures = self.by_both_officers(|name, key| sign_order::<O>(&bytes, name, key));
        SignedOrder::new(&bytes, signatures)
    }

    /// What an officer of the desk asks about activation codes, signed by the first one.
    pub fn desk(&self, change: impl FnOnce(CodeOrder) -> CodeOrder) -> HttpResponse {
        let at_ms = self.clock.read().wall_ms;
        let order = change(CodeOrder {
            id: new_id(at_ms),
            act: CodeAct::List,
            document_kind: None,
            document_number: None,
            name: None,
            code_sha256: None,
            days: None,
            code_id: None,
            at: at_ms / 1_000,
        });
        let path = self.config.data.join("officers/officer-1.key");
        let key = keys::read_key_file(&path).expect("a key");
        let signed = sign_code_order(&order, "officer-1", &key);
        let body = serde_json::to_vec(&signed).expect("JSON");
        self.request("POST", "/v1/admin/activation-codes", body)
    }

    /// A code for who has this resident identity number, as it is read from the sheet.
    #[must_use]
    pub fn activation_code(&self, document_number: &str) -> String {
        let code = ActivationCode::generate(&SystemEntropy).expect("a code");
        let answer = self.desk(|order| CodeOrder {
            act: CodeAct::Make,
            document_kind: Some("resident_id".to_owned()),
            document_number: Some(document_number.to_owned()),
            code_sha256: Some(HEXLOWER.encode(&code.sha256())),
            ..order
        });
        assert_eq!(
            answer.status,
            201,
            "{}",
            String::from_utf8_lossy(&answer.body)
        );
        code.in_groups()
    }

    /// Changes the settings of the authority, which is stopped.
    pub fn configure(&mut self, change: impl FnOnce(&mut Config)) {
        assert!(self.running.is_none());
        change(&mut self.config);
    }

    /// The key of an officer, for who cheats.
    #[must_use]
    pub fn officer_key(&self, name: &str) -> SigningKey {
        let path = self.config.data.join(format!("officers/{name}.key"));
        keys::read_key_file(&path).expect("a key")
    }

    /// The key that signs receipts, for who cheats.
    #[must_use]
    pub fn issuer_signing_key(&self) -> SigningKey {
        keys::read_key_file(&self.config.issuer_key_path()).expect("a key")
    }

    fn by_both_officers(
        &self,
        sign: impl Fn(&str, &SigningKey) -> OfficerSignature,
    ) -> Vec<OfficerSignature> {
        let sign = |name: &&str| {
            let path = self.config.data.join(format!("officers/{name}.key"));
            sign(name, &keys::read_key_file(&path).expect("a key"))
        };
        ["officer-1", "officer-2"].iter().map(sign).collect()
    }

    fn post<A: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> A {
        let body = serde_json::to_vec(body).expect("JSON");
        let answer = self.request("POST", &format!("/v1/admin/{path}"), body);
        assert!(
            (200..300).contains(&answer.status),
            "{} {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        serde_json::from_slice(&answer.body).expect("an answer")
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

fn new_id(at_ms: i64) -> String {
    let mut random = [0; 10];
    SystemEntropy.fill(&mut random).expect("random");
    let id = uuid::Builder::from_unix_timestamp_millis(at_ms.unsigned_abs(), &random).into_uuid();
    id.to_string()
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}
