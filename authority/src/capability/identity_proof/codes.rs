//! Activation codes at the authority: made, struck off, listed, and looked up when somebody comes with one.
//!
//! Invariant: only a keyed hash of a code is kept, in the partition of the officer who made it, with a keyed hash of the document
//! and name that it is for. It is used by one citizen: whoever uses it takes it before the citizen is written
//! ([`proofs`](super::proofs)), and whoever strikes it off takes it likewise, so that of the two one comes first.

mod marking;

use data_encoding::HEXLOWER;
use health_code_core::capability::identity_proof::{ActivationCode, IdentityProofError};
use health_code_core::code::document_tail;
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::wire::{Identity, SubjectId};
use serde::{Deserialize, Serialize};

use super::orders::{CodeAct, CodeEntry, CodeOrder, SignedCodeOrder, sha256_of_hex};
use super::tokens::is_same_name;
use super::{acts, spaces};
use crate::cases::records::kinds;
use crate::cases::{Authority, Refusal};
use crate::officers::Verified;
use crate::store::{
    CitizenId, Kind, Owner, Record, RowKey, Rows, Settled, StoreError, Unique, UnitId,
};
use marking::{Make, Mark};

/// How long a code is told after its end, seconds.
const TOLD_SECS: i64 = 30 * 86_400;
const MAX_NAME_CHARS: usize = 64;
const DAY_SECS: i64 = 86_400;

/// A code; the key of its row is its keyed hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeRecord {
    /// Keyed, hex.
    document_hash: String,
    /// The name that it is for; any where the desk did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    document_tail: String,
    /// Unix seconds.
    pub(super) made_at: i64,
    /// Unix seconds.
    expires_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    struck_off_at: Option<i64>,
    /// The citizen who used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    used_by: Option<String>,
}

impl Record for CodeRecord {
    const KIND: Kind = kinds::ACTIVATION_CODE;
}

/// Hashes of an officer's codes that are told still, oldest first.
#[derive(Clone, Default, Serialize, Deserialize)]
struct CodesOfOfficer {
    /// Hex, with the end of each, Unix seconds.
    codes: Vec<(String, i64)>,
}

impl Record for CodesOfOfficer {
    const KIND: Kind = kinds::ACTIVATION_CODES;
}

/// Where a code is.
#[derive(Clone)]
pub(crate) struct CodePlace {
    /// The partition of the officer who made it.
    officer: CitizenId,
    hash: Vec<u8>,
}

impl CodePlace {
    fn row(&self) -> RowKey {
        RowKey::new(&SubjectId::OWNER, kinds::ACTIVATION_CODE, &self.hash)
    }

    /// What whoever uses it takes.
    pub(super) fn use_of(&self) -> Unique {
        Unique {
            space: spaces::CODE_USE,
            value: self.hash.clone(),
        }
    }
}

/// What became of an order.
pub(crate) struct CodesDone {
    pub(crate) codes: Vec<CodeEntry>,
    /// It was made by this order, now.
    pub(crate) is_new: bool,
}

impl Authority {
    /// Carries out what a desk asks for.
    pub(crate) async fn activation_codes(
        &self,
        submitted: &SignedCodeOrder,
    ) -> Result<CodesDone, Refusal> {
        let skew = self.policy.clock_skew_secs;
        let (order, signature) = (&submitted.order, &submitted.signature);
        let verified = self
            .officers
            .verify_one::<CodeOrder>(order, signature, self.now(), skew)?;
        match verified.order.act {
            CodeAct::Make => self.make_code(&verified).await,
            CodeAct::StrikeOff => self.strike_off(&verified).await,
            CodeAct::List => self.list_codes(&verified).await,
        }
    }

