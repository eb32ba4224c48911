//! What a guard can do so that the next scan says more: one act for each verdict, where there is one.
//!
//! Invariant: no act lets anybody in; it only leads to another scan, to the document, or to newer lists.

use serde::Serialize;

use super::Refusal;
use crate::words::{Language, screens::SCREENS};

crate::app_types! {
    describe as describe_verdict_act;

    /// What helps on.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum VerdictAct {
        /// The code was read badly: hold the phone closer.
        MoveCloser,
        /// It is another kind of code: have the health code opened.
        ShowHealthCode,
        /// It was shown before, or is a picture: have the app opened and the living code shown.
        ShowLiveCode,
        /// The person's phone needs the network once.
        ConnectTheirPhone,
        /// The code was made for another place.
        ShowForThisPlace,
        /// This checkpoint needs the network once.
        FetchLists,
        /// One of the two clocks is wrong.
        SetClock,
        /// This checkpoint does not know who made the code: the document must do.
        AskForDocument,
        /// A sheet of paper is its bearer's only where name and number agree with the document.
        CompareWithDocument,
        /// This sheet is over: a newer one, or the phone's code.
        ShowNewerSheet,
    }
}

impl VerdictAct {
    /// The act after an acceptance (no refusal) or a refusal; `status_checked` is the verdict's.
    #[must_use]
    pub const fn of(refusal: Option<Refusal>, status_checked: bool) -> Option<Self> {
        use Refusal as R;
        Some(match refusal {
            None if status_checked => return None,
            None | Some(R::TrustBundleExpired | R::PaperNeedsStatusList) => Self::FetchLists,
            Some(R::TooLong | R::NotAHealthCode) => Self::ShowHealthCode,
            Some(R::Base45 | R::NotCanonical | R::ClaimsInvalid) => Self::MoveCloser,
            Some(R::AlgorithmNotAllowed | R::IssuerUnknown | R::RegionEnded) => {
                Self::AskForDocument
            }
            Some(
                R::TrustBundleFromFuture
                | R::CredentialNotYetValid
                | R::PresentationFromFuture
                | R::PresentationOutsideCredential,
            ) => Self::SetClock,
            Some(R::CredentialExpired) => Self::ConnectTheirPhone,
            Some(R::PresentationTooOld | R::Replayed) => Self::ShowLiveCode,
            Some(R::WrongAudience) => Self::ShowForThisPlace,
            Some(R::PaperExpired | R::PaperRevoked) => Self::ShowNewerSheet,
            Some(R::PaperShownElsewhere | R::PaperShownAgain | R::CompareWithDocument) => {
                Self::CompareWithDocument
            }
            Some(
                R::IssuerKeyNotValid
                | R::CredentialSignature
                | R::PresentationSignature
                | R::Revoked
                | R::ColourNotAdmitted,
            ) => return None,
        })
    }

    const fn id(self) -> &'static str {
        match self {
            Self::MoveCloser => "checkpoint-act-move-closer",
            Self::ShowHealthCode => "checkpoint-act-show-health-code",
            Self::ShowLiveCode => "checkpoint-act-show-live-code",
            Self::ConnectTheirPhone => "checkpoint-act-connect-their-phone",
            Self::ShowForThisPlace => "checkpoint-act-show-for-this-place",
            Self::FetchLists => "checkpoint-act-fetch-lists",
            Self::SetClock => "checkpoint-act-set-clock",
            Self::AskForDocument => "checkpoint-act-ask-for-document",
            Self::CompareWithDocument => "checkpoint-act-compare-with-document",
            Self::ShowNewerSheet => "checkpoint-act-show-newer-sheet",
        }
    }

    /// The act in a sentence for the guard.
    #[must_use]
    pub fn text(self, language: Language) -> &'static str {
        SCREENS.text(self.id(), language).unwrap_or(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::super::VerdictLevel;
    use super::{Language, Refusal, VerdictAct};

    const REFUSALS: [Refusal; 28] = [
        Refusal::TooLong,
        Refusal::NotAHealthCode,
        Refusal::Base45,
        Refusal::NotCanonical,
        Refusal::ClaimsInvalid,
        Refusal::AlgorithmNotAllowed,
        Refusal::TrustBundleExpired,
        Refusal::TrustBundleFromFuture,
        Refusal::IssuerUnknown,
        Refusal::IssuerKeyNotValid,
        Refusal::RegionEnded,
        Refusal::CredentialSignature,
        Refusal::PresentationSignature,
        Refusal::CredentialNotYetValid,
        Refusal::CredentialExpired,
        Refusal::PaperExpired,
        Refusal::PresentationTooOld,
        Refusal::PresentationFromFuture,
        Refusal::PresentationOutsideCredential,
        Refusal::WrongAudience,
        Refusal::Revoked,
        Refusal::PaperRevoked,
        Refusal::PaperNeedsStatusList,
        Refusal::Replayed,
        Refusal::ColourNotAdmitted,
        Refusal::PaperShownElsewhere,
        Refusal::PaperShownAgain,
        Refusal::CompareWithDocument,
    ];

    fn each(check: impl Fn(Option<Refusal>, VerdictLevel, Option<VerdictAct>)) {
        assert_eq!(REFUSALS.len(), Refusal::ENTRIES.len());
        for refusal in REFUSALS.into_iter().map(Some).chain([None]) {
            let act = VerdictAct::of(refusal, true);
            check(refusal, VerdictLevel::of(refusal, None), act);
        }
    }

    #[test]
    fn who_cannot_tell_is_told_what_helps() {
        each(|refusal, level, act| {
            let needs_act = level == VerdictLevel::CannotTell;
            assert!(!needs_act || act.is_some(), "{refusal:?}");
        });
    }

    #[test]
    fn nothing_helps_against_a_forgery_or_a_revocation() {
        for refusal in [
            Refusal::CredentialSignature,
            Refusal::PresentationSignature,
            Refusal::Revoked,
        ] {
            assert_eq!(VerdictAct::of(Some(refusal), true), None);
        }
    }

    #[test]
    fn an_acceptance_without_lists_asks_for_them() {
        assert_eq!(VerdictAct::of(None, true), None);
        assert_eq!(VerdictAct::of(None, false), Some(VerdictAct::FetchLists));
    }

    #[test]
    fn every_act_has_words() {
        for language in Language::ALL {
            each(|refusal, _, act| {
                let Some(act) = act else { return };
                assert_ne!(act.text(language), act.id(), "{refusal:?} {language:?}");
            });
            assert_ne!(
                VerdictAct::FetchLists.text(language),
                VerdictAct::FetchLists.id()
            );
        }
    }
}
