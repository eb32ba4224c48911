//! Each way of telling a moment, in each language.

use super::super::LanguageTag;
use super::{MomentStyle, Reading, date_text};
use crate::civil_time::CivilTime;

fn moment_text(at: i64, now: i64, style: MomentStyle, language: &LanguageTag) -> String {
    let civil = CivilTime::CHINA;
    let reading = Reading {
        now,
        civil,
        language,
    };
    reading.moment(at, style)
}

/// Wednesday 25 March 2026, 15:20 in China.
const NOW: i64 = 1_774_423_200;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn said(at: i64, style: MomentStyle) -> [String; 2] {
    ["en", "zh-Hans-CN"].map(|tag| moment_text(at, NOW, style, &LanguageTag::new(tag)))
}

#[test]
fn a_moment_is_as_short_as_it_can_be_told_apart() {
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
fn a_moment_is_told_by_the_region_s_clock() {
    let language = &LanguageTag::new("en");
    let said = |minutes: i32, at: i64| {
        let civil = CivilTime::east(minutes).unwrap();
        let reading = Reading {
            now: NOW,
            civil,
            language,
        };
        reading.moment(at, MomentStyle::DayAndTime)
    };
    assert_eq!(said(480, NOW - 8 * HOUR), "07:20");
    assert_eq!(said(0, NOW - 8 * HOUR), "yesterday 23:20");
    assert_eq!(said(360, NOW + 9 * HOUR), "22:20");
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
fn a_deadline_is_told_otherwise_at_the_very_second_that_is_foretold() {
    let language = LanguageTag::new("en");
    let told = |at, now| moment_text(at, now, MomentStyle::Deadline, &language);
    let changes_at = |at, now| {
        let civil = CivilTime::CHINA;
        let language = &language;
        Reading {
            now,
            civil,
            language,
        }
        .deadline_changes_at(at)
    };
    for at in [
        NOW + 90,
        NOW + HOUR + 61,
        NOW + 23 * HOUR + 7,
        NOW + 50 * HOUR,
    ] {
        let mut now = NOW;
        for _ in 0..200 {
            let next = changes_at(at, now);
            assert!(next > now);
            if next > at + DAY {
                break;
            }
            assert_eq!(told(at, now), told(at, next - 1), "{}", at - now);
            // At midnight the day's name may stay what it is.
            if (next + 8 * HOUR) % DAY != 0 {
                assert_ne!(told(at, next - 1), told(at, next), "{}", at - next);
            }
            now = next;
        }
        assert!(now >= at, "it came to its end");
    }
    for at in [i64::MIN, i64::MAX] {
        let _ = (changes_at(at, NOW), changes_at(NOW, at));
    }
}

#[test]
fn korean_and_arabic_tell_them_in_their_own_way() {
    let said = |at, style| {
        ["ko-KR", "ar-SA"].map(|tag| moment_text(at, NOW, style, &LanguageTag::new(tag)))
    };
    for (at, style, korean, arabic) in [
        (NOW, MomentStyle::Time, "15:20", "15:20"),
        (
            NOW - 16 * HOUR,
            MomentStyle::DayAndTime,
            "어제 23:20",
            "أمس 23:20",
        ),
        (
            NOW + 3 * DAY,
            MomentStyle::DayAndTime,
            "토요일 15:20",
            "السبت 15:20",
        ),
        (
            NOW - 100 * DAY,
            MomentStyle::DayAndTime,
            "2025년 12월 15일 15:20",
            "15 ديسمبر 2025، 15:20",
        ),
        (NOW, MomentStyle::Date, "3월 25일", "25 مارس"),
        (
            NOW + 23 * HOUR,
            MomentStyle::Deadline,
            "내일 14:20 (23시간 남음)",
            "غدًا 14:20 (23 ساعة)",
        ),
        (
            NOW + 2 * DAY,
            MomentStyle::Deadline,
            "금요일 15:20 (2일 남음)",
            "الجمعة 15:20 (يومان)",
        ),
        (
            NOW + 59,
            MomentStyle::Deadline,
            "15:20 (0분 남음)",
            "15:20 (أقل من دقيقة)",
        ),
        (
            NOW - 1,
            MomentStyle::Deadline,
            "15:19 (기한 지남)",
            "15:19 (انتهى)",
        ),
    ] {
        assert_eq!(said(at, style), [korean, arabic]);
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
