//! A carer takes somebody into care: a child, an elder, who is registered nowhere yet or in somebody's care already.
//!
//! Invariant: the dependant's document is one citizen's, as everybody's is. Who is registered nowhere is taken in by the
//! carer's word where the settings say so, or by the desk's; who is registered, by a code that a carer or the person's own phone shows, or
//! by the desk's word, and keeps colour, history and chain. The request names the document in each case: a code alone finds nobody. Whom the
//! carer looked after on an earlier phone needs no word anew.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::dependants::{CarePurpose, CareRequest};
use health_code_core::form::check_identity;
use health_code_core::identity::{DocumentKind, birth_date};
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{Identity, SubjectId};
use serde::{Deserialize, Serialize};

use super::agreement::{self, Offer};
use crate::cases::devices::Device;
use crate::cases::kept_order::KeptOrder;
use crate::cases::records::{Credentials, DeviceRecord, Registration};
use crate::cases::register::{Registered, spaces};
use crate::cases::subjects::{Care, Carer};
use crate::cases::{Authority, Refusal, acts};
use crate::store::{CitizenId, Owner, RowKey, Rows, Settled, StoreError, Unique, Unit, UnitId};

/// Acts that call each other off in turn end here.
const TRIES: usize = 4;
/// Longest life that a day of birth can tell of, years.
const LONGEST_LIFE_YEARS: u32 = 150;

/// What was sent.
#[derive(Clone, Copy)]
pub(crate) struct AskedCare<'a> {
    pub(crate) subject: &'a SubjectId,
    /// UUIDv7 of the request.
    pub(crate) id: [u8; 16],
    pub(crate) request: &'a CareRequest,
    pub(crate) body: &'a [u8],
}

