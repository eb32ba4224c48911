//! The export as a paper: what the screen shows, then every record in lines, in the order in which they are drawn.
//!
//! Invariant: only what is in the JSON is in it, and what it shortens it says so. It measures no text and breaks no line or page:
//! whoever draws it has the fonts (docs/adr/0082).

use serde_json::Value;

use super::wire::{Export, ExportedRecord};
use super::{ExportBlock, ExportBlockKind, ExportDocument, ExportView};
use crate::citizen::{CitizenError, HealthCode};
use crate::words::moments::Reading;
use crate::words::{self, FluentArgs, LanguageTag};

/// Most lines about single records: some 150 pages.
const MAX_ROWS: usize = 6_000;
/// Longest text of a line, characters.
const MAX_TEXT_CHARS: usize = 1_000;
/// A text as long as that without a space is bytes in letters: a person has nothing from it.
const BYTES_FROM_CHARS: usize = 64;
/// 2000-01-01 and 2200-01-01, Unix seconds: what is told as a moment.
const MOMENTS: std::ops::Range<i64> = 946_684_800..7_258_118_400;

impl HealthCode {
    /// What [`HealthCode::export_data`] holds, as a paper that a person reads: to be drawn into a PDF, or printed.
    ///
    /// # Errors
    /// `Store`.
    pub fn export_document(&self) -> Result<ExportDocument, CitizenError> {
        let language = self.language();
        let view = self.export_view()?;
        let export = self.export()?;
        let mut paper = Paper {
            reading: self.reading(export.made_at, &language),
            blocks: Vec::new(),
            rows: 0,
        };
        paper.summary(&view);
        paper.records(&export);
        Ok(ExportDocument {
            file_name: format!("health-code-{}.pdf", self.context.today()),
            title: view.title,
            language: language.words().tag().to_owned(),
            direction: LanguageTag::from(language.words()).direction(),
            blocks: paper.blocks,
        })
    }

    /// What stands at the foot of a page of it: "Page 2 of 7".
    #[must_use]
    pub fn export_page_text(&self, page: u32, pages: u32) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("page", page);
        arguments.set("pages", pages);
        words::format("export-page", &arguments, self.language().words()).unwrap_or_default()
    }
}

/// A paper in the making.
struct Paper<'a> {
    reading: Reading<'a>,
    blocks: Vec<ExportBlock>,
    rows: usize,
}

impl Paper<'_> {
    fn summary(&mut self, view: &ExportView) {
        self.add(ExportBlockKind::Title, view.title.clone());
        self.add(ExportBlockKind::Note, view.made_at_text.clone());
        for section in &view.sections {
            self.add(ExportBlockKind::Heading, section.title.clone());
            for row in &section.rows {
                self.row(row.label.clone(), row.text.clone());
            }
            if let Some(text) = &section.empty_text {
                self.add(ExportBlockKind::Note, text.clone());
            }
        }
    }

    fn records(&mut self, export: &Export) {
        self.add(ExportBlockKind::Heading, self.word("export-phone-records"));
        for subject in &export.subjects {
            for record in &subject.records {
                self.record(&subject.id, record);
            }
        }
        let Some(holdings) = &export.authority else {
            return;
        };
        let heading = self.word("export-authority-records");
        self.add(ExportBlockKind::Heading, heading);
        for record in &holdings.records {
            let text = |name: &str| record[name].as_str().unwrap_or_default();
            let name = match text("name") {
                "" => record["kind"].to_string(),
                name => name.to_owned(),
            };
            self.one(&[&name, text("key")], &record["value"]);
        }
    }

    fn record(&mut self, subject: &str, record: &ExportedRecord) {
        let number = record.kind.to_string();
        let name = record.name.unwrap_or(&number);
        let whose = if subject == "owner" { "" } else { subject };
        self.one(&[name, &record.key, whose], &record.value);
    }

    fn one(&mut self, name: &[&str], value: &Value) {
        if self.rows == MAX_ROWS {
            return;
        }
        let name: Vec<_> = name.iter().copied().filter(|it| !it.is_empty()).collect();
        self.add(ExportBlockKind::Subheading, name.join(", "));
        self.lines("", value);
        if self.rows == MAX_ROWS {
            self.add(ExportBlockKind::Note, self.word("export-cut"));
        }
    }

    /// Member by member; `path` is how one comes there.
    fn lines(&mut self, path: &str, value: &Value) {
        let below = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        match value {
            // Says nothing to a person.
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::Array(items) if items.is_empty() => {}
            // The signed bytes are for programs: what they say stands beside them.
            Value::Object(members) if members.contains_key("signed") => {
                self.lines(path, &members["content"]);
            }
            Value::Object(members) => {
                for (name, value) in members {
                    self.lines(&below(name), value);
                }
            }
            Value::Array(items) if items.iter().all(is_plain) => {
                let items: Vec<_> = items.iter().map(|item| self.plain(path, item)).collect();
                self.counted_row(path, items.join(", "));
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.lines(&below(&(at + 1).to_string()), item);
                }
            }
            plain => {
                let text = self.plain(path, plain);
                self.counted_row(path, text);
            }
        }
    }

    fn plain(&self, path: &str, value: &Value) -> String {
        if let Some(text) = value.as_str() {
            return self.shortened(text);
        }
        let secs = match value.as_i64() {
            Some(at) if path.ends_with("At") => Some(at),
            Some(at) if path.ends_with("AtMs") => Some(at.div_euclid(1_000)),
            _ => None,
        };
        match secs.filter(|at| MOMENTS.contains(at)) {
            Some(at) => self.reading.in_full(at),
            None => value.to_string(),
        }
    }

    fn shortened(&self, text: &str) -> String {
        let is_bytes = text.len() >= BYTES_FROM_CHARS
            && text.is_ascii()
            && !text.bytes().any(|byte| byte.is_ascii_whitespace());
        if is_bytes {
            let mut arguments = FluentArgs::new();
            arguments.set("count", u32::try_from(text.len()).unwrap_or(u32::MAX));
            return words::format("export-bytes", &arguments, self.reading.language.words())
                .unwrap_or_default();
        }
        match text.char_indices().nth(MAX_TEXT_CHARS) {
            Some((end, _)) => format!("{}\u{2026} {}", &text[..end], self.word("export-cut")),
            None => text.to_owned(),
        }
    }

    fn counted_row(&mut self, path: &str, text: String) {
        if self.rows < MAX_ROWS {
            self.rows += 1;
            self.row(path.to_owned(), text);
        }
    }

    fn row(&mut self, label: String, text: String) {
        self.blocks.push(ExportBlock {
            kind: ExportBlockKind::Row,
            label,
            text,
        });
    }

    fn add(&mut self, kind: ExportBlockKind, text: String) {
        self.blocks.push(ExportBlock {
            kind,
            label: String::new(),
            text,
        });
    }

    fn word(&self, id: &str) -> String {
        let text = words::text(id, self.reading.language.words());
        text.unwrap_or_default().to_owned()
    }
}

const fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_) | Value::Null)
}
