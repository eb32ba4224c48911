//! Whom HTTPS trusts, whoever speaks it: plain data, there also without the core's own transport.

crate::coded_errors! {
    /// Why there can be no HTTPS.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum HttpError {
        /// No certificate in the PEM text that can be used, or more than 64 of any kind.
        RootsInvalid => "http_roots_invalid";
        /// The system gave no thread or no socket poll.
        RuntimeFailed => "http_runtime_failed";
        /// The app built the core without its own network and brought none.
        NotBuiltIn => "http_not_built_in";
    }
}

/// Whom to trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpConfig {
    /// Certificates of the authorities that may vouch for the server, PEM. One that cannot be used is left out, which
    /// `HttpTransport::roots_left_out` tells.
    pub roots_pem: Vec<u8>,
    /// Narrows the roots down to those with a pinned key.
    pub pins: Option<SpkiPins>,
}

/// Pinned keys of certificate authorities: SHA-256 of the `SubjectPublicKeyInfo` in DER (RFC 7469, 2.4).
///
/// Only roots are compared, never what a server sends: a chain counts only if it ends in a pinned root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpkiPins {
    /// The key in use.
    pub primary: [u8; 32],
    /// The key that takes over if the primary is lost.
    pub backup: [u8; 32],
    /// When the pins no longer hold, Unix seconds: an app that is never updated must not lock itself out.
    pub expires_at: i64,
}
