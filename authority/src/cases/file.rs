//! An upload of any kind: checked, kept, and given its effect, in one act, as long as the citizen's day has room for it.
//!
//! Invariant: one id, one body, one row, however often it is sent; an answer means that it is on disk and that
//! everything that follows from it was done. Checks are the ones that the phone made. What a kind of upload is, is for
//! its row of the table to say, not for this file.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::acceptance::Upload;
use super::bundles::CredentialTerms;
use super::decide::Decider;
use super::definitions::Definitions;
use super::devices::Device;
use super::records::{Registration, kinds};
use super::{Authority, Policy, Refusal, acts};
use crate::store::{CitizenId, Kind, Later, Record, RowKey, Rows, Unit, UnitId};

/// Reads and checks a body.
type Check = fn(&Checking<'_>, &[u8]) -> Result<Box<dyn Effect>, Refusal>;

/// A kind of upload: one row of the table.
#[derive(Debug)]
pub(crate) struct UploadKind {
    /// Its place below a subject: `/v1/subjects/{s}/{name}/{id}`.
    pub(crate) name: &'static str,
    /// Part of what is stored; never used again.
    pub(crate) number: u8,
    /// Reads and checks a body.
    pub(crate) check: Check,
    /// What is done before it is filed, where something is.
    pub(crate) before: Option<Before>,
    /// What the authority signs to it, where it does: base64url.
    pub(crate) acknowledge: Option<Acknowledge>,
}

impl UploadKind {
    /// A kind that is checked by itself and not acknowledged.
    pub(crate) const fn plain(name: &'static str, number: u8, check: Check) -> Self {
        Self {
            name,
            number,
            check,
            before: None,
            acknowledge: None,
        }
    }
}

/// Looks at what an upload stands on; tells what of that is missing, so that nothing is filed.
pub(crate) type Before =
    for<'a> fn(&'a Authority, Filing<'a>) -> Later<'a, Result<Vec<String>, Refusal>>;
/// Signs that an upload was taken.
pub(crate) type Acknowledge = fn(&Acknowledging<'_>) -> Result<String, Refusal>;

/// An upload that is to be filed.
#[derive(Clone, Copy)]
pub(crate) struct Filing<'a> {
    pub(crate) citizen: CitizenId,
    pub(crate) subject: &'a SubjectId,
    /// UUIDv7.
    pub(crate) id: [u8; 16],
    /// The act that files it.
    pub(crate) unit: UnitId,
    pub(crate) body: &'a [u8],
}

/// An upload that was taken.
#[derive(Clone, Copy)]
pub(crate) struct Acknowledging<'a> {
    pub(crate) citizen: CitizenId,
    pub(crate) subject: &'a SubjectId,
    /// UUIDv7.
    pub(crate) id: [u8; 16],
    pub(crate) body: &'a [u8],
    /// Unix seconds.
    pub(crate) received_at: i64,
    /// Unix seconds.
    pub(crate) decided_by: i64,
    pub(crate) issuer_key: &'a SigningKey,
}

health_code_core::hidden_debug!(Filing<'_>, Acknowledging<'_>);

/// What a body is checked against.
#[derive(Debug)]
pub(crate) struct Checking<'a> {
    pub(crate) definitions: &'a Definitions,
    pub(crate) policy: &'a Policy,
    /// Unix seconds.
    pub(crate) now: i64,
    /// Local day, `YYYY-MM-DD`.
    pub(crate) today: &'a str,
}

/// What follows from an upload that was checked.
pub(crate) trait Effect: Send + Sync {
    /// The rows that [`Effect::apply`] reads for this subject.
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey>;

    /// Does it; tells how many credentials were revoked. Pure, as [`Unit::apply`] is.
    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal>;

    /// Until when a credential is issued that the effect is, Unix seconds; none: it is none.
    fn status_index_until(&self) -> Option<i64> {
        None
    }

    /// When it will have been decided, Unix seconds, where somebody decides it; `rows` has the subject's registration.
    fn decided_by(&self, _: &Rows) -> Result<Option<i64>, Refusal> {
        Ok(None)
    }
}

/// What an effect works with.
#[derive(Debug)]
pub(crate) struct Acting<'a> {
    pub(crate) citizen: CitizenId,
    /// A carer sent it.
    pub(crate) is_carers: bool,
    pub(crate) decider: &'a Decider,
    /// Unix seconds.
    pub(crate) now: i64,
    /// The upload's id.
    pub(crate) upload: [u8; 16],
    /// Where the effect asked for it.
    pub(crate) issuing: Option<Issuing>,
    /// Before `now` where it was taken before and lost, Unix seconds.
    pub(crate) received_at: i64,
}

