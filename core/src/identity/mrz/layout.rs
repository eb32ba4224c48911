//! Where the fields stand: ICAO Doc 9303, part 4 (TD3), part 5 (TD1), part 6 (TD2), each section 4.2.
//!
//! Invariant: places are counted from 0 here, and from 1 in what anybody is told.

use super::MrzFormat;

/// Characters of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) line: usize,
    pub(super) start: usize,
    pub(super) len: usize,
}

const fn field(line: usize, start: usize, len: usize) -> Field {
    Field { line, start, len }
}

impl Field {
    /// The character behind it, where the check digit of a checked field stands.
    pub(super) const fn check(self) -> Self {
        field(self.line, self.start + self.len, 1)
    }
}

/// The fields of a format.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) code: Field,
    pub(super) issuer: Field,
    /// Check digit behind it.
    pub(super) number: Field,
    /// Where the rest of a long number begins, too; none in passports, whose numbers are short.
    pub(super) continues: bool,
    pub(super) optional: &'static [Field],
    /// Whether the optional data has a check digit behind it.
    pub(super) optional_is_checked: bool,
    pub(super) nationality: Field,
    /// Check digit behind it.
    pub(super) birth: Field,
    pub(super) sex: Field,
    /// Check digit behind it.
    pub(super) expiry: Field,
    pub(super) names: Field,
    /// What the composite check digit covers, in order.
    pub(super) covered: &'static [Field],
    pub(super) composite: Field,
}

const TD1: Layout = Layout {
    code: field(0, 0, 2),
    issuer: field(0, 2, 3),
    number: field(0, 5, 9),
    continues: true,
    optional: &[field(0, 15, 15), field(1, 18, 11)],
    optional_is_checked: false,
    nationality: field(1, 15, 3),
    birth: field(1, 0, 6),
    sex: field(1, 7, 1),
    expiry: field(1, 8, 6),
    names: field(2, 0, 30),
    covered: &[
        field(0, 5, 25),
        field(1, 0, 7),
        field(1, 8, 7),
        field(1, 18, 11),
    ],
    composite: field(1, 29, 1),
};

const TD2: Layout = Layout {
    code: field(0, 0, 2),
    issuer: field(0, 2, 3),
    number: field(1, 0, 9),
    continues: true,
    optional: &[field(1, 28, 7)],
    optional_is_checked: false,
    nationality: field(1, 10, 3),
    birth: field(1, 13, 6),
    sex: field(1, 20, 1),
    expiry: field(1, 21, 6),
    names: field(0, 5, 31),
    covered: &[field(1, 0, 10), field(1, 13, 7), field(1, 21, 14)],
    composite: field(1, 35, 1),
};

const TD3: Layout = Layout {
    code: field(0, 0, 2),
    issuer: field(0, 2, 3),
    number: field(1, 0, 9),
    continues: false,
    optional: &[field(1, 28, 14)],
    optional_is_checked: true,
    nationality: field(1, 10, 3),
    birth: field(1, 13, 6),
    sex: field(1, 20, 1),
    expiry: field(1, 21, 6),
    names: field(0, 5, 39),
    covered: &[field(1, 0, 10), field(1, 13, 7), field(1, 21, 22)],
    composite: field(1, 43, 1),
};

pub(super) const fn of(format: MrzFormat) -> &'static Layout {
    match format {
        MrzFormat::Td1 => &TD1,
        MrzFormat::Td2 => &TD2,
        MrzFormat::Td3 => &TD3,
    }
}

/// Lines of a format, and characters of a line.
pub(super) const SIZES: [(MrzFormat, usize, usize); 3] = [
    (MrzFormat::Td1, 3, 30),
    (MrzFormat::Td2, 2, 36),
    (MrzFormat::Td3, 2, 44),
];
