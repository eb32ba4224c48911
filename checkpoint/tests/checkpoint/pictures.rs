//! Pictures of a code as cameras and screenshots give them, and pictures that are none.

use health_code_core::colour::{Colour, Reason};
use health_code_core::picture;
use health_code_core::picture::matrix;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::blur;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
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

fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// A phone's photograph of 12 megapixels: a code on a table of many greys, blurred a little and noisy.
fn photograph(code: &GrayImage) -> GrayImage {
    let mut photograph = GrayImage::from_fn(4000, 3000, |x, y| {
        Luma([u8::try_from(60 + (x / 40 + y / 25) % 160).unwrap()])
    });
    image::imageops::overlay(&mut photograph, code, 1700, 1200);
    with_noise(photograph, 12)
}

/// Pictures laid out one beside the other, or one above the other, with white between.
fn laid_out(pictures: &[GrayImage], is_upright: bool) -> GrayImage {
    let gap = 30;
    let sides = |picture: &GrayImage| {
        let (width, height) = picture.dimensions();
        if is_upright {
            (height, width)
        } else {
            (width, height)
        }
    };
    let long = pictures.iter().map(|it| sides(it).0 + gap).sum::<u32>() + gap;
    let wide = pictures.iter().map(|it| sides(it).1).max().unwrap() + 2 * gap;
    let (width, height) = if is_upright {
        (wide, long)
    } else {
        (long, wide)
    };
    let mut page = GrayImage::from_pixel(width, height, Luma([255]));
    let mut place = gap;
    for picture in pictures {
        let (x, y) = if is_upright {
            (gap, place)
        } else {
            (place, gap)
        };
        image::imageops::overlay(&mut page, picture, x.into(), y.into());
        place += sides(picture).0 + gap;
    }
    page
}

#[test]
fn a_phones_photograph_is_read() {
    let scene = Scene::at(AT);
    let picture = photograph(&drawn(&scene.code(), 8));
    let colours = DynamicImage::from(picture.clone()).into_rgb8();
    for (name, bytes) in [
        ("grey.jpg", jpeg(&picture.clone().into())),
        ("colours.jpg", jpeg(&colours.into())),
    ] {
        scene
            .check_file(&scene.write(name, &bytes))
            .is(0, "accept", "accepted");
    }
    scene.check_picture(picture).is(0, "accept", "accepted");
}

#[test]
fn jpeg_is_read_at_every_quality() {
    let scene = Scene::at(AT);
    let picture = drawn(&scene.code(), 5);
    for quality in [10, 30, 60, 90, 100] {
        let mut file = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut file, quality);
        picture.write_with_encoder(encoder).unwrap();
        // The name says nothing.
        let answer = scene.check_file(&scene.write("picture.png", &file));
        assert_eq!(answer.line["reason"], "accepted", "{quality}");
    }
}

/// Several QR codes in one picture, as on a screen beside a payment code or on a wall of notices.
#[test]
fn among_several_codes_the_health_code_is_meant() {
    let scene = Scene::at(AT);
    let health = drawn(&scene.code(), 3);
    let notice = |text: &str, size| drawn(text, size);
    let (pay, site) = (
        notice("HTTPS://QR.EXAMPLE/PAY/0123456789", 6),
        notice("HTTPS://HANGZHOU.EXAMPLE", 4),
    );
    let small = notice("A", 3);
    let inverted = with_levels(pay.clone(), |grey| 255 - grey);
    let row = |pictures: &[&GrayImage]| {
        laid_out(
            &pictures.iter().map(|it| (*it).clone()).collect::<Vec<_>>(),
            false,
        )
    };
    let column = |pictures: &[&GrayImage]| {
        laid_out(
            &pictures.iter().map(|it| (*it).clone()).collect::<Vec<_>>(),
            true,
        )
    };
    let layouts = [
        ("before a payment code", row(&[&health, &pay])),
        ("after a payment code", row(&[&pay, &health])),
        ("below one", column(&[&site, &health])),
        ("above one", column(&[&health, &site])),
        ("between two", row(&[&pay, &health, &site])),
        ("in a square of four", {
            let (above, below) = (row(&[&pay, &site]), row(&[&small, &health]));
            laid_out(&[above, below], true)
        }),
        ("beside a white-on-black one", row(&[&inverted, &health])),
        ("beside a far larger one", row(&[&notice("B", 20), &health])),
        ("twice the same", row(&[&health, &health])),
        ("white on black beside another", {
            let health = with_levels(health.clone(), |grey| 255 - grey);
            row(&[&site, &health])
        }),
    ];
    for (name, picture) in layouts {
        let answer = scene.check_picture(picture);
        assert_eq!(answer.line["reason"], "accepted", "{name}");
    }
    // Two people's: nobody could say whose was checked.
    let another = drawn(&scene.code_of(Colour::Red, Reason::Confirmed), 3);
    for picture in [
        row(&[&health, &another]),
        column(&[&another, &pay, &health]),
        row(&[&health, &with_levels(another.clone(), |grey| 255 - grey)]),
        row(&[&with_levels(health.clone(), |grey| 255 - grey), &another]),
    ] {
        scene
            .check_picture(picture)
            .is(1, "refuse", "several_codes_in_picture");
    }
    scene
        .check_picture(row(&[&pay, &site]))
        .is(1, "refuse", "not_a_health_code");
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
        .is(1, "refuse", "picture_unreadable");
    scene
        .check_file(&scene.write("text.png", scene.code().as_bytes()))
        .is(1, "refuse", "picture_unreadable");

    let whole = picture::png(&matrix(&scene.code()).unwrap(), 4).unwrap();
    scene
        .check_file(&scene.write("cut.png", &whole[..whole.len() / 2]))
        .is(1, "refuse", "picture_unreadable");

    let heic = scene.write("IMG_0001.jpg", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic");
    let answer = scene.check_file(&heic);
    answer.is(1, "refuse", "picture_is_heic");
    assert!(answer.stderr.contains("JPEG"), "{}", answer.stderr);
    scene
        .check_file(&scene.write("film.heic", b"\0\0\0\x24ftypmp42"))
        .is(1, "refuse", "picture_unreadable");
    let jpeg = jpeg(&drawn(&scene.code(), 4).into());
    for cut in [3, 20, jpeg.len() / 2] {
        let answer = scene.check_file(&scene.write("cut.jpg", &jpeg[..cut]));
        assert_eq!(answer.exit_code, 1, "{cut}: {}", answer.line);
    }
    // 65,500 x 65,500 pixels in a header, and nothing after it.
    let mut tall = jpeg.clone();
    let frame = tall.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    tall[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    scene
        .check_file(&scene.write("tall.jpg", &tall))
        .is(1, "refuse", "picture_too_large");

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
