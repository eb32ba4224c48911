//! The end of a region's codes on this phone: shown, data saved, then everything erased by the phone itself.
//!
//! Invariant: what is held is erased once the order's time has surely passed ([`TrustedClock::surely_passed_secs`]), and not before,
//! whatever the phone's clock shows and whether or not anybody still answers; by then the phone has known the order for as long as the
//! order grants. Each subject goes as [`HealthCode::erase`] lets it go, with a request to the authority. An order that was taken back in
//! time erases nothing. It ends no code: that does the trust bundle, and the code's own end.
//!
//! [`TrustedClock::surely_passed_secs`]: crate::sync::TrustedClock::surely_passed_secs

use serde::{Deserialize, Serialize};

use super::records::{IDENTITY, REGION_ENDED, SUNSET};
use super::region_end::region_ended;
use super::{CitizenError, HealthCode};
use crate::store::SubjectId;
use crate::trust::SunsetOrder;
use crate::words::moments::MomentStyle;
use crate::words::{self, FluentArgs, LocalizedText, marks};

crate::app_types! {
    describe as describe_sunset;

    /// How far the end of a region's codes is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum SunsetStage {
        /// Codes still count.
        Coming,
        /// No code counts any more; what this phone holds is still here.
        Ended,
        /// What this phone held was erased.
        Erased,
    }

    /// The end of a region's codes, for a screen.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct SunsetView {
        /// How far.
        pub stage: SunsetStage,
        /// Its heading.
        pub title: String,
        /// A shape that tells the stage without colour.
        pub shape: String,
        /// What it means for the reader, in sentences.
        pub text: String,
        /// Why, as the order says.
        pub reason: String,
        /// All of it, as it is spoken.
        pub spoken: String,
        /// From when on no code counts, Unix seconds.
        pub effective_at: i64,
        /// The same in words.
        pub effective_at_text: String,
        /// When this phone erases what it holds of its holder, Unix seconds, or did so. Later where the phone was off meanwhile.
        pub erase_at: i64,
        /// The same in words.
        pub erase_at_text: String,
        /// The label of what can be done: to open the export. None once everything was erased.
        pub save_text: Option<String>,
    }
}

crate::hidden_debug!(SunsetView);

/// An order as it was when this phone first heard of it: bundles end, and authorities may be gone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeardSunset {
    division: u32,
    pub(super) effective_at: i64,
    erase_after_secs: Option<u32>,
    pub(super) text: LocalizedText,
    /// Unix seconds.
    heard_at: i64,
}

/// That what was held here was erased because the region ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RegionEnded {
    division: u32,
    pub(super) effective_at: i64,
    pub(super) text: LocalizedText,
    /// Unix seconds.
    erased_at: i64,
}

crate::hidden_debug!(HeardSunset, RegionEnded);

impl HeardSunset {
    fn new(order: &SunsetOrder, heard_at: i64) -> Self {
        Self {
            division: order.division,
            effective_at: order.effective_at,
            erase_after_secs: order.erase_after_secs,
            text: order.text.clone(),
            heard_at,
        }
    }

    fn order(&self) -> SunsetOrder {
        SunsetOrder {
            division: self.division,
            effective_at: self.effective_at,
            text: self.text.clone(),
            erase_after_secs: self.erase_after_secs,
        }
    }

    fn erase_at(&self) -> i64 {
        self.order().erase_at(self.heard_at)
    }
}

impl HealthCode {
    /// The end of this region's codes, where it was ordered; none otherwise.
    ///
    /// # Errors
    /// `Store`.
    pub fn sunset(&self) -> Result<Option<SunsetView>, CitizenError> {
        let now = self.now().at_secs();
        if let Some(heard) = self
            .context
            .read(&SUNSET.for_subject(&self.context.subject))?
        {
            let stage = if now < heard.effective_at {
                SunsetStage::Coming
            } else {
                SunsetStage::Ended
            };
            let times = (heard.effective_at, heard.erase_at());
            return Ok(Some(self.sunset_view(stage, &heard.text, times)));
        }
        let ended = region_ended(&self.context)?;
        Ok(ended.map(|ended| {
            let times = (ended.effective_at, ended.erased_at);
            self.sunset_view(SunsetStage::Erased, &ended.text, times)
        }))
    }

