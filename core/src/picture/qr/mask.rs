//! Masks and their penalties (ISO/IEC 18004:2015, 7.8), computed on whole rows: bit `x` of a word is column `x`,
//! so one operation looks at all modules of a row, and neighbouring rows give the vertical rules without turning
//! the matrix.
//!
//! Invariant: the mask with the lowest penalty wins, the lowest number among equals.
//!
//! Not what the `qrcode` crate does in one point: rule 4 counts whole steps of 5 % as the standard says, the crate
//! counts every half per cent. The two may choose another mask; every reader reads either.

use super::template::Template;

/// The masked symbol with the lowest penalty and the mask's number.
pub(super) fn best(template: &Template, payload: &[u128]) -> (u8, Vec<u128>) {
    let mut best = (0, Vec::new(), u32::MAX);
    for mask in 0..8_u8 {
        let rows = apply(template, payload, mask);
        let penalty = penalty(&rows);
        if penalty < best.2 {
            best = (mask, rows, penalty);
        }
    }
    (best.0, best.1)
}

/// The symbol under one mask.
pub(super) fn apply(template: &Template, payload: &[u128], mask: u8) -> Vec<u128> {
    let pattern = &MASK_ROWS[usize::from(mask & 7)];
    let fixed = &template.fixed[usize::from(mask & 7)];
    let data = payload.iter().zip(&template.data_region);
    (0_usize..)
        .zip(fixed.iter().zip(data))
        .map(|(y, (fixed, (bits, region)))| fixed | (bits ^ pattern[y % 12]) & region)
        .collect()
}

/// Sum of the four rules.
pub(super) fn penalty(rows: &[u128]) -> u32 {
    runs_blocks_finders(rows) + balance(rows)
}

/// Rules 1 to 3: runs of five or more (3 + excess), 2x2 blocks (3), finder-like patterns with four light modules
/// before or behind (40). Outside of the symbol is light.
pub(super) fn runs_blocks_finders(rows: &[u128]) -> u32 {
    let size = rows.len();
    let (pairs, finders) = (low_bits(size - 1), low_bits(size - 6));
    let (mut runs, mut blocks, mut finder_like) = (0, 0, 0);
    for (y, &row) in rows.iter().enumerate() {
        let same = !(row ^ row >> 1) & pairs;
        let run = same & same >> 1 & same >> 2 & same >> 3;
        runs += run_points(run, run << 1);
        let core =
            row & !(row >> 1) & row >> 2 & row >> 3 & row >> 4 & !(row >> 5) & row >> 6 & finders;
        if core != 0 {
            let before = row << 1 | row << 2 | row << 3 | row << 4;
            let behind = row >> 7 | row >> 8 | row >> 9 | row >> 10;
            finder_like += (core & !(before & behind)).count_ones();
        }
        if let Some(&below) = rows.get(y + 1) {
            blocks += (same & !(below ^ below >> 1) & !(row ^ below)).count_ones();
        }
    }
    let mut run_above = 0;
    for window in rows.windows(5) {
        let run = run_down(window) & low_bits(size);
        runs += run_points(run, run_above);
        run_above = run;
    }
    for (y, w) in rows.windows(7).enumerate() {
        let core = w[0] & !w[1] & w[2] & w[3] & w[4] & !w[5] & w[6];
        if core != 0 {
            let before = rows[y.saturating_sub(4)..y]
                .iter()
                .fold(0, |any, row| any | row);
            let behind = rows[y + 7..size.min(y + 11)]
                .iter()
                .fold(0, |any, row| any | row);
            finder_like += (core & !(before & behind)).count_ones();
        }
    }
    runs + 3 * blocks + 40 * finder_like
}

/// Rule 4: 10 for each whole 5 % that the share of dark modules is away from one half.
pub(super) fn balance(rows: &[u128]) -> u32 {
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let all = u32::try_from(rows.len() * rows.len()).unwrap_or(u32::MAX);
    10 * ((20 * dark).abs_diff(10 * all) / all)
}

/// Where five modules of one column, starting at the window's first row, are alike.
fn run_down(w: &[u128]) -> u128 {
    !(w[0] ^ w[1] | w[1] ^ w[2] | w[2] ^ w[3] | w[3] ^ w[4])
}

/// `run` marks each module that starts five alike. A run of n modules has n - 4 marks and is worth n - 2 points:
/// one a mark and two for the first, the one whose neighbour before it (`shifted`) is not marked.
fn run_points(run: u128, shifted: u128) -> u32 {
    run.count_ones() + 2 * (run & !shifted).count_ones()
}

const fn low_bits(count: usize) -> u128 {
    (1 << count) - 1
}

/// Rows 0 to 11 of each mask (table 10); all masks repeat after 12 rows and 12 columns.
static MASK_ROWS: [[u128; 12]; 8] = mask_rows();

const fn mask_rows() -> [[u128; 12]; 8] {
    let mut masks = [[0; 12]; 8];
    let mut mask = 0;
    while mask < 8 {
        let mut y = 0;
        while y < 12 {
            let mut x = 0;
            while x < 128 {
                if inverts(mask, x, y) {
                    masks[mask][y] |= 1 << x;
                }
                x += 1;
            }
            y += 1;
        }
        mask += 1;
    }
    masks
}

/// Whether a mask inverts the module in column `x`, row `y`.
const fn inverts(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (y + x) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (y + x) % 3,
        4 => (y / 2 + x / 3) % 2,
        5 => (y * x) % 2 + (y * x) % 3,
        6 => ((y * x) % 2 + (y * x) % 3) % 2,
        _ => ((y + x) % 2 + (y * x) % 3) % 2,
    }
}
