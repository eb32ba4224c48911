//! Text as it is set: runs of one font and one direction, in the order in which they are seen, and lines of them.
//!
//! Invariant: every character is in a font that was given; directions are those of the Unicode bidirectional algorithm (UAX 9);
//! a run is as wide as it is drawn, joined letters included. Draws nothing.

use std::ops::Range;

use rustybuzz::{Direction, Face, UnicodeBuffer};
use unicode_bidi::BidiInfo;

use super::{PdfError, PdfFont};

/// What no line begins with.
const CLOSING: &str = "，。、；：！？）》」』”’,.;:!?)";
/// What no line ends with.
const OPENING: &str = "（《「『“‘(";

/// Text of one font and one direction.
pub(super) struct Run {
    pub(super) text: String,
    /// Which of the fonts.
    pub(super) font: usize,
    pub(super) is_right_to_left: bool,
    /// As a part of the size of the type.
    pub(super) width: f32,
}

/// Fonts, the first that has a character being the one that draws it.
pub(super) struct Typesetter<'a>(Vec<Face<'a>>);

impl<'a> Typesetter<'a> {
    /// # Errors
    /// [`PdfError::FontUnreadable`].
    pub(super) fn new(fonts: &'a [PdfFont]) -> Result<Self, PdfError> {
        let faces = fonts
            .iter()
            .map(|font| Face::from_slice(&font.data, font.index).ok_or(PdfError::FontUnreadable));
        faces.collect::<Result<_, _>>().map(Self)
    }

    /// A line from left to right as it is seen.
    ///
    /// # Errors
    /// [`PdfError::CharacterMissing`].
    pub(super) fn runs(&self, text: &str) -> Result<Vec<Run>, PdfError> {
        let directions = BidiInfo::new(text, None);
        let mut runs = Vec::new();
        for paragraph in &directions.paragraphs {
            let (levels, seen) = directions.visual_runs(paragraph, paragraph.range.clone());
            for range in seen {
                let is_right_to_left = levels
                    .get(range.start)
                    .is_some_and(unicode_bidi::Level::is_rtl);
                let mut parts = self.by_font(text, range)?;
                if is_right_to_left {
                    parts.reverse();
                }
                let parts = parts.into_iter();
                runs.extend(parts.map(|(font, part)| Run {
                    width: self.width(font, part, is_right_to_left),
                    text: part.to_owned(),
                    font,
                    is_right_to_left,
                }));
            }
        }
        Ok(runs)
    }

    /// `text` in lines of at most `width`, which is in sizes of the type: broken at spaces, and between Han characters where no
    /// mark would begin or end a line wrongly. A word that is too long for a line stands out.
    ///
    /// # Errors
    /// [`PdfError::CharacterMissing`].
    pub(super) fn broken(&self, width: f32, text: &str) -> Result<Vec<String>, PdfError> {
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
        for word in words(text) {
            let length = self.length(word)?;
            if used + length > width && !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
                (line, used) = (String::new(), 0.0);
            }
            if line.is_empty() && word == " " {
                continue;
            }
            line.push_str(word);
            used += length;
        }
        lines.push(line.trim_end().to_owned());
        Ok(lines)
    }

    /// How long a line is, in sizes of the type.
    ///
    /// # Errors
    /// [`PdfError::CharacterMissing`].
    pub(super) fn length(&self, text: &str) -> Result<f32, PdfError> {
        Ok(self.runs(text)?.iter().map(|run| run.width).sum())
    }

    fn by_font<'t>(
        &self,
        text: &'t str,
        range: Range<usize>,
    ) -> Result<Vec<(usize, &'t str)>, PdfError> {
        let part = text.get(range).unwrap_or_default();
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        for (place, character) in part.char_indices() {
            let has = |face: &Face<'_>| face.glyph_index(character).is_some();
            let end = place + character.len_utf8();
            // One that the font of the run has stays in it: a space, a stop.
            match parts.last_mut() {
                Some((font, range)) if self.0.get(*font).is_some_and(has) => range.end = end,
                _ => {
                    let font = self.0.iter().position(has);
                    parts.push((font.ok_or(PdfError::CharacterMissing)?, place..end));
                }
            }
        }
        let parts = parts.into_iter();
        Ok(parts
            .map(|(font, range)| (font, part.get(range).unwrap_or_default()))
            .collect())
    }

    fn width(&self, font: usize, text: &str, is_right_to_left: bool) -> f32 {
        let Some(face) = self.0.get(font) else {
            return 0.0;
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if is_right_to_left {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let advances = shaped.glyph_positions().iter().map(|one| one.x_advance);
        let em = face.units_per_em().max(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a line is no million units long"
        )]
        let width = advances.sum::<i32>() as f32 / em as f32;
        width
    }
}

/// Whether a text begins from the right.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let directions = BidiInfo::new(text, None);
    let first = directions.paragraphs.first();
    first.is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// The pieces of a text that are not broken, in order.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (place, character) in text.char_indices() {
        let breaks = before.is_some_and(|before| may_break(before, character));
        if breaks {
            pieces.push(&text[start..place]);
            start = place;
        }
        before = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return true;
    }
    (is_wide(before) || is_wide(after)) && !CLOSING.contains(after) && !OPENING.contains(before)
}

/// Han, kana and their marks: written without spaces. Hangul has spaces.
const fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{is_right_to_left, words};

    #[test]
    fn lines_break_at_spaces_and_between_han_but_not_before_a_stop() {
        assert_eq!(words("in case of"), ["in", " ", "case", " ", "of"]);
        assert_eq!(
            words("出示证件，核对。"),
            ["出", "示", "证", "件，", "核", "对。"]
        );
        assert_eq!(words("（见 A4 纸）"), ["（见", " ", "A4", " ", "纸）"]);
    }

    #[test]
    fn hangul_and_arabic_break_at_spaces_alone() {
        assert_eq!(words("종이 코드"), ["종이", " ", "코드"]);
        assert_eq!(words("الرمز الصحي"), ["الرمز", " ", "الصحي"]);
        assert!(is_right_to_left("الرمز 12") && !is_right_to_left("姓名 الاسم"));
    }
}
