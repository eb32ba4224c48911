//! A subject's end: everything that is kept of it goes, with a receipt for whoever asked.
//!
//! Invariant: one act takes every row of the subject, puts its credentials on the status list, and leaves nothing but
//! what the receipt names; the same request again is the same act and the same receipt. The document is freed after it;
//! where that is cut short, the next registration that needs it finds the one before gone. An order in force waits under the
//! document before anything goes ([`kept_order`](super::kept_order)). The device is kept as one that
//! has ended for as long as a registration of before may be on its way, which would be somebody's whose key is gone.

mod kept;

use data_encoding::BASE64URL_NOPAD;
use health_code_core::trust::sign_bundle;
use health_code_core::wire::{
    ERASURE_TYPE, ErasureReceipt, KeptItem, SignatureVerifier, SubjectId,
};
use serde::{Deserialize, Serialize};

use super::records::{Credentials, DeviceRecord, OrderRecord, OrdersHead, Registration, numbered};
use super::register::spaces;
use super::reported_facts::ReportedFacts;
use super::subjects::Dependants;
use super::{Authority, Refusal, acts};
use super::{issue, kept_order};
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unique, Unit, UnitId};
pub(crate) use kept::{Keeping, kept, kept_of_care};

/// The receipt can be had again for this time, seconds.
pub(crate) const RECEIPT_KEPT_SECS: i64 = 30 * 86_400;
/// How far a phone's time may be behind the answers that it had, seconds.
const ANSWERS_TAKE_SECS: i64 = 5;
/// For so long something that the device sent before may still arrive, seconds: twice as long as a nonce is good.
const ON_ITS_WAY_SECS: i64 = 10 * 60;
/// Most orders that are kept of a subject, the newest: one act must not grow without end.
const ORDERS_KEPT: u32 = 100;

/// A subject that was erased.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Erased {
    /// Signed by the issuer, base64url.
    pub(crate) receipt: String,
}

impl Authority {
    /// Erases the subject that a device asked to have erased. The request's nonce is the device's own: it was signed
    /// when the citizen erased the phone, and comes when there is a network.
    pub(crate) async fn erase(
        &self,
        subject: &SubjectId,
        signed: &SignatureVerifier,
    ) -> Result<Erased, Refusal> {
        if !subject.is_owner() {
            return self.leave(subject, signed).await;
        }
        let parts = [signed.signed_text().as_bytes(), signed.signature()];
        let hash = self.sealer.hash("erasure", &parts);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        let unit = UnitId::new(acts::ERASURE, id);
        let unique = Unique {
            space: spaces::ERASURE,
            value: hash.to_vec(),
        };
        let citizen = match self.units.store().owner(unique.clone()).await? {
            // Nobody but who signed it knows it: it is the same request again, and the key may be gone.
            Some(before) => before.citizen,
            None => self.begin_erasing(unique, unit, signed).await?,
        };
        let now = self.now();
        let orders_until = now + i64::from(self.policy.orders_kept_days) * 86_400;
        let standing = self.orders_of(citizen, subject).await?;
        if let (Some(document), true) = (standing.document, self.keeps_orders()) {
            let order = standing.head.clone();
            self.keep_order(document, order, orders_until, unit).await?;
        }
        let gone = self.no_more_in_care(citizen, &signed.key_id).await?;
        let erase = Erase {
            gone,
            id: unit,
            citizen,
            subject,
            signed,
            orders: self.orders_to_keep(subject, standing.head.as_ref()),
            in_force: standing.head,
            orders_until,
            authority: self,
            now,
            over_by: self.over_by(),
        };
        let done = self.units.run(&erase).await?;
        self.devices.forget(&signed.key_id);
        self.free(citizen, &done.answer, &signed.key_id, unit)
            .await?;
        if done.answer.revoked > 0 && !done.again {
            self.publish_status_list().await?;
        }
        Ok(Erased {
            receipt: done.answer.receipt,
        })
    }

    /// Checks who asks, and has the same request find the same citizen from now on.
    async fn begin_erasing(
        &self,
        unique: Unique,
        unit: UnitId,
        signed: &SignatureVerifier,
    ) -> Result<CitizenId, Refusal> {
        let device = self.signed_by(signed).await?;
        let owner = Owner {
            citizen: device.citizen,
            unit,
        };
        let owners = self.units.store().reserve(vec![unique], owner).await?;
        let owner = owners.first().ok_or(StoreError::Faulted)?;
        Ok(owner.citizen)
    }

