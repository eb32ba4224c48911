//! Pictures read back: the PNG by the `image` crate and by a reader of QR codes, blocks and path by hand.

use image::{GrayImage, Luma};
use rxing::common::HybridBinarizer;
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, MultiFormatReader, Reader,
};

use super::*;
use crate::picture::qr::matrix;

const CODE: &str = "JKM1:6BFOXN%TS3DH9$W8 5.VA-+/NCF*0GL42XYZ 7Q8R";

/// What a reader sees in the matrix drawn at `scale`.
pub(crate) fn read_back(matrix: &Matrix, scale: u32) -> Option<String> {
    let file = png(matrix, scale).unwrap();
    read(&image::load_from_memory(&file).unwrap().to_luma8())
}

fn read(picture: &GrayImage) -> Option<String> {
    let source =
        Luma8LuminanceSource::new(picture.as_raw().clone(), picture.width(), picture.height())
            .ok()?;
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    hints.PossibleFormats = Some([BarcodeFormat::QR_CODE].into());
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let result = MultiFormatReader::default()
        .decode_with_hints(&mut bitmap, &hints)
        .ok()?;
    Some(result.getText().to_owned())
}

/// The modules of a picture of `scale` pixels a module, as rows with the quiet zone left out.
fn modules(picture: &GrayImage, scale: u32) -> Vec<u128> {
    let side = picture.width() / scale;
    let zone = u32::try_from(QUIET_ZONE_MODULES).unwrap();
    for (x, y, Luma([grey])) in picture.enumerate_pixels() {
        let inside = |at: u32| (zone..side - zone).contains(&(at / scale));
        assert!(matches!(grey, 0 | 255), "black or white only");
        assert!(
            *grey == 255 || inside(x) && inside(y),
            "quiet zone is white"
        );
        let first = picture.get_pixel(x / scale * scale, y / scale * scale);
        assert_eq!(first.0[0], *grey, "a module is of one colour");
    }
    let is_dark =
        |x: u32, y: u32| picture.get_pixel((x + zone) * scale, (y + zone) * scale).0[0] == 0;
    let size = side - 2 * zone;
    (0..size)
        .map(|y| (0..size).fold(0, |row, x| row | u128::from(is_dark(x, y)) << x))
        .collect()
}

#[test]
fn a_png_holds_the_matrix_at_every_scale() {
    let matrix = matrix(CODE).unwrap();
    for scale in [1, 2, 3, 7, 8, MAX_PIXELS_PER_MODULE] {
        let file = png(&matrix, scale).unwrap();
        let picture = image::load_from_memory(&file).unwrap();
        assert_eq!(picture.color(), image::ColorType::L8);
        assert_eq!((file[24], file[25]), (1, 0), "IHDR: depth 1, greyscale");
        assert_eq!(modules(&picture.to_luma8(), scale), matrix.rows());
    }
}

#[test]
fn a_display_png_stays_below_1_kb_up_to_version_13() {
    for length in [1, 262, 311, 366, 483] {
        let text: String = CODE.chars().cycle().take(length).collect();
        let size = png(&matrix(&text).unwrap(), 1).unwrap().len();
        assert!(size <= 1024, "{length} characters: {size} bytes");
    }
}

#[test]
fn a_large_png_is_compressed() {
    let text: String = CODE.chars().cycle().take(366).collect();
    let size = png(&matrix(&text).unwrap(), 8).unwrap().len();
    assert!(size <= 16 * 1024, "{size} bytes");
}

#[test]
fn a_png_is_read_from_three_pixels_a_module() {
    let matrix = matrix(CODE).unwrap();
    for scale in [3, 4, 10] {
        assert_eq!(read_back(&matrix, scale).as_deref(), Some(CODE));
    }
}

#[test]
fn a_scale_outside_of_the_range_is_refused() {
    let matrix = matrix(CODE).unwrap();
    for scale in [0, MAX_PIXELS_PER_MODULE + 1, u32::MAX] {
        assert_eq!(png(&matrix, scale), Err(PictureError::ScaleNotAllowed));
    }
}

/// Each line's blocks as two rows; `dark` tells the top and bottom half of a block.
fn rows_of_blocks(text: &str, dark: impl Fn(char) -> (bool, bool)) -> Vec<u128> {
    let rows = text.lines().flat_map(|line| {
        let halves: Vec<(bool, bool)> = line.chars().map(&dark).collect();
        let row = |pick: fn(&(bool, bool)) -> bool| {
            (0..)
                .zip(&halves)
                .fold(0, |row, (x, half)| row | u128::from(pick(half)) << x)
        };
        [row(|half| half.0), row(|half| half.1)]
    });
    rows.collect()
}

/// The matrix with its quiet zone; the height filled up to whole lines.
fn with_quiet_zone(matrix: &Matrix) -> Vec<u128> {
    let mut rows = vec![0; QUIET_ZONE_MODULES];
    rows.extend(matrix.rows().iter().map(|row| row << QUIET_ZONE_MODULES));
    rows.resize((rows.len() + QUIET_ZONE_MODULES).next_multiple_of(2), 0);
    rows
}

#[test]
fn half_blocks_hold_the_matrix_in_explicit_colours() {
    let matrix = matrix(CODE).unwrap();
    let text = terminal(&matrix);
    let bare: String = text
        .lines()
        .map(|line| {
            let line = line
                .strip_prefix("\x1b[38;5;16;48;5;231m")
                .and_then(|line| line.strip_suffix("\x1b[0m"));
            line.unwrap().to_owned() + "\n"
        })
        .collect();
    let dark = |block| match block {
        ' ' => (false, false),
        '▀' => (true, false),
        '▄' => (false, true),
        '█' => (true, true),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows_of_blocks(&bare, dark), with_quiet_zone(&matrix));
    let width = matrix.size() + 2 * QUIET_ZONE_MODULES;
    assert!(bare.lines().all(|line| line.chars().count() == width));
}

#[test]
fn plain_half_blocks_draw_the_light_modules() {
    let matrix = matrix(CODE).unwrap();
    let dark = |block| match block {
        '█' => (false, false),
        '▄' => (true, false),
        '▀' => (false, true),
        ' ' => (true, true),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        rows_of_blocks(&terminal_plain(&matrix), dark),
        with_quiet_zone(&matrix)
    );
}

#[test]
fn an_svg_path_covers_the_dark_modules_once() {
    let matrix = matrix(CODE).unwrap();
    let text = svg(&matrix);
    let path = text
        .rsplit_once("<path d=\"")
        .unwrap()
        .1
        .strip_suffix("z\"/></svg>\n")
        .unwrap();
    let mut rows = vec![0_u128; matrix.size()];
    for run in path.split('z') {
        let (at, shape) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
        let (length, _) = shape.split_once('v').unwrap();
        assert_eq!(shape, format!("{length}v1h-{length}"));
        let length: usize = length.parse().unwrap();
        let modules = ((1_u128 << length) - 1) << (x - QUIET_ZONE_MODULES);
        assert_eq!(rows[y - QUIET_ZONE_MODULES] & modules, 0);
        rows[y - QUIET_ZONE_MODULES] |= modules;
    }
    assert_eq!(rows, matrix.rows());
}
