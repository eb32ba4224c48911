//! What the authority in memory forgets.

use super::MemoryAuthority;
use crate::wire::SubjectId;

impl MemoryAuthority {
    /// Forgets the device.
    pub fn remove_device(&self) {
        self.lock().device = None;
    }

    /// Forgets the device, every upload, every decision; what it refuses stays.
    pub fn lose_everything(&self) {
        let mut inner = self.lock();
        inner.device = None;
        inner.uploads.clear();
        inner.order.clear();
        inner.subjects.clear();
        inner.revision += 1;
    }

    /// Knows a dependant no more.
    pub fn remove_dependant(&self, subject: &SubjectId) {
        self.lock().subjects.remove(subject);
    }

    /// Takes registrations from now on and knows no device all the same.
    pub fn know_nobody(&self) {
        let mut inner = self.lock();
        inner.device = None;
        inner.knows_nobody = true;
    }

    /// Erases no owner who has dependants in care, from now on.
    pub fn keep_owners_with_dependants(&self) {
        self.lock().keeps_owners = true;
    }

    /// Under which id it registers from now on.
    pub fn register_as(&self, citizen_id: &str) {
        self.lock().citizen_id = Some(citizen_id.to_owned());
    }
}
