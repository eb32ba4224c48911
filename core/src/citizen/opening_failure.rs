//! What an app shows that could not open its store: what happened, what is kept, and what can be done.
//!
//! Invariant: deleting is offered only where nothing on this phone can bring the data back, or where it may be so: a key
//! store does not say whether it is locked or has lost the key. Made from a stable code alone: it opens and deletes nothing.

use serde::Serialize;

use crate::ports::PortError;
use crate::store::StoreError;
use crate::words::{self, LanguageTag};

crate::app_types! {
    describe as describe_opening_failure;

    /// What kept the store from opening.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum OpeningFailureKind {
        /// The phone's key store does not give the key: it is locked, or has lost it. Trying again comes first.
        KeyUnavailable,
        /// The key that the data was sealed with is gone.
        KeyLost,
        /// The stored data is damaged.
        StoreDamaged,
        /// A newer version of the app wrote the data.
        StoreNewer,
        /// The phone has no free space.
        NoSpace,
        /// The data is open elsewhere.
        InUse,
        /// Something else.
        Other,
    }

    /// What an app shows that could not open its store.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OpeningFailure {
        /// What kept it from opening.
        pub kind: OpeningFailureKind,
        /// What happened, in a few words.
        pub title: String,
        /// What is kept and what can be done, in sentences.
        pub text: String,
        /// Whether trying again may help.
        pub can_retry: bool,
        /// Whether to offer deleting everything and starting anew (`danger_reset`); the citizen then registers again, at the
        /// authority's desk where it knows the old phone.
        pub can_reset: bool,
    }
}

impl OpeningFailureKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::KeyUnavailable,
        Self::KeyLost,
        Self::StoreDamaged,
        Self::StoreNewer,
        Self::NoSpace,
        Self::InUse,
        Self::Other,
    ];

    /// What a stable code means that opening ended in.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        let is = |errors: &[StoreError]| errors.iter().any(|error| error.code() == code);
        if code == PortError::KeyUnavailable.code() || is(&[StoreError::KeyUnavailable]) {
            Self::KeyUnavailable
        } else if code == PortError::EnvelopeRefused.code()
            || is(&[
                StoreError::KeyRefused,
                StoreError::EnvelopeMissing,
                StoreError::EnvelopeDamaged,
            ])
        {
            Self::KeyLost
        } else if is(&[
            StoreError::RecordAltered,
            StoreError::RecordsLost,
            StoreError::RolledBack,
            StoreError::AnchorDamaged,
            StoreError::Damaged,
            StoreError::NoMigration,
        ]) {
            Self::StoreDamaged
        } else if is(&[StoreError::NewerSchema, StoreError::RecordUnreadable])
            || code == super::CitizenFault::RecordUnreadable.code()
        {
            Self::StoreNewer
        } else if is(&[StoreError::DiskFull]) {
            Self::NoSpace
        } else if is(&[StoreError::AlreadyOpen]) {
            Self::InUse
        } else {
            Self::Other
        }
    }

    /// Id of its text; the title is its attribute.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::KeyUnavailable => "opening-key_unavailable",
            Self::KeyLost => "opening-key_lost",
            Self::StoreDamaged => "opening-store_damaged",
            Self::StoreNewer => "opening-store_newer",
            Self::NoSpace => "opening-no_space",
            Self::InUse => "opening-in_use",
            Self::Other => "opening-other",
        }
    }

    const fn can_retry(self) -> bool {
        matches!(
            self,
            Self::KeyUnavailable | Self::NoSpace | Self::InUse | Self::Other
        )
    }

    const fn can_reset(self) -> bool {
        matches!(
            self,
            Self::KeyUnavailable | Self::KeyLost | Self::StoreDamaged
        )
    }
}

/// What to show for a stable code that opening ended in, in the reader's language.
#[must_use]
pub fn opening_failure(code: &str, language: &LanguageTag) -> OpeningFailure {
    let kind = OpeningFailureKind::of_code(code);
    let text = |id: &str| {
        words::text(id, language.words())
            .unwrap_or_default()
            .to_owned()
    };
    OpeningFailure {
        kind,
        title: text(&format!("{}.title", kind.text_id())),
        text: text(kind.text_id()),
        can_retry: kind.can_retry(),
        can_reset: kind.can_reset(),
    }
}

#[cfg(test)]
mod tests {
    use super::{OpeningFailureKind as Kind, opening_failure};
    use crate::store::StoreError;
    use crate::words::Language;

    #[test]
    fn every_code_of_the_store_has_its_screen() {
        for language in Language::ALL {
            for entry in StoreError::ENTRIES {
                let shown = opening_failure(entry.code, &language.into());
                assert!(!shown.title.is_empty() && !shown.text.is_empty());
                let is_both = shown.can_retry && shown.can_reset;
                assert_eq!(
                    is_both,
                    shown.kind == Kind::KeyUnavailable,
                    "{}",
                    entry.code
                );
            }
        }
    }

    #[test]
    fn deleting_is_offered_only_where_nothing_else_helps() {
        for (code, kind, can_reset) in [
            ("store_key_unavailable", Kind::KeyUnavailable, true),
            ("key_unavailable", Kind::KeyUnavailable, true),
            ("store_key_refused", Kind::KeyLost, true),
            ("store_envelope_missing", Kind::KeyLost, true),
            ("store_records_lost", Kind::StoreDamaged, true),
            ("store_damaged", Kind::StoreDamaged, true),
            ("store_newer_schema", Kind::StoreNewer, false),
            ("store_disk_full", Kind::NoSpace, false),
            ("store_already_open", Kind::InUse, false),
            ("store_io_failed", Kind::Other, false),
            ("no such code", Kind::Other, false),
        ] {
            let shown = opening_failure(code, &Language::English.into());
            assert_eq!((shown.kind, shown.can_reset), (kind, can_reset), "{code}");
        }
    }
}
