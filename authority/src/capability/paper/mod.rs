//! Paper: a code for who has no phone, printed at the desk or asked for by a carer's phone.
//!
//! Invariant: at most one sheet of a subject counts. It is made for a subject that is green and stands among the subject's
//! credentials, so that whatever ends those (another colour, erasing, a move to another phone) ends it as well; a new one ends the
//! one before in the same act. Prints nothing: that is for whoever asked.

mod desk;
mod order;
mod pdf;
mod sheets;

use health_code_core::capability::paper::{
    PART, PaperRequest, PaperRevocation, REQUESTS, REVOCATIONS,
};
use health_code_core::wire::SubjectId;

pub use order::{PaperAct, PaperAnswer, PaperOrder, SignedPaperOrder, sign_paper_order};
pub(crate) use pdf::{PrintedSheet, print};

use self::sheets::{Made, Making};
use crate::cases::Refusal;
use crate::cases::file::{Acting, Effect, UploadKind};
use crate::cases::parts::PartRow;
use crate::store::{RowKey, Rows};

/// Row of the table of uploads: a sheet is wanted.
pub(crate) const REQUEST: UploadKind = UploadKind::plain(REQUESTS, 20, |checking, body| {
    let request: PaperRequest = super::read(body)?;
    Ok(Box::new(Request {
        expires_at: sheets::expires_at(
            checking.policy,
            checking.definitions,
            request.days,
            checking.now,
        )?,
        days: request.days,
        today: checking.today.to_owned(),
        per_day: checking.policy.papers_per_day,
        max_days: checking.policy.paper_max_days,
    }))
});

/// Row of the table of uploads: the sheet is to end.
pub(crate) const REVOCATION: UploadKind = UploadKind::plain(REVOCATIONS, 21, |_, body| {
    let PaperRevocation {} = super::read(body)?;
    Ok(Box::new(Revocation))
});

/// Row of the table of parts: which sheets there are.
pub(crate) const PART_ROW: PartRow = PartRow {
    name: PART,
    reads: sheets::part_reads,
    version: sheets::version,
    answer_reads: |_, _| Ok(Vec::new()),
    answers_with_all: false,
    answer: |asked, rows| {
        let told = sheets::told(rows, asked.now)?;
        serde_json::to_value(told).map_err(|_| Refusal::Failed("sheets_unwritable"))
    },
};

struct Request {
    days: u8,
    expires_at: i64,
    today: String,
    per_day: u32,
    max_days: u8,
}

impl Effect for Request {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        sheets::reads(subject)
    }

    fn status_index_until(&self) -> Option<i64> {
        Some(self.expires_at)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        sheets::count_request(rows, &self.today, self.per_day)?;
        let making = Making {
            made: Made::ByPhone(acting.upload),
            days: self.days,
            expires_at: self.expires_at,
            issuing: acting.issuing.ok_or(Refusal::Failed("no_status_index"))?,
            max_days: self.max_days,
        };
        let (_, revoked) = sheets::make(rows, acting, making)?;
        Ok(revoked)
    }
}

struct Revocation;

impl Effect for Revocation {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        sheets::reads(subject)
    }

    fn apply(&self, _: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        sheets::end(rows)
    }
}
