//! Whom a device may act for: the citizen whose it is, and the dependants in the citizen's care.
//!
//! A dependant is a citizen of its own, with a partition, a document and a chain of its own, whoever cares. A carer's
//! partition names it by the id that the carer's phone gave it; the dependant's names its carers and the key that it has on
//! the phone of each.
//! Invariant: what the dependant's partition says counts, and a carer's list is only where to look: a device acts for a
//! dependant exactly as long as it has a key of it there. Whether a subject is unknown, somebody else's, ended or erased, the
//! refusal is the same. Takes nobody in: registration makes the owner, `capability::dependants` the others.

use chrono::{Datelike as _, Days, NaiveDate};
use health_code_core::wire::{Identity, SubjectId};
use serde::{Deserialize, Serialize};

use super::devices::Device;
use super::records::{DeviceRecord, kinds};
use super::{Authority, Refusal};
use crate::store::{CitizenId, Kind, Record, RowKey};

/// The dependants in a citizen's care, in the order in which they came; a record of the carer's.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dependants {
    pub(crate) links: Vec<Link>,
}

/// A dependant of a carer's.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Link {
    /// By which the carer's phone knows the dependant.
    pub(crate) subject: SubjectId,
    /// Id of the citizen that the dependant is.
    pub(crate) citizen: String,
    /// When it was asked for, Unix seconds.
    pub(crate) since: i64,
    /// The carer has another phone since; none once that has a key of the dependant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<MovedCare>,
}

/// What the carer's next phone is told of a dependant, and what was on the phones before.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MovedCare {
    /// Phones of the carer's by which the dependant's records name the carer.
    pub(crate) earlier: Vec<String>,
    /// Who the dependant is; none where the care does not go along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) identity: Option<Identity>,
    /// Day of birth, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) born: Option<String>,
}

impl Record for Dependants {
    const KIND: Kind = kinds::DEPENDANTS;
}

impl Link {
    /// The citizen that the dependant is.
    pub(crate) fn citizen(&self) -> Option<CitizenId> {
        CitizenId::parse(&self.citizen)
    }
}

/// Who cares for a citizen; a record of the one who is cared for.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Care {
    pub(crate) carers: Vec<Carer>,
    /// Day of birth, `YYYY-MM-DD`; none where nobody told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) born: Option<String>,
}

/// Who cares for a dependant, and from when.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Carer {
    /// The phone on which the dependant has a key.
    pub(crate) device_id: String,
    /// Local day on which it was agreed to, `YYYY-MM-DD`.
    pub(crate) since: String,
    /// Local day on which the carer went on with this phone, `YYYY-MM-DD`; none where it is the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moved_on: Option<String>,
}

impl Record for Care {
    const KIND: Kind = kinds::CARE;
}

/// What of the settings is about dependants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CarePolicy {
    /// Whether somebody who is registered nowhere is taken in without the desk.
    pub(crate) is_self_declared: bool,
    pub(crate) dependants: u32,
    pub(crate) carers: u32,
    pub(crate) code_secs: i64,
    pub(crate) order_secs: i64,
    /// From this age on a child's carers care no more.
    pub(crate) ends_at_age: u32,
    pub(crate) grace_days: u32,
    /// For so long before that it is told.
    pub(crate) told_days: u32,
}

/// The days on which the care for a child ends, `YYYY-MM-DD`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CareEnd {
    pub(crate) told_from: String,
    pub(crate) of_age_on: String,
    /// First day on which it counts no more.
    pub(crate) ends_on: String,
}

impl Care {
    /// Whether this device is one of a carer's.
    pub(crate) fn has(&self, device_id: &str) -> bool {
        self.carers.iter().any(|carer| carer.device_id == device_id)
    }

    /// When the care of a child's carers ends; none for whom nobody told a day of birth.
    pub(crate) fn end(&self, policy: &CarePolicy) -> Option<CareEnd> {
        let born: NaiveDate = self.born.as_deref()?.parse().ok()?;
        let year = born.year() + i32::try_from(policy.ends_at_age).ok()?;
        let of_age_on = match born.with_year(year) {
            Some(day) => day,
            // Born on a leap day.
            None => NaiveDate::from_ymd_opt(year, 3, 1)?,
        };
        let days = |days: u32| Days::new(u64::from(days));
        let told_from = of_age_on.checked_sub_days(days(policy.told_days))?;
        let ends_on = of_age_on.checked_add_days(days(policy.grace_days))?;
        Some(CareEnd {
            told_from: told_from.to_string(),
            of_age_on: of_age_on.to_string(),
            ends_on: ends_on.to_string(),
        })
    }

    /// Whether the care of this carer has come to its end on `today`. Care for a grown-up has none but by somebody's will.
    pub(crate) fn is_over(&self, carer: &Carer, policy: &CarePolicy, today: &str) -> bool {
        self.end(policy)
            .is_some_and(|end| carer.since < end.of_age_on && *today >= *end.ends_on)
    }

