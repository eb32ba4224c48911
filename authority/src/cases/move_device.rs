//! The desk moves a citizen to another phone: the one before is lost, broken, or its store is.
//!
//! Invariant: nothing is told or changed before two different officers' signatures hold. One act revokes every credential
//! of the owner, ends the device before, and lets the named device register the citizen, once, with the document as it is
//! registered or with the one that the order names for it; colour, history and chain stay the citizen's. A new document is the
//! citizen's from before the act on, so that nobody takes it without them. Whoever the citizen looks after goes along. Registers nobody itself.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::records::{Credentials, DeviceRecord, MoveRecord, MovingTo, Registration, kinds};
use super::register::spaces;
use super::{Authority, Refusal, acts, issue};
use crate::capability::dependants::ListToMove;
use crate::officers::{MoveOrder, SignedOrder, Verified};
use crate::store::{CitizenId, Owner, RowKey, Rows, Settled, StoreError, Unique, Unit, UnitId};

/// Reservations that were left over and are freed on the way to one document.
const TRIES: usize = 4;

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
    pub(crate) async fn move_device(
        &self,
        submitted: &SignedOrder<MoveOrder>,
    ) -> Result<Moved, Refusal> {
        let now = self.now();
        let verified = self.verify_order(submitted)?;
        let new_document = self.new_document(&verified)?;
        let store = self.units.store();
        let unit = UnitId::new(acts::MOVE, verified.id);
        let unique = Unique {
            space: spaces::MOVE,
            value: verified.id.to_vec(),
        };
        // The same order again is on the same citizen, whose document may be the new one by now.
        let citizen = match store.owner(unique.clone()).await? {
            Some(before) => before.citizen,
            None => self.citizen_of(&verified).await?,
        };
        let me = Owner { citizen, unit };
        let owner = store.reserve(vec![unique], me).await?;
        // The same order again must not move who registered the document since.
        if owner.first() != Some(&me) {
            return Err(Refusal::IdReused);
        }
        let standing = self.standing(citizen, "").await?;
        let registration = standing.registration.ok_or_else(unknown)?;
        let next = &verified.order.device_id;
        let order = Move {
            citizen,
            list: self
                .list_to_move(citizen, &registration.device_id, next)
                .await?,
            device_id: registration.device_id,
            is_of_another: self
                .is_of_another(citizen, &verified.order.device_id)
                .await?,
            is_held_by_another: match &new_document {
                Some(document) => !self.hold_document(document, me).await?,
                None => false,
            },
            new_document,
            verified: &verified,
            now,
            over_by: self.over_by(),
        };
        let done = self.units.run(&order).await?;
        if done.answer.order != BASE64URL_NOPAD.encode(&verified.bytes) {
            return Err(Refusal::IdReused);
        }
        self.devices.forget(&order.device_id);
        let of_dependants = self.end_earlier_phones(citizen).await?;
        if !done.again || of_dependants > 0 {
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

    /// Keyed hash of a document that an order names in these members.
    fn ordered_document(
        &self,
        [kind_member, number_member]: [&'static str; 2],
        kind: &str,
        number: &str,
    ) -> Result<Vec<u8>, Refusal> {
        let kind = DocumentKind::from_id(kind)
            .ok_or_else(|| Refusal::invalid(kind_member, "answer_document_kind_refused"))?;
        let number = check_document_number(kind, number)
            .map_err(|error| Refusal::invalid(number_member, error.code()))?;
        let key = document_key(kind, &number);
        Ok(self.sealer.hash("document", &[key.as_bytes()]).to_vec())
    }

    fn registered_document(&self, order: &MoveOrder) -> Result<Vec<u8>, Refusal> {
        let members = ["documentKind", "documentNumber"];
        self.ordered_document(members, &order.document_kind, &order.document_number)
    }

    /// Keyed hash of the document that is to take the place of the registered one.
    fn new_document(&self, verified: &Verified<MoveOrder>) -> Result<Option<Vec<u8>>, Refusal> {
        let members = ["newDocumentKind", "newDocumentNumber"];
        let order = &verified.order;
        let (kind, number) = match (&order.new_document_kind, &order.new_document_number) {
            (None, None) => return Ok(None),
            (Some(kind), Some(number)) => (kind, number),
            (None, Some(_)) => return Err(Refusal::invalid(members[0], "missing")),
            (Some(_), None) => return Err(Refusal::invalid(members[1], "missing")),
        };
        let document = self.ordered_document(members, kind, number)?;
        if document == self.registered_document(order)? {
            return Err(Refusal::invalid(members[1], "unchanged"));
        }
        Ok(Some(document))
    }

    /// Takes the document for the citizen before anybody is told to register it; false where it is another's.
    async fn hold_document(&self, document: &[u8], me: Owner) -> Result<bool, Refusal> {
        let store = self.units.store();
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: document.to_vec(),
        };
        for _ in 0..TRIES {
            let owners = store.reserve(vec![unique.clone()], me).await?;
            let owner = owners.first().copied().ok_or(StoreError::Faulted)?;
            if owner.citizen == me.citizen {
                return Ok(true);
            }
            let is_done = self.units.settle(owner).await? == Settled::Done;
            let standing = self.standing(owner.citizen, "").await?;
            if is_done && standing.holds(self, document)? {
                return Ok(false);
            }
            // Left over, as what a registration finds so.
            store.release(unique.clone(), owner).await?;
        }
        Err(StoreError::Conflict.into())
    }

    /// Who is registered with the document that the order names.
    async fn citizen_of(&self, verified: &Verified<MoveOrder>) -> Result<CitizenId, Refusal> {
        let value = self.registered_document(&verified.order)?;
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
    /// Whoever is looked after.
    list: ListToMove,
    /// The device before.
    device_id: String,
    /// The device to come is another citizen's.
    is_of_another: bool,
    new_document: Option<Vec<u8>>,
    /// The new document is another citizen's.
    is_held_by_another: bool,
    verified: &'a Verified<MoveOrder>,
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
            ListToMove::place(),
            DeviceRecord::place(&whose, &self.device_id),
        ]
    }

    fn apply(&self, rows: &mut Rows) -> Result<MoveActAnswer, Refusal> {
        let mut registration = rows.get::<Registration>()?.ok_or_else(unknown)?;
        if registration.device_id != self.device_id {
            // Another one registered meanwhile: the same order again will know.
            return Err(StoreError::Conflict.into());
        }
        self.list.require(rows)?;
        if self.is_of_another {
            return Err(Refusal::invalid("deviceId", "registered"));
        }
        if self.is_held_by_another {
            return Err(Refusal::invalid("newDocumentNumber", "registered"));
        }
        let place = DeviceRecord::place(rows.subject(), &self.device_id);
        if let Some(mut device) = DeviceRecord::find(rows, &place)? {
            device.ended_at = Some(self.now);
            rows.put_at(place, &device)?;
        }
        let revoked = issue::revoke_all(rows, self.over_by)?;
        self.list.write(rows, true)?;
        registration.moving_to = Some(MovingTo {
            device_id: self.verified.order.device_id.clone(),
            ordered_at: self.now,
            new_document: self
                .new_document
                .as_deref()
                .map(|it| BASE64URL_NOPAD.encode(it)),
        });
        rows.put(&registration)?;
        let order = BASE64URL_NOPAD.encode(&self.verified.bytes);
        let record = MoveRecord {
            order: order.clone(),
            signatures: self.verified.signed(),
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
