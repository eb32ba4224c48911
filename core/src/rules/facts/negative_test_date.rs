//! The day on which the sample of a negative test was taken. No risk, but like one it counts for some time.

use super::Risk;
use super::day_told::{DayTold, day_of};

const MEMBER: &str = "daysSinceNegativeTest";

pub(super) static NEGATIVE_TEST_DATE: DayTold = DayTold {
    id: "negativeTestDate",
    member: MEMBER,
    seen: "negativeTestDay",
    risks: &[Risk {
        id: "negativeTest",
        last_day: |declaration| day_of(declaration, MEMBER),
        carries: &["certificate", "report"],
    }],
};
