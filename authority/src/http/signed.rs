//! Who signed a request.
//!
//! Invariant: what is handed on was signed by the named device over exactly these bytes, with a nonce of ours
//! that nobody used before. A nonce is taken only once the signature holds, so nobody can use up another's.

use std::net::{IpAddr, Ipv4Addr};

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderName, Request, header};
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{
    CONTENT_DIGEST_HEADER, JSON, ProblemKind, RequestParts, SIGNATURE_HEADER,
    SIGNATURE_INPUT_HEADER, SignatureVerifier, SubjectId, proof_text,
};

use super::refusal::Refusal;
use super::{Client, MAX_PUBLICATION_BYTES};
use crate::app::App;
use crate::cases::devices::Device;

/// A request whose body was read whole.
pub(crate) struct Received {
    parts: Parts,
    pub(crate) body: Bytes,
    pub(crate) address: IpAddr,
}

impl Received {
    /// Takes the body, which the frame around all routes has read up to the route's own cap.
    pub(crate) async fn read(request: Request<Body>) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, MAX_PUBLICATION_BYTES)
            .await
            .map_err(|_| Refusal::from(ProblemKind::TooLarge))?;
        let client = parts.extensions.get::<Client>();
        let address = client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.address);
        Ok(Self {
            parts,
            body,
            address,
        })
    }

    /// Value of a header that is there exactly once and is text.
    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        let mut values = self.parts.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }

    /// Refuses any body that does not say it is JSON.
    pub(crate) fn require_json(&self) -> Result<(), Refusal> {
        self.require_type(JSON)
    }

    /// Refuses any body that does not say it is of this type.
    pub(crate) fn require_type(&self, wanted: &str) -> Result<(), Refusal> {
        let content_type = self.header(&header::CONTENT_TYPE).unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case(wanted) {
            Ok(())
        } else {
            Err(ProblemKind::UnsupportedMediaType.into())
        }
    }

    /// The query, as sent; empty where there is none.
    pub(crate) fn query(&self) -> &str {
        self.parts.uri.query().unwrap_or_default()
    }

    /// The last segment of the path, as sent.
    pub(crate) fn last_segment(&self) -> &str {
        let path = self.parts.uri.path();
        path.rsplit('/').next().unwrap_or_default()
    }

    /// The last segment of the path as a UUIDv7 in lower case.
    pub(crate) fn id_in_path(&self) -> Result<[u8; 16], Refusal> {
        crate::officers::uuid_v7(self.last_segment())
            .ok_or_else(|| Refusal::field("id", "not_uuid_v7"))
    }

    /// Checks the signature of a registered device and counts the request against it.
    pub(crate) async fn by_registered_device(&self, app: &App) -> Result<Device, Refusal> {
        let limits = &app.admission.limits;
        let verifier = self.signature(app)?;
        let is_known = app.authority.devices.knows(&verifier.key_id);
        limits.may_verify(self.address, &verifier.key_id, is_known)?;
        let checked = Self::registered_device(app, &verifier).await;
        if checked.is_ok() {
            limits.count_device(&verifier.key_id)?;
        } else {
            let known = is_known.then_some(verifier.key_id.as_str());
            limits.count_wrong_signature(self.address, known)?;
        }
        checked
    }

    /// As [`Received::by_registered_device`], for the subject that the path names: as whom the device acts. One that is not
    /// this device's is refused in the same words as one that cannot be.
    pub(crate) async fn for_subject(&self, app: &App) -> Result<(Device, SubjectId), Refusal> {
        let device = self.by_registered_device(app).await?;
        let subject = SubjectId::of_path(self.parts.uri.path());
        let subject = subject.ok_or(ProblemKind::SubjectUnknown)?;
        Ok(app.authority.acting(device, subject).await?)
    }

    /// As [`Received::for_subject`], for a subject that may be nobody's yet.
    pub(crate) async fn for_new_subject(&self, app: &App) -> Result<(Device, SubjectId), Refusal> {
        let device = self.by_registered_device(app).await?;
        let subject = SubjectId::of_path(self.parts.uri.path());
        Ok((device, subject.ok_or(ProblemKind::SubjectUnknown)?))
    }

    /// The subject to erase, and the signature, which counts against the address and is for the use case to check: the
    /// key may be gone by now. No nonce of ours is in it.
    pub(crate) fn erasing(&self, app: &App) -> Result<(SubjectId, SignatureVerifier), Refusal> {
        app.admission.limits.count_address(self.address)?;
        let signed = self.read_signature()?;
        let subject = SubjectId::of_path(self.parts.uri.path());
        Ok((subject.ok_or(ProblemKind::SubjectUnknown)?, signed))
    }

    /// Checks the signature with a key that the body itself names, and counts against the address.
    pub(crate) fn by_key(&self, app: &App, key: &DevicePublicKey) -> Result<(), Refusal> {
        let verifier = self.signature(app)?;
        app.admission.limits.count_address(self.address)?;
        Self::accept(app, &verifier, key)
    }

    async fn registered_device(app: &App, verifier: &SignatureVerifier) -> Result<Device, Refusal> {
        let device = app.authority.signed_by(verifier).await?;
        Self::take_nonce(app, verifier)?;
        Ok(device)
    }

    /// Reads the signature and looks at its nonce, which costs next to nothing and is what a phone without a nonce asks for.
    fn signature(&self, app: &App) -> Result<SignatureVerifier, Refusal> {
        let read = self.read_signature().and_then(|verifier| {
            let now = app.monotonic_ms();
            app.admission.nonces.check(&verifier.nonce, now)?;
            Ok(verifier)
        });
        if read.is_err() {
            app.admission.limits.count_read(self.address)?;
        }
        read
    }

    /// What keys sign that this request offers for credentials.
    pub(crate) fn key_proof_text(&self) -> Result<String, Refusal> {
        let signed = self.read_signature()?;
        let (device_id, nonce) = (&signed.key_id, &signed.nonce);
        Ok(proof_text(&self.signed_parts()?, device_id, nonce))
    }

    fn read_signature(&self) -> Result<SignatureVerifier, Refusal> {
        let text = |name| {
            self.header(&HeaderName::from_static(name))
                .ok_or(ProblemKind::SignatureRefused)
        };
        SignatureVerifier::parse(
            &self.signed_parts()?,
            text(CONTENT_DIGEST_HEADER)?,
            text(SIGNATURE_INPUT_HEADER)?,
            text(SIGNATURE_HEADER)?,
        )
        .map_err(|_| ProblemKind::SignatureRefused.into())
    }

    fn signed_parts(&self) -> Result<RequestParts<'_>, Refusal> {
        let uri = &self.parts.uri;
        let authority = uri
            .authority()
            .map(axum::http::uri::Authority::as_str)
            .or_else(|| self.header(&header::HOST))
            .ok_or(ProblemKind::Malformed)?;
        Ok(RequestParts {
            method: self.parts.method.as_str(),
            authority,
            path: uri.path(),
            query: self.query(),
            body: &self.body,
        })
    }

    fn accept(
        app: &App,
        verifier: &SignatureVerifier,
        key: &DevicePublicKey,
    ) -> Result<(), Refusal> {
        verifier
            .verify(key)
            .map_err(|_| ProblemKind::SignatureRefused)?;
        Self::take_nonce(app, verifier)
    }

    fn take_nonce(app: &App, verifier: &SignatureVerifier) -> Result<(), Refusal> {
        let nonces = &app.admission.nonces;
        Ok(nonces.take(&verifier.nonce, app.monotonic_ms())?)
    }
}
