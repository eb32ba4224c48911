//! The four answers of a checkpoint's screen: what a guard does, whatever the reason.
//!
//! Invariant: a refusal that may be the fault of clocks, of the camera or of lists that are missing here never counts against
//! the person: it cannot be told. Only what was proven wrong stops somebody.

use serde::Serialize;

use super::Refusal;
use crate::colour::Colour;

crate::app_types! {
    describe as describe_verdict_level;

    /// What to do with the person.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum VerdictLevel {
        /// Let in.
        Pass,
        /// Something more is needed: the live code, another place's, one sync, or what the colour asks for here.
        Check,
        /// Do not let in.
        Stop,
        /// Nothing can be said: scan again, set the clock, fetch the lists.
        CannotTell,
    }
}

impl VerdictLevel {
    /// The level of an acceptance (no refusal) or of a refusal; `local_colour` is what the code's colour counts as here.
    #[must_use]
    pub const fn of(refusal: Option<Refusal>, local_colour: Option<Colour>) -> Self {
        use Refusal as R;
        match refusal {
            None => Self::Pass,
            Some(R::ColourNotAdmitted) => match local_colour {
                Some(Colour::Red) => Self::Stop,
                Some(Colour::Green | Colour::Yellow) | None => Self::Check,
            },
            Some(
                R::CredentialExpired
                | R::PaperExpired
                | R::PresentationTooOld
                | R::WrongAudience
                | R::Replayed
                | R::PaperShownElsewhere
                | R::PaperShownAgain
                | R::CompareWithDocument,
            ) => Self::Check,
            Some(
                R::CredentialSignature
                | R::PresentationSignature
                | R::Revoked
                | R::PaperRevoked
                | R::RegionEnded
                | R::IssuerKeyNotValid,
            ) => Self::Stop,
            Some(
                R::TooLong
                | R::NotAHealthCode
                | R::Base45
                | R::NotCanonical
                | R::ClaimsInvalid
                | R::AlgorithmNotAllowed
                | R::TrustBundleExpired
                | R::TrustBundleFromFuture
                | R::IssuerUnknown
                | R::CredentialNotYetValid
                | R::PresentationFromFuture
                | R::PresentationOutsideCredential
                | R::PaperNeedsStatusList,
            ) => Self::CannotTell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Refusal, VerdictLevel};

    #[test]
    fn only_what_was_proven_wrong_stops() {
        let level = |refusal| VerdictLevel::of(Some(refusal), None);
        assert_eq!(
            VerdictLevel::of(None, Some(Colour::Green)),
            VerdictLevel::Pass
        );
        assert_eq!(level(Refusal::CredentialSignature), VerdictLevel::Stop);
        assert_eq!(level(Refusal::Revoked), VerdictLevel::Stop);
        for clock in [Refusal::PresentationFromFuture, Refusal::TrustBundleExpired] {
            assert_eq!(level(clock), VerdictLevel::CannotTell);
        }
        assert_eq!(level(Refusal::NotAHealthCode), VerdictLevel::CannotTell);
        assert_eq!(level(Refusal::PresentationTooOld), VerdictLevel::Check);
        assert_eq!(level(Refusal::CompareWithDocument), VerdictLevel::Check);
        assert_eq!(
            level(Refusal::PaperNeedsStatusList),
            VerdictLevel::CannotTell
        );
    }

    #[test]
    fn a_colour_that_is_not_admitted_asks_for_more_and_red_stops() {
        let level = |colour| VerdictLevel::of(Some(Refusal::ColourNotAdmitted), Some(colour));
        assert_eq!(level(Colour::Yellow), VerdictLevel::Check);
        assert_eq!(level(Colour::Red), VerdictLevel::Stop);
    }
}
