//! A certificate as it was read: the claims (CWT, RFC 8392) and the EU's schema 1.3 in them.
//!
//! Invariant: every member that a screen, a rule or a comparison of names uses was checked here; members of later versions are
//! passed over by this reader, and seen by the rules. That it holds is [`super::trust_list`]'s to say, not this file's.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::DccError;
use super::cbor::{self, Item};
use super::signed::Signed;
use super::unwrapping::unwrap;
use crate::encoding::{MAX_INSTANT, hex};
use crate::identity::parse_date;

/// Claims (RFC 8392, 4; the EU's specification of electronic health certificates, 2.6).
const ISS: i64 = 1;
const EXP: i64 = 4;
const IAT: i64 = 6;
const HCERT: i64 = -260;
const DCC_V1: i64 = 1;

/// Longest text of the schema, characters.
const MAX_CHARS: usize = 80;
/// Seconds of a day.
const DAY_SECS: i64 = 86_400;
/// Most doses.
const MAX_DOSES: i64 = 99;
/// SNOMED CT: COVID-19.
const COVID_19: &str = "840539006";
/// SNOMED CT: not detected.
const NOT_DETECTED: &str = "260415000";

crate::app_types! {
    describe as describe_dcc_kind;

    /// What a certificate is about.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum DccKind {
        /// A dose of a vaccine.
        Vaccination,
        /// A test for the infection (`t`).
        Test,
        /// A recovery from the infection (`r`).
        Recovery,
    }
}

impl DccKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Vaccination, Self::Test, Self::Recovery];

    /// As lists of keys and files name it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Vaccination => "vaccination",
            Self::Test => "test",
            Self::Recovery => "recovery",
        }
    }

    /// Its member of the schema.
    pub(super) const fn group(self) -> &'static str {
        match self {
            Self::Vaccination => "v",
            Self::Test => "t",
            Self::Recovery => "r",
        }
    }
}

/// Signature algorithms of certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DccAlgorithm {
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

/// A person as a certificate names them.
#[derive(Clone, PartialEq, Eq)]
pub struct DccPerson {
    /// Surname as it is written; empty where there is none.
    pub surname: String,
    /// Given names as they are written.
    pub given_names: String,
    /// Surname by ICAO Doc 9303, words parted by `<`.
    pub standard_surname: String,
    /// Given names likewise.
    pub standard_given_names: String,
    /// `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or empty: as much as is known.
    pub birth_date: String,
}

/// A certificate that was read. Nothing of it is believed yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Country whose key should have signed it, ISO 3166-1 alpha-2.
    pub issuer: String,
    /// When it was signed, Unix seconds.
    pub issued_at: i64,
    /// When it ends, Unix seconds.
    pub expires_at: i64,
    /// What it is about.
    pub kind: DccKind,
    /// Whom.
    pub person: DccPerson,
    /// Unique identifier (UVCI).
    pub uvci: String,
    /// Day of the dose, of the sample (UTC), of the first positive test: `YYYY-MM-DD`.
    pub day: String,
    /// The whole of it as the rules see it: the EU's JSON.
    pub payload: Value,
    pub(super) signed: Signed,
}

impl Certificate {
    /// Reads the text of a QR code.
    ///
    /// # Errors
    /// [`DccError`], of those that name what is wrong with the certificate itself.
    pub fn read(text: &str) -> Result<Self, DccError> {
        let signed = Signed::read(&unwrap(text)?)?;
        let claims = cbor::read(&signed.payload)?;
        if !matches!(claims, Item::Map(_)) {
            return Err(DccError::ClaimsMalformed);
        }
        let issuer = match claims.at(ISS) {
            Some(Item::Text(text)) if is_country(text) => (*text).to_owned(),
            _ => return Err(DccError::IssuerInvalid),
        };
        let time = |claim| time(claims.at(claim)).ok_or(DccError::TimeInvalid);
        let (issued_at, expires_at) = (time(IAT)?, time(EXP)?);
        if expires_at <= issued_at {
            return Err(DccError::TimesContradict);
        }
        let hcert = claims.at(HCERT).and_then(|hcert| hcert.at(DCC_V1));
        let payload = hcert.ok_or(DccError::CertificateMissing)?.to_json()?;
        let members = payload.as_object().ok_or(DccError::CertificateMissing)?;
        let version = required_text(members, "ver")?;
        if version.split('.').next() != Some("1") {
            return Err(DccError::VersionUnknown);
        }
        let (kind, entry) = entry(members)?;
        let person = person(members)?;
        let day = check_entry(kind, entry)?;
        let uvci = required_text(entry, "ci")?.to_owned();
        // Nobody is certified before the day of birth; a day is let pass for another time zone.
        if utc_day(issued_at + DAY_SECS).is_some_and(|day| person.birth_date > day) {
            return Err(DccError::BirthDateInvalid);
        }
        Ok(Self {
            issuer,
            issued_at,
            expires_at,
            kind,
            person,
            uvci,
            day,
            payload,
            signed,
        })
    }

