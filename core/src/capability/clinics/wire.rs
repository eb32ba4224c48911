//! What an authority publishes: the fever clinics of a region, their hours and the region's special days, as JSON in a
//! signed bundle.
//!
//! ```json
//! { "id": "hangzhou", "version": 3, "utcOffsetMinutes": 480,
//!   "specialDays": { "2020-01-24": "holiday", "2020-02-01": "fri" },
//!   "clinics": [
//!     { "id": "xixi", "name": {"en": "...", "zh": "..."}, "address": {"en": "...", "zh": "..."},
//!       "division": 330106, "phone": "0571-1234567", "latitude": 30.2741, "longitude": 120.1551,
//!       "hours": { "mon": [["08:00", "12:00"], ["13:30", "17:30"]], "holiday": [["09:00", "12:00"]] } },
//!     { "...": "...", "hours": "always" } ] }
//! ```
//!
//! A special day has the hours of the day that it names: a holiday's, or a weekday's where a weekend is worked. Times are
//! local; one that ends before it begins ends on the next day; `24:00` is the end of the day. Positions are WGS 84.
//!
//! Invariant: a phone judges each clinic alone, as bulletins are; a clinic whose hours it cannot read is still listed,
//! with its phone number. An authority publishes nothing that any phone would not understand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::hours::{Calendar, Hours};
use crate::capability::published::{is_id, is_phone};
use crate::identity::is_plausible_division;
use crate::words::LocalizedText;

/// Most clinics of one bundle.
const MAX_CLINICS: usize = 5_000;
const MAX_TEXT_CHARS: usize = 200;

crate::coded_errors! {
    /// Why a list of clinics cannot be published.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ClinicsError {
        /// No JSON, a member missing, unknown or of the wrong type.
        Malformed => "clinics_malformed";
        /// An id of other characters than `a-z`, `0-9`, `-`, or one that stands twice.
        IdInvalid => "clinics_id_invalid";
        /// A name or an address that is blank, too long, or missing in English or Chinese.
        TextInvalid => "clinics_text_invalid";
        /// A version, a division, a position or a phone number that cannot be.
        ValueInvalid => "clinics_value_invalid";
        /// Hours or special days that cannot be read, or no hours for holidays.
        HoursInvalid => "clinics_hours_invalid";
    }
}

/// The clinics of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinics {
    /// Name in the index: 1 to 64 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    /// Local time and special days.
    pub calendar: Calendar,
    /// In the issuer's order.
    pub clinics: Vec<Clinic>,
}

/// One fever clinic.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    /// Id, stable and unique within the list.
    pub id: String,
    /// By language; Chinese and English at least.
    pub name: LocalizedText,
    /// By language; Chinese and English at least.
    pub address: LocalizedText,
    /// GB/T 2260 division in which it is.
    pub division: u32,
    /// Phone number.
    pub phone: String,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
    /// When it is open; none where this version cannot read it.
    pub hours: Option<Hours>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    id: String,
    version: u64,
    utc_offset_minutes: i32,
    #[serde(default)]
    special_days: BTreeMap<String, Value>,
    clinics: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClinicJson {
    id: String,
    name: LocalizedText,
    address: LocalizedText,
    division: u32,
    phone: String,
    latitude: f64,
    longitude: f64,
    hours: Value,
}

/// The members of a clinic.
const MEMBERS: [&str; 8] = [
    "id",
    "name",
    "address",
    "division",
    "phone",
    "latitude",
    "longitude",
    "hours",
];

impl Clinics {
    /// What a phone makes of a content that was signed: clinics that it cannot read are left out, special days that
    /// it does not know make the hours of that day unknown.
    ///
    /// # Errors
    /// [`ClinicsError::Malformed`] if it is no list of clinics at all.
    pub fn read(content: &[u8]) -> Result<Self, ClinicsError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| ClinicsError::Malformed)?;
        let calendar = Calendar::read(head.utc_offset_minutes, &head.special_days)
            .ok_or(ClinicsError::Malformed)?;
        let mut ids = BTreeSet::new();
        let readable = head.clinics.into_iter().filter_map(|clinic| {
            let clinic = Clinic::read(clinic).ok()?;
            ids.insert(clinic.id.clone()).then_some(clinic)
        });
        Ok(Self {
            id: head.id,
            version: head.version,
            calendar,
            clinics: readable.take(MAX_CLINICS).collect(),
        })
    }

    /// What an authority may publish: every clinic whole, with hours for holidays, and nothing that this version does
    /// not know.
    ///
    /// # Errors
    /// Any [`ClinicsError`].
    pub fn read_strictly(content: &[u8]) -> Result<Self, ClinicsError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| ClinicsError::Malformed)?;
        if !is_id(&head.id) {
            return Err(ClinicsError::IdInvalid);
        }
        if head.version == 0 || head.clinics.len() > MAX_CLINICS {
            return Err(ClinicsError::ValueInvalid);
        }
        let calendar = Calendar::read(head.utc_offset_minutes, &head.special_days)
            .filter(Calendar::is_known)
            .ok_or(ClinicsError::HoursInvalid)?;
        let mut ids = BTreeSet::new();
        let mut clinics = Vec::with_capacity(head.clinics.len());
        for value in head.clinics {
            let is_known = |members: &serde_json::Map<String, Value>| {
                members.keys().all(|key| MEMBERS.contains(&key.as_str()))
            };
            if !value.as_object().is_some_and(is_known) {
                return Err(ClinicsError::Malformed);
            }
            let clinic = Clinic::read(value)?;
            if !clinic.hours.as_ref().is_some_and(Hours::says_holidays) {
                return Err(ClinicsError::HoursInvalid);
            }
            if !ids.insert(clinic.id.clone()) {
                return Err(ClinicsError::IdInvalid);
            }
            clinics.push(clinic);
        }
        Ok(Self {
            id: head.id,
            version: head.version,
            calendar,
            clinics,
        })
    }
}

impl Clinic {
    fn read(clinic: Value) -> Result<Self, ClinicsError> {
        let json: ClinicJson =
            serde_json::from_value(clinic).map_err(|_| ClinicsError::Malformed)?;
        if !is_id(&json.id) {
            return Err(ClinicsError::IdInvalid);
        }
        let is_faulty = |text: &LocalizedText| text.faulty_language(MAX_TEXT_CHARS).is_some();
        if is_faulty(&json.name) || is_faulty(&json.address) {
            return Err(ClinicsError::TextInvalid);
        }
        let is_valid = is_plausible_division(json.division)
            && is_phone(&json.phone)
            && (-90.0..=90.0).contains(&json.latitude)
            && (-180.0..=180.0).contains(&json.longitude);
        if !is_valid {
            return Err(ClinicsError::ValueInvalid);
        }
        Ok(Self {
            id: json.id,
            name: json.name,
            address: json.address,
            division: json.division,
            phone: json.phone,
            latitude: json.latitude,
            longitude: json.longitude,
            hours: Hours::read(&json.hours),
        })
    }
}
