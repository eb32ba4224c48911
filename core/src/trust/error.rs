//! Why something signed is not taken.

use crate::encoding::cbor::NotCanonical;

crate::coded_errors! {
    /// Why a signed bundle (trust bundle, status list, form, rule set, receipt) is not taken.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum BundleError {
        /// Over the cap.
        TooLarge => "bundle_too_large", "The data are too large.", "数据过大。";
        /// Not the deterministic CBOR of the protocol, or bytes follow.
        NotCanonical => "bundle_not_canonical", "The data are damaged or forged.", "数据已损坏或系伪造。";
        /// Another kind of bundle than asked for.
        WrongKind => "bundle_wrong_kind", "The data are of another kind.", "数据类型不符。";
        /// Not Ed25519.
        AlgorithmNotAllowed => "bundle_algorithm_not_allowed", "The data are signed in a way that is not allowed.", "数据的签名算法不被允许。";
        /// Signed by a key that is not known.
        SignerUnknown => "bundle_signer_unknown", "The data were not signed by a known authority.", "数据签名机构未知。";
        /// Signed by a key outside of its validity or revoked.
        SignerKeyNotValid => "bundle_signer_key_not_valid", "The key that signed the data is not valid.", "数据签名密钥无效。";
        /// The signature is wrong.
        SignatureWrong => "bundle_signature_wrong", "The data are forged or damaged: the signature is wrong.", "数据系伪造或已损坏：签名错误。";
        /// A value is outside of its range.
        ContentInvalid => "bundle_content_invalid", "The data hold a value that is not allowed.", "数据含有不允许的内容。";
        /// Past its end.
        Expired => "bundle_expired", "The data are out of date.", "数据已过期。";
        /// Older than what was taken before.
        RolledBack => "bundle_rolled_back", "The data are older than what this device already has.", "数据版本低于本机已有版本。";
    }
}

impl From<NotCanonical> for BundleError {
    fn from(_: NotCanonical) -> Self {
        Self::NotCanonical
    }
}
