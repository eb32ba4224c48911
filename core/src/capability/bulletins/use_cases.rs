//! Reading bulletins and marking them as read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{BULLETINS, Bulletin, BulletinUrgency, Bulletins, BulletinsView, READ, TOLD, select};
use crate::citizen::{CitizenError, HealthCode};
use crate::event::HealthCodeEvent;
use crate::sorting;

impl HealthCode {
    /// The bulletins that the last sync brought and that hold now. With a GB/T 2260 `division`, those that concern it;
    /// without, all.
    ///
    /// # Errors
    /// `Store`; bulletins that no longer verify are left out.
    pub fn bulletins(&self, division: Option<u32>) -> Result<BulletinsView, CitizenError> {
        let read = self.context.store.read(&READ.for_this_phone())?;
        let at = self.now().at_secs();
        Ok(select(
            &self.bulletin_lists()?,
            division,
            &read.unwrap_or_default(),
            at,
            &self.language(),
        ))
    }

    /// Marks bulletins as read, by the ids of their views; ids of none are passed over. Marks of bulletins that are
    /// gone are dropped. Works offline and tells nobody.
    ///
    /// # Errors
    /// `Store`.
    pub fn mark_bulletins_read(&self, ids: &[String]) -> Result<(), CitizenError> {
        let lists = self.bulletin_lists()?;
        let there: BTreeSet<String> = sorting::gather(entries(&lists).map(|(id, _)| id));
        let place = READ.for_this_phone();
        let read = self.context.store.read(&place)?.unwrap_or_default();
        let marked = ids.iter().cloned().chain(read);
        let marked: BTreeSet<String> = sorting::gather(marked.filter(|id| there.contains(id)));
        Ok(self.context.store.apply(&[place.put(&marked)?])?)
    }

    fn bulletin_lists(&self) -> Result<Vec<Arc<Bulletins>>, CitizenError> {
        self.published(&BULLETINS, |content| Bulletins::read(content).ok())
    }
}

/// Each bulletin with its id on this phone.
fn entries(lists: &[Arc<Bulletins>]) -> impl Iterator<Item = (String, &Bulletin)> {
    lists.iter().flat_map(|list| {
        let bulletins = list.bulletins.iter();
        bulletins.map(|bulletin| (bulletin.id_on_phone(&list.id), bulletin))
    })
}

/// Tells the observer of bulletins that it was not told of yet. What was told is kept, so that each is told once, also
/// when the app was killed in between; after a failure twice rather than never.
pub(super) fn announce(phone: &HealthCode) {
    let store = &phone.context.store;
    let (told, read) = (TOLD.for_this_phone(), READ.for_this_phone());
    let (Ok(lists), Ok(known), Ok(seen)) =
        (phone.bulletin_lists(), store.read(&told), store.read(&read))
    else {
        return;
    };
    let (known, seen) = (known.unwrap_or_default(), seen.unwrap_or_default());
    let at = phone.now().at_secs();
    let is_new = |(id, bulletin): &(String, &Bulletin)| {
        bulletin.holds(at) && !known.contains(id) && !seen.contains(id)
    };
    let new = entries(&lists).filter(is_new);
    let new: BTreeMap<String, BulletinUrgency> =
        sorting::gather(new.map(|(id, bulletin)| (id, bulletin.urgency)));
    // An observer may sync within the event: that finds them claimed, though not yet told.
    let claimed = phone.context.events.claim(new.keys().cloned());
    let urgency = claimed.iter().filter_map(|id| new.get(id)).min();
    let Some(most_urgent) = urgency.copied() else {
        return;
    };
    let there: BTreeSet<String> = sorting::gather(entries(&lists).map(|(id, _)| id));
    let store = Arc::clone(store);
    let ids = claimed.iter().cloned().collect();
    phone.context.events.tell_then(
        HealthCodeEvent::NewBulletins { ids, most_urgent },
        Box::new(move || {
            let mut known = store.read(&told).ok().flatten().unwrap_or_default();
            known.extend(claimed);
            known.retain(|id| there.contains(id));
            let _ = store.write(&told, &known);
        }),
    );
}
