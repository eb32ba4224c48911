//! A carer stops caring: the phone erased the dependant. While others care, or the dependant has a phone, that ends this care
//! alone; the last one who leaves erases the dependant, as a citizen who erases is erased.
//!
//! Invariant: one act ends the care, puts the codes of the carer's phone on the status list, and leaves nothing but what the
//! receipt names; the same request again has the same receipt. The carer's list follows after.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::trust::{DevicePublicKey, sign_bundle};
use health_code_core::wire::{
    ERASURE_TYPE, ErasureReceipt, KeptItem, SignatureVerifier, SubjectId,
};
use serde::{Deserialize, Serialize};

use super::agreement;
use crate::cases::erase::{self, Erased};
use crate::cases::records::{Credentials, DeviceRecord, OrderRecord, OrdersHead, Registration};
use crate::cases::register::spaces;
use crate::cases::reported_facts::ReportedFacts;
use crate::cases::subjects::Care;
use crate::cases::{Authority, Refusal, acts, issue};
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unique, Unit, UnitId};

impl Authority {
    /// Ends the care of the device's owner for the dependant whom the phone knows by this id, and erases the dependant where that was
    /// the last who cared.
    pub(crate) async fn leave(
        &self,
        subject: &SubjectId,
        signed: &SignatureVerifier,
    ) -> Result<Erased, Refusal> {
        let parts = [signed.signed_text().as_bytes(), signed.signature()];
        let hash = self.sealer.hash("erasure", &parts);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        let unit = UnitId::new(acts::ERASURE, id);
        let unique = Unique {
            space: spaces::ERASURE,
            value: hash.to_vec(),
        };
        let store = self.units.store();
        let before = store.owner(unique.clone()).await?;
        // Nobody but who signed it knows the request: where it is the same again, the key may be gone.
        let device = match self.signed_by(signed).await {
            Ok(device) => Some(device),
            Err(Refusal::DeviceUnknown) if before.is_some() => None,
            Err(refusal) => return Err(refusal),
        };
        let citizen = match (&before, &device) {
            (Some(before), _) => before.citizen,
            (None, Some(device)) => {
                let link = self.link(device, subject).await?;
                let citizen = link.and_then(|link| link.citizen());
                citizen.ok_or(Refusal::SubjectUnknown)?
            }
            (None, None) => return Err(Refusal::DeviceUnknown),
        };
        if before.is_none() {
            let owner = Owner { citizen, unit };
            store.reserve(vec![unique], owner).await?;
        }
        let left = self.leave_citizen(
            subject,
            signed,
            device.as_ref().map(|it| it.public_key),
            (citizen, unit),
        );
        let left = left.await;
        if let (Some(device), Ok(_) | Err(Refusal::SubjectUnknown)) = (&device, &left) {
            self.take_from_list(device.citizen, subject).await?;
        }
        left
    }

    async fn leave_citizen(
        &self,
        subject: &SubjectId,
        signed: &SignatureVerifier,
        key: Option<DevicePublicKey>,
        (citizen, unit): (CitizenId, UnitId),
    ) -> Result<Erased, Refusal> {
        let now = self.now();
        let owner = SubjectId::OWNER;
        let orders_until = now + i64::from(self.policy.orders_kept_days) * 86_400;
        let standing = self.orders_of(citizen, &owner).await?;
        let registration = self.standing(citizen, "").await?.registration;
        let leave = Leave {
            id: unit,
            citizen,
            subject,
            signed,
            key,
            own_phone: registration.map(|it| it.device_id).unwrap_or_default(),
            orders: self.orders_to_keep(&owner, standing.head.as_ref()),
            in_force: standing.head.clone(),
            orders_until,
            authority: self,
            now,
        };
        if let Some(document) = standing.document
            && self.policy.orders_kept_days > 0
            && self.is_last(&leave).await?
        {
            self.keep_order(document, standing.head, orders_until, unit)
                .await?;
        }
        let done = self.units.run(&leave).await?;
        if let Some(document) = &done.answer.document {
            let value = BASE64URL_NOPAD.decode(document.as_bytes());
            let unique = Unique {
                space: spaces::DOCUMENT,
                value: value.unwrap_or_default(),
            };
            let store = self.units.store();
            let holder = store.owner(unique.clone()).await?;
            if let Some(holder) = holder.filter(|holder| holder.citizen == citizen) {
                store.release(unique, holder).await?;
            }
        }
        if done.answer.revoked > 0 && !done.again {
            self.publish_status_list().await?;
        }
        Ok(Erased {
            receipt: done.answer.receipt,
        })
    }

    /// Whether nobody else cares now; looked at again in the act.
    async fn is_last(&self, leave: &Leave<'_>) -> Result<bool, Refusal> {
        let rows = self
            .units
            .read(leave.citizen, &SubjectId::OWNER, leave.reads())
            .await?;
        leave.is_last(&rows)
    }
}

