//! Each way of telling a moment, in each language.

use super::super::{Language, LanguageTag};
use super::{MOMENTS, MomentStyle, civil, date_text, moment_text};

/// Wednesday 25 March 2026, 15:20 in China.
const NOW: i64 = 1_774_423_200;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn said(at: i64, style: MomentStyle) -> [String; 2] {
    ["en", "zh-Hans-CN"].map(|tag| moment_text(at, NOW, style, &LanguageTag::new(tag)))
}

#[test]
fn the_languages_have_the_same_ids() {
    let [chinese, english] = Language::ALL.map(|language| MOMENTS.ids(language).unwrap());
    assert_eq!(chinese, english);
}

#[test]
fn a_moment_is_as_short_as_it_can_be_told_apart() {
    assert_eq!(civil(NOW).to_string(), "2026-03-25 15:20:00");
    for (at, english, chinese) in [
        (NOW - 5 * HOUR, "10:20", "10:20"),
        (NOW - 16 * HOUR, "yesterday 23:20", "昨天 23:20"),
        (NOW + 9 * HOUR, "tomorrow 00:20", "明天 00:20"),
        (NOW + 3 * DAY, "Sat 15:20", "周六 15:20"),
        (NOW + 6 * DAY, "Tue 15:20", "周二 15:20"),
        (NOW + 7 * DAY, "1 Apr 15:20", "4月1日 15:20"),
        (NOW - 3 * DAY, "22 Mar 15:20", "3月22日 15:20"),
        (NOW - 100 * DAY, "15 Dec 2025 15:20", "2025年12月15日 15:20"),
    ] {
        assert_eq!(said(at, MomentStyle::DayAndTime), [english, chinese]);
    }
    assert_eq!(said(NOW - 3 * DAY, MomentStyle::Time), ["15:20", "15:20"]);
}

#[test]
fn a_day_has_its_year_where_it_is_another() {
    assert_eq!(said(NOW, MomentStyle::Date), ["25 Mar", "3月25日"]);
    assert_eq!(
        said(NOW - 100 * DAY, MomentStyle::Date),
        ["15 Dec 2025", "2025年12月15日"]
    );
    let day = |date, tag| date_text(date, &LanguageTag::new(tag));
    assert_eq!(day("2026-11-26", "en"), "26 Nov 2026");
    assert_eq!(day("2026-11-26", "zh"), "2026年11月26日");
    assert_eq!(day("2026-02-30", "en"), "2026-02-30");
    assert_eq!(day("", "zh"), "");
}

#[test]
fn a_deadline_says_how_long_it_is() {
    for (at, english, chinese) in [
        (NOW + 40 * 60, "16:00 (40 min)", "16:00（还有 40 分钟）"),
        (
            NOW + 23 * HOUR,
            "tomorrow 14:20 (23 h)",
            "明天 14:20（还有 23 小时）",
        ),
        (
            NOW + 47 * HOUR,
            "Fri 14:20 (47 h)",
            "周五 14:20（还有 47 小时）",
        ),
        (
            NOW + 2 * DAY,
            "Fri 15:20 (2 days)",
            "周五 15:20（还有 2 天）",
        ),
        (NOW, "15:20 (0 min)", "15:20（还有 0 分钟）"),
        (NOW - 1, "15:19 (passed)", "15:19（已过期限）"),
    ] {
        assert_eq!(said(at, MomentStyle::Deadline), [english, chinese]);
    }
}

#[test]
fn no_instant_ends_in_a_panic() {
    for at in [i64::MIN, -1, 0, i64::MAX] {
        for style in [
            MomentStyle::Time,
            MomentStyle::DayAndTime,
            MomentStyle::Date,
            MomentStyle::Deadline,
        ] {
            let language = LanguageTag::default();
            assert!(!moment_text(at, NOW, style, &language).is_empty());
            assert!(!moment_text(NOW, at, style, &language).is_empty());
        }
    }
}
