//! What the authority last signed about the citizen, for capabilities: verified, and nothing more than that.
//!
//! Invariant: what does not verify now is not here.

use std::sync::Arc;

use super::verified::HeldTrust;
use super::{CitizenError, HealthCode};
use crate::colour::Colour;
use crate::trust::Scheme;
use crate::wire::Receipt;

/// See the module.
pub(crate) struct Signed {
    pub(crate) receipt: Option<Receipt>,
    /// Scheme and colour of the code, or why there is none.
    pub(crate) code: Result<(Scheme, Colour), CitizenError>,
    /// The authority's division; none before the registration was answered.
    pub(crate) division: Option<u32>,
    /// While it counts.
    pub(crate) trust: Option<Arc<HeldTrust>>,
}

impl HealthCode {
    /// As of now.
    ///
    /// # Errors
    /// `Store`.
    pub(crate) fn signed(&self) -> Result<Signed, CitizenError> {
        let snapshot = self.snapshot(self.now().at_secs())?;
        let held = snapshot.credential.as_ref();
        Ok(Signed {
            receipt: snapshot.receipt().cloned(),
            code: held
                .map(|held| (held.claims.scheme, held.claims.colour))
                .map_err(Clone::clone),
            division: snapshot.registration.as_ref().map(|it| it.division),
            trust: snapshot.trust.clone(),
        })
    }
}
