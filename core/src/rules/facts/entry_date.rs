//! The day of an entry from abroad. What was told with it of stays counts as long as it does.

use super::Risk;
use super::day_told::{DayTold, day_of};

const MEMBER: &str = "daysSinceEntry";

pub(super) static ENTRY_DATE: DayTold = DayTold {
    id: "entryDate",
    member: MEMBER,
    seen: "entryDay",
    risks: &[Risk {
        id: "entry",
        last_day: |declaration| day_of(declaration, MEMBER),
        carries: &["stayCountry", "stayDays"],
    }],
};
