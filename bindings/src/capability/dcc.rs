//! EU certificates for apps.

use health_code_core::capability::dcc::{
    DccComparison, DccKind, DccLevel, DccLine, DccNameView, DccPart, DccSending, DccStatus,
    DccStep, DccView, DccsView,
};

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_dcc_kind!();
health_code_core::describe_dcc_names!();
health_code_core::describe_dcc_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// Looks at the text of a scanned code: what it says, whether a key of the list signed it, whether it counts here, whose it is.
    /// Works offline and keeps nothing; what is wrong with it is in the view.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn read_dcc(&self, text: String) -> Result<DccView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.read_dcc(&text)?))
    }

    /// Keeps a certificate, sealed; the same again is the same. Gives its id.
    ///
    /// # Errors
    /// `Session` with a code `dcc_...` for a text that is no certificate and where no more are kept; `Store`, `Sync`.
    pub fn keep_dcc(&self, text: String) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.keep_dcc(&text)?))
    }

    /// The certificates that are kept, as they stand now. Works offline.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn dccs(&self) -> Result<DccsView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.dccs()?))
    }

    /// Hands a kept certificate in, to be delivered once. `names_confirmed`: the citizen saw both names, which are not the same, and
    /// says that it is theirs. Works offline. Gives the upload's id; one that waits already is the same.
    ///
    /// # Errors
    /// `Session` before a registration, and with a code `dcc_...` where names are not confirmed or it does not hold; `Store`, `Sync`.
    pub fn submit_dcc(&self, id: String, names_confirmed: bool) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.submit_dcc(&id, names_confirmed)?))
    }

    /// Removes a certificate from this phone, and from the authority where it was handed in. Works offline.
    ///
    /// # Errors
    /// `Session` with `dcc_unknown`; `Store`, `Sync`.
    pub fn remove_dcc(&self, id: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.remove_dcc(&id)?))
    }
}
