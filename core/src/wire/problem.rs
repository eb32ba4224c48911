//! RFC 9457 problem answers.

use serde::{Deserialize, Serialize};

use crate::words::{self, Language};

/// Body of an answer that refuses, content type `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:health-code:problem:` and the kind's code.
    #[serde(rename = "type")]
    pub kind_uri: String,
    /// Short English title, the same for every occurrence.
    pub title: String,
    /// Status code, repeated.
    pub status: u16,
    /// Path of the field that was refused, where there is one; never its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Stable code of what is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_code: Option<String>,
}

const PREFIX: &str = "urn:health-code:problem:";

macro_rules! problems {
    ($( $(#[$meta:meta])* $variant:ident = $status:literal, $code:literal; )*) => {
        /// What an authority refuses a request for; each has its status.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemKind { $( $(#[$meta])* $variant ),* }
        impl ProblemKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),* ];
            /// HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $( Self::$variant => $status ),* } }
            /// Stable snake_case code.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $( Self::$variant => $code ),* } }
            /// Title.
            #[must_use]
            pub fn title(self, language: Language) -> &'static str {
                let id = match self { $( Self::$variant => concat!("problem-", $code) ),* };
                words::text(id, language).unwrap_or(self.code())
            }
        }
    };
}

problems! {
    /// JSON that cannot be read.
    Malformed = 400, "malformed";
    /// No signature in the one accepted form; for a registration, one that its own key did not make.
    SignatureRefused = 401, "signature_refused";
    /// Signature without a fresh server nonce: sign again with the one in this answer.
    NonceRequired = 401, "nonce_required";
    /// No registered device signed this: the device is unknown, or the signature is not its own. Which of the two is not
    /// told.
    DeviceUnknown = 403, "device_unknown";
    /// Not a subject of this device: one of another device, one that never was, and no id at all are answered alike.
    SubjectUnknown = 404, "subject_unknown";
    /// Admin call without two different officers' signatures.
    OfficersRefused = 403, "officers_refused";
    /// A report that no laboratory which may report signed; `field_code` says what is wrong with it.
    LaboratoryRefused = 403, "laboratory_refused";
    /// No such thing.
    NotFound = 404, "not_found";
    /// The path is known, the method is not.
    MethodNotAllowed = 405, "method_not_allowed";
    /// The document is registered with another device.
    AlreadyRegistered = 409, "already_registered";
    /// The citizen cannot change this detail of the registration any more; `field` says which.
    DetailsFixed = 409, "details_fixed";
    /// The authority's desk moved the citizen to another phone: this one's registration has ended.
    RegistrationEnded = 409, "registration_ended";
    /// Nobody is registered here without a proof of identity.
    IdentityProofRequired = 409, "identity_proof_required";
    /// The proof does not show that the citizen is who the identity says; `field_code` says what is wrong with it.
    IdentityProofRefused = 409, "identity_proof_refused";
    /// The proof is good, but who of two people it is, or whether they are two, is for the authority's desk to see.
    IdentityNeedsDesk = 409, "identity_needs_desk";
    /// The owner cannot be erased while dependants are in the owner's care.
    DependantsRemain = 409, "dependants_remain";
    /// Nobody agreed that this person comes into the citizen's care: no code, another one, or the desk was not asked. Whether
    /// the document is registered is not told.
    CareNotAgreed = 409, "care_not_agreed";
    /// The citizen cares for as many, or the dependant has as many carers, as the authority allows.
    CareFull = 409, "care_full";
    /// Body over the cap.
    TooLarge = 413, "too_large";
    /// Content type not understood.
    UnsupportedMediaType = 415, "unsupported_media_type";
    /// Read, but refused for its content: sending it again will not help.
    Invalid = 422, "invalid";
    /// Same id, other body.
    IdReused = 422, "id_reused";
    /// Unknown form or version.
    FormUnknown = 422, "form_unknown";
    /// Too many requests.
    RateLimited = 429, "rate_limited";
    /// The citizen's uploads of the day are used up: this one waits, all else goes on.
    QuotaUsedUp = 429, "quota_used_up";
    /// A fault of the server's own.
    Internal = 500, "internal";
    /// The authority's key may not sign now; all else goes on.
    NotIssuing = 503, "not_issuing";
    /// Overloaded or shutting down.
    Unavailable = 503, "unavailable";
}

impl ProblemKind {
    /// The full type URI.
    #[must_use]
    pub fn uri(self) -> String {
        format!("{PREFIX}{}", self.code())
    }
    /// The kind with this type URI.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let code = uri.strip_prefix(PREFIX)?;
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
    /// The answer's body.
    #[must_use]
    pub fn body(self) -> Problem {
        Problem {
            kind_uri: self.uri(),
            title: self.title(Language::English).to_owned(),
            status: self.status(),
            field: None,
            field_code: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemKind;

    #[test]
    fn every_kind_is_found_by_its_uri() {
        for kind in ProblemKind::ALL {
            assert_eq!(ProblemKind::from_uri(&kind.uri()), Some(*kind));
            assert!((400..600).contains(&kind.status()));
        }
        assert_eq!(ProblemKind::from_uri("about:blank"), None);
    }
}
