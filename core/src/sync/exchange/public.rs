//! The part of a sync that needs no registration: the index and the bundles that it names.

use super::Exchange;
use super::meaning::{input, refused, unverified};
use crate::ports::TransportError;
use crate::sync::answer::Answer;
use crate::sync::bundles;
use crate::sync::context::SyncContext;
use crate::sync::error::SyncError;
use crate::sync::records::BUNDLE;
use crate::sync::refusal::SyncRefusal;
use crate::sync::step::Input;
use crate::trust::Anchors;
use crate::wire::{self, BundleEntry};

impl Exchange<'_> {
    pub(super) fn index(&mut self) -> Result<Input, SyncError> {
        // Without a trust bundle its entry is wanted, whatever was seen before.
        let etag = self.trust.as_ref().and(self.held.etag());
        let request = self.context.base.public("/v1/bundles", etag);
        let is_conditional = etag.is_some();
        let (body, new_etag) = match self.send(request, wire::JSON)? {
            Answer::Success { body, etag } => (body, etag),
            Answer::NotModified if is_conditional => return Ok(Input::Unchanged),
            Answer::Refused(refusal) => return Ok(Input::NotAllowed { code: refusal.code }),
            other => return Ok(input(other)),
        };
        let index = match bundles::read_index(&body) {
            Ok(index) => index,
            Err(refusal) => return Ok(refused(refusal)),
        };
        let (wanted, is_rolled_back) = self.held.wanted(&index, self.trust.is_none());
        let left_out = index.left_out;
        self.index = Some((index, new_etag));
        self.book_index()?;
        Ok(Input::IndexRead {
            wanted,
            problem: is_rolled_back.then(|| SyncRefusal::BundleRolledBack.code().to_owned()),
            left_out: left_out.map(|refusal| refusal.code().to_owned()),
        })
    }

    pub(super) fn bundle(&mut self, entry: &BundleEntry) -> Result<Input, SyncError> {
        let path = format!("/v1/bundles/{}", entry.sha256);
        let request = self.context.base.public(&path, None);
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
        match bundles::check(entry, &bytes, &self.held, self.anchors()) {
            Ok(checked) => {
                let mut held = self.held.clone();
                let gone = held.book(&checked.key, entry);
                let mut writes = vec![
                    BUNDLE.for_this_phone().at(&checked.key).put(&bytes)?,
                    SyncContext::held_write(&held)?,
                ];
                let gone = gone.iter().map(|key| BUNDLE.for_this_phone().at(key));
                writes.extend(gone.map(|place| place.delete()));
                self.context.store.apply(&writes)?;
                self.held = held;
                self.trust = checked.trust.or(self.trust.take());
                self.done.bundles_updated += 1;
                self.book_index()?;
                Ok(Input::BundleStored)
            }
            Err(code) => Ok(unverified(code)),
        }
    }

    fn anchors(&self) -> Anchors<'_> {
        Anchors {
            root_key: &self.context.root_key,
            trust: self.trust.as_ref(),
            at: self.context.time.now().at_secs(),
        }
    }

    /// Once everything that the index names is held, its ETag says that there is nothing new.
    fn book_index(&mut self) -> Result<(), SyncError> {
        let Some((index, etag)) = &self.index else {
            return Ok(());
        };
        let etag = etag.clone().filter(|_| self.held.has_all(index));
        if self.held.book_etag(etag) {
            let write = SyncContext::held_write(&self.held)?;
            self.context.store.apply(&[write])?;
        }
        Ok(())
    }
}
