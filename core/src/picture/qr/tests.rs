//! The matrix against the `qrcode` crate's own, against rules written down a second time, and against a reader.

use proptest::prelude::*;
use qrcode::{Color, QrCode};

use super::template::PATTERNS;
use super::*;
use crate::picture::tests::read_back;

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// A text of `length` characters that differs with `seed`.
fn text(length: usize, seed: u32) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(ALPHABET[(state >> 16) as usize % 45])
    };
    (0..length).map(|_| next()).collect()
}

/// Characters that fit each version at level M (ISO/IEC 18004, table 7).
const CAPACITY: [usize; 27] = [
    20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970,
    1035, 1134, 1248, 1326, 1451, 1542, 1637,
];

fn rows_of(colours: &[Color], size: usize) -> Vec<u128> {
    colours
        .chunks(size)
        .map(|row| {
            (0..).zip(row).fold(0, |bits, (x, colour)| {
                bits | u128::from(*colour == Color::Dark) << x
            })
        })
        .collect()
}

/// The crate's symbol under each mask, drawn the plain way.
fn drawn_by_the_crate(text: &str) -> Vec<Vec<u128>> {
    let bits = encode(text.as_bytes()).unwrap();
    let version = bits.version();
    let (data, correction) =
        ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M).unwrap();
    let mut canvas = qrcode::canvas::Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let size = usize::try_from(version.width()).unwrap();
    let masked = PATTERNS.iter().map(|pattern| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(*pattern);
        rows_of(&canvas.into_colors(), size)
    });
    masked.collect()
}

#[test]
fn each_capacity_of_the_standard_is_the_limit_of_its_version() {
    for (version, capacity) in (1..).zip(CAPACITY) {
        assert_eq!(matrix(&text(capacity, 1)).unwrap().version(), version);
        if version < 27 {
            assert_eq!(
                matrix(&text(capacity + 1, 1)).unwrap().version(),
                version + 1
            );
        }
    }
    assert_eq!(MAX_TEXT_CHARS, CAPACITY[26]);
    assert_eq!(
        matrix(&text(MAX_TEXT_CHARS + 1, 1)),
        Err(PictureError::TextTooLong)
    );
}

#[test]
fn under_every_mask_the_symbol_is_the_crates_own() {
    for (seed, capacity) in (7..).zip(CAPACITY) {
        let text = text(capacity - 2, seed);
        let bits = encode(text.as_bytes()).unwrap();
        let template = Template::for_version(bits.version());
        let version = bits.version();
        let (data, correction) =
            ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M).unwrap();
        let payload = template.place(&data, &correction);
        for (mask, expected) in (0..).zip(drawn_by_the_crate(&text)) {
            assert_eq!(
                mask::apply(template, &payload, mask),
                expected,
                "mask {mask}, {} characters",
                text.len()
            );
        }
    }
}

/// The crate's rule 4: twice the distance from 50 % in per cent, not in steps of 5 %.
fn balance_of_the_crate(rows: &[u128]) -> u32 {
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let all = u32::try_from(rows.len() * rows.len()).unwrap();
    (dark * 200 / all).abs_diff(100)
}

#[test]
fn with_the_crates_rule_four_the_crates_mask_is_chosen() {
    for seed in 0..40 {
        let text = text(30 + 11 * seed as usize, seed);
        let best = drawn_by_the_crate(&text)
            .into_iter()
            .min_by_key(|rows| mask::runs_blocks_finders(rows) + balance_of_the_crate(rows));
        let bits = encode(text.as_bytes()).unwrap();
        let theirs = QrCode::with_bits(bits, EcLevel::M).unwrap();
        assert_eq!(
            best.unwrap(),
            rows_of(&theirs.to_colors(), theirs.width()),
            "seed {seed}"
        );
    }
}

