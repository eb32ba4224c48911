//! A PNG for the screen and for files.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};

use super::{MAX_PIXELS_PER_MODULE, Matrix, PictureError, QUIET_ZONE_MODULES};

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
