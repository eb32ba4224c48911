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
        ClaimsOutOfRange => "code_claims_out_of_range", "A value does not fit into a health code.", "有内容超出健康码格式允许的范围。";
        /// The stored credential cannot be read.
        CredentialMalformed => "code_credential_malformed", "The stored credential cannot be read. A new one is needed.", "存储的凭证无法读取，需要重新获取。";
        /// The place id is not 1 to 16 characters of `A-Z`, `0-9`, `-`.
        AudienceInvalid => "code_audience_invalid", "The place code is not valid.", "场所码无效。";
        /// The credential names another key than the signer's.
        SignerMismatch => "code_signer_mismatch", "The credential belongs to another phone.", "该凭证属于另一部手机。";
        /// The phone's key did not sign.
        SignerFailed => "code_signer_failed", "The phone's key could not sign.", "手机密钥无法签名。";
    }
}

crate::coded_errors! {
    /// Why a checkpoint refuses a code, in the order of checking.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Refusal {
        /// More than 512 characters.
        TooLong => "code_too_long", "This is too long for a health code.", "内容过长，不是健康码。";
        /// Does not start with `JKM1:`.
        NotAHealthCode => "not_a_health_code", "This is not a health code.", "这不是健康码。";
        /// Not base45 (RFC 9285).
        Base45 => "code_base45_invalid", "The code is damaged: its text cannot be decoded.", "健康码已损坏：文本无法解码。";
        /// Not the deterministic CBOR of the protocol, or bytes follow.
        NotCanonical => "code_not_canonical", "The code is damaged or forged: it does not have the one allowed form.", "健康码已损坏或系伪造：编码形式不符。";
        /// A value is outside of its range.
        ClaimsInvalid => "code_claims_invalid", "The code holds a value that is not allowed.", "健康码含有不允许的内容。";
        /// A signature algorithm that is not the one for its key.
        AlgorithmNotAllowed => "code_algorithm_not_allowed", "The code is signed in a way that is not allowed.", "健康码的签名算法不被允许。";
        /// The checkpoint's own trust bundle is too old to be believed.
        TrustBundleExpired => "trust_bundle_expired", "This checkpoint's list of authorities is out of date. Update it.", "本查验点的发码机构名单已过期，请更新。";
        /// No region of the trust bundle has this issuer key.
        IssuerUnknown => "issuer_unknown", "The code was not issued by a known authority.", "发码机构未知。";
        /// The key is known, but not valid for this credential.
        IssuerKeyNotValid => "issuer_key_not_valid", "The authority's key is not valid for this code.", "发码机构的密钥对该健康码无效。";
        /// The region's codes were ended by a sunset order.
        RegionEnded => "region_ended", "This region's health codes have ended.", "该地区健康码已停用。";
        /// The issuer's signature is wrong.
        CredentialSignature => "credential_signature_wrong", "The code is forged or damaged: the authority's signature is wrong.", "健康码系伪造或已损坏：发码机构签名错误。";
        /// The device's signature is wrong.
        PresentationSignature => "presentation_signature_wrong", "The code was not made by the phone that it was issued to.", "该健康码并非由所签发的手机生成。";
        /// Issued in the future.
        CredentialNotYetValid => "credential_not_yet_valid", "The code is not valid yet.", "健康码尚未生效。";
        /// Past its end, outage grace included.
        CredentialExpired => "credential_expired", "The code has expired. The phone must go online once.", "健康码已过期，手机需要联网更新。";
        /// Shown longer ago than the policy accepts: a screenshot, or a stopped screen.
        PresentationTooOld => "presentation_too_old", "This picture is too old. Ask for the live code.", "二维码已失效，请出示实时健康码。";
        /// Signed for a moment that has not come.
        PresentationFromFuture => "presentation_from_future", "The phone's or the checkpoint's clock is wrong.", "手机或查验点的时钟有误。";
        /// Signed outside of the credential's own time.
        PresentationOutsideCredential => "presentation_outside_credential", "The picture was made outside of the code's time of validity.", "二维码生成时间不在健康码有效期内。";
        /// Made for another place.
        WrongAudience => "wrong_audience", "The code was made for another place.", "该健康码是为其他场所生成的。";
        /// On the issuer's status list.
        Revoked => "credential_revoked", "The code was revoked.", "健康码已被吊销。";
        /// Seen at this checkpoint before.
        Replayed => "presentation_replayed", "This very picture was shown here before. Wait for the next one.", "该二维码已在此使用过，请等待刷新。";
        /// Genuine, but its colour does not admit here.
        ColourNotAdmitted => "colour_not_admitted", "The code is genuine; its colour does not admit here.", "健康码真实有效，但其颜色不允许通行。";
    }
}

impl From<NotCanonical> for Refusal {
    fn from(_: NotCanonical) -> Self {
        Self::NotCanonical
    }
}
