//! The desk moves a citizen to another phone: the one before is lost, broken, or its store is.
//!
//! Invariant: nothing is told or changed before two different officers' signatures hold. One act revokes every credential
//! of the owner, ends the device before, and lets the named device register the citizen, once; colour, history and chain
//! stay the citizen's. Registers nobody itself.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::records::{Credentials, DeviceRecord, MoveRecord, MovingTo, Registration, kinds};
use super::register::spaces;
use super::subjects::Dependants;
use super::{Authority, Refusal, acts, issue};
use crate::officers::{SignedMove, VerifiedMove};
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unique, Unit, UnitId};

/// What is told of a move.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    /// Id of the order.
    pub(crate) id: String,
    pub(crate) citizen: CitizenId,
    /// Credentials that were revoked.
    pub(crate) revoked: u32,
    /// It had come before.
    pub(crate) again: bool,
}

impl Authority {
    /// Carries out an order to move somebody.
    pub(crate) async fn move_device(&self, submitted: &SignedMove) -> Result<Moved, Refusal> {
        let now = self.now();
        let skew = self.policy.clock_skew_secs;
        let verified = self.officers.verify_move(submitted, now, skew)?;
        let citizen = self.citizen_of(&verified).await?;
        let store = self.units.store();
        let unit = UnitId::new(acts::MOVE, verified.id);
        let unique = Unique {
            space: spaces::MOVE,
            value: verified.id.to_vec(),
        };
        let me = Owner { citizen, unit };
        let owner = store.reserve(vec![unique], me).await?;
        // The same order again must not move who registered the document since.
        if owner.first() != Some(&me) {
            return Err(Refusal::IdReused);
        }
        let standing = self.standing(citizen, "").await?;
        let registration = standing.registration.ok_or_else(unknown)?;
        let order = Move {
            citizen,
            device_id: registration.device_id,
            is_of_another: self
                .is_of_another(citizen, &verified.order.device_id)
                .await?,
            verified: &verified,
            now,
            over_by: self.over_by(),
        };
        let done = self.units.run(&order).await?;
        if done.answer.order != BASE64URL_NOPAD.encode(&verified.bytes) {
            return Err(Refusal::IdReused);
        }
        self.devices.forget(&order.device_id);
        if !done.again {
            // Officers may rely on it: checkpoints can fetch the revocation from now on.
            self.publish_status_list().await?;
        }
        Ok(Moved {
            id: verified.order.id.clone(),
            citizen,
            revoked: done.answer.revoked,
            again: done.again,
        })
    }

    /// Whether the device is another citizen's now: it could not register this one, and who asks is cut off for nothing.
    async fn is_of_another(&self, citizen: CitizenId, device_id: &str) -> Result<bool, Refusal> {
        let unique = Unique {
            space: spaces::DEVICE,
            value: device_id.as_bytes().to_vec(),
        };
        let owner = self.units.store().owner(unique).await?;
        let Some(owner) = owner.filter(|owner| owner.citizen != citizen) else {
            return Ok(false);
        };
        // A registration that was never written, an erased citizen's or a row that has ended holds nobody.
        let device = self.standing(owner.citizen, device_id).await?.device;
        Ok(device.is_some_and(|device| device.ended_at.is_none()))
    }

    /// Who is registered with the document that the order names.
    async fn citizen_of(&self, verified: &VerifiedMove) -> Result<CitizenId, Refusal> {
        let kind = DocumentKind::from_id(&verified.order.document_kind)
            .ok_or_else(|| Refusal::invalid("documentKind", "answer_document_kind_refused"))?;
        let number = check_document_number(kind, &verified.order.document_number)
            .map_err(|error| Refusal::invalid("documentNumber", error.code()))?;
        let key = document_key(kind, &number);
        let value = self.sealer.hash("document", &[key.as_bytes()]).to_vec();
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: value.clone(),
        };
        let owner = self.units.store().owner(unique).await?;
        let citizen = owner.ok_or_else(unknown)?.citizen;
        let standing = self.standing(citizen, "").await?;
        if standing.document(self)? == Some(value) {
            Ok(citizen)
        } else {
            Err(unknown())
        }
    }
}

fn unknown() -> Refusal {
    Refusal::invalid("documentNumber", "unknown")
}

struct Move<'a> {
    citizen: CitizenId,
    /// The device before.
    device_id: String,
    /// The device to come is another citizen's.
    is_of_another: bool,
    verified: &'a VerifiedMove,
    now: i64,
    over_by: i64,
}

#[derive(Serialize, Deserialize)]
struct MoveActAnswer {
    /// Its bytes, base64url.
    order: String,
    revoked: u32,
}

impl Unit for Move<'_> {
    type Answer = MoveActAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::MOVE, self.verified.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        let whose = SubjectId::OWNER;
        vec![
            RowKey::for_record::<Registration>(&whose),
            RowKey::for_record::<Credentials>(&whose),
            RowKey::for_record::<Dependants>(&whose),
            DeviceRecord::place(&whose, &self.device_id),
        ]
    }

    fn apply(&self, rows: &mut Rows) -> Result<MoveActAnswer, Refusal> {
        let mut registration = rows.get::<Registration>()?.ok_or_else(unknown)?;
        if registration.device_id != self.device_id {
            // Another one registered meanwhile: the same order again will know.
            return Err(StoreError::Conflict.into());
        }
        if rows
            .get::<Dependants>()?
            .is_some_and(|them| !them.subjects.is_empty())
        {
            return Err(Refusal::DependantsRemain);
        }
        if self.is_of_another {
            return Err(Refusal::invalid("deviceId", "registered"));
        }
        let place = DeviceRecord::place(rows.subject(), &self.device_id);
        if let Some(mut device) = DeviceRecord::find(rows, &place)? {
            device.ended_at = Some(self.now);
            rows.put_at(place, &device)?;
        }
        let revoked = issue::revoke_all(rows, self.over_by)?;
        registration.moving_to = Some(MovingTo {
            device_id: self.verified.order.device_id.clone(),
            ordered_at: self.now,
        });
        rows.put(&registration)?;
        let order = BASE64URL_NOPAD.encode(&self.verified.bytes);
        let signatures = self.verified.signatures.iter();
        let record = MoveRecord {
            order: order.clone(),
            signatures: signatures
                .map(|(officer, signature)| (officer.clone(), BASE64URL_NOPAD.encode(signature)))
                .collect(),
            received_at: self.now,
        };
        let place = RowKey::new(rows.subject(), kinds::MOVE, &self.verified.id);
        rows.put_at(place, &record)?;
        Ok(MoveActAnswer {
            order,
            revoked: u32::try_from(revoked).unwrap_or(u32::MAX),
        })
    }
}

health_code_core::hidden_debug!(Moved);
