//! A small authority in memory: what the phone's side is tested against without a socket.
//!
//! Invariant: it checks signatures, nonces and ids as a real one does, so a phone that passes here speaks the
//! protocol. It decides nothing: colours and refusals are set by the test.

mod answers;
mod decisions;
mod losses;
mod parts;
mod signatures;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use answers::{add_member, answer, header, json, problem, with_etag};

use parts::part_name;
use signatures::{check_signature, read_signature};

use super::clock::FixedClock;
use super::nation::{HANGZHOU, Nation};
use super::scripted_transport::{Server, path};
use crate::colour::{Colour, Reason};
use crate::encoding::{base64, hex};
use crate::ports::{Clock as _, HttpRequest, HttpResponse};
use crate::trust::{DevicePublicKey, sign_bundle};
use crate::wire::{
    self, BundleEntry, BundleIndex, BundleKind, ErasureAnswer, ErasureReceipt, NextSync,
    ProblemKind, RegistrationAnswer, StateAnswer, SubjectId, UploadAnswer,
};

/// Its address.
pub const BASE_URL: &str = "https://health.example";
/// Id of its one citizen, who may look after dependants.
pub const CITIZEN_ID: &str = "5f0c2b7e-0000-4000-8000-000000000001";

/// Alters a state answer before it goes out.
pub type Tamper = dyn Fn(&mut StateAnswer) + Send + Sync;

/// An authority without a network, a disk or TLS: it answers the requests of one phone.
pub struct MemoryAuthority {
    /// Its nation: it issues as Hangzhou.
    pub nation: Nation,
    clock: Arc<FixedClock>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a test has it do is independent of each other"
)]
struct Inner {
    device: Option<DevicePublicKey>,
    /// Taken uploads: path to body.
    uploads: BTreeMap<String, Vec<u8>>,
    /// Paths in the order they were taken; each once, however often it came.
    order: Vec<String>,
    nonces: BTreeSet<String>,
    nonces_made: u64,
    subjects: BTreeMap<SubjectId, Held>,
    revision: u64,
    bundles: Vec<(BundleEntry, Vec<u8>)>,
    refusals: BTreeMap<Vec<u8>, ProblemKind>,
    busy: Option<(ProblemKind, Option<String>)>,
    tamper: Option<Box<Tamper>>,
    next_sync: Option<NextSync>,
    supported: Option<(String, String)>,
    /// Answers to erasings, by the signature that asked.
    erased: BTreeMap<String, ErasureAnswer>,
    extra_member: bool,
    /// Under which id it registers; none for [`CITIZEN_ID`].
    citizen_id: Option<String>,
    /// It erases no owner who has dependants in care.
    keeps_owners: bool,
    /// It takes registrations and knows no device all the same.
    knows_nobody: bool,
    is_of_before_offered_keys: bool,
    /// Most credentials that it issues at once; none for one.
    batch: Option<u32>,
}

/// What it holds of one subject.
#[derive(Default)]
struct Held {
    /// What credentials are bound to; none for the owner's, which the device's key is.
    key: Option<DevicePublicKey>,
    /// The keys that the phone offered for the newest credentials, as many as it issues at once.
    offered: Vec<DevicePublicKey>,
    /// Whether credentials for them were asked for since the colour was decided.
    is_bound_to_offered: bool,
    colour: Option<(Colour, Reason)>,
    answer: Option<StateAnswer>,
    /// Tag and answer of each part.
    parts: BTreeMap<String, (String, Vec<u8>)>,
}

impl MemoryAuthority {
    /// By `clock`, the true time. It publishes the trust bundle and nothing else.
    #[must_use]
    pub fn new(clock: Arc<FixedClock>) -> Self {
        let authority = Self {
            nation: Nation::at(clock.read().wall_ms.div_euclid(1000)),
            clock,
            inner: Mutex::default(),
        };
        let version = authority.nation.trust.version;
        let trust = authority.nation.trust_bytes();
        authority.publish(&BundleKind::TRUST, "", version, &trust);
        authority
    }

    /// Publishes a bundle in the place of what had its kind and name.
    pub fn publish(&self, kind: &BundleKind, name: &str, version: u64, bytes: &[u8]) {
        let entry = BundleEntry {
            kind: kind.clone(),
            name: name.to_owned(),
            version,
            sha256: hex::encode(&Sha256::digest(bytes)),
            size: bytes.len() as u64,
        };
        let mut inner = self.lock();
        inner
            .bundles
            .retain(|(held, _)| (&held.kind, held.name.as_str()) != (kind, name));
        inner.bundles.push((entry, bytes.to_vec()));
    }

    /// Decides the owner's colour: the next state has a new receipt and a new credential.
    pub fn decide(&self, colour: Colour, reason: Reason) {
        self.decide_for(&SubjectId::OWNER, colour, reason);
    }