    /// Its id on the phone and between phone and authority: the SHA-256 of the unique identifier, hex. The same certificate
    /// issued anew has the same.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(&Sha256::digest(self.uvci.as_bytes()))
    }

    /// A text of its entry, such as `mp`; empty where it is not there.
    #[must_use]
    pub fn entry_text(&self, member: &str) -> &str {
        let value = self.entry_value(member).and_then(Value::as_str);
        value.unwrap_or_default()
    }

    /// A number of its entry, such as `dn`.
    #[must_use]
    pub fn entry_number(&self, member: &str) -> Option<u32> {
        let value = self.entry_value(member).and_then(Value::as_u64);
        value.and_then(|number| u32::try_from(number).ok())
    }

    /// Whether it is a test that found nothing.
    #[must_use]
    pub fn is_negative_test(&self) -> bool {
        self.kind == DccKind::Test && self.entry_text("tr") == NOT_DETECTED
    }

    /// When the sample of a test was taken, Unix seconds.
    #[must_use]
    pub fn sampled_at(&self) -> Option<i64> {
        let taken = date_time(self.entry_text("sc"));
        taken.filter(|_| self.kind == DccKind::Test)
    }

    fn entry_value(&self, member: &str) -> Option<&Value> {
        self.payload.get(self.kind.group())?.get(0)?.get(member)
    }
}

/// The one entry, and of which kind it is.
fn entry(members: &Map<String, Value>) -> Result<(DccKind, &Map<String, Value>), DccError> {
    let mut found = None;
    for kind in DccKind::ALL {
        let entries = match members.get(kind.group()) {
            None | Some(Value::Null) => continue,
            Some(Value::Array(entries)) => entries,
            Some(_) => return Err(DccError::FieldInvalid),
        };
        for entry in entries {
            let entry = entry.as_object().ok_or(DccError::FieldInvalid)?;
            if found.replace((kind, entry)).is_some() {
                return Err(DccError::SeveralEntries);
            }
        }
    }
    found.ok_or(DccError::KindMissing)
}

fn person(members: &Map<String, Value>) -> Result<DccPerson, DccError> {
    let names = members.get("nam").and_then(Value::as_object);
    let names = names.ok_or(DccError::NameInvalid)?;
    let written = |member| match names.get(member) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(name)) if is_text(name) => Ok(name.clone()),
        Some(_) => Err(DccError::NameInvalid),
    };
    let is_standard = |byte: u8| byte.is_ascii_uppercase() || byte == b'<';
    let standard = |member| {
        let name = written(member)?;
        let fits = name.bytes().all(is_standard);
        fits.then_some(name).ok_or(DccError::NameInvalid)
    };
    let person = DccPerson {
        surname: written("fn")?,
        given_names: written("gn")?,
        standard_surname: standard("fnt")?,
        standard_given_names: standard("gnt")?,
        birth_date: birth_date(members)?,
    };
    // The schema asks for the standard surname; who has one name only may have it in either.
    if person.standard_surname.is_empty() && person.standard_given_names.is_empty() {
        return Err(DccError::NameInvalid);
    }
    Ok(person)
}

