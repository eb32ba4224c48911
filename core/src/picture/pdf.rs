//! A page for a printer: PDF with its fonts embedded as subsets, black on white.
//!
//! Invariant: every character of a text is drawn by a font that was given, or the page is not made: what somebody signs for with
//! their name has no empty boxes. Same page, same bytes. Knows no sheet and no words; lengths are in millimetres from the upper left
//! corner, sizes of type in points. Decision and alternatives: docs/adr/0077.

mod typesetting;

use std::sync::Arc;

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Data, Document};
use rustybuzz::Face;

use super::{Matrix, PdfError, QUIET_ZONE_MODULES};
use typesetting::{Typesetter, is_right_to_left};

const POINTS_PER_MM: f32 = 72.0 / 25.4;
/// Lines of text are so far apart, as a part of the size of their type.
const LEADING: f32 = 1.45;

/// A font file, and which face of it.
#[derive(Clone)]
pub struct PdfFont {
    data: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

impl std::fmt::Debug for PdfFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PdfFont({} bytes)", self.data.len())
    }
}

impl PdfFont {
    /// Face number `index` of a font file or collection.
    ///
    /// # Errors
    /// [`PdfError::FontUnreadable`].
    pub fn new(bytes: Vec<u8>, index: u32) -> Result<Self, PdfError> {
        let data = Arc::new(bytes);
        Face::from_slice(&data, index).ok_or(PdfError::FontUnreadable)?;
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::<Vec<u8>>::clone(&data);
        let font = Font::new(Data::from(shared), index).ok_or(PdfError::FontUnreadable)?;
        Ok(Self { data, index, font })
    }
}

enum Item {
    Text {
        x: f32,
        baseline: f32,
        size: f32,
        text: String,
    },
    Code {
        x: f32,
        y: f32,
        side: f32,
        matrix: Matrix,
    },
    Cut {
        from: (f32, f32),
        to: (f32, f32),
    },
}

/// A page in the making.
pub struct PdfPage {
    fonts: Vec<PdfFont>,
    width: f32,
    height: f32,
    items: Vec<Item>,
}

impl std::fmt::Debug for PdfPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PdfPage({} items)", self.items.len())
    }
}

impl PdfPage {
    /// An empty page of this width and height, millimetres. The first of the fonts that has a character draws it.
    #[must_use]
    pub const fn new(fonts: Vec<PdfFont>, width: f32, height: f32) -> Self {
        Self {
            fonts,
            width,
            height,
            items: Vec::new(),
        }
    }

    /// One line of text whose baseline begins at (`x`, `baseline`), `size` points.
    pub fn line(&mut self, x: f32, baseline: f32, size: f32, text: &str) {
        self.items.push(Item::Text {
            x,
            baseline,
            size,
            text: text.to_owned(),
        });
    }

    /// A paragraph within `width` from `x` on, its first baseline at `baseline`; at the right where its script begins there. Tells where the next baseline would be.
    ///
    /// # Errors
    /// [`PdfError::CharacterMissing`], [`PdfError::FontUnreadable`].
    pub fn paragraph(
        &mut self,
        x: f32,
        baseline: f32,
        width: f32,
        size: f32,
        text: &str,
    ) -> Result<f32, PdfError> {
        let typesetter = Typesetter::new(&self.fonts)?;
        let size_mm = size / POINTS_PER_MM;
        let lines = typesetter.broken(width / size_mm, text)?;
        let lengths = lines.iter().map(|line| typesetter.length(line));
        let lengths = lengths.collect::<Result<Vec<_>, _>>()?;
        let at_right = is_right_to_left(text);
        let mut baseline = baseline;
        for (line, length) in lines.iter().zip(lengths) {
            let indent = if at_right {
                width - length * size_mm
            } else {
                0.0
            };
            self.line(x + indent, baseline, size, line);
            baseline += size * LEADING / POINTS_PER_MM;
        }
        Ok(baseline)
    }

    /// A code with its quiet zone: `side` millimetres with it.
    pub fn code(&mut self, x: f32, y: f32, side: f32, matrix: &Matrix) {
        let matrix = matrix.clone();
        self.items.push(Item::Code { x, y, side, matrix });
    }

