//! What an authority publishes of the proofs that it takes, as JSON in a signed bundle, so that a phone asks for the right one before
//! it registers, also without a network.
//!
//! ```json
//! { "id": "identity-proofs", "version": 3, "unproven": {"code": true, "assurance": "paper"}, "ways": [
//!   { "kind": "none" },
//!   { "kind": "activation_code", "text": {"en": "...", "zh": "..."}, "phone": "12345" },
//!   { "kind": "oidc", "name": {"en": "...", "zh": "..."}, "issuer": "https://login.example.org",
//!     "clientId": "health-code", "scope": "openid profile" },
//!   { "kind": "host_assertion", "name": {"en": "...", "zh": "..."}, "issuer": "https://pay.example.org" } ] }
//! ```
//!
//! Invariant: a phone judges each way alone: a kind of tomorrow, or one that it cannot read, is left out, the rest counts. What the
//! authority checks with (keys, audiences, names of claims) is not published.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::words::LocalizedText;

/// Name in the index.
pub const IDENTITY_PROOFS_NAME: &str = "identity-proofs";
const MAX_WAYS: usize = 32;
const MAX_TEXT_CHARS: usize = 500;
const MAX_VALUE_CHARS: usize = 512;

crate::coded_errors! {
    /// Why a policy of identity proofs cannot be used.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum IdentityPolicyError {
        /// No JSON, a member missing, unknown or of the wrong type.
        Malformed => "identity_policy_malformed";
        /// No way, too many, or the same one twice.
        WaysInvalid => "identity_policy_ways_invalid";
        /// A text, an address, a number that cannot be.
        ValueInvalid => "identity_policy_value_invalid";
        /// A key set without a usable key, or with one of a kind that is not taken.
        KeysInvalid => "identity_policy_keys_invalid";
    }
}

crate::coded_errors! {
    /// What is wrong with a proof, and how a registration ended by one.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum IdentityProofError {
        /// This phone does not know yet which proofs the authority takes.
        NotKnownYet => "identity_proof_not_known_yet";
        /// Of a kind that the authority does not take.
        KindNotTaken => "identity_proof_kind_not_taken";
        /// Cannot be read as what it should be.
        Unreadable => "identity_proof_unreadable";
        /// No such code, or none for this name and document.
        CodeUnknown => "identity_proof_code_unknown";
        /// The code's time is over.
        CodeExpired => "identity_proof_code_expired";
        /// The code was used.
        CodeUsed => "identity_proof_code_used";
        /// The desk has struck the code off.
        CodeStruckOff => "identity_proof_code_struck_off";
        /// Of an issuer whom the authority does not take, or not signed by a key of its.
        IssuerRefused => "identity_proof_issuer_refused";
        /// Made for somebody else than this authority.
        WrongAudience => "identity_proof_wrong_audience";
        /// Made for another phone.
        OtherDevice => "identity_proof_other_device";
        /// Its time is over.
        Expired => "identity_proof_expired";
        /// Its time has not begun.
        NotYetValid => "identity_proof_not_yet_valid";
        /// It is of somebody else than the name and document given.
        OtherPerson => "identity_proof_other_person";
        /// The same person proved it on another phone, which has the registration now.
        Moved => "moved_by_proof";
        /// Somebody proved that the document is theirs; here nothing was proven.
        TakenOver => "taken_over_by_proof";
    }
}

crate::app_types! {
    describe as describe_proof_kind;

    /// A way to show who one is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ProofKind {
        /// Nothing is shown.
        None,
        /// A code that a community desk gave, which saw the document.
        ActivationCode,
        /// An id_token of a login (OpenID Connect Core 1.0).
        Oidc,
        /// A token of the app around this one, which knows the person by real name.
        HostAssertion,
    }
}

impl ProofKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::None,
        Self::ActivationCode,
        Self::Oidc,
        Self::HostAssertion,
    ];

    /// Stable id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ActivationCode => "activation_code",
            Self::Oidc => "oidc",
            Self::HostAssertion => "host_assertion",
        }
    }

    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// What is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityProofs {
    /// [`IDENTITY_PROOFS_NAME`].
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    /// What a citizen gets who has shown nothing.
    pub unproven: Unproven,
    /// The ways that count, in the order in which they are offered.
    pub ways: Vec<ProofWay>,
}