    /// What orders there are on a subject, and under which document the one in force is to wait.
    pub(crate) async fn orders_of(
        &self,
        citizen: CitizenId,
        subject: &SubjectId,
    ) -> Result<Orders, Refusal> {
        let registration = RowKey::for_record::<Registration>(subject);
        let reads = vec![RowKey::for_record::<OrdersHead>(subject), registration];
        let rows = self.units.read(citizen, subject, reads).await?;
        let registration = rows.get::<Registration>()?;
        let document = registration.map(|it| self.document_hash(&it.identity));
        Ok(Orders {
            head: rows.get::<OrdersHead>()?,
            document: document.transpose()?,
        })
    }

    /// Those on the owner's list who are in the owner's care no more: others ended it, or the time did.
    async fn no_more_in_care(
        &self,
        citizen: CitizenId,
        device_id: &str,
    ) -> Result<Vec<SubjectId>, Refusal> {
        let owner = SubjectId::OWNER;
        let list = vec![RowKey::for_record::<Dependants>(&owner)];
        let rows = self.units.read(citizen, &owner, list).await?;
        let mut gone = Vec::new();
        for link in rows.get::<Dependants>()?.unwrap_or_default().links {
            let cares = match link.citizen() {
                Some(dependant) => self.cares(device_id, dependant).await?,
                None => false,
            };
            if !cares {
                gone.push(link.subject);
            }
        }
        Ok(gone)
    }

    const fn keeps_orders(&self) -> bool {
        self.policy.orders_kept_days > 0
    }

    /// The places of the orders that are kept, newest last; none where the settings keep none.
    pub(crate) fn orders_to_keep(
        &self,
        subject: &SubjectId,
        head: Option<&OrdersHead>,
    ) -> Vec<RowKey> {
        if !self.keeps_orders() {
            return Vec::new();
        }
        let count = head.map_or(0, |head| head.count);
        let first = count.saturating_sub(ORDERS_KEPT) + 1;
        let place = |number| numbered::<OrderRecord>(subject, number);
        (first..=count).map(place).collect()
    }

    /// Lets go of the document, where it is this citizen's still, and has the erasing hold the device, until somebody
    /// registers with it: what made the registration that held it is gone.
    async fn free(
        &self,
        citizen: CitizenId,
        answer: &EraseAnswer,
        device_id: &str,
        unit: UnitId,
    ) -> Result<(), StoreError> {
        let Some(document) = &answer.document else {
            return Ok(());
        };
        let store = self.units.store();
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: BASE64URL_NOPAD
                .decode(document.as_bytes())
                .unwrap_or_default(),
        };
        let owner = store.owner(unique.clone()).await?;
        if let Some(owner) = owner.filter(|owner| owner.citizen == citizen) {
            store.release(unique, owner).await?;
        }
        let unique = Unique {
            space: spaces::DEVICE,
            value: device_id.as_bytes().to_vec(),
        };
        let owner = store.owner(unique.clone()).await?;
        if let Some(owner) = owner.filter(|it| it.citizen == citizen && it.unit != unit) {
            store.release(unique.clone(), owner).await?;
            store.reserve(vec![unique], Owner { citizen, unit }).await?;
        }
        Ok(())
    }
}

/// The orders on a subject as they were looked at before the act.
pub(crate) struct Orders {
    pub(crate) head: Option<OrdersHead>,
    pub(crate) document: Option<[u8; 32]>,
}

