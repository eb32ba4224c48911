//! What an app supplies, and how the core reaches it.
//!
//! Invariant: whatever an app's callback throws becomes [`HostError::Failed`] or [`HostTransportError::Failed`]; its
//! text, which may hold a stack trace, is dropped. Calls take values and may come from any thread.

use std::path::Path;
use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::ports::{
    Clock, ClockReading, DeviceSigner, HttpRequest, HttpResponse, KeyGuard, MAX_RESPONSE_BYTES,
    PortError, SubjectKeys, Transport, TransportError,
};
use health_code_core::system::{FileKeyGuard, SystemClock, SystemEntropy};
use health_code_core::trust::DevicePublicKey;
use zeroize::Zeroizing;

use crate::error::{HealthCodeError, guarded};
use crate::handle::CancelToken;
use health_code_core::event::HealthCodeEvent;

/// Why an app's callback could not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Error)]
#[uniffi::export(Display)]
pub enum HostError {
    /// The key store is locked, was reset, or refuses this key.
    KeyUnavailable,
    /// The envelope was not made by this guard, or was altered.
    EnvelopeRefused,
    /// Anything else; also what an exception of another kind becomes.
    Failed,
}

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        PortError::from(*self).fmt(f)
    }
}

impl std::error::Error for HostError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

impl From<HostError> for PortError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::KeyUnavailable => Self::KeyUnavailable,
            HostError::EnvelopeRefused => Self::EnvelopeRefused,
            HostError::Failed => Self::HostFailed,
        }
    }
}

impl From<PortError> for HostError {
    fn from(error: PortError) -> Self {
        match error {
            PortError::KeyUnavailable => Self::KeyUnavailable,
            PortError::EnvelopeRefused => Self::EnvelopeRefused,
            PortError::EntropyUnavailable | PortError::HostFailed => Self::Failed,
        }
    }
}

/// Guards the key of the store: Android Keystore, iOS Keychain, a desktop's key store.
#[uniffi::export(foreign)]
pub trait HostKeyGuard: Send + Sync {
    /// Wraps 32 secret bytes into an envelope of at most 1,024 bytes. Called once, when the store is made.
    ///
    /// # Errors
    /// Any [`HostError`].
    fn wrap(&self, secret: Vec<u8>) -> Result<Vec<u8>, HostError>;
    /// Gives the bytes back. Called each time the store is opened.
    ///
    /// # Errors
    /// [`HostError::EnvelopeRefused`] for an envelope of another guard or an altered one.
    fn unwrap(&self, envelope: Vec<u8>) -> Result<Vec<u8>, HostError>;
}

/// A device key in hardware (P-256 in StrongBox, a trusted environment or the Secure Enclave), and one for each credential.
#[uniffi::export(foreign)]
pub trait HostDeviceSigner: Send + Sync {
    /// The public key. P-256: 33 or 65 bytes (SEC 1, 2.3.3; what iOS exports) or the 91 bytes of SubjectPublicKeyInfo
    /// (what Android's `PublicKey.encoded` gives). Ed25519: 32 bytes.
    ///
    /// # Errors
    /// Any [`HostError`].
    fn public_key(&self) -> Result<Vec<u8>, HostError>;
    /// Signs `message`. P-256: ECDSA with SHA-256 over the message, ASN.1 DER (what phones return) or 64 bytes
    /// `r || s`. Ed25519: 64 bytes.
    ///
    /// # Errors
    /// Any [`HostError`].
    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, HostError>;
    /// Whether the private key cannot leave the hardware.
    ///
    /// # Errors
    /// Any [`HostError`]; counts as no.
    fn is_hardware(&self) -> Result<bool, HostError>;
    /// The signer of the `number`th credential (from 1), where the hardware can make a key for each: then two codes do not
    /// tell that they are one phone's. The same number gives the same key, made when it is first asked for; of all others
    /// those of the numbers next to it are needed still, and of all that are less than `credential_slots` away. None: every code carries the device's own key.
    ///
    /// # Errors
    /// Any [`HostError`]: a key that was made cannot be reached now. Where one cannot be made, none is the answer.
    fn credential_signer(
        &self,
        number: u64,
    ) -> Result<Option<Arc<dyn HostDeviceSigner>>, HostError>;
    /// How many keys of credentials it can hold at once: half of them for credentials that are held, half for the next ones, 32 at
    /// most. With 1 to 3 credentials come one by one, and each is shown until the next one is there, so that doors can tell the
    /// showings in between for one phone's; with 16 a phone has eight at once and shows another one each time.
    ///
    /// # Errors
    /// Any [`HostError`]; counts as 1.
    fn credential_slots(&self) -> Result<u32, HostError>;
}

