//! The sheet as it is printed, in Chinese and in the language of who gets it: A5, a code of 46 mm, the same once more on a card to cut off.
//!
//! Invariant: no colour, in no word and in no ink: black on white. What a guard compares (name, last characters) stands beside
//! each code, with the last day. Says what ends the sheet. Makes no code.

use health_code_core::code::read_paper;
use health_code_core::picture::{self, PdfError, PdfFont, PdfPage};
use health_code_core::words::{Catalogue, Language, LocalizedText};

use crate::errors::AuthorityError;

/// What the person reads, a file a language.
static WORDS: Catalogue = Catalogue::new([
    include_str!("words/zh.ftl"),
    include_str!("words/en.ftl"),
    include_str!("words/ko.ftl"),
    include_str!("words/ar.ftl"),
]);
/// A5, millimetres.
const WIDTH: f32 = 148.0;
const HEIGHT: f32 = 210.0;
const MARGIN: f32 = 12.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// A code of 46 mm without its quiet zone is some 52 mm with it.
const CODE: f32 = 54.0;
/// A bank card (ISO/IEC 7810, ID-1), and the code on it.
const CARD: (f32, f32) = (85.6, 54.0);
const CARD_CODE: f32 = 48.0;
const CARD_TOP: f32 = HEIGHT - MARGIN + 4.0 - CARD.1;
const CARD_LEFT: f32 = (WIDTH - CARD.0) / 2.0;

/// What a sheet says beside its code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct PrintedSheet {
    /// The text of its code.
    pub(crate) code: String,
    /// Who made it.
    pub(crate) region: LocalizedText,
    /// First and last local day, `YYYY-MM-DD`.
    pub(crate) days: (String, String),
    /// The language beside Chinese.
    pub(crate) language: Language,
}

/// The sheet as a PDF document.
///
/// # Errors
/// [`AuthorityError::SheetRefused`]: no sheet, or not one that these fonts can print.
pub(crate) fn print(sheet: &PrintedSheet, fonts: Vec<PdfFont>) -> Result<Vec<u8>, AuthorityError> {
    let refused = |code: &str| AuthorityError::SheetRefused {
        at: code.to_owned(),
    };
    let claims = read_paper(&sheet.code).map_err(|refusal| refused(refusal.code()))?;
    let matrix = picture::matrix(&sheet.code).map_err(|error| refused(error.code()))?;
    let drawing = Drawing {
        sheet,
        name: &claims.masked_name,
        tail: &claims.document_tail,
        matrix: &matrix,
    };
    let drawn = drawing.draw(fonts);
    drawn.map_err(|error| refused(error.code()))
}

struct Drawing<'a> {
    sheet: &'a PrintedSheet,
    name: &'a str,
    tail: &'a str,
    matrix: &'a picture::Matrix,
}

impl Drawing<'_> {
    fn draw(&self, fonts: Vec<PdfFont>) -> Result<Vec<u8>, PdfError> {
        let mut page = PdfPage::new(fonts, WIDTH, HEIGHT);
        let [zh, other] = [Language::Chinese, self.sheet.language];
        let title = say("sheet-title", zh);
        page.line(MARGIN, 20.0, 22.0, &title);
        page.paragraph(MARGIN, 26.5, INNER, 11.0, &say("sheet-title", other))?;

        page.code(MARGIN - 4.0, 29.0, CODE, self.matrix);
        let left = MARGIN + CODE + 3.0;
        let width = WIDTH - MARGIN - left;
        let until = &self.sheet.days.1;
        let mut y = 37.0;
        for (id, value, size) in [
            ("sheet-name", self.name, 20.0),
            ("sheet-document", self.tail, 20.0),
            ("sheet-until", until.as_str(), 16.0),
        ] {
            page.line(left, y, 8.0, &self.both(id));
            page.line(left, y + 7.5, size, value);
            y += 15.5;
        }
        let made = [
            self.sheet.region.get(zh.tag()).unwrap_or_default(),
            &self.sheet.days.0,
        ]
        .join(" ");
        page.paragraph(left, y - 1.0, width, 8.0, &made)?;

        let mut y = 88.0;
        for (language, size) in [(zh, 10.0), (other, 8.5)] {
            for id in ["sheet-how", "sheet-newer", "sheet-lost", "sheet-copy"] {
                y = page.paragraph(MARGIN, y, INNER, size, &say(id, language))? + 0.8;
            }
            y += 2.0;
        }
        self.card(&mut page)?;
        page.finish(&title, zh.tag())
    }

    /// The card at the foot of the page.
    fn card(&self, page: &mut PdfPage) -> Result<(), PdfError> {
        let (width, height) = CARD;
        let (right, bottom) = (CARD_LEFT + width, CARD_TOP + height);
        page.cut((CARD_LEFT, CARD_TOP), (right, CARD_TOP));
        page.cut((CARD_LEFT, bottom), (right, bottom));
        page.cut((CARD_LEFT, CARD_TOP), (CARD_LEFT, bottom));
        page.cut((right, CARD_TOP), (right, bottom));
        let code_top = CARD_TOP + (height - CARD_CODE) / 2.0;
        page.code(CARD_LEFT + 1.0, code_top, CARD_CODE, self.matrix);
        let left = CARD_LEFT + CARD_CODE + 3.0;
        let width = right - left - 2.0;
        let mut y = CARD_TOP + 8.0;
        page.line(left, y, 9.0, &say("sheet-card", Language::Chinese));
        page.paragraph(
            left,
            y + 4.0,
            width,
            7.0,
            &say("sheet-card", self.sheet.language),
        )?;
        y += 12.5;
        page.line(left, y, 14.0, self.name);
        page.line(left, y + 7.0, 14.0, self.tail);
        y += 13.5;
        page.line(left, y, 6.5, &self.both("sheet-until"));
        page.line(left, y + 4.5, 11.0, &self.sheet.days.1);
        page.paragraph(left, y + 10.0, width, 6.5, &self.both("sheet-compare"))?;
        Ok(())
    }

    /// In Chinese and the other language, one after the other.
    fn both(&self, id: &'static str) -> String {
        [Language::Chinese, self.sheet.language]
            .map(|language| say(id, language))
            .join(" ")
    }
}

fn say(id: &'static str, language: Language) -> String {
    WORDS.text(id, language).unwrap_or(id).to_owned()
}

health_code_core::hidden_debug!(PrintedSheet);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use health_code_core::words::Language;

    use super::WORDS;

    #[test]
    fn every_language_of_the_sheet_says_everything_and_nothing_else() {
        let source = include_str!("pdf.rs");
        for language in Language::ALL {
            let ids: BTreeSet<_> = WORDS.texts(language).map(|(id, _)| id).collect();
            assert_eq!(ids.len(), 10, "{language:?}");
            for id in ids {
                assert!(source.contains(&format!("\"{id}\"")), "{language:?} {id}");
            }
        }
    }
}
