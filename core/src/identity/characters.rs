//! Forms in which people type the same thing: full-width characters, lower case, separators.
//!
//! Invariant: folding twice changes nothing more. Names and free text are not folded, only trimmed.

/// Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space become their ASCII forms.
pub(crate) fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// Width folded, upper case, without the separators that people put into long numbers.
pub(crate) fn fold_number(text: &str) -> String {
    fold_width(text)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '\u{2010}'..='\u{2015}'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Characters that may not stand in a text: controls, and those that hide or reorder others on a screen.
/// Joiners (U+200C, U+200D) stay: some scripts need them.
pub(crate) fn is_forbidden(c: char, line_breaks: bool) -> bool {
    if c == '\n' {
        return !line_breaks;
    }
    c.is_control()
        || matches!(
            c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{fold_number, fold_width, is_forbidden};

    #[test]
    fn full_width_becomes_ascii_and_separators_go() {
        assert_eq!(fold_width("ＡＢ\u{3000}１２～"), "AB 12~");
        assert_eq!(fold_width("王小明·é"), "王小明·é");
        assert_eq!(
            fold_number("１１0105 19491231–００２ｘ"),
            "11010519491231002X"
        );
        assert_eq!(
            fold_number(&fold_number("ｅ12.3-4")),
            fold_number("ｅ12.3-4")
        );
    }

    #[test]
    fn invisible_characters_are_forbidden() {
        for c in ['\0', '\u{7f}', '\u{202e}', '\u{200b}', '\u{feff}', '\t'] {
            assert!(is_forbidden(c, true), "{c:?}");
        }
        assert!(is_forbidden('\n', false));
        for c in ['\u{200d}', 'é', '王', ' '] {
            assert!(!is_forbidden(c, false), "{c:?}");
        }
    }
}
