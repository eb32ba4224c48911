//! Other details of somebody registered: a correction by the citizen's device, or the phone that the desk moved the
//! citizen to.
//!
//! Invariant: a citizen keeps id, colour and chain, whatever is corrected; what a colour and a code stand on (name,
//! document and what goes with it) is corrected by the citizen alone only as long as no colour was decided, after that
//! only where two officers ordered it, with the document that they saw and no other. A document is taken before the details name it and freed after they do not;
//! whoever finds one taken by somebody whose details do not name it frees it. What an earlier request asked for never
//! takes the place of what a later one did.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::kept_order::KeptOrder;
use super::records::{Credentials, DecisionRecord, DeviceRecord, OrdersHead, Registration};
use super::register::{Register, Registered, Wanted, ended, spaces};
use super::{Authority, Refusal};
use crate::capability::identity_proof::ProofRecord;
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unique, Unit, UnitId};

/// For so long after another one a request may still have been on its way, seconds: that is how long a nonce is good.
const ON_ITS_WAY_SECS: i64 = 5 * 60;

/// How a citizen stands, seen from one device.
pub(crate) struct Standing {
    pub(crate) registration: Option<Registration>,
    /// The row of the device, also one that has ended.
    pub(crate) device: Option<DeviceRecord>,
}

impl Standing {
    /// Keyed hash of the document that the details name.
    pub(crate) fn document(&self, authority: &Authority) -> Result<Option<Vec<u8>>, Refusal> {
        let registration = self.registration.as_ref();
        let hash = registration.map(|it| authority.document_hash(&it.identity));
        Ok(hash.transpose()?.map(|hash| hash.to_vec()))
    }

    /// Whether the document is the citizen's: by the details, or since the desk ordered it for them.
    pub(crate) fn holds(&self, authority: &Authority, document: &[u8]) -> Result<bool, Refusal> {
        let moving_to = self.registration.as_ref();
        let moving_to = moving_to.and_then(|it| it.moving_to.as_ref());
        let ordered = moving_to.and_then(|it| it.new_document.as_deref());
        let is_ordered = ordered == Some(BASE64URL_NOPAD.encode(document).as_str());
        Ok(is_ordered || self.document(authority)?.as_deref() == Some(document))
    }
}

/// Whose the wanted document is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Document {
    /// The citizen's own.
    Own,
    /// Nobody's until now; this act has taken it.
    Taken,
    /// Another citizen's.
    Others,
}

impl Authority {
    /// Registers details where device or document are somebody's already: `owners` says whose, `me` is this attempt, which
    /// holds neither. None where it has to be made again.
    pub(super) async fn correct(
        &self,
        wanted: &Wanted,
        register: &Register,
        [of_device, of_document]: [Owner; 2],
        me: Owner,
    ) -> Result<Option<Registered>, Refusal> {
        let store = self.units.store();
        let is_of_nobody = of_device.citizen == me.citizen;
        let citizen = if is_of_nobody {
            of_document.citizen
        } else {
            of_device.citizen
        };
        let standing = self.standing(citizen, &register.device_id).await?;
        let is_held = of_document.citizen == citizen;
        if is_held && !standing.holds(self, &wanted.document.value)? {
            // Left over: a correction was cut short, or the citizen is gone.
            store.release(wanted.document.clone(), of_document).await?;
            return Ok(None);
        }
        let is_expected = register.is_expected(standing.registration.as_ref());
        let ended_at = standing.device.as_ref().and_then(|device| device.ended_at);
        if is_of_nobody && !is_expected {
            if register.good_proof.is_some() {
                return self
                    .move_by_proof(wanted, register, citizen, standing)
                    .await;
            }
            return Err(Refusal::AlreadyRegistered);
        }
        // Who held the device was erased, and nothing of before is on its way any more.
        let is_gone = !is_of_nobody && standing.registration.is_none();
        if !is_expected && (ended_at.is_some() || is_gone) {
            if ended_at.is_some_and(|ended_at| register.registration.consented_at <= ended_at) {
                return Err(ended(standing.device.as_ref()));
            }
            // The phone begins anew, with a consent of its own.
            store.release(wanted.device.clone(), of_device).await?;
            return Ok(None);
        }
        let act = Owner {
            citizen,
            unit: register.id,
        };
        let mut taken = Vec::new();
        if is_of_nobody {
            taken.push(wanted.device.clone());
        }
        let document = if is_held {
            Document::Own
        } else if of_document.citizen == me.citizen {
            taken.push(wanted.document.clone());
            Document::Taken
        } else {
            Document::Others
        };
        let owners = store.reserve(taken.clone(), act).await?;
        if owners.iter().any(|owner| *owner != act) {
            self.let_go(taken, act).await?;
            return Ok(None);
        }
        // What waits under a document that the details name already is an erasing's, which is under way.
        let is_new = standing.document(self)?.as_ref() != Some(&wanted.document.value);
        let kept_order = if is_new && document != Document::Others {
            self.kept_order(&wanted.document_hash).await?
        } else {
            None
        };
        let correct = Correct {
            citizen,
            register,
            document,
            kept_order,
            authority: self,
        };
        let held = match &register.good_proof {
            Some(proof) => self.hold_proof(proof, act).await,
            None => Ok(()),
        };
        let done = match held {
            Ok(()) => self.units.run(&correct).await,
            Err(refusal) => Err(refusal),
        };
        let done = match done {
            Ok(done) => done,
            // Whether it was done, the same request again will find out.
            Err(refusal @ Refusal::Store(StoreError::OutcomeUnknown)) => return Err(refusal),
            // Somebody needed what this act had taken and not used.
            Err(Refusal::Store(StoreError::UnitFenced)) => {
                self.let_go(taken, act).await?;
                self.let_go_of_all(register, act).await?;
                return Err(Refusal::AlreadyRegistered);
            }
            Err(refusal) => {
                self.let_go(taken, act).await?;
                self.let_go_of_all(register, act).await?;
                return Err(refusal);
            }
        };
        if let Some(proof) = &register.good_proof {
            self.note_proof(proof, citizen).await?;
        }
        self.devices.forget(&register.device_id);
        // Only with another document it was taken up.
        if let (Some(kept), Some(_)) = (&correct.kept_order, &done.answer.left) {
            self.let_go_of_order(&wanted.document_hash, kept).await?;
        }
        if let Some(left) = &done.answer.left {
            self.free_document(citizen, left).await?;
        }
        Ok(Some(Registered {
            citizen,
            again: true,
            other_document: done.answer.left.is_some(),
        }))
    }

