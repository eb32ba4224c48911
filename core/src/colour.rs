//! The three colours and the closed list of reasons. What a citizen is told of them stands in [`crate::words`].
//!
//! Invariant: a reason's number, once released, never changes its meaning; there is no free-text reason. A reason that a
//! later version added is carried ([`ReasonId`]); a colour that is not known restricts, so it is refused.

mod reason_id;
mod reason_texts;

use serde::{Deserialize, Serialize};

pub use reason_id::{NotAReasonId, ReasonId};
pub use reason_texts::{ReasonText, ReasonTexts};

use crate::words::{self, Language};

crate::app_types! {
    describe as describe_colours;

    /// The colour of a health code, ordered from least to most restrictive.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Colour {
        /// Move freely.
        Green,
        /// Stay at home for the time given; daily check-ins.
        Yellow,
        /// Isolation; daily check-ins.
        Red,
    }
}

impl Colour {
    /// All, least restrictive first.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];
    /// Number in the code: 0, 1, 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
    /// The colour with this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Green),
            1 => Some(Self::Yellow),
            2 => Some(Self::Red),
            _ => None,
        }
    }
    /// The colour with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.id() == id)
    }
    /// Stable lower-case id: `green`, `yellow`, `red`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
    /// The colour's word; spoken and written beside the colour.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        words::text(self.text_id(), language).unwrap_or(self.id())
    }
    /// Id of its texts: the word itself, its attributes `title` and `spoken`.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Green => "colour-green",
            Self::Yellow => "colour-yellow",
            Self::Red => "colour-red",
        }
    }
    /// A shape that tells the colour without colour: circle, triangle, square.
    #[must_use]
    pub const fn shape(self) -> char {
        match self {
            Self::Green => '●',
            Self::Yellow => '▲',
            Self::Red => '■',
        }
    }
}

macro_rules! reasons {
    ($( $(#[$meta:meta])* $variant:ident = $number:literal, $id:literal; )*) => {
        // In the order of their numbers, from 0: a test holds it.
        $crate::app_types! {
            describe as describe_reason;

            /// Why a code has its colour: a closed list.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[serde(rename_all = "snake_case")]
            #[repr(u8)]
            pub enum Reason { $( $(#[$meta])* $variant ),* }
        }
        impl Reason {
            /// All, by number.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),* ];
            /// The reason with this number.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number { $( $number => Some(Self::$variant), )* _ => None }
            }
            /// The reason with this id.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $( $id => Some(Self::$variant), )* _ => None }
            }
            /// Stable snake_case id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id ),* }
            }
            /// The reason in a sentence.
            #[must_use]
            pub fn text(self, language: Language) -> &'static str {
                let id = match self { $( Self::$variant => concat!("reason-", $id) ),* };
                words::text(id, language).unwrap_or(self.id())
            }
            /// What to do, in a sentence.
            #[must_use]
            pub fn instruction(self, language: Language) -> &'static str {
                let id = match self { $( Self::$variant => concat!("reason-", $id, ".instruction") ),* };
                words::text(id, language).unwrap_or_default()
            }
        }
    };
}

reasons! {
    /// Nothing speaks against a green code.
    Clear = 0, "clear";
    /// No valid health declaration.
    NotDeclared = 1, "not_declared";
    /// A declared symptom.
    SymptomsDeclared = 2, "symptoms_declared";
    /// Fever, declared or found by a clinic.
    Fever = 3, "fever";
    /// Close contact of a confirmed case.
    CloseContact = 4, "close_contact";
    /// Confirmed case.
    Confirmed = 5, "confirmed";
    /// Suspected case.
    Suspected = 6, "suspected";
    /// Infection without symptoms.
    Asymptomatic = 7, "asymptomatic";
    /// Stay in a high-risk place.
    HighRiskPlace = 8, "high_risk_place";
    /// Stay in a medium-risk place.
    MediumRiskPlace = 9, "medium_risk_place";
    /// Arrival from abroad.
    ArrivedFromAbroad = 10, "arrived_from_abroad";
    /// Check-in streak still running.
    CheckInsRunning = 11, "check_ins_running";
    /// A required test is overdue.
    TestOverdue = 12, "test_overdue";
    /// Published exposure list names a place and time of yours.
    ExposureMatched = 13, "exposure_matched";
    /// An earlier measure was lifted.
    MeasureLifted = 14, "measure_lifted";
    /// An error of the authority was put right.
    ErrorCorrected = 15, "error_corrected";
}

#[cfg(test)]
mod tests {
    use super::{Colour, Reason};

    #[test]
    fn numbers_and_ids_are_one_to_one() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_number(colour.number()), Some(colour));
        }
        assert_eq!(Colour::from_number(3), None);
        for (number, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(usize::from(*reason as u8), number);
            assert_eq!(Reason::from_number(*reason as u8), Some(*reason));
            assert_eq!(Reason::from_id(reason.id()), Some(*reason));
            let json = serde_json::to_string(reason).expect("a reason is a string");
            assert_eq!(json, format!("\"{}\"", reason.id()));
        }
        assert_eq!(Reason::from_number(200), None);
    }
}
