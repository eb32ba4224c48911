//! Exporting what is held.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::holdings::{DATA_REQUEST, PAGE, REQUESTED};
use super::wire::{
    EXPORT_FORMAT, EXPORT_VERSION, Export, ExportedRecord, ExportedSubject, Holdings, LeftOut,
};
use super::{ExportRow, ExportSection, ExportView, HoldingsState, holdings, readable};
use crate::capability::appeals::AppealView;
use crate::capability::paper::PaperSheetView;
use crate::citizen::{CitizenError, HealthCode};
use crate::colour::ReasonTexts;
use crate::encoding::hex;
use crate::form::Form;
use crate::record_table::record_kinds;
use crate::store::{KindRow, RawPlace, SubjectId};
use crate::sync::{ColourSeen, PendingUpload, UploadKind};
use crate::trust::Scheme;
use crate::words::moments::date_text;
use crate::words::{self, FluentArgs};

impl HealthCode {
    /// Everything that this phone holds, as JSON (docs/schemas/export-1.json): the owner's health code exports all of
    /// the phone's subjects, a dependant's the dependant alone. Private keys are left out. Works without a network.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_data(&self) -> Result<String, CitizenError> {
        // Plain structs with text keys: this cannot fail.
        Ok(serde_json::to_string_pretty(&self.export()?).unwrap_or_default())
    }

    pub(super) fn export(&self) -> Result<Export, CitizenError> {
        let (store, own) = (&self.context.store, &self.context.subject);
        let held = if own.is_owner() {
            store.all_records()?
        } else {
            store.records_of(Some(own))?
        };
        let mut export = Export {
            format: EXPORT_FORMAT,
            version: EXPORT_VERSION,
            made_at: self.now().at_secs(),
            made_by: env!("CARGO_PKG_VERSION"),
            subjects: vec![ExportedSubject::of(own)],
            phone: Vec::new(),
            authority: self.holdings()?.1,
            left_out: Vec::new(),
        };
        export.take_all(held.iter().map(|(place, value)| (place, value.as_slice())));
        Ok(export)
    }

    /// What [`HealthCode::export_data`] holds of this subject, as a person reads it on a screen.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_view(&self) -> Result<ExportView, CitizenError> {
        let (holdings, at_the_authority) = self.at_the_authority()?;
        let sections = [
            self.own_details()?,
            self.own_colour()?,
            self.own_history()?,
            self.last_declared()?,
            self.own_appeals()?,
            self.cared_for()?,
            self.on_paper()?,
            self.unsent()?,
            self.erased(),
            at_the_authority,
            self.in_the_file()?,
        ];
        Ok(ExportView {
            title: self.export_word("title"),
            made_at_text: self.export_moment(self.now().at_secs()),
            holdings,
            sections: sections.into(),
        })
    }

    /// Asks the authority for everything that it holds of this subject: with the next sync the request goes out, and the data
    /// come with it or those after it. Those of an earlier request are dropped. Works offline. Gives the upload's id.
    ///
    /// # Errors
    /// [`CitizenFault::NotRegistered`](crate::citizen::CitizenFault::NotRegistered), `Store`, `Sync`.
    pub fn request_holdings(&self) -> Result<String, CitizenError> {
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        self.require_registration()?;
        let mut along = holdings::forget(&context.store, &context.subject)?;
        let place = REQUESTED.for_subject(&context.subject);
        along.push(place.put(&self.now().at_secs())?);
        Ok(context
            .sync
            .enqueue_with(&life, &DATA_REQUEST, b"{}", along)?)
    }

    fn holdings(&self) -> Result<(HoldingsState, Option<Holdings>), CitizenError> {
        let context = &self.context;
        Ok(holdings::held(&context.store, &context.subject)?)
    }

    /// How far the authority's own data are here.
    fn at_the_authority(&self) -> Result<(HoldingsState, ExportSection), CitizenError> {
        let (state, holdings) = self.holdings()?;
        let text = match (state, holdings) {
            (HoldingsState::NotRequested, _) => "holdings-not-requested",
            (HoldingsState::Requested, _) | (_, None) => "holdings-requested",
            (HoldingsState::Coming, _) => "holdings-coming",
            (HoldingsState::Held, Some(holdings)) => {
                let rows = vec![ExportRow {
                    label: self.export_moment(holdings.as_of),
                    text: self.counted(holdings.records.len()),
                }];
                return Ok((state, self.section("authority", rows)));
            }
        };
        let mut section = self.section("authority", Vec::new());
        section.empty_text = Some(self.export_word(text));
        Ok((state, section))
    }

    fn counted(&self, count: usize) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", u32::try_from(count).unwrap_or(u32::MAX));
        let language = self.language();
        words::format("export-records", &arguments, language.words()).unwrap_or_default()
    }

    fn own_details(&self) -> Result<ExportSection, CitizenError> {
        let form = self.registration_form()?;
        let (identity, today) = (self.identity()?, self.context.today());
        let answers = form.prefilled(identity.as_ref(), &serde_json::Map::new(), &today);
        Ok(self.section("details", self.read_back(&form, &answers)?))
    }

    fn last_declared(&self) -> Result<ExportSection, CitizenError> {
        let form = self.declaration_form()?;
        let answers = self.last_answers()?;
        Ok(self.section("declared", self.read_back(&form, &answers)?))
    }

    /// The answers that a form shows, in its own words.
    fn read_back(
        &self,
        form: &Form,
        answers: &serde_json::Map<String, Value>,
    ) -> Result<Vec<ExportRow>, CitizenError> {
        if answers.is_empty() {
            return Ok(Vec::new());
        }
        let review = self.review(form, answers)?;
        let view = crate::form::FormView::new(form.definition(), false, &self.language());
        let label = |id: &str| {
            let mut fields = view.sections.iter().flat_map(|section| &section.fields);
            let field = fields.find(|field| field.id == id);
            field.map_or_else(|| id.to_owned(), |field| field.label.clone())
        };
        let answered = review.answers.into_iter();
        Ok(answered
            .filter_map(|answer| {
                Some(ExportRow {
                    label: label(&answer.field_id),
                    text: answer.text?,
                })
            })
            .collect())
    }

    fn own_colour(&self) -> Result<ExportSection, CitizenError> {
        let Some(colour) = self.home()?.colour else {
            return Ok(self.section("colour", Vec::new()));
        };
        let row = |label: &str, text: String| ExportRow {
            label: self.export_word(label),
            text,
        };
        let rows = vec![
            row("colour", colour.title),
            row("why", colour.why),
            row("since", self.export_moment(colour.since)),
            row("rule", colour.rule_text),
            row("citizen-id", colour.citizen_id),
        ];
        Ok(self.section("colour", rows))
    }

    /// The changes of colour that this phone saw, newest first, as their receipts tell them.
    fn own_history(&self) -> Result<ExportSection, CitizenError> {
        let language = self.language();
        let told = |seen: ColourSeen| {
            let receipt = seen.receipt();
            let why = match &receipt {
                Some(it) => ReasonTexts::new(&it.reason, &it.reason_texts, &language).text,
                None => words::text("reason-unknown", language.words())
                    .unwrap_or_default()
                    .to_owned(),
            };
            let seen_at = seen.seen_at_ms.div_euclid(1_000);
            let scheme = receipt
                .as_ref()
                .map_or_else(Scheme::default, |it| it.scheme);
            let colour = scheme.words(seen.to, language.words()).word;
            ExportRow {
                label: self.export_moment(receipt.map_or(seen_at, |it| it.decided_at)),
                text: format!("{colour}\n{why}"),
            }
        };
        let seen = self.context.sync.colours_seen(&self.context.subject)?;
        let rows = seen.into_iter().map(told).collect();
        Ok(self.section("history", rows))
    }

    /// What was objected to, and what became of it.
    fn own_appeals(&self) -> Result<ExportSection, CitizenError> {
        let told = |appeal: AppealView| {
            let (label, title) = match appeal.received_at {
                Some(at) => (self.export_moment(at), Some(appeal.title)),
                None => (appeal.title, None),
            };
            let statement = Some(appeal.statement).filter(|said| !said.is_empty());
            let lines = [title, statement, appeal.reason_text, appeal.decision_text];
            ExportRow {
                label,
                text: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            }
        };
        let rows = self.appeals()?.appeals.into_iter().map(told).collect();
        Ok(self.section("appeals", rows))
    }

    /// Whom the owner cares for; what the phone holds of each is exported for each as well.
    fn cared_for(&self) -> Result<ExportSection, CitizenError> {
        let mut rows = Vec::new();
        // Nobody cares for others by somebody else's phone.
        if self.context.subject.is_owner() {
            for dependant in self.dependants()?.dependants {
                let carers = dependant.carers.into_iter().map(|carer| carer.text);
                let lines: Vec<_> = [dependant.state_text].into_iter().chain(carers).collect();
                rows.push(ExportRow {
                    label: dependant.name,
                    text: lines.join("\n"),
                });
            }
        }
        Ok(self.section("dependants", rows))
    }

    fn on_paper(&self) -> Result<ExportSection, CitizenError> {
        let language = self.language();
        let told = |sheet: PaperSheetView| {
            let days = [sheet.first_day, sheet.last_day].map(|day| date_text(&day, &language));
            let who = [sheet.masked_name, sheet.document_tail];
            let lines = [sheet.standing_text].into_iter().chain(who);
            ExportRow {
                label: days.join(" \u{2013} "),
                text: lines
                    .filter(|line| !line.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n"),
            }
        };
        let papers = self.papers()?;
        let sheets = papers.sheet.into_iter().chain(papers.earlier);
        Ok(self.section("paper", sheets.map(told).collect()))
    }

    fn unsent(&self) -> Result<ExportSection, CitizenError> {
        let told = |upload: PendingUpload| {
            let state = if upload.refusal.is_some() {
                "refused"
            } else {
                "waiting"
            };
            let kind = match upload.kind {
                UploadKind::Known(row) => words::text(
                    &format!("export-upload-{}", row.id),
                    self.language().words(),
                ),
                UploadKind::Newer { .. } => None,
            };
            let kind = kind.map_or_else(|| self.export_word("upload-other"), str::to_owned);
            ExportRow {
                label: self.export_moment(upload.queued_at_ms.div_euclid(1_000)),
                text: format!("{kind}\n{}", self.export_word(state)),
            }
        };
        let pending = self.context.sync.pending(&self.context.subject)?;
        Ok(self.section("unsent", pending.into_iter().map(told).collect()))
    }

    fn erased(&self) -> ExportSection {
        let mut rows = Vec::new();
        for erasure in self.erasures() {
            let kept = erasure.kept.into_iter().map(|kept| kept.text);
            let lines: Vec<_> = [self.export_word("erased")]
                .into_iter()
                .chain(kept)
                .collect();
            rows.push(ExportRow {
                label: self.export_moment(erasure.erased_at),
                text: lines.join("\n"),
            });
        }
        self.section("erasures", rows)
    }

    /// How much the JSON holds.
    fn in_the_file(&self) -> Result<ExportSection, CitizenError> {
        let own = self.context.store.records_of(Some(&self.context.subject))?;
        let row = |label: &str, text| ExportRow {
            label: self.export_word(label),
            text,
        };
        let rows = vec![
            row("file", self.counted(own.len())),
            row("left-out", self.export_word("left-out-text")),
        ];
        Ok(self.section("file", rows))
    }

    fn section(&self, id: &str, rows: Vec<ExportRow>) -> ExportSection {
        ExportSection {
            title: self.export_word(&format!("{id}-title")),
            empty_text: rows.is_empty().then(|| self.export_word("nothing")),
            rows,
        }
    }

    fn export_word(&self, id: &str) -> String {
        let text = words::text(&format!("export-{id}"), self.language().words());
        text.unwrap_or_default().to_owned()
    }

    fn export_moment(&self, at: i64) -> String {
        let language = self.language();
        self.reading(self.now().at_secs(), &language).in_full(at)
    }
}

