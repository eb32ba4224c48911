//! Who is let in: allowances, places, and fresh nonces.
//!
//! Invariant: knows devices by their id, clients by their address and requests by their nonce, and nothing of what is
//! asked. Speaks no HTTP: what a refusal looks like is for `http` to say.

mod limits;
mod nonces;
mod tries;

use std::sync::Arc;

use health_code_core::ports::{Clock, Entropy};

pub(crate) use limits::{Limits, NoPlace, TooMany};
pub(crate) use nonces::{NonceRefusal, Nonces};
pub(crate) use tries::Tries;

use crate::config::Config;
use crate::errors::AuthorityError;

/// Allowances and nonces of one running server.
#[derive(Debug)]
pub(crate) struct Admission {
    pub(crate) limits: Limits,
    pub(crate) nonces: Nonces,
    pub(crate) tries: Tries,
}

impl Admission {
    /// With full allowances and a fresh key for nonces.
    ///
    /// # Errors
    /// [`AuthorityError::NoEntropy`].
    pub(crate) fn new(
        config: &Config,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
    ) -> Result<Self, AuthorityError> {
        Ok(Self {
            limits: Limits::new(config, clock),
            nonces: Nonces::new(entropy)?,
            tries: Tries::new(config.refused_registrations_per_day),
        })
    }
}