/// What a citizen gets who has shown nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unproven {
    /// Whether there is a code at all.
    pub code: bool,
    /// With which assurance.
    pub assurance: UnprovenAssurance,
}

/// The assurance of an unproven citizen's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnprovenAssurance {
    /// As the device's key has it.
    Device,
    /// The lowest: checkpoints compare with the document.
    Paper,
}

/// A way to prove a document, as the policy admits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofWay {
    /// Which.
    pub kind: ProofKind,
    /// What it is called, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<LocalizedText>,
    /// What to do, such as where the desk is, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<LocalizedText>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Who issues the token; there for tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// As which client an app logs in; `oidc` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// What it asks for; `oidc` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl ProofWay {
    /// One of this kind with nothing else said.
    #[must_use]
    pub const fn bare(kind: ProofKind) -> Self {
        Self {
            kind,
            name: None,
            text: None,
            phone: None,
            issuer: None,
            client_id: None,
            scope: None,
        }
    }

    /// Whether a phone can offer it.
    ///
    /// # Errors
    /// [`IdentityPolicyError::ValueInvalid`].
    pub fn check(&self) -> Result<(), IdentityPolicyError> {
        let texts = [&self.name, &self.text].into_iter().flatten();
        let values = [&self.issuer, &self.client_id, &self.scope];
        let is_token = matches!(self.kind, ProofKind::Oidc | ProofKind::HostAssertion);
        let phone = self.phone.as_deref();
        let is_valid = texts
            .clone()
            .all(|text| text.faulty_language(MAX_TEXT_CHARS).is_none())
            && values.into_iter().flatten().all(|value| is_value(value))
            && phone.is_none_or(crate::capability::published::is_phone)
            && self.issuer.is_some() == is_token
            && self.client_id.is_some() == (self.kind == ProofKind::Oidc)
            && (self.scope.is_none() || self.kind == ProofKind::Oidc);
        is_valid
            .then_some(())
            .ok_or(IdentityPolicyError::ValueInvalid)
    }
}

fn is_value(value: &str) -> bool {
    (1..=MAX_VALUE_CHARS).contains(&value.len()) && value.bytes().all(|it| (32..127).contains(&it))
}

impl IdentityProofs {
    /// What a phone makes of a content that was signed.
    ///
    /// # Errors
    /// [`IdentityPolicyError::Malformed`] if it is no such content at all.
    pub fn read(content: &[u8]) -> Result<Self, IdentityPolicyError> {
        #[derive(Deserialize)]
        struct Head {
            id: String,
            version: u64,
            #[serde(default)]
            unproven: Value,
            ways: Vec<Value>,
        }
        let head: Head = crate::encoding::json::from_slice(content)
            .map_err(|_| IdentityPolicyError::Malformed)?;
        let ways = head.ways.into_iter().filter_map(|way| {
            let way: ProofWay = serde_json::from_value(way).ok()?;
            way.check().ok().map(|()| way)
        });
        let said = |member: &str| head.unproven.get(member);
        Ok(Self {
            id: head.id,
            version: head.version,
            unproven: Unproven {
                code: said("code").and_then(Value::as_bool).unwrap_or(true),
                assurance: match said("assurance").and_then(Value::as_str) {
                    Some("device") => UnprovenAssurance::Device,
                    _ => UnprovenAssurance::Paper,
                },
            },
            ways: ways.take(MAX_WAYS).collect(),
        })
    }

    /// Whether an authority may publish it.
    ///
    /// # Errors
    /// [`IdentityPolicyError`].
    pub fn check(&self) -> Result<(), IdentityPolicyError> {
        if self.id != IDENTITY_PROOFS_NAME || self.version == 0 {
            return Err(IdentityPolicyError::ValueInvalid);
        }
        for (place, way) in self.ways.iter().enumerate() {
            way.check()?;
            let same = |other: &ProofWay| other.kind == way.kind && other.issuer == way.issuer;
            if self.ways[..place].iter().any(same) {
                return Err(IdentityPolicyError::WaysInvalid);
            }
        }
        if (1..=MAX_WAYS).contains(&self.ways.len()) {
            Ok(())
        } else {
            Err(IdentityPolicyError::WaysInvalid)
        }
    }

    /// Whether it takes proofs of this kind.
    #[must_use]
    pub fn takes(&self, kind: ProofKind) -> bool {
        self.ways.iter().any(|way| way.kind == kind)
    }
}
