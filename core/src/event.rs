//! What the core tells a host without being asked.

#![expect(
    clippy::large_enum_variant,
    reason = "told one at a time and kept nowhere; what apps see has no boxes"
)]

use serde::Serialize;

use crate::capability::bulletins::BulletinUrgency;
use crate::colour::{Colour, Reason, ReasonTexts};
use crate::trust::ColourWords;

crate::app_types! {
    describe as describe_event;

    /// A change of colour as the citizen is told it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ColourChange {
        /// Colour before; none if there was no code.
        pub from: Option<Colour>,
        /// How that was shown: red of a visitor is orange.
        pub from_shown: Option<ColourWords>,
        /// Colour now.
        pub to: Colour,
        /// How that is shown.
        pub shown: ColourWords,
        /// Why; none where this version does not know the reason.
        pub reason: Option<Reason>,
        /// Why, in words, and what to do.
        pub texts: ReasonTexts,
        /// When it took effect, Unix seconds.
        pub since: i64,
    }

    /// Something the host may want to tell the citizen at once.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum HealthCodeEvent {
        /// The colour changed: raise an alert with the instructions.
        ColourChanged(ColourChange),
        /// A queued upload was refused for good and needs the citizen.
        UploadRefused {
            /// Id of the upload.
            upload_id: String,
            /// Stable code of the refusal.
            code: String,
        },
        /// The authority had lost this phone. It registers again by itself and sends again what it still holds; until there is
        /// an answer the old colour stays, then the colour is decided anew.
        RegistersAgain {
            /// That in words.
            text: String,
        },
        /// A sync brought bulletins that the citizen was not told of yet; whom each concerns, the bulletins themselves say.
        NewBulletins {
            /// Ids, as `BulletinView` has them.
            ids: Vec<String>,
            /// How urgent the most urgent of them is.
            most_urgent: BulletinUrgency,
        },
        /// A sync brought results of tests or vaccinations that the citizen was not told of yet.
        NewResults {
            /// Ids, as `ResultView` has them.
            ids: Vec<String>,
        },
        /// Something about the chain of changes of the colour does not fit: raise an alert. `changes` has it in words.
        ColourAlarms {
            /// Ids, as `ChainAlarmView` has them.
            ids: Vec<String>,
        },
    }
}

crate::hidden_debug!(ColourChange);
