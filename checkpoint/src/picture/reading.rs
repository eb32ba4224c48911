//! The QR codes in a picture, and the health code among them.
//!
//! Invariant: of several codes the one that is a health code is meant; two different ones are refused, for nobody could
//! say whose was checked. (As far as both can be read at one scale and tone: a second one that is much smaller or paler may
//! stay unseen.)

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use health_code_core::code::{MAX_CODE_CHARS, TEXT_PREFIX};
use image::GrayImage;
use image::imageops::{self, FilterType};
use rxing::common::HybridBinarizer;
use rxing::multi::MultipleBarcodeReader as _;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, RXingResult, Reader as _};

use super::ReadingError;
use super::decoding::decode;
use super::tones::TONES;

type Bitmap<'p> = BinaryBitmap<HybridBinarizer<Luma8Source<'p>>>;

/// The text of the health code in a picture; of another QR code where there is none.
///
/// The picture is tried as it is, enlarged if it is small (a code of one pixel a module is read this way) and halved
/// if it is large (which calms noise and moire); each first with its own greys, then stretched to full contrast,
/// then sharpened, then in black and white. White on black is read too.
pub fn read_code(file: &[u8]) -> Result<String, ReadingError> {
    let picture = decode(file)?;
    let mut other = None;
    for scale in scales(&picture) {
        let scaled = scaled(&picture, *scale);
        for tone in TONES {
            let texts = read(&tone(&scaled));
            let (health_codes, others): (BTreeSet<_>, Vec<_>) = parted(texts);
            let mut health_codes = health_codes.into_iter();
            match (health_codes.next(), health_codes.next()) {
                (Some(text), None) => return Ok(text),
                (Some(_), Some(_)) => return Err(ReadingError::SeveralCodes),
                (None, _) => other = other.or(others.into_iter().next()),
            }
        }
    }
    other.ok_or(ReadingError::NoCode)
}

fn parted(texts: Vec<String>) -> (BTreeSet<String>, Vec<String>) {
    let (codes, others): (Vec<_>, Vec<_>) = texts
        .into_iter()
        .partition(|text| text.starts_with(TEXT_PREFIX) && text.len() <= MAX_CODE_CHARS);
    (codes.into_iter().collect(), others)
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

/// The texts of all QR codes that can be read, black on white and white on black.
fn read(picture: &GrayImage) -> Vec<String> {
    let mut texts = read_toned(picture, false);
    texts.extend(read_toned(picture, true));
    texts
}

/// All codes; where there are none, what the older reader finds: it reads some worn codes that the other does not.
fn read_toned(picture: &GrayImage, is_inverted: bool) -> Vec<String> {
    type Read = fn(&mut Bitmap<'_>, &DecodeHints) -> rxing::common::Result<Vec<RXingResult>>;
    let ways: [Read; 2] = [
        |bitmap, hints| QrReader.decode_multiple_with_hints(bitmap, hints),
        |bitmap, hints| {
            QRCodeReader
                .decode_with_hints(bitmap, hints)
                .map(|it| vec![it])
        },
    ];
    let hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        ..DecodeHints::default()
    };
    for way in ways {
        // A picture that trips one reader may be none for the next.
        let found = catch_unwind(AssertUnwindSafe(|| {
            let (width, height) = picture.dimensions();
            let source = Luma8Source::new_with_slice(picture.as_raw(), width, height)?;
            let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
            if is_inverted {
                bitmap.invert();
            }
            way(&mut bitmap, &hints)
        }));
        let found = found.ok().and_then(Result::ok).unwrap_or_default();
        if !found.is_empty() {
            return found.iter().map(|it| it.getText().to_owned()).collect();
        }
    }
    Vec::new()
}