    /// A dashed line along which to cut.
    pub fn cut(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.items.push(Item::Cut { from, to });
    }

    /// The document, its `title` and the BCP 47 `language` of most of its text.
    ///
    /// # Errors
    /// Any [`PdfError`].
    pub fn finish(self, title: &str, language: &str) -> Result<Vec<u8>, PdfError> {
        let typesetter = Typesetter::new(&self.fonts)?;
        let settings = PageSettings::from_wh(points(self.width), points(self.height));
        let settings = settings.ok_or(PdfError::NotMade)?;
        let mut document = Document::new();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.set_fill(Some(Fill {
            paint: luma::Color::black().into(),
            opacity: NormalizedF32::ONE,
            rule: krilla::paint::FillRule::default(),
        }));
        for item in &self.items {
            self.draw(item, &typesetter, &mut surface)?;
        }
        surface.finish();
        page.finish();
        let metadata = Metadata::new()
            .title(title.to_owned())
            .language(language.to_owned());
        document.set_metadata(metadata);
        document.finish().map_err(|_| PdfError::NotMade)
    }

    fn draw(
        &self,
        item: &Item,
        typesetter: &Typesetter<'_>,
        surface: &mut Surface<'_>,
    ) -> Result<(), PdfError> {
        match item {
            Item::Text {
                x,
                baseline,
                size,
                text,
            } => {
                let mut left = points(*x);
                for run in typesetter.runs(text)? {
                    let font = self.fonts.get(run.font).ok_or(PdfError::CharacterMissing)?;
                    let direction = if run.is_right_to_left {
                        TextDirection::RightToLeft
                    } else {
                        TextDirection::LeftToRight
                    };
                    let start = Point::from_xy(left, points(*baseline));
                    surface.draw_text(start, font.font.clone(), *size, &run.text, false, direction);
                    left += run.width * size;
                }
            }
            Item::Code { x, y, side, matrix } => {
                if let Some(path) = dark_modules(*x, *y, *side, matrix) {
                    surface.draw_path(&path);
                }
            }
            Item::Cut { from, to } => {
                let mut path = PathBuilder::new();
                path.move_to(points(from.0), points(from.1));
                path.line_to(points(to.0), points(to.1));
                let Some(path) = path.finish() else {
                    return Ok(());
                };
                let fill = surface.get_fill().cloned();
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    width: 0.5,
                    dash: Some(StrokeDash {
                        array: vec![3.0, 3.0],
                        offset: 0.0,
                    }),
                    paint: luma::Color::black().into(),
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
                surface.set_stroke(None);
                surface.set_fill(fill);
            }
        }
        Ok(())
    }
}

fn points(millimetres: f32) -> f32 {
    millimetres * POINTS_PER_MM
}

/// All dark modules as one shape, runs of a row as one rectangle.
fn dark_modules(x: f32, y: f32, side: f32, matrix: &Matrix) -> Option<Path> {
    let modules = u8::try_from(matrix.size() + 2 * QUIET_ZONE_MODULES).ok()?;
    let module = points(side) / f32::from(modules);
    let (left, top) = (points(x), points(y));
    let place = |number: usize| f32::from(u8::try_from(number).unwrap_or(u8::MAX)) * module;
    let mut path = PathBuilder::new();
    for (row, bits) in matrix.rows().iter().enumerate() {
        let mut dark = *bits;
        while dark != 0 {
            let first = dark.trailing_zeros() as usize;
            let run = (dark >> first).trailing_ones() as usize;
            dark &= !(((1 << run) - 1) << first);
            let rect = Rect::from_xywh(
                left + place(first + QUIET_ZONE_MODULES),
                top + place(row + QUIET_ZONE_MODULES),
                place(run),
                module,
            );
            path.push_rect(rect?);
        }
    }
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::{PdfError, PdfFont};

    #[test]
    fn what_is_no_font_is_refused() {
        for bytes in [&b""[..], b"rubbish", &[0; 4_096]] {
            let font = PdfFont::new(bytes.to_vec(), 0);
            assert_eq!(font.err(), Some(PdfError::FontUnreadable));
        }
    }
}
