//! The core's plain records and enums, described for the other languages.
//!
//! Invariant: a field or variant that is missing here or differs does not compile, so nothing drifts. Nothing here is
//! a type of its own.

/// What the `describe_` macros of the core call for each type.
macro_rules! describe {
    (struct { $($item:tt)* }) => {
        #[uniffi::remote(Record)]
        $($item)*
    };
    (enum { $($item:tt)* }) => {
        #[uniffi::remote(Enum)]
        $($item)*
    };
}

mod citizen;
mod code;
mod form;

pub(crate) use citizen::HealthCodeEvent;

/// A text of the core's own: it only ever goes out.
type StaticText = &'static str;

uniffi::custom_type!(StaticText, String, {
    remote,
    lower: |text| text.to_owned(),
    try_lift: |_text| Err(uniffi::deps::anyhow::anyhow!("only given out")),
});

/// JSON as text: conditions of forms, which apps do not read.
type JsonText = serde_json::Value;

uniffi::custom_type!(JsonText, String, {
    remote,
    lower: |json| json.to_string(),
    try_lift: |text| Ok(serde_json::from_str(&text)?),
});
