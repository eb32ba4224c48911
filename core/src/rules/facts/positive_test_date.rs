//! The day on which the sample of a positive test was taken.

use super::Risk;
use super::day_told::{DayTold, day_of};

const MEMBER: &str = "daysSincePositiveTest";

pub(super) static POSITIVE_TEST_DATE: DayTold = DayTold {
    id: "positiveTestDate",
    member: MEMBER,
    seen: "positiveTestDay",
    risks: &[Risk {
        id: "positiveTest",
        last_day: |declaration| day_of(declaration, MEMBER),
        carries: &["report"],
    }],
};
