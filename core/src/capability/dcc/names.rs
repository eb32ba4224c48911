//! The person of a certificate beside who the citizen is registered as.
//!
//! Invariant: both sides are shown as they are, part by part, and nothing is called the same that is not so by the letters: what
//! another script or a missing date leaves open is said to be open. Decides nothing: people do.

use serde::Serialize;

use super::certificate::DccPerson;
use crate::identity::mrz::{NameComparison, compare_name_parts};
use crate::identity::{DocumentKind, birth_date};
use crate::wire::Identity;

crate::app_types! {
    describe as describe_dcc_names;

    /// A part of what names a person.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccPart {
        /// Family name (`fn`, transliterated `fnt`).
        Surname,
        /// All of them in one text (`gn`, transliterated `gnt`).
        GivenNames,
        /// It may lack day and month (`dob`).
        BirthDate,
    }

    /// What a machine can say of a part.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccComparison {
        /// The same, as it is written or by the tables of ICAO Doc 9303.
        Same,
        /// Another one.
        Differs,
        /// Another script, or one side does not say.
        CannotCompare,
    }
}

/// A part on both sides.
#[derive(Clone, PartialEq, Eq)]
pub struct ComparedPart {
    /// Which one.
    pub part: DccPart,
    /// As the certificate has it.
    pub in_certificate: String,
    /// As it is registered: of both parts of the name the whole name.
    pub in_document: String,
    /// What can be said of them.
    pub comparison: DccComparison,
}

/// What each of the three parts says on both sides, and whether that is the same.
#[must_use]
pub fn compare(person: &DccPerson, identity: &Identity) -> [ComparedPart; 3] {
    let (surname, given_names) = if is_written_alike(person, &identity.name) {
        (DccComparison::Same, DccComparison::Same)
    } else {
        let (surname, given_names) = compare_name_parts(
            &identity.name,
            &person.standard_surname,
            &person.standard_given_names,
        );
        (said(surname), said(given_names))
    };
    let kind = DocumentKind::from_id(&identity.document_kind);
    let born_on = kind.and_then(|kind| birth_date(kind, &identity.document_number));
    let born_on = born_on.map_or_else(String::new, |day| day.to_string());
    let shown = |written: &str, standard: &str| {
        if written.is_empty() {
            standard.replace('<', " ")
        } else {
            written.to_owned()
        }
    };
    let part = |part, in_certificate, in_document: &str, comparison| ComparedPart {
        part,
        in_certificate,
        in_document: in_document.to_owned(),
        comparison,
    };
    [
        part(
            DccPart::Surname,
            shown(&person.surname, &person.standard_surname),
            &identity.name,
            surname,
        ),
        part(
            DccPart::GivenNames,
            shown(&person.given_names, &person.standard_given_names),
            &identity.name,
            given_names,
        ),
        part(
            DccPart::BirthDate,
            person.birth_date.clone(),
            &born_on,
            compare_days(&person.birth_date, &born_on),
        ),
    ]
}

/// What the parts come to: the same where both names are and no date of birth says otherwise. Anything else is for people.
#[must_use]
pub fn overall(parts: &[ComparedPart]) -> DccComparison {
    let mut names = parts.iter().filter(|it| it.part != DccPart::BirthDate);
    if parts
        .iter()
        .any(|it| it.comparison == DccComparison::Differs)
    {
        DccComparison::Differs
    } else if names.all(|it| it.comparison == DccComparison::Same) {
        DccComparison::Same
    } else {
        DccComparison::CannotCompare
    }
}

const fn said(comparison: NameComparison) -> DccComparison {
    match comparison {
        NameComparison::Same | NameComparison::SameAsFarAsShown => DccComparison::Same,
        NameComparison::Differs => DccComparison::Differs,
        NameComparison::CannotTell => DccComparison::CannotCompare,
    }
}

/// As much of a day as the certificate says.
fn compare_days(said: &str, born_on: &str) -> DccComparison {
    if said.is_empty() || born_on.is_empty() {
        DccComparison::CannotCompare
    } else if born_on.starts_with(said) {
        DccComparison::Same
    } else {
        DccComparison::Differs
    }
}

/// Whether the name is the certificate's as it is written, in either order.
fn is_written_alike(person: &DccPerson, name: &str) -> bool {
    let letters = |parts: [&str; 2]| {
        let all = parts.into_iter().flat_map(str::chars);
        let letters = all.filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let name = letters([name, ""]);
    let (surname, given) = (person.surname.as_str(), person.given_names.as_str());
    !name.is_empty() && (name == letters([surname, given]) || name == letters([given, surname]))
}

crate::hidden_debug!(ComparedPart);
