//! A code's text as a QR matrix, and the matrix as a picture: PNG for the screen and for files, half blocks for a
//! terminal, SVG for paper.
//!
//! Invariant: every picture is black on white and carries the quiet zone of four modules that readers need
//! (ISO/IEC 18004, 5.3.8). Knows no code: any alphanumeric text is drawn. Does not scale: an app draws the small PNG
//! with nearest-neighbour scaling instead of asking for a large one.

mod png;
pub(crate) mod qr;
mod svg;
mod terminal;
#[cfg(test)]
pub(crate) mod tests;

pub use png::png;
pub use qr::{MAX_TEXT_CHARS, MAX_VERSION, Matrix, PictureError, matrix};
pub use svg::svg;
pub use terminal::{terminal, terminal_plain};

/// Width of the quiet zone in modules.
pub const QUIET_ZONE_MODULES: usize = 4;

/// Largest scale of [`png()`]: version 27 is then 4256 pixels wide.
pub const MAX_PIXELS_PER_MODULE: u32 = 32;
