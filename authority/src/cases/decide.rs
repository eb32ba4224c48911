//! From what is known of a subject to a colour with its signed reasons.
//!
//! Invariant: the colour follows from the evidence in the receipt and the published rule set alone, so that the
//! phone computes the same. Days are those on which the server received something, in the rule set's time zone.
//! Runs within an act, on its rows; issues no credential.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_core::colour::ReasonText;
use health_code_core::rules::{Decision, DeclaredFacts, Evidence, OrderInForce, RuleSet};
use health_code_core::trust::{RECEIPT_TYPE, Scheme, sign_bundle};
use health_code_core::wire::{ChangeLink, Receipt, SubjectId};
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::certified_facts::CertifiedFacts;
use super::changes;
use super::corrected_facts::CorrectedFacts;
use super::definitions::Definitions;
use super::issue;
use super::records::{
    ColourChange, Credentials, DecisionRecord, OrdersHead, Registration, kinds, numbered,
};
use super::reported_facts::ReportedFacts;
use crate::store::{CitizenId, Kind, Record, Restoration, RowKey, Rows, Sealer, StoreError};

/// Days with a check-in that are kept, the newest ones.
const DAYS_KEPT: usize = 400;

/// Days on which a declaration was received, ascending: what streaks are counted from. Nothing is ever filled in later but what
/// was received then and lost by a database that was put back.
#[derive(Clone, Default, Serialize, Deserialize)]
struct CheckIns {
    /// `YYYY-MM-DD` in the rule set's time zone.
    days: Vec<String>,
}

impl Record for CheckIns {
    const KIND: Kind = kinds::CHECK_INS;
}

/// Facts of the newest declaration and of the newest of each declared risk: what the rules need, one for each risk and the newest.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Declared {
    declarations: Vec<DeclaredFacts>,
}

impl Record for Declared {
    const KIND: Kind = kinds::DECLARED;
}

/// Decides colours.
#[derive(Clone)]
pub(crate) struct Decider {
    pub(crate) definitions: Arc<Definitions>,
    pub(crate) issuer_key: Arc<SigningKey>,
    pub(crate) sealer: Arc<Sealer>,
    /// Credentials that ended by then count nowhere, Unix seconds.
    pub(crate) over_by: i64,
    /// The last time that the database was put back.
    pub(crate) restored: Option<Restoration>,
}

impl std::fmt::Debug for Decider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rules = &self.definitions.rule_set;
        write!(f, "Decider({} v{})", rules.id, rules.version)
    }
}

/// The decision in force after a look at the evidence.
pub(crate) struct Decided {
    pub(crate) decision: DecisionRecord,
    /// Credentials that were revoked because the colour changed.
    pub(crate) revoked: usize,
}

/// The rows that [`Decider::decide`] reads.
pub(crate) fn reads(subject: &SubjectId) -> Vec<RowKey> {
    vec![
        RowKey::for_record::<CheckIns>(subject),
        RowKey::for_record::<Declared>(subject),
        RowKey::for_record::<DecisionRecord>(subject),
        RowKey::for_record::<Credentials>(subject),
        RowKey::for_record::<OrdersHead>(subject),
        RowKey::for_record::<Registration>(subject),
        changes::head_row(subject),
        RowKey::for_record::<CorrectedFacts>(subject),
        RowKey::for_record::<ReportedFacts>(subject),
        RowKey::for_record::<CertifiedFacts>(subject),
    ]
}

/// Which set the colours of the rows' subject are of.
pub(crate) fn scheme(definitions: &Definitions, rows: &Rows) -> Result<Scheme, StoreError> {
    let registration = rows.get::<Registration>()?;
    let identity = registration.as_ref().map(|it| &it.identity);
    Ok(definitions.scheme_of(identity))
}

/// Whether anything is known that a colour could follow from.
pub(crate) fn is_anything_known(rows: &Rows) -> Result<bool, StoreError> {
    let reported = rows.get::<ReportedFacts>()?;
    Ok(rows.get::<Declared>()?.is_some()
        || rows.get::<OrdersHead>()?.is_some()
        || reported.is_some_and(|reported| reported.is_anything_known()))
}

/// Takes a new declaration into what is known, `today` (`YYYY-MM-DD`) or, of an earlier day, where it was lost and comes again.
pub(crate) fn add_declaration(
    rows: &mut Rows,
    new: DeclaredFacts,
    today: &str,
) -> Result<(), Refusal> {
    let mut check_ins = rows.get::<CheckIns>()?.unwrap_or_default();
    if let Err(place) = check_ins.days.binary_search(&new.date) {
        check_ins.days.insert(place, new.date.clone());
        let surplus = check_ins.days.len().saturating_sub(DAYS_KEPT);
        check_ins.days.drain(..surplus);
        rows.put(&check_ins)?;
    }
    let mut declared = rows.get::<Declared>()?.unwrap_or_default();
    // What comes again was not the newest, if something of a later day is here already.
    let of_before = |one: &DeclaredFacts| one.date <= new.date;
    let place = if new.date.as_str() < today {
        let after = declared.declarations.iter().rposition(of_before);
        after.map_or(0, |last| last + 1)
    } else {
        declared.declarations.len()
    };
    declared.declarations.insert(place, new);
    declared.declarations = DeclaredFacts::keep_what_counts(declared.declarations);
    rows.put(&declared)?;
    Ok(())
}

