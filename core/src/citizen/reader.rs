//! Who reads what is shown: the language that the app set, and the sentences made in it.
//!
//! Invariant: what is shown after a change of language is in the new one. It does not stay on the phone: an app sets it
//! each time it opens.

use std::sync::{Arc, Mutex};

use fluent_bundle::FluentArgs;

use super::{HealthCode, lock};
use crate::words::{self, Language, LanguageTag};

/// See the module.
pub(super) struct Reader {
    /// One for all subjects of a phone: who reads is who holds it.
    language: Arc<Mutex<Arc<LanguageTag>>>,
    /// The last sentence about check-ins, and what it was made of: formatting takes longer than all else in a view.
    check_ins: Mutex<Option<(CheckIns, String)>>,
}

/// Language, days done, days required.
type CheckIns = (Language, u32, u32);

impl Reader {
    pub(super) fn new(language: LanguageTag) -> Self {
        Self {
            language: Arc::new(Mutex::new(Arc::new(language))),
            check_ins: Mutex::default(),
        }
    }

    /// The same reader, for another subject's views.
    pub(super) fn of_another_subject(&self) -> Self {
        Self {
            language: Arc::clone(&self.language),
            check_ins: Mutex::default(),
        }
    }

    /// How far the daily check-ins are.
    pub(super) fn check_ins(&self, done: u32, required: u32, language: Language) -> String {
        let of = (language, done, required);
        let mut kept = lock(&self.check_ins);
        match &*kept {
            Some((known, text)) if *known == of => text.clone(),
            _ => {
                let mut arguments = FluentArgs::new();
                arguments.set("done", done);
                arguments.set("required", required);
                arguments.set("left", required.saturating_sub(done));
                let text = words::format("check-ins", &arguments, language);
                kept.insert((of, text.unwrap_or_default())).1.clone()
            }
        }
    }
}

impl HealthCode {
    /// The language of what the citizen reads.
    #[must_use]
    pub fn language(&self) -> Arc<LanguageTag> {
        Arc::clone(&lock(&self.reader.language))
    }

    /// Sets it: a BCP 47 tag, as [`LanguageTag::new`] reads it. What is asked for from now on is in it.
    pub fn set_language(&self, tag: &str) {
        *lock(&self.reader.language) = Arc::new(LanguageTag::new(tag));
    }
}
