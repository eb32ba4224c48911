//! A citizen, a device key, a consent.
//!
//! Invariant: one document, under whatever kind and spelling, has one device and one device one document. Both, and the
//! idempotency key, are taken before the citizen is written; whoever finds one taken by a registration that was never
//! written calls that one off. A device that is a citizen's already corrects: that is [`correct`](super::correct)'s.
//! An order in force that waits under the document is the new citizen's ([`kept_order`](super::kept_order)).
//! Whether the person is who the identity says is for a [proof](crate::capability::identity_proof) to show, where policy asks for
//! one; it is judged before anybody looks whose the document is.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::identity_proof::IdentityProofError;
use health_code_core::form::check_identity;
use health_code_core::identity::{DocumentKind, document_key};
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{Identity, IdentityProof, RegistrationRequest, SubjectId, device_id};
use serde::{Deserialize, Serialize};

use super::correct::Standing;
use super::kept_order::KeptOrder;
use super::records::{DeviceRecord, Registration};
use super::{Authority, Refusal, acts};
use crate::capability::identity_proof::GoodProof;
use crate::store::{CitizenId, Owner, RowKey, Rows, Settled, StoreError, Unique, Unit, UnitId};

/// Kinds of unique things; numbers are never used again.
pub(crate) mod spaces {
    pub(crate) const DOCUMENT: u8 = 0;
    pub(crate) const DEVICE: u8 = 1;
    pub(crate) const IDEMPOTENCY_KEY: u8 = 2;
    /// Requests to erase somebody.
    pub(crate) const ERASURE: u8 = 3;
    /// Orders to move somebody to another device.
    pub(crate) const MOVE: u8 = 4;
    /// Requests to take somebody into care.
    pub(crate) const CARE: u8 = 12;
    /// Appeals that wait for a decision: what officers are told of.
    pub(crate) const OPEN_APPEAL: u8 = 15;
    /// Reports of laboratories that are to be looked at for whoever is registered with their document.
    pub(crate) const REPORT_TO_DELIVER: u8 = 19;
}

/// Registrations that call each other off in turn end here.
const TRIES: usize = 4;

/// A citizen who is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Registered {
    pub(crate) citizen: CitizenId,
    /// The same device had registered before.
    pub(crate) again: bool,
    /// Another document took the place of the one before.
    pub(crate) other_document: bool,
}