    /// How a citizen stands, seen from this device.
    pub(crate) async fn standing(
        &self,
        citizen: CitizenId,
        device_id: &str,
    ) -> Result<Standing, StoreError> {
        let whose = SubjectId::OWNER;
        let place = DeviceRecord::place(&whose, device_id);
        let reads = vec![RowKey::for_record::<Registration>(&whose), place.clone()];
        let rows = self.units.read(citizen, &whose, reads).await?;
        Ok(Standing {
            registration: rows.get::<Registration>()?,
            device: rows.get_at::<DeviceRecord>(&place)?,
        })
    }

    async fn let_go(&self, uniques: Vec<Unique>, owner: Owner) -> Result<(), StoreError> {
        for unique in uniques {
            self.units.store().release(unique, owner).await?;
        }
        Ok(())
    }

    async fn let_go_of_all(&self, register: &Register, act: Owner) -> Result<(), StoreError> {
        match &register.good_proof {
            Some(proof) => self.let_go_of_proof(proof, act).await,
            None => Ok(()),
        }
    }

    /// Frees a document that the citizen's details named before, unless they name it again.
    async fn free_document(&self, citizen: CitizenId, left: &str) -> Result<(), Refusal> {
        let value = BASE64URL_NOPAD.decode(left.as_bytes());
        let value = value.map_err(|_| StoreError::RecordUnreadable)?;
        let standing = self.standing(citizen, "").await?;
        if standing.document(self)?.as_ref() == Some(&value) {
            return Ok(());
        }
        let store = self.units.store();
        let unique = Unique {
            space: spaces::DOCUMENT,
            value,
        };
        let owner = store.owner(unique.clone()).await?;
        if let Some(owner) = owner.filter(|owner| owner.citizen == citizen) {
            store.release(unique, owner).await?;
        }
        Ok(())
    }
}

impl Register {
    /// Whether the desk ordered that this device registers the citizen, and the consent is of after that.
    pub(super) fn is_expected(&self, before: Option<&Registration>) -> bool {
        let moving_to = before.and_then(|before| before.moving_to.as_ref());
        moving_to.is_some_and(|moving_to| {
            moving_to.device_id == self.device_id
                && moving_to.ordered_at <= self.registration.consented_at
        })
    }

    /// Whether it was made before the one that `before` came with, and overtaken on its way.
    fn was_overtaken(&self, before: &Registration) -> bool {
        // A UUIDv7 begins with its milliseconds: 12 hex digits and a hyphen.
        let made_at =
            |registration: &Registration| registration.request.get(..13).map(str::to_owned);
        let now = &self.registration;
        now.changed_at - before.changed_at < ON_ITS_WAY_SECS && made_at(now) < made_at(before)
    }
}

struct Correct<'a> {
    citizen: CitizenId,
    register: &'a Register,
    document: Document,
    /// What waits under a document that was taken.
    kept_order: Option<KeptOrder>,
    authority: &'a Authority,
}

