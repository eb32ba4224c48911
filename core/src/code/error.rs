//! Every named failure of this floor: of making codes, of checking them.
//!
//! Invariant: the variants of [`Refusal`] stand in the order in which a verifier must check
//! (docs/PROTOCOL.md, "Checking"): the first that applies is the one reported.

use crate::encoding::cbor::NotCanonical;

crate::coded_errors! {
    /// Why a credential or a presentation could not be made.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CodeError {
        /// A claim is outside of what the format carries.
        ClaimsOutOfRange => "code_claims_out_of_range";
        /// The stored credential cannot be read.
        CredentialMalformed => "code_credential_malformed";
        /// The place id is not 1 to 16 characters of `A-Z`, `0-9`, `-`.
        AudienceInvalid => "code_audience_invalid";
        /// The credential names another key than the signer's.
        SignerMismatch => "code_signer_mismatch";
        /// The phone's key did not sign.
        SignerFailed => "code_signer_failed";
    }
}

crate::coded_errors! {
    describe as describe_refusal;

    /// Why a checkpoint refuses a code, in the order of checking.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    pub enum Refusal {
        /// More than 512 characters.
        TooLong => "code_too_long";
        /// Does not start with `JKM1:`.
        NotAHealthCode => "not_a_health_code";
        /// Not base45 (RFC 9285).
        Base45 => "code_base45_invalid";
        /// Not the deterministic CBOR of the protocol, or bytes follow.
        NotCanonical => "code_not_canonical";
        /// A value is outside of its range.
        ClaimsInvalid => "code_claims_invalid";
        /// A signature algorithm that is not the one for its key.
        AlgorithmNotAllowed => "code_algorithm_not_allowed";
        /// The checkpoint's own trust bundle is too old to be believed.
        TrustBundleExpired => "trust_bundle_expired";
        /// The checkpoint's clock is behind the signing of its own trust bundle.
        TrustBundleFromFuture => "trust_bundle_from_future";
        /// No region of the trust bundle has this issuer key.
        IssuerUnknown => "issuer_unknown";
        /// The key is known, but not valid for this credential.
        IssuerKeyNotValid => "issuer_key_not_valid";
        /// The region's codes were ended by a sunset order.
        RegionEnded => "region_ended";
        /// The issuer's signature is wrong.
        CredentialSignature => "credential_signature_wrong";
        /// The device's signature is wrong.
        PresentationSignature => "presentation_signature_wrong";
        /// Issued in the future.
        CredentialNotYetValid => "credential_not_yet_valid";
        /// Past its end, outage grace included.
        CredentialExpired => "credential_expired";
        /// A sheet of paper past its end.
        PaperExpired => "paper_expired";
        /// Shown longer ago than the policy accepts: a screenshot, or a stopped screen.
        PresentationTooOld => "presentation_too_old";
        /// Signed for a moment that has not come.
        PresentationFromFuture => "presentation_from_future";
        /// Signed outside of the credential's own time.
        PresentationOutsideCredential => "presentation_outside_credential";
        /// Made for another place.
        WrongAudience => "wrong_audience";
        /// On the issuer's status list.
        Revoked => "credential_revoked";
        /// A sheet of paper on the issuer's status list: another one took its place, or the colour changed.
        PaperRevoked => "paper_revoked";
        /// A sheet of paper says nothing without a status list that counts, and there is none.
        PaperNeedsStatusList => "paper_needs_status_list";
        /// Seen at this checkpoint before.
        Replayed => "presentation_replayed";
        /// Genuine, but its colour does not admit here.
        ColourNotAdmitted => "colour_not_admitted";
        /// A sheet of paper that another door saw within the last minute: one of the two is a copy.
        PaperShownElsewhere => "paper_shown_elsewhere";
        /// A sheet of paper that was shown here within the last minute.
        PaperShownAgain => "paper_shown_again";
        /// A sheet of paper that holds: its bearer is let in once name and number agree with the document.
        CompareWithDocument => "compare_with_document";
    }
}

impl From<NotCanonical> for Refusal {
    fn from(_: NotCanonical) -> Self {
        Self::NotCanonical
    }
}
