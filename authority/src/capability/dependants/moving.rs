//! A carer goes on with another phone: whoever is looked after goes along.
//!
//! Invariant: the act that ends the phone before notes on the carer's list who is looked after on it; from then on that phone acts for
//! nobody, and its codes for each of them are revoked, again with each request until that is done. The next phone takes each of them
//! over with a key of its own, in the place of the phone before: nobody agrees anew, and no cap counts one twice. Whoever
//! proves a document that was registered unproven takes nobody over: those cares end.

use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::agreement;
use crate::cases::records::{Credentials, DeviceRecord, Registration};
use crate::cases::subjects::{Care, Dependants, Link, MovedCare};
use crate::cases::{Authority, Refusal, acts, issue};
use crate::store::{CitizenId, RowKey, Rows, StoreError, Unit, UnitId};

/// A carer's list before and after a move.
pub(crate) struct ListToMove {
    before: Dependants,
    after: Dependants,
}

impl ListToMove {
    /// The row that [`ListToMove::write`] reads.
    pub(crate) fn place() -> RowKey {
        RowKey::for_record::<Dependants>(&SubjectId::OWNER)
    }

    /// Notes who is looked after, for another phone of the same person's; or, where it is somebody else's, whose care ends.
    pub(crate) fn write(&self, rows: &mut Rows, is_same_person: bool) -> Result<(), StoreError> {
        let mut after = self.after.clone();
        if !is_same_person {
            for moved in after
                .links
                .iter_mut()
                .filter_map(|link| link.moved.as_mut())
            {
                moved.identity = None;
                moved.born = None;
            }
        }
        if rows.get::<Dependants>()?.unwrap_or_default() != after {
            rows.put(&after)?;
        }
        Ok(())
    }

    /// Refuses where the list is another one by now: the same request again will know.
    pub(crate) fn require(&self, rows: &Rows) -> Result<(), StoreError> {
        let now = rows.get::<Dependants>()?.unwrap_or_default();
        if now == self.before {
            Ok(())
        } else {
            Err(StoreError::Conflict)
        }
    }
}

impl Authority {
    /// The list of a carer whose phone `device_id` ends, for `next` if that is known.
    pub(crate) async fn list_to_move(
        &self,
        carer: CitizenId,
        device_id: &str,
        next: &str,
    ) -> Result<ListToMove, Refusal> {
        let owner = SubjectId::OWNER;
        let rows = self
            .units
            .read(carer, &owner, vec![ListToMove::place()])
            .await?;
        let before = rows.get::<Dependants>()?.unwrap_or_default();
        let mut after = before.clone();
        after.links.clear();
        for link in &before.links {
            after
                .links
                .extend(self.link_to_move(link, device_id, next).await?);
        }
        Ok(ListToMove { before, after })
    }

    /// The link as the next phone is to find it; none where nobody is looked after any more.
    async fn link_to_move(
        &self,
        link: &Link,
        device_id: &str,
        next: &str,
    ) -> Result<Option<Link>, Refusal> {
        let Some(dependant) = link.citizen() else {
            return Ok(None);
        };
        let mut earlier = Vec::new();
        let before = link.moved.iter().flat_map(|moved| moved.earlier.iter());
        for device_id in before.map(String::as_str).chain([device_id]) {
            let is_noted = earlier.iter().any(|it| it == device_id);
            if !is_noted && device_id != next && self.cares(device_id, dependant).await? {
                earlier.push(device_id.to_owned());
            }
        }
        let owner = SubjectId::OWNER;
        let reads = vec![
            RowKey::for_record::<Registration>(&owner),
            RowKey::for_record::<Care>(&owner),
        ];
        let rows = self.units.read(dependant, &owner, reads).await?;
        let Some(registration) = rows.get::<Registration>()? else {
            return Ok(None);
        };
        if earlier.is_empty() {
            let goes_on = self.cares(next, dependant).await?;
            return Ok(goes_on.then(|| link.clone()));
        }
        Ok(Some(Link {
            moved: Some(MovedCare {
                earlier,
                identity: Some(registration.identity),
                born: rows.get::<Care>()?.and_then(|care| care.born),
            }),
            ..link.clone()
        }))
    }

    /// Revokes the codes for dependants on the carer's earlier phones, and ends the cares that go along nowhere. Again it is
    /// the same; tells how many were revoked.
    pub(crate) async fn end_earlier_phones(&self, carer: CitizenId) -> Result<usize, Refusal> {
        let rows = self
            .units
            .read(carer, &SubjectId::OWNER, vec![ListToMove::place()])
            .await?;
        let mut revoked = 0;
        for link in rows.get::<Dependants>()?.unwrap_or_default().links {
            let (Some(moved), Some(citizen)) = (&link.moved, link.citizen()) else {
                continue;
            };
            let ends = moved.identity.is_none();
            for device_id in &moved.earlier {
                let phone = EarlierPhone {
                    id: UnitId::new(acts::OWN, self.random()?),
                    citizen,
                    device_id,
                    ends,
                    now: self.now(),
                    over_by: self.over_by(),
                };
                revoked += self.units.run(&phone).await?.answer.revoked;
            }
            if ends {
                self.take_from_list(carer, &link.subject).await?;
            }
        }
        self.announce(revoked);
        Ok(revoked)
    }
}

/// A phone that looks after a dependant no more.
struct EarlierPhone<'a> {
    id: UnitId,
    citizen: CitizenId,
    device_id: &'a str,
    /// The care ends with it.
    ends: bool,
    now: i64,
    over_by: i64,
}

#[derive(Serialize, Deserialize)]
struct EarlierPhoneAnswer {
    revoked: usize,
}

impl Unit for EarlierPhone<'_> {
    type Answer = EarlierPhoneAnswer;
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
        Some(self.now + agreement::ENDED_KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        let owner = SubjectId::OWNER;
        vec![
            RowKey::for_record::<Care>(&owner),
            RowKey::for_record::<Credentials>(&owner),
            DeviceRecord::place(&owner, self.device_id),
        ]
    }

    fn apply(&self, rows: &mut Rows) -> Result<EarlierPhoneAnswer, Refusal> {
        let care = rows.get::<Care>()?.unwrap_or_default();
        let revoked = if !care.has(self.device_id) {
            0
        } else if self.ends {
            agreement::end(rows, self.device_id, self.now, self.over_by)?
        } else {
            issue::revoke_of(rows, self.device_id, self.over_by)?
        };
        Ok(EarlierPhoneAnswer { revoked })
    }
}