struct Leave<'a> {
    id: UnitId,
    citizen: CitizenId,
    /// By which the phone knew the dependant.
    subject: &'a SubjectId,
    signed: &'a SignatureVerifier,
    /// The device's; none where the device is somebody's no more.
    key: Option<DevicePublicKey>,
    /// The phone that the dependant has, or had.
    own_phone: String,
    /// Places of the orders that are kept.
    orders: Vec<RowKey>,
    in_force: Option<OrdersHead>,
    /// Unix seconds.
    orders_until: i64,
    authority: &'a Authority,
    now: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LeaveAnswer {
    receipt: String,
    revoked: usize,
    /// Keyed hash of the document, base64url, where the dependant was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl Leave<'_> {
    /// Whether nobody else cares, and the dependant has no phone.
    fn is_last(&self, rows: &Rows) -> Result<bool, Refusal> {
        let care = rows.get::<Care>()?.unwrap_or_default();
        let mut others = care.carers.iter();
        let has_others = others.any(|carer| carer.device_id != self.signed.key_id);
        let own_phone = DeviceRecord::place(rows.subject(), &self.own_phone);
        Ok(!has_others && DeviceRecord::find(rows, &own_phone)?.is_none())
    }

    fn receipt(&self, revoked: usize, kept: Vec<KeptItem>) -> Result<String, Refusal> {
        let key = self.key.ok_or(Refusal::DeviceUnknown)?;
        let citizen = self.citizen.to_string();
        let receipt = ErasureReceipt {
            revoked_credentials: u32::try_from(revoked).unwrap_or(u32::MAX),
            kept,
            ..ErasureReceipt::answering(self.signed, &key, citizen, self.subject.clone(), self.now)
        };
        let json = serde_json::to_vec(&receipt).map_err(|_| StoreError::Faulted)?;
        let key = &self.authority.issuer_key;
        let signed = sign_bundle(ERASURE_TYPE, Some(self.now), &json, key);
        let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
        Ok(BASE64URL_NOPAD.encode(&signed))
    }
}

impl Unit for Leave<'_> {
    type Answer = LeaveAnswer;
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

    fn kept_until(&self) -> Option<i64> {
        Some(self.now + erase::RECEIPT_KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        let owner = SubjectId::OWNER;
        let mut reads = vec![
            DeviceRecord::place(&owner, &self.signed.key_id),
            DeviceRecord::place(&owner, &self.own_phone),
            RowKey::for_record::<Care>(&owner),
            RowKey::for_record::<Credentials>(&owner),
            RowKey::for_record::<Registration>(&owner),
            RowKey::for_record::<OrdersHead>(&owner),
            RowKey::for_record::<ReportedFacts>(&owner),
        ];
        reads.extend(self.orders.iter().cloned());
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<LeaveAnswer, Refusal> {
        let device_id = &self.signed.key_id;
        let place = DeviceRecord::place(rows.subject(), device_id);
        let key = DeviceRecord::find(rows, &place)?;
        key.filter(|key| key.is_carers)
            .ok_or(Refusal::SubjectUnknown)?;
        let over_by = self.authority.over_by();
        if !self.is_last(rows)? {
            let revoked = agreement::end(rows, device_id, self.now, over_by)?;
            let kept = erase::kept_of_care(self.now, revoked);
            return Ok(LeaveAnswer {
                receipt: self.receipt(revoked, kept)?,
                revoked,
                document: None,
            });
        }
        if rows.get::<OrdersHead>()? != self.in_force {
            // Another order came in between: the same request again will know of it.
            return Err(StoreError::Conflict.into());
        }
        let mut orders = Vec::new();
        for place in &self.orders {
            if let Some(order) = rows.get_at::<OrderRecord>(place)? {
                orders.push((place.clone(), order));
            }
        }
        let registration = rows.get::<Registration>()?;
        let document = registration.map(|it| self.authority.document_hash(&it.identity));
        let document = document.transpose()?;
        let results_until = ReportedFacts::kept_until(rows, self.now)?;
        let revoked = issue::revoke_all(rows, over_by)?;
        rows.erase(SubjectId::OWNER);
        for (place, order) in &orders {
            rows.put_until(place.clone(), order, self.orders_until)?;
        }
        let kept = erase::kept(erase::Keeping {
            now: self.now,
            revoked,
            last_end: 0,
            orders: orders.len(),
            orders_until: self.orders_until,
            keeps_order_in_force: self.authority.policy.orders_kept_days > 0
                && self.in_force.as_ref().is_some_and(erase::is_binding),
            keeps_device: false,
            results_until,
        });
        Ok(LeaveAnswer {
            receipt: self.receipt(revoked, kept)?,
            revoked,
            document: document.map(|hash| BASE64URL_NOPAD.encode(&hash)),
        })
    }
}
