//! Pictures of a code as cameras and screenshots give them, and pictures that are none.

use health_code_core::picture;
use health_code_core::picture::matrix;
use image::imageops::blur;
use image::{GrayImage, Luma, Rgba, RgbaImage};
use imageproc::geometric_transformations::{Interpolation, rotate_about_center};
use serde_json::Value;

use super::scene::{AT, Scene, drawn};

fn with_levels(mut picture: GrayImage, level: impl Fn(u8) -> u8) -> GrayImage {
    picture.iter_mut().for_each(|grey| *grey = level(*grey));
    picture
}

/// Every pixel off by up to `most`, the same on every run.
fn with_noise(picture: GrayImage, most: u32) -> GrayImage {
    let state = std::cell::Cell::new(1_u32);
    with_levels(picture, |grey| {
        state.set(
            state
                .get()
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223),
        );
        let off = (state.get() >> 16) % (2 * most + 1);
        u8::try_from((u32::from(grey) + off).saturating_sub(most).min(255)).unwrap()
    })
}

#[test]
fn clean_pictures_are_read_at_every_scale() {
    let scene = Scene::at(AT);
    for pixels_per_module in [1, 2, 3, 5, 8, 20] {
        scene
            .check_picture(drawn(&scene.code(), pixels_per_module))
            .is(0, "accept", "accepted");
    }
}

#[test]
fn worn_pictures_are_read() {
    let scene = Scene::at(AT);
    let code = scene.code();
    let picture = drawn(&code, 6);
    let pale = |grey: u8| 110 + grey / 16;
    let grey_paper = Luma([200]);
    let worn = [
        ("blurred by 0.6 modules", blur(&picture, 3.6)),
        ("pale", with_levels(picture.clone(), pale)),
        (
            "hardly any contrast left",
            with_levels(picture.clone(), |grey| 120 + grey / 40),
        ),
        (
            "pale, one pixel a module",
            with_levels(drawn(&code, 1), pale),
        ),
        (
            "noisy",
            with_noise(with_levels(picture.clone(), |grey| 60 + grey / 2), 60),
        ),
        (
            "tilted by 3 degrees",
            rotate_about_center(&picture, 0.05, Interpolation::Bilinear, grey_paper),
        ),
        ("tilted, blurred, pale and noisy", {
            let tilted = rotate_about_center(&picture, -0.03, Interpolation::Bilinear, Luma([255]));
            with_noise(with_levels(blur(&tilted, 1.5), |grey| 80 + grey / 4), 10)
        }),
        ("upside down", image::imageops::rotate180(&picture)),
        (
            "white on black",
            with_levels(picture.clone(), |grey| 255 - grey),
        ),
    ];
    for (name, picture) in worn {
        let answer = scene.check_picture(picture);
        assert_eq!(answer.line["reason"], "accepted", "{name}");
    }
}

#[test]
fn a_transparent_background_counts_as_white() {
    let scene = Scene::at(AT);
    let picture = drawn(&scene.code(), 4);
    let picture = RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        Rgba([0, 0, 0, 255 - picture.get_pixel(x, y).0[0]])
    });
    scene.check_picture(picture).is(0, "accept", "accepted");
}

#[test]
fn a_code_in_a_photograph_of_a_screen_is_found() {
    let scene = Scene::at(AT);
    let code = drawn(&scene.code(), 7);
    let mut photograph = GrayImage::from_fn(3000, 2000, |x, y| {
        Luma([u8::try_from((x / 40 + y / 25) % 160).unwrap()])
    });
    image::imageops::overlay(&mut photograph, &code, 1200, 700);
    scene.check_picture(photograph).is(0, "accept", "accepted");
}

#[test]
fn a_picture_without_a_readable_code_is_refused() {
    let scene = Scene::at(AT);
    let blank = GrayImage::from_pixel(200, 200, Luma([255]));
    let answer = scene.check_picture(blank);
    answer.is(1, "refuse", "no_code_in_picture");
    assert_eq!(answer.line["colour"], Value::Null);
    assert!(answer.stderr.contains("no_code_in_picture"));

    let half = image::imageops::crop_imm(&drawn(&scene.code(), 1), 0, 0, 35, 69).to_image();
    scene
        .check_picture(half)
        .is(1, "refuse", "no_code_in_picture");
    scene
        .check_picture(GrayImage::new(1, 1))
        .is(1, "refuse", "no_code_in_picture");
    scene
        .check_picture(drawn("HELLO WORLD", 5))
        .is(1, "refuse", "not_a_health_code");
}

#[test]
fn files_that_are_no_picture_or_too_large_are_refused() {
    let scene = Scene::at(AT);
    scene
        .check_file(&scene.write("empty.png", b""))
        .is(1, "refuse", "picture_not_png");
    scene
        .check_file(&scene.write("text.png", scene.code().as_bytes()))
        .is(1, "refuse", "picture_not_png");

    let whole = picture::png(&matrix(&scene.code()).unwrap(), 4).unwrap();
    scene
        .check_file(&scene.write("cut.png", &whole[..whole.len() / 2]))
        .is(1, "refuse", "picture_not_png");

    // 40 MP and a row more, in a file of a few kilobytes.
    let mut bomb = Vec::new();
    let mut encoder = png::Encoder::new(&mut bomb, 8000, 5001);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&vec![0; 1000 * 5001])
        .unwrap();
    assert!(bomb.len() < 100_000);
    scene
        .check_file(&scene.write("bomb.png", &bomb))
        .is(1, "refuse", "picture_too_large");

    let long = scene.write("long.png", &whole);
    std::fs::File::options()
        .write(true)
        .open(&long)
        .unwrap()
        .set_len(16 * 1024 * 1024 + 1)
        .unwrap();
    scene.check_file(&long).is(1, "refuse", "picture_too_large");
}
