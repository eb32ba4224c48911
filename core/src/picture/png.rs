//! A PNG for the screen and for files.

mod zlib;

use super::{MAX_PIXELS_PER_MODULE, Matrix, PictureError, QUIET_ZONE_MODULES};

/// PNG, 5.2.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// One bit a pixel, greyscale, deflate, lines filtered each by its own byte, not interlaced (PNG, 11.2.2).
const ONE_BIT_GREYSCALE: [u8; 5] = [1, 0, 0, 0, 0];

/// A 1-bit greyscale PNG, quiet zone included.
///
/// One pixel a module is the form for a screen: below 1 KB up to version 13, nothing to compress, so it is stored.
/// Larger scales are for files and printers: the lines of a module are written once.
///
/// # Errors
/// [`PictureError::ScaleNotAllowed`] unless `pixels_per_module` is from 1 to [`MAX_PIXELS_PER_MODULE`].
pub fn png(matrix: &Matrix, pixels_per_module: u32) -> Result<Vec<u8>, PictureError> {
    if !(1..=MAX_PIXELS_PER_MODULE).contains(&pixels_per_module) {
        return Err(PictureError::ScaleNotAllowed);
    }
    encode(matrix, pixels_per_module as usize).ok_or(PictureError::NotEncoded)
}

fn encode(matrix: &Matrix, scale: usize) -> Option<Vec<u8>> {
    let pixels = (matrix.size() + 2 * QUIET_ZONE_MODULES) * scale;
    let lines = lines(matrix, scale, pixels);
    let line_bytes = 1 + pixels.div_ceil(8);
    let data = if scale == 1 {
        zlib::stored(&lines)?
    } else {
        zlib::repeated(lines.chunks_exact(line_bytes), scale)
    };
    let side = u32::try_from(pixels).ok()?.to_be_bytes();
    let mut file = Vec::with_capacity(data.len() + 57);
    file.extend(SIGNATURE);
    chunk(
        &mut file,
        *b"IHDR",
        &[&side[..], &side, &ONE_BIT_GREYSCALE].concat(),
    )?;
    chunk(&mut file, *b"IDAT", &data)?;
    chunk(&mut file, *b"IEND", &[])?;
    Some(file)
}

/// PNG, 5.3.
fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) -> Option<()> {
    file.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(data);
    let checksum = crc32fast::hash(&file[start..]);
    file.extend(checksum.to_be_bytes());
    Some(())
}

/// One line for each row of modules, the quiet zone's included: the filter's number, 0, then packed pixels, leftmost in
/// the highest bit, 1 = white (PNG, 7.2). Bits behind the last pixel are white.
fn lines(matrix: &Matrix, scale: usize, pixels: usize) -> Vec<u8> {
    let line_bytes = 1 + pixels.div_ceil(8);
    let mut lines = vec![0xFF; line_bytes * (matrix.size() + 2 * QUIET_ZONE_MODULES)];
    for line in lines.chunks_exact_mut(line_bytes) {
        line[0] = 0;
    }
    let below_quiet_zone = lines.chunks_exact_mut(line_bytes).skip(QUIET_ZONE_MODULES);
    for (line, row) in below_quiet_zone.zip(matrix.rows()) {
        let mut dark = *row;
        while dark != 0 {
            let x = dark.trailing_zeros() as usize;
            let left = (x + QUIET_ZONE_MODULES) * scale;
            for pixel in left..left + scale {
                line[1 + pixel / 8] &= !(0x80 >> (pixel % 8));
            }
            dark &= dark - 1;
        }
    }
    lines
}
