//! What all symbols of one version share: which modules are data, in which order they are filled, and the
//! function patterns with the format information of each mask. Drawn by the `qrcode` crate once per version.
//!
//! Invariant: a template depends on the version alone, so it is made once and kept for good.

use std::sync::OnceLock;

use qrcode::canvas::{Canvas, MaskPattern, Module};
use qrcode::{EcLevel, Version};

use super::MAX_VERSION;

/// Mask patterns by their number (ISO/IEC 18004, table 10).
pub(super) const PATTERNS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// One version's symbol without data.
pub(super) struct Template {
    /// Bit set where a module carries data, error correction or a remainder bit.
    pub data_region: Vec<u128>,
    /// Function patterns and format information, by mask number.
    pub fixed: [Vec<u128>; 8],
    /// `(row, column)` of each data module in filling order.
    order: Vec<(u8, u8)>,
}

impl Template {
    /// The template of a normal version from 1 to [`MAX_VERSION`].
    pub fn for_version(version: Version) -> &'static Self {
        static TEMPLATES: [OnceLock<Template>; MAX_VERSION as usize] =
            [const { OnceLock::new() }; MAX_VERSION as usize];
        let (Version::Normal(number) | Version::Micro(number)) = version;
        let index = usize::try_from(number - 1)
            .unwrap_or(0)
            .min(TEMPLATES.len() - 1);
        TEMPLATES[index].get_or_init(|| Self::draw(version))
    }

    fn draw(version: Version) -> Self {
        let mut canvas = Canvas::new(version, EcLevel::M);
        canvas.draw_all_functional_patterns();
        let size = version.width();
        let data_region = rows(size, |x, y| canvas.get(x, y) == Module::Empty);
        let fixed = PATTERNS.map(|pattern| {
            let mut masked = canvas.clone();
            masked.apply_mask(pattern);
            let mut drawn = rows(size, |x, y| masked.get(x, y).is_dark());
            for (row, region) in drawn.iter_mut().zip(&data_region) {
                *row &= !region;
            }
            drawn
        });
        let order = filling_order(&data_region);
        Self {
            data_region,
            fixed,
            order,
        }
    }

    /// The codewords' bits at their places, unmasked. Remainder bits stay light.
    pub fn place(&self, data: &[u8], correction: &[u8]) -> Vec<u128> {
        let mut rows = vec![0_u128; self.data_region.len()];
        let codewords = data.iter().chain(correction);
        for (places, codeword) in self.order.chunks(8).zip(codewords) {
            for (index, (row, column)) in places.iter().enumerate() {
                rows[usize::from(*row)] |= u128::from(codeword >> (7 - index) & 1) << column;
            }
        }
        rows
    }
}

fn rows(size: i16, is_set: impl Fn(i16, i16) -> bool) -> Vec<u128> {
    (0..size)
        .map(|y| (0..size).fold(0, |row, x| row | u128::from(is_set(x, y)) << x))
        .collect()
}

/// Columns in pairs from the right, upwards and downwards in turn, around the timing column 6
/// (ISO/IEC 18004, 7.7.3).
#[expect(
    clippy::cast_possible_truncation,
    reason = "a symbol has at most 125 modules a side"
)]
fn filling_order(data_region: &[u128]) -> Vec<(u8, u8)> {
    let size = data_region.len();
    let mut order = Vec::new();
    let pairs = (7..size).rev().step_by(2).map(|x| x - 1).chain([4, 2, 0]);
    for (pair, left) in pairs.enumerate() {
        for step in 0..size {
            let y = if pair % 2 == 0 { size - 1 - step } else { step };
            for x in [left + 1, left] {
                if data_region[y] >> x & 1 == 1 {
                    order.push((y as u8, x as u8));
                }
            }
        }
    }
    order
}
