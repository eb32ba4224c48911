//! The appeals that wait for a decision, over all citizens: what officers are shown, and how many are late.
//!
//! Invariant: a place on the list is a pointer and says nothing of anybody; whether the appeal still waits, its citizen's own
//! record tells. One that is over, or was never filed, is taken off by and by.

use health_code_core::wire::SubjectId;

use super::records::{Appeals, KeptAppeal};
use crate::cases::Authority;
use crate::cases::register::spaces;
use crate::store::{Later, Owner, RowKey, StoreError, Unique, subject_bytes, subject_of_bytes};

/// Places looked at in one go.
const AT_ONCE: u32 = 500;
/// Most places looked at each time.
const MAX_LOOKED_AT: usize = 20_000;
/// A place whose appeal is nowhere may belong to one that is just being filed, for so long, milliseconds.
const FILED_WITHIN_MS: u64 = 86_400_000;

/// The place of an appeal on the list.
pub(super) fn unique(id: &[u8; 16], subject: &SubjectId) -> Unique {
    Unique {
        space: spaces::OPEN_APPEAL,
        value: [&id[..], subject_bytes(subject)].concat(),
    }
}

/// Whose appeal a place is, and which.
pub(crate) fn place_of(unique: &Unique) -> Option<(String, SubjectId)> {
    let (id, subject) = unique.value.split_first_chunk::<16>()?;
    let id = uuid::Uuid::from_bytes(*id).to_string();
    Some((id, subject_of_bytes(subject)?))
}

/// Counts those that wait and those that are late, and takes the others off.
pub(crate) fn keep_open_list(authority: &Authority) -> Later<'_, Result<(), StoreError>> {
    Box::pin(async move {
        let now = authority.now();
        let (mut open, mut overdue, mut looked_at) = (0_u64, 0_u64, 0);
        let mut after = Vec::new();
        let store = authority.units.store();
        loop {
            let places = store.reserved(spaces::OPEN_APPEAL, after, AT_ONCE).await?;
            let Some((last, _)) = places.last() else {
                break;
            };
            after = last.value.clone();
            looked_at += places.len();
            for (unique, owner) in places {
                match authority.open_appeal(&unique, owner).await? {
                    Some(found) => {
                        open += 1;
                        overdue += u64::from(found.decide_by < now);
                    }
                    None if authority.may_be_filed(&unique) => {}
                    None => store.release(unique, owner).await?,
                }
            }
            if looked_at >= MAX_LOOKED_AT {
                break;
            }
        }
        match (open, overdue) {
            (0, _) => {}
            (_, 0) => tracing::info!(open, "appeals wait for a decision"),
            _ => tracing::warn!(open, overdue, "appeals are past their deadline"),
        }
        Ok(())
    })
}

impl Authority {
    async fn open_appeal(
        &self,
        unique: &Unique,
        owner: Owner,
    ) -> Result<Option<KeptAppeal>, StoreError> {
        let Some((id, subject)) = place_of(unique) else {
            return Ok(None);
        };
        let reads = vec![RowKey::for_record::<Appeals>(&subject)];
        let rows = self.units.read(owner.citizen, &subject, reads).await?;
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let mut list = appeals.list.into_iter();
        let appeal = list.find(|one| one.id == id && one.is_open());
        Ok(appeal)
    }

    /// Whether a place is young enough for its appeal to be on its way. The id's own time is the phone's: one whose clock is
    /// wrong by years is filed within the same request all the same.
    fn may_be_filed(&self, unique: &Unique) -> bool {
        let millis = unique.value.first_chunk::<6>().map_or(0, |millis| {
            millis
                .iter()
                .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        });
        let now = u64::try_from(self.now_ms()).unwrap_or_default();
        now.abs_diff(millis) < FILED_WITHIN_MS
    }
}
