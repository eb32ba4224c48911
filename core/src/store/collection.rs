//! The kinds of records. Each has its own sealing key and its own space of names.

/// What a record belongs to.
///
/// Invariant: an id, once released, is never given to another collection (it is part of what is sealed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Collection {
    /// About the store itself.
    Meta = 1,
    /// Who the citizen is.
    Profile = 2,
    /// The device's key where the phone has no hardware for it, and its registration.
    Device = 3,
    /// Signed public bundles.
    Bundle = 4,
    /// The authority's last answer: receipt and credential.
    State = 5,
    /// What waits to be sent.
    Outbox = 6,
    /// Forms not yet finished.
    Draft = 7,
    /// What is known about the time.
    Time = 8,
}

impl Collection {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Meta,
        Self::Profile,
        Self::Device,
        Self::Bundle,
        Self::State,
        Self::Outbox,
        Self::Draft,
        Self::Time,
    ];

    /// The id that is sealed with each record: 1 to 8.
    #[must_use]
    pub const fn id(self) -> u8 {
        self as u8
    }
}
