//! How a name and a document number are shortened before they may enter a code.
//!
//! Invariant: the result fits the credential's fields and never holds a whole name or number.

use super::claims::is_allowed_in_name;
use crate::identity::{is_han, starts_with_letter};

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
    use super::{document_tail, mask_name};

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