#[derive(Serialize, Deserialize)]
struct CorrectAnswer {
    /// Keyed hash of the document that the details name no more, base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
}

impl Unit for Correct<'_> {
    type Answer = CorrectAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.register.id
    }

    fn reads(&self) -> Vec<RowKey> {
        let whose = SubjectId::OWNER;
        vec![
            RowKey::for_record::<Registration>(&whose),
            DeviceRecord::place(&whose, &self.register.device_id),
            RowKey::for_record::<DecisionRecord>(&whose),
            RowKey::for_record::<OrdersHead>(&whose),
            RowKey::for_record::<Credentials>(&whose),
        ]
    }

    fn apply(&self, rows: &mut Rows) -> Result<CorrectAnswer, Refusal> {
        let register = self.register;
        let before = rows.get::<Registration>()?.ok_or(StoreError::Conflict)?;
        let place = DeviceRecord::place(rows.subject(), &register.device_id);
        let is_expected = register.is_expected(Some(&before));
        let left = self.authority.document_hash(&before.identity)?;
        let mut identity = register.registration.identity.clone();
        let is_left = left != self.authority.document_hash(&identity)?;
        if !is_left {
            // One document has many spellings; the first one stays.
            identity
                .document_kind
                .clone_from(&before.identity.document_kind);
            let number = &before.identity.document_number;
            identity.document_number.clone_from(number);
        }
        let moving_to = before.moving_to.as_ref().filter(|_| is_expected);
        let ordered = moving_to.and_then(|it| it.new_document.as_deref());
        let is_ordered = match ordered {
            Some(ordered) => {
                let wanted = self.authority.document_hash(&identity)?;
                BASE64URL_NOPAD.encode(&wanted) == ordered
            }
            None => !is_left,
        };
        if is_expected && !is_ordered {
            // The desk saw one document and ordered a phone for it, not for another one.
            return Err(Refusal::DetailsFixed("documentNumber"));
        }
        if !is_expected {
            if DeviceRecord::find(rows, &place)?.is_none() {
                return Err(Refusal::RegistrationEnded);
            }
            if before.identity == identity && register.good_proof.is_none() {
                return Ok(CorrectAnswer { left: None });
            }
            if register.was_overtaken(&before) {
                // Nobody waits for this answer; somebody whose clock was set back does, and comes again.
                return Err(StoreError::Busy.into());
            }
            // What was shown of one person and document says nothing of another.
            let is_decided = rows.get::<DecisionRecord>()?.is_some()
                || rows.get::<OrdersHead>()?.is_some()
                || (before.proof.is_some() && register.good_proof.is_none());
            let fixed = before.identity.fixed_details_changed(&identity);
            if let (true, Some(part)) = (is_decided, fixed.first()) {
                return Err(Refusal::DetailsFixed(part));
            }
        }
        if self.document == Document::Others {
            return Err(Refusal::AlreadyRegistered);
        }
        let proof = self.proof(&before, is_expected)?;
        if proof != before.proof {
            // The next look issues a code with the assurance that it has now.
            if let Some(mut credentials) = rows.get::<Credentials>()? {
                if let Some(newest) = &mut credentials.newest {
                    newest.revoked = true;
                }
                rows.put(&credentials)?;
            }
        }
        rows.put(&Registration {
            identity,
            proof,
            registered_at: before.registered_at,
            moving_to: before.moving_to.filter(|_| !is_expected),
            ..register.registration.clone()
        })?;
        if is_expected {
            rows.put_at(place, &register.device)?;
        }
        if let Some(kept) = self.kept_order.as_ref().filter(|_| is_left) {
            let own = rows.get::<OrdersHead>()?;
            rows.put(&kept.clone().taken_up(own))?;
        }
        Ok(CorrectAnswer {
            left: is_left.then(|| BASE64URL_NOPAD.encode(&left)),
        })
    }
}

impl Correct<'_> {
    /// How the citizen is proven from now on.
    fn proof(
        &self,
        before: &Registration,
        is_expected: bool,
    ) -> Result<Option<ProofRecord>, Refusal> {
        let stands = before.proof.as_ref();
        if let Some(proof) = &self.register.good_proof {
            if stands.is_some_and(|stands| proof.record.contradicts(stands)) {
                return Err(Refusal::NeedsDesk);
            }
            return Ok(Some(proof.record.clone().after(stands)));
        }
        let now = self.register.registration.changed_at;
        let ordered = before.moving_to.as_ref().filter(|_| is_expected);
        let by_desk = ordered.map(|it| ProofRecord::of_desk(it.ordered_at, now, stands));
        Ok(by_desk.or_else(|| before.proof.clone()))
    }
}
