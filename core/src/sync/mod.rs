//! Outbox, sync machine, HTTP.