impl Decider {
    /// Decides for the rows' subject at `at` (Unix seconds); revokes its credentials if the colour changed.
    ///
    /// None before the first declaration or order, and where the rule set fails with no decision before: then
    /// the fault is logged and what was in force stays in force.
    pub(crate) fn decide(
        &self,
        citizen: CitizenId,
        rows: &mut Rows,
        at: i64,
    ) -> Result<Option<Decided>, Refusal> {
        let before = rows.get::<DecisionRecord>()?;
        let unchanged = |before: Option<DecisionRecord>| {
            Ok(before.map(|decision| Decided {
                decision,
                revoked: 0,
            }))
        };
        let evidence = match self.evidence(rows, at)? {
            Ok(Some(evidence)) => evidence,
            Ok(None) => return unchanged(before),
            Err(code) => {
                tracing::error!(code, "the evidence contradicts itself");
                return unchanged(before);
            }
        };
        let scheme = scheme(&self.definitions, rows)?;
        let rules = self.definitions.rules_of(scheme);
        let input_hash = self.input_hash(&evidence, rules)?;
        let is_entry_due = changes::is_due(rows, self.restored)?;
        let is_same = |before: &DecisionRecord| {
            before.input_hash == input_hash
                && before.scheme == scheme
                && self.is_servable(before, at)
                && !is_entry_due
        };
        if before.as_ref().is_some_and(is_same) {
            return unchanged(before);
        }
        let decision = match rules.decide(&evidence) {
            Ok(decision) => decision,
            Err(error) => {
                tracing::error!(code = error.code(), "the rule set failed");
                return unchanged(before);
            }
        };
        let is_other = before.as_ref().is_none_or(|before| {
            before.colour != decision.colour || before.reason != decision.reason
        });
        if is_other || is_entry_due {
            let change = changes::Change {
                citizen,
                decision: &decision,
                scheme,
                at,
                restored: self.restored,
            };
            changes::append(rows, &change)?;
        }
        let link = changes::newest(rows)?;
        let new = DecisionRecord {
            input_hash,
            ..self.record(
                (citizen, rows.subject()),
                &evidence,
                (&decision, scheme),
                before.as_ref(),
                link,
                at,
            )?
        };
        let is_new_entry = before
            .as_ref()
            .is_none_or(|before| before.changes != new.changes);
        if is_new_entry {
            let entry = ColourChange {
                colour: new.colour,
                reason: new.reason,
                rule_set_id: new.rule_set_id.clone(),
                rule_version: new.rule_version,
                rule_id: new.rule_id.clone(),
                since: new.since,
            };
            let place = numbered::<ColourChange>(rows.subject(), new.changes);
            rows.put_at(place, &entry)?;
        }
        rows.put(&new)?;
        let is_other_colour =
            before.is_some_and(|before| (before.colour, before.scheme) != (new.colour, new.scheme));
        let revoked = if is_other_colour {
            issue::revoke_all(rows, self.over_by)?
        } else {
            0
        };
        Ok(Some(Decided {
            decision: new,
            revoked,
        }))
    }

    fn record(
        &self,
        (citizen, subject): (CitizenId, &SubjectId),
        evidence: &Evidence,
        (decision, scheme): (&Decision, Scheme),
        before: Option<&DecisionRecord>,
        link: Option<ChangeLink>,
        at: i64,
    ) -> Result<DecisionRecord, Refusal> {
        let same_colour = before.filter(|before| before.colour == decision.colour);
        let since = same_colour.map_or(at, |before| before.since.min(at));
        let receipt = Receipt {
            citizen_id: citizen.to_string(),
            subject: subject.clone(),
            colour: decision.colour,
            scheme,
            reason: decision.reason.into(),
            reason_texts: ReasonText::by_language(decision.reason),
            rule_set_id: decision.rule_set_id.clone(),
            rule_set_version: decision.rule_set_version,
            rule_id: decision.rule_id.clone(),
            since,
            evidence_date: decision.evidence_date.clone(),
            earliest_green: decision.earliest_green.clone(),
            check_ins_done: decision.check_ins_done,
            check_ins_required: decision.check_ins_required,
            evidence: evidence.to_value(),
            decided_at: at,
            change: link,
        };
        let json = serde_json::to_vec(&receipt).map_err(|_| StoreError::Faulted)?;
        let signed = sign_bundle(RECEIPT_TYPE, Some(at), &json, &self.issuer_key)
            .map_err(|error| Refusal::Failed(error.code()))?;
        let same_reason = same_colour.is_some_and(|before| before.reason == decision.reason);
        let changes = before.map_or(0, |before| before.changes);
        Ok(DecisionRecord {
            colour: decision.colour,
            scheme,
            reason: decision.reason,
            rule_set_id: decision.rule_set_id.clone(),
            rule_version: decision.rule_set_version,
            rule_id: decision.rule_id.clone(),
            since,
            decided_day: evidence.today.clone(),
            input_hash: String::new(),
            receipt: BASE64URL_NOPAD.encode(&signed),
            signed_by: issue::signer(&self.issuer_key),
            signed_at: at,
            changes: if same_reason { changes } else { changes + 1 },
        })
    }

