//! What tests of appeals have in common: evidence, a decision, what a phone shows of its one appeal.

use health_code_authority::AppealDecisionOrder;
use health_code_core::capability::appeals::{AppealOutcome, AppealView, PIECE_BYTES};
use health_code_core::citizen::HomeNoticeKind;
use health_code_core::sync::SyncOutcome;
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;

use crate::phone::Phone;
use crate::town::Town;

/// A photograph of about this many pieces, of its own kind: the first bytes are a JPEG's, the rest is noise.
#[must_use]
pub fn photograph(pieces: usize, seed: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    let mut state = u32::from(seed) + 1;
    while bytes.len() < (pieces - 1) * PIECE_BYTES + 1_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.extend(state.to_be_bytes());
    }
    bytes
}

/// The phone's one appeal.
///
/// # Panics
/// If it has none, or several.
#[must_use]
pub fn only(phone: &Phone) -> AppealView {
    let mut view = phone.health_code.appeals().expect("a view");
    assert_eq!(view.appeals.len(), 1);
    view.appeals.remove(0)
}

/// What the home screen tells beside the colour.
///
/// # Panics
/// If there is no home screen.
#[must_use]
pub fn notices(phone: &Phone) -> Vec<HomeNoticeKind> {
    let home = phone.health_code.home().expect("a view");
    home.notices.iter().map(|notice| notice.kind).collect()
}

/// A decision that upholds an appeal and corrects nothing.
#[must_use]
pub fn decision(town: &Town, citizen: &str, appeal: &str) -> AppealDecisionOrder {
    AppealDecisionOrder {
        id: town.new_id(),
        citizen_id: citizen.to_owned(),
        subject: SubjectId::OWNER,
        appeal: appeal.to_owned(),
        outcome: AppealOutcome::Upheld,
        reason: "record_of_another_person".to_owned(),
        text: Some(LocalizedText::new("It was another person.", "是另一人。")),
        corrections: Vec::new(),
        additions: Vec::new(),
        at: town.now(),
    }
}

/// Syncs until nothing is left, as an app would; the last outcome.
///
/// # Panics
/// If something is left for ever.
pub fn sync_all(phone: &Phone) -> SyncOutcome {
    for _ in 0..20 {
        let outcome = phone.sync();
        if outcome.uploads_left == 0 {
            return outcome;
        }
    }
    panic!("something is left for ever");
}
