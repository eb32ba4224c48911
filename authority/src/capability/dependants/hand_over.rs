//! A dependant's own phone registers, with a code that a carer's phone shows.
//!
//! Invariant: the phone becomes that of the citizen whom the code was shown for, with the document that is registered and no
//! other; id, colour, history, chain and orders stay. Carers care on until one of the sides ends it. Somebody who has a phone
//! cannot be handed over: a new phone is then the person's own to prove, or the desk's.

use health_code_core::capability::dependants::{CareCode, CarePurpose};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::agreement::Offer;
use crate::cases::records::{DeviceRecord, MovingTo, Registration};
use crate::cases::register::spaces;
use crate::cases::{Authority, Refusal, acts};
use crate::store::{CitizenId, RowKey, Rows, Unique, Unit, UnitId};

impl Authority {
    /// Lets the device register the citizen who has this document, if the code was shown for that. `request` names the
    /// request: the same one again is the same act. `consented_at` in Unix seconds.
    pub(crate) async fn begin_hand_over(
        &self,
        code: &CareCode,
        document: &[u8; 32],
        device_id: &str,
        request: [u8; 16],
        consented_at: i64,
    ) -> Result<(), Refusal> {
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: document.to_vec(),
        };
        let owner = self.units.store().owner(unique).await?;
        // Nobody's partition is looked into all the same.
        let citizen = owner.map_or(CitizenId::from_bytes([0; 16]), |owner| owner.citizen);
        let standing = self.standing(citizen, "").await?;
        let own_phone = standing.registration.map(|it| it.device_id);
        let hand_over = HandOver {
            id: UnitId::new(acts::HAND_OVER, request),
            citizen,
            offer: Offer::place(code),
            own_phone: own_phone.unwrap_or_default(),
            device_id,
            now: self.now(),
            consented_at,
        };
        self.units.run(&hand_over).await?;
        Ok(())
    }
}

struct HandOver<'a> {
    id: UnitId,
    citizen: CitizenId,
    offer: RowKey,
    /// The phone that the citizen has, or had.
    own_phone: String,
    device_id: &'a str,
    now: i64,
    consented_at: i64,
}

#[derive(Serialize, Deserialize)]
struct HandOverAnswer {}

impl Unit for HandOver<'_> {
    type Answer = HandOverAnswer;
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
        vec![
            RowKey::for_record::<Registration>(&owner),
            DeviceRecord::place(&owner, &self.own_phone),
            self.offer.clone(),
        ]
    }

    fn apply(&self, rows: &mut Rows) -> Result<HandOverAnswer, Refusal> {
        let registration = rows.get::<Registration>()?;
        let Some(mut registration) = registration.filter(|it| it.device_id == self.own_phone)
        else {
            return Err(Refusal::CareNotAgreed);
        };
        let own = DeviceRecord::place(rows.subject(), &self.own_phone);
        let has_phone = DeviceRecord::find(rows, &own)?.is_some();
        if has_phone || !Offer::use_up(rows, &self.offer, CarePurpose::Phone, self.now)? {
            return Err(Refusal::CareNotAgreed);
        }
        registration.moving_to = Some(MovingTo {
            device_id: self.device_id.to_owned(),
            ordered_at: self.consented_at.min(self.now),
            new_document: None,
        });
        rows.put(&registration)?;
        Ok(HandOverAnswer {})
    }
}
