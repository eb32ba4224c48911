//! From a PNG to the text of the QR code in it, as a checkpoint's camera or a citizen's screenshot gives it.
//!
//! Invariant: size and pixels are checked before anything is decoded, so a hostile file costs bounded memory.
//! Not here: what the text means. A text that was read wrongly cannot pass: it is signed.

use std::borrow::Cow;
use std::io::Cursor;

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits};
use imageproc::contrast::{ThresholdType, otsu_level, stretch_contrast, threshold};
use imageproc::stats::percentile;
use rxing::helpers::detect_in_luma_slice_with_hints;
use rxing::{BarcodeFormat, DecodeHints};

/// Largest file read, in bytes.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Largest picture decoded, in pixels.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Longest side that is searched, in pixels; larger pictures are reduced to it first. A code of version 11 is still
/// read when it takes a tenth of the picture's width.
const MAX_READ_SIDE: u32 = 2400;

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// Why no text was read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ReadingError {
        /// More than [`MAX_FILE_BYTES`] or [`MAX_PIXELS`].
        TooLarge => "picture_too_large";
        /// Not a PNG, or a damaged one.
        NotAPng => "picture_not_png";
        /// No QR code was found that could be read.
        NoCode => "no_code_in_picture";
    }
}

/// The text of the QR code in a PNG.
///
/// The picture is tried as it is, enlarged if it is small (a code of one pixel a module is read this way) and halved
/// if it is large (which calms noise and moire); each first with its own greys, then stretched to full contrast,
/// then in black and white. White on black is read too.
pub fn read_code(file: &[u8]) -> Result<String, ReadingError> {
    let picture = decode(file)?;
    for scale in scales(&picture) {
        let scaled = scaled(&picture, *scale);
        for tone in [unchanged, stretched, sharpened, two_level] {
            if let Some(text) = read(&tone(&scaled)) {
                return Ok(text);
            }
        }
    }
    Err(ReadingError::NoCode)
}

/// The greys of a PNG laid on white.
fn decode(file: &[u8]) -> Result<GrayImage, ReadingError> {
    if file.len() as u64 > MAX_FILE_BYTES {
        return Err(ReadingError::TooLarge);
    }
    let open = || ImageReader::with_format(Cursor::new(file), ImageFormat::Png);
    let (width, height) = open()
        .into_dimensions()
        .map_err(|_| ReadingError::NotAPng)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ReadingError::TooLarge);
    }
    let mut reader = open();
    let mut limits = Limits::default();
    // 8 bytes a pixel is PNG's widest (RGBA, 16 bits); the decoder's own buffers come on top.
    limits.max_alloc = Some(MAX_PIXELS * 8 + 16 * 1024 * 1024);
    reader.limits(limits);
    let picture = reader
        .decode()
        .map_err(|_| ReadingError::NotAPng)?
        .into_luma_alpha8();
    let grey = picture.pixels().map(|pixel| {
        let [grey, alpha] = pixel.0.map(u16::from);
        u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    });
    let picture =
        GrayImage::from_raw(width, height, grey.collect()).ok_or(ReadingError::NotAPng)?;
    if width.max(height) <= MAX_READ_SIDE {
        return Ok(picture);
    }
    let picture = DynamicImage::from(picture);
    Ok(picture
        .resize(MAX_READ_SIDE, MAX_READ_SIDE, FilterType::Triangle)
        .into_luma8())
}

/// How many times larger (positive) or smaller (negative) the picture is tried.
fn scales(picture: &GrayImage) -> &'static [i32] {
    match picture.width().max(picture.height()) {
        0..=240 => &[1, 4, 3, 6],
        241..=1200 => &[1, -2, 2, -3],
        _ => &[1, -2, -3],
    }
}

fn scaled(picture: &GrayImage, scale: i32) -> Cow<'_, GrayImage> {
    let (width, height) = picture.dimensions();
    let factor = scale.unsigned_abs();
    match scale {
        1 => Cow::Borrowed(picture),
        2.. => Cow::Owned(imageops::resize(
            picture,
            width * factor,
            height * factor,
            FilterType::CatmullRom,
        )),
        _ => Cow::Owned(imageops::resize(
            picture,
            (width / factor).max(1),
            (height / factor).max(1),
            FilterType::Triangle,
        )),
    }
}

fn read(picture: &GrayImage) -> Option<String> {
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        AlsoInverted: Some(true),
        ..DecodeHints::default()
    };
    let format = Some(BarcodeFormat::QR_CODE);
    let result = detect_in_luma_slice_with_hints(
        picture,
        picture.width(),
        picture.height(),
        format,
        &mut hints,
    )
    .ok()?;
    Some(result.getText().to_owned())
}

fn unchanged(picture: &GrayImage) -> Cow<'_, GrayImage> {
    Cow::Borrowed(picture)
}

/// Edges made steeper, against blur.
fn sharpened(picture: &GrayImage) -> Cow<'_, GrayImage> {
    Cow::Owned(imageops::unsharpen(
        &imageops::unsharpen(picture, 4.0, 0),
        4.0,
        0,
    ))
}

/// Greys between the darkest and the lightest hundredth of the pixels, spread over the whole range.
fn stretched(picture: &GrayImage) -> Cow<'_, GrayImage> {
    let (low, high) = (percentile(picture, 1), percentile(picture, 99));
    if low >= high {
        return Cow::Borrowed(picture);
    }
    Cow::Owned(stretch_contrast(picture, low, high, 0, 255))
}

/// Black and white, parted at Otsu's threshold.
fn two_level(picture: &GrayImage) -> Cow<'_, GrayImage> {
    Cow::Owned(threshold(
        picture,
        otsu_level(picture),
        ThresholdType::Binary,
    ))
}