/// The four rules, module by module, from the standard's text.
fn penalty_in_plain_words(rows: &[u128]) -> u32 {
    let size = rows.len();
    let dark = |x: usize, y: usize| rows[y] >> x & 1 == 1;
    let lines: Vec<Vec<bool>> = (0..size)
        .flat_map(|i| {
            [
                (0..size).map(|j| dark(j, i)).collect(),
                (0..size).map(|j| dark(i, j)).collect(),
            ]
        })
        .collect();
    let mut points = 0;
    for line in &lines {
        for run in line.chunk_by(|a, b| a == b).filter(|run| run.len() >= 5) {
            points += 3 + run.len() - 5;
        }
        for start in 0..=size - 7 {
            let light = |from: usize, to: usize| {
                line[from.min(size)..to.min(size)].iter().all(|dark| !dark)
            };
            if line[start..start + 7] == [true, false, true, true, true, false, true]
                && (light(start.saturating_sub(4), start) || light(start + 7, start + 11))
            {
                points += 40;
            }
        }
    }
    for y in 1..size {
        for x in 1..size {
            let block = [
                dark(x - 1, y - 1),
                dark(x, y - 1),
                dark(x - 1, y),
                dark(x, y),
            ];
            points += if block == [block[0]; 4] { 3 } else { 0 };
        }
    }
    let share = lines.iter().flatten().filter(|dark| **dark).count() * 100 / 2;
    let all = size * size;
    points += 10 * (share.abs_diff(50 * all) / (5 * all));
    u32::try_from(points).unwrap()
}

#[test]
fn the_penalty_is_the_standards_and_the_lowest_wins() {
    for seed in 0..30 {
        let text = text(20 + 13 * seed as usize, seed + 100);
        let chosen = matrix(&text).unwrap();
        let all = drawn_by_the_crate(&text);
        let penalties: Vec<u32> = all
            .iter()
            .map(|rows| penalty_in_plain_words(rows))
            .collect();
        let ours: Vec<u32> = all.iter().map(|rows| mask::penalty(rows)).collect();
        assert_eq!(ours, penalties);
        let lowest = penalties.iter().min().unwrap();
        assert_eq!(
            penalties.iter().position(|penalty| penalty == lowest),
            Some(usize::from(chosen.mask()))
        );
        assert_eq!(chosen.rows(), all[usize::from(chosen.mask())]);
    }
}

#[test]
fn rules_hold_on_extreme_matrices() {
    let checkers: Vec<u128> = (0..25)
        .map(|y| low(25) & if y % 2 == 0 { !0 / 3 } else { (!0 / 3) << 1 })
        .collect();
    let finder_rows: Vec<u128> = (0..25)
        .map(|y| if y % 2 == 0 { 0b101_1101 << (y % 9) } else { 0 })
        .collect();
    for rows in [
        vec![0; 21],
        vec![low(21); 21],
        vec![low(125); 125],
        checkers,
        finder_rows,
    ] {
        assert_eq!(mask::penalty(&rows), penalty_in_plain_words(&rows));
    }
}

fn low(count: usize) -> u128 {
    (1 << count) - 1
}

#[test]
fn readers_read_versions_1_to_13() {
    for (seed, capacity) in (31..).zip(CAPACITY).take(13) {
        for length in [capacity - 1, capacity] {
            let text = text(length, seed);
            assert_eq!(
                read_back(&matrix(&text).unwrap(), 3).as_deref(),
                Some(text.as_str()),
                "{length} characters"
            );
        }
    }
}

#[test]
fn what_is_not_alphanumeric_is_refused() {
    for text in ["", "a", "JKM1:abc", "JKM1:\n", "健康码", "A_B", "A\0"] {
        assert_eq!(matrix(text), Err(PictureError::NotAlphanumeric), "{text:?}");
    }
}

#[test]
fn outside_of_the_symbol_is_light() {
    let matrix = matrix("JKM1:").unwrap();
    assert!(matrix.is_dark(0, 0) && matrix.is_dark(20, 0) && matrix.is_dark(0, 20));
    assert!(
        !matrix.is_dark(21, 0) && !matrix.is_dark(0, 21) && !matrix.is_dark(usize::MAX, usize::MAX)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_alphanumeric_text_is_drawn_as_the_crate_draws_it(text in "[0-9A-Z $%*+./:-]{1,500}") {
        let ours = matrix(&text).unwrap();
        prop_assert_eq!(ours.rows(), &drawn_by_the_crate(&text)[usize::from(ours.mask())]);
        prop_assert_eq!(ours.size(), 17 + 4 * ours.version());
    }

    #[test]
    fn any_text_is_drawn_or_refused(text in "\\PC{0,60}") {
        let good = !text.is_empty() && text.bytes().all(|byte| ALPHABET.contains(&byte));
        prop_assert_eq!(matrix(&text).is_ok(), good);
    }
}