/// What a credential of days is issued with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issuing {
    pub(crate) status_index: u32,
    pub(crate) terms: CredentialTerms,
}

/// An effect that is none: the upload is kept.
pub(crate) struct Kept;

impl Effect for Kept {
    fn reads(&self, _: &SubjectId) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, _: &Acting<'_>, _: &mut Rows) -> Result<usize, Refusal> {
        Ok(0)
    }
}

/// What is told of an upload.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Filed {
    /// Unix seconds.
    pub(crate) received_at: i64,
    /// Unix seconds.
    pub(crate) decided_by: Option<i64>,
    /// What shows later when it came.
    pub(crate) acceptance: Option<String>,
    /// It had come before.
    pub(crate) again: bool,
    /// What the authority signs to it, base64url.
    pub(crate) acknowledgement: Option<String>,
    /// What is missing, so that nothing was filed.
    pub(crate) missing: Vec<String>,
}

health_code_core::hidden_debug!(Filed);

/// What was sent.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// UUIDv7.
    pub(crate) id: [u8; 16],
    pub(crate) body: &'a [u8],
    /// What shows that it had been taken before.
    pub(crate) acceptance: Option<&'a str>,
}

health_code_core::hidden_debug!(Sent<'_>);

impl Authority {
    /// Files the upload that this device sent for a subject of its own. One that was taken before and lost since counts as of
    /// the time when it was taken, if that can be shown.
    pub(crate) async fn file(
        &self,
        device: &Device,
        subject: &SubjectId,
        kind: &UploadKind,
        sent: Sent<'_>,
    ) -> Result<Filed, Refusal> {
        let Sent { id, body, .. } = sent;
        let now = self.now();
        let decider = self.decider();
        let today = decider.definitions.day(now)?;
        let body_hash = HEXLOWER.encode(&self.sealer.hash("upload", &[body]));
        if let Some(before) = kind.before {
            let filing = Filing {
                citizen: device.citizen,
                subject,
                id,
                unit: UnitId::new(acts::UPLOADS + kind.number, id),
                body,
            };
            let missing = before(self, filing).await?;
            if !missing.is_empty() {
                return Ok(Filed {
                    missing,
                    received_at: now,
                    decided_by: None,
                    acceptance: None,
                    again: false,
                    acknowledgement: None,
                });
            }
        }
        let upload = Upload {
            device,
            subject,
            number: kind.number,
            id: &id,
            body_hash: &body_hash,
        };
        let before = self.accepted_at(upload, sent.acceptance).await?;
        let received_at = before.unwrap_or(now);
        let received_on = decider.definitions.day(received_at)?;
        let checking = Checking {
            definitions: &decider.definitions,
            policy: &self.policy,
            now: received_at,
            today: &received_on,
        };
        // What was accepted under yesterday's date or an older form stays accepted when it comes again: a refusal is
        // only told once the act's row is known not to be there.
        let effect = (kind.check)(&checking, body);
        let until = effect.as_ref().ok().and_then(|it| it.status_index_until());
        let issuing = match until {
            Some(until) => Some(self.issuing_until(until).await?),
            None => None,
        };
        let file = File {
            issuing,
            today: &today,
            policy: &self.policy,
            // Of what is refused nothing is kept.
            kept: effect
                .as_ref()
                .map_or_else(|_| Vec::new(), |_| canonical(body)),
            device,
            subject,
            number: kind.number,
            id,
            body_hash: body_hash.clone(),
            effect,
            decider: &decider,
            now,
            received_at,
        };
        let done = self
            .units
            .run(&file)
            .await
            .map_err(|refusal| match refusal {
                Refusal::QuotaUsedUp(_) => {
                    tracing::info!("a citizen's uploads of the day are used up");
                    Refusal::QuotaUsedUp(decider.definitions.secs_to_next_day(now))
                }
                other => other,
            })?;
        if done.answer.body_hash != file.body_hash {
            return Err(Refusal::IdReused);
        }
        if !done.again {
            self.announce(done.answer.revoked);
        }
        let acknowledge = kind.acknowledge.zip(done.answer.decided_by);
        let acknowledgement = acknowledge.map(|(sign, decided_by)| {
            sign(&Acknowledging {
                citizen: device.citizen,
                subject,
                id,
                body,
                received_at: done.answer.received_at,
                decided_by,
                issuer_key: &self.issuer_key,
            })
        });
        Ok(Filed {
            acknowledgement: acknowledgement.transpose()?,
            missing: Vec::new(),
            acceptance: self.acceptance(upload, &done.rows, done.answer.received_at)?,
            received_at: done.answer.received_at,
            decided_by: done.answer.decided_by,
            again: done.again,
        })
    }
}

impl Authority {
    /// What a credential that ends at `expires_at` (Unix seconds), days from now, is issued with.
    pub(crate) async fn issuing_until(&self, expires_at: i64) -> Result<Issuing, Refusal> {
        self.require_issuing()?;
        Ok(Issuing {
            status_index: self.take_long_lived_index(expires_at).await?,
            terms: self.bundles.terms(),
        })
    }
}

struct File<'a> {
    issuing: Option<Issuing>,
    device: &'a Device,
    subject: &'a SubjectId,
    number: u8,
    id: [u8; 16],
    today: &'a str,
    policy: &'a Policy,
    /// What is kept of the body.
    kept: Vec<u8>,
    body_hash: String,
    effect: Result<Box<dyn Effect>, Refusal>,
    decider: &'a Decider,
    now: i64,
    /// Before `now` where it was taken before and lost.
    received_at: i64,
}

