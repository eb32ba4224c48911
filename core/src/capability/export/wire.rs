//! The export as JSON; its schema is docs/schemas/export-1.json.
//!
//! Invariant: a member, once released, keeps its meaning; readers pass over those that they do not know.

use serde::Serialize;
use serde_json::Value;

/// `format` of an export.
pub const EXPORT_FORMAT: &str = "health-code-export";
/// `version` of an export: of its frame. What stands in a record is the kind's own.
pub const EXPORT_VERSION: u32 = 1;

/// Everything that a phone holds.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// [`EXPORT_FORMAT`].
    pub format: &'static str,
    /// [`EXPORT_VERSION`].
    pub version: u32,
    /// When it was made, Unix seconds by the phone's trusted time.
    pub made_at: i64,
    /// Version of the core that made it.
    pub made_by: &'static str,
    /// The owner first.
    pub subjects: Vec<ExportedSubject>,
    /// What is the phone's and nobody's in particular.
    pub phone: Vec<ExportedRecord>,
    /// What the authority said that it holds of whose health code this is; none where it was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Holdings>,
    /// What is not in it.
    pub left_out: Vec<LeftOut>,
}

/// What the authority holds of a subject, as it said.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holdings {
    /// When it said so, Unix seconds by its own clock.
    pub as_of: i64,
    /// Whether it is all of it; otherwise the rest comes with the next syncs.
    pub is_whole: bool,
    /// Its records: `kind`, `name`, `key`, `value`, as the authority keeps them.
    pub records: Vec<Value>,
}

/// What is held of one subject.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportedSubject {
    /// `owner`, or a dependant's id.
    pub id: String,
    /// In the order of kinds and keys.
    pub records: Vec<ExportedRecord>,
}

/// One record of the store.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportedRecord {
    /// Number of its kind, as in docs/STORE_FORMAT.md.
    pub kind: u16,
    /// The kind's name; none where a newer version wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// Which of several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// JSON as it stands. Of signed things `{"signed": base64url, "content": ...}`, of other bytes base64url; of
    /// CBOR its fields by name. Of what is published for everybody `{"sha256": hex, "size": bytes}`.
    pub value: Value,
}

/// Something that is not in an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Number of its kind.
    pub kind: u16,
    /// The kind's name.
    pub name: &'static str,
    /// `private_key`.
    pub why: &'static str,
}

crate::hidden_debug!(Export, Holdings, ExportedSubject, ExportedRecord);
