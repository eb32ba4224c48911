//! What follows from a database that was put back from a backup.
//!
//! Between the backup and now credentials were revoked of which the database knows nothing. Invariant: no credential that
//! the database took for good, and that was revoked meanwhile, is served or counts again. With the status lists that were
//! published last those are the ones that the lists name; without them nobody knows which, and all of them are
//! revoked: each phone gets another one with its next sync. What was issued after the backup is not known here; it is revoked where a
//! list says so, and else ends within a day; a sheet of paper (`capability::paper`) that was made after the backup ends on its day.
//!
//! A credential for a key that the phone offered for it counts on but is not served any more: the phone may have the key
//! of a later one by now, and would believe nothing of an answer with a credential for a key that it has let go. It offers
//! its next key instead.

use health_code_core::ports::Entropy;
use health_code_core::trust::{RevocationStatus, StatusPlace};

use super::records::{Credentials, kinds};
use super::status_indexes::{KEPT_AFTER_EXPIRY_SECS, LONGEST_KEPT_SECS};
use crate::store::{Restoration, Revocation, Sealer, Snapshot, StoreError};

const DAY_SECS: i64 = 24 * 3_600;

/// What was revoked.
#[derive(Default)]
pub(crate) struct Withdrawn {
    /// Credentials that the database took for good.
    pub(crate) revoked: u64,
    /// Ids of the citizens whose a list named one of.
    pub(crate) citizens: Vec<String>,
}

health_code_core::hidden_debug!(Withdrawn);

/// Revokes what cannot count any more, and notes the restoration, in one transaction.
pub(crate) fn withdraw(
    snapshot: &mut Snapshot,
    sealer: &Sealer,
    lists: &[RevocationStatus],
    restoration: Restoration,
    entropy: &dyn Entropy,
) -> Result<Withdrawn, StoreError> {
    let is_revoked = |place: StatusPlace| {
        let end = i64::from(place.day) * DAY_SECS;
        lists.is_empty() || lists.iter().any(|list| list.is_revoked(end, place.index))
    };
    let mut withdrawn = Withdrawn::default();
    let listed = lists.iter().flat_map(RevocationStatus::places);
    let listed = listed.map(|place| Revocation {
        place,
        free_at: (restoration.at + LONGEST_KEPT_SECS)
            .max((i64::from(place.day) + 1) * DAY_SECS + KEPT_AFTER_EXPIRY_SECS),
    });
    snapshot.restore(
        kinds::CREDENTIALS,
        |citizen, place, sealed| {
            let plain = sealer.open(citizen, place, sealed)?;
            let credentials: Credentials =
                serde_json::from_slice(&plain).map_err(|_| StoreError::RecordUnreadable)?;
            let (mut credentials, revoked) = revoke(credentials, &is_revoked);
            let is_held_back = hold_back(&mut credentials);
            if revoked.is_empty() && !is_held_back {
                return Ok(None);
            }
            withdrawn.revoked += revoked.len() as u64;
            let id = citizen.to_string();
            if !revoked.is_empty() && !lists.is_empty() && withdrawn.citizens.last() != Some(&id) {
                withdrawn.citizens.push(id);
            }
            let plain =
                serde_json::to_vec(&credentials).map_err(|_| StoreError::RecordUnreadable)?;
            let sealed = sealer.seal(citizen, place, &plain, entropy)?;
            Ok(Some((sealed, revoked)))
        },
        listed,
        restoration,
    )?;
    Ok(withdrawn)
}

/// Takes those that are revoked out of what has not expired; the newest is the last of them.
fn revoke(
    mut credentials: Credentials,
    is_revoked: &impl Fn(StatusPlace) -> bool,
) -> (Credentials, Vec<Revocation>) {
    let newest = credentials.unexpired.last().map(|one| one.index);
    let mut revoked = Vec::new();
    credentials.unexpired.retain(|one| {
        let place = StatusPlace::new(one.expires_at, one.index);
        if !is_revoked(place) {
            return true;
        }
        revoked.push(Revocation {
            place,
            free_at: one.expires_at + KEPT_AFTER_EXPIRY_SECS,
        });
        if let Some(record) = credentials
            .newest
            .as_mut()
            .filter(|_| newest == Some(one.index))
        {
            record.revoked = true;
        }
        false
    });
    (credentials, revoked)
}

/// Has the newest not served any more where its key was offered for it, without revoking it; whether that changes anything.
fn hold_back(credentials: &mut Credentials) -> bool {
    let newest = credentials.newest.as_mut();
    let newest = newest.filter(|newest| !newest.revoked && !newest.offered_key.is_empty());
    newest.is_some_and(|newest| {
        newest.revoked = true;
        true
    })
}
