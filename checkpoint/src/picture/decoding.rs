//! From a file to greys, no larger than is searched.
//!
//! Invariant: what a file is follows from its first bytes, never from its name.

use std::io::Cursor;

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits};

use super::ReadingError;

/// Largest file read, in bytes.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Largest picture decoded, in pixels.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Longest side that is searched, in pixels; larger pictures are reduced to it first. A code of version 11 is still
/// read when it takes a tenth of the picture's width.
const MAX_READ_SIDE: u32 = 2400;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = &[0xff, 0xd8, 0xff];
/// Brands of HEIF with pictures in HEVC (ISO/IEC 23008-12, annex B.4, and Apple's files).
const HEIC_BRANDS: [&[u8]; 8] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
];

/// The greys of a picture, laid on white.
pub fn decode(file: &[u8]) -> Result<GrayImage, ReadingError> {
    if file.len() as u64 > MAX_FILE_BYTES {
        return Err(ReadingError::TooLarge);
    }
    let format = format(file)?;
    let open = || ImageReader::with_format(Cursor::new(file), format);
    let (width, height) = open()
        .into_dimensions()
        .map_err(|_| ReadingError::Unreadable)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ReadingError::TooLarge);
    }
    let mut reader = open();
    let mut limits = Limits::default();
    // 8 bytes a pixel is PNG's widest (RGBA, 16 bits); the decoder's own buffers come on top.
    limits.max_alloc = Some(MAX_PIXELS * 8 + 16 * 1024 * 1024);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| ReadingError::Unreadable)?;
    Ok(reduced(greys(picture)?))
}

fn format(file: &[u8]) -> Result<ImageFormat, ReadingError> {
    if file.starts_with(PNG) {
        return Ok(ImageFormat::Png);
    }
    if file.starts_with(JPEG) {
        return Ok(ImageFormat::Jpeg);
    }
    let is_heic = file.get(4..8) == Some(b"ftyp")
        && file
            .get(8..12)
            .is_some_and(|brand| HEIC_BRANDS.contains(&brand));
    Err(if is_heic {
        ReadingError::Heic
    } else {
        ReadingError::Unreadable
    })
}

/// What cameras and screenshots give is made grey here, where it is compiled to be fast in every build.
fn greys(picture: DynamicImage) -> Result<GrayImage, ReadingError> {
    let (width, height) = (picture.width(), picture.height());
    let greys: Vec<u8> = match picture {
        DynamicImage::ImageLuma8(picture) => return Ok(picture),
        DynamicImage::ImageRgb8(picture) => {
            let pixels = picture.as_raw().chunks_exact(3);
            pixels.map(|rgb| grey(rgb[0], rgb[1], rgb[2])).collect()
        }
        DynamicImage::ImageRgba8(picture) => {
            let pixels = picture.as_raw().chunks_exact(4);
            pixels
                .map(|rgba| on_white(grey(rgba[0], rgba[1], rgba[2]), rgba[3]))
                .collect()
        }
        other => {
            let picture = other.into_luma_alpha8();
            let pixels = picture.as_raw().chunks_exact(2);
            pixels.map(|pixel| on_white(pixel[0], pixel[1])).collect()
        }
    };
    GrayImage::from_raw(width, height, greys).ok_or(ReadingError::Unreadable)
}

/// Luminance as of ITU-R BT.601.
fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum / 256).unwrap_or(u8::MAX)
}

fn on_white(grey: u8, alpha: u8) -> u8 {
    let [grey, alpha] = [grey, alpha].map(u16::from);
    u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

fn reduced(picture: GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= MAX_READ_SIDE {
        return picture;
    }
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(MAX_READ_SIDE) / u64::from(longest);
        u32::try_from(side).unwrap_or(MAX_READ_SIDE).max(1)
    };
    imageops::resize(
        &picture,
        scaled(width),
        scaled(height),
        FilterType::Triangle,
    )
}
