//! Visitors for apps: passports read, entries declared, what a code counts as elsewhere.

use std::collections::HashMap;

use health_code_core::app_types::StaticText;
use health_code_core::capability::international::{
    self, CheckedColour, DocumentExplanation, DoorColourView, ElsewhereView, EntryStage, EntryStep,
    EntryView, MrzFaultView, MrzLevel, MrzView, NamesComparedView,
};
use health_code_core::code::{Refusal, VerdictAct, VerdictLevel};
use health_code_core::colour::Colour;
use health_code_core::identity::DocumentKind;
use health_code_core::identity::mrz::{Mrz, MrzCorrection, MrzFault, MrzFormat, NameComparison};
use health_code_core::trust::{ColourTone, ColourWords, Scheme};
use health_code_core::words::LanguageTag;

use crate::answers::{self, Answer};
use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;
use crate::mirror::LocalizedText;

health_code_core::describe_colour_words!();
health_code_core::describe_mrz_types!();
health_code_core::describe_name_comparison!();
health_code_core::describe_international_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// The machine-readable zone of a passport or card, as a camera's reader or a person has it, in words. Keeps nothing.
    ///
    /// # Errors
    /// `Closed`.
    pub fn read_mrz(&self, text: String) -> Result<MrzView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.read_mrz(&text)))
    }

    /// A typed name beside that of the zone in `text`; none where there is no zone.
    ///
    /// # Errors
    /// `Closed`.
    pub fn compare_with_mrz(
        &self,
        name: String,
        text: String,
    ) -> Result<Option<NamesComparedView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.compare_with_mrz(&name, &text)))
    }

    /// The draft of the registration form with what the zone says laid over it. A zone with a fault fills in nothing.
    ///
    /// # Errors
    /// `Store`.
    pub fn prefill_from_mrz(
        &self,
        text: String,
    ) -> Result<HashMap<String, Answer>, HealthCodeError> {
        self.with(|citizen| Ok(answers::from_json(citizen.prefill_from_mrz(&text)?)))
    }

    /// How far the entry from abroad is: declared, waiting, running, done.
    ///
    /// # Errors
    /// `Store`.
    pub fn entry(&self) -> Result<EntryView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.entry()?))
    }

    /// Submits the entry declaration, to be delivered once. Works offline; the draft is dropped. Gives the upload's id.
    ///
    /// # Errors
    /// `FormRefused`; `Session` before a registration; `Store`.
    pub fn submit_entry_declaration(
        &self,
        answers: HashMap<String, Answer>,
    ) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.submit_entry_declaration(&answers::to_json(answers)?)?))
    }

    /// What the code counts as in a GB/T 2260 division, and by which rule.
    ///
    /// # Errors
    /// `Session` without a code; `Store`.
    pub fn code_elsewhere(&self, division: u32) -> Result<ElsewhereView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.code_elsewhere(division)?))
    }

    /// The same for every region of the trust bundle.
    ///
    /// # Errors
    /// `Session` without a code; `Store`.
    pub fn code_in_regions(&self) -> Result<Vec<ElsewhereView>, HealthCodeError> {
        self.with(|citizen| Ok(citizen.code_in_regions()?))
    }
}

/// What a door shows of the colour of a code that was checked.
#[uniffi::export]
pub fn colour_at_door(checked: CheckedColour, language: String) -> DoorColourView {
    international::colour_at_door(&checked, &LanguageTag::new(&language))
}

/// A colour of a scheme: what is painted, its shape and its words.
#[uniffi::export]
pub fn colour_words(colour: Colour, scheme: Scheme, language: String) -> ColourWords {
    scheme.words(colour, LanguageTag::new(&language).words())
}

/// A kind of document explained, and a number of it judged; an empty one is not judged.
#[uniffi::export]
pub fn explain_document(
    kind: DocumentKind,
    number: String,
    language: String,
) -> DocumentExplanation {
    let language = LanguageTag::new(&language).words();
    international::explain_document(kind, &number, language)
}
