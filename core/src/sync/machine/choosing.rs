//! Which request comes next.
//!
//! Invariant: trust before what is verified by it, erasings before whoever registers anew, uploads in their order, and parts and large
//! uploads last, where they are in nobody's way.

use super::Machine;
use crate::sync::step::{Action, Situation, SubjectSituation, Trust};

impl Machine {
    pub(super) fn choose(&mut self, situation: &Situation) -> Action {
        let have_trust = situation.trust != Trust::Missing;
        if situation.trust != Trust::Fresh && !self.trust_tried {
            if !self.index_done {
                return Action::Index;
            }
            self.trust_tried = true;
            if let Some(entry) = self.take_trust() {
                return Action::Bundle(entry);
            }
        }
        // Before everything else that is anybody's: who registers anew is not to be erased by it.
        if let Some(id) = &situation.next_erasure
            && self.erasure_problem.is_none()
        {
            return Action::Erase(id.clone());
        }
        if !self.device_unknown {
            for subject in &situation.subjects {
                if let Some(action) = self.choose_for(subject, have_trust) {
                    return action;
                }
            }
        }
        if !self.index_done {
            return Action::Index;
        }
        if situation.time_is_known
            && let Some(entry) = self.trust_deferred.take()
        {
            return Action::Bundle(entry);
        }
        if let Some(entry) = self.take_trust() {
            return Action::Bundle(entry);
        }
        // Without a trust bundle nothing else can be verified.
        if have_trust && let Some(entry) = self.wanted.pop_front() {
            return Action::Bundle(entry);
        }
        // Last, so that what was published is there to judge them by, and none of them is in anybody's way.
        if have_trust && !self.device_unknown {
            let mut subjects = situation.subjects.iter();
            if let Some(action) = subjects.find_map(|subject| self.choose_part(subject)) {
                return action;
            }
        }
        self.choose_large(situation).unwrap_or(Action::Finish)
    }

    /// A large upload, once nothing else is left to do.
    fn choose_large(&self, situation: &Situation) -> Option<Action> {
        if self.device_unknown || self.uploads_wait || self.large_uploads_wait {
            return None;
        }
        let mut subjects = situation.subjects.iter().filter(|subject| {
            let progress = self.subjects.get(&subject.subject);
            let is_unknown = progress.is_some_and(|progress| progress.is_unknown);
            subject.registered && !is_unknown
        });
        subjects.find_map(|subject| {
            let id = subject.next_large.clone()?;
            Some(Action::Upload(subject.subject.clone(), id))
        })
    }

    /// The next part to ask for of one subject.
    fn choose_part(&self, situation: &SubjectSituation) -> Option<Action> {
        let subject = &situation.subject;
        let progress = self.subjects.get(subject)?;
        if !situation.registered || progress.is_unknown {
            return None;
        }
        let mut missing = situation.missing_parts.iter();
        let name = missing.find(|name| !progress.parts_asked.contains(**name))?;
        Some(Action::Part(subject.clone(), name))
    }

    /// What is left to do for one subject.
    fn choose_for(&mut self, situation: &SubjectSituation, have_trust: bool) -> Option<Action> {
        let subject = &situation.subject;
        let progress = self.subjects.get(subject);
        if progress.is_some_and(|progress| progress.is_unknown) {
            return None;
        }
        let wait = progress.and_then(|progress| progress.registration_waits.clone());
        if let (Some(id), None) = (&situation.next_registration, &wait) {
            return Some(Action::Upload(subject.clone(), id.clone()));
        }
        // A colour that comes of an upload would fix the very details that are to be corrected.
        let holds_up = wait.filter(|_| !situation.registered || !situation.has_colour);
        let is_held_up = holds_up.is_some();
        self.held_up = self.held_up.take().or(holds_up);
        if !situation.registered {
            return None;
        }
        if let Some(id) = situation
            .next_upload
            .as_ref()
            .filter(|_| !self.uploads_wait && !is_held_up)
        {
            return Some(Action::Upload(subject.clone(), id.clone()));
        }
        let progress = self.subjects.get(subject);
        let is_done = progress.is_some_and(|progress| progress.state_done);
        (have_trust && !is_done).then(|| Action::State(subject.clone()))
    }
}