struct Erase<'a> {
    id: UnitId,
    citizen: CitizenId,
    subject: &'a SubjectId,
    signed: &'a SignatureVerifier,
    /// Places of the orders that are kept.
    orders: Vec<RowKey>,
    /// Dependants on the owner's list who are in the owner's care no more.
    gone: Vec<SubjectId>,
    /// The one in force, which waits under the document by now.
    in_force: Option<OrdersHead>,
    /// How long they are kept, Unix seconds.
    orders_until: i64,
    authority: &'a Authority,
    now: i64,
    /// Credentials that ended by then count nowhere, Unix seconds: what is not revoked now never will be.
    over_by: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EraseAnswer {
    receipt: String,
    revoked: usize,
    /// Keyed hash of the owner's document, base64url: what is freed afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl Unit for Erase<'_> {
    type Answer = EraseAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        self.subject.clone()
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.now + RECEIPT_KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        let device_id = &self.signed.key_id;
        let mut reads = vec![
            DeviceRecord::place(&SubjectId::OWNER, device_id),
            DeviceRecord::place(self.subject, device_id),
            RowKey::for_record::<Dependants>(&SubjectId::OWNER),
            RowKey::for_record::<Registration>(&SubjectId::OWNER),
            RowKey::for_record::<Credentials>(self.subject),
            RowKey::for_record::<Registration>(self.subject),
            RowKey::for_record::<OrdersHead>(self.subject),
            RowKey::for_record::<ReportedFacts>(self.subject),
        ];
        reads.extend(self.orders.iter().cloned());
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<EraseAnswer, Refusal> {
        let device_id = &self.signed.key_id;
        let of_owner = DeviceRecord::place(&SubjectId::OWNER, device_id);
        let device = DeviceRecord::find(rows, &of_owner)?.ok_or(Refusal::DeviceUnknown)?;
        let key = device.key()?;
        // Signed before this registration was consented to: it was another life's, with the same key.
        let registration =
            rows.get_at::<Registration>(&RowKey::for_record::<Registration>(&SubjectId::OWNER))?;
        let signed_by = self.signed.created.saturating_add(ANSWERS_TAKE_SECS);
        if registration.is_some_and(|it| signed_by < it.consented_at) {
            return Err(Refusal::DeviceUnknown);
        }
        let dependants = rows.get::<Dependants>()?.unwrap_or_default();
        if dependants
            .links
            .iter()
            .any(|link| !self.gone.contains(&link.subject))
        {
            return Err(Refusal::DependantsRemain);
        }
        let orders = self.orders(rows)?;
        let document = self.document(rows)?;
        let results_until = ReportedFacts::kept_until(rows, self.now)?;
        let credentials = rows.get::<Credentials>()?.unwrap_or_default();
        let ends = credentials.unexpired.iter().map(|one| one.expires_at);
        let last_end = ends.max().unwrap_or_default();
        let revoked = issue::revoke_all(rows, self.over_by)?;
        rows.erase(self.subject.clone());
        for (place, order) in &orders {
            rows.put_until(place.clone(), order, self.orders_until)?;
        }
        let ended = DeviceRecord {
            // By the phone's time, as consents are: it may have registered anew before this came. What was consented
            // to in the same second was so after it.
            ended_at: Some(self.signed.created.min(self.now).saturating_sub(1)),
            ..device
        };
        rows.put_until(of_owner, &ended, self.now + ON_ITS_WAY_SECS)?;
        let citizen = self.citizen.to_string();
        let receipt = ErasureReceipt {
            revoked_credentials: u32::try_from(revoked).unwrap_or(u32::MAX),
            kept: self.kept((revoked, last_end), orders.len(), results_until),
            ..ErasureReceipt::answering(self.signed, &key, citizen, self.subject.clone(), self.now)
        };
        let json = serde_json::to_vec(&receipt).map_err(|_| StoreError::Faulted)?;
        let signed = sign_bundle(
            ERASURE_TYPE,
            Some(self.now),
            &json,
            &self.authority.issuer_key,
        )
        .map_err(|error| Refusal::Failed(error.code()))?;
        Ok(EraseAnswer {
            receipt: BASE64URL_NOPAD.encode(&signed),
            revoked,
            document,
        })
    }
}

impl Erase<'_> {
    /// The orders that are kept, with their places.
    fn orders(&self, rows: &Rows) -> Result<Vec<(RowKey, OrderRecord)>, Refusal> {
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
        Ok(orders)
    }

    /// Hash of the owner's document.
    fn document(&self, rows: &Rows) -> Result<Option<String>, Refusal> {
        let registration = rows.get::<Registration>()?;
        let identity = registration.map(|registration| registration.identity);
        let hash = identity.map(|identity| self.authority.document_hash(&identity));
        Ok(hash.transpose()?.map(|hash| BASE64URL_NOPAD.encode(&hash)))
    }

    /// What is kept, and why.
    fn kept(
        &self,
        (revoked, last_end): (usize, i64),
        orders: usize,
        results_until: Option<i64>,
    ) -> Vec<KeptItem> {
        let is_binding = self.in_force.as_ref().is_some_and(kept_order::is_binding);
        kept(Keeping {
            now: self.now,
            revoked,
            last_end,
            orders,
            orders_until: self.orders_until,
            keeps_order_in_force: is_binding && self.authority.keeps_orders(),
            keeps_device: true,
            results_until,
        })
    }
}

/// Whether an order is one that nobody should come off by erasing.
pub(crate) fn is_binding(order: &OrdersHead) -> bool {
    kept_order::is_binding(order)
}

health_code_core::hidden_debug!(Erased);