impl File<'_> {
    /// Counts it among the citizen's uploads of the day, whoever sends them.
    fn count(&self, rows: &mut Rows) -> Result<(), Refusal> {
        let place = UploadsToday::place();
        let before = rows.get_at::<UploadsToday>(&place)?.unwrap_or_default();
        let mut counted = if before.day == self.today {
            before
        } else {
            UploadsToday {
                day: self.today.to_owned(),
                ..UploadsToday::default()
            }
        };
        counted.count = counted.count.saturating_add(1);
        counted.bytes = counted.bytes.saturating_add(self.kept.len() as u64);
        if counted.count > self.policy.uploads_per_day
            || counted.bytes > self.policy.upload_bytes_per_day
        {
            return Err(Refusal::QuotaUsedUp(0));
        }
        rows.put_at(place, &counted)?;
        Ok(())
    }
}

/// How much a citizen uploaded on one day; a record of the owner's.
#[derive(Clone, Default, Serialize, Deserialize)]
struct UploadsToday {
    /// `YYYY-MM-DD` in the rule set's time zone.
    day: String,
    count: u32,
    /// As they are kept.
    bytes: u64,
}

impl Record for UploadsToday {
    const KIND: Kind = kinds::UPLOADS_TODAY;
}

impl UploadsToday {
    fn place() -> RowKey {
        RowKey::for_record::<Self>(&SubjectId::OWNER)
    }
}

/// The same JSON without what says nothing: blanks, escapes, the order of members. The body was read as JSON with one meaning.
fn canonical(body: &[u8]) -> Vec<u8> {
    let value = serde_json::from_slice::<serde_json::Value>(body);
    let kept = value.ok().and_then(|value| serde_json::to_vec(&value).ok());
    kept.unwrap_or_else(|| body.to_vec())
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileAnswer {
    /// Keyed, hex.
    body_hash: String,
    received_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<i64>,
    revoked: usize,
}

impl Unit for File<'_> {
    type Answer = FileAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.device.citizen
    }

    fn subject(&self) -> SubjectId {
        self.subject.clone()
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::UPLOADS + self.number, self.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        let mut reads = self
            .effect
            .as_ref()
            .map_or_else(|_| Vec::new(), |effect| effect.reads(self.subject));
        reads.extend(self.device.reads(self.subject));
        reads.push(UploadsToday::place());
        reads.push(RowKey::for_record::<Registration>(self.subject));
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<FileAnswer, Refusal> {
        self.device.key(rows)?;
        let effect = self.effect.as_ref().map_err(Clone::clone)?;
        let place = [&[self.number][..], &self.id].concat();
        self.count(rows)?;
        rows.put_bytes(
            RowKey::new(self.subject, kinds::UPLOAD, &place),
            self.kept.clone(),
        );
        let acting = Acting {
            citizen: self.device.citizen,
            is_carers: self.device.is_carers,
            decider: self.decider,
            now: self.now,
            upload: self.id,
            issuing: self.issuing,
            received_at: self.received_at,
        };
        let revoked = effect.apply(&acting, rows)?;
        Ok(FileAnswer {
            body_hash: self.body_hash.clone(),
            received_at: self.received_at,
            decided_by: effect.decided_by(rows)?,
            revoked,
        })
    }
}