impl Authority {
    /// Registers. `body` is what `request` was read from, `key` the device key in it, which signed it.
    pub(crate) async fn register(
        &self,
        request: &RegistrationRequest,
        body: &[u8],
        key: &DevicePublicKey,
        idempotency_key: &str,
    ) -> Result<Registered, Refusal> {
        let now = self.now();
        let identity = self.check(request, now)?;
        let device_id = device_id(key);
        let idempotent = self.sealer.hash(
            "idempotency key",
            &[device_id.as_bytes(), idempotency_key.as_bytes()],
        );
        let document_hash = self.document_hash(&identity)?;
        let wanted = Wanted {
            idempotency_key: unique(spaces::IDEMPOTENCY_KEY, &idempotent),
            device: unique(spaces::DEVICE, device_id.as_bytes()),
            document: unique(spaces::DOCUMENT, &document_hash),
            document_hash,
            proof: request.proof.clone(),
            key: *key,
        };
        // Another body under the same idempotency key is another act.
        let mut id = [0; 16];
        id.copy_from_slice(&self.sealer.hash("registration", &[&idempotent, body])[..16]);
        if let Some(code) = &request.care_code {
            let consented_at = request.consent.accepted_at;
            self.begin_hand_over(code, &document_hash, &device_id, id, consented_at)
                .await?;
        }
        let mut register = Register {
            id: UnitId::new(acts::REGISTRATION, id),
            citizen: CitizenId::from_random([0; 16]),
            registration: Registration {
                consent_version: request.consent.version,
                // The phone's clock may be ahead; consent was given before it arrived.
                consented_at: request.consent.accepted_at.min(now),
                registered_at: now,
                identity,
                device_id: device_id.clone(),
                request: idempotency_key.to_owned(),
                changed_at: now,
                moving_to: None,
                proof: None,
            },
            device: DeviceRecord {
                public_key: BASE64URL_NOPAD.encode(key.as_bytes()),
                hardware: request.device.hardware,
                registered_at: now,
                ended_at: None,
                ended_by: None,
                is_carers: false,
            },
            device_id,
            kept_order: None,
            good_proof: None,
        };
        for _ in 0..TRIES {
            if let Some(registered) = self.try_register(&wanted, &mut register).await? {
                // Also those of a move that was cut short.
                if registered.again {
                    self.end_earlier_phones(registered.citizen).await?;
                }
                // What laboratories reported of who was registered nowhere waits under the document.
                self.deliver_reports(&document_hash).await?;
                return Ok(registered);
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// One attempt; none where it has to be made again.
    async fn try_register(
        &self,
        wanted: &Wanted,
        register: &mut Register,
    ) -> Result<Option<Registered>, Refusal> {
        let store = self.units.store();
        let unit = register.id;
        let mut me = Owner {
            citizen: CitizenId::from_random(self.random()?),
            unit,
        };
        let first = store.reserve(vec![wanted.idempotency_key.clone()], me);
        let Some(first) = first.await?.first().copied() else {
            return Err(StoreError::Faulted.into());
        };
        if first.unit != unit {
            return Err(Refusal::IdReused);
        }
        // An attempt before this one began it: it is the same act.
        if first.citizen != me.citizen {
            let standing = self.standing(first.citizen, &register.device_id).await?;
            // A device without a registration: the citizen was erased.
            if standing.registration.is_some() || standing.device.is_some() {
                return registered_before(first.citizen, &standing).map(Some);
            }
        }
        me.citizen = first.citizen;
        register.citizen = me.citizen;
        self.require_proof(wanted, register).await?;
        let both = [&wanted.device, &wanted.document];
        let owners = store.reserve(both.map(Clone::clone).to_vec(), me).await?;
        let mut holders = [me.citizen; 2];
        for ((owner, unique), holder) in owners.iter().zip(both).zip(&mut holders) {
            if *owner == me {
                continue;
            }
            // Also of who was erased by an act that was cut short before it held the device.
            let standing = self.standing(owner.citizen, &register.device_id).await?;
            if standing.device.is_some() {
                *holder = owner.citizen;
                continue;
            }
            // This very act's, of an attempt on another citizen that was cut short: it is not to call itself off.
            if owner.unit == unit && owner.citizen != me.citizen {
                store.release(unique.clone(), *owner).await?;
                return Ok(None);
            }
            match self.units.settle(*owner).await? {
                Settled::Done => *holder = owner.citizen,
                Settled::Fenced => {
                    store.release(unique.clone(), *owner).await?;
                    return Ok(None);
                }
            }
        }
        let [device, document] = holders;
        if (device, document) != (me.citizen, me.citizen) {
            for unique in both {
                store.release(unique.clone(), me).await?;
            }
            let owners = [owners[0], owners[1]];
            return self.correct(wanted, register, owners, me).await;
        }
        // The document is this act's: nothing comes to wait under it until it is free again.
        register.kept_order = self.kept_order(&wanted.document_hash).await?;
        if let Some(proof) = &register.good_proof {
            register.registration.proof = Some(proof.record.clone());
            if let Err(refusal) = self.hold_proof(proof, me).await {
                self.let_go_of_proof(proof, me).await?;
                for unique in both {
                    store.release(unique.clone(), me).await?;
                }
                return Err(refusal);
            }
        }
        match self.units.run(register).await {
            Ok(done) => {
                if let Some(kept) = &register.kept_order {
                    self.let_go_of_order(&wanted.document_hash, kept).await?;
                }
                if let Some(proof) = &register.good_proof {
                    self.note_proof(proof, me.citizen).await?;
                }
                // It may have been known as an erased citizen's.
                self.devices.forget(&register.device_id);
                Ok(Some(Registered {
                    citizen: me.citizen,
                    again: done.again,
                    other_document: false,
                }))
            }
            Err(Refusal::Store(StoreError::UnitFenced)) => {
                // Somebody needed what this act had taken and not used: begin as another citizen.
                let uniques = [&wanted.idempotency_key, &wanted.device, &wanted.document];
                for unique in uniques {
                    store.release(unique.clone(), me).await?;
                }
                if let Some(proof) = &register.good_proof {
                    self.let_go_of_proof(proof, me).await?;
                }
                Ok(None)
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Judges the proof that came along, or refuses who has to bring one: whoever is registered corrects without, but for the
    /// document, and whom the desk moves was seen by it.
    async fn require_proof(&self, wanted: &Wanted, register: &mut Register) -> Result<(), Refusal> {
        let device_id = &register.device_id;
        let owner = self.owner_of_device(device_id).await?;
        if let Some(citizen) = owner {
            // What was accepted stays accepted when it comes again, though a token has run out since.
            let unit = register.id;
            if self.units.is_done(Owner { citizen, unit }).await? {
                return Ok(());
            }
        }
        self.refuse_of_ended(wanted, register).await?;
        if let Some(sent) = &wanted.proof {
            let judged = self.judge_proof(sent, &register.registration, &wanted.key, owner);
            register.good_proof = judged.await?;
            return Ok(());
        }
        if self.proofs.takes_unproven() {
            return Ok(());
        }
        if let Some(citizen) = owner {
            let standing = self.standing(citizen, device_id).await?;
            if standing.document(self)?.as_ref() == Some(&wanted.document.value) {
                return Ok(());
            }
        }
        let owner = self.units.store().owner(wanted.document.clone()).await?;
        if let Some(owner) = owner {
            let standing = self.standing(owner.citizen, device_id).await?;
            if register.is_expected(standing.registration.as_ref()) {
                return Ok(());
            }
        }
        Err(Refusal::ProofRequired)
    }

    /// Refuses what was agreed to before the device's registration ended: that is to be told, not that the proof of then was used.
    async fn refuse_of_ended(&self, wanted: &Wanted, register: &Register) -> Result<(), Refusal> {
        let Some(owner) = self.units.store().owner(wanted.device.clone()).await? else {
            return Ok(());
        };
        let standing = self.standing(owner.citizen, &register.device_id).await?;
        let ended_at = standing.device.as_ref().and_then(|device| device.ended_at);
        let is_of_before = ended_at.is_some_and(|at| register.registration.consented_at <= at);
        if is_of_before && !register.is_expected(standing.registration.as_ref()) {
            return Err(ended(standing.device.as_ref()));
        }
        Ok(())
    }

    /// What a document is told apart by, whatever kind and spelling it came under: a second one would be a second colour.
    pub(crate) fn document_hash(&self, identity: &Identity) -> Result<[u8; 32], Refusal> {
        let kind = DocumentKind::from_id(&identity.document_kind).ok_or_else(|| {
            Refusal::invalid("identity.documentKind", "answer_document_kind_refused")
        })?;
        let key = document_key(kind, &identity.document_number);
        Ok(self.sealer.hash("document", &[key.as_bytes()]))
    }

    /// The identity in its normal form.
    fn check(&self, request: &RegistrationRequest, now: i64) -> Result<Identity, Refusal> {
        let today = self.definitions().day(now)?;
        let identity = check_identity(&request.identity, &today).map_err(|errors| {
            let first = errors.into_iter().next();
            first.map_or(Refusal::Invalid(None), |error| {
                Refusal::invalid(format!("identity.{}", error.path), error.code)
            })
        })?;
        if request.consent.version == 0 {
            return Err(Refusal::invalid("consent.version", "out_of_range"));
        }
        Ok(identity)
    }
}

/// This very request was carried out before: what has become of the citizen since decides the answer.
fn registered_before(citizen: CitizenId, standing: &Standing) -> Result<Registered, Refusal> {
    let device = standing.device.as_ref();
    if device.is_none_or(|device| device.ended_at.is_some()) {
        return Err(ended(device));
    }
    Ok(Registered {
        citizen,
        again: true,
        other_document: false,
    })
}

/// How a registration of a device that is a citizen's no more is refused.
pub(super) fn ended(device: Option<&DeviceRecord>) -> Refusal {
    let code = device.and_then(|device| device.ended_by.as_deref());
    let by_proof = [IdentityProofError::Moved, IdentityProofError::TakenOver];
    let by_proof = by_proof
        .into_iter()
        .find(|error| Some(error.code()) == code);
    by_proof.map_or(Refusal::RegistrationEnded, Refusal::EndedByProof)
}

/// What a registration has to be the only one to have.
pub(crate) struct Wanted {
    pub(super) idempotency_key: Unique,
    pub(crate) device: Unique,
    pub(super) document: Unique,
    pub(super) document_hash: [u8; 32],
    /// What came along to show that the citizen is who the identity says.
    proof: Option<IdentityProof>,
    key: DevicePublicKey,
}

fn unique(space: u8, value: &[u8]) -> Unique {
    Unique {
        space,
        value: value.to_vec(),
    }
}

/// A registration as it was asked for.
pub(crate) struct Register {
    pub(crate) id: UnitId,
    citizen: CitizenId,
    pub(crate) registration: Registration,
    pub(crate) device: DeviceRecord,
    pub(crate) device_id: String,
    /// What waits under the document.
    pub(super) kept_order: Option<KeptOrder>,
    /// A proof that was judged good.
    pub(crate) good_proof: Option<GoodProof>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RegisterAnswer {}

impl Unit for Register {
    type Answer = RegisterAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, rows: &mut Rows) -> Result<RegisterAnswer, Refusal> {
        rows.put(&self.registration)?;
        rows.put_at(
            DeviceRecord::place(rows.subject(), &self.device_id),
            &self.device,
        )?;
        if let Some(kept) = &self.kept_order {
            rows.put(&kept.clone().taken_up(None))?;
        }
        Ok(RegisterAnswer {})
    }
}
