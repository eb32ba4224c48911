//! Divisions of GB/T 2260: six digits, two each for province, prefecture and county.
//!
//! Invariant: only the form and the province are checked. Counties are founded and merged every year, and
//! a list inside the core would refuse people who live in a new one.

/// First two digits of the provincial divisions.
pub(crate) const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82,
];

/// The province (two digits) of a six-digit division, if it is one.
pub(crate) fn province_of(division: u32) -> Option<u32> {
    let province = division / 10_000;
    PROVINCES.contains(&province).then_some(province)
}

/// Whether the number can be a division: known province, and no county without a prefecture.
#[must_use]
pub fn is_plausible_division(division: u32) -> bool {
    let (prefecture, county) = (division / 100 % 100, division % 100);
    province_of(division).is_some() && (prefecture != 0 || county == 0)
}

#[cfg(test)]
mod tests {
    use super::is_plausible_division;

    #[test]
    fn divisions_have_six_digits_and_a_known_province() {
        for good in [
            110_000, 330_100, 330_106, 429_004, 469_001, 659_001, 810_000, 820_000,
        ] {
            assert!(is_plausible_division(good), "{good}");
        }
        for bad in [
            0, 33, 3_301, 33_010, 160_000, 990_000, 330_006, 830_000, 3_301_060,
        ] {
            assert!(!is_plausible_division(bad), "{bad}");
        }
    }
}
