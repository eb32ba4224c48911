//! Answers against a form: one walk over the fields, from which validation, progress, visible fields and
//! the check of a single field are all read.
//!
//! Invariant: all errors are found in one walk and stand in the form's order. Answers to fields that are
//! not visible are left out of the result, not refused: a draft may hold them from before the citizen
//! changed an earlier answer, and what was not asked is nobody's business.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::answers::{AnswerError, Progress, RefusedAnswer, ValidAnswers};
use super::field::Compiled;
use super::load::{Form, MAX_FIELDS, is_field_id};
use super::schema::FormField;
use super::value;
use crate::identity::parse_date;
use crate::sorting;

/// What one walk finds.
struct Walk {
    /// For each field, in order.
    fields: Vec<Found>,
    /// The accepted answers, in their normal forms.
    values: Map<String, Value>,
    /// `{"answers": ..., "today": ...}`: what conditions see.
    data: Value,
}

/// What was found about a field.
#[derive(Default)]
struct Found {
    visible: bool,
    answered: bool,
    error: Option<RefusedAnswer>,
}

impl Form {
    /// Checks answers, by field id. `today` is the authority's local day, `YYYY-MM-DD`, on the phone too.
    ///
    /// # Errors
    /// Every refused answer, in the form's order; unknown answers last.
    pub fn validate(
        &self,
        answers: &Map<String, Value>,
        today: &str,
    ) -> Result<ValidAnswers, Vec<RefusedAnswer>> {
        if answers.len() > MAX_FIELDS {
            return Err(vec![RefusedAnswer::new("", AnswerError::TooMany)]);
        }
        let walk = self.walk(answers, today).map_err(|error| vec![error])?;
        let unknown = answers.keys().filter(|id| self.field(id).is_none());
        let unknown = unknown.map(|id| {
            let path = if is_field_id(id) { id } else { "?" };
            RefusedAnswer::new(path, AnswerError::UnknownField)
        });
        let Walk { fields, values, .. } = walk;
        let errors = fields.into_iter().filter_map(|found| found.error);
        let errors: Vec<_> = errors.chain(unknown).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(ValidAnswers {
            form_id: self.definition().id.clone(),
            form_version: self.definition().version,
            values,
        })
    }

    /// Checks one field as it is typed, in the light of the other answers. A field that is unknown or not
    /// visible has nothing to refuse.
    ///
    /// # Errors
    /// What is wrong with this field.
    pub fn validate_field(
        &self,
        id: &str,
        answers: &Map<String, Value>,
        today: &str,
    ) -> Result<(), RefusedAnswer> {
        let walk = self.walk(answers, today)?;
        let found = self
            .fields()
            .zip(walk.fields)
            .find(|(field, _)| field.id == id);
        found.and_then(|(_, found)| found.error).map_or(Ok(()), Err)
    }

    /// How far the form is filled in.
    ///
    /// # Errors
    /// `answers_today_invalid`.
    pub fn progress(
        &self,
        answers: &Map<String, Value>,
        today: &str,
    ) -> Result<Progress, RefusedAnswer> {
        let walk = self.walk(answers, today)?;
        let mut progress = Progress {
            answered: 0,
            required: 0,
        };
        for (field, found) in self.fields().zip(walk.fields) {
            if field.required && found.visible {
                progress.required += 1;
                progress.answered += u32::from(found.answered && found.error.is_none());
            }
        }
        Ok(progress)
    }

    /// Ids of the fields to show, in order.
    ///
    /// # Errors
    /// `answers_today_invalid`.
    pub fn visible_fields(
        &self,
        answers: &Map<String, Value>,
        today: &str,
    ) -> Result<Vec<String>, RefusedAnswer> {
        let walk = self.walk(answers, today)?;
        let visible = self
            .fields()
            .zip(walk.fields)
            .filter(|(_, found)| found.visible);
        Ok(visible.map(|(field, _)| field.id.clone()).collect())
    }

    /// The answers that are right by themselves, in their normal forms; the others are left out.
    pub(super) fn accepted(
        &self,
        answers: &Map<String, Value>,
        today: &str,
    ) -> Result<Map<String, Value>, RefusedAnswer> {
        Ok(self.walk(answers, today)?.values)
    }

    fn walk(&self, answers: &Map<String, Value>, today: &str) -> Result<Walk, RefusedAnswer> {
        let day =
            parse_date(today).ok_or_else(|| RefusedAnswer::new("", AnswerError::TodayInvalid))?;
        let mut walk = Walk {
            fields: Vec::with_capacity(self.compiled.len()),
            values: Map::new(),
            data: serde_json::json!({"answers": {}, "today": today}),
        };
        for (field, compiled) in self.fields().zip(&self.compiled) {
            let found = walk.look_at(field, compiled, answers.get(&field.id), day);
            walk.fields.push(found);
        }
        self.check_constraints(&mut walk);
        Ok(walk)
    }

    /// Conditions over several fields, once each field by itself is known to be right.
    fn check_constraints(&self, walk: &mut Walk) {
        let refused = self
            .fields()
            .zip(&walk.fields)
            .filter(|(_, found)| found.error.is_some());
        let refused: BTreeSet<String> = sorting::gather(refused.map(|(field, _)| field.id.clone()));
        let fields = self.fields().zip(&self.compiled).zip(&mut walk.fields);
        for ((field, compiled), found) in fields {
            if !found.answered || found.error.is_some() {
                continue;
            }
            for (constraint, check) in field.constraints.iter().zip(&compiled.constraints) {
                if check.reads.iter().any(|read| refused.contains(read)) {
                    continue;
                }
                found.error = match check.holds(&walk.data) {
                    Ok(true) => continue,
                    Ok(false) => Some(RefusedAnswer {
                        path: field.id.clone(),
                        code: constraint.code.clone(),
                        text: Some(constraint.text.clone()),
                    }),
                    Err(_) => Some(RefusedAnswer::new(&field.id, AnswerError::ConditionFailed)),
                };
                break;
            }
        }
    }
}

impl Walk {
    fn look_at(
        &mut self,
        field: &FormField,
        compiled: &Compiled,
        answer: Option<&Value>,
        today: NaiveDate,
    ) -> Found {
        let mut found = Found {
            visible: true,
            ..Found::default()
        };
        match compiled
            .visible
            .as_ref()
            .map(|visible| visible.holds(&self.data))
        {
            None | Some(Ok(true)) => {}
            Some(Ok(false)) => return Found::default(),
            // Neither asked nor passed over in silence.
            Some(Err(_)) => {
                found.error = Some(RefusedAnswer::new(&field.id, AnswerError::ConditionFailed));
                return found;
            }
        }
        let Some(answer) = answer.filter(|answer| !value::is_blank(answer)) else {
            found.error = field
                .required
                .then(|| RefusedAnswer::new(&field.id, AnswerError::Required));
            return found;
        };
        found.answered = true;
        let nationality = field.nationality_field.as_deref();
        let nationality = nationality.and_then(|id| self.values.get(id)?.as_str());
        match value::check(field, compiled.pattern.as_ref(), answer, today, nationality) {
            Ok(normal) => {
                self.data["answers"][&field.id] = value::for_conditions(field, &normal);
                self.values.insert(field.id.clone(), normal);
            }
            Err(refused) => found.error = Some(refused.at(&field.id)),
        }
        found
    }
}