impl ExportedSubject {
    fn of(subject: &SubjectId) -> Self {
        Self {
            id: subject.as_str().to_owned(),
            records: Vec::new(),
        }
    }
}

impl Export {
    /// All of these, but what the authority gave of its own, which is a part of the export for itself.
    pub(super) fn take_all<'a>(&mut self, held: impl Iterator<Item = (&'a RawPlace, &'a [u8])>) {
        let (kinds, pages) = (record_kinds(), PAGE.row().number);
        for (place, value) in held.filter(|(place, _)| place.kind != pages) {
            let kind = kinds.iter().find(|row| row.number == place.kind);
            match kind {
                Some(row) if row.codec == "secret" => self.leave_out(row),
                _ => self.take(place, record(place, kind, value)),
            }
        }
    }

    fn take(&mut self, place: &RawPlace, record: ExportedRecord) {
        let Some(subject) = &place.subject else {
            self.phone.push(record);
            return;
        };
        let mut known = self.subjects.iter_mut();
        if let Some(known) = known.find(|it| it.id == subject.as_str()) {
            known.records.push(record);
        } else {
            let mut new = ExportedSubject::of(subject);
            new.records.push(record);
            self.subjects.push(new);
        }
    }

    fn leave_out(&mut self, row: &KindRow) {
        let left_out = LeftOut {
            kind: row.number,
            name: row.name,
            why: "private_key",
        };
        if !self.left_out.contains(&left_out) {
            self.left_out.push(left_out);
        }
    }
}

fn record(place: &RawPlace, kind: Option<&KindRow>, value: &[u8]) -> ExportedRecord {
    let shown = match kind.map(|row| (row.codec, row.is_of_subject, row.fields)) {
        Some(("json", ..)) => {
            serde_json::from_slice(value).unwrap_or_else(|_| readable::bytes(value))
        }
        Some(("text", ..)) => String::from_utf8_lossy(value).into_owned().into(),
        Some(("cbor", _, fields)) => readable::cbor(value, fields),
        // Published for everybody: which it is says enough.
        Some(("bytes", false, _)) => {
            json!({"sha256": hex::encode(&Sha256::digest(value)), "size": value.len()})
        }
        _ => readable::bytes(value),
    };
    ExportedRecord {
        kind: place.kind,
        name: kind.map(|row| row.name),
        key: place.key.clone(),
        value: shown,
    }
}
