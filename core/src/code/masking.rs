//! How a name and a document number are shortened before they may enter a code.
//!
//! Invariant: the result fits the credential's fields and never holds a whole name or number.

use serde::{Deserialize, Serialize};

use super::claims::is_allowed_in_name;
use crate::identity::{is_han, starts_with_letter};

/// A name of which a code says nothing.
pub(super) const NO_NAME: &str = "*";
/// A document of which a code says nothing.
pub(super) const NO_TAIL: &str = "****";

/// How much of name and document a code says, so that whoever checks it can compare it with a document: all that is the same in
/// each code of one person, by which doors that pool what they scan find it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonInCode {
    /// Masked name and the last characters of the document.
    #[default]
    NameAndTail,
    /// The last characters of the document alone.
    Tail,
    /// The first character of the name alone.
    Initials,
    /// Nothing: whose code it is, is not to be told at the door.
    Nothing,
}

impl PersonInCode {
    /// All of them, the most first.
    pub const ALL: [Self; 4] = [Self::NameAndTail, Self::Tail, Self::Initials, Self::Nothing];

    /// Stable id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NameAndTail => "name_and_tail",
            Self::Tail => "tail",
            Self::Initials => "initials",
            Self::Nothing => "nothing",
        }
    }

    /// The one with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// What a code says of `name` and of a document's `number`: masked name and last characters.
    #[must_use]
    pub fn of(self, name: &str, number: &str) -> (String, String) {
        let masked = match self {
            Self::NameAndTail => mask_name(name),
            Self::Initials => {
                let first = mask_name(name).chars().next();
                let initial = first.filter(|first| *first != '*');
                initial.map_or_else(|| NO_NAME.to_owned(), |first| format!("{first}*"))
            }
            Self::Tail | Self::Nothing => NO_NAME.to_owned(),
        };
        let tail = match self {
            Self::NameAndTail | Self::Tail => document_tail(number),
            Self::Initials | Self::Nothing => NO_TAIL.to_owned(),
        };
        (masked, tail)
    }
}

/// A name with its middle hidden.
///
/// Han: two characters keep the first (`王*`), three or more keep first and last (`欧*娜`, `欧**娜`).
/// Other scripts keep the first letter: `M***`. Characters that may not be shown are left out; no letter first: `*`.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let shown = |character: &char| !character.is_whitespace() && is_allowed_in_name(*character);
    let characters: Vec<char> = name.chars().filter(shown).collect();
    if !starts_with_letter(name) {
        return "*".to_owned();
    }
    match characters[..] {
        [] => "*".to_owned(),
        [first, ..] if !is_han(first) => format!("{first}***"),
        [first] | [first, _] => format!("{first}*"),
        [first, _, last] => format!("{first}*{last}"),
        [first, .., last] => format!("{first}**{last}"),
    }
}

/// The last four letters and digits of a document number, upper case, filled up with `*` on the left.
/// Characters other than ASCII letters and digits are left out.
#[must_use]
pub fn document_tail(number: &str) -> String {
    let kept: String = number
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_uppercase())
        .collect();
    // A number of four characters or fewer would be shown whole: show half of it at most.
    let shown = kept.len().min(4).min(kept.len() / 2);
    let tail = &kept[kept.len() - shown..];
    format!("{tail:*>4}")
}

#[cfg(test)]
mod tests {
    use super::{PersonInCode, document_tail, mask_name};

    #[test]
    fn a_code_says_as_much_of_a_person_as_policy_asks_for() {
        for (person, chinese, other, nameless) in [
            (
                "name_and_tail",
                ("欧**娜", "002X"),
                ("M***", "567X"),
                ("*", "***2"),
            ),
            ("tail", ("*", "002X"), ("*", "567X"), ("*", "***2")),
            ("initials", ("欧*", "****"), ("M*", "****"), ("*", "****")),
            ("nothing", ("*", "****"), ("*", "****"), ("*", "****")),
        ] {
            let person = PersonInCode::from_id(person).unwrap();
            for ((name, number), expected) in [
                (("欧阳娜娜", "11010519491231002X"), chinese),
                (("Maria Svensson", "e1234567x"), other),
                (("!!!", "12"), nameless),
            ] {
                let (masked, tail) = person.of(name, number);
                assert_eq!((masked.as_str(), tail.as_str()), expected, "{person:?}");
            }
        }
        assert_eq!(PersonInCode::from_id("everything"), None);
    }

    #[test]
    fn names() {
        for (name, masked) in [
            ("王伟", "王*"),
            ("王", "王*"),
            ("王小明", "王*明"),
            ("欧阳娜娜", "欧**娜"),
            ("阿卜杜拉·买买提", "阿**提"),
            (" 王 伟 ", "王*"),
            ("𠮷野家五", "𠮷**五"),
            ("Maria Svensson", "M***"),
            ("Ольга", "О***"),
            ("\u{202e}王伟", "王*"),
            ("\u{200b}", "*"),
            ("\u{3164}", "*"),
            ("\u{3164}王伟", "王*"),
            ("\u{ad}\u{200d}", "*"),
            ("!!!", "*"),
            ("\u{301}", "*"),
            ("", "*"),
        ] {
            assert_eq!(mask_name(name), masked, "{name}");
        }
    }

    #[test]
    fn tails() {
        for (number, tail) in [
            ("11010519491231002X", "002X"),
            ("e1234567x", "567X"),
            ("E-1234 5678", "5678"),
            ("12", "***2"),
            ("1234", "**34"),
            ("", "****"),
            ("护照12345678", "5678"),
        ] {
            assert_eq!(document_tail(number), tail, "{number}");
        }
    }
}
