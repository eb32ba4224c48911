//! What happened, for result.json.

use std::time::Duration;

use serde_json::{Value, json};

/// Steps, colours and verdicts in their order.
#[derive(Default)]
pub struct Record {
    steps: Vec<Value>,
    colours: Vec<String>,
    verdicts: Vec<Value>,
    codes: Vec<Value>,
}

impl Record {
    /// A step that held and how long it took.
    pub fn step(&mut self, name: &str, took: Duration) {
        let milliseconds = (took.as_secs_f64() * 1_000_000.0).round() / 1_000.0;
        self.steps
            .push(json!({ "name": name, "milliseconds": milliseconds }));
    }
    /// A colour that the phone showed.
    pub fn colour(&mut self, id: &str) {
        self.colours.push(id.to_owned());
    }
    /// A checkpoint's verdict.
    pub fn verdict(&mut self, what: &str, verdict: &Value) {
        self.verdicts
            .push(json!({ "what": what, "verdict": verdict }));
    }
    /// A code that was shown.
    pub fn code(&mut self, file: &str, text: &str, shown_at: i64) {
        self.codes
            .push(json!({ "file": file, "characters": text.chars().count(), "shownAt": shown_at }));
    }
    /// result.json.
    pub fn to_json(&self) -> Value {
        json!({
            "colours": self.colours,
            "verdicts": self.verdicts,
            "codes": self.codes,
            "steps": self.steps,
        })
    }
}
