//! What goes over the wire: a certificate that is handed in, one that is taken back, and what the authority says of them.
//!
//! Invariant: pure. A certificate goes as the text that was scanned, since the authority believes nothing that it did not verify.

use serde::{Deserialize, Serialize};

/// Name of the upload that hands a certificate in, below a subject.
pub const CERTIFICATES: &str = "certificates";
/// Name of the upload that takes one back.
pub const CERTIFICATE_REMOVALS: &str = "certificate-removals";
/// Name of the part of a subject that says how its certificates stand.
pub const PART: &str = "dcc";
/// Most certificates of a subject, here and at any authority.
pub const MAX_CERTIFICATES: usize = 20;
/// Longest answer with them, bytes.
pub const MAX_PART_BYTES: usize = 16 * 1024;

/// Body of `PUT /v1/subjects/{s}/certificates/<id>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DccSubmission {
    /// The text of the QR code.
    pub certificate: String,
    /// Whether the citizen saw both names, which are not the same, and says that it is theirs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub names_confirmed: bool,
}

/// Body of `PUT /v1/subjects/{s}/certificate-removals/<id>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DccRemoval {
    /// Id of the certificate, see [`super::Certificate::id`].
    pub certificate: String,
}

/// How the names of a certificate stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NamesStanding {
    /// They are the same.
    Same,
    /// They are not, and wait for officers.
    Waiting,
    /// Officers found that it is the citizen's.
    Agreed,
    /// Officers found that it is not.
    Refused,
    /// What a later version added: nothing is known here.
    #[serde(other)]
    Other,
}

/// What is told of one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccTold {
    /// Id of the certificate.
    pub id: String,
    /// When it came, Unix seconds.
    pub received_at: i64,
    /// How its names stand.
    pub names: NamesStanding,
}

/// The part `dcc` of a subject.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccStandings {
    /// In the order in which they came.
    pub certificates: Vec<DccTold>,
}

crate::hidden_debug!(DccSubmission, DccRemoval, DccTold, DccStandings);
