//! What an app asks before something is filed: pure functions, the same checks that filing makes.

use health_code_core::wire::TRANSPORTS;

/// Ids of the ways to travel that an itinerary's leg can name, in the order to show them.
#[uniffi::export]
pub fn transports() -> Vec<String> {
    TRANSPORTS.map(str::to_owned).to_vec()
}
