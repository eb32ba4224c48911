//! Several subjects of one phone at once: their codes one after the other at a door, and one check-in for all.
//!
//! Invariant: each has the code, and the upload, that it would have alone; what is filed for several is filed for all of them
//! in one write, or for none. No code says that another one is shown with it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::GroupCode;
use crate::citizen::{CitizenError, HealthCode};
use crate::store::SubjectId;
use crate::sync::QueuedUpload;
use crate::words::{self, FluentArgs};

impl HealthCode {
    /// The codes of these subjects to show now, in this order; all on this phone, the owner first, where none are named. Call
    /// it again after the shortest `remaining_ms`.
    ///
    /// # Errors
    /// `Sync`: nobody on this phone has one of the ids; `Store`.
    pub fn group_codes(&self, subjects: &[SubjectId]) -> Result<Vec<GroupCode>, CitizenError> {
        let members = self.members(subjects)?;
        let language = self.language();
        let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let mut codes = Vec::new();
        for (position, member) in (1..).zip(members) {
            let name = member.identity()?.map(|it| it.name).unwrap_or_default();
            let home = member.home()?;
            let (code, missing_text) = match member.current_code() {
                Ok(code) => (Some(code), String::new()),
                Err(error) => (None, error.text(language.words()).to_owned()),
            };
            let mut told = FluentArgs::new();
            told.set("name", name.as_str());
            told.set("position", position);
            told.set("count", count);
            let title = words::format("group-title", &told, language.words()).unwrap_or_default();
            codes.push(GroupCode {
                id: member.subject().as_str().to_owned(),
                spoken: format!("{title} {}", home.status.spoken),
                name,
                position,
                count,
                title,
                code,
                missing_text,
            });
        }
        Ok(codes)
    }

    /// Files one health declaration for several: each of these subjects has its own upload with these answers. Works offline.
    /// Gives their ids, in the order of the subjects.
    ///
    /// # Errors
    /// As [`HealthCode::submit_declaration`]; then nothing was filed for anybody.
    pub fn submit_declaration_for(
        &self,
        subjects: &[SubjectId],
        answers: &Map<String, Value>,
    ) -> Result<Vec<String>, CitizenError> {
        let mut queued: Vec<QueuedUpload> = Vec::new();
        for member in self.members(subjects)? {
            queued.push(member.declaration(answers)?);
        }
        Ok(self.context.sync.enqueue_all(&queued)?)
    }

    /// These subjects, each once; all on this phone where none are named.
    fn members(&self, subjects: &[SubjectId]) -> Result<Vec<Arc<Self>>, CitizenError> {
        let mut seen = BTreeSet::new();
        let all;
        let subjects = if subjects.is_empty() {
            let owner = std::iter::once(SubjectId::OWNER);
            all = owner
                .chain(self.context.sync.dependants())
                .collect::<Vec<_>>();
            &all
        } else {
            subjects
        };
        let each_once = subjects
            .iter()
            .filter(|subject| seen.insert((*subject).clone()));
        each_once.map(|subject| self.member(subject)).collect()
    }
}
