//! What is held: states, parts, bundles, as they were verified when they came.
//!
//! Invariant: it reads the store alone; nothing is asked of anybody, and nothing is verified anew.

use super::SyncEngine;
use crate::store::SubjectId;
use crate::sync::colours_seen::{self, ColourSeen};
use crate::sync::error::SyncError;
use crate::sync::parts;
use crate::sync::state::{self, StoredState};
use crate::trust::{BundleKind, TrustBundle};
use crate::wire::{AppUpdate, UploadAnswer};

impl SyncEngine {
    /// The subject's receipt and credential as they were last verified.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn state(&self, subject: &SubjectId) -> Result<StoredState, SyncError> {
        Ok(state::load(&self.context.store, subject)?)
    }

    /// Whether a part of the subject is held as the last state told of it; none where it told of no such part, or there was no state.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn part_is_held(&self, subject: &SubjectId, name: &str) -> Result<Option<bool>, SyncError> {
        let store = &self.context.store;
        let told = state::told_parts(store, subject)?;
        let Some(told) = told.filter(|told| told.tag(name).is_some()) else {
            return Ok(None);
        };
        let missing = parts::missing(store, subject, &told)?;
        Ok(Some(!missing.contains(&name)))
    }

    /// Whether the last state of the subject could tell of parts, and a version that reads them took it.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn parts_were_told(&self, subject: &SubjectId) -> Result<bool, SyncError> {
        Ok(state::told_parts(&self.context.store, subject)?.is_some())
    }

    /// The receipts that told of another colour or reason, newest first; where none were noted, the one that is held.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn colours_seen(&self, subject: &SubjectId) -> Result<Vec<ColourSeen>, SyncError> {
        let store = &self.context.store;
        let held = state::load(store, subject)?;
        Ok(colours_seen::list(store, subject, &held)?)
    }

    /// What the authority answered to the subject's objections, which phones of before there were appeals sent: when it took them and
    /// by when it decides. Oldest first.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn corrections(&self, subject: &SubjectId) -> Result<Vec<UploadAnswer>, SyncError> {
        Ok(self.context.corrections(subject)?)
    }

    /// The signed bytes of a bundle, as they were verified when they came.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn bundle(&self, kind: &BundleKind, name: &str) -> Result<Option<Vec<u8>>, SyncError> {
        Ok(self.context.bundle(kind, name)?)
    }

    /// The status lists that are held, signed, as they came: for a checkpoint on this phone, to be taken in this order.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn status_lists(&self) -> Result<Vec<Vec<u8>>, SyncError> {
        Ok(self.context.status_lists()?)
    }

    /// The trust bundle that is held, if it counts now.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn trust_bundle(&self) -> Result<Option<TrustBundle>, SyncError> {
        Ok(self.context.trust_bundle()?)
    }

    /// Names of the bundles of a kind that are held, in order.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn bundle_names(&self, kind: &BundleKind) -> Result<Vec<String>, SyncError> {
        Ok(self.context.load_held()?.names(kind))
    }

    /// Whether the citizen should get a newer app, by the last answer that said.
    ///
    /// # Errors
    /// [`SyncError::Store`].
    pub fn app_update(&self) -> Result<AppUpdate, SyncError> {
        Ok(self.context.app_update()?)
    }
}
