//! Which bulletins, in which order: pure.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::views::{BulletinView, BulletinsView};
use super::wire::{Bulletin, Bulletins};
use crate::sorting;
use crate::trust::covers;
use crate::words::LanguageTag;

/// The bulletins of `lists` that hold at `at` (Unix seconds) and concern `division`: those for it, for what lies in it,
/// for what it lies in, and for everywhere. None: all. `read` has the ids that were marked; texts are for a
/// reader of `language`.
#[must_use]
pub fn select(
    lists: &[impl Borrow<Bulletins>],
    division: Option<u32>,
    read: &BTreeSet<String>,
    at: i64,
    language: &LanguageTag,
) -> BulletinsView {
    let concerns = |bulletin: &Bulletin| {
        bulletin.division == 0
            || division.is_none_or(|asked| {
                covers(bulletin.division, asked) || covers(asked, bulletin.division)
            })
    };
    let mut bulletins: Vec<BulletinView> = lists
        .iter()
        .map(Borrow::borrow)
        .flat_map(|list| list.bulletins.iter().map(move |bulletin| (list, bulletin)))
        .filter(|(_, bulletin)| bulletin.holds(at) && concerns(bulletin))
        .map(|(list, bulletin)| {
            let id = bulletin.id_on_phone(&list.id);
            BulletinView {
                is_read: read.contains(&id),
                id,
                division: bulletin.division,
                urgency: bulletin.urgency,
                published_at: bulletin.published_at,
                expires_at: bulletin.expires_at,
                title: bulletin.title.for_tag(language).to_owned(),
                text: bulletin.text.for_tag(language).to_owned(),
                phone: bulletin.phone.clone(),
                link: bulletin.link.clone(),
            }
        })
        .collect();
    sorting::sort_by(&mut bulletins, |left, right| {
        let newest_first =
            |bulletin: &BulletinView| (bulletin.urgency, Reverse(bulletin.published_at));
        newest_first(left)
            .cmp(&newest_first(right))
            .then_with(|| left.id.cmp(&right.id))
    });
    let unread = bulletins
        .iter()
        .filter(|bulletin| !bulletin.is_read)
        .count();
    BulletinsView {
        bulletins,
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
    }
}
