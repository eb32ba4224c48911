//! Deliberate faults of a phone, an authority or a disk: what the model must find, or it finds nothing.

/// What is wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// The phone takes an upload from the outbox when it sends it, not when it was answered.
    DropsBeforeAnswer,
    /// The phone sends an upload that got no answer again under another id.
    AsksAnew,
    /// The phone's last write before a kill was acknowledged and is not there.
    PhonesDiskLies,
    /// The authority's last write before its end was acknowledged and is not there.
    AuthoritysDiskLies,
    /// A receipt that the authority never made counts.
    TakesAnyReceipt,
    /// Whoever says that there is nothing to erase is believed.
    TakesAnyErasure,
    /// What is refused for good is told as an outage.
    RefusesAsBusy,
    /// No answer brings a nonce.
    WithholdsNonces,
}