    /// Whether a device of a carer's acts for the citizen on `today`.
    pub(crate) fn counts_for(&self, device_id: &str, policy: &CarePolicy, today: &str) -> bool {
        let mut carers = self.carers.iter();
        carers.any(|it| it.device_id == device_id && !self.is_over(it, policy, today))
    }
}

impl Authority {
    /// As whom a device acts where it acts for this subject: on whose records, and for whom of theirs.
    pub(crate) async fn acting(
        &self,
        device: Device,
        subject: SubjectId,
    ) -> Result<(Device, SubjectId), Refusal> {
        if subject.is_owner() {
            return Ok((device, subject));
        }
        let link = self.link(&device, &subject).await?;
        let citizen = link.and_then(|link| link.citizen());
        let citizen = citizen.ok_or(Refusal::SubjectUnknown)?;
        if !self.cares(&device.device_id, citizen).await? {
            return Err(Refusal::SubjectUnknown);
        }
        let device = Device {
            citizen,
            is_carers: true,
            ..device
        };
        Ok((device, SubjectId::OWNER))
    }

    /// The subjects of this device, the owner first.
    pub(crate) async fn subjects(&self, device: &Device) -> Result<Vec<SubjectId>, Refusal> {
        let mut subjects = vec![SubjectId::OWNER];
        for link in self.links(device).await? {
            if let Some(citizen) = link.citizen()
                && self.cares(&device.device_id, citizen).await?
            {
                subjects.push(link.subject);
            }
        }
        Ok(subjects)
    }

    /// What the citizen's own list says, also of those in whose care the citizen is no more.
    pub(crate) async fn links(&self, device: &Device) -> Result<Vec<Link>, Refusal> {
        let owner = SubjectId::OWNER;
        let mut reads = device.reads(&owner);
        reads.push(RowKey::for_record::<Dependants>(&owner));
        let rows = self.units.read(device.citizen, &owner, reads).await?;
        device.key(&rows)?;
        Ok(rows.get::<Dependants>()?.unwrap_or_default().links)
    }

    /// The dependant that the device knows by this id.
    pub(crate) async fn link(
        &self,
        device: &Device,
        subject: &SubjectId,
    ) -> Result<Option<Link>, Refusal> {
        let mut links = self.links(device).await?.into_iter();
        Ok(links.find(|link| link.subject == *subject))
    }

    /// Whether this citizen is in the care of the device's owner today.
    pub(crate) async fn cares(&self, device_id: &str, citizen: CitizenId) -> Result<bool, Refusal> {
        let owner = SubjectId::OWNER;
        let key = DeviceRecord::place(&owner, device_id);
        let reads = vec![RowKey::for_record::<Care>(&owner), key.clone()];
        let rows = self.units.read(citizen, &owner, reads).await?;
        let has_key = DeviceRecord::find(&rows, &key)?.is_some();
        let today = self.definitions().day(self.now())?;
        let care = rows.get::<Care>()?.unwrap_or_default();
        Ok(has_key && care.counts_for(device_id, &self.policy.care, &today))
    }
}

health_code_core::hidden_debug!(CareEnd, MovedCare);

#[cfg(test)]
mod tests {
    use super::{Care, CarePolicy, Carer};

    const POLICY: CarePolicy = CarePolicy {
        is_self_declared: true,
        dependants: 8,
        carers: 3,
        code_secs: 900,
        order_secs: 86_400,
        ends_at_age: 18,
        grace_days: 30,
        told_days: 30,
    };

    fn care(born: Option<&str>, since: &str) -> Care {
        Care {
            carers: vec![Carer {
                device_id: "phone".to_owned(),
                since: since.to_owned(),
                moved_on: None,
            }],
            born: born.map(str::to_owned),
        }
    }

    #[test]
    fn a_childs_carers_care_until_grace_is_over_and_a_grown_ups_as_long_as_they_like() {
        for (born, since, today, counts) in [
            (Some("2002-05-20"), "2020-03-01", "2020-05-19", true),
            (Some("2002-05-20"), "2020-03-01", "2020-06-18", true),
            (Some("2002-05-20"), "2020-03-01", "2020-06-19", false),
            (Some("2002-05-20"), "2020-05-20", "2030-01-01", true),
            (Some("2004-02-29"), "2020-03-01", "2022-03-30", true),
            (Some("2004-02-29"), "2020-03-01", "2022-03-31", false),
            (Some("1940-05-20"), "2020-03-01", "2030-01-01", true),
            (None, "2020-03-01", "2099-01-01", true),
            (Some("no day"), "2020-03-01", "2099-01-01", true),
        ] {
            let care = care(born, since);
            assert_eq!(
                care.counts_for("phone", &POLICY, today),
                counts,
                "{born:?} {since} {today}"
            );
            assert!(!care.counts_for("another", &POLICY, today));
        }
        let end = care(Some("2002-05-20"), "2020-03-01").end(&POLICY);
        let end = end.expect("an end");
        assert_eq!(
            [end.told_from, end.of_age_on, end.ends_on],
            ["2020-04-20", "2020-05-20", "2020-06-19"]
        );
    }
}