    /// Decides a subject's colour.
    pub fn decide_for(&self, subject: &SubjectId, colour: Colour, reason: Reason) {
        let mut inner = self.lock();
        inner.revision += 1;
        let held = inner.subjects.entry(subject.clone()).or_default();
        held.colour = Some((colour, reason));
        held.answer = None;
        held.is_bound_to_offered = false;
    }

    /// Takes a dependant in, whose credentials are bound to `key`.
    pub fn add_dependant(&self, subject: &SubjectId, key: DevicePublicKey) {
        let held = Held {
            key: Some(key),
            ..Held::default()
        };
        self.lock().subjects.insert(subject.clone(), held);
    }

    /// Refuses uploads with this body for good.
    pub fn refuse(&self, body: &[u8], kind: ProblemKind) {
        self.lock().refusals.insert(body.to_vec(), kind);
    }

    /// Answers everything with this problem, until set to none.
    pub fn set_busy(&self, busy: Option<(ProblemKind, Option<&str>)>) {
        self.lock().busy = busy.map(|(kind, retry_after)| (kind, retry_after.map(str::to_owned)));
    }

    /// Alters state answers before they go out.
    pub fn tamper(&self, tamper: Option<Box<Tamper>>) {
        let mut inner = self.lock();
        inner.tamper = tamper;
        inner.revision += 1;
    }

    /// When phones are to come again.
    pub fn set_next_sync(&self, next_sync: NextSync) {
        self.lock().next_sync = Some(next_sync);
    }

    /// What every answer says of the versions that it goes along with: both headers as they are.
    pub fn set_supported(&self, protocols: &str, oldest_app: &str) {
        self.lock().supported = Some((protocols.to_owned(), oldest_app.to_owned()));
    }

    /// Is an authority of a version that binds every credential to the device's own key.
    pub fn speak_of_before_offered_keys(&self) {
        self.lock().is_of_before_offered_keys = true;
    }

    /// Is one of today again.
    pub fn speak_of_offered_keys(&self) {
        self.lock().is_of_before_offered_keys = false;
    }

    /// Issues so many credentials at once, where as many keys are offered.
    pub fn set_batch(&self, count: u32) {
        self.lock().batch = Some(count);
    }

    /// Adds a member of tomorrow to every JSON answer and to every entry of the index.
    pub fn speak_of_tomorrow(&self) {
        self.lock().extra_member = true;
    }

    /// Taken uploads, path and body, in order; an upload that came twice is there once.
    #[must_use]
    pub fn uploads(&self) -> Vec<(String, Vec<u8>)> {
        let inner = self.lock();
        let mut uploads = Vec::new();
        for path in &inner.order {
            uploads.push((path.clone(), inner.uploads[path].clone()));
        }
        uploads
    }

    fn now_ms(&self) -> i64 {
        self.clock.read().wall_ms
    }

    fn handle(&self, request: &HttpRequest, inner: &mut Inner) -> HttpResponse {
        if let Some((kind, retry_after)) = &inner.busy {
            let mut answer = problem(*kind);
            if let Some(retry_after) = retry_after {
                answer
                    .headers
                    .push(("retry-after".to_owned(), retry_after.clone()));
            }
            return answer;
        }
        let target = path(&request.url).to_owned();
        match (request.method.as_str(), target.as_str()) {
            ("GET", "/v1/bundles") => {
                let bundles = inner.bundles.iter().map(|(entry, _)| entry.clone());
                let index = BundleIndex {
                    bundles: bundles.collect(),
                };
                with_etag(request, json(200, &index))
            }
            ("GET", target) if target.starts_with("/v1/bundles/") => {
                let hash = target.trim_start_matches("/v1/bundles/");
                match inner.bundles.iter().find(|(it, _)| it.sha256 == hash) {
                    Some((_, bytes)) => answer(200, wire::COSE, bytes.clone()),
                    None => problem(ProblemKind::NotFound),
                }
            }
            (wire::ERASE_METHOD, target) => self.erase(request, target, inner),
            _ => match check_signature(request, &target, inner) {
                Ok(key) => self.handle_signed(request, &target, key, inner),
                Err(kind) => problem(kind),
            },
        }
    }

