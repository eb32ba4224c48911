//! A reason by its id, also one that a later version added.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Reason;

/// Longest id, in bytes.
const MAX_BYTES: usize = 64;

/// A reason's id: 1 to 64 of `a` to `z`, `0` to `9` and `_`. Serialised as that text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'static, str>", into = "Cow<'static, str>")]
pub struct ReasonId(Cow<'static, str>);

/// The text is no reason's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAReasonId;

impl ReasonId {
    /// The reason; none where this version does not know it.
    #[must_use]
    pub fn known(&self) -> Option<Reason> {
        Reason::from_id(&self.0)
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Reason> for ReasonId {
    fn from(reason: Reason) -> Self {
        Self(Cow::Borrowed(reason.id()))
    }
}

impl PartialEq<Reason> for ReasonId {
    fn eq(&self, reason: &Reason) -> bool {
        self.0 == reason.id()
    }
}

impl From<ReasonId> for Cow<'static, str> {
    fn from(id: ReasonId) -> Self {
        id.0
    }
}

impl TryFrom<Cow<'static, str>> for ReasonId {
    type Error = NotAReasonId;

    fn try_from(id: Cow<'static, str>) -> Result<Self, NotAReasonId> {
        let is_letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        if (1..=MAX_BYTES).contains(&id.len()) && id.bytes().all(is_letter) {
            Ok(Self(id))
        } else {
            Err(NotAReasonId)
        }
    }
}

impl std::fmt::Display for NotAReasonId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not the id of a reason")
    }
}

impl std::error::Error for NotAReasonId {}

#[cfg(test)]
mod tests {
    use super::{Reason, ReasonId};

    #[test]
    fn a_reason_of_tomorrow_is_carried_and_what_is_no_id_refused() {
        let read = |id: &str| serde_json::from_value::<ReasonId>(id.into());
        let fever = read("fever").expect("known");
        assert_eq!(fever.known(), Some(Reason::Fever));
        assert_eq!(fever, ReasonId::from(Reason::Fever));
        let tomorrow = read("vaccination_lapsed").expect("an id");
        assert_eq!(tomorrow.known(), None);
        let text = serde_json::to_string(&tomorrow).expect("text");
        assert_eq!(text, "\"vaccination_lapsed\"");
        for no_id in ["", "Fever", "a b", "<b>", &"a".repeat(65)] {
            assert!(read(no_id).is_err(), "{no_id}");
        }
    }
}
