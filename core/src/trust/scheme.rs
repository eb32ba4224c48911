//! The two sets of colours that a region may use.

use serde::{Deserialize, Serialize};

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
        Serialize,
        Deserialize,
        minicbor::Encode,
        minicbor::Decode,
    )]
    #[cbor(index_only)]
    #[serde(rename_all = "lowercase")]
    pub enum Scheme {
        /// Green, yellow, red.
        #[n(0)]
        Domestic,
        /// For arrivals from abroad: green, yellow, and orange in red's place.
        #[n(1)]
        International,
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
}
