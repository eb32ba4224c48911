//! A code's text as a QR matrix, and the matrix as a picture: PNG for the screen and for files, half blocks for a
//! terminal, SVG for paper; a page of PDF (feature `pdf`) where something is printed with words beside it.
//!
//! Invariant: every picture is black on white and carries the quiet zone of four modules that readers need
//! (ISO/IEC 18004, 5.3.8). Knows no code: any alphanumeric text is drawn. Does not scale: an app draws the small PNG
//! with nearest-neighbour scaling instead of asking for a large one.

#[cfg(feature = "pdf")]
mod pdf;
mod png;
pub(crate) mod qr;
mod svg;
mod terminal;
#[cfg(test)]
pub(crate) mod tests;

#[cfg(feature = "pdf")]
pub use pdf::{PdfFont, PdfPage};
pub use png::png;
pub use qr::{MAX_TEXT_CHARS, MAX_VERSION, Matrix, PictureError, matrix};
pub use svg::svg;
pub use terminal::{terminal, terminal_plain};

crate::coded_errors! {
    /// Why a page cannot be made.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PdfError {
        /// Not a TrueType or OpenType font, or no such face in the collection.
        FontUnreadable => "pdf_font_unreadable";
        /// The font has no glyph for a character of the text.
        CharacterMissing => "pdf_font_lacks_character";
        /// The font may not be embedded, or the page is of no size.
        NotMade => "pdf_not_made";
    }
}

/// Width of the quiet zone in modules.
pub const QUIET_ZONE_MODULES: usize = 4;

/// Largest scale of [`png()`]: version 27 is then 4256 pixels wide.
pub const MAX_PIXELS_PER_MODULE: u32 = 32;
