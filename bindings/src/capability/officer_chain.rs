//! The chain of changes of a colour for apps.

use health_code_core::capability::officer_chain::{
    ChainAlarmKind, ChainAlarmView, ChainState, ChangeSeal, ChangeView, ChangesView, OfficerView,
};
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::trust::ColourWords;

use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_chain_alarm!();
health_code_core::describe_chain_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// Every change of the colour that the authority entered in the chain, newest first, whether each holds, and what was noticed.
    ///
    /// # Errors
    /// `Store`.
    pub fn changes(&self) -> Result<ChangesView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.changes()?))
    }

    /// Marks alarms about the chain as read, by their ids. Tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_chain_alarms_read(&self, ids: Vec<String>) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.mark_chain_alarms_read(&ids)?))
    }
}
