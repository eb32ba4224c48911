//! Sheets as they are kept, made and ended, within an act on the subject's rows.
//!
//! Invariant: whether a sheet counts is said by the subject's credentials alone ([`Credentials::unexpired`]); what stands here
//! says which it was, for whom it is listed. A sheet is made for what the decision in force calls green, whoever asks.

use health_code_core::capability::paper::{PaperError, SHEETS_KEPT, Sheet, SheetStanding, Sheets};
use health_code_core::code::{
    PAPER_DAYS, PaperClaims, SubjectKind, document_tail, issue_paper, mask_name,
};
use health_code_core::colour::Colour;
use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::cases::definitions::Definitions;
use crate::cases::file::{Acting, Issuing};
use crate::cases::records::{Credentials, IndexInUse, Registration};
use crate::cases::status_indexes::KEPT_AFTER_EXPIRY_SECS;
use crate::cases::{Policy, Refusal, decide};
use crate::store::{Kind, Record, RowKey, Rows, StoreError};

const DAY_SECS: i64 = 86_400;

/// The sheets of a subject, newest first.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetRecords {
    pub(super) sheets: Vec<SheetRecord>,
    /// Longest life of a sheet, days, when the newest was made.
    #[serde(default)]
    max_days: u8,
}

impl Record for SheetRecords {
    const KIND: Kind = Kind(54);
}

/// A sheet as it is kept: how long it counts, who made it, its code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SheetRecord {
    /// Id of what asked for it.
    id: String,
    /// The officer who did; none: a phone.
    officer: Option<String>,
    made_at: i64,
    expires_at: i64,
    /// `YYYY-MM-DD` by the authority's clock.
    first_day: String,
    last_day: String,
    index: u32,
    code: String,
    /// Whether a newer sheet ended it, or a wish; neither where something else did, or nothing.
    #[serde(default)]
    replaced: bool,
    #[serde(default)]
    revoked: bool,
}

/// How often a phone asked on one day.
#[derive(Clone, Default, Serialize, Deserialize)]
struct RequestsToday {
    /// `YYYY-MM-DD` in the rule set's time zone.
    day: String,
    count: u32,
}

impl Record for RequestsToday {
    const KIND: Kind = Kind(55);
}

/// Who asked for a sheet.
pub(super) enum Made<'a> {
    /// A phone, by the upload with this id.
    ByPhone([u8; 16]),
    /// An officer, by the order with this id.
    AtDesk(&'a str, &'a str),
}

/// What a sheet is made from.
pub(super) struct Making<'a> {
    pub(super) made: Made<'a>,
    pub(super) days: u8,
    /// Unix seconds.
    pub(super) expires_at: i64,
    pub(super) issuing: Issuing,
    /// By the settings.
    pub(super) max_days: u8,
}

/// The rows that making and ending read.
pub(super) fn reads(subject: &SubjectId) -> Vec<RowKey> {
    let mut reads = decide::reads(subject);
    reads.push(RowKey::for_record::<SheetRecords>(subject));
    reads.push(RowKey::for_record::<RequestsToday>(subject));
    reads.push(RowKey::for_record::<Registration>(subject));
    reads
}

/// The rows that say which sheets there are.
pub(super) fn part_reads(subject: &SubjectId) -> Vec<RowKey> {
    vec![
        RowKey::for_record::<SheetRecords>(subject),
        RowKey::for_record::<Credentials>(subject),
    ]
}

/// When a sheet of so many `days` that is made at `now` (Unix seconds) ends: with the last of these local days, today being
/// the first.
pub(super) fn expires_at(
    policy: &Policy,
    definitions: &Definitions,
    days: u8,
    now: i64,
) -> Result<i64, Refusal> {
    let allowed = PAPER_DAYS.contains(&days) && days <= policy.paper_max_days;
    if !allowed {
        return Err(Refusal::invalid("days", PaperError::DaysOutOfRange.code()));
    }
    Ok(now + definitions.secs_to_next_day(now) + (i64::from(days) - 1) * DAY_SECS)
}

/// Counts a phone's request among those of the day.
pub(super) fn count_request(rows: &mut Rows, today: &str, per_day: u32) -> Result<(), Refusal> {
    let before = rows.get::<RequestsToday>()?.unwrap_or_default();
    let count = if before.day == today { before.count } else { 0 };
    if count >= per_day {
        return Err(Refusal::invalid("days", PaperError::TooManyToday.code()));
    }
    let day = today.to_owned();
    let count = count + 1;
    Ok(rows.put(&RequestsToday { day, count })?)
}

