//! The day of the first positive test of somebody who recovered. No risk, but like one it counts for some time.

use super::Risk;
use super::day_told::{DayTold, day_of};

const MEMBER: &str = "daysSinceRecovery";

pub(super) static RECOVERY_DATE: DayTold = DayTold {
    id: "recoveryDate",
    member: MEMBER,
    seen: "recoveryDay",
    risks: &[Risk {
        id: "recovered",
        last_day: |declaration| day_of(declaration, MEMBER),
        carries: &["certificate", "report"],
    }],
};
