//! Machine-readable zones of travel documents after ICAO Doc 9303 (parts 3 to 6): TD1, TD2, TD3.
//!
//! Invariant: every field that a check digit covers is held against it, and what does not fit is named with its place;
//! nothing is guessed. A look-alike is corrected only where the field's alphabet leaves one reading, each correction is told,
//! and a check digit has the last word on it. Pure; the day is an argument. Reads no picture and proves nothing: anybody can
//! print a zone whose check digits fit.
//!
//! What check digits cannot see: values that are alike modulo 10 (`0`, `A`, `K`, `U` and the filler; `G` and `6`).
//!
//! | file | what it is |
//! |---|---|
//! | `layout` | lines and the places of fields in them |
//! | `lines` | text as an app or a person has it, made into lines |
//! | `fields` | fields, look-alikes, check digits |
//! | `dates` | birth and expiry with their centuries |
//! | `names` | surname and given names, cut ones |
//! | `transliteration` | part 3, section 6: letters of national alphabets as the zone writes them |
//! | `compare` | a typed name against the zone's |

mod compare;
mod dates;
mod fields;
mod layout;
mod lines;
mod names;
mod transliteration;

use chrono::NaiveDate;
use serde::Serialize;

pub use compare::{NameComparison, compare_name, compare_name_parts};
pub use transliteration::transliterate;

use super::document::DocumentKind;
use super::document_numbers::{is_hk_macao_permit, is_taiwan_permit};
use crate::app_types::StaticText;

/// Longest text looked at, in bytes.
pub const MAX_MRZ_BYTES: usize = 1_024;

crate::coded_errors! {
    /// What is wrong with a machine-readable zone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum MrzError {
        /// No two or three lines of one of the three layouts.
        Layout => "mrz_layout";
        /// The zone of a visa, which is no document of identity.
        Visa => "mrz_visa";
        /// A character that no zone has, or not at this place.
        Character => "mrz_character";
        /// The number's check digit does not match.
        NumberCheck => "mrz_number_check";
        /// The birth date's check digit does not match.
        BirthCheck => "mrz_birth_check";
        /// The date of expiry's check digit does not match.
        ExpiryCheck => "mrz_expiry_check";
        /// The check digit of the optional data does not match.
        OptionalCheck => "mrz_optional_check";
        /// The check digit over the lines does not match.
        CompositeCheck => "mrz_composite_check";
        /// The birth date is no date, or lies in the future.
        BirthDate => "mrz_birth_date";
        /// The date of expiry is no date.
        ExpiryDate => "mrz_expiry_date";
        /// There is no number.
        NumberMissing => "mrz_number_missing";
        /// There is no name.
        NameMissing => "mrz_name_missing";
    }
}

crate::app_types! {
    describe as describe_mrz_types;

    /// The three layouts of ICAO Doc 9303.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum MrzFormat {
        /// Cards: three lines of 30.
        Td1,
        /// Larger cards: two lines of 36.
        Td2,
        /// Passports: two lines of 44.
        Td3,
    }

    /// Something wrong, and where.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct MrzFault {
        /// Code of an `MrzError`.
        pub code: StaticText,
        /// Line, from 1; 0 where it is the whole text.
        pub line: u32,
        /// First character in the line, from 1; 0 with line 0.
        pub column: u32,
        /// How many characters.
        pub length: u32,
    }

    /// A look-alike that was read as the only character that can stand there.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct MrzCorrection {
        /// Line, from 1.
        pub line: u32,
        /// Character in the line, from 1.
        pub column: u32,
        /// As it came.
        pub read: String,
        /// As it was taken.
        pub taken: String,
    }

    /// What a zone says. With a fault, the fields it concerns are as they were read.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Mrz {
        /// Layout.
        pub format: MrzFormat,
        /// Document code, `P`, `PO`, `ID`, `AC`; without fillers.
        pub document_code: String,
        /// Kind of document, as a registration has it.
        pub document_kind: DocumentKind,
        /// Issuing state or organisation, as printed (`UTO`, `D`).
        pub issuer: String,
        /// Number, long ones whole.
        pub document_number: String,
        /// Nationality after GB/T 2659: `D` is `DEU`, the British kinds are `GBR`; others as printed.
        pub nationality: String,
        /// Surname or the only name, words parted by spaces.
        pub surname: String,
        /// Given names; empty where there are none.
        pub given_names: String,
        /// Whether the name fills its field, so that it may be cut.
        pub is_name_cut: bool,
        /// Birth date, `YYYY-MM-DD`; none where the document does not know all of it.
        pub born_on: Option<String>,
        /// Whether the century follows: nobody of the other one would be alive.
        pub is_century_certain: bool,
        /// GB/T 2261.1: `1` male, `2` female, `9` not stated.
        pub sex: String,
        /// Last day, `YYYY-MM-DD`; none where the document states none.
        pub expires_on: Option<String>,
        /// Whether that day has passed.
        pub is_expired: bool,
        /// What the issuer adds, without fillers and without the rest of a long number.
        pub optional_data: Vec<String>,
        /// What was corrected.
        pub corrections: Vec<MrzCorrection>,
        /// What is wrong, in the order of the lines; empty: everything fits.
        pub faults: Vec<MrzFault>,
    }
}

