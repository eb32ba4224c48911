//! What a decision does to the facts: it strikes off what is wrong and adds what is missing.
//!
//! Invariant: a decision names facts and never a colour; which facts can be added is a closed list, of which each can only speak
//! for the citizen. Pure.

use serde::{Deserialize, Serialize};

use super::evidence::is_sha256;
use super::wire::AppealOutcome;
use crate::identity::parse_date;
use crate::rules::{DeclaredFacts, RuleError};

/// Why an appeal was decided so: a closed list for officers; a phone shows the words of one that it does not know.
pub const DECISION_REASONS: [(&str, bool); 9] = [
    ("record_wrong", true),
    ("record_of_another_person", true),
    ("record_missing", true),
    ("answer_mistaken", true),
    ("evidence_convinces", true),
    ("rules_applied_rightly", false),
    ("evidence_not_enough", false),
    ("evidence_not_readable", false),
    ("about_something_else", false),
];
/// Who reported a fact that a decision added, as far as the appeal's id: `appeal/<id>`. No laboratory has this id.
pub const APPEAL_REPORTER: &str = "appeal";
/// Most doses that are believed.
const MAX_DOSES: u8 = 99;

/// Something about the facts that a decision corrects. The colour follows from what is left, by the rules.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "strike", rename_all = "camelCase", deny_unknown_fields)]
pub enum FactCorrection {
    /// The order of two officers that is the end of the subject's chain.
    Order {
        /// Hex head of the chain that it made.
        head: String,
    },
    /// One answer in every declaration up to a day.
    Declared {
        /// Member of the declaration in the evidence, such as `contact`.
        member: String,
        /// The last such day of receipt, `YYYY-MM-DD`.
        until: String,
    },
}

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AddedFact {
    /// A negative test whose sample was taken on that day.
    NegativeTest,
    /// A dose of a vaccine on that day.
    Vaccinated,
    /// Recovered, with a first positive test on that day.
    Recovered,
    /// A contact or a stay that was declared ended on that day, and not later.
    ExposureEnded,
}

impl AddedFact {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::NegativeTest,
        Self::Vaccinated,
        Self::Recovered,
        Self::ExposureEnded,
    ];

    /// As in the JSON and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::NegativeTest => "negativeTest",
            Self::Vaccinated => "vaccinated",
            Self::Recovered => "recovered",
            Self::ExposureEnded => "exposureEnded",
        }
    }
}

/// A fact that a decision adds. The colour follows from it with all others, by the rules.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FactAddition {
    /// What.
    pub fact: AddedFact,
    /// Of which local day, `YYYY-MM-DD`.
    pub day: String,
    /// Which dose, of [`AddedFact::Vaccinated`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose: Option<u8>,
}

impl FactAddition {
    /// Whether it can be.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let dose_fits = match (self.fact, self.dose) {
            (AddedFact::Vaccinated, Some(dose)) => (1..=MAX_DOSES).contains(&dose),
            (_, dose) => dose.is_none(),
        };
        dose_fits && parse_date(&self.day).is_some()
    }

    /// As the rules are told of it, by the appeal of this id: as of a laboratory's report.
    ///
    /// None of [`AddedFact::ExposureEnded`], which is told of what was declared.
    #[must_use]
    pub fn told(&self, appeal: &str) -> Option<DeclaredFacts> {
        let member = match self.fact {
            AddedFact::NegativeTest => "daysSinceNegativeTest",
            AddedFact::Vaccinated => "daysSinceVaccination",
            AddedFact::Recovered => "daysSinceRecovery",
            AddedFact::ExposureEnded => return None,
        };
        let told = DeclaredFacts::nothing_told(&self.day)
            .with(member, 0)
            .with("report", reported_by(appeal));
        Some(match self.dose {
            Some(dose) => told.with("vaccinationDose", dose),
            None => told,
        })
    }

    /// What it makes of a declaration: the declaration as it counts, and what the rules are told with it. None where it says
    /// nothing of it.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`].
    pub fn ended(
        &self,
        declaration: &DeclaredFacts,
        appeal: &str,
    ) -> Result<Option<(DeclaredFacts, DeclaredFacts)>, RuleError> {
        if self.fact != AddedFact::ExposureEnded {
            return Ok(None);
        }
        let ended = declaration.with_exposure_ended(&self.day)?;
        Ok(ended.map(|(declaration, told)| {
            let told = told.with("report", reported_by(appeal));
            (declaration, told)
        }))
    }
}

/// What stands as the report of a fact that the decision on this appeal added.
fn reported_by(appeal: &str) -> String {
    format!("{APPEAL_REPORTER}/{appeal}")
}

/// Whether `reason` is of the closed list and fits `outcome`, and what is corrected and added fits both.
#[must_use]
pub fn decision_fits(
    outcome: AppealOutcome,
    reason: &str,
    corrections: &[FactCorrection],
    additions: &[FactAddition],
) -> bool {
    let known = DECISION_REASONS.iter().find(|(id, _)| *id == reason);
    let grants = match outcome {
        AppealOutcome::Upheld | AppealOutcome::Partly => true,
        AppealOutcome::Rejected => false,
        AppealOutcome::Other => return false,
    };
    let changes_nothing = corrections.is_empty() && additions.is_empty();
    known.is_some_and(|(_, of_granted)| *of_granted == grants) && changes_nothing != grants
}

impl FactCorrection {
    /// Whether it can be.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        match self {
            Self::Order { head } => is_sha256(head),
            Self::Declared { member, until } => {
                crate::rules::is_declared_member(member) && parse_date(until).is_some()
            }
        }
    }
}

crate::hidden_debug!(FactCorrection, FactAddition);