/// Makes a sheet and ends the one before. Tells its code, and how many credentials were revoked.
pub(super) fn make(
    rows: &mut Rows,
    acting: &Acting<'_>,
    making: Making<'_>,
) -> Result<(String, usize), Refusal> {
    let Making {
        made,
        days,
        expires_at,
        issuing,
        max_days: making_max_days,
    } = making;
    let definitions = &acting.decider.definitions;
    let decided = acting.decider.decide(acting.citizen, rows, acting.now)?;
    let decided = decided.filter(|decided| decided.decision.colour == Colour::Green);
    let decided = decided.ok_or_else(|| Refusal::invalid("days", PaperError::NotGreen.code()))?;
    // What its issuer's key is too short for is made when there is another key.
    let starts_at = expires_at - i64::from(days) * DAY_SECS;
    if starts_at < issuing.terms.not_before || expires_at > issuing.terms.not_after {
        return Err(Refusal::invalid("days", PaperError::KeyTooShort.code()));
    }
    let registration = rows.get::<Registration>()?;
    let identity = registration.ok_or(Refusal::DeviceUnknown)?.identity;
    let mut kept = rows.get::<SheetRecords>()?.unwrap_or_default();
    let mut revoked = decided.revoked;
    if let Some(before) = kept.sheets.first_mut() {
        let ended = end_one(rows, before)?;
        before.replaced = ended;
        revoked += usize::from(ended);
    }
    let claims = PaperClaims {
        expires_at,
        lifetime_days: days,
        status_index: issuing.status_index,
        subject_kind: if acting.is_carers {
            SubjectKind::Dependant
        } else {
            SubjectKind::Myself
        },
        scheme: decided.decision.scheme,
        document_tail: document_tail(&identity.document_number),
        masked_name: mask_name(&identity.name),
    };
    let code = issue_paper(&claims, &acting.decider.issuer_key).map_err(|error| {
        tracing::error!(code = error.code(), "a sheet could not be made");
        Refusal::Failed(error.code())
    })?;
    let mut credentials = rows.get::<Credentials>()?.unwrap_or_default();
    // The newest of a phone's stands last.
    let in_use = IndexInUse {
        index: issuing.status_index,
        expires_at,
        // No phone's: it stays where one of them goes.
        device_id: "paper".to_owned(),
    };
    credentials.unexpired.insert(0, in_use);
    rows.put(&credentials)?;
    let (id, officer) = match made {
        Made::ByPhone(id) => (uuid::Uuid::from_bytes(id).to_string(), None),
        Made::AtDesk(id, officer) => (id.to_owned(), Some(officer.to_owned())),
    };
    kept.sheets.insert(
        0,
        SheetRecord {
            id,
            officer,
            made_at: acting.now,
            expires_at,
            first_day: definitions.day(acting.now)?,
            last_day: definitions.day(expires_at - 1)?,
            index: issuing.status_index,
            code: code.clone(),
            replaced: false,
            revoked: false,
        },
    );
    kept.sheets.truncate(SHEETS_KEPT);
    kept.max_days = making_max_days;
    rows.put(&kept)?;
    Ok((code, revoked))
}

/// Ends the sheet that counts, if there is one; how many that were.
pub(super) fn end(rows: &mut Rows) -> Result<usize, Refusal> {
    let mut kept = rows.get::<SheetRecords>()?.unwrap_or_default();
    let Some(newest) = kept.sheets.first_mut() else {
        return Ok(0);
    };
    if !end_one(rows, newest)? {
        return Ok(0);
    }
    newest.revoked = true;
    rows.put(&kept)?;
    Ok(1)
}

/// Takes a sheet out of what counts, where it does.
fn end_one(rows: &mut Rows, sheet: &SheetRecord) -> Result<bool, Refusal> {
    let mut credentials = rows.get::<Credentials>()?.unwrap_or_default();
    let place = credentials.unexpired.iter().position(|one| sheet.is(one));
    let Some(place) = place else {
        return Ok(false);
    };
    let one = credentials.unexpired.remove(place);
    let listed = StatusPlace::new(one.expires_at, one.index);
    rows.revoke(listed, one.expires_at + KEPT_AFTER_EXPIRY_SECS);
    rows.put(&credentials)?;
    Ok(true)
}

impl SheetRecord {
    fn is(&self, one: &IndexInUse) -> bool {
        (one.index, one.expires_at) == (self.index, self.expires_at)
    }

    fn standing(&self, credentials: &Credentials, now: i64) -> SheetStanding {
        if self.replaced {
            SheetStanding::Replaced
        } else if self.revoked {
            SheetStanding::Revoked
        } else if self.expires_at <= now {
            SheetStanding::Over
        } else if credentials.unexpired.iter().any(|one| self.is(one)) {
            SheetStanding::Good
        } else {
            SheetStanding::Ended
        }
    }
}

/// The sheets as they stand at `now` (Unix seconds), newest first.
pub(super) fn list(rows: &Rows, now: i64) -> Result<Vec<Sheet>, Refusal> {
    let kept = rows.get::<SheetRecords>()?.unwrap_or_default();
    let credentials = rows.get::<Credentials>()?.unwrap_or_default();
    let sheets = kept.sheets.into_iter().map(|one| {
        let standing = one.standing(&credentials, now);
        Sheet {
            standing,
            by_desk: one.officer.is_some(),
            made_at: one.made_at,
            expires_at: one.expires_at,
            first_day: one.first_day,
            last_day: one.last_day,
            code: (standing == SheetStanding::Good).then_some(one.code),
            id: one.id,
        }
    });
    Ok(sheets.collect())
}

/// What a phone is told.
pub(super) fn told(rows: &Rows, now: i64) -> Result<Sheets, Refusal> {
    let kept = rows.get::<SheetRecords>()?.unwrap_or_default();
    Ok(Sheets {
        sheets: list(rows, now)?,
        max_days: kept.max_days,
    })
}

/// What is another one whenever a phone is to be told something else; none where there never was a sheet.
pub(super) fn version(rows: &Rows) -> Result<Option<Vec<u8>>, StoreError> {
    let kept = rows.get::<SheetRecords>()?.unwrap_or_default();
    if kept.sheets.is_empty() {
        return Ok(None);
    }
    let credentials = rows.get::<Credentials>()?.unwrap_or_default();
    let mut version = vec![kept.max_days];
    for sheet in &kept.sheets {
        version.extend_from_slice(sheet.id.as_bytes());
        // That its day is over a phone knows by itself.
        version.push(sheet.standing(&credentials, i64::MIN) as u8);
    }
    Ok(Some(version))
}

health_code_core::hidden_debug!(SheetRecords, SheetRecord);
