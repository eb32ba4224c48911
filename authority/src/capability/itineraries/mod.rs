//! Itineraries: where somebody was or will be, leg by leg.
//!
//! Invariant: days exist and are in order; nothing is looked up or corrected. Kept as received; no colour follows.

use chrono::{Duration, NaiveDate};
use health_code_core::identity::is_plausible_division;
use health_code_core::wire::{Itinerary, ItineraryLeg};

use crate::cases::Refusal;
use crate::cases::file::{Kept, UploadKind};

const MAX_LEGS: usize = 50;
const MAX_NUMBER_CHARS: usize = 16;
/// How far from today a leg may lie, days.
const MAX_DAYS_AWAY: i64 = 366;
const TRANSPORTS: [&str; 6] = ["train", "flight", "coach", "car", "ship", "other"];

/// Row of the table of uploads.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    name: "itineraries",
    number: 1,
    check: |checking, body| {
        let itinerary = super::read(body)?;
        check(&itinerary, checking.today)?;
        Ok(Box::new(Kept))
    },
};

/// Checks all legs; `today` is the local day `YYYY-MM-DD`.
fn check(itinerary: &Itinerary, today: &str) -> Result<(), Refusal> {
    if !(1..=MAX_LEGS).contains(&itinerary.legs.len()) {
        return Err(Refusal::invalid("legs", "count_out_of_range"));
    }
    let today = day(today);
    for (index, leg) in itinerary.legs.iter().enumerate() {
        check_leg(leg, today)
            .map_err(|(name, code)| Refusal::invalid(format!("legs.{index}.{name}"), code))?;
    }
    Ok(())
}

fn check_leg(
    leg: &ItineraryLeg,
    today: Option<NaiveDate>,
) -> Result<(), (&'static str, &'static str)> {
    if !is_plausible_division(leg.division) {
        return Err(("division", "division_unknown"));
    }
    let near = |date: &NaiveDate| {
        today.is_none_or(|today| (*date - today).abs() <= Duration::days(MAX_DAYS_AWAY))
    };
    let from = day(&leg.from).ok_or(("from", "not_a_day"))?;
    let until = day(&leg.until).ok_or(("until", "not_a_day"))?;
    if !near(&from) {
        return Err(("from", "out_of_range"));
    }
    if !near(&until) {
        return Err(("until", "out_of_range"));
    }
    if until < from {
        return Err(("until", "before_from"));
    }
    if !TRANSPORTS.contains(&leg.transport.as_str()) {
        return Err(("transport", "unknown"));
    }
    let is_number = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | ' ' | '/');
    if leg.number.chars().count() > MAX_NUMBER_CHARS || !leg.number.chars().all(is_number) {
        return Err(("number", "not_a_number"));
    }
    Ok(())
}

/// A day in its one accepted form.
fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (day.format("%Y-%m-%d").to_string() == text).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::check;
    use health_code_core::wire::{Itinerary, ItineraryLeg};

    fn leg() -> ItineraryLeg {
        ItineraryLeg {
            division: 420_100,
            from: "2020-02-28".to_owned(),
            until: "2020-02-29".to_owned(),
            transport: "train".to_owned(),
            number: "G1234".to_owned(),
        }
    }

    #[test]
    fn each_member_is_checked_and_named() {
        let code = |leg: ItineraryLeg| {
            let legs = vec![self::leg(), leg];
            let refusal = check(&Itinerary { legs }, "2020-03-01").err();
            refusal.map(|refusal| format!("{refusal:?}"))
        };
        assert_eq!(code(leg()), None);
        let wrong = [
            (
                "legs.1.division",
                ItineraryLeg {
                    division: 1,
                    ..leg()
                },
            ),
            (
                "legs.1.from",
                ItineraryLeg {
                    from: "2020-02-30".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.from",
                ItineraryLeg {
                    from: "2020-2-28".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.from",
                ItineraryLeg {
                    from: "2010-02-28".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.until",
                ItineraryLeg {
                    until: "2020-02-27".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.until",
                ItineraryLeg {
                    until: "2030-02-27".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.transport",
                ItineraryLeg {
                    transport: "broom".to_owned(),
                    ..leg()
                },
            ),
            (
                "legs.1.number",
                ItineraryLeg {
                    number: "1".repeat(17),
                    ..leg()
                },
            ),
            (
                "legs.1.number",
                ItineraryLeg {
                    number: "G1\n".to_owned(),
                    ..leg()
                },
            ),
        ];
        for (place, leg) in wrong {
            let refusal = code(leg).expect("refused");
            assert!(refusal.contains(place), "{refusal}");
        }
        for count in [0, 51] {
            let legs = vec![leg(); count];
            assert!(check(&Itinerary { legs }, "2020-03-01").is_err());
        }
    }
}
