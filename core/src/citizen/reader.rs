//! Who reads what is shown: the language that the app set, and the sentences made in it.
//!
//! Invariant: what is shown after a change of language is in the new one. It does not stay on the phone: an app sets it
//! each time it opens.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;

use super::check_ins::CheckIns;
use super::snapshot::HeldColour;
use super::way_to_green::WayToGreen;
use super::{CheckInsView, HealthCode, Recomputation, WayToGreenView, lock};
use crate::words::moments::{MomentStyle, Reading};
use crate::words::{self, LanguageTag};

/// See the module.
pub(super) struct Reader {
    /// One for all subjects of a phone: who reads is who holds it.
    language: Arc<Mutex<Arc<LanguageTag>>>,
    check_ins: Told<CheckIns, CheckInsView>,
    rule: Told<(LanguageTag, String), String>,
    way: Told<WayKey, WayToGreenView>,
}

/// Receipt, what this phone made of it, day, whether today's check-in is due, language.
type WayKey = (String, Recomputation, NaiveDate, bool, LanguageTag);

/// What was made last, and of what: formatting takes longer than all else in a view.
struct Told<K, T>(Mutex<Option<(K, T)>>);

impl<K: PartialEq, T: Clone> Told<K, T> {
    fn of(&self, key: K, make: impl FnOnce(&K) -> T) -> T {
        let mut kept = lock(&self.0);
        match &*kept {
            Some((known, told)) if *known == key => told.clone(),
            _ => {
                let told = make(&key);
                kept.insert((key, told)).1.clone()
            }
        }
    }
}

impl<K, T> Default for Told<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl Reader {
    pub(super) fn new(language: LanguageTag) -> Self {
        Self {
            language: Arc::new(Mutex::new(Arc::new(language))),
            check_ins: Told::default(),
            rule: Told::default(),
            way: Told::default(),
        }
    }

    /// The same reader, for another subject's views.
    pub(super) fn of_another_subject(&self) -> Self {
        Self {
            language: Arc::clone(&self.language),
            check_ins: Told::default(),
            rule: Told::default(),
            way: Told::default(),
        }
    }

    /// How far the daily check-ins are.
    pub(super) fn check_ins(&self, of: CheckIns) -> CheckInsView {
        self.check_ins.of(of, CheckIns::view)
    }

    /// What turns it green. `is_due`: today's check-in.
    pub(super) fn way_to_green(
        &self,
        colour: &HeldColour,
        today: NaiveDate,
        is_due: bool,
        language: &LanguageTag,
    ) -> WayToGreenView {
        let receipt = colour.held.sha256.clone();
        let key = (
            receipt,
            colour.recomputation,
            today,
            is_due,
            language.clone(),
        );
        self.way.of(key, |_| {
            WayToGreen::of(colour, today, is_due, language).view()
        })
    }

    /// The rule that decided. What it is made of is named by the receipt, once its rule set is there.
    pub(super) fn rule(&self, colour: &HeldColour, language: &LanguageTag) -> String {
        let receipt = &colour.held.receipt;
        let Some(rule_set) = &colour.rule_set else {
            let (id, version) = (&receipt.rule_set_id, receipt.rule_set_version);
            return words::rules::unnamed(id, version, language.words());
        };
        let key = (language.clone(), colour.held.sha256.clone());
        self.rule.of(key, |_| {
            rule_set.rule_in_words(&receipt.rule_id, receipt.colour, language)
        })
    }
}

impl HealthCode {
    /// The language of what the citizen reads.
    #[must_use]
    pub fn language(&self) -> Arc<LanguageTag> {
        Arc::clone(&lock(&self.reader.language))
    }

    /// The citizen who reads `now`, Unix seconds, by the clock of the own region.
    pub(crate) fn reading<'a>(&self, now: i64, language: &'a LanguageTag) -> Reading<'a> {
        Reading {
            now,
            civil: self.context.civil_time(),
            language,
        }
    }

    /// A moment `at`, Unix seconds, for the citizen who reads it now, by the clock of the own region.
    #[must_use]
    pub fn moment_text(&self, at: i64, style: MomentStyle) -> String {
        let language = self.language();
        self.reading(self.now().at_secs(), &language)
            .moment(at, style)
    }

    /// Sets it: a BCP 47 tag, as [`LanguageTag::new`] reads it. What is asked for from now on is in it.
    pub fn set_language(&self, tag: &str) {
        *lock(&self.reader.language) = Arc::new(LanguageTag::new(tag));
    }
}
