//! What an app asks before something is filed: pure functions, the same checks that filing makes.

use health_code_core::form::FieldError;
use health_code_core::wire::{Correction, MAX_STATEMENT_CHARS, TRANSPORTS};
use health_code_core::words::LanguageTag;

/// Most characters of an objection's statement.
#[uniffi::export]
pub fn objection_max_chars() -> u32 {
    u32::try_from(MAX_STATEMENT_CHARS).unwrap_or(u32::MAX)
}

/// What is wrong with an objection's statement; none where it can be sent.
#[uniffi::export]
pub fn check_objection(statement: String, language: String) -> Option<FieldError> {
    let refused = Correction::check_statement(&statement).err();
    refused.map(|refused| refused.in_words(&LanguageTag::new(&language)))
}

/// Ids of the ways to travel that an itinerary's leg can name, in the order to show them.
#[uniffi::export]
pub fn transports() -> Vec<String> {
    TRANSPORTS.map(str::to_owned).to_vec()
}
