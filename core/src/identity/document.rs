//! Kinds of identity documents and the form of their numbers.
//!
//! Invariant: a number that is accepted is in its one normal form (upper case, no separators, an old resident number in
//! its form of today), and is not one of another kind. Which documents are one is [`super::document_key`]'s to say. A
//! well-formed number is no proof that the document exists: proofing the identity is the authority's duty.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::characters::fold_number;
use super::document_numbers::{
    DocumentError, all_alphanumeric, date_of, ensure, foreign_permanent_resident,
    is_chinese_passport, is_hk_macao_permit, is_taiwan_permit, resident_id,
};
use super::name::is_han;
use super::other_document::{other_document, soldiers_card};
use crate::words::{self, Language};

crate::app_types! {
    describe as describe_document_types;

    /// Kinds of documents.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DocumentKind {
        /// Resident identity card, GB 11643: 18 characters; the 15 digits of before 1999 are turned into these. Residence
        /// permits for people from Hong Kong, Macao (81, 82) and Taiwan (83) carry numbers of the same form and belong here.
        ResidentId,
        /// Passport of any country: 5 to 9 letters and digits (ICAO Doc 9303, part 4).
        Passport,
        /// Mainland travel permit for Hong Kong and Macao residents: H or M and 8 digits (10 on older cards).
        HkMacaoPermit,
        /// Mainland travel permit for Taiwan residents: 8 digits (older ones 10 and perhaps a letter).
        TaiwanPermit,
        /// Foreign permanent resident's card: 18 characters starting with 9, or the older 15.
        ForeignPermanentResident,
        /// Medical certificate of birth: a letter and 9 digits. A child's, whom somebody else cares for; it does not say the
        /// day of birth.
        BirthCertificate,
        /// Anything else: 4 to 32 letters, digits, `/`, `(` and `)`, or a soldier's `军字第1234567号`. Takes no number that
        /// could be one of the kinds above.
        Other,
    }
}

impl DocumentKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::ResidentId,
        Self::Passport,
        Self::HkMacaoPermit,
        Self::TaiwanPermit,
        Self::ForeignPermanentResident,
        Self::BirthCertificate,
        Self::Other,
    ];
    /// Stable snake_case id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::Passport => "passport",
            Self::HkMacaoPermit => "hk_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ForeignPermanentResident => "foreign_permanent_resident",
            Self::BirthCertificate => "birth_certificate",
            Self::Other => "other",
        }
    }
    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
    /// The kind's name.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        words::text(&format!("document-kind-{}", self.id()), language).unwrap_or(self.id())
    }
}

/// Longest number looked at, in bytes; what is longer has no document's form.
const MAX_NUMBER_BYTES: usize = 128;

/// Checks a number and returns its normal form.
///
/// # Errors
/// [`DocumentError`], all but [`DocumentError::Nationality`].
pub fn check_document_number(kind: DocumentKind, number: &str) -> Result<String, DocumentError> {
    if number.len() > MAX_NUMBER_BYTES {
        return Err(DocumentError::Format);
    }
    let mut number = fold_number(number);
    if kind == DocumentKind::ResidentId {
        // What stands for the X of ten on keyboards without one.
        number = number.replace(
            ['\u{d7}', '\u{445}', '\u{425}', '\u{2169}', '\u{2179}', '*'],
            "X",
        );
    }
    let checked = check_form(kind, without_label(kind, &number));
    match checked {
        Err(DocumentError::Format)
            if kind != DocumentKind::Other && is_of_another(kind, &number) =>
        {
            Err(DocumentError::AnotherKind)
        }
        other => other,
    }
}

/// `number` is folded.
fn check_form(kind: DocumentKind, number: &str) -> Result<String, DocumentError> {
    let text = number.as_bytes();
    match kind {
        DocumentKind::ResidentId => return resident_id(number),
        DocumentKind::Passport => ensure((5..=9).contains(&text.len()) && all_alphanumeric(text))?,
        DocumentKind::HkMacaoPermit => ensure(is_hk_macao_permit(text))?,
        DocumentKind::TaiwanPermit => {
            let number: String = number.chars().filter(|c| !matches!(c, '(' | ')')).collect();
            ensure(is_taiwan_permit(number.as_bytes()))?;
            return Ok(number);
        }
        DocumentKind::ForeignPermanentResident => foreign_permanent_resident(text)?,
        DocumentKind::BirthCertificate => ensure(is_birth_certificate(text))?,
        DocumentKind::Other => return other_document(number),
    }
    Ok(number.to_owned())
}

/// A letter and 9 digits.
fn is_birth_certificate(text: &[u8]) -> bool {
    matches!(text, [first, digits @ ..]
        if first.is_ascii_uppercase() && digits.len() == 9 && digits.iter().all(u8::is_ascii_digit))
}

/// What people copy along before a number: `身份证号码：`, `SFZ`, `No:`, `#`.
fn without_label(kind: DocumentKind, number: &str) -> &str {
    let of_any =
        |c: char| matches!(c, ':' | '#' | '\u{2116}') || is_han(c) && !matches!(c, '字' | '第');
    match kind {
        DocumentKind::ResidentId => {
            number.trim_start_matches(|c: char| of_any(c) || c.is_ascii_uppercase())
        }
        DocumentKind::Other => number.trim_start_matches(['#', '\u{2116}', ':']),
        _ => number.trim_start_matches(of_any),
    }
}

/// Whether a number that does not have the form of `kind` has that of another.
fn is_of_another(kind: DocumentKind, number: &str) -> bool {
    let is_soldiers = soldiers_card(number).is_some();
    let others = DocumentKind::ALL.into_iter().filter(|other| *other != kind);
    is_soldiers
        || others.into_iter().any(|other| match other {
            // Nearly everything has the form of some country's passport.
            DocumentKind::Passport => is_chinese_passport(number.as_bytes()),
            // A permit with a digit mistyped has the form of one.
            DocumentKind::BirthCertificate | DocumentKind::Other => false,
            other => check_form(other, without_label(other, number)).is_ok(),
        })
}

/// Whether a document goes with a nationality (GB/T 2659 alpha-3); `number` in normal form.
///
/// # Errors
/// [`DocumentError::Nationality`].
pub fn check_nationality(
    kind: DocumentKind,
    number: &str,
    nationality: &str,
) -> Result<(), DocumentError> {
    let chinese = matches!(nationality, "CHN" | "HKG" | "MAC" | "TWN");
    let fits = match kind {
        DocumentKind::ResidentId | DocumentKind::TaiwanPermit => chinese,
        DocumentKind::ForeignPermanentResident => !chinese,
        DocumentKind::Passport => nationality != "CHN" || is_chinese_passport(number.as_bytes()),
        // Since 2024 these permits are also issued to foreign permanent residents of the regions.
        DocumentKind::HkMacaoPermit | DocumentKind::BirthCertificate | DocumentKind::Other => true,
    };
    if fits {
        Ok(())
    } else {
        Err(DocumentError::Nationality)
    }
}

/// The birth date inside a number that [`check_document_number`] accepted; none where the kind has none,
/// or only two digits of the year.
#[must_use]
pub fn birth_date(kind: DocumentKind, number: &str) -> Option<NaiveDate> {
    match kind {
        DocumentKind::ResidentId => date_of(number.as_bytes().get(6..14)?),
        DocumentKind::ForeignPermanentResident if number.len() == 18 => {
            date_of(number.as_bytes().get(6..14)?)
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
