//! The two sets of colours that a region may use, and how each is shown, written and spoken.
//!
//! Invariant: of the international set only red is shown otherwise: as orange, with a word and a shape of its own. What it
//! restricts is red's.

use serde::{Deserialize, Deserializer, Serialize};

use crate::colour::Colour;
use crate::words::{self, Language};

crate::app_types! {
    describe as describe_scheme;

    /// Which of the two schemes the colour belongs to.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        Default,
        Serialize,
        Deserialize,
        minicbor::Encode,
        minicbor::Decode,
    )]
    #[cbor(index_only)]
    #[serde(rename_all = "lowercase")]
    pub enum Scheme {
        /// Green, yellow, red.
        #[default]
        #[n(0)]
        Domestic,
        /// For arrivals from abroad: green, yellow, and orange in red's place.
        #[n(1)]
        International,
    }
}

crate::app_types! {
    describe as describe_colour_words;

    /// What is painted.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum ColourTone {
        /// Green.
        Green,
        /// Yellow.
        Yellow,
        /// Orange: red of the international scheme.
        Orange,
        /// Red.
        Red,
    }

    /// A colour of a scheme as it is shown, written and spoken.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ColourWords {
        /// What is painted.
        pub tone: ColourTone,
        /// One character that tells it without colour: circle, triangle, diamond, square.
        pub shape: String,
        /// The word beside the colour: "Orange".
        pub word: String,
        /// What it means, in a few words: "Orange: stay in, check in daily".
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
    }
}

impl Scheme {
    /// Stable id: `domestic`, `international`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::International => "international",
        }
    }

    /// What is painted for a colour of this scheme.
    #[must_use]
    pub const fn tone(self, colour: Colour) -> ColourTone {
        match (colour, self) {
            (Colour::Green, _) => ColourTone::Green,
            (Colour::Yellow, _) => ColourTone::Yellow,
            (Colour::Red, Self::International) => ColourTone::Orange,
            (Colour::Red, Self::Domestic) => ColourTone::Red,
        }
    }

    /// Id of a colour's texts: the word itself, its attributes `title` and `spoken`.
    #[must_use]
    pub const fn text_id(self, colour: Colour) -> &'static str {
        match self.tone(colour) {
            ColourTone::Orange => "colour-orange",
            ColourTone::Green | ColourTone::Yellow | ColourTone::Red => colour.text_id(),
        }
    }

    /// How a colour of this scheme is shown, written and spoken.
    #[must_use]
    pub fn words(self, colour: Colour, language: Language) -> ColourWords {
        let id = self.text_id(colour);
        let text = |id: &str| words::text(id, language).unwrap_or_default().to_owned();
        let tone = self.tone(colour);
        let shape = match tone {
            ColourTone::Orange => '\u{25c6}',
            ColourTone::Green | ColourTone::Yellow | ColourTone::Red => colour.shape(),
        };
        ColourWords {
            tone,
            shape: shape.to_string(),
            word: text(id),
            title: text(&format!("{id}.title")),
            spoken: text(&format!("{id}.spoken")),
        }
    }

    /// Whether it is the domestic one.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    pub(crate) const fn is_domestic(&self) -> bool {
        matches!(self, Self::Domestic)
    }

    /// A scheme in something signed for the citizen alone. One that a later version added is shown as the domestic one, whose
    /// words are the strictest; a code in it is not read at all.
    ///
    /// # Errors
    /// Those of a text.
    pub(crate) fn lenient<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let id = String::deserialize(from)?;
        let known = [Self::Domestic, Self::International].into_iter();
        Ok(known
            .into_iter()
            .find(|scheme| scheme.id() == id)
            .unwrap_or_default())
    }
}
