//! Looking at results, marking them as read, handing on their proof; telling the app of new ones.
//!
//! Invariant: works without a network; a look tells nobody.

use std::sync::Arc;

use super::ResultError;
use super::in_words::{self, Held};
use super::records::{HeldResult, PROGRESS, Progress, RESULT, SEEN, Seen};
use super::views::ResultsView;
use crate::citizen::context::Context;
use crate::citizen::{CitizenError, HealthCode};
use crate::encoding::base64;
use crate::event::HealthCodeEvent;
use crate::store::StoreError;

impl HealthCode {
    /// The tests and vaccinations that laboratories reported, as the last sync told them, and how long each counts now.
    ///
    /// # Errors
    /// `Store`.
    pub fn results(&self) -> Result<ResultsView, CitizenError> {
        let context = &self.context;
        let progress = progress(context)?;
        let seen = seen(context)?;
        let new = progress.not_in(&seen.read);
        let held = Held {
            results: held(context)?,
            new: new.map(|one| one.key.clone()).collect(),
            unverified: progress.unverified.len(),
        };
        let (now, language) = (self.now(), self.language());
        let reading = self.reading(now.at_secs(), &language);
        Ok(in_words::view(&held, now, reading))
    }

    /// Marks results as looked at, by the ids of their views; ids of none are passed over. Tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_results_read(&self, ids: &[String]) -> Result<(), CitizenError> {
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        let progress = progress(context)?;
        let mut seen = seen(context)?;
        let looked_at = progress
            .arrived
            .iter()
            .filter(|one| ids.contains(&one.name));
        seen.read.extend(looked_at.map(|one| one.key.clone()));
        seen.keep_arrived(&progress);
        let place = SEEN.for_subject(&context.subject);
        Ok(life.write(&[place.put(&seen)?])?)
    }

    /// What proves a result to others: the bundle (COSE_Sign1) that the authority signed, of the newest version.
    ///
    /// # Errors
    /// `Precondition` where there is none with this id of a view; `Store`.
    pub fn result_proof(&self, id: &str) -> Result<Vec<u8>, CitizenError> {
        let of_it = held(&self.context)?.into_iter().filter_map(|(_, one)| {
            let record = one.record()?;
            (record.name() == id).then_some((record.version, one.signed))
        });
        let newest = of_it.max_by_key(|(version, _)| *version);
        let bytes = newest.and_then(|(_, signed)| base64::decode_url(&signed));
        Ok(bytes.ok_or(ResultError::Unknown)?)
    }
}

fn held(context: &Context) -> Result<Vec<(String, HeldResult)>, CitizenError> {
    let place = RESULT.for_subject(&context.subject);
    Ok(context.store.read_all(&place)?)
}

fn seen(context: &Context) -> Result<Seen, StoreError> {
    let place = SEEN.for_subject(&context.subject);
    Ok(context.store.read(&place)?.unwrap_or_default())
}

fn progress(context: &Context) -> Result<Progress, StoreError> {
    let place = PROGRESS.for_subject(&context.subject);
    Ok(context.store.read(&place)?.unwrap_or_default())
}

impl Seen {
    /// Forgets what is new no more.
    fn keep_arrived(&mut self, progress: &Progress) {
        let is_there = |key: &String| progress.arrived.iter().any(|one| one.key == *key);
        self.read.retain(is_there);
        self.told.retain(is_there);
    }
}

/// How many results were not looked at, for the home screen.
pub(crate) fn unread(context: &Context) -> Result<usize, CitizenError> {
    let seen = seen(context)?;
    Ok(progress(context)?.not_in(&seen.read).count())
}

/// Tells the observer of results that it was not told of; after a failure twice rather than never.
pub(super) fn announce(phone: &HealthCode) {
    let context = &phone.context;
    let (Ok(progress), Ok(seen)) = (progress(context), seen(context)) else {
        return;
    };
    let new = progress.not_in(&seen.told).map(|one| one.key.clone());
    let new = new.filter(|key| !seen.read.contains(key));
    let claimed = context.events.claim(new);
    let Ok(life) = context.sync.life(&context.subject) else {
        return;
    };
    let of_claimed = progress
        .arrived
        .iter()
        .filter(|one| claimed.contains(&one.key));
    let ids: Vec<_> = of_claimed.map(|one| one.name.clone()).collect();
    if ids.is_empty() {
        return;
    }
    let place = SEEN.for_subject(&context.subject);
    let store = Arc::clone(&context.store);
    context.events.tell_then(
        HealthCodeEvent::NewResults { ids },
        Box::new(move || {
            let mut seen = store.read(&place).ok().flatten().unwrap_or_default();
            seen.told.extend(claimed);
            seen.keep_arrived(&progress);
            let _ = place.put(&seen).map(|write| life.write(&[write]));
        }),
    );
}
