//! Kinds of documents explained, a number of one judged.

use super::views::DocumentExplanation;
use super::zone::said;
use crate::identity::{DocumentKind, birth_date, check_document_number};
use crate::words::Language;

/// Explains `kind`, and judges `number`; an empty one is not judged.
#[must_use]
pub fn explain_document(
    kind: DocumentKind,
    number: &str,
    language: Language,
) -> DocumentExplanation {
    let judged = (!number.is_empty()).then(|| check_document_number(kind, number));
    let (number, fault) = match judged {
        Some(Ok(number)) => (Some(number), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let born_on = number
        .as_deref()
        .and_then(|number| birth_date(kind, number));
    DocumentExplanation {
        kind,
        title: title(kind, number.as_deref(), language),
        form: said(&format!("document-kind-{}.form", kind.id()), language),
        fault: fault.map(|error| error.code().to_owned()),
        fault_text: fault.map_or_else(String::new, |error| error.text(language).to_owned()),
        born_on: born_on.map(|day| day.to_string()),
        number,
    }
}

/// Residence permits carry resident numbers of the regions whose people they are for.
fn title(kind: DocumentKind, number: Option<&str>, language: Language) -> String {
    let region = number.and_then(|number| number.get(..2));
    match (kind, region) {
        (DocumentKind::ResidentId, Some(region @ ("81" | "82" | "83"))) => {
            said(&format!("document-residence-{region}"), language)
        }
        _ => kind.name(language).to_owned(),
    }
}
