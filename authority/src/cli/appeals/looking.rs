//! What the database holds of appeals that wait.
//!
//! Invariant: reads alone, beside a server or without one.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use health_code_core::capability::appeals::{Appeal, AppealAddition, EvidenceEntry};
use health_code_core::ports::Clock as _;
use health_code_core::wire::SubjectId;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app;
use crate::capability::appeals::{
    ADDITION, Appeals, KeptAppeal, KeptRequest, piece_bytes, piece_place, place_of,
};
use crate::cases::records::{DecisionRecord, OrdersHead, kinds};
use crate::cases::register::spaces;
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::files;
use crate::keys::read_storage_key;
use crate::store::{CitizenId, Kind, Look, RowKey, Sealer, StoreError};
use crate::system::SystemClock;

/// Places read in one go.
const AT_ONCE: u32 = 1_000;

/// The database, and what opens its rows.
pub(super) struct Looking {
    look: Look,
    sealer: Sealer,
    config: Config,
}

/// An appeal that waits, and whose it is.
pub(super) struct Named {
    citizen: CitizenId,
    subject: SubjectId,
    appeal: KeptAppeal,
}

impl Looking {
    pub(super) fn open(config: &Config) -> Result<Self, AuthorityError> {
        let storage_key = read_storage_key(&config.data.join("storage.key"))?;
        let sealer = Sealer::new(&storage_key);
        let check = sealer.hash("storage key", &[]);
        let look = Look::open(&config.database_path(), &check);
        Ok(Self {
            look: look.map_err(|error| app::refused(config, error))?,
            sealer,
            config: config.clone(),
        })
    }

    /// A line for each that waits, the one with the earliest deadline first: those past it come before all others.
    pub(super) fn list(&self) -> Result<Vec<Value>, AuthorityError> {
        let now = SystemClock.read().wall_ms.div_euclid(1_000);
        let mut all = self.waiting()?;
        all.sort_by_key(|named| named.appeal.decide_by);
        let lines = all.iter().map(|named| {
            json!({
                "appeal": named.appeal.id,
                "citizenId": named.citizen.to_string(),
                "subject": named.subject,
                "receivedAt": named.appeal.received_at,
                "decideBy": named.appeal.decide_by,
                "isOverdue": named.appeal.decide_by < now,
                // The deadline stands still, and the citizen is to answer.
                "waitsForCitizen": named.appeal.asked().is_some_and(|asked| now <= asked.answer_by),
            })
        });
        Ok(lines.collect())
    }

    pub(super) fn find(&self, id: &str) -> Result<Named, AuthorityError> {
        let mut all = self.waiting()?.into_iter();
        let found = all.find(|named| named.appeal.id == id);
        found.ok_or(AuthorityError::AppealUnknown)
    }

    /// Notes who looked.
    pub(super) fn log(
        &self,
        officer: &str,
        what: &str,
        named: &Named,
    ) -> Result<(), AuthorityError> {
        let line = json!({
            "at": SystemClock.read().wall_ms.div_euclid(1_000),
            "officer": officer,
            "access": what,
            "citizenId": named.citizen.to_string(),
            "appeal": named.appeal.id,
        });
        files::append_line(&self.config.data.join("access.log"), &line.to_string())
    }

    /// What it says, and what officers need for a decision.
    pub(super) fn show(&self, named: &Named) -> Result<Value, AuthorityError> {
        let appeal = self.said(named)?;
        let order: Option<OrdersHead> = self.record(named, kinds::ORDERS)?;
        let decision: Option<DecisionRecord> = self.record(named, kinds::DECISION)?;
        let evidence = appeal.evidence.iter().map(named_evidence);
        let mut requests = Vec::new();
        for request in &named.appeal.requests {
            let added = self.added(named, request)?;
            requests.push(json!({
                "request": request.id,
                "answerBy": request.answer_by,
                "isAnswered": request.addition.is_some(),
                "statement": added.as_ref().map(|added| added.statement.clone()),
                "evidence": added.map(|added| added.evidence.iter().map(named_evidence).collect::<Vec<_>>()),
            }));
        }
        Ok(json!({
            "appeal": named.appeal.id,
            "citizenId": named.citizen.to_string(),
            "subject": named.subject,
            "receivedAt": named.appeal.received_at,
            "decideBy": named.appeal.decide_by,
            "requests": requests,
            "receiptSha256": appeal.receipt_sha256,
            "statement": appeal.statement,
            "evidence": evidence.collect::<Vec<_>>(),
            "colour": decision.as_ref().map(|decision| decision.colour),
            "reason": decision.as_ref().map(|decision| decision.reason),
            "ruleId": decision.as_ref().map(|decision| decision.rule_id.clone()),
            "receipt": decision.map(|decision| decision.receipt),
            "orderHead": order.as_ref().map(|order| order.head.clone()),
            "orderColour": order.as_ref().map(|order| order.colour),
            "orderReason": order.map(|order| order.reason),
        }))
    }

