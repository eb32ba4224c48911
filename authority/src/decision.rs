//! From what is known of a citizen to a colour with its signed reasons.
//!
//! Invariant: the colour follows from the evidence in the receipt and the published rule set alone, so that the
//! phone computes the same. Days are those on which the server received something, in the rule set's time zone.
//! Runs inside the writer's savepoint; issues no credential.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::ports::Entropy;
use health_code_core::rules::{Decision, DeclaredFacts, Evidence, OrderInForce, RuleSet};
use health_code_core::trust::{RECEIPT_TYPE, sign_bundle};
use health_code_core::wire::Receipt;
use rusqlite::Connection;

use crate::db::{self, DbError, Purpose, Sealer, StoredDecision};

/// Decides colours.
pub(crate) struct Decider {
    pub(crate) rule_set: RuleSet,
    pub(crate) issuer_key: Arc<SigningKey>,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Decider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Decider({} v{})",
            self.rule_set.id, self.rule_set.version
        )
    }
}

/// The decision in force after a look at the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) decision: StoredDecision,
    /// Credentials that were revoked because the colour changed.
    pub(crate) revoked: usize,
}

impl Decider {
    /// Local day at `at` (Unix seconds).
    pub(crate) fn day(&self, at: i64) -> Result<String, DbError> {
        self.rule_set.local_day(at).ok_or(DbError::Failed)
    }

    /// Takes a new declaration into what is known.
    pub(crate) fn add_declaration(
        &self,
        connection: &Connection,
        citizen_id: &str,
        new: DeclaredFacts,
    ) -> Result<(), DbError> {
        db::check_in(connection, citizen_id, &new.date)?;
        let mut known = self.known_declarations(connection, citizen_id)?;
        known.push(new);
        let kept = DeclaredFacts::keep_what_counts(known);
        let json = serde_json::to_vec(&kept).map_err(|_| DbError::Failed)?;
        let sealed = self
            .sealer
            .seal(Purpose::Facts, citizen_id, &json, self.entropy.as_ref())?;
        db::put_declared(connection, citizen_id, &sealed)
    }

    /// Decides at `at` (Unix seconds); revokes the citizen's credentials if the colour changed.
    ///
    /// None before the first declaration or order, and where the rule set fails with no decision before: then
    /// the fault is logged and what was in force stays in force.
    pub(crate) fn decide(
        &self,
        connection: &Connection,
        citizen_id: &str,
        at: i64,
    ) -> Result<Option<Decided>, DbError> {
        let before = db::decision(connection, citizen_id)?;
        let unchanged = |before: Option<StoredDecision>| {
            Ok(before.map(|decision| Decided {
                decision,
                revoked: 0,
            }))
        };
        let evidence = match self.evidence(connection, citizen_id, at)? {
            Ok(Some(evidence)) => evidence,
            Ok(None) => return unchanged(before),
            Err(code) => {
                tracing::error!(code, "the evidence contradicts itself");
                return unchanged(before);
            }
        };
        let input_hash = self.input_hash(&evidence)?;
        if before
            .as_ref()
            .is_some_and(|before| before.input_hash == input_hash)
        {
            return unchanged(before);
        }
        let decision = match self.rule_set.decide(&evidence) {
            Ok(decision) => decision,
            Err(error) => {
                tracing::error!(code = error.code(), "the rule set failed");
                return unchanged(before);
            }
        };
        let new = self.store(
            connection,
            citizen_id,
            &evidence,
            &decision,
            before.as_ref(),
            at,
        )?;
        let colour_changed = before.is_some_and(|before| before.colour != new.colour);
        let revoked = if colour_changed {
            db::revoke_credentials(connection, citizen_id, at)?
        } else {
            0
        };
        Ok(Some(Decided {
            decision: StoredDecision { input_hash, ..new },
            revoked,
        }))
    }

