//! A carer's list: by which id the carer's phone calls whom.
//!
//! Invariant: whoever is on it for nothing goes with the next act; one citizen counts once against the cap, under however many ids. It is
//! only where to look: what the dependant's own records say counts.

use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::take_in::AskedCare;
use crate::cases::devices::Device;
use crate::cases::subjects::{Dependants, Link};
use crate::cases::{Authority, Refusal, acts};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// A dependant on a carer's list whose own records do not name the carer is on its way for so long, seconds.
const ON_ITS_WAY_SECS: i64 = 600;

impl Authority {
    /// Puts a dependant on a carer's list, from which those go who are in the carer's care no more.
    pub(super) async fn put_on_list(
        &self,
        device: &Device,
        asked: AskedCare<'_>,
        citizen: CitizenId,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let mut gone = Vec::new();
        for link in self.links(device).await? {
            let is_on_its_way = now - link.since < ON_ITS_WAY_SECS;
            let cares = match link.citizen() {
                Some(citizen) => self.cares(&device.device_id, citizen).await?,
                None => false,
            };
            let cares = cares || link.moved.is_some();
            if !cares && !is_on_its_way {
                gone.push(link.subject);
            }
        }
        let list = List {
            id: UnitId::new(acts::OWN, self.random()?),
            carer: device.citizen,
            device: Some(device),
            gone,
            new: Some(Link {
                subject: asked.subject.clone(),
                citizen: citizen.to_string(),
                since: now,
                moved: None,
            }),
            arrived: None,
            most: self.policy.care.dependants as usize,
            kept_until: now + ON_ITS_WAY_SECS,
        };
        self.units.run(&list).await?;
        Ok(())
    }

    /// The device has a key of the dependant: what was noted of the carer's phones before is over.
    pub(super) async fn note_arrival(
        &self,
        device: &Device,
        subject: &SubjectId,
    ) -> Result<(), Refusal> {
        let list = List {
            id: UnitId::new(acts::OWN, self.random()?),
            carer: device.citizen,
            device: Some(device),
            gone: Vec::new(),
            new: None,
            arrived: Some(subject.clone()),
            most: usize::MAX,
            kept_until: self.now() + ON_ITS_WAY_SECS,
        };
        self.units.run(&list).await?;
        Ok(())
    }

    /// Takes a dependant from a carer's list.
    pub(super) async fn take_from_list(
        &self,
        carer: CitizenId,
        subject: &SubjectId,
    ) -> Result<(), Refusal> {
        let list = List {
            id: UnitId::new(acts::OWN, self.random()?),
            carer,
            device: None,
            gone: vec![subject.clone()],
            new: None,
            arrived: None,
            most: usize::MAX,
            kept_until: self.now() + ON_ITS_WAY_SECS,
        };
        self.units.run(&list).await?;
        Ok(())
    }
}

/// A carer's list changes.
struct List<'a> {
    id: UnitId,
    carer: CitizenId,
    /// Whose it has to be still.
    device: Option<&'a Device>,
    gone: Vec<SubjectId>,
    new: Option<Link>,
    /// Has a key on the carer's phone of now.
    arrived: Option<SubjectId>,
    most: usize,
    kept_until: i64,
}

#[derive(Serialize, Deserialize)]
struct ListAnswer {}

impl Unit for List<'_> {
    type Answer = ListAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.carer
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.kept_until)
    }

    fn reads(&self) -> Vec<RowKey> {
        let owner = SubjectId::OWNER;
        let mut reads = vec![RowKey::for_record::<Dependants>(&owner)];
        reads.extend(self.device.iter().flat_map(|device| device.reads(&owner)));
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<ListAnswer, Refusal> {
        if let Some(device) = self.device {
            device.key(rows)?;
        }
        let before = rows.get::<Dependants>()?.unwrap_or_default();
        let mut list = before.clone();
        list.links.retain(|link| !self.gone.contains(&link.subject));
        for link in &mut list.links {
            if Some(&link.subject) == self.arrived.as_ref() {
                link.moved = None;
            }
        }
        if let Some(new) = &self.new {
            let same = list.links.iter_mut().find(|it| it.subject == new.subject);
            if let Some(same) = same {
                if same.citizen != new.citizen {
                    *same = new.clone();
                }
            } else {
                // One person under two ids is one.
                let others = list.links.iter();
                let others = others.filter(|link| link.citizen != new.citizen);
                if others.count() >= self.most {
                    return Err(Refusal::CareFull);
                }
                list.links.push(new.clone());
            }
        }
        if list != before {
            rows.put(&list)?;
        }
        Ok(ListAnswer {})
    }
}