/// Keys of dependants in the hardware that holds the owner's, so that their codes are signed there as well. One of these is for one store.
#[uniffi::export(foreign)]
pub trait HostSubjectKeys: Send + Sync {
    /// The signer under `alias`, 32 lower-case hexadecimal digits at random, which tell nothing of whom it is for; its key is made when it is first
    /// asked for, and its keys of credentials are nobody else's. None where the hardware has no room for a further one: the core
    /// keeps a key in its store then.
    ///
    /// # Errors
    /// Any [`HostError`]: a key that is there cannot be reached now.
    fn subject_signer(&self, alias: String)
    -> Result<Option<Arc<dyn HostDeviceSigner>>, HostError>;
    /// Deletes what is held under other aliases than these, with the keys of their credentials; of the owner's nothing. Called when the
    /// store was opened and whenever somebody goes.
    ///
    /// # Errors
    /// Any [`HostError`]: it is told again at the next start.
    fn keep_subjects(&self, aliases: Vec<String>) -> Result<(), HostError>;
}

/// Receives events, each once, in order, on a thread of their own that holds none of the core's locks: calling
/// back into the core is allowed.
#[uniffi::export(foreign)]
pub trait HostObserver: Send + Sync {
    /// One event.
    ///
    /// # Errors
    /// An exception ends nothing: the next event comes all the same.
    fn on_event(&self, event: HealthCodeEvent) -> Result<(), HostError>;
}

/// The phone's clocks, for apps that test with a clock of their own; without it the system's are read.
#[uniffi::export(foreign)]
pub trait HostClock: Send + Sync {
    /// Reads both clocks.
    ///
    /// # Errors
    /// Any [`HostError`]; the system's clocks are read instead.
    fn read(&self) -> Result<ClockReading, HostError>;
}

/// One header of a request or an answer.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HostHeader {
    /// Name, lower case.
    pub name: String,
    /// Without line feeds.
    pub value: String,
}

/// An HTTP request, complete: add nothing but what HTTP itself needs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HostHttpRequest {
    /// `GET`, `PUT`, `POST` or `DELETE`; the last has no body.
    pub method: String,
    /// Absolute `https` URL.
    pub url: String,
    /// Headers, in order.
    pub headers: Vec<HostHeader>,
    /// Body; empty where there is none.
    pub body: Vec<u8>,
}

/// An HTTP answer.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct HostHttpResponse {
    /// Status code.
    pub status: u16,
    /// As they came; names in any case.
    pub headers: Vec<HostHeader>,
    /// Body, at most 2 MiB.
    pub body: Vec<u8>,
}

/// Why no usable HTTP answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Error)]
#[uniffi::export(Display)]
pub enum HostTransportError {
    /// No route, no name, refused or cut connection.
    Unreachable,
    /// The time given passed.
    DeadlinePassed,
    /// The token said stop.
    Cancelled,
    /// The server's certificate is not trusted.
    CertificateRefused,
    /// The answer is larger than 2 MiB.
    TooLarge,
    /// Not HTTP, or cut off.
    Malformed,
    /// Anything else; also what an exception of another kind becomes.
    Failed,
}

