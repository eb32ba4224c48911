//! The day of the last dose of a vaccine. No risk, but like one it counts for some time.

use super::Risk;
use super::day_told::{DayTold, day_of};

const MEMBER: &str = "daysSinceVaccination";

pub(super) static VACCINATION_DATE: DayTold = DayTold {
    id: "vaccinationDate",
    member: MEMBER,
    seen: "vaccinationDay",
    risks: &[Risk {
        id: "vaccinated",
        last_day: |declaration| day_of(declaration, MEMBER),
        carries: &["certificate", "report", "vaccinationDose"],
    }],
};
