//! What a person is known by: documents, divisions, and the normal forms of what people type.
//!
//! Invariant: pure; the day is an argument. Cleans and judges one value at a time, and knows no form, no store and no
//! wire. Does not prove that a document is somebody's: that is the authority's duty at registration.

mod characters;
mod division;
mod document;

pub(crate) use characters::{fold_number, fold_width, is_forbidden};
pub use division::is_plausible_division;
pub use document::{
    DocumentError, DocumentKind, birth_date, check_document_number, check_nationality,
};