impl MrzFault {
    fn new(error: MrzError, (line, column, length): (usize, usize, usize)) -> Self {
        let count = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Self {
            code: error.code(),
            line: count(line),
            column: count(column),
            length: count(length),
        }
    }
}

impl Mrz {
    /// Whether everything fits.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// The whole name as a registration has it: given names first, surname last.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_names, self.surname)
            .trim()
            .to_owned()
    }
}

/// Reads a zone as a camera's reader or a person has it: lines of it, or all in one; lower case, full width, spaces and other
/// angle brackets are understood. `today` decides on centuries and on expiry.
///
/// # Errors
/// [`MrzError::Layout`] and [`MrzError::Visa`], where no field can be told; anything else stands in [`Mrz::faults`].
pub fn read_mrz(text: &str, today: NaiveDate) -> Result<Mrz, MrzFault> {
    let (format, lines) = lines::lines_of(text)?;
    let layout = layout::of(format);
    let mut zone = fields::Zone::new(lines);
    let code = zone.letters_and_fillers(layout.code);
    let code = code.trim_matches('<').replace('<', "");
    if code.starts_with('V') {
        return Err(MrzFault::new(MrzError::Visa, (1, 1, 1)));
    }
    let issuer = zone.state(layout.issuer);
    let nationality = zone.state(layout.nationality);
    let (document_number, optional_data) = zone.number_and_optional(layout);
    let birth = zone.checked_date(layout.birth, MrzError::BirthCheck, MrzError::BirthDate);
    let expiry = zone.checked_date(layout.expiry, MrzError::ExpiryCheck, MrzError::ExpiryDate);
    let sex = zone.sex(layout.sex);
    zone.composite(layout);
    let name = names::read(&zone.letters_and_fillers(layout.names));
    if name.surname.is_empty() {
        zone.fault(MrzError::NameMissing, layout.names);
    }
    let birth = dates::birth(birth, today).unwrap_or_else(|| {
        zone.fault(MrzError::BirthDate, layout.birth);
        dates::Birth::default()
    });
    let expires_on = dates::expiry(expiry, today).unwrap_or_else(|dates::NoDate| {
        zone.fault(MrzError::ExpiryDate, layout.expiry);
        None
    });
    let (corrections, faults) = zone.found();
    Ok(Mrz {
        format,
        document_kind: kind(&code, &issuer, &document_number),
        document_code: code,
        issuer,
        document_number,
        nationality: standard_state(&nationality).to_owned(),
        surname: name.surname,
        given_names: name.given_names,
        is_name_cut: name.is_cut,
        born_on: birth.day.map(|day| day.to_string()),
        is_century_certain: birth.is_century_certain,
        sex: sex.to_owned(),
        expires_on: expires_on.map(|day| day.to_string()),
        is_expired: expires_on.is_some_and(|last| last < today),
        optional_data,
        corrections,
        faults,
    })
}

/// Passports by their code; of China's cards the permits, by the form of the number, which no other card of hers has.
fn kind(code: &str, issuer: &str, number: &str) -> DocumentKind {
    if code.starts_with('P') {
        return DocumentKind::Passport;
    }
    let number = number.as_bytes();
    match issuer {
        "CHN" if is_hk_macao_permit(number) => DocumentKind::HkMacaoPermit,
        "CHN" if is_taiwan_permit(number) => DocumentKind::TaiwanPermit,
        _ => DocumentKind::Other,
    }
}

/// Codes that only zones have (part 3, section 5), by GB/T 2659.
fn standard_state(code: &str) -> &str {
    match code {
        "D" => "DEU",
        "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => "GBR",
        "RKS" => "XKX",
        other => other,
    }
}

crate::hidden_debug!(MrzCorrection, Mrz);

#[cfg(test)]
mod properties_tests;
#[cfg(test)]
mod tests;
