//! Which proofs of identity count here, and what an unproven citizen gets: a file of the settings.
//!
//! Invariant: a policy is whole or the server does not start; of it, what a phone must know is published, and nothing of what tokens
//! are checked with.

use health_code_core::capability::identity_proof::{
    IDENTITY_PROOFS_NAME, IdentityPolicyError, IdentityProofs, ProofKind, ProofWay, Unproven,
    UnprovenAssurance,
};
use health_code_core::identity::DocumentKind;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::keys::TokenKeys;

/// Days that an activation code is good, where the policy does not say.
const CODE_DAYS: u32 = 14;
const MAX_CODE_DAYS: u32 = 90;
/// How old a token may be, seconds, where the policy does not say.
const TOKEN_SECS: i64 = 3_600;
const MAX_TOKEN_SECS: i64 = 7 * 86_400;

/// The policy in force.
pub(crate) struct ProofPolicy {
    /// What phones are told.
    pub(crate) published: IdentityProofs,
    /// How many days a code is good; none where codes are not taken.
    pub(super) code_days: Option<u32>,
    pub(super) issuers: Vec<TokenIssuer>,
}

/// Somebody whose tokens count.
pub(super) struct TokenIssuer {
    pub(super) kind: ProofKind,
    pub(super) issuer: String,
    /// Whom the tokens have to be for.
    pub(super) audience: String,
    /// How old a token may be, seconds.
    pub(super) max_age_secs: i64,
    pub(super) keys: TokenKeys,
    pub(super) claims: ClaimNames,
}

/// In which claims an issuer says whose name and document it is.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ClaimNames {
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) document_number: Option<String>,
    /// The claim with the kind of document.
    #[serde(default)]
    pub(super) document_kind: Option<String>,
    /// The one kind of document that the issuer knows people by.
    #[serde(default)]
    pub(super) fixed_document_kind: Option<String>,
    /// The claim with the document's hash, in the place of all these.
    #[serde(default)]
    pub(super) document_sha256: Option<String>,
}

impl ClaimNames {
    fn is_valid(&self) -> bool {
        let kind = (&self.document_kind, &self.fixed_document_kind);
        let names_kind = match kind {
            (Some(_), None) => true,
            (None, Some(kind)) => DocumentKind::from_id(kind).is_some(),
            _ => false,
        };
        let names_document = self.name.is_some() && self.document_number.is_some() && names_kind;
        names_document || (self.document_sha256.is_some() && kind == (&None, &None))
    }
}

/// What a way is checked with; not published.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Checks {
    days: Option<u32>,
    audience: Option<String>,
    max_age_secs: Option<i64>,
    jwks: Option<Value>,
    claims: Option<ClaimNames>,
}

const CHECKS: [&str; 5] = ["days", "audience", "maxAgeSecs", "jwks", "claims"];

impl Default for ProofPolicy {
    /// Nobody has to show anything, and a desk's codes count.
    fn default() -> Self {
        let ways = [ProofKind::None, ProofKind::ActivationCode];
        Self {
            published: IdentityProofs {
                id: IDENTITY_PROOFS_NAME.to_owned(),
                version: 1,
                unproven: Unproven {
                    code: true,
                    assurance: UnprovenAssurance::Device,
                },
                ways: ways.map(ProofWay::bare).to_vec(),
            },
            code_days: Some(CODE_DAYS),
            issuers: Vec::new(),
        }
    }
}

impl ProofPolicy {
    /// Reads the file.
    pub(crate) fn from_json(json: &[u8]) -> Result<Self, IdentityPolicyError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            version: u64,
            unproven: Unproven,
            ways: Vec<Map<String, Value>>,
        }
        let file: File = health_code_core::encoding::json::from_slice(json)
            .map_err(|_| IdentityPolicyError::Malformed)?;
        let mut policy = Self {
            published: IdentityProofs {
                id: IDENTITY_PROOFS_NAME.to_owned(),
                version: file.version,
                unproven: file.unproven,
                ways: Vec::new(),
            },
            code_days: None,
            issuers: Vec::new(),
        };
        for mut said in file.ways {
            let checks = CHECKS.iter().filter_map(|name| said.remove_entry(*name));
            let checks: Map<String, Value> = checks.collect();
            let checks: Checks = serde_json::from_value(Value::Object(checks))
                .map_err(|_| IdentityPolicyError::Malformed)?;
            let said = Value::Object(said);
            let way: ProofWay =
                serde_json::from_value(said.clone()).map_err(|_| IdentityPolicyError::Malformed)?;
            // A member that is unknown would be one that somebody relies on.
            if serde_json::to_value(&way).ok().as_ref() != Some(&said) {
                return Err(IdentityPolicyError::Malformed);
            }
            policy.take(way, checks)?;
        }
        policy.published.check()?;
        Ok(policy)
    }

    fn take(&mut self, way: ProofWay, checks: Checks) -> Result<(), IdentityPolicyError> {
        let invalid = IdentityPolicyError::ValueInvalid;
        let is_token = matches!(way.kind, ProofKind::Oidc | ProofKind::HostAssertion);
        let has_token_checks = checks.audience.is_some()
            || checks.max_age_secs.is_some()
            || checks.jwks.is_some()
            || checks.claims.is_some();
        if (has_token_checks && !is_token)
            || (checks.days.is_some() && way.kind != ProofKind::ActivationCode)
        {
            return Err(invalid);
        }
        if way.kind == ProofKind::ActivationCode {
            let days = checks.days.unwrap_or(CODE_DAYS);
            if !(1..=MAX_CODE_DAYS).contains(&days) {
                return Err(invalid);
            }
            self.code_days = Some(days);
        }
        if is_token {
            let max_age_secs = checks.max_age_secs.unwrap_or(TOKEN_SECS);
            let audience = checks.audience.or_else(|| way.client_id.clone());
            let claims = checks.claims.filter(ClaimNames::is_valid).ok_or(invalid)?;
            if !(60..=MAX_TOKEN_SECS).contains(&max_age_secs) {
                return Err(invalid);
            }
            self.issuers.push(TokenIssuer {
                kind: way.kind,
                issuer: way.issuer.clone().ok_or(invalid)?,
                audience: audience.filter(|it| !it.is_empty()).ok_or(invalid)?,
                max_age_secs,
                keys: TokenKeys::read(checks.jwks.unwrap_or_default())?,
                claims,
            });
        }
        self.published.ways.push(way);
        Ok(())
    }

    /// Whether somebody is registered who shows nothing.
    pub(crate) fn takes_unproven(&self) -> bool {
        self.published.takes(ProofKind::None)
    }

    /// What is published, as JSON.
    pub(crate) fn content(&self) -> Vec<u8> {
        serde_json::to_vec(&self.published).unwrap_or_default()
    }
}

impl std::fmt::Debug for ProofPolicy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProofPolicy(version {})", self.published.version)
    }
}
