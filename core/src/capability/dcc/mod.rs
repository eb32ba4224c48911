//! The EU Digital COVID Certificate: read and verified on the phone, handed in to the authority, counted by the region's own rules.
//!
//! Invariant: nothing of a certificate is believed before a key of the signed list verified it, and it changes no colour: the
//! authority verifies it again and takes a fact from it, from which the colour follows by the rules. Whose it is, is never
//! guessed: names are shown side by side, and where they differ people decide.
//!
//! | file | what it is |
//! |---|---|
//! | `unwrapping`, `cbor`, `signed`, `certificate` | the reader, from the text of a QR code to the checked members |
//! | `trust_list` | the keys that count, and whether one of them signed |
//! | `rules` | which certificates count here |
//! | `names` | the certificate's person beside the registered one |
//! | `wire` | what is handed in, and what is told of it |
//! | `records` | what the phone keeps |
//! | `use_cases`, `views`, `in_words` | what a citizen does and a screen shows |

mod cbor;
mod certificate;
mod error;
#[cfg(feature = "holder")]
mod in_words;
mod names;
#[cfg(feature = "holder")]
mod records;
mod rules;
mod signed;
mod trust_list;
mod unwrapping;
#[cfg(feature = "holder")]
mod use_cases;
mod views;
mod wire;

#[cfg(all(test, feature = "holder"))]
mod tests;

pub use certificate::{Certificate, DccAlgorithm, DccKind, DccPerson};
pub use error::{DccError, DccListError};
pub use names::{ComparedPart, DccComparison, DccPart, compare, overall};
pub use rules::{DccOutcome, DccRule, DccRules};
pub use trust_list::{DccKey, DccKeyEntry, DccKeys, MAX_KEYS};
pub use unwrapping::MAX_TEXT_BYTES;
pub use views::{
    DccLevel, DccLine, DccNameView, DccSending, DccStatus, DccStep, DccView, DccsView,
};
pub use wire::{
    CERTIFICATE_REMOVALS, CERTIFICATES, DccRemoval, DccStandings, DccSubmission, DccTold,
    MAX_CERTIFICATES, MAX_PART_BYTES, NamesStanding, PART,
};

use super::Capability;
#[cfg(feature = "holder")]
use crate::sync::UploadRow;
use crate::trust::BundleRow;

/// What it adds to each table.
pub const CAPABILITY: Capability = Capability {
    name: "dcc",
    bundles: &[&DCC_KEYS, &DCC_RULES],
    #[cfg(feature = "holder")]
    uploads: &[&SUBMISSION, &REMOVAL],
    #[cfg(feature = "holder")]
    parts: &[&records::STANDINGS_PART],
    #[cfg(feature = "holder")]
    records: &[records::CERTIFICATE.row(), records::STANDINGS.row()],
    #[cfg(feature = "holder")]
    after_sync: Some(use_cases::note_verified),
    errors: &[DccError::ENTRIES, DccListError::ENTRIES],
};

/// Keys of other countries.
pub static DCC_KEYS: BundleRow =
    BundleRow::json("dcc-keys", "application/health-code-dcc-keys+json");

/// The region's rules about certificates.
pub static DCC_RULES: BundleRow =
    BundleRow::json("dcc-rules", "application/health-code-dcc-rules+json");

/// A certificate is handed in.
#[cfg(feature = "holder")]
pub static SUBMISSION: UploadRow = UploadRow {
    max_bytes: 5 * 1024,
    ..UploadRow::put("certificate", 26, CERTIFICATES)
};

/// It is taken back.
#[cfg(feature = "holder")]
pub static REMOVAL: UploadRow = UploadRow {
    max_bytes: 256,
    ..UploadRow::put("certificate-removal", 27, CERTIFICATE_REMOVALS)
};

/// Texts with arguments.
#[cfg(test)]
pub(crate) const WITH_ARGUMENTS: [&str; 1] = ["dcc-dose"];

/// Ids of everything that the views say without arguments.
#[cfg(test)]
pub(crate) fn text_ids() -> Vec<String> {
    let mut ids: Vec<String> = [
        "dcc-none",
        "dcc-some",
        "dcc-some-unchecked",
        "dcc-test-naat",
        "dcc-test-antigen",
        "dcc-result-detected",
        "dcc-result-not_detected",
    ]
    .map(str::to_owned)
    .into();
    let lines = [
        "product",
        "vaccine",
        "maker",
        "dose",
        "day",
        "test",
        "test-name",
        "test-maker",
        "sampled",
        "result",
        "centre",
        "first-positive",
        "from",
        "until",
        "country",
        "issuer",
        "identifier",
        "expires",
    ];
    ids.extend(lines.map(|line| format!("dcc-line-{line}")));
    ids.extend(DccKind::ALL.map(|kind| format!("dcc-kind-{}", kind.id())));
    ids.extend(DccStatus::ALL.map(|status| status.text_id().to_owned()));
    ids.extend(DccStep::ALL.map(|step| step.text_id().to_owned()));
    let sent = DccSending::WITH_TEXT.iter();
    ids.extend(sent.filter_map(|sent| sent.text_id().map(str::to_owned)));
    let parts = [DccPart::Surname, DccPart::GivenNames, DccPart::BirthDate];
    ids.extend(parts.map(|part| part.text_id().to_owned()));
    for comparison in [
        DccComparison::Same,
        DccComparison::Differs,
        DccComparison::CannotCompare,
    ] {
        ids.push(comparison.text_id().to_owned());
        ids.push(format!("{}.all", comparison.text_id()));
    }
    ids
}
