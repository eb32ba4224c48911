//! From bytes to a form that can be used: every part checked, expressions and patterns compiled.
//!
//! Invariant: a [`Form`] that exists is sound: ids are unique, texts are there in both languages, each
//! attribute belongs to its field's kind, and each condition reads fields that exist. What is left to go
//! wrong with a form is a condition that meets a value it cannot compare: `answer_condition_failed`.

use std::collections::{BTreeMap, BTreeSet};

use super::FormError;
use super::field::{Compiled, compile, reference_unknown};
use super::schema::{FieldKind, FormChoice, FormDefinition, FormField};
use crate::rules::fact;
use crate::words::LocalizedText;

/// Largest form, in bytes of JSON.
pub const MAX_FORM_BYTES: usize = 512 * 1024;
/// Most sections of a form.
pub const MAX_SECTIONS: usize = 32;
/// Most fields of a form.
pub const MAX_FIELDS: usize = 200;
const MAX_TEXT_CHARS: usize = 500;
const MAX_ID_BYTES: usize = 64;

/// A questionnaire, checked and ready to validate answers.
pub struct Form {
    definition: FormDefinition,
    /// One for each field, in the form's order.
    pub(crate) compiled: Vec<Compiled>,
}

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// [`FormError`], the first one found.
    pub fn from_json(bytes: &[u8]) -> Result<Self, FormError> {
        if bytes.len() > MAX_FORM_BYTES {
            return Err(FormError::TooLarge);
        }
        let definition =
            crate::encoding::json::from_slice(bytes).map_err(|error| FormError::Malformed {
                line: error.line() as u64,
                column: error.column() as u64,
            })?;
        Self::new(definition)
    }

    /// Checks a form that was put together in memory.
    ///
    /// # Errors
    /// As [`Form::from_json`].
    pub fn new(mut definition: FormDefinition) -> Result<Self, FormError> {
        check_head(&definition)?;
        share_choices(&mut definition)?;
        let mut compiled = Vec::new();
        let mut earlier = BTreeMap::new();
        let mut codes = BTreeSet::new();
        let mut used_once = BTreeSet::new();
        let fields = || {
            definition
                .sections
                .iter()
                .flat_map(|section| &section.fields)
        };
        for field in fields() {
            if let Some(of) = field.nationality_field.as_deref()
                && earlier.get(of) != Some(&FieldKind::SingleChoice)
            {
                return Err(reference_unknown(field, "nationalityField"));
            }
            compiled.push(compile(field, &earlier, &mut codes)?);
            let as_source = field.source.map(|source| format!("source {source:?}"));
            let known = field.fact.as_deref().and_then(fact);
            let once = known.filter(|fact| !fact.may_repeat());
            let as_fact = once.map(|fact| format!("fact {}", fact.id()));
            for used in [as_source, as_fact].into_iter().flatten() {
                if !used_once.insert(used) {
                    return Err(FormError::Duplicate {
                        path: field.id.clone(),
                    });
                }
            }
            earlier.insert(field.id.as_str(), field.kind);
        }
        // Constraints may read any field, so these are looked at when all are known.
        for (field, compiled) in fields().zip(&compiled) {
            let mut reads = compiled.constraints.iter().flat_map(|check| &check.reads);
            if reads.any(|read| !earlier.contains_key(read.as_str())) {
                return Err(reference_unknown(field, "constraints"));
            }
        }
        drop(earlier);
        Ok(Self {
            definition,
            compiled,
        })
    }

    /// Refuses facts that this version does not know. On a phone such a fact may be a later version's; where answers
    /// are counted it would be a slip of the pen that makes one count for nothing.
    ///
    /// # Errors
    /// [`FormError::FactUnknown`].
    pub fn require_known_facts(&self) -> Result<(), FormError> {
        let unknown =
            |field: &&FormField| field.fact.as_deref().is_some_and(|id| fact(id).is_none());
        let found = self.fields().find(unknown);
        found.map_or(Ok(()), |field| {
            Err(FormError::FactUnknown {
                path: format!("{}.fact", field.id),
            })
        })
    }

    /// The form's parts.
    #[must_use]
    pub const fn definition(&self) -> &FormDefinition {
        &self.definition
    }

    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &FormField> {
        self.definition
            .sections
            .iter()
            .flat_map(|section| &section.fields)
    }

    /// None where the form has no such field.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&FormField> {
        self.fields().find(|field| field.id == id)
    }

    /// The form as JSON, as [`Form::from_json`] reads it.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // Strings, numbers and maps with string keys: there is nothing that could fail.
        let mut definition = self.definition.clone();
        let sections = definition.sections.iter_mut();
        for field in sections.flat_map(|section| &mut section.fields) {
            if field.choices_of.is_some() {
                field.choices.clear();
            }
        }
        serde_json::to_vec_pretty(&definition).unwrap_or_default()
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Form({} v{})",
            self.definition.id, self.definition.version
        )
    }
}

