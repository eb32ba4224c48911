//! What a person is known by, and what people type: names, documents, divisions, phones, numbers, days.
//!
//! Invariant: the one place that cleans, judges and says why; the form, the registration and the code use it. Pure; the
//! day is an argument. Looks at one value at a time, and knows no form, no store and no wire. Does not prove that a
//! document is somebody's: that is the authority's duty at registration.
//!
//! | file | what it is |
//! |---|---|
//! | `characters` | what may stand in a text, and what is cleaned |
//! | `han` | Han characters with two code points |
//! | `name` | names of people |
//! | `document`, `document_numbers`, `other_document`, `check_digits` | kinds of documents and their numbers |
//! | `document_key` | which documents are one |
//! | `mrz` | machine-readable zones of travel documents |
//! | `division` | GB/T 2260 |
//! | `phone`, `phone_plan` | phone numbers of the world |
//! | `decimal`, `day` | numbers and days |

mod characters;
mod check_digits;
mod day;
pub(crate) mod decimal;
mod division;
mod document;
mod document_key;
mod document_numbers;
mod han;
pub mod mrz;
mod name;
mod other_document;
mod phone;
mod phone_plan;

pub(crate) use characters::{
    CharacterFault, Lines, clean_short, clean_text, is_default_ignorable, shows_nothing,
};
pub(crate) use day::{parse_date, typed_date};
pub use division::is_plausible_division;
pub use document::{DocumentKind, birth_date, check_document_number, check_nationality};
pub use document_key::document_key;
pub use document_numbers::DocumentError;
pub(crate) use name::{NameError, check_name, is_han, starts_with_letter};
pub use phone::{PhoneError, check_phone};

#[cfg(test)]
mod spellings_tests;
