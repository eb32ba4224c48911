//! What the dependant's side says: a code for another carer or for the dependant's own phone, and who is to care no more.
//!
//! Invariant: a code counts once, for a time that the settings say, for one purpose, and for the citizen for whom it was
//! shown; kept is its hash. Whom a citizen wants for a carer no more is the citizen's own phone's to say.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::dependants::{
    CareCode, CareEnds, CareOffer, CarePurpose, carer_id, code_hash,
};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::cases::file::{Acting, Effect, UploadKind};
use crate::cases::records::{Credentials, DeviceRecord, kinds};
use crate::cases::subjects::Care;
use crate::cases::{Refusal, issue};
use crate::store::{Kind, Record, RowKey, Rows, StoreError};

/// Most carers that one request ends.
const MAX_ENDS: usize = 16;
/// A phone's key that has ended is kept so long, seconds: as long as something of it may be on its way.
pub(super) const ENDED_KEPT_SECS: i64 = 600;

/// A code that is shown.
pub(crate) const OFFERS: UploadKind = UploadKind {
    name: "care-offers",
    number: 12,
    before: None,
    acknowledge: None,
    check: |checking, body| {
        let offer: CareOffer = crate::capability::read(body)?;
        let hash = BASE64URL_NOPAD.decode(offer.code_hash.as_bytes()).ok();
        let hash = hash.and_then(|hash| <[u8; 32]>::try_from(hash).ok());
        let hash = hash.ok_or_else(|| Refusal::invalid("codeHash", "unreadable"))?;
        Ok(Box::new(Shown {
            hash,
            offer: Offer {
                purpose: offer.purpose,
                until: checking.now + checking.policy.care.code_secs,
                is_used: false,
            },
        }))
    },
};

/// Carers who are to care no more.
pub(crate) const ENDS: UploadKind = UploadKind {
    name: "care-ends",
    number: 13,
    before: None,
    acknowledge: None,
    check: |_, body| {
        let ends: CareEnds = crate::capability::read(body)?;
        if ends.carers.is_empty() || ends.carers.len() > MAX_ENDS {
            return Err(Refusal::invalid("carers", "count"));
        }
        Ok(Box::new(Ended { ends }))
    },
};

/// A code as it is kept of the citizen for whom it is shown; the key of its row is its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offer {
    pub(super) purpose: CarePurpose,
    /// Unix seconds.
    pub(super) until: i64,
    pub(super) is_used: bool,
}

impl Record for Offer {
    const KIND: Kind = kinds::CARE_OFFER;
}

impl Offer {
    /// Where the offer of this code is.
    pub(super) fn place(code: &CareCode) -> RowKey {
        RowKey::new(&SubjectId::OWNER, kinds::CARE_OFFER, &code_hash(code))
    }

    /// Uses the code up, if it counts for `purpose` at `now` (Unix seconds); whether it did.
    pub(super) fn use_up(
        rows: &mut Rows,
        place: &RowKey,
        purpose: CarePurpose,
        now: i64,
    ) -> Result<bool, StoreError> {
        let offer = rows.get_at::<Self>(place)?;
        let offer = offer.filter(|it| it.purpose == purpose && !it.is_used && now <= it.until);
        let Some(offer) = offer else {
            return Ok(false);
        };
        let used = Self {
            is_used: true,
            ..offer
        };
        rows.put_until(place.clone(), &used, offer.until)?;
        Ok(true)
    }
}

struct Shown {
    hash: [u8; 32],
    offer: Offer,
}

impl Effect for Shown {
    fn reads(&self, _: &SubjectId) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, _: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let place = RowKey::new(rows.subject(), kinds::CARE_OFFER, &self.hash);
        rows.put_until(place, &self.offer, self.offer.until)?;
        Ok(0)
    }

    fn decided_by(&self, _: &Rows) -> Result<Option<i64>, Refusal> {
        Ok(Some(self.offer.until))
    }
}

struct Ended {
    ends: CareEnds,
}

impl Effect for Ended {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        vec![
            RowKey::for_record::<Care>(subject),
            RowKey::for_record::<Credentials>(subject),
        ]
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        if acting.is_carers {
            return Err(Refusal::invalid("carers", "own_phone_only"));
        }
        let citizen = acting.citizen.to_string();
        let care = rows.get::<Care>()?.unwrap_or_default();
        let mut revoked = 0;
        for carer in care.carers {
            if self
                .ends
                .carers
                .contains(&carer_id(&citizen, &carer.device_id))
            {
                revoked += end(rows, &carer.device_id, acting.now, acting.decider.over_by)?;
            }
        }
        Ok(revoked)
    }
}

/// Ends the care of the carer with this device at `now` (Unix seconds) and revokes the codes on it; how many.
pub(super) fn end(
    rows: &mut Rows,
    device_id: &str,
    now: i64,
    over_by: i64,
) -> Result<usize, Refusal> {
    let mut care = rows.get::<Care>()?.unwrap_or_default();
    care.carers.retain(|carer| carer.device_id != device_id);
    rows.put(&care)?;
    let ended = DeviceRecord {
        public_key: String::new(),
        hardware: false,
        registered_at: now,
        ended_at: Some(now),
        ended_by: None,
        is_carers: true,
    };
    let place = DeviceRecord::place(rows.subject(), device_id);
    rows.put_until(place, &ended, now + ENDED_KEPT_SECS)?;
    Ok(issue::revoke_of(rows, device_id, over_by)?)
}