    /// Writes the evidence into files of a new folder.
    pub(super) fn export(&self, named: &Named, to: &Path) -> Result<Vec<PathBuf>, AuthorityError> {
        let appeal = self.said(named)?;
        let unwritable = |at: &Path| AuthorityError::FileUnwritable {
            at: at.display().to_string(),
        };
        if to.exists() {
            return Err(unwritable(to));
        }
        files::make_private_folder(to)?;
        let mut written = Vec::new();
        let mut evidence = appeal.evidence;
        for request in &named.appeal.requests {
            let added = self.added(named, request)?;
            evidence.extend(added.into_iter().flat_map(|added| added.evidence));
        }
        for (number, entry) in evidence.iter().enumerate() {
            let bytes = self.whole(named, entry)?;
            let path = to.join(format!("{}.{}", number + 1, entry.kind.extension()));
            files::write_secret(&path, &bytes)?;
            written.push(path);
        }
        Ok(written)
    }

    fn whole(&self, named: &Named, entry: &EvidenceEntry) -> Result<Vec<u8>, AuthorityError> {
        let gone = || AuthorityError::EvidenceGone {
            at: entry.sha256.clone(),
        };
        let mut whole = Vec::new();
        for piece in &entry.pieces {
            let hash = HEXLOWER.decode(piece.as_bytes()).ok();
            let hash: [u8; 32] = hash
                .and_then(|hash| hash.try_into().ok())
                .ok_or_else(gone)?;
            let kept = self.row(named.citizen, &piece_place(&named.subject, &hash))?;
            let kept = kept.ok_or_else(gone)?;
            let (_, bytes) = piece_bytes(&kept).ok_or_else(gone)?;
            whole.extend_from_slice(bytes);
        }
        entry.check_whole(&whole).map_err(|_| gone())?;
        Ok(whole)
    }

    /// What was sent. An objection of before is an appeal without evidence.
    fn said(&self, named: &Named) -> Result<Appeal, AuthorityError> {
        self.upload(named, named.appeal.number, &named.appeal.id)
    }

    /// What was added on a request; none where nothing was yet.
    fn added(
        &self,
        named: &Named,
        request: &KeptRequest,
    ) -> Result<Option<AppealAddition>, AuthorityError> {
        let addition = request.addition.as_ref();
        let read = addition.map(|addition| self.upload(named, ADDITION.number, &addition.id));
        read.transpose()
    }

    fn upload<T: DeserializeOwned>(
        &self,
        named: &Named,
        number: u8,
        id: &str,
    ) -> Result<T, AuthorityError> {
        let id = crate::officers::uuid_v7(id).unwrap_or_default();
        let key = [&[number][..], &id].concat();
        let place = RowKey::new(&named.subject, kinds::UPLOAD, &key);
        let kept = self.row(named.citizen, &place)?;
        kept.and_then(|json| serde_json::from_slice(&json).ok())
            .ok_or_else(|| self.refused(StoreError::RecordUnreadable))
    }

    fn waiting(&self) -> Result<Vec<Named>, AuthorityError> {
        let mut waiting = Vec::new();
        let mut after = Vec::new();
        loop {
            let places = self.look.reserved(spaces::OPEN_APPEAL, &after, AT_ONCE);
            let places = places.map_err(|error| self.refused(error))?;
            let Some((last, _)) = places.last() else {
                return Ok(waiting);
            };
            after.clone_from(&last.value);
            for (unique, owner) in places {
                let Some((id, subject)) = place_of(&unique) else {
                    continue;
                };
                let place = RowKey::for_record::<Appeals>(&subject);
                let kept: Option<Appeals> = self.json(owner.citizen, &place)?;
                let mut list = kept.unwrap_or_default().list.into_iter();
                if let Some(appeal) = list.find(|one| one.id == id && one.is_open()) {
                    waiting.push(Named {
                        citizen: owner.citizen,
                        subject,
                        appeal,
                    });
                }
            }
        }
    }

    fn record<T: DeserializeOwned>(
        &self,
        named: &Named,
        kind: Kind,
    ) -> Result<Option<T>, AuthorityError> {
        self.json(named.citizen, &RowKey::new(&named.subject, kind, &[]))
    }

    fn json<T: DeserializeOwned>(
        &self,
        citizen: CitizenId,
        place: &RowKey,
    ) -> Result<Option<T>, AuthorityError> {
        let value = self.row(citizen, place)?;
        let read = value.map(|json| serde_json::from_slice(&json));
        let read = read.transpose();
        read.map_err(|_| self.refused(StoreError::RecordUnreadable))
    }

    fn row(
        &self,
        citizen: CitizenId,
        place: &RowKey,
    ) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, AuthorityError> {
        let read = self.look.read(citizen, std::slice::from_ref(place));
        let partition = read.map_err(|error| self.refused(error))?;
        let sealed = partition.rows.get(place);
        let opened = sealed.map(|sealed| self.sealer.open(citizen, place, sealed));
        let opened = opened.transpose();
        opened.map_err(|error| self.refused(error))
    }

    fn refused(&self, error: StoreError) -> AuthorityError {
        app::refused(&self.config, error)
    }
}

fn named_evidence(entry: &EvidenceEntry) -> Value {
    json!({ "sha256": entry.sha256, "size": entry.size, "kind": entry.kind })
}