fn birth_date(members: &Map<String, Value>) -> Result<String, DccError> {
    let text = match members.get("dob") {
        Some(Value::String(text)) => text.as_str(),
        _ => return Err(DccError::BirthDateInvalid),
    };
    // Some write what is not known as zeros.
    let text = text.strip_suffix("-00").unwrap_or(text);
    let text = text.strip_suffix("-00").unwrap_or(text);
    // As much of it as is known, filled up to a day.
    let day = match text.len() {
        0 => return Ok(String::new()),
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let is_day = parse_date(&day).is_some() && (text.starts_with("19") || text.starts_with("20"));
    is_day
        .then(|| text.to_owned())
        .ok_or(DccError::BirthDateInvalid)
}

/// Checks the members of an entry; tells its day.
fn check_entry(kind: DccKind, entry: &Map<String, Value>) -> Result<String, DccError> {
    if required_text(entry, "tg")? != COVID_19 {
        return Err(DccError::DiseaseOther);
    }
    if !is_country(required_text(entry, "co")?) {
        return Err(DccError::FieldInvalid);
    }
    required_text(entry, "is")?;
    required_text(entry, "ci")?;
    match kind {
        DccKind::Vaccination => {
            for member in ["vp", "mp", "ma"] {
                required_text(entry, member)?;
            }
            doses(entry, "dn")?;
            doses(entry, "sd")?;
            day(entry, "dt")
        }
        DccKind::Test => {
            for member in ["tt", "tr"] {
                required_text(entry, member)?;
            }
            for member in ["nm", "ma", "tc"] {
                optional_text(entry, member)?;
            }
            let taken = required_text(entry, "sc")?;
            let at = date_time(taken).ok_or(DccError::DateInvalid)?;
            utc_day(at).ok_or(DccError::DateInvalid)
        }
        DccKind::Recovery => {
            let (from, until) = (day(entry, "df")?, day(entry, "du")?);
            if until < from {
                return Err(DccError::DateInvalid);
            }
            day(entry, "fr")
        }
    }
}

fn required_text<'a>(members: &'a Map<String, Value>, member: &str) -> Result<&'a str, DccError> {
    match members.get(member) {
        None | Some(Value::Null) => Err(DccError::FieldMissing),
        Some(Value::String(text)) if is_text(text) && !text.is_empty() => Ok(text),
        Some(_) => Err(DccError::FieldInvalid),
    }
}

fn optional_text(members: &Map<String, Value>, member: &str) -> Result<(), DccError> {
    match members.get(member) {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(text)) if is_text(text) => Ok(()),
        Some(_) => Err(DccError::FieldInvalid),
    }
}

fn doses(members: &Map<String, Value>, member: &str) -> Result<(), DccError> {
    let number = members.get(member).ok_or(DccError::FieldMissing)?.as_i64();
    number
        .filter(|number| (1..=MAX_DOSES).contains(number))
        .map(|_| ())
        .ok_or(DccError::FieldInvalid)
}

fn day(members: &Map<String, Value>, member: &str) -> Result<String, DccError> {
    let text = required_text(members, member)?;
    let day = parse_date(text).ok_or(DccError::DateInvalid)?;
    Ok(day.to_string())
}

/// Unix seconds of RFC 3339.
fn date_time(text: &str) -> Option<i64> {
    let is_parted = text.as_bytes().get(10) == Some(&b'T');
    let time = DateTime::parse_from_rfc3339(text)
        .ok()
        .filter(|_| is_parted)?;
    let at = time.timestamp();
    (0..=MAX_INSTANT).contains(&at).then_some(at)
}

fn utc_day(at: i64) -> Option<String> {
    let time = DateTime::from_timestamp(at, 0)?;
    let day: NaiveDate = time.date_naive();
    Some(day.to_string())
}

/// Short, and without control characters.
fn is_text(text: &str) -> bool {
    text.chars().count() <= MAX_CHARS && !text.chars().any(char::is_control)
}

pub(super) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A NumericDate (RFC 8392, 2): whole seconds, or with a fraction, which does not count.
fn time(claim: Option<&Item<'_>>) -> Option<i64> {
    let at = match claim? {
        Item::Integer(at) => *at,
        #[allow(clippy::cast_possible_truncation)] // Saturates, and is judged below.
        Item::Float(at) if at.is_finite() => at.floor() as i64,
        _ => return None,
    };
    (0..=MAX_INSTANT).contains(&at).then_some(at)
}

crate::hidden_debug!(DccPerson, Certificate);
