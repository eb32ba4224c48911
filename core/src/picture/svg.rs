//! An SVG for paper.

use std::fmt::Write;

use super::{Matrix, QUIET_ZONE_MODULES};

/// An SVG of one path, one unit a module, quiet zone included.
pub fn svg(matrix: &Matrix) -> String {
    let side = matrix.size() + 2 * QUIET_ZONE_MODULES;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\""
    );
    for (y, row) in matrix.rows().iter().enumerate() {
        let mut dark = *row;
        while dark != 0 {
            let x = dark.trailing_zeros();
            let run = (dark >> x).trailing_ones();
            dark &= !(((1 << run) - 1) << x);
            let (left, top) = (x as usize + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES);
            // Writing to a String cannot fail.
            let _ = write!(text, "M{left} {top}h{run}v1h-{run}z");
        }
    }
    text.push_str("\"/></svg>\n");
    text
}
