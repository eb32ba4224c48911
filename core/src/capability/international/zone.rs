//! Machine-readable zones in words.

use chrono::NaiveDate;

use super::views::{MrzFaultView, MrzLevel, MrzView, NamesComparedView};
use crate::identity::mrz::{MrzCorrection, MrzFault, NameComparison, compare_name, read_mrz};
use crate::words::{self, FluentArgs, Language};

/// A zone in `text` as a screen shows it on `today`.
#[must_use]
pub fn mrz_view(text: &str, today: NaiveDate, language: Language) -> MrzView {
    let (zone, faults) = match read_mrz(text, today) {
        Ok(zone) => {
            let faults = zone.faults.clone();
            (Some(zone), faults)
        }
        Err(fault) => (None, vec![fault]),
    };
    let level = match &zone {
        None => MrzLevel::Unread,
        Some(zone) if !zone.is_sound() => MrzLevel::Check,
        Some(zone) if zone.is_expired => MrzLevel::Expired,
        Some(_) => MrzLevel::Sound,
    };
    let corrections = zone.iter().flat_map(|zone| &zone.corrections);
    MrzView {
        level,
        title: said(level.text_id(), language),
        spoken: said(&format!("{}.spoken", level.text_id()), language),
        next_step: said(&format!("{}.step", level.text_id()), language),
        faults: faults
            .iter()
            .map(|fault| in_words(fault, language))
            .collect(),
        corrections: corrections.map(|one| corrected(one, language)).collect(),
        zone,
    }
}

/// A typed name beside that of the zone in `text`; none where there is no zone.
#[must_use]
pub fn compare_names(
    typed: &str,
    text: &str,
    today: NaiveDate,
    language: Language,
) -> Option<NamesComparedView> {
    let zone = read_mrz(text, today).ok()?;
    let comparison = compare_name(typed, &zone);
    let id = match comparison {
        NameComparison::Same => "name-same",
        NameComparison::SameAsFarAsShown => "name-same_as_far_as_shown",
        NameComparison::Differs => "name-differs",
        NameComparison::CannotTell => "name-cannot_tell",
    };
    Some(NamesComparedView {
        comparison,
        typed: typed.to_owned(),
        in_document: zone.full_name(),
        text: said(id, language),
    })
}

fn in_words(fault: &MrzFault, language: Language) -> MrzFaultView {
    let place = (fault.line > 0).then(|| {
        let mut arguments = FluentArgs::new();
        arguments.set("line", fault.line);
        arguments.set("column", fault.column);
        words::format("mrz-place", &arguments, language)
    });
    MrzFaultView {
        code: fault.code.to_owned(),
        text: said(fault.code, language),
        place: place.flatten().unwrap_or_default(),
        line: fault.line,
        column: fault.column,
        length: fault.length,
    }
}

fn corrected(one: &MrzCorrection, language: Language) -> String {
    let mut arguments = FluentArgs::new();
    arguments.set("line", one.line);
    arguments.set("column", one.column);
    arguments.set("read", one.read.as_str());
    arguments.set("taken", one.taken.as_str());
    words::format("mrz-corrected", &arguments, language).unwrap_or_default()
}

pub(super) fn said(id: &str, language: Language) -> String {
    words::text(id, language).unwrap_or_default().to_owned()
}
