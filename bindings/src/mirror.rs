//! The core's plain records and enums, described for the other languages.
//!
//! Invariant: a field or variant that is missing here or differs does not compile, so nothing drifts. Nothing here is
//! a type of its own but the kinds of bundles that an app can ask for: in the core they are an open list.

use std::collections::HashMap;

mod citizen;
mod code;
mod form;

pub(crate) use citizen::BundleKind;

/// A text of the core's own: it only ever goes out.
type StaticText = health_code_core::app_types::StaticText;

uniffi::custom_type!(StaticText, String, {
    remote,
    lower: |text| text.to_owned(),
    try_lift: |_text| Err(uniffi::deps::anyhow::anyhow!("only given out")),
});

/// A text by language: BCP 47 tags to texts.
pub(crate) type LocalizedText = health_code_core::words::LocalizedText;

uniffi::custom_type!(LocalizedText, HashMap<String, String>, {
    remote,
    lower: |text| text.iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect(),
    try_lift: |texts| Ok(texts.into_iter().collect()),
});
