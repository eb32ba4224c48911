//! When an upload was taken, for an authority that has lost it since.
//!
//! Each answer to an upload carries the time of its receipt under a keyed hash, which the phone gives back where it sends the
//! upload again. Invariant: the hash covers device, document, subject, kind, id and body, so it is of use for the very same
//! upload of the very same person alone; and only times count in which a database that was put back may have lost something.
//! The key is the storage key's, which a backup holds: what was handed out before counts after.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::wire::SubjectId;

use super::devices::Device;
use super::records::Registration;
use super::{Authority, Refusal};
use crate::store::{RowKey, Rows, subject_bytes};

const TIME_BYTES: usize = 8;

/// Which upload it is.
#[derive(Clone, Copy)]
pub(super) struct Upload<'a> {
    pub(super) device: &'a Device,
    pub(super) subject: &'a SubjectId,
    pub(super) number: u8,
    pub(super) id: &'a [u8; 16],
    /// Keyed.
    pub(super) body_hash: &'a str,
}

impl Authority {
    /// What shows later that the upload was taken at `received_at` (Unix seconds); `rows` has the subject's registration.
    pub(super) fn acceptance(
        &self,
        upload: Upload<'_>,
        rows: &Rows,
        received_at: i64,
    ) -> Result<Option<String>, Refusal> {
        let Some(registration) = rows.get::<Registration>()? else {
            return Ok(None);
        };
        let document = self.document_hash(&registration.identity)?;
        let time = received_at.to_be_bytes();
        let hash = self.sealer.hash(
            "acceptance",
            &[
                upload.device.device_id.as_bytes(),
                &document,
                subject_bytes(upload.subject),
                &[upload.number],
                upload.id,
                upload.body_hash.as_bytes(),
                &time,
            ],
        );
        Ok(Some(BASE64URL_NOPAD.encode(&[&time[..], &hash].concat())))
    }

    /// When this authority took the upload, as `shown` tells, where it may have lost it since.
    pub(super) async fn accepted_at(
        &self,
        upload: Upload<'_>,
        shown: Option<&str>,
    ) -> Result<Option<i64>, Refusal> {
        let (Some(shown), Some(restored)) = (shown, self.restored) else {
            return Ok(None);
        };
        let bytes = BASE64URL_NOPAD.decode(shown.as_bytes()).ok();
        let time = bytes
            .as_deref()
            .and_then(|it| it.first_chunk::<TIME_BYTES>());
        let Some(at) = time.map(|time| i64::from_be_bytes(*time)) else {
            return Ok(None);
        };
        if !(restored.since..=restored.at).contains(&at) {
            return Ok(None);
        }
        let named = vec![RowKey::for_record::<Registration>(upload.subject)];
        let citizen = upload.device.citizen;
        let rows = self.units.read(citizen, upload.subject, named).await?;
        let Some(right) = self.acceptance(upload, &rows, at)? else {
            return Ok(None);
        };
        // Hashed once more, so that the time which comparing takes tells nothing of the right one.
        let blind = |text: &str| self.sealer.hash("compare", &[text.as_bytes()]);
        Ok((blind(&right) == blind(shown)).then_some(at))
    }
}