    /// Whether what certificates tell at `at` (Unix seconds) is what the decision was made from: a key may be withdrawn, and hours
    /// may be over, within a day.
    pub(crate) fn stands_certified(
        &self,
        decision: &DecisionRecord,
        rows: &Rows,
        at: i64,
    ) -> Result<bool, Refusal> {
        let certified = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        if certified.certificates.is_empty() {
            return Ok(true);
        }
        let rules = self.definitions.rules_of(decision.scheme);
        match self.evidence(rows, at)? {
            Ok(Some(evidence)) => Ok(self.input_hash(&evidence, rules)? == decision.input_hash),
            _ => Ok(true),
        }
    }

    /// Whether its receipt can still be handed out at `at` (Unix seconds): signed by the key of now, and not ahead, as by a
    /// clock that was.
    pub(crate) fn is_servable(&self, decision: &DecisionRecord, at: i64) -> bool {
        decision.signed_by == issue::signer(&self.issuer_key)
            && decision.signed_at <= at + issue::CLOCKS_APART_SECS
    }

    /// None where nothing is known; the code of the fault where the evidence contradicts itself.
    fn evidence(
        &self,
        rows: &Rows,
        at: i64,
    ) -> Result<Result<Option<Evidence>, &'static str>, Refusal> {
        let mut declared = rows.get::<Declared>()?.unwrap_or_default();
        let order = rows.get::<OrdersHead>()?;
        let reported = rows.get::<ReportedFacts>()?.unwrap_or_default();
        if declared.declarations.is_empty() && order.is_none() && !reported.is_anything_known() {
            return Ok(Ok(None));
        }
        let corrected = rows.get::<CorrectedFacts>()?.unwrap_or_default();
        let order = order
            .filter(|order| corrected.counts(order))
            .map(|order| {
                let since = self.definitions.day(order.received_at.min(at))?;
                Ok::<_, Refusal>(OrderInForce::new(order.colour, order.reason, &since))
            })
            .transpose()?;
        let mut days = rows.get::<CheckIns>()?.unwrap_or_default().days;
        let today = self.definitions.day(at)?;
        // A day that has not come was written down by a clock that was ahead: what came then came by today.
        let dates = declared.declarations.iter_mut().map(|one| &mut one.date);
        for day in days.iter_mut().chain(dates) {
            if *day > today {
                day.clone_from(&today);
            }
        }
        let told = declared.declarations.into_iter();
        let told = told.map(|one| corrected.ended(corrected.declaration(one)));
        let told: Vec<_> = match told.collect::<Result<_, _>>() {
            Ok(told) => told,
            Err(error) => return Ok(Err(error.code())),
        };
        let (told, ended): (Vec<_>, Vec<_>) = told.into_iter().unzip();
        let reports = reported.facts(&self.definitions, &today)?.into_iter();
        // A report that officers found wrong is corrected as a declaration is.
        let certified = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        let certified = certified.facts(&self.definitions, at, &today)?;
        let reports = reports.chain(certified);
        let reports = reports.map(|one| corrected.declaration(one));
        let by_appeals = corrected.added(&today).chain(ended.into_iter().flatten());
        let reports: Vec<_> = reports.chain(by_appeals).collect();
        let evidence = Evidence::gather_with_reports(&today, (&told, &reports), &days, order);
        Ok(evidence.map(Some).map_err(|error| error.code()))
    }

    /// Keyed, since what is declared is little enough to be guessed from a plain hash.
    fn input_hash(&self, evidence: &Evidence, rules: &RuleSet) -> Result<String, StoreError> {
        let json = serde_json::to_vec(evidence).map_err(|_| StoreError::Faulted)?;
        let version = rules.version.to_be_bytes();
        let hash = self
            .sealer
            .hash("facts", &[&json, rules.id.as_bytes(), &version]);
        Ok(HEXLOWER.encode(&hash))
    }
}
