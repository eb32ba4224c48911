//! From a device key to a picture: what a rotating frame costs beside the crates that could draw it.
//!
//! `cargo xtask bench qr`. Each way runs in turns with the others, so that a busy machine slows
//! all of them, and the median of its runs is shown. Not a test: it says what is, `docs/PERFORMANCE.md` what it means.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, prints, and may stop at the first surprise"
)]

use std::hint::black_box;
use std::time::Instant;

use fast_qr::{ECL, Mode, QRBuilder};
use health_code_core::code::present;
use health_code_core::picture;
use health_code_core::picture::{Matrix, matrix};
use health_code_core::ports::DeviceSigner as _;
use health_code_core::testing::nation::{Nation, sample_claims};
use health_code_core::trust::SoftwareEd25519;
use image::{ExtendedColorType, ImageEncoder as _, Luma};
use qrcode::{EcLevel, QrCode};

const AT: i64 = 1_795_507_200;
const RUNS: usize = 301;

struct Way<'a> {
    name: &'a str,
    run: Box<dyn Fn() + 'a>,
}

fn way<'a, T>(name: &'a str, run: impl Fn() -> T + 'a) -> Way<'a> {
    Way {
        name,
        run: Box::new(move || drop(black_box(run()))),
    }
}

/// Prints a table; every ratio is to the last way of the list, ours.
fn compare(title: &str, ways: &[Way<'_>]) {
    let mut nanos = vec![Vec::with_capacity(RUNS); ways.len()];
    for _ in 0..RUNS {
        for (way, nanos) in ways.iter().zip(&mut nanos) {
            let start = Instant::now();
            (way.run)();
            nanos.push(start.elapsed().as_nanos());
        }
    }
    let medians: Vec<u128> = nanos
        .iter_mut()
        .map(|nanos| {
            nanos.sort_unstable();
            nanos[RUNS / 2]
        })
        .collect();
    let ours = *medians.last().unwrap();
    println!("\n| {title} | median, us | times ours |\n|---|---:|---:|");
    for (way, median) in ways.iter().zip(&medians) {
        let times = median * 100 / ours;
        println!(
            "| {} | {}.{} | {}.{:02} |",
            way.name,
            median / 1000,
            median % 1000 / 100,
            times / 100,
            times % 100
        );
    }
}

fn main() {
    let nation = Nation::at(AT);
    let phone = SoftwareEd25519::from_seed(&[8; 32]);
    let credential = nation.issue(&sample_claims(phone.public_key().unwrap(), AT));
    let sign = || present(&credential, AT, None, &phone).unwrap();
    let text = sign();
    let ours = matrix(&text).unwrap();
    println!("\n{} characters, version {}", text.len(), ours.version());

    compare(
        "text to matrix",
        &[
            way("qrcode, plain path", || plain(&text)),
            way("fast_qr", || fast(&text)),
            way("health-code", || matrix(&text)),
        ],
    );
    compare(
        "frame: sign, encode, matrix",
        &[
            way("signature and encoding alone", sign),
            way("the same, then qrcode's plain path", || plain(&sign())),
            way("the same, then health-code's matrix", || matrix(&sign())),
        ],
    );
    let theirs = plain(&text);
    compare(
        "matrix to PNG",
        &[
            way("qrcode and image, 512 px", || image_of(&theirs)),
            way("health-code, 8 pixels a module", || picture::png(&ours, 8)),
            way("health-code, 1 pixel a module", || picture::png(&ours, 1)),
        ],
    );
    let bytes = |matrix: &Matrix, scale| picture::png(matrix, scale).unwrap().len();
    println!(
        "\nPNG: qrcode and image {} bytes, health-code {} bytes at 8 pixels a module, {} bytes at 1",
        image_of(&theirs).len(),
        bytes(&ours, 8),
        bytes(&ours, 1)
    );
}

fn plain(text: &str) -> QrCode {
    QrCode::with_error_correction_level(text, EcLevel::M).unwrap()
}

fn fast(text: &str) -> fast_qr::QRCode {
    QRBuilder::new(text)
        .mode(Mode::Alphanumeric)
        .ecl(ECL::M)
        .build()
        .unwrap()
}

/// The path of qrcode's own documentation: a grey picture of at least 512 pixels, written as PNG.
fn image_of(code: &QrCode) -> Vec<u8> {
    let picture = code.render::<Luma<u8>>().min_dimensions(512, 512).build();
    let mut file = Vec::new();
    image::codecs::png::PngEncoder::new(&mut file)
        .write_image(
            &picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::L8,
        )
        .unwrap();
    file
}
