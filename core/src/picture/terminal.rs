//! Half blocks for a terminal.

use super::{Matrix, QUIET_ZONE_MODULES};

/// Half blocks with explicit colours, black on white whatever the terminal's colours are. One line per two rows,
/// each ended by a reset and a line feed; needs a terminal with 256 colours (xterm's palette: 16 black, 231 white).
pub fn terminal(matrix: &Matrix) -> String {
    half_blocks(
        matrix,
        "\x1b[38;5;16;48;5;231m",
        "\x1b[0m",
        |top, bottom| match (top, bottom) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        },
    )
}

/// Half blocks without colours, for terminals and logs that have none: light modules are drawn, so it is right on a
/// dark background and inverted on a light one.
pub fn terminal_plain(matrix: &Matrix) -> String {
    half_blocks(matrix, "", "", |top, bottom| match (top, bottom) {
        (true, true) => ' ',
        (true, false) => '▄',
        (false, true) => '▀',
        (false, false) => '█',
    })
}

fn half_blocks(
    matrix: &Matrix,
    start: &str,
    end: &str,
    block: impl Fn(bool, bool) -> char,
) -> String {
    let side = matrix.size() + 2 * QUIET_ZONE_MODULES;
    let is_dark = |x: usize, y: usize| {
        let (x, y) = (
            x.checked_sub(QUIET_ZONE_MODULES),
            y.checked_sub(QUIET_ZONE_MODULES),
        );
        matches!((x, y), (Some(x), Some(y)) if matrix.is_dark(x, y))
    };
    let mut text =
        String::with_capacity((side * 3 + start.len() + end.len() + 1) * side.div_ceil(2));
    for y in (0..side).step_by(2) {
        text.push_str(start);
        text.extend((0..side).map(|x| block(is_dark(x, y), is_dark(x, y + 1))));
        text.push_str(end);
        text.push('\n');
    }
    text
}