impl std::fmt::Display for HostTransportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        TransportError::from(*self).fmt(f)
    }
}

impl std::error::Error for HostTransportError {}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostTransportError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

impl From<HostTransportError> for TransportError {
    fn from(error: HostTransportError) -> Self {
        match error {
            HostTransportError::Unreachable | HostTransportError::Failed => Self::Unreachable,
            HostTransportError::DeadlinePassed => Self::DeadlinePassed,
            HostTransportError::Cancelled => Self::Cancelled,
            HostTransportError::CertificateRefused => Self::CertificateRefused,
            HostTransportError::TooLarge => Self::TooLarge,
            HostTransportError::Malformed => Self::Malformed,
        }
    }
}

/// The app's own network, where it must be used (a super app's, a company's). Follow no redirect, retry nothing.
#[uniffi::export(foreign)]
pub trait HostTransport: Send + Sync {
    /// Sends and waits, at most `timeout_ms`, until answered or `cancel` says so.
    ///
    /// # Errors
    /// Any [`HostTransportError`].
    fn send(
        &self,
        request: HostHttpRequest,
        timeout_ms: u64,
        cancel: Arc<CancelToken>,
    ) -> Result<HostHttpResponse, HostTransportError>;
}

/// A key guard whose key lies in a file that only its owner may read: for servers and tests, where there is no key
/// store. Whoever reads the file opens the store.
#[derive(uniffi::Object)]
pub struct CoreFileKeyGuard(FileKeyGuard);

#[uniffi::export]
impl CoreFileKeyGuard {
    /// Opens the key in `file`; makes it, with mode 600, if there is none.
    ///
    /// # Errors
    /// `Host`.
    #[uniffi::constructor]
    pub fn open(file: String) -> Result<Arc<Self>, HealthCodeError> {
        guarded(|| {
            let guard = FileKeyGuard::open(Path::new(&file), Arc::new(SystemEntropy))?;
            Ok(Arc::new(Self(guard)))
        })
    }

    /// As `HostKeyGuard.wrap`.
    ///
    /// # Errors
    /// Any [`HostError`].
    pub fn wrap(&self, secret: Vec<u8>) -> Result<Vec<u8>, HostError> {
        self.0.wrap(&secret).map_err(HostError::from)
    }

    /// As `HostKeyGuard.unwrap`.
    ///
    /// # Errors
    /// Any [`HostError`].
    pub fn unwrap(&self, envelope: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let secret = self.0.unwrap(&envelope).map_err(HostError::from)?;
        Ok(secret.to_vec())
    }
}

pub(crate) struct GuardAdapter(pub(crate) Arc<dyn HostKeyGuard>);

impl KeyGuard for GuardAdapter {
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, PortError> {
        Ok(self.0.wrap(secret.to_vec())?)
    }

    fn unwrap(&self, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError> {
        Ok(Zeroizing::new(self.0.unwrap(envelope.to_vec())?))
    }
}

pub(crate) struct SignerAdapter {
    host: Arc<dyn HostDeviceSigner>,
    public_key: DevicePublicKey,
}

impl SignerAdapter {
    /// Asks for the public key once: it does not change, and a call costs more than a signature's verification.
    pub(crate) fn new(host: Arc<dyn HostDeviceSigner>) -> Result<Self, PortError> {
        let public_key = device_public_key(&host.public_key()?).ok_or(PortError::KeyUnavailable)?;
        Ok(Self { host, public_key })
    }
}

impl DeviceSigner for SignerAdapter {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        Ok(self.public_key)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        Ok(self.host.sign(message.to_vec())?)
    }

    fn is_hardware(&self) -> bool {
        self.host.is_hardware().unwrap_or(false)
    }

    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        let Some(host) = self.host.credential_signer(number)? else {
            return Ok(None);
        };
        Ok(Some(Arc::new(Self::new(host)?)))
    }

    fn credential_slots(&self) -> u32 {
        self.host.credential_slots().unwrap_or(1)
    }
}

