//! Whose something is: the owner of a phone, or a dependant whom the owner looks after.
//!
//! Invariant: an id is `owner` or 1 to 36 characters of `a-z0-9-`, so it stands in names, paths and JSON as it is; it
//! has one spelling. It says nothing about the person; who it is, the subject's own records say. Pure.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Longest id, in bytes: a UUID's text.
pub const MAX_SUBJECT_BYTES: usize = 36;
/// Path of the subjects of a device.
pub const SUBJECTS_PATH: &str = "/v1/subjects";

const OWNER: &str = "owner";

/// Whose something is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubjectId(Option<Arc<str>>);

impl SubjectId {
    /// The phone's owner.
    pub const OWNER: Self = Self(None);

    /// Reads `owner` or a dependant's id; none where it is no id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        let has_length = (1..=MAX_SUBJECT_BYTES).contains(&text.len());
        match text {
            OWNER => Some(Self::OWNER),
            _ if has_length && text.bytes().all(allowed) => Some(Self(Some(text.into()))),
            _ => None,
        }
    }

    /// The subject that a path of the protocol names: `/v1/subjects/{s}` and what is below it, as sent. None where
    /// that is no id: nothing of it is decoded, for no id needs it.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let below = path.strip_prefix(SUBJECTS_PATH)?.strip_prefix('/')?;
        Self::parse(below.split('/').next()?)
    }

    /// `owner` or the dependant's id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or(OWNER)
    }

    /// Whether this is the phone's owner.
    #[must_use]
    pub const fn is_owner(&self) -> bool {
        self.0.is_none()
    }

    /// `/v1/subjects/{s}`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{SUBJECTS_PATH}/{}", self.as_str())
    }

    /// `/v1/subjects/{s}/{below}`.
    #[must_use]
    pub fn path_below(&self, below: &str) -> String {
        format!("{}/{below}", self.path())
    }
}

impl Default for SubjectId {
    /// The owner: whose everything is that names nobody.
    fn default() -> Self {
        Self::OWNER
    }
}

impl std::fmt::Debug for SubjectId {
    /// Which dependant does not reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_owner() {
            "owner"
        } else {
            "dependant"
        })
    }
}

impl TryFrom<String> for SubjectId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not the id of a subject")
    }
}

impl From<SubjectId> for String {
    fn from(subject: SubjectId) -> Self {
        subject.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::SubjectId;

    #[test]
    fn ids() {
        for good in ["owner", "a", "0190b0a0-0000-7000-8000-000000000000"] {
            let subject = SubjectId::parse(good).unwrap();
            assert_eq!(subject.as_str(), good);
            assert_eq!(subject.is_owner(), good == "owner");
            let json = serde_json::to_string(&subject).unwrap();
            assert_eq!(json, format!("\"{good}\""));
            assert_eq!(serde_json::from_str::<SubjectId>(&json).unwrap(), subject);
        }
        for bad in ["", "Owner", "a b", "ä", "a/b", "%6fwner", &"a".repeat(37)] {
            assert_eq!(SubjectId::parse(bad), None, "{bad}");
            assert!(serde_json::from_str::<SubjectId>(&format!("\"{bad}\"")).is_err());
        }
    }

    #[test]
    fn paths() {
        let child = SubjectId::parse("0190b0a0-0000-7000-8000-000000000000").unwrap();
        for subject in [SubjectId::OWNER, child] {
            for path in [subject.path(), subject.path_below("declarations/1")] {
                assert_eq!(SubjectId::of_path(&path), Some(subject.clone()), "{path}");
            }
        }
        for path in [
            "",
            "/v1/subjects",
            "/v1/subjects/",
            "/v1/subjects//owner",
            "/v1/subjectsowner",
            "/v1/subjects/OWNER/state",
            "/v1/subjects/%6fwner/state",
            "/v1/bundles/owner",
        ] {
            assert_eq!(SubjectId::of_path(path), None, "{path}");
        }
    }

    #[test]
    fn no_log_names_a_dependant() {
        let subject = SubjectId::parse("secret").unwrap();
        assert_eq!(format!("{subject:?}"), "dependant");
    }
}
