//! Whose a record is: the phone's owner or a dependant whom the owner looks after.
//!
//! Invariant: an id is `owner` or 1 to 36 characters of `a-z0-9-`, so it fits into names, paths and JSON as it is.
//! It says nothing about the person; who it is, the subject's own records say.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::StoreError;

/// Longest id, in bytes: a UUID's text.
pub(super) const MAX_SUBJECT_BYTES: usize = 36;
const OWNER: &str = "owner";

/// Whose a record is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubjectId(Option<Arc<str>>);

impl SubjectId {
    /// The phone's owner.
    pub const OWNER: Self = Self(None);

    /// Reads `owner` or a dependant's id.
    ///
    /// # Errors
    /// [`StoreError::SubjectInvalid`].
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        match text {
            OWNER => Ok(Self::OWNER),
            "" => Err(StoreError::SubjectInvalid),
            _ if text.len() <= MAX_SUBJECT_BYTES && text.bytes().all(allowed) => {
                Ok(Self(Some(text.into())))
            }
            _ => Err(StoreError::SubjectInvalid),
        }
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
    type Error = StoreError;

    fn try_from(text: String) -> Result<Self, StoreError> {
        Self::parse(&text)
    }
}

impl From<SubjectId> for String {
    fn from(subject: SubjectId) -> Self {
        subject.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{StoreError, SubjectId};

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
        for bad in ["", "Owner", "a b", "ä", "a/b", &"a".repeat(37)] {
            assert_eq!(
                SubjectId::parse(bad),
                Err(StoreError::SubjectInvalid),
                "{bad}"
            );
            assert!(serde_json::from_str::<SubjectId>(&format!("\"{bad}\"")).is_err());
        }
    }

    #[test]
    fn no_log_names_a_dependant() {
        let subject = SubjectId::parse("secret").unwrap();
        assert_eq!(format!("{subject:?}"), "dependant");
    }
}
