//! The part of a sync that needs no registration: the index and the bundles that it names.

use super::{Exchange, input, refused, unverified};
use crate::ports::TransportError;
use crate::sync::answer::Answer;
use crate::sync::bundles::{self, Anchors};
use crate::sync::engine::SyncEngine;
use crate::sync::error::SyncError;
use crate::sync::machine::Input;
use crate::sync::records::BUNDLE;
use crate::sync::refusal::SyncRefusal;
use crate::wire::{self, BundleEntry};

impl Exchange<'_> {
    pub(super) fn index(&mut self) -> Result<Input, SyncError> {
        // Without a trust bundle its entry is wanted, whatever was seen before.
        let etag = self.trust.as_ref().and(self.held.etag.clone());
        let request = self.engine.base.public("/v1/bundles", etag.as_deref());
        let (body, new_etag) = match self.send(request, wire::JSON)? {
            Answer::Success { body, etag } => (body, etag),
            Answer::NotModified if etag.is_some() => return Ok(Input::Unchanged),
            Answer::Refused(refusal) => return Ok(Input::NotAllowed { code: refusal.code }),
            other => return Ok(input(other)),
        };
        let index = match bundles::read_index(&body) {
            Ok(index) => index,
            Err(refusal) => return Ok(refused(refusal)),
        };
        let (wanted, problem) = self.held.wanted(&index, self.trust.is_none());
        self.index = Some((index, new_etag));
        self.book_index()?;
        Ok(Input::IndexRead {
            wanted,
            problem: problem.map(|refusal| refusal.code().to_owned()),
        })
    }

    pub(super) fn bundle(&mut self, entry: &BundleEntry) -> Result<Input, SyncError> {
        let path = format!("/v1/bundles/{}", entry.sha256);
        let request = self.engine.base.public(&path, None);
        let bytes = match self.send(request, wire::COSE)? {
            Answer::Success { body, .. } => body,
            Answer::NotFound | Answer::Refused(_) => {
                return Ok(refused(SyncRefusal::BundleMissing));
            }
            Answer::Failed(TransportError::TooLarge) => {
                return Ok(refused(SyncRefusal::BundleTooLarge));
            }
            other => return Ok(input(other)),
        };
        let anchors = Anchors {
            root_key: &self.engine.root_key,
            trust: self.trust.as_ref(),
            at: self.engine.time.now().at_secs(),
        };
        match bundles::check(entry, &bytes, &self.held, anchors) {
            Ok(trust) => {
                let mut held = self.held.clone();
                held.book(entry);
                let key = bundles::key(entry.kind, &entry.name);
                self.engine.store.apply(&[
                    BUNDLE.of_this_phone().at(&key).put(&bytes)?,
                    SyncEngine::held_write(&held)?,
                ])?;
                self.held = held;
                self.trust = trust.or(self.trust.take());
                self.done.bundles_updated += 1;
                self.book_index()?;
                Ok(Input::BundleStored)
            }
            Err(code) => Ok(unverified(code)),
        }
    }

    /// Once everything that the index names is held, its ETag says that there is nothing new.
    fn book_index(&mut self) -> Result<(), SyncError> {
        let Some((index, etag)) = &self.index else {
            return Ok(());
        };
        let etag = etag.clone().filter(|_| self.held.has_all(index));
        if self.held.etag != etag {
            self.held.etag = etag;
            let write = SyncEngine::held_write(&self.held)?;
            self.engine.store.apply(&[write])?;
        }
        Ok(())
    }
}
