//! The same picture with more contrast, against pale prints, glare and blur.
//!
//! Invariant: size and place of every pixel stay.

use std::borrow::Cow;

use image::{GrayImage, imageops};

/// How a picture is tried, in this order.
pub const TONES: [fn(&GrayImage) -> Cow<'_, GrayImage>; 4] =
    [unchanged, stretched, sharpened, two_level];

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
    let counts = counts(picture);
    let hundredth = picture.width() * picture.height() / 100;
    let (low, high) = (
        first_beyond(counts.iter().enumerate(), hundredth),
        first_beyond(counts.iter().enumerate().rev(), hundredth),
    );
    if low >= high {
        return Cow::Borrowed(picture);
    }
    let spread = |grey: u8| {
        let above = u32::from(grey.clamp(low, high) - low);
        u8::try_from(above * 255 / u32::from(high - low)).unwrap_or(u8::MAX)
    };
    mapped(picture, spread)
}

/// Black and white, parted where the two sides differ most (Otsu's threshold).
fn two_level(picture: &GrayImage) -> Cow<'_, GrayImage> {
    let counts = counts(picture).map(f64::from);
    let total: f64 = counts.iter().sum();
    let weighed = || {
        counts
            .iter()
            .zip(0_u8..=u8::MAX)
            .map(|(count, grey)| count * f64::from(grey))
    };
    let sum: f64 = weighed().sum();
    let (mut dark, mut dark_sum) = (0.0, 0.0);
    let (mut best, mut level) = (0.0, 0);
    for ((count, weight), grey) in counts.iter().zip(weighed()).zip(0_u8..=u8::MAX) {
        dark += count;
        dark_sum += weight;
        let light = total - dark;
        if dark > 0.0 && light > 0.0 {
            let apart = dark_sum / dark - (sum - dark_sum) / light;
            let between = dark * light * apart * apart;
            if between > best {
                (best, level) = (between, grey);
            }
        }
    }
    mapped(picture, |grey| if grey > level { u8::MAX } else { 0 })
}

/// How many pixels have each grey; a picture has fewer than 2^32.
fn counts(picture: &GrayImage) -> [u32; 256] {
    let mut counts = [0; 256];
    for grey in picture.as_raw() {
        counts[usize::from(*grey)] += 1;
    }
    counts
}

/// The first grey up to which there are more pixels than `most`.
fn first_beyond<'c>(counts: impl Iterator<Item = (usize, &'c u32)>, most: u32) -> u8 {
    let mut seen = 0;
    let mut last = 0;
    for (grey, count) in counts {
        seen += count;
        last = grey;
        if seen > most {
            break;
        }
    }
    u8::try_from(last).unwrap_or(u8::MAX)
}

fn mapped(picture: &GrayImage, to: impl Fn(u8) -> u8) -> Cow<'static, GrayImage> {
    let mut picture = picture.clone();
    picture.iter_mut().for_each(|grey| *grey = to(*grey));
    Cow::Owned(picture)
}