    async fn make_code(&self, verified: &Verified<CodeOrder>) -> Result<CodesDone, Refusal> {
        let now = self.now();
        let order = &verified.order;
        let most = self.proofs.code_days;
        let most = most.ok_or_else(|| Refusal::invalid("act", "codes_not_taken"))?;
        let days = order.days.unwrap_or(most);
        if !(1..=most).contains(&days) {
            return Err(Refusal::invalid("days", "out_of_range"));
        }
        let sha256 = order.code_sha256.as_deref().and_then(sha256_of_hex);
        let sha256 = sha256.ok_or_else(|| Refusal::invalid("codeSha256", "not_a_hash"))?;
        let (document_hash, tail) = self.desk_document(order)?;
        let name = order.name.as_deref().map(str::trim);
        if name.is_some_and(|name| name.is_empty() || name.chars().count() > MAX_NAME_CHARS) {
            return Err(Refusal::invalid("name", "out_of_range"));
        }
        let place = CodePlace {
            officer: self.desk_of(verified.officer()),
            hash: self.code_hash(&sha256),
        };
        let make = Make {
            id: UnitId::new(acts::MAKE_CODE, verified.id),
            record: CodeRecord {
                document_hash: HEXLOWER.encode(&document_hash),
                name: name.map(str::to_owned),
                document_tail: tail,
                made_at: now,
                // The sheet names a day: the code is good until that is over, by the region's clock.
                expires_at: now
                    + self.definitions().secs_to_next_day(now)
                    + i64::from(days) * DAY_SECS,
                struck_off_at: None,
                used_by: None,
            },
            place,
            now,
        };
        let me = Owner {
            citizen: make.place.officer,
            unit: make.id,
        };
        let unique = Unique {
            space: spaces::CODE,
            value: make.place.hash.clone(),
        };
        let owners = self.units.store().reserve(vec![unique], me).await?;
        if owners.first() != Some(&me) {
            return Err(Refusal::invalid("codeSha256", "known"));
        }
        let done = self.units.run(&make).await?;
        Ok(CodesDone {
            codes: vec![self.entry(&make.place.hash, &done.answer)],
            is_new: !done.again,
        })
    }

    async fn strike_off(&self, verified: &Verified<CodeOrder>) -> Result<CodesDone, Refusal> {
        let unknown = || Refusal::invalid("codeId", "unknown");
        let id = verified.order.code_id.as_deref().ok_or_else(unknown)?;
        let officer = self.desk_of(verified.officer());
        let (codes, _) = self.codes_of(officer).await?;
        let found = codes
            .codes
            .into_iter()
            .find(|(hash, _)| self.code_id(hash) == id);
        let (hash, _) = found.ok_or_else(unknown)?;
        let hash = HEXLOWER
            .decode(hash.as_bytes())
            .map_err(|_| StoreError::RecordUnreadable)?;
        let place = CodePlace { officer, hash };
        let act = Owner {
            citizen: officer,
            unit: UnitId::new(acts::STRIKE_OFF_CODE, verified.id),
        };
        if !self.take_code(&place, act).await? {
            return Err(Refusal::invalid("codeId", "used"));
        }
        let strike = Mark {
            id: act.unit,
            place,
            used_by: None,
            now: self.now(),
        };
        let done = self.units.run(&strike).await?;
        let entry = done.answer.ok_or_else(unknown)?;
        Ok(CodesDone {
            codes: vec![self.entry(&strike.place.hash, &entry)],
            is_new: false,
        })
    }

    async fn list_codes(&self, verified: &Verified<CodeOrder>) -> Result<CodesDone, Refusal> {
        let officer = self.desk_of(verified.officer());
        let (codes, rows) = self.codes_of(officer).await?;
        let mut entries = Vec::new();
        for (hash, _) in codes.codes.iter().rev() {
            let hash = HEXLOWER.decode(hash.as_bytes());
            let hash = hash.map_err(|_| StoreError::RecordUnreadable)?;
            let place = CodePlace { officer, hash };
            if let Some(record) = rows.get_at::<CodeRecord>(&place.row())? {
                entries.push(self.entry(&place.hash, &record));
            }
        }
        Ok(CodesDone {
            codes: entries,
            is_new: false,
        })
    }

    /// An officer's codes that are told still, and the rows of those.
    async fn codes_of(&self, officer: CitizenId) -> Result<(CodesOfOfficer, Rows), StoreError> {
        let whose = SubjectId::OWNER;
        let list = vec![RowKey::for_record::<CodesOfOfficer>(&whose)];
        let rows = self.units.read(officer, &whose, list).await?;
        let codes = rows.get::<CodesOfOfficer>()?.unwrap_or_default();
        let places = codes.codes.iter().filter_map(|(hash, _)| {
            let hash = HEXLOWER.decode(hash.as_bytes()).ok()?;
            Some(CodePlace { officer, hash }.row())
        });
        let rows = self.units.read(officer, &whose, places.collect()).await?;
        Ok((codes, rows))
    }

