//! From what is known of a citizen to a colour with its signed reasons.
//!
//! Invariant: the colour follows from the facts in the receipt and the published rule set alone, so that the
//! phone computes the same. Days are those on which the server received something, in the rule set's time zone.
//! Runs inside the writer's savepoint; issues no credential.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::ports::Entropy;
use health_code_core::rules::{
    Decision, DeclarationFacts, DeclaredRisk, DeclaredRisks, Facts, OrderFacts, RuleSet,
};
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

/// The decision in force after a look at the facts.
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
        new: DeclarationFacts,
    ) -> Result<(), DbError> {
        db::check_in(connection, citizen_id, &new.date)?;
        let mut known = self.known_declarations(connection, citizen_id)?;
        known.push(new);
        let kept = keep_what_counts(known);
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
        let facts = match self.facts(connection, citizen_id, at)? {
            Ok(Some(facts)) => facts,
            Ok(None) => return unchanged(before),
            Err(code) => {
                tracing::error!(code, "facts do not fit together");
                return unchanged(before);
            }
        };
        let input_hash = self.input_hash(&facts)?;
        if before
            .as_ref()
            .is_some_and(|before| before.input_hash == input_hash)
        {
            return unchanged(before);
        }
        let decision = match self.rule_set.decide(&facts) {
            Ok(decision) => decision,
            Err(error) => {
                tracing::error!(code = error.code(), "the rule set failed");
                return unchanged(before);
            }
        };
        let new = self.store(
            connection,
            citizen_id,
            &facts,
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
        facts: &Facts,
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
            facts: facts.to_value(),
            decided_at: at,
        };
        let json = serde_json::to_vec(&receipt).map_err(|_| DbError::Failed)?;
        let signed = sign_bundle(RECEIPT_TYPE, &json, &self.issuer_key);
        let new = StoredDecision {
            colour: decision.colour,
            reason: decision.reason,
            rule_set_id: decision.rule_set_id.clone(),
            rule_version: decision.rule_set_version,
            rule_id: decision.rule_id.clone(),
            since,
            decided_day: facts.today.clone(),
            input_hash: self.input_hash(facts)?,
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

    /// None where nothing is known; the code of the fault where the facts do not fit together.
    fn facts(
        &self,
        connection: &Connection,
        citizen_id: &str,
        at: i64,
    ) -> Result<Result<Option<Facts>, &'static str>, DbError> {
        let declarations = self.known_declarations(connection, citizen_id)?;
        let order = db::latest_order(connection, citizen_id)?;
        if declarations.is_empty() && order.is_none() {
            return Ok(Ok(None));
        }
        let order = order
            .map(|(colour, reason, at)| {
                Ok::<_, DbError>(OrderFacts {
                    colour,
                    reason,
                    since: self.day(at)?,
                    streak: 0,
                    best_streak: None,
                })
            })
            .transpose()?;
        let days = db::check_in_days(connection, citizen_id)?;
        let facts = Facts::gather(&self.day(at)?, &declarations, &days, order);
        Ok(facts.map(Some).map_err(|error| error.code()))
    }

    fn known_declarations(
        &self,
        connection: &Connection,
        citizen_id: &str,
    ) -> Result<Vec<DeclarationFacts>, DbError> {
        let Some(sealed) = db::declared(connection, citizen_id)? else {
            return Ok(Vec::new());
        };
        let json = self.sealer.open(Purpose::Facts, citizen_id, &sealed)?;
        serde_json::from_slice(&json).map_err(|_| DbError::Failed)
    }

    /// Keyed, since facts are few enough to be guessed from a plain hash.
    fn input_hash(&self, facts: &Facts) -> Result<[u8; 32], DbError> {
        let json = serde_json::to_vec(facts).map_err(|_| DbError::Failed)?;
        let version = self.rule_set.version.to_be_bytes();
        Ok(self
            .sealer
            .hash("facts", &[&json, self.rule_set.id.as_bytes(), &version]))
    }
}

/// Of declarations in the order of receipt: the newest one, and for each risk the one that tells its last day.
/// More are never needed, however many a phone sends.
fn keep_what_counts(all: Vec<DeclarationFacts>) -> Vec<DeclarationFacts> {
    let risks: Vec<DeclaredRisks> = all
        .iter()
        .map(|one| {
            let alone = std::slice::from_ref(one);
            Facts::gather(&one.date, alone, &[], None)
                .ok()
                .and_then(|facts| facts.declared)
                .unwrap_or_default()
        })
        .collect();
    let kinds: [fn(&DeclaredRisks) -> Option<&DeclaredRisk>; 4] = [
        |risks| risks.fever.as_ref(),
        |risks| risks.symptoms.as_ref(),
        |risks| risks.contact.as_ref(),
        |risks| risks.high_risk_stay.as_ref(),
    ];
    let mut kept: Vec<usize> = kinds
        .iter()
        .filter_map(|risk| {
            let dated = risks.iter().enumerate();
            dated
                .filter_map(|(index, risks)| Some((&risk(risks)?.since, index)))
                .max()
                .map(|(_, index)| index)
        })
        .collect();
    kept.extend(all.len().checked_sub(1));
    all.into_iter()
        .enumerate()
        .filter(|(index, _)| kept.contains(index))
        .map(|(_, one)| one)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::keep_what_counts;
    use health_code_core::rules::DeclarationFacts;

    fn declaration(date: &str, symptoms: &[&str], contact: bool, days: u32) -> DeclarationFacts {
        DeclarationFacts {
            date: date.to_owned(),
            temperature: Some(36.5),
            symptoms: symptoms.iter().map(|id| (*id).to_owned()).collect(),
            high_risk_stay: false,
            contact,
            days_since: Some(days),
        }
    }

    #[test]
    fn the_newest_of_each_risk_stays_whatever_comes_after() {
        let mut known = Vec::new();
        let fever = declaration("2020-02-10", &["fever"], false, 0);
        let contact = declaration("2020-02-12", &[], true, 0);
        // Declared later, but the contact itself was earlier: the one above tells the last day.
        let older_contact = declaration("2020-02-13", &[], true, 9);
        for one in [fever.clone(), contact.clone(), older_contact] {
            known.push(one);
            known = keep_what_counts(known);
        }
        for day in 14..=28 {
            for _ in 0..3 {
                known.push(declaration(&format!("2020-02-{day}"), &["none"], false, 0));
                known = keep_what_counts(known);
                assert!(known.len() <= 5);
            }
        }
        let newest = declaration("2020-02-28", &["none"], false, 0);
        assert_eq!(known, vec![fever, contact, newest]);
    }
}
