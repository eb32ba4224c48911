//! Asking for a sheet, ending it, looking at it.

use super::views::{advice, waiting};
use super::{
    PaperRequest, PaperRevocation, PaperSheetView, PaperStatus, PapersView, REQUEST, REVOCATION,
    SHEETS,
};
use crate::citizen::context::json;
use crate::citizen::{CitizenError, HealthCode};
use crate::code::PAPER_DAYS;
use crate::sync::{PendingUpload, UploadKind, UploadRow};

impl HealthCode {
    /// Asks for a sheet of paper that counts for so many `days`; the one before ends with it. Works offline. Gives the upload's id;
    /// what the authority refuses (not green, too many, too long) is told as of any upload.
    ///
    /// # Errors
    /// `Precondition` before registration, `FormRefused` with the field `days`, `Store`.
    pub fn request_paper(&self, days: u8) -> Result<String, CitizenError> {
        self.require_registration()?;
        let request = PaperRequest { days };
        request.check()?;
        let context = &self.context;
        let body = json(&request)?;
        Ok(context.sync.enqueue(&context.subject, &REQUEST, &body)?)
    }

    /// Ends the sheet that counts: it is lost, or wanted no more. Works offline; it ends once the authority was reached. Gives the
    /// upload's id.
    ///
    /// # Errors
    /// `Precondition` before registration, `Store`.
    pub fn end_paper(&self) -> Result<String, CitizenError> {
        self.require_registration()?;
        let context = &self.context;
        let body = json(&PaperRevocation {})?;
        Ok(context.sync.enqueue(&context.subject, &REVOCATION, &body)?)
    }

    /// The sheets that the last sync told of, also those that the desk made. Works offline.
    ///
    /// # Errors
    /// `Store`.
    pub fn papers(&self) -> Result<PapersView, CitizenError> {
        let context = &self.context;
        let held = context.read(&SHEETS.for_subject(&context.subject))?;
        let held = held.unwrap_or_default();
        let pending = context.sync.pending(&context.subject)?;
        let waits = |row: &'static UploadRow| {
            let is_one = |it: &PendingUpload| it.kind == UploadKind::Known(row) && it.is_waiting();
            pending.iter().any(is_one)
        };
        let (is_asked_for, is_ending) = (waits(&REQUEST), waits(&REVOCATION));
        let tag = self.language();
        let language = tag.words();
        let at = self.now().at_secs();
        let sheets = held.sheets.into_iter();
        let mut earlier: Vec<_> = sheets
            .map(|sheet| PaperSheetView::new(sheet, at, language))
            .collect();
        let counting = earlier.iter().position(|sheet| sheet.counts);
        let sheet = counting.map(|place| earlier.remove(place));
        let status = PaperStatus::new(sheet.is_some(), is_asked_for, is_ending);
        let last_day = sheet.as_ref().map_or("", |sheet| sheet.last_day.as_str());
        let title = status.title(last_day, &tag);
        let waiting_text = waiting(is_asked_for, is_ending, language);
        let next_step_text = status.next_step().text(language);
        let told = waiting_text.as_deref();
        Ok(PapersView {
            status,
            shape: status.shape().to_string(),
            spoken: [Some(title.as_str()), told, Some(&next_step_text)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            title,
            next_step: status.next_step(),
            next_step_text,
            sheet,
            earlier,
            is_asked_for,
            is_ending,
            waiting_text,
            max_days: match held.max_days {
                0 => *PAPER_DAYS.end(),
                days => days.min(*PAPER_DAYS.end()),
            },
            advice: advice(language),
        })
    }
}