/// Gives fields the choices of the earlier field that they name.
fn share_choices(definition: &mut FormDefinition) -> Result<(), FormError> {
    let mut earlier: BTreeMap<String, Vec<FormChoice>> = BTreeMap::new();
    let sections = definition.sections.iter_mut();
    for field in sections.flat_map(|section| &mut section.fields) {
        if let Some(of) = field.choices_of.as_deref() {
            let shared = earlier.get(of).filter(|shared| !shared.is_empty());
            let shared = shared.ok_or_else(|| reference_unknown(field, "choicesOf"))?;
            if !field.choices.is_empty() && field.choices != *shared {
                return Err(FormError::Duplicate {
                    path: format!("{}.choices", field.id),
                });
            }
            field.choices.clone_from(shared);
        }
        if field.choices_of.is_none() {
            earlier.insert(field.id.clone(), field.choices.clone());
        }
    }
    Ok(())
}

fn check_head(definition: &FormDefinition) -> Result<(), FormError> {
    let id_ok = is_id(&definition.id, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
    }) && definition.id.starts_with(|c: char| c.is_ascii_lowercase());
    if !id_ok {
        return Err(FormError::IdInvalid {
            path: "id".to_owned(),
        });
    }
    if definition.version == 0 {
        return Err(FormError::VersionInvalid);
    }
    check_text(&definition.title, "title")?;
    if let Some(note) = &definition.note {
        check_text(note, "note")?;
    }
    check_count(definition.sections.len(), 1, MAX_SECTIONS, "sections")?;
    let field_count = definition
        .sections
        .iter()
        .map(|section| section.fields.len())
        .sum();
    check_count(field_count, 1, MAX_FIELDS, "fields")?;
    let mut section_ids = BTreeSet::new();
    let mut field_ids = BTreeSet::new();
    for (at, section) in definition.sections.iter().enumerate() {
        let path = format!("sections[{at}]");
        check_field_id(&section.id, &path)?;
        check_count(section.fields.len(), 1, MAX_FIELDS, &path)?;
        check_text(&section.title, &format!("{path}.title"))?;
        if !section_ids.insert(&section.id) {
            return Err(FormError::Duplicate { path });
        }
        for (at, field) in section.fields.iter().enumerate() {
            let path = format!("{path}.fields[{at}]");
            check_field_id(&field.id, &path)?;
            if !field_ids.insert(&field.id) {
                return Err(FormError::Duplicate { path });
            }
        }
    }
    Ok(())
}

/// In both languages that are required, nowhere blank, nowhere endless.
pub(super) fn check_text(text: &LocalizedText, path: &str) -> Result<(), FormError> {
    match text.faulty_language(MAX_TEXT_CHARS) {
        None => Ok(()),
        Some(language) => Err(FormError::TextInvalid {
            path: format!("{path}.{language}"),
        }),
    }
}

pub(super) fn check_count(
    count: usize,
    least: usize,
    most: usize,
    path: &str,
) -> Result<(), FormError> {
    if (least..=most).contains(&count) {
        Ok(())
    } else {
        Err(FormError::CountInvalid {
            path: path.to_owned(),
        })
    }
}

/// A lower-case letter, then letters and digits: a name in every language that reads the form.
pub(crate) fn is_field_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase()) && is_id(id, |c| c.is_ascii_alphanumeric())
}

fn check_field_id(id: &str, path: &str) -> Result<(), FormError> {
    if is_field_id(id) {
        Ok(())
    } else {
        Err(FormError::IdInvalid {
            path: format!("{path}.id"),
        })
    }
}

pub(super) fn is_id(id: &str, allowed: impl Fn(char) -> bool) -> bool {
    (1..=MAX_ID_BYTES).contains(&id.len()) && id.chars().all(allowed)
}
