//! A QR matrix as a picture: PNG for the screen and for files, half blocks for a terminal, SVG for paper.
//!
//! Invariant: every picture is black on white and carries the quiet zone of four modules that readers need
//! (ISO/IEC 18004, 5.3.8). Not here: what is drawn (see `qr`), and scaling: an app draws the small PNG with
//! nearest-neighbour scaling instead of asking for a large one.

use std::fmt::Write;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

use super::qr::{Matrix, PictureError};

#[cfg(test)]
pub(crate) mod tests;

/// Width of the quiet zone in modules.
pub const QUIET_ZONE_MODULES: usize = 4;

/// Largest scale of [`png()`]: version 27 is then 4256 pixels wide.
pub const MAX_PIXELS_PER_MODULE: u32 = 32;

/// A 1-bit greyscale PNG, quiet zone included.
///
/// One pixel a module is the form for a screen: below 1 KB up to version 13, nothing to compress, so it is stored.
/// Larger scales are for files and printers and are compressed.
///
/// # Errors
/// [`PictureError::ScaleNotAllowed`] unless `pixels_per_module` is from 1 to [`MAX_PIXELS_PER_MODULE`].
pub fn png(matrix: &Matrix, pixels_per_module: u32) -> Result<Vec<u8>, PictureError> {
    if !(1..=MAX_PIXELS_PER_MODULE).contains(&pixels_per_module) {
        return Err(PictureError::ScaleNotAllowed);
    }
    encode(matrix, pixels_per_module).map_err(|_| PictureError::NotEncoded)
}

fn encode(matrix: &Matrix, scale: u32) -> Result<Vec<u8>, EncodingError> {
    let pixels = (matrix.size() + 2 * QUIET_ZONE_MODULES) * scale as usize;
    // 125 modules and the quiet zone at the largest scale are 4256 pixels.
    let side = u32::try_from(pixels).map_err(|_| EncodingError::LimitsExceeded)?;
    let samples = samples(matrix, scale as usize, pixels);
    let mut file = Vec::with_capacity(if scale == 1 {
        samples.len() + side as usize + 128
    } else {
        4096
    });
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    if scale == 1 {
        encoder.set_deflate_compression(DeflateCompression::NoCompression);
    } else {
        // The rows of one module are alike, so each but the first becomes zeros.
        encoder.set_filter(Filter::Up);
        encoder.set_deflate_compression(DeflateCompression::FdeflateUltraFast);
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&samples)?;
    writer.finish()?;
    Ok(file)
}

/// Rows of packed pixels, leftmost in the highest bit, 1 = white (PNG, 7.2). Bits behind the last pixel are white.
fn samples(matrix: &Matrix, scale: usize, pixels: usize) -> Vec<u8> {
    let row_bytes = pixels.div_ceil(8);
    let mut samples = vec![0xFF; row_bytes * pixels];
    for (y, row) in matrix.rows().iter().enumerate() {
        let top = (y + QUIET_ZONE_MODULES) * scale * row_bytes;
        let line = &mut samples[top..top + row_bytes];
        let mut dark = *row;
        while dark != 0 {
            let x = dark.trailing_zeros() as usize;
            let left = (x + QUIET_ZONE_MODULES) * scale;
            for pixel in left..left + scale {
                line[pixel / 8] &= !(0x80 >> (pixel % 8));
            }
            dark &= dark - 1;
        }
        for copy in 1..scale {
            samples.copy_within(top..top + row_bytes, top + copy * row_bytes);
        }
    }
    samples
}

/// Half blocks with explicit colours, black on white whatever the terminal's colours are. One line per two rows,
/// each ended by a reset and a line feed; needs a terminal with 256 colours (xterm's palette: 16 black, 231 white).
pub fn terminal(matrix: &Matrix) -> String {
    half_blocks(
        matrix,
        "\x1b[38;5;16;48;5;231m",
        "\x1b[0m",
        |top, bottom| match (top, bottom) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        },
    )
}

/// Half blocks without colours, for terminals and logs that have none: light modules are drawn, so it is right on a
/// dark background and inverted on a light one.
pub fn terminal_plain(matrix: &Matrix) -> String {
    half_blocks(matrix, "", "", |top, bottom| match (top, bottom) {
        (true, true) => ' ',
        (true, false) => '▄',
        (false, true) => '▀',
        (false, false) => '█',
    })
}

fn half_blocks(
    matrix: &Matrix,
    start: &str,
    end: &str,
    block: impl Fn(bool, bool) -> char,
) -> String {
    let side = matrix.size() + 2 * QUIET_ZONE_MODULES;
    let is_dark = |x: usize, y: usize| {
        let (x, y) = (
            x.checked_sub(QUIET_ZONE_MODULES),
            y.checked_sub(QUIET_ZONE_MODULES),
        );
        matches!((x, y), (Some(x), Some(y)) if matrix.is_dark(x, y))
    };
    let mut text =
        String::with_capacity((side * 3 + start.len() + end.len() + 1) * side.div_ceil(2));
    for y in (0..side).step_by(2) {
        text.push_str(start);
        text.extend((0..side).map(|x| block(is_dark(x, y), is_dark(x, y + 1))));
        text.push_str(end);
        text.push('\n');
    }
    text
}

/// An SVG of one path, one unit a module, quiet zone included.
pub fn svg(matrix: &Matrix) -> String {
    let side = matrix.size() + 2 * QUIET_ZONE_MODULES;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\""
    );
    for (y, row) in matrix.rows().iter().enumerate() {
        let mut dark = *row;
        while dark != 0 {
            let x = dark.trailing_zeros();
            let run = (dark >> x).trailing_ones();
            dark &= !(((1 << run) - 1) << x);
            let (left, top) = (x as usize + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES);
            // Writing to a String cannot fail.
            let _ = write!(text, "M{left} {top}h{run}v1h-{run}z");
        }
    }
    text.push_str("\"/></svg>\n");
    text
}
