//! Lists that issuers publish to everybody, as capabilities read them: verified and read once for the same bytes.
//!
//! Invariant: a list is given out only while a fresh look would: for the bytes that are on the phone, under the trust bundle
//! that counts, at an instant between the bounds of both. It does not know what the lists say.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::context::Context;
use super::snapshot::{Snapshot, overlap};
use super::verified::Verdict;
use super::{CitizenError, HealthCode, lock};
use crate::trust::{BundleRow, bundle_bounds, open_bundle};

type List = Arc<dyn Any + Send + Sync>;

/// The lists of the last look, by the media type of their kind.
#[derive(Default)]
pub(super) struct PublishedLists(Mutex<BTreeMap<&'static str, OfKind>>);

#[derive(Default)]
struct OfKind {
    /// Of the store, and the instants at which `lists` hold.
    read_at: Option<(u64, Range<i64>)>,
    lists: Vec<List>,
    verdicts: BTreeMap<String, Option<Verdict<Option<List>>>>,
}

impl HealthCode {
    /// What `read` makes of each bundle of a kind that is on the phone and verifies, in the order of their names; what it
    /// cannot read is left out. A kind is always read by the same function.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub(crate) fn published<T: Any + Send + Sync>(
        &self,
        row: &BundleRow,
        read: fn(&[u8]) -> Option<T>,
    ) -> Result<Vec<Arc<T>>, CitizenError> {
        let at = self.now().at_secs();
        let snapshot = self.snapshot(at)?;
        let mut kinds = lock(&self.published_lists.0);
        let kind = kinds.entry(row.typ).or_default();
        let holds = |(generation, holds): &(u64, Range<i64>)| {
            *generation == snapshot.generation() && holds.contains(&at)
        };
        if !kind.read_at.as_ref().is_some_and(holds) {
            let read = |bytes: &[u8]| read(bytes).map(|list| Arc::new(list) as List);
            kind.look(&self.context, &snapshot, row, &read, at)?;
        }
        let lists = kind.lists.iter().cloned();
        Ok(lists.filter_map(|list| list.downcast().ok()).collect())
    }
}

impl OfKind {
    fn look(
        &mut self,
        context: &Context,
        snapshot: &Snapshot,
        row: &BundleRow,
        read: &dyn Fn(&[u8]) -> Option<List>,
        at: i64,
    ) -> Result<(), CitizenError> {
        self.read_at = None;
        self.lists.clear();
        let mut holds = snapshot.holds();
        let names = match &snapshot.trust {
            Some(_) => context.sync.bundle_names(&row.kind)?,
            None => Vec::new(),
        };
        self.verdicts.retain(|name, _| names.contains(name));
        for name in names {
            let (Some(trust), Some(bytes)) =
                (&snapshot.trust, context.sync.bundle(&row.kind, &name)?)
            else {
                continue;
            };
            let kept = self.verdicts.entry(name).or_default();
            let (list, list_holds) = Verdict::reached(kept, bytes, trust, at, |bytes| {
                let signed = open_bundle(row.typ, bytes, &trust.bundle, at).ok();
                let bounds = bundle_bounds(row.typ, bytes, &trust.bundle);
                (signed.and_then(|signed| read(signed.payload)), bounds)
            });
            holds = overlap(&holds, &list_holds);
            self.lists.extend(list);
        }
        self.read_at = Some((snapshot.generation(), holds));
        Ok(())
    }
}
