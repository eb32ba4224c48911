//! Why a code has its colour, as the code carries it, if policy asks for it: a number that a later version may have added.
//!
//! Invariant: every number is carried as it came. It only informs: no verdict depends on it.

use crate::colour::Reason;

/// A reason's number in a code, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReasonNumber(u8);

impl ReasonNumber {
    /// The code does not say.
    pub const WITHHELD: Self = Self(u8::MAX);

    /// The reason that the number `number` stands for, known here or not.
    #[must_use]
    pub const fn new(number: u8) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The reason; none where this version does not know it.
    #[must_use]
    pub const fn known(self) -> Option<Reason> {
        Reason::from_number(self.0)
    }

    /// The reason's id; `other` where this version does not know it, none where the code does not say.
    #[must_use]
    pub const fn id(self) -> Option<&'static str> {
        match self.known() {
            Some(reason) => Some(reason.id()),
            None if self.0 == Self::WITHHELD.0 => None,
            None => Some(super::OTHER),
        }
    }
}

impl From<Reason> for ReasonNumber {
    fn from(reason: Reason) -> Self {
        Self(reason as u8)
    }
}
