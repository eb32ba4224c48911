//! Erasing a subject: the request that the device signs before it lets go of the key, and the receipt that the
//! authority signs for it.
//!
//! Invariant: a receipt holds the very text that the device signed, with its signature and key, within what the
//! authority signed; so that both can be checked later by anybody, with the trust bundle and nothing else. Pure.

use serde::{Deserialize, Serialize};

use super::{SignatureVerifier, SubjectId, device_id};
use crate::encoding::base64;
use crate::trust::{BundleError, DevicePublicKey, TrustBundle, open_bundle};
use crate::words::LocalizedText;

/// `typ` of a receipt for an erasing, JSON.
pub const ERASURE_TYPE: &str = "application/health-code-erasure+json";
/// The one method that a subject is erased by.
pub const ERASE_METHOD: &str = "DELETE";

/// `DELETE /v1/subjects/{s}`: 200, also where it had been done before.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErasureAnswer {
    /// Base64url COSE_Sign1 with an [`ErasureReceipt`] as JSON payload.
    pub receipt: String,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// What the authority says it erased, and what it keeps all the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErasureReceipt {
    /// Citizen's id.
    pub citizen_id: String,
    /// Who was erased.
    pub subject: SubjectId,
    /// What the device signed: the signature base of its request (RFC 9421, 2.5).
    pub request: String,
    /// The device's key, base64url.
    pub device_key: String,
    /// Its signature of `request`, base64url.
    pub device_signature: String,
    /// When it was erased, Unix seconds.
    pub erased_at: i64,
    /// Credentials that counted until then and were revoked.
    pub revoked_credentials: u32,
    /// What is kept, because a law or the safety of others asks for it.
    pub kept: Vec<KeptItem>,
}

impl ErasureReceipt {
    /// The receipt for a request that the device with `key` signed; it revokes and keeps nothing yet.
    #[must_use]
    pub fn answering(
        signed: &SignatureVerifier,
        key: &DevicePublicKey,
        citizen_id: String,
        subject: SubjectId,
        erased_at: i64,
    ) -> Self {
        Self {
            citizen_id,
            subject,
            request: signed.signed_text().to_owned(),
            device_key: base64::encode_url(key.as_bytes()),
            device_signature: base64::encode_url(signed.signature()),
            erased_at,
            revoked_credentials: 0,
            kept: Vec::new(),
        }
    }
}

impl std::fmt::Debug for ErasureReceipt {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ErasureReceipt(hidden)")
    }
}

/// Something that an authority keeps after an erasing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptItem {
    /// Stable id; an authority may have others than those of the protocol.
    pub what: String,
    /// Until when, Unix seconds.
    pub until: i64,
    /// What it is and why it is kept, in the authority's words.
    pub text: LocalizedText,
}

crate::coded_errors! {
    /// Why a receipt for an erasing does not count.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ErasureRefusal {
        /// Signed, but not a receipt for an erasing.
        Malformed => "erasure_receipt_malformed";
        /// The device did not sign what the receipt says it did.
        DeviceSignatureWrong => "erasure_device_signature_wrong";
        /// What the device signed does not ask to erase this subject.
        NotAsked => "erasure_not_asked";
    }
}

/// Opens a receipt and checks both signatures; `at` in Unix seconds. The error is a stable code.
///
/// # Errors
/// The code of a [`BundleError`] or an [`ErasureRefusal`].
pub fn open_erasure_receipt(
    bytes: &[u8],
    trust: &TrustBundle,
    at: i64,
) -> Result<ErasureReceipt, &'static str> {
    let signed = open_bundle(ERASURE_TYPE, bytes, trust, at);
    let signed = signed.map_err(|error: BundleError| error.code())?;
    let receipt: ErasureReceipt = crate::encoding::json::from_slice(signed.payload)
        .map_err(|_| ErasureRefusal::Malformed.code())?;
    check(&receipt).map_err(|refusal| refusal.code())?;
    Ok(receipt)
}

/// Checks the device's part.
fn check(receipt: &ErasureReceipt) -> Result<(), ErasureRefusal> {
    let malformed = ErasureRefusal::Malformed;
    let decode = |text: &str| base64::decode_url(text).ok_or(malformed);
    let key = decode(&receipt.device_key)?;
    let key = DevicePublicKey::from_bytes(&key).map_err(|_| malformed)?;
    let signature = decode(&receipt.device_signature)?;
    if !key.verify(receipt.request.as_bytes(), &signature) {
        return Err(ErasureRefusal::DeviceSignatureWrong);
    }
    let mut lines = receipt.request.lines();
    let asks = lines.next() == Some(&format!("\"@method\": {ERASE_METHOD}"));
    let path = lines.find_map(|line| line.strip_prefix("\"@path\": "));
    let is_of_subject = path.is_some_and(|path| path.ends_with(&receipt.subject.path()));
    let parameters = lines.last().unwrap_or_default();
    let is_of_device = parameters.contains(&format!(";keyid=\"{}\";", device_id(&key)));
    if asks && is_of_subject && is_of_device {
        Ok(())
    } else {
        Err(ErasureRefusal::NotAsked)
    }
}

crate::hidden_debug!(ErasureAnswer);

#[cfg(test)]
mod tests {
    use super::{ErasureReceipt, ErasureRefusal, SubjectId, check, open_erasure_receipt};
    use crate::trust::TrustBundle;

    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Vectors {
        root_key: String,
        trust_bundle: String,
        at: i64,
        cases: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        receipt: String,
        expect: String,
    }

    fn hex(text: &str) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    fn vectors() -> (Vectors, TrustBundle) {
        let json = include_str!("../../../tests/vectors/erasure.json");
        let vectors: Vectors = serde_json::from_str(json).unwrap();
        let root = hex(&vectors.root_key).try_into().unwrap();
        let trust = hex(&vectors.trust_bundle);
        let trust = TrustBundle::open(&trust, &root, vectors.at, 0).unwrap();
        (vectors, trust)
    }

    /// The cases are for other languages too: see docs/PROTOCOL.md.
    #[test]
    fn every_vector_comes_out_as_it_says() {
        let (vectors, trust) = vectors();
        for case in &vectors.cases {
            let found = open_erasure_receipt(&hex(&case.receipt), &trust, vectors.at);
            assert_eq!(found.err().unwrap_or("ok"), case.expect, "{}", case.name);
        }
        for refusal in ErasureRefusal::ENTRIES {
            assert!(vectors.cases.iter().any(|case| case.expect == refusal.code));
        }
    }

    #[test]
    fn what_was_signed_is_not_taken_for_something_else() {
        let (vectors, trust) = vectors();
        let good = open_erasure_receipt(&hex(&vectors.cases[0].receipt), &trust, vectors.at);
        let good = good.unwrap();
        let altered: [fn(&mut ErasureReceipt); 3] = [
            |it| it.request = it.request.replace("DELETE", "GET"),
            |it| it.device_key = "AAAA".to_owned(),
            |it| it.subject = SubjectId::parse("somebody-else").unwrap(),
        ];
        for alter in altered {
            let mut receipt = good.clone();
            alter(&mut receipt);
            assert!(check(&receipt).is_err());
        }
        assert_eq!(check(&good), Ok(()));
    }
}
