//! How far it is, in words: as exact as somebody walks or drives by.

use crate::words::{LanguageTag, screens};

/// A distance in metres as a person says it: to ten metres below a kilometre, to a tenth below ten, then whole ones.
#[must_use]
pub fn distance_text(metres: u32, language: &LanguageTag) -> String {
    let rounded = |unit: u32| metres.saturating_add(unit / 2) / unit;
    let (id, number) = match rounded(10) {
        tens @ ..100 => ("clinics-metres", (tens * 10).to_string()),
        _ => match rounded(100) {
            tenths @ ..100 => (
                "clinics-kilometres",
                format!("{}.{}", tenths / 10, tenths % 10),
            ),
            _ => ("clinics-kilometres", rounded(1_000).to_string()),
        },
    };
    screens::text(id, [("number", number.as_str())], language).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::distance_text;
    use crate::words::LanguageTag;

    #[test]
    fn nearer_is_told_more_exactly() {
        let told = |metres, tag: &str| {
            let text = distance_text(metres, &LanguageTag::new(tag));
            // The marks around an argument (Unicode, UAX 9).
            text.replace(['\u{2068}', '\u{2069}'], "")
        };
        for (metres, text) in [
            (0, "0 m"),
            (84, "80 m"),
            (994, "990 m"),
            (995, "1.0 km"),
            (1_250, "1.3 km"),
            (9_949, "9.9 km"),
            (9_950, "10 km"),
            (123_499, "123 km"),
            (u32::MAX, "4294967 km"),
        ] {
            assert_eq!(told(metres, "en"), text);
        }
        assert_eq!(told(1_200, "zh-Hans-CN"), "1.2 公里");
    }
}
