//! Signatures and nonces, checked as a real authority does.

use super::answers::header;
use super::{BASE_URL, Inner};
use crate::encoding::base64;
use crate::ports::HttpRequest;
use crate::trust::DevicePublicKey;
use crate::wire::{
    self, CredentialRequest, ProblemKind, RegistrationRequest, RequestParts, SignatureVerifier,
};

pub(super) fn read_signature(
    request: &HttpRequest,
    target: &str,
) -> Result<SignatureVerifier, ProblemKind> {
    SignatureVerifier::parse(
        &parts(request, target),
        header(request, wire::CONTENT_DIGEST_HEADER),
        header(request, wire::SIGNATURE_INPUT_HEADER),
        header(request, wire::SIGNATURE_HEADER),
    )
    .map_err(|_| ProblemKind::SignatureRefused)
}

/// The key that signed, if signature, nonce and device hold.
pub(super) fn check_signature(
    request: &HttpRequest,
    target: &str,
    inner: &mut Inner,
) -> Result<DevicePublicKey, ProblemKind> {
    let verifier = read_signature(request, target)?;
    if !inner.nonces.remove(&verifier.nonce) {
        return Err(ProblemKind::NonceRequired);
    }
    if target == wire::SUBJECTS_PATH {
        let registration: RegistrationRequest =
            serde_json::from_slice(&request.body).map_err(|_| ProblemKind::Malformed)?;
        let bytes =
            base64::decode_url(&registration.device.public_key).ok_or(ProblemKind::Malformed)?;
        let key = DevicePublicKey::from_bytes(&bytes).map_err(|_| ProblemKind::Malformed)?;
        let verified = verifier.verify(&key);
        return verified
            .map(|()| key)
            .map_err(|_| ProblemKind::SignatureRefused);
    }
    let device = inner.device.filter(|key| verifier.is_by(Some(key)));
    device.ok_or(ProblemKind::DeviceUnknown)
}

fn parts<'a>(request: &'a HttpRequest, target: &'a str) -> RequestParts<'a> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    RequestParts {
        method: &request.method,
        authority: BASE_URL.trim_start_matches("https://"),
        path,
        query,
        body: &request.body,
    }
}

/// The keys that are offered for credentials, if all of them are proven.
pub(super) fn offered_keys(
    request: &HttpRequest,
    target: &str,
) -> Result<Vec<DevicePublicKey>, ProblemKind> {
    let verifier = read_signature(request, target)?;
    let text = wire::proof_text(&parts(request, target), &verifier.key_id, &verifier.nonce);
    let offered: CredentialRequest =
        serde_json::from_slice(&request.body).map_err(|_| ProblemKind::Malformed)?;
    let keys = offered.keys.iter().map(|one| {
        let key = one.key().filter(|key| one.proves(key, &text));
        key.ok_or(ProblemKind::Invalid)
    });
    let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(ProblemKind::Invalid);
    }
    Ok(keys)
}
