//! Who is let in: allowances, places, and fresh nonces.
//!
//! Invariant: knows devices by their id, clients by their address and requests by their nonce, and nothing of what is
//! asked. Speaks no HTTP: what a refusal looks like is for `http` to say.

mod client_address;
mod connections;
mod limits;
mod nonces;
mod shares;
mod tries;

use std::sync::Arc;

use health_code_core::ports::{Clock, Entropy};

pub(crate) use client_address::{ForwardedHeader, TrustedProxies};
pub(crate) use connections::{LastRequest, PlaceAcceptor};
pub(crate) use limits::{Limits, TooMany};
pub(crate) use nonces::{NonceRefusal, Nonces};
pub(crate) use shares::NoPlace;
pub(crate) use tries::{Tries, TryingDevice};

use crate::config::Config;
use crate::errors::AuthorityError;

/// Allowances and nonces of one running server.
#[derive(Debug)]
pub(crate) struct Admission {
    pub(crate) limits: Limits,
    pub(crate) nonces: Nonces,
    pub(crate) tries: Tries,
    pub(crate) proxies: TrustedProxies,
    pub(crate) forwarded_header: ForwardedHeader,
}

impl Admission {
    /// With full allowances and a fresh key for nonces.
    ///
    /// # Errors
    /// [`AuthorityError::NoEntropy`], [`AuthorityError::ConfigInvalid`].
    pub(crate) fn new(
        config: &Config,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
    ) -> Result<Self, AuthorityError> {
        Ok(Self {
            limits: Limits::new(config, clock),
            nonces: Nonces::new(entropy)?,
            tries: Tries::new(config.refused_registrations_per_day),
            proxies: config.proxies()?,
            forwarded_header: config.forwarded()?,
        })
    }
}