    /// Erases a subject, as often as it is asked with the same signature.
    fn erase(&self, request: &HttpRequest, target: &str, inner: &mut Inner) -> HttpResponse {
        let signature = header(request, wire::SIGNATURE_HEADER).to_owned();
        if let Some(answer) = inner.erased.get(&signature) {
            return json(200, answer);
        }
        let erased = read_signature(request, target).and_then(|verifier| {
            let device = inner.device.filter(|key| verifier.is_by(Some(key)));
            let key = device.ok_or(ProblemKind::DeviceUnknown)?;
            let subject = SubjectId::of_path(target).ok_or(ProblemKind::SubjectUnknown)?;
            let has_dependants = inner.subjects.keys().any(|one| !one.is_owner());
            if inner.keeps_owners && subject.is_owner() && has_dependants {
                return Err(ProblemKind::DependantsRemain);
            }
            if inner.subjects.remove(&subject).is_none() && !subject.is_owner() {
                return Err(ProblemKind::SubjectUnknown);
            }
            let now = self.now_ms().div_euclid(1000);
            let citizen_id = CITIZEN_ID.to_owned();
            Ok(ErasureReceipt::answering(
                &verifier, &key, citizen_id, subject, now,
            ))
        });
        let receipt = match erased {
            Ok(receipt) => receipt,
            Err(kind) => return problem(kind),
        };
        if receipt.subject.is_owner() {
            inner.device = None;
        }
        let of_subject = format!("{}/", receipt.subject.path());
        inner
            .uploads
            .retain(|path, _| !path.starts_with(&of_subject));
        inner.order.retain(|path| !path.starts_with(&of_subject));
        let payload = serde_json::to_vec(&receipt).unwrap_or_default();
        let signed = sign_bundle(
            wire::ERASURE_TYPE,
            Some(receipt.erased_at),
            &payload,
            &self.nation.hangzhou,
        );
        let answer = ErasureAnswer {
            receipt: base64::encode_url(&signed.unwrap_or_default()),
            server_time_ms: self.now_ms(),
        };
        inner.erased.insert(signature, answer.clone());
        json(200, &answer)
    }

    fn handle_signed(
        &self,
        request: &HttpRequest,
        target: &str,
        key: DevicePublicKey,
        inner: &mut Inner,
    ) -> HttpResponse {
        let server_time_ms = self.now_ms();
        let is_registration = target == wire::SUBJECTS_PATH;
        let subject = if is_registration {
            SubjectId::OWNER
        } else {
            match SubjectId::of_path(target) {
                Some(subject) if subject.is_owner() || inner.subjects.contains_key(&subject) => {
                    subject
                }
                _ => return problem(ProblemKind::SubjectUnknown),
            }
        };
        if target == subject.path_below("state") {
            return self.state(request, &subject, key, inner);
        }
        if target == subject.path_below("credentials") && !inner.is_of_before_offered_keys {
            return self.offered(request, &subject, key, inner);
        }
        if let Some(name) = part_name(target, &subject) {
            return Self::part(name, &subject, inner);
        }
        if let Some(kind) = inner.refusals.get(&request.body) {
            return problem(*kind);
        }
        let below = target.strip_prefix(&subject.path()).unwrap_or_default();
        let id = match below.rsplit_once('/') {
            None if is_registration => header(request, "idempotency-key"),
            Some(("/declarations" | "/itineraries" | "/corrections", id)) => id,
            _ => return problem(ProblemKind::NotFound),
        };
        let place = if is_registration {
            format!("{target} {id}")
        } else {
            target.to_owned()
        };
        let status = match inner.uploads.get(&place) {
            Some(body) if *body == request.body => 200,
            Some(_) => return problem(ProblemKind::IdReused),
            None => {
                inner.uploads.insert(place.clone(), request.body.clone());
                inner.order.push(place);
                201
            }
        };
        if is_registration {
            inner.device = Some(key).filter(|_| !inner.knows_nobody);
            let citizen_id = inner.citizen_id.clone();
            let registered = RegistrationAnswer {
                citizen_id: citizen_id.unwrap_or_else(|| CITIZEN_ID.to_owned()),
                division: HANGZHOU,
                proof: None,
                server_time_ms,
            };
            return json(status, &registered);
        }
        let received_at = server_time_ms.div_euclid(1000);
        let taken = UploadAnswer {
            id: id.to_owned(),
            received_at,
            decided_by: below
                .starts_with("/corrections/")
                .then_some(received_at + 86_400),
            acknowledgement: None,
            acceptance: Some(format!("at-{received_at}")),
            server_time_ms,
        };
        json(status, &taken)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server for MemoryAuthority {
    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut inner = self.lock();
        let mut response = self.handle(request, &mut inner);
        inner.nonces_made += 1;
        let nonce = base64::encode_url(&Sha256::digest(inner.nonces_made.to_be_bytes())[..16]);
        inner.nonces.insert(nonce.clone());
        let headers = [
            (wire::NONCE_HEADER, nonce),
            (wire::TIME_HEADER, self.now_ms().to_string()),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        response.headers.extend(headers);
        let (protocols, oldest_app) = inner.supported.clone().unwrap_or_else(|| {
            (
                wire::PROTOCOL_VERSION.to_string(),
                wire::OLDEST_APP.to_owned(),
            )
        });
        let supported = [
            (wire::PROTOCOL_HEADER, protocols),
            (wire::OLDEST_APP_HEADER, oldest_app),
        ];
        let supported = supported.map(|(name, value)| (name.to_owned(), value));
        response.headers.extend(supported);
        if inner.extra_member {
            add_member(&mut response.body);
        }
        response
    }
}
