//! What else the authority in memory holds of a subject.

use super::answers::{answer, problem};
use super::{Held, Inner, MemoryAuthority};
use crate::ports::HttpResponse;
use crate::wire::{self, Parts, ProblemKind, SubjectId, cursor_of_query};

impl MemoryAuthority {
    /// Holds a part of the subject, in the place of what had its name: the next state tells its tag, and whoever asks for it,
    /// from wherever on, is answered with `body`.
    pub fn set_part(&self, subject: &SubjectId, name: &str, tag: &str, body: &[u8]) {
        let mut inner = self.lock();
        inner.revision += 1;
        let held = inner.subjects.entry(subject.clone()).or_default();
        let part = (tag.to_owned(), body.to_vec());
        held.parts.insert(name.to_owned(), part);
    }

    pub(super) fn told_parts(held: &Held) -> Parts {
        let parts = held.parts.iter();
        Parts::new(parts.map(|(name, (tag, _))| (name.clone(), tag.clone())))
    }

    pub(super) fn part(name: &str, subject: &SubjectId, inner: &Inner) -> HttpResponse {
        let held = inner.subjects.get(subject);
        match held.and_then(|held| held.parts.get(name)) {
            Some((_, body)) => answer(200, wire::JSON, body.clone()),
            None => problem(ProblemKind::NotFound),
        }
    }
}

/// The part that a path and query of the protocol ask for.
pub(super) fn part_name<'a>(target: &'a str, subject: &SubjectId) -> Option<&'a str> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    cursor_of_query(query)?;
    path.strip_prefix(&wire::part_path(subject, ""))
}
