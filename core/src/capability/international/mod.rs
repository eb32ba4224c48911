//! International: who comes from abroad reads the passport's lines instead of typing, declares the entry, carries an orange,
//! yellow or green code, and knows what it counts as elsewhere, and by which rule.
//!
//! Invariant: nothing is decided here: zones are read by [`crate::identity::mrz`], the scheme is the authority's policy and in
//! what it signs, the colour follows from the rules, another region's from the mappings of the trust bundle. Works offline.
//! Proves no identity: a zone whose check digits fit can be printed by anybody.

mod documents;
mod door;
#[cfg(feature = "holder")]
mod entry;
mod mappings;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod zone;

#[cfg(test)]
mod tests;

pub use documents::explain_document;
pub use door::colour_at_door;
pub use mappings::elsewhere;
pub use views::{
    CheckedColour, DocumentExplanation, DoorColourView, ElsewhereView, EntryStage, EntryStep,
    EntryView, MrzFaultView, MrzLevel, MrzView, NamesComparedView,
};
pub use zone::{compare_names, mrz_view};

use super::Capability;

/// Id of the form that declares an entry.
pub const ENTRY_FORM: &str = "entry-declaration";

/// What it adds to each table. The entry declaration is an upload of kind `declaration`, its form a bundle of kind `form`.
pub const CAPABILITY: Capability = Capability {
    name: "international",
    bundles: &[],
    #[cfg(feature = "holder")]
    uploads: &[],
    #[cfg(feature = "holder")]
    records: &[],
    #[cfg(feature = "holder")]
    parts: &[],
    #[cfg(feature = "holder")]
    after_sync: None,
    errors: &[],
};

/// Ids of its texts that need no arguments.
#[cfg(test)]
pub(crate) fn text_ids() -> impl Iterator<Item = String> {
    let levels = MrzLevel::ALL.map(MrzLevel::text_id).into_iter();
    let stages = EntryStage::ALL.map(EntryStage::text_id).into_iter();
    let with_all = levels
        .chain(stages)
        .flat_map(|id| ["", ".spoken", ".step"].map(|part| format!("{id}{part}")));
    let names = ["same", "same_as_far_as_shown", "differs", "cannot_tell"];
    let names = names.into_iter().map(|id| format!("name-{id}"));
    let forms = crate::identity::DocumentKind::ALL.into_iter();
    let forms = forms.map(|kind| format!("document-kind-{}.form", kind.id()));
    let residence = ["81", "82", "83"].into_iter();
    let residence = residence.map(|region| format!("document-residence-{region}"));
    let steps = ["admitted", "not_admitted"].map(|id| format!("elsewhere-step-{id}"));
    with_all
        .chain(names)
        .chain(forms)
        .chain(residence)
        .chain(steps)
}

/// Ids of those that need some.
#[cfg(test)]
pub(crate) const WITH_ARGUMENTS: [&str; 8] = [
    "mrz-place",
    "mrz-corrected",
    "elsewhere-same",
    "elsewhere-mapped",
    "elsewhere-spoken",
    "door-same",
    "door-mapped",
    "door-spoken",
];
