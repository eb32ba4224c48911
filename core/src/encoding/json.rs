//! JSON that has one meaning: no object names a member twice, nothing follows the end.
//!
//! Invariant: what is read here is read alike by every reader. Of two members with one name one reader takes the first,
//! another the last (RFC 8259, section 4): what was signed would not be what is done. The caller caps the length.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

/// Most levels of arrays and objects.
pub const MAX_DEPTH: usize = 100;

/// Reads JSON as a `T`.
///
/// # Errors
/// What is wrong first, with its line and column: no JSON, a member twice, more than [`MAX_DEPTH`] levels, or no `T`.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    Strict { depth: 0 }.deserialize(&mut reader)?;
    reader.end()?;
    serde_json::from_slice(bytes)
}

/// Reads a value, keeps nothing of it.
#[derive(Clone, Copy)]
struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth < MAX_DEPTH {
            Ok(Self {
                depth: self.depth + 1,
            })
        } else {
            Err(E::custom("too deep"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut names = BTreeSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a member stands twice"));
            }
            members.next_value_seed(inner)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        while items.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{MAX_DEPTH, from_slice};

    #[test]
    fn a_member_that_stands_twice_is_refused_wherever_it_is() {
        for twice in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"a":3}"#,
            r#"{"colour":"red","col\u006fur":"green"}"#,
            r#"[{"a":[{"var":"x","var":"y"}]}]"#,
            r#"{"":1,"":2}"#,
            r#"{"a":{"b":1},"a":{"c":1}}"#,
        ] {
            assert!(from_slice::<Value>(twice.as_bytes()).is_err(), "{twice}");
        }
        for once in [
            r#"{"a":1,"A":2,"á":3,"a ":4}"#,
            r#"[{"a":1},{"a":1}]"#,
            r#"{"a":{"a":{"a":null}}}"#,
            "7",
            "\"x\"",
            "1.5e3",
        ] {
            let strict = from_slice::<Value>(once.as_bytes()).expect(once);
            assert_eq!(strict, serde_json::from_str::<Value>(once).expect(once));
        }
    }

    #[test]
    fn what_is_no_json_or_goes_on_or_down_without_end_is_refused() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(from_slice::<Value>(deep(MAX_DEPTH).as_bytes()).is_ok());
        let endless = "[".repeat(1_000_000);
        let too_deep = deep(MAX_DEPTH + 1);
        for bad in [
            "",
            "{",
            "{} {}",
            "{}x",
            "{a:1}",
            "[1,]",
            "NaN",
            "\u{feff}{}",
            &too_deep,
            &endless,
        ] {
            assert!(from_slice::<Value>(bad.as_bytes()).is_err());
        }
        assert!(from_slice::<Value>(b"\"\xff\"").is_err());
    }

    #[test]
    fn the_place_of_the_fault_is_told() {
        let error = from_slice::<Value>(b"{\n \"a\": 1,\n \"a\": 2}").expect_err("twice");
        assert_eq!(error.line(), 3);
    }
}