pub(crate) struct SubjectKeysAdapter(pub(crate) Arc<dyn HostSubjectKeys>);

impl SubjectKeys for SubjectKeysAdapter {
    fn subject_signer(&self, alias: &str) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        let Some(host) = self.0.subject_signer(alias.to_owned())? else {
            return Ok(None);
        };
        Ok(Some(Arc::new(SignerAdapter::new(host)?)))
    }

    fn keep_subjects(&self, aliases: &[String]) -> Result<(), PortError> {
        Ok(self.0.keep_subjects(aliases.to_vec())?)
    }
}

/// A public key in any of the forms that phones export.
fn device_public_key(bytes: &[u8]) -> Option<DevicePublicKey> {
    /// SubjectPublicKeyInfo of an uncompressed P-256 point (RFC 5480, 2), up to the point.
    const P256_SPKI: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    let bytes = bytes.strip_prefix(&P256_SPKI).unwrap_or(bytes);
    let [4, coordinates @ ..] = bytes else {
        return DevicePublicKey::from_bytes(bytes).ok();
    };
    let (x, y) = coordinates.split_at_checked(32)?;
    let [.., last] = y else { return None };
    if y.len() != 32 {
        return None;
    }
    let mut compressed = vec![2 | (last & 1)];
    compressed.extend_from_slice(x);
    DevicePublicKey::from_bytes(&compressed).ok()
}

pub(crate) struct ClockAdapter(pub(crate) Arc<dyn HostClock>);

impl Clock for ClockAdapter {
    fn read(&self) -> ClockReading {
        self.0.read().unwrap_or_else(|_| SystemClock.read())
    }
}

pub(crate) struct TransportAdapter(pub(crate) Arc<dyn HostTransport>);

impl Transport for TransportAdapter {
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        let header = |(name, value)| HostHeader { name, value };
        let request = HostHttpRequest {
            method: request.method,
            url: request.url,
            headers: request.headers.into_iter().map(header).collect(),
            body: request.body,
        };
        let answer = self.0.send(
            request,
            timeout_ms,
            Arc::new(CancelToken::with_handle(cancel)),
        )?;
        if answer.body.len() > MAX_RESPONSE_BYTES {
            return Err(TransportError::TooLarge);
        }
        let headers = answer.headers.into_iter();
        Ok(HttpResponse {
            status: answer.status,
            headers: headers
                .map(|header| (header.name.to_ascii_lowercase(), header.value))
                .collect(),
            body: answer.body,
        })
    }
}

health_code_core::hidden_debug!(HostHeader, HostHttpRequest, HostHttpResponse);

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use health_code_core::trust::DevicePublicKey;

    use super::device_public_key;

    /// The base point of P-256 (SP 800-186, 3.2.1.3): y is odd.
    const X: &str = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
    const Y: &str = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    #[test]
    fn keys_in_every_form_that_phones_export() {
        let spki = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
        let compressed = HEXLOWER.decode(format!("03{X}").as_bytes()).expect("hex");
        let expected = DevicePublicKey::from_bytes(&compressed).ok();
        assert!(expected.is_some());
        let forms = [
            format!("03{X}"),
            format!("04{X}{Y}"),
            format!("{spki}04{X}{Y}"),
        ];
        for form in forms {
            let mut bytes = HEXLOWER.decode(form.as_bytes()).expect("hex");
            assert_eq!(device_public_key(&bytes), expected, "{form}");
            bytes.push(0);
            assert_eq!(device_public_key(&bytes), None, "{form}");
        }
        assert!(matches!(
            device_public_key(&[7; 32]),
            Some(DevicePublicKey::Ed25519(_))
        ));
        assert_eq!(device_public_key(&[]), None);
        assert_eq!(device_public_key(&[4]), None);
    }
}