health_code_core::hidden_debug!(AskedCare<'_>);

impl Authority {
    /// Takes somebody into the care of the device's owner; tells which citizen it is.
    pub(crate) async fn take_in(
        &self,
        device: &Device,
        asked: AskedCare<'_>,
    ) -> Result<Registered, Refusal> {
        let AskedCare {
            subject, request, ..
        } = asked;
        if subject.is_owner() {
            return Err(Refusal::SubjectUnknown);
        }
        let now = self.now();
        let today = self.definitions().day(now)?;
        let (identity, born) = check(request, &today)?;
        let key = request.key.proven(&device.device_id, subject);
        let key = key.ok_or_else(|| Refusal::invalid("key", "not_proven"))?;
        let document = self.document_hash(&identity)?;
        let parts = [
            device.device_id.as_bytes(),
            subject.as_str().as_bytes(),
            &asked.id,
            asked.body,
        ];
        let hash = self.sealer.hash("care", &parts);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        let mut take_in = TakeIn {
            id: UnitId::new(acts::CARE, id),
            citizen: CitizenId::from_bytes([0; 16]),
            is_new: false,
            earlier: Vec::new(),
            has_order: self.has_care_order(&document, &device.device_id).await?,
            offer: request.code.as_ref().map(Offer::place),
            registration: Registration {
                identity,
                consent_version: request.consent.version,
                consented_at: request.consent.accepted_at.min(now),
                registered_at: now,
                device_id: String::new(),
                request: uuid::Uuid::from_bytes(asked.id).to_string(),
                changed_at: now,
                moving_to: None,
                proof: None,
            },
            born,
            key,
            hardware: request.key.hardware,
            device,
            today,
            now,
            kept_order: None,
            authority: self,
        };
        let link = Unique {
            space: spaces::CARE,
            value: hash.to_vec(),
        };
        for _ in 0..TRIES {
            let taken = self.try_take_in(&mut take_in, asked, &link, document);
            if let Some(registered) = taken.await? {
                if registered.again && !self.cares(&device.device_id, registered.citizen).await? {
                    // It was agreed to then, and has ended since.
                    return Err(Refusal::CareNotAgreed);
                }
                self.let_go_of_care_order(&document, &device.device_id)
                    .await?;
                self.deliver_reports(&document).await?;
                // One person under two ids is one: the key on the phone is the newer one's.
                let citizen = registered.citizen.to_string();
                for link in self.links(device).await? {
                    if link.citizen == citizen && link.subject != *subject {
                        self.take_from_list(device.citizen, &link.subject).await?;
                    } else if link.citizen == citizen && link.moved.is_some() {
                        self.note_arrival(device, subject).await?;
                    }
                }
                return Ok(registered);
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// One attempt; none where it has to be made again.
    async fn try_take_in(
        &self,
        take_in: &mut TakeIn<'_>,
        asked: AskedCare<'_>,
        link: &Unique,
        document: [u8; 32],
    ) -> Result<Option<Registered>, Refusal> {
        let store = self.units.store();
        let mut me = Owner {
            citizen: CitizenId::from_random(self.random()?),
            unit: take_in.id,
        };
        let first = store.reserve(vec![link.clone()], me).await?;
        // An attempt before this one began it: it is the same act.
        me.citizen = first.first().ok_or(StoreError::Faulted)?.citizen;
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: document.to_vec(),
        };
        let owner = store.reserve(vec![unique.clone()], me).await?;
        let owner = *owner.first().ok_or(StoreError::Faulted)?;
        take_in.is_new = owner == me;
        take_in.citizen = owner.citizen;
        if !take_in.is_new {
            let is_done = self.units.settle(owner).await? == Settled::Done;
            let standing = self.standing(owner.citizen, "").await?;
            if !is_done || !standing.holds(self, &document)? {
                // Left over, as what a registration finds so.
                store.release(unique, owner).await?;
                return Ok(None);
            }
        }
        let let_go = async || -> Result<(), StoreError> {
            store.release(unique.clone(), me).await?;
            store.release(link.clone(), me).await
        };
        if take_in.citizen == take_in.device.citizen {
            let_go().await?;
            return Err(Refusal::CareNotAgreed);
        }
        take_in.earlier = self.earlier_phones(take_in.device, owner.citizen).await?;
        if take_in.is_new {
            take_in.kept_order = self.kept_order(&document).await?;
        }
        // Before anything counts, so that no dependant is in the care of somebody whose list does not say so.
        let linked = self.put_on_list(take_in.device, asked, take_in.citizen);
        if let Err(refusal) = linked.await {
            let_go().await?;
            return Err(refusal);
        }
        match self.units.run(&*take_in).await {
            Ok(done) => {
                if let Some(kept) = &take_in.kept_order {
                    self.let_go_of_order(&document, kept).await?;
                }
                Ok(Some(Registered {
                    citizen: take_in.citizen,
                    again: done.again,
                    other_document: false,
                }))
            }
            // Whether it was done, the same request again will find out.
            Err(refusal @ Refusal::Store(StoreError::OutcomeUnknown)) => Err(refusal),
            // Somebody needed what this act had taken and not used: begin as another citizen.
            Err(Refusal::Store(StoreError::UnitFenced)) => {
                let_go().await?;
                Ok(None)
            }
            Err(refusal) => {
                let_go().await?;
                // Whom an earlier phone looked after stays on the list, unless that has ended.
                if take_in.earlier.is_empty() || matches!(refusal, Refusal::CareNotAgreed) {
                    self.take_from_list(take_in.device.citizen, asked.subject)
                        .await?;
                }
                Err(refusal)
            }
        }
    }

    /// The carer's phones before this one on which this citizen was looked after.
    async fn earlier_phones(
        &self,
        device: &Device,
        citizen: CitizenId,
    ) -> Result<Vec<String>, Refusal> {
        let citizen = citizen.to_string();
        let links = self.links(device).await?.into_iter();
        let of_citizen = links.filter(|link| link.citizen == citizen);
        let moved = of_citizen.filter_map(|link| link.moved);
        let goes_along = moved.filter(|moved| moved.identity.is_some());
        Ok(goes_along.flat_map(|moved| moved.earlier).collect())
    }
}

/// The identity in its normal form, and the day of birth where anything says it.
fn check(request: &CareRequest, today: &str) -> Result<(Identity, Option<String>), Refusal> {
    let identity = check_identity(&request.identity, today).map_err(|errors| {
        let first = errors.into_iter().next();
        first.map_or(Refusal::Invalid(None), |error| {
            Refusal::invalid(format!("identity.{}", error.path), error.code)
        })
    })?;
    if request.consent.version == 0 {
        return Err(Refusal::invalid("consent.version", "out_of_range"));
    }
    let kind = DocumentKind::from_id(&identity.document_kind);
    let by_document = kind.and_then(|kind| birth_date(kind, &identity.document_number));
    let told = request.birth_date.as_deref();
    let told: Option<chrono::NaiveDate> = told
        .map(str::parse)
        .transpose()
        .map_err(|_| Refusal::invalid("birthDate", "unreadable"))?;
    if let Some(told) = told {
        let day = told.to_string();
        let today: Option<chrono::NaiveDate> = today.parse().ok();
        let is_of_somebody = today.is_some_and(|today| {
            told <= today
                && today
                    .years_since(told)
                    .is_some_and(|it| it < LONGEST_LIFE_YEARS)
        });
        let agrees = by_document.is_none_or(|by_document| by_document == told);
        if request.birth_date.as_deref() != Some(day.as_str()) || !is_of_somebody || !agrees {
            return Err(Refusal::invalid("birthDate", "out_of_range"));
        }
    }
    let born = by_document.or(told).map(|day| day.to_string());
    Ok((identity, born))
}

/// What is kept of the dependant, and who cares.
struct TakeIn<'a> {
    id: UnitId,
    citizen: CitizenId,
    /// The document was nobody's; this act has taken it.
    is_new: bool,
    /// The carer's phones before this one that it takes the place of.
    earlier: Vec<String>,
    /// The desk agreed.
    has_order: bool,
    /// Where the offer of the code that was sent is.
    offer: Option<RowKey>,
    registration: Registration,
    born: Option<String>,
    key: DevicePublicKey,
    hardware: bool,
    device: &'a Device,
    today: String,
    now: i64,
    kept_order: Option<KeptOrder>,
    authority: &'a Authority,
}

#[derive(Serialize, Deserialize)]
struct TakeInAnswer {}

impl TakeIn<'_> {
    /// Of somebody who is in the device's owner's care already: other details of where and how to reach the person, and no others.
    fn correct_details(&self, rows: &mut Rows, before: &Registration) -> Result<(), Refusal> {
        let mut identity = self.registration.identity.clone();
        // One document has many spellings; the first one stays.
        let document_kind = &before.identity.document_kind;
        identity.document_kind.clone_from(document_kind);
        let document_number = &before.identity.document_number;
        identity.document_number.clone_from(document_number);
        if let Some(part) = before.identity.fixed_details_changed(&identity).first() {
            return Err(Refusal::DetailsFixed(part));
        }
        if identity != before.identity {
            rows.put(&Registration {
                identity,
                ..before.clone()
            })?;
        }
        Ok(())
    }

    /// Whether anybody agreed who may; uses a code up.
    fn is_agreed(&self, rows: &mut Rows, is_moved: bool) -> Result<bool, StoreError> {
        if self.has_order || is_moved {
            return Ok(true);
        }
        match &self.offer {
            Some(place) if !self.is_new => Offer::use_up(rows, place, CarePurpose::Carer, self.now),
            Some(_) => Ok(false),
            None => Ok(self.is_new && self.authority.policy.care.is_self_declared),
        }
    }
}

impl Unit for TakeIn<'_> {
    type Answer = TakeInAnswer;
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
        let owner = SubjectId::OWNER;
        let mut reads = vec![
            RowKey::for_record::<Registration>(&owner),
            RowKey::for_record::<Care>(&owner),
            DeviceRecord::place(&owner, &self.device.device_id),
        ];
        reads.extend(self.offer.clone());
        if !self.earlier.is_empty() {
            reads.push(RowKey::for_record::<Credentials>(&owner));
            let earlier = self.earlier.iter();
            reads.extend(earlier.map(|device_id| DeviceRecord::place(&owner, device_id)));
        }
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<TakeInAnswer, Refusal> {
        let registration = rows.get::<Registration>()?;
        let mut care = rows.get::<Care>()?.unwrap_or_default();
        let policy = &self.authority.policy.care;
        let place = DeviceRecord::place(rows.subject(), &self.device.device_id);
        let has_key = DeviceRecord::find(rows, &place)?.is_some_and(|key| key.is_carers);
        let cares = has_key && care.counts_for(&self.device.device_id, policy, &self.today);
        let mut moved = care.carers.iter();
        let moved = moved.find(|carer| {
            self.earlier.contains(&carer.device_id) && !care.is_over(carer, policy, &self.today)
        });
        let moved = moved.cloned();
        if let (Some(registration), true) = (&registration, cares) {
            self.correct_details(rows, registration)?;
        } else if !self.is_agreed(rows, moved.is_some())? {
            return Err(Refusal::CareNotAgreed);
        }
        match (&registration, self.is_new) {
            (None, true) => rows.put(&self.registration)?,
            (Some(_), false) => {}
            // Erased, or written, in between.
            _ => return Err(StoreError::Conflict.into()),
        }
        if moved.is_some() {
            let over_by = self.authority.over_by();
            for device_id in self.earlier.iter().filter(|it| care.has(it)) {
                agreement::end(rows, device_id, self.now, over_by)?;
            }
            care = rows.get::<Care>()?.unwrap_or_default();
        }
        // Who is taken in again by the same phone has one place, and whose care is over has none.
        let counting = care.clone();
        care.carers.retain(|carer| {
            let is_same = carer.device_id == self.device.device_id;
            !is_same && !counting.is_over(carer, policy, &self.today)
        });
        if care.carers.len() >= policy.carers as usize {
            return Err(Refusal::CareFull);
        }
        care.carers.push(Carer {
            device_id: self.device.device_id.clone(),
            since: moved
                .as_ref()
                .map_or_else(|| self.today.clone(), |it| it.since.clone()),
            moved_on: moved.map(|_| self.today.clone()),
        });
        care.born = care.born.or_else(|| self.born.clone());
        rows.put(&care)?;
        let key = DeviceRecord {
            public_key: BASE64URL_NOPAD.encode(self.key.as_bytes()),
            hardware: self.hardware,
            registered_at: self.now,
            ended_at: None,
            ended_by: None,
            is_carers: true,
        };
        rows.put_at(place, &key)?;
        if let Some(kept) = &self.kept_order {
            rows.put(&kept.clone().taken_up(None))?;
        }
        Ok(TakeInAnswer {})
    }
}
