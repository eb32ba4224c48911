//! Why something signed is not taken.

use crate::encoding::cbor::NotCanonical;

crate::coded_errors! {
    /// Why a signed bundle (trust bundle, status list, form, rule set, receipt) is not taken.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum BundleError {
        /// Over the cap.
        TooLarge => "bundle_too_large";
        /// Not the deterministic CBOR of the protocol, or bytes follow.
        NotCanonical => "bundle_not_canonical";
        /// Another kind of bundle than asked for.
        WrongKind => "bundle_wrong_kind";
        /// Not Ed25519.
        AlgorithmNotAllowed => "bundle_algorithm_not_allowed";
        /// Signed by a key that is not known.
        SignerUnknown => "bundle_signer_unknown";
        /// Signed by a key outside of its time, or one that is revoked now.
        SignerKeyNotValid => "bundle_signer_key_not_valid";
        /// The signature is wrong.
        SignatureWrong => "bundle_signature_wrong";
        /// A value is outside of its range.
        ContentInvalid => "bundle_content_invalid";
        /// Dated ahead of now, by more than clocks may be apart.
        FromFuture => "bundle_from_future";
        /// Past its end.
        Expired => "bundle_expired";
        /// Older than what was taken before.
        RolledBack => "bundle_rolled_back";
        /// A status list that follows on others, some of which are missing.
        DeltaGap => "bundle_delta_gap";
    }
}

impl From<NotCanonical> for BundleError {
    fn from(_: NotCanonical) -> Self {
        Self::NotCanonical
    }
}