    /// At the start and after a sync, however that ended: notes what was ordered, and does what an order's time has come for.
    pub(super) fn heed_sunsets(&self) {
        let dependants = self.context.sync.dependants();
        // The owner goes last: a dependant's request is signed with the owner's key.
        for subject in dependants.iter().chain([&SubjectId::OWNER]) {
            // What fails here is found again after the next sync.
            let _ = self.heed_sunset(subject);
        }
        let _ = self.forget_an_end_taken_back();
    }

    fn heed_sunset(&self, subject: &SubjectId) -> Result<(), CitizenError> {
        let context = &self.context;
        let Some(division) = self.division_of(subject)? else {
            return Ok(());
        };
        let place = SUNSET.for_subject(subject);
        let mut heard = context.read(&place)?;
        let Some(surely) = context.sync.surely_passed_secs()? else {
            return Ok(());
        };
        if let Some(trust) = context.sync.trust_bundle()? {
            let order = trust.end_of(division);
            if heard.as_ref().map(HeardSunset::order).as_ref() != order {
                let life = context.sync.life(subject)?;
                heard = order.map(|order| HeardSunset::new(order, surely));
                life.write(&[match &heard {
                    Some(heard) => place.put(heard)?,
                    None => place.delete(),
                }])?;
            }
        }
        match heard {
            Some(heard) if surely >= heard.erase_at() => {
                let ended = RegionEnded {
                    division: heard.division,
                    effective_at: heard.effective_at,
                    text: heard.text,
                    erased_at: surely,
                };
                self.erase_with(subject, vec![REGION_ENDED.for_this_phone().put(&ended)?])
            }
            _ => Ok(()),
        }
    }

    /// A region may begin anew.
    fn forget_an_end_taken_back(&self) -> Result<(), CitizenError> {
        let context = &self.context;
        let place = REGION_ENDED.for_this_phone();
        let (Some(ended), Some(trust)) = (context.read(&place)?, context.sync.trust_bundle()?)
        else {
            return Ok(());
        };
        let is_it = |order: &SunsetOrder| {
            (order.division, order.effective_at) == (ended.division, ended.effective_at)
        };
        if !trust.sunset_orders.iter().any(is_it) {
            context.store.remove(&place)?;
        }
        Ok(())
    }

    /// Where the subject is registered, or asked to be.
    fn division_of(&self, subject: &SubjectId) -> Result<Option<u32>, CitizenError> {
        let context = &self.context;
        if let Some(registration) = context.sync.last_registration(subject)? {
            return Ok(Some(registration.division));
        }
        let identity = context.read(&IDENTITY.for_subject(subject))?;
        Ok(identity.map(|identity| identity.division))
    }

    fn sunset_view(
        &self,
        stage: SunsetStage,
        reason: &LocalizedText,
        (effective_at, erase_at): (i64, i64),
    ) -> SunsetView {
        let language = self.language();
        let moment = |at| self.moment_text(at, MomentStyle::DayAndTime);
        let id = match stage {
            SunsetStage::Coming => "sunset-coming",
            SunsetStage::Ended => "sunset-ended",
            SunsetStage::Erased => "sunset-erased",
        };
        let mut arguments = FluentArgs::new();
        arguments.set("ends", moment(effective_at));
        arguments.set("erased", moment(erase_at));
        let word = |id: &str| {
            words::text(id, language.words())
                .unwrap_or_default()
                .to_owned()
        };
        let title = word(&format!("{id}-title"));
        let text = words::format(id, &arguments, language.words()).unwrap_or_default();
        let reason = reason.for_tag(&language).to_owned();
        let shape = match stage {
            SunsetStage::Coming => marks::ATTENTION,
            SunsetStage::Ended | SunsetStage::Erased => marks::PAST,
        };
        SunsetView {
            stage,
            shape: shape.to_string(),
            spoken: format!("{title}. {text} {reason}").trim_end().to_owned(),
            title,
            text,
            reason,
            effective_at,
            effective_at_text: moment(effective_at),
            erase_at,
            erase_at_text: moment(erase_at),
            save_text: (stage != SunsetStage::Erased).then(|| word("step-save_data")),
        }
    }
}