    fn store(
        &self,
        connection: &Connection,
        citizen_id: &str,
        evidence: &Evidence,
        decision: &Decision,
        before: Option<&StoredDecision>,
        at: i64,
    ) -> Result<StoredDecision, DbError> {
        let same_colour = before.filter(|before| before.colour == decision.colour);
        let since = same_colour.map_or(at, |before| before.since);
        let receipt = Receipt {
            citizen_id: citizen_id.to_owned(),
            colour: decision.colour,
            reason: decision.reason,
            rule_set_id: decision.rule_set_id.clone(),
            rule_set_version: decision.rule_set_version,
            rule_id: decision.rule_id.clone(),
            since,
            evidence_date: decision.evidence_date.clone(),
            earliest_green: decision.earliest_green.clone(),
            evidence: evidence.to_value(),
            decided_at: at,
        };
        let json = serde_json::to_vec(&receipt).map_err(|_| DbError::Failed)?;
        let signed =
            sign_bundle(RECEIPT_TYPE, &json, &self.issuer_key).map_err(|_| DbError::Failed)?;
        let new = StoredDecision {
            colour: decision.colour,
            reason: decision.reason,
            rule_set_id: decision.rule_set_id.clone(),
            rule_version: decision.rule_set_version,
            rule_id: decision.rule_id.clone(),
            since,
            decided_day: evidence.today.clone(),
            input_hash: self.input_hash(evidence)?,
            receipt: self.sealer.seal(
                Purpose::Receipt,
                citizen_id,
                &signed,
                self.entropy.as_ref(),
            )?,
        };
        let same_reason = same_colour.is_some_and(|before| before.reason == decision.reason);
        db::put_decision(connection, citizen_id, &new, !same_reason)?;
        Ok(new)
    }

    /// The receipt of a stored decision, base64url.
    pub(crate) fn receipt(
        &self,
        citizen_id: &str,
        decision: &StoredDecision,
    ) -> Result<String, DbError> {
        let bytes = self
            .sealer
            .open(Purpose::Receipt, citizen_id, &decision.receipt)?;
        Ok(BASE64URL_NOPAD.encode(&bytes))
    }

    /// None where nothing is known; the code of the fault where the evidence contradicts itself.
    fn evidence(
        &self,
        connection: &Connection,
        citizen_id: &str,
        at: i64,
    ) -> Result<Result<Option<Evidence>, &'static str>, DbError> {
        let declarations = self.known_declarations(connection, citizen_id)?;
        let order = db::latest_order(connection, citizen_id)?;
        if declarations.is_empty() && order.is_none() {
            return Ok(Ok(None));
        }
        let order = order
            .map(|(colour, reason, at)| {
                let since = self.day(at)?;
                Ok::<_, DbError>(OrderInForce::new(colour, reason, &since))
            })
            .transpose()?;
        let days = db::check_in_days(connection, citizen_id)?;
        let evidence = Evidence::gather(&self.day(at)?, &declarations, &days, order);
        Ok(evidence.map(Some).map_err(|error| error.code()))
    }

    fn known_declarations(
        &self,
        connection: &Connection,
        citizen_id: &str,
    ) -> Result<Vec<DeclaredFacts>, DbError> {
        let Some(sealed) = db::declared(connection, citizen_id)? else {
            return Ok(Vec::new());
        };
        let json = self.sealer.open(Purpose::Facts, citizen_id, &sealed)?;
        serde_json::from_slice(&json).map_err(|_| DbError::Failed)
    }

    /// Keyed, since what is declared is little enough to be guessed from a plain hash.
    fn input_hash(&self, evidence: &Evidence) -> Result<[u8; 32], DbError> {
        let json = serde_json::to_vec(evidence).map_err(|_| DbError::Failed)?;
        let version = self.rule_set.version.to_be_bytes();
        Ok(self
            .sealer
            .hash("facts", &[&json, self.rule_set.id.as_bytes(), &version]))
    }
}
