//! Reading bulletins and marking them as read.

use std::collections::BTreeSet;

use super::{BULLETINS, Bulletins, BulletinsView, READ, select};
use crate::citizen::{CitizenError, HealthCode};
use crate::sorting;

impl HealthCode {
    /// The bulletins that the last sync brought and that hold now. With a GB/T 2260 `division`, those that concern it;
    /// without, all.
    ///
    /// # Errors
    /// `Store`; bulletins that no longer verify are left out.
    pub fn bulletins(&self, division: Option<u32>) -> Result<BulletinsView, CitizenError> {
        let read = self.context.store.read(&READ.of_this_phone())?;
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
        let all = lists
            .iter()
            .flat_map(|list| list.bulletins.iter().map(|one| one.id_on_phone(&list.id)));
        let there: BTreeSet<String> = sorting::gather(all);
        let place = READ.of_this_phone();
        let read = self.context.store.read(&place)?.unwrap_or_default();
        let marked = ids.iter().cloned().chain(read);
        let marked: BTreeSet<String> = sorting::gather(marked.filter(|id| there.contains(id)));
        Ok(self.context.store.apply(&[place.put(&marked)?])?)
    }

    fn bulletin_lists(&self) -> Result<Vec<Bulletins>, CitizenError> {
        let contents = self.published_contents(&BULLETINS)?;
        let lists = contents.iter().map(|content| Bulletins::read(content));
        Ok(lists.filter_map(Result::ok).collect())
    }
}
