//! Everything a host must supply, in one file.
//!
//! Invariant: the core reads time, randomness, keys and the network only through these traits.
//! All are synchronous, take values, return `Result`, and may be called from any thread.

use std::sync::Arc;

use serde::Serialize;

use zeroize::Zeroizing;

use crate::cancel::CancelHandle;
use crate::event::HealthCodeEvent;
use crate::trust::DevicePublicKey;

crate::coded_errors! {
    /// Why a host's port could not do what it was asked.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum PortError {
        /// The host's key store is locked, was reset, or refuses this key.
        KeyUnavailable => "key_unavailable";
        /// The envelope was not made by this guard, or was altered.
        EnvelopeRefused => "key_envelope_refused";
        /// No randomness could be had.
        EntropyUnavailable => "entropy_unavailable";
        /// The host's callback failed in a way it does not explain.
        HostFailed => "host_failed";
    }
}

crate::app_types! {
    describe as describe_clock_reading;

    /// One look at the phone's clocks, taken together.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ClockReading {
        /// Wall clock, milliseconds since 1970-01-01T00:00Z. The user can set it to anything.
        pub wall_ms: i64,
        /// Milliseconds since an arbitrary point of this boot, counting sleep; never goes back.
        pub monotonic_ms: u64,
        /// Names the boot: two readings with different values cannot be compared on `monotonic_ms`.
        pub boot_id: u64,
    }
}

/// The phone's clocks.
pub trait Clock: Send + Sync {
    /// Reads both clocks.
    fn read(&self) -> ClockReading;
}

/// The phone's randomness.
pub trait Entropy: Send + Sync {
    /// Fills `out` with random bytes.
    ///
    /// # Errors
    /// [`PortError::EntropyUnavailable`].
    fn fill(&self, out: &mut [u8]) -> Result<(), PortError>;
}

/// Wraps the store's master key with a key that the host's key store guards
/// (Android Keystore, iOS Keychain).
pub trait KeyGuard: Send + Sync {
    /// Wraps `secret` (32 bytes) into an envelope of at most 1,024 bytes. Called when a store is made and whenever somebody is
    /// erased, whose key goes with the records.
    ///
    /// # Errors
    /// Any [`PortError`].
    fn wrap(&self, secret: &[u8]) -> Result<Vec<u8>, PortError>;
    /// Unwraps an envelope made by [`KeyGuard::wrap`].
    ///
    /// # Errors
    /// [`PortError::EnvelopeRefused`] for an envelope of another guard or an altered one.
    fn unwrap(&self, envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, PortError>;
}

/// A device key that the host's hardware holds (P-256: Secure Enclave and `StrongBox` offer no other).
pub trait DeviceSigner: Send + Sync {
    /// The public key.
    ///
    /// # Errors
    /// Any [`PortError`].
    fn public_key(&self) -> Result<DevicePublicKey, PortError>;
    /// Signs `message` (hashed by the signer with SHA-256 for P-256).
    ///
    /// P-256: either 64 bytes `r || s` or ASN.1 DER (what phones return); the core makes it low-S.
    /// Ed25519: 64 bytes.
    ///
    /// # Errors
    /// Any [`PortError`].
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError>;
    /// Whether the private key cannot leave the hardware.
    fn is_hardware(&self) -> bool;
    /// The signer of the `number`th credential (from 1), for one that can make a key for each, so that two credentials do
    /// not tell that they are one phone's. None, as here: every code carries the device's own key, by which doors that
    /// pool what they scanned can follow the phone.
    ///
    /// The same number gives the same key. Where one is asked for, those whose numbers are [`DeviceSigner::credential_slots`] or
    /// more away, and at least 2, are needed no more.
    ///
    /// # Errors
    /// Any [`PortError`].
    fn credential_signer(&self, number: u64) -> Result<Option<Arc<dyn DeviceSigner>>, PortError> {
        let _ = number;
        Ok(None)
    }
    /// How many keys of credentials it can hold at once, for one that makes them: half of them for credentials that are held, the
    /// other half for the next ones. Up to 3, as here: each credential comes alone, and is shown until the next one is there.
    fn credential_slots(&self) -> u32 {
        1
    }
}

/// Keys of others on this phone than its owner, in the hardware that holds the owner's; of one store alone.
pub trait SubjectKeys: Send + Sync {
    /// The signer under `alias` (32 lower-case hexadecimal digits, random: they tell nothing of whom it is for), whose key is made
    /// when it is first asked for. It makes keys of credentials of its own, which are nobody else's. None where the hardware has room
    /// for no further one: then the core keeps a key in its store.
    ///
    /// # Errors
    /// Any [`PortError`]: a key that is there cannot be reached now.
    fn subject_signer(&self, alias: &str) -> Result<Option<Arc<dyn DeviceSigner>>, PortError>;
    /// Deletes what it holds under other aliases than these, with the keys of their credentials. Of the owner's nothing.
    ///
    /// # Errors
    /// Any [`PortError`]; it is told again at the next start.
    fn keep_subjects(&self, aliases: &[String]) -> Result<(), PortError>;
}

/// An HTTP request, complete: the transport adds nothing but what HTTP itself needs.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET`, `PUT`, `POST` or `DELETE`; the last has no body.
    pub method: String,
    /// Absolute `https` URL.
    pub url: String,
    /// Names in lower case, in order.
    pub headers: Vec<(String, String)>,
    /// Body; empty where there is none.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for HttpRequest {
    /// Address, headers and body tell who asks, and what for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpRequest({}, hidden)", self.method)
    }
}

/// An HTTP answer.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body, cut off with an error by the transport above [`MAX_RESPONSE_BYTES`].
    pub body: Vec<u8>,
}

impl std::fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HttpResponse({}, hidden)", self.status)
    }
}

/// Largest answer a transport may hand over, in bytes.
pub const MAX_RESPONSE_BYTES: usize = 2 * 1024 * 1024;

crate::coded_errors! {
    /// Why no usable HTTP answer came.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum TransportError {
        /// No route, no name, refused or cut connection.
        Unreachable => "network_unreachable";
        /// The deadline passed.
        DeadlinePassed => "network_deadline_passed";
        /// The caller cancelled.
        Cancelled => "cancelled";
        /// The server's certificate is not one that this app trusts.
        CertificateRefused => "network_certificate_refused";
        /// The server's certificate is not valid yet, or no longer, at the time that it was judged by.
        CertificateTime => "network_certificate_time";
        /// The answer is larger than the cap.
        TooLarge => "network_answer_too_large";
        /// Not HTTP, or cut off in the middle.
        Malformed => "network_answer_malformed";
    }
}

/// Carries one request to the server and its answer back. It does not retry and follows no redirect.
pub trait Transport: Send + Sync {
    /// Sends and waits, at most `timeout_ms`, until answered or cancelled.
    ///
    /// # Errors
    /// Any [`TransportError`].
    fn send(
        &self,
        request: HttpRequest,
        timeout_ms: u64,
        cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError>;
}

/// Receives events, on a thread that holds none of the core's locks.
pub trait Observer: Send + Sync {
    /// One event. Must return soon.
    fn on_event(&self, event: HealthCodeEvent);
}
