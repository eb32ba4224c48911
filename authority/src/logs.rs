//! Logs: one JSON line per event on standard error.
//!
//! Invariant: no id of a citizen or device, no body, no path, no query, no panic message reaches a log; a request
//! is named by its route's template and a random id.

use tracing_subscriber::EnvFilter;

use crate::errors::AuthorityError;

/// Starts logging with `filter` (the syntax of `tracing`); for the process, once.
///
/// # Errors
/// [`AuthorityError::ConfigInvalid`] for a filter that cannot be read.
pub(crate) fn start(filter: &str) -> Result<(), AuthorityError> {
    let filter = EnvFilter::try_new(filter).map_err(|_| AuthorityError::ConfigInvalid {
        at: "log".to_owned(),
    })?;
    // A second call in one process keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
    // The default hook prints the panic's message, which may quote the value that caused it.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |location| {
            format!("{}:{}", location.file(), location.line())
        });
        tracing::error!(place, "panic");
    }));
    Ok(())
}
