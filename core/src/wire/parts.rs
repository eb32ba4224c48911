//! Parts of a subject: what else the authority holds of it, named in the state with a tag each, and asked for one by one.
//!
//! Invariant: each name is judged alone: one that cannot be is left out and takes nothing from the others. A tag means nothing
//! but that another one is another content. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::SubjectId;

/// Most parts of one state that count.
pub const MAX_PARTS: usize = 64;
/// Longest name of a part, and longest tag, bytes.
const MAX_NAME_BYTES: usize = 64;
/// Longest cursor, bytes.
pub const MAX_CURSOR_BYTES: usize = 128;

/// The parts that there are, with their tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Parts(BTreeMap<String, String>);

impl Parts {
    /// Those of `parts` that have a name and a tag.
    pub fn new(parts: impl IntoIterator<Item = (String, String)>) -> Self {
        let can_be = |(name, tag): &(String, String)| is_part_name(name) && is_tag(tag);
        Self(parts.into_iter().filter(can_be).take(MAX_PARTS).collect())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tag of a part; none where there is no such part.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Value::Object(members) = Value::deserialize(deserializer)? else {
            return Ok(Self::default());
        };
        let told = members.into_iter().filter_map(|(name, tag)| match tag {
            Value::String(tag) => Some((name, tag)),
            _ => None,
        });
        Ok(Self::new(told))
    }
}

/// `/v1/subjects/{s}/parts/{name}`.
#[must_use]
pub fn part_path(subject: &SubjectId, name: &str) -> String {
    subject.path_below(&format!("parts/{name}"))
}

/// `after=<cursor>`; empty for the beginning.
#[must_use]
pub fn part_query(cursor: &str) -> String {
    if cursor.is_empty() {
        String::new()
    } else {
        format!("after={cursor}")
    }
}

/// Reads what [`part_query`] writes: the cursor, empty for the beginning; none for any other query.
#[must_use]
pub fn cursor_of_query(query: &str) -> Option<&str> {
    if query.is_empty() {
        return Some("");
    }
    query.strip_prefix("after=").filter(|it| is_cursor(it))
}

/// Whether this can be a part's name: 1 to 64 of `a-z`, `0-9`, `_`.
#[must_use]
pub fn is_part_name(name: &str) -> bool {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=MAX_NAME_BYTES).contains(&name.len()) && name.bytes().all(is_allowed)
}

fn is_tag(tag: &str) -> bool {
    let is_printable = |byte: u8| byte.is_ascii_graphic();
    (1..=MAX_NAME_BYTES).contains(&tag.len()) && tag.bytes().all(is_printable)
}

/// Whether this can say how far a phone has come: 1 to 128 characters that stand in a query as they are (RFC 3986, 2.3).
fn is_cursor(cursor: &str) -> bool {
    let is_unreserved =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (1..=MAX_CURSOR_BYTES).contains(&cursor.len()) && cursor.bytes().all(is_unreserved)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MAX_PARTS, Parts, cursor_of_query, part_query};

    #[test]
    fn each_part_is_judged_alone() {
        let parts: Parts = serde_json::from_value(json!({
            "changes": "a1", "of_tomorrow": "b2", "Upper": "c", "": "d", "empty": "", "number": 3,
            "spaced": "a b", "long": "x".repeat(65), "none": null,
        }))
        .unwrap();
        let known = [("changes", "a1"), ("of_tomorrow", "b2")];
        let known = known.map(|(name, tag)| (name.to_owned(), tag.to_owned()));
        assert_eq!(parts, Parts::new(known));
        assert_eq!(
            (parts.tag("changes"), parts.tag("number")),
            (Some("a1"), None)
        );
        for rubbish in [json!(null), json!([]), json!("x"), json!(7)] {
            assert!(serde_json::from_value::<Parts>(rubbish).unwrap().is_empty());
        }
        let many = (0..MAX_PARTS + 9).map(|number| (format!("p{number}"), "t".to_owned()));
        assert_eq!(Parts::new(many).0.len(), MAX_PARTS);
    }

    #[test]
    fn cursors() {
        let longest = "x".repeat(128);
        for cursor in ["", "7", "0190-a.b_c~D", &longest] {
            assert_eq!(cursor_of_query(&part_query(cursor)), Some(cursor));
        }
        let too_long = format!("after={longest}x");
        for query in [
            "after=",
            "after=a b",
            "after=%41",
            "after=a&b=c",
            "before=1",
            &too_long,
        ] {
            assert_eq!(cursor_of_query(query), None, "{query}");
        }
    }
}
