//! Somebody proves who they are with a document that is registered with another device.
//!
//! Invariant: one act ends the device before, revokes its codes and makes the new one the citizen's. Where the one before was proven
//! too, it is the same person on another phone: colour, history, chain and whoever is looked after stay. Where nothing was proven, it was whoever typed the
//! number: what they declared goes, and of the citizen stays what officers ordered. A proof that is no newer than the one that
//! stands, or that names another person, moves nobody: that is for the desk.

use health_code_core::capability::identity_proof::IdentityProofError;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::proofs::ProofRecord;
use crate::capability::dependants::ListToMove;
use crate::cases::correct::Standing;
use crate::cases::records::{
    Credentials, DeviceRecord, OrderRecord, OrdersHead, Registration, numbered,
};
use crate::cases::register::{Register, Registered, Wanted};
use crate::cases::{Authority, Refusal, issue};
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unit, UnitId};

/// Most orders that stay of somebody who was taken over, the newest.
const ORDERS_KEPT: u32 = 100;

impl Authority {
    /// Registers `register`, whose proof is good, as the citizen who has its document. None where it has to be made again.
    pub(crate) async fn move_by_proof(
        &self,
        wanted: &Wanted,
        register: &Register,
        citizen: CitizenId,
        standing: Standing,
    ) -> Result<Option<Registered>, Refusal> {
        let (Some(proof), Some(before)) = (&register.good_proof, standing.registration) else {
            return Ok(None);
        };
        let act = Owner {
            citizen,
            unit: register.id,
        };
        let count = self.orders_count(citizen).await?;
        let store = self.units.store();
        let owners = store.reserve(vec![wanted.device.clone()], act).await?;
        if owners.first() != Some(&act) {
            return Ok(None);
        }
        let first = count.saturating_sub(ORDERS_KEPT) + 1;
        let list = self
            .list_to_move(citizen, &before.device_id, &register.device_id)
            .await?;
        let taken = MoveByProof {
            citizen,
            list,
            register,
            proof: &proof.record,
            device_before: before.device_id,
            orders: (first..=count)
                .map(|number| numbered::<OrderRecord>(&SubjectId::OWNER, number))
                .collect(),
            count,
            authority: self,
            now: self.now(),
            over_by: self.over_by(),
        };
        let done = match self.hold_proof(proof, act).await {
            Ok(()) => self.units.run(&taken).await,
            Err(refusal) => Err(refusal),
        };
        let done = match done {
            Ok(done) => done,
            // Whether it was done, the same request again will find out.
            Err(refusal @ Refusal::Store(StoreError::OutcomeUnknown)) => return Err(refusal),
            Err(refusal) => {
                store.release(wanted.device.clone(), act).await?;
                self.let_go_of_proof(proof, act).await?;
                // Somebody needed what this act had taken and not used.
                return match refusal {
                    Refusal::Store(StoreError::UnitFenced) => Err(Refusal::AlreadyRegistered),
                    refusal => Err(refusal),
                };
            }
        };
        self.note_proof(proof, citizen).await?;
        self.devices.forget(&taken.device_before);
        self.devices.forget(&register.device_id);
        self.announce(done.answer.revoked);
        Ok(Some(Registered {
            citizen,
            again: true,
            other_document: false,
        }))
    }

    async fn orders_count(&self, citizen: CitizenId) -> Result<u32, StoreError> {
        let whose = SubjectId::OWNER;
        let head = vec![RowKey::for_record::<OrdersHead>(&whose)];
        let rows = self.units.read(citizen, &whose, head).await?;
        Ok(rows.get::<OrdersHead>()?.map_or(0, |head| head.count))
    }
}

struct MoveByProof<'a> {
    citizen: CitizenId,
    /// Whoever is looked after.
    list: ListToMove,
    register: &'a Register,
    proof: &'a ProofRecord,
    device_before: String,
    /// Places of the orders that stay, and how many there were.
    orders: Vec<RowKey>,
    count: u32,
    authority: &'a Authority,
    now: i64,
    over_by: i64,
}

#[derive(Serialize, Deserialize)]
struct MoveByProofAnswer {
    revoked: usize,
}

impl Unit for MoveByProof<'_> {
    type Answer = MoveByProofAnswer;
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
        let mut reads = vec![
            RowKey::for_record::<Registration>(&whose),
            RowKey::for_record::<Credentials>(&whose),
            ListToMove::place(),
            RowKey::for_record::<OrdersHead>(&whose),
            DeviceRecord::place(&whose, &self.device_before),
        ];
        reads.extend(self.orders.iter().cloned());
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<MoveByProofAnswer, Refusal> {
        let before = rows.get::<Registration>()?.ok_or(StoreError::Conflict)?;
        let head = rows.get::<OrdersHead>()?;
        let is_as_seen = before.device_id == self.device_before
            && head.as_ref().map_or(0, |head| head.count) == self.count;
        if !is_as_seen {
            // Somebody came in between: the same request again will know.
            return Err(StoreError::Conflict.into());
        }
        let mut identity = self.register.registration.identity.clone();
        if self.authority.document_hash(&before.identity)?
            != self.authority.document_hash(&identity)?
        {
            return Err(StoreError::Conflict.into());
        }
        let is_other = |stands: &ProofRecord| {
            self.proof.made_at <= stands.made_at || self.proof.contradicts(stands)
        };
        if before.proof.as_ref().is_some_and(is_other) {
            return Err(Refusal::NeedsDesk);
        }
        self.list.require(rows)?;
        let revoked = issue::revoke_all(rows, self.over_by)?;
        let place = DeviceRecord::place(rows.subject(), &self.device_before);
        let device = rows.get_at::<DeviceRecord>(&place)?;
        let is_same_person = before.proof.is_some();
        if !is_same_person {
            self.keep_orders_alone(rows, head.as_ref())?;
        }
        self.list.write(rows, is_same_person)?;
        if let Some(mut device) = device.filter(|device| device.ended_at.is_none()) {
            let ended = if is_same_person {
                IdentityProofError::Moved
            } else {
                IdentityProofError::TakenOver
            };
            device.ended_at = Some(self.now);
            device.ended_by = Some(ended.code().to_owned());
            rows.put_at(place, &device)?;
        }
        let mut registered_at = self.register.registration.registered_at;
        if is_same_person {
            registered_at = before.registered_at;
            // One document has many spellings; the first one stays.
            let first = &before.identity;
            identity.document_kind.clone_from(&first.document_kind);
            identity.document_number.clone_from(&first.document_number);
        }
        rows.put(&Registration {
            identity,
            registered_at,
            proof: Some(self.proof.clone().after(before.proof.as_ref())),
            ..self.register.registration.clone()
        })?;
        let place = DeviceRecord::place(rows.subject(), &self.register.device_id);
        rows.put_at(place, &self.register.device)?;
        Ok(MoveByProofAnswer { revoked })
    }
}

impl MoveByProof<'_> {
    /// Takes away what somebody declared whose document it was not; what officers ordered is on the document.
    fn keep_orders_alone(
        &self,
        rows: &mut Rows,
        head: Option<&OrdersHead>,
    ) -> Result<(), StoreError> {
        let mut orders = Vec::new();
        for place in &self.orders {
            if let Some(order) = rows.get_at::<OrderRecord>(place)? {
                orders.push((place.clone(), order));
            }
        }
        rows.erase(SubjectId::OWNER);
        for (place, order) in &orders {
            rows.put_at(place.clone(), order)?;
        }
        if let Some(head) = head {
            rows.put(head)?;
        }
        Ok(())
    }
}