    /// Looks a code up for somebody with this identity, as the request says it. Which of code, name and document is wrong is
    /// not told: none of them alone says anything.
    pub(super) async fn find_code(
        &self,
        code: &str,
        identity: &Identity,
        document_hash: &[u8; 32],
    ) -> Result<(CodePlace, CodeRecord), Refusal> {
        let refused = |error| Refusal::ProofRefused(error);
        // A typing error is told by the phone; whoever sends one all the same learns nothing more.
        let unknown = || refused(IdentityProofError::CodeUnknown);
        let code = ActivationCode::parse(code).map_err(|_| unknown())?;
        let hash = self.code_hash(&code.sha256());
        let unique = Unique {
            space: spaces::CODE,
            value: hash.clone(),
        };
        let owner = self.units.store().owner(unique).await?;
        let place = CodePlace {
            officer: owner.ok_or_else(unknown)?.citizen,
            hash,
        };
        let whose = SubjectId::OWNER;
        let rows = self
            .units
            .read(place.officer, &whose, vec![place.row()])
            .await?;
        let record = rows
            .get_at::<CodeRecord>(&place.row())?
            .ok_or_else(unknown)?;
        let name = record.name.as_deref();
        let is_for = record.document_hash == HEXLOWER.encode(document_hash)
            && name.is_none_or(|name| is_same_name(name, &identity.name));
        if !is_for {
            return Err(unknown());
        }
        if record.struck_off_at.is_some() {
            return Err(refused(IdentityProofError::CodeStruckOff));
        }
        if record.used_by.is_none() && self.now() >= record.expires_at {
            return Err(refused(IdentityProofError::CodeExpired));
        }
        Ok((place, record))
    }

    /// Takes a code for an act; false where it was used or struck off.
    pub(super) async fn take_code(
        &self,
        place: &CodePlace,
        act: Owner,
    ) -> Result<bool, StoreError> {
        let store = self.units.store();
        for _ in 0..super::TRIES {
            let owners = store.reserve(vec![place.use_of()], act).await?;
            let owner = owners.first().copied().ok_or(StoreError::Faulted)?;
            if owner == act {
                return Ok(true);
            }
            match self.units.settle(owner).await? {
                Settled::Done => return Ok(false),
                Settled::Fenced => store.release(place.use_of(), owner).await?,
            }
        }
        Err(StoreError::Conflict)
    }

    /// Notes who used a code, so that it stays used whatever becomes of the citizen.
    pub(super) async fn note_use(
        &self,
        place: &CodePlace,
        citizen: CitizenId,
    ) -> Result<(), Refusal> {
        let mut id = [0; 16];
        id.copy_from_slice(&self.sealer.hash("use of a code", &[&place.hash])[..16]);
        let mark = Mark {
            id: UnitId::new(acts::NOTE_USE_OF_CODE, id),
            place: place.clone(),
            used_by: Some(citizen.to_string()),
            now: self.now(),
        };
        self.units.run(&mark).await?;
        Ok(())
    }

    fn desk_document(&self, order: &CodeOrder) -> Result<([u8; 32], String), Refusal> {
        let kind = order.document_kind.as_deref();
        let kind = kind
            .and_then(DocumentKind::from_id)
            .ok_or_else(|| Refusal::invalid("documentKind", "answer_document_kind_refused"))?;
        let number = order.document_number.as_deref().unwrap_or_default();
        let number = check_document_number(kind, number)
            .map_err(|error| Refusal::invalid("documentNumber", error.code()))?;
        let key = document_key(kind, &number);
        let hash = self.sealer.hash("document", &[key.as_bytes()]);
        Ok((hash, document_tail(&number)))
    }

    fn code_hash(&self, sha256: &[u8; 32]) -> Vec<u8> {
        self.sealer.hash("activation code", &[sha256]).to_vec()
    }

    /// The partition of an officer's codes.
    fn desk_of(&self, officer: &str) -> CitizenId {
        let hash = self
            .sealer
            .hash("codes of an officer", &[officer.as_bytes()]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        CitizenId::from_random(id)
    }

    /// How a desk names the code with this hash (hex).
    fn code_id(&self, hash: &str) -> String {
        let id = self.sealer.hash("id of a code", &[hash.as_bytes()]);
        HEXLOWER.encode(&id[..16])
    }

    fn entry(&self, hash: &[u8], record: &CodeRecord) -> CodeEntry {
        let id = self.code_id(&HEXLOWER.encode(hash));
        let last_day = self.definitions().day(record.expires_at - 1);
        CodeEntry {
            last_day: last_day.ok(),
            ..record.entry(id, self.now())
        }
    }
}

impl CodeRecord {
    /// Whether this citizen used it.
    pub(super) fn is_used_by(&self, citizen: CitizenId) -> bool {
        self.used_by.as_deref() == Some(citizen.to_string().as_str())
    }

    pub(super) const fn is_used(&self) -> bool {
        self.used_by.is_some()
    }

    fn entry(&self, id: String, now: i64) -> CodeEntry {
        let state = if self.used_by.is_some() {
            "used"
        } else if self.struck_off_at.is_some() {
            "struck_off"
        } else if now >= self.expires_at {
            "expired"
        } else {
            "open"
        };
        CodeEntry {
            id,
            document_tail: self.document_tail.clone(),
            made_at: self.made_at,
            expires_at: self.expires_at,
            last_day: None,
            state: state.to_owned(),
        }
    }
}

health_code_core::hidden_debug!(CodeRecord, CodesOfOfficer);
