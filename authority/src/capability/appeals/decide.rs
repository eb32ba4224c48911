//! A decision of two officers on an appeal.
//!
//! Invariant: nothing is told or changed before two different officers' signatures hold; the decision, what it corrects and the
//! colour that follows by the rules are one act. An appeal is decided once.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::appeals::{AppealDecision, DECISION_TYPE};
use health_code_core::colour::{Colour, Reason};
use health_code_core::trust::sign_bundle;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::open_list::unique;
use super::records::{Appeals, reads};
use crate::cases::corrected_facts::CorrectedFacts;
use crate::cases::decide::{self, Decider};
use crate::cases::order::named_citizen;
use crate::cases::{Authority, Refusal, acts};
use crate::officers::{AppealDecisionOrder, SignedOrder, Verified, uuid_v7};
use crate::store::{CitizenId, Owner, RowKey, Rows, StoreError, Unit, UnitId};

/// What is told of a decision.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Decided {
    /// Id of the order.
    pub(super) id: String,
    /// What the rules give now; none where the order had come before.
    pub(super) colour: Option<Colour>,
    pub(super) reason: Option<Reason>,
    /// It had come before.
    pub(super) again: bool,
}

impl Authority {
    /// Carries out a decision.
    pub(super) async fn decide_appeal(
        &self,
        submitted: &SignedOrder<AppealDecisionOrder>,
    ) -> Result<Decided, Refusal> {
        let verified = self.verify_order(submitted)?;
        let citizen = named_citizen(&verified.order.citizen_id)?;
        let decide = Decide {
            citizen,
            order_hash: verified.hash(),
            verified,
            decider: self.decider(),
            now: self.now(),
        };
        let done = self.units.run(&decide).await?;
        if done.answer.order_hash != decide.order_hash {
            return Err(Refusal::IdReused);
        }
        let order = &decide.verified.order;
        if let Some(id) = uuid_v7(&order.appeal) {
            let store = self.units.store();
            let unique = unique(&id, &order.subject);
            let owner = Owner {
                citizen,
                unit: UnitId::new(acts::UPLOADS + done.answer.number, id),
            };
            store.release(unique, owner).await?;
        }
        if !done.again {
            // Officers may rely on it: checkpoints can fetch the revocation from now on.
            self.publish_status_list().await?;
        }
        let is_new = !done.again;
        Ok(Decided {
            id: order.id.clone(),
            colour: done.answer.colour.filter(|_| is_new),
            reason: done.answer.reason.filter(|_| is_new),
            again: done.again,
        })
    }
}

struct Decide {
    citizen: CitizenId,
    verified: Verified<AppealDecisionOrder>,
    order_hash: String,
    decider: Decider,
    now: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DecideAnswer {
    /// Hex.
    order_hash: String,
    /// Kind of the upload that the appeal is.
    number: u8,
    colour: Option<Colour>,
    reason: Option<Reason>,
}

impl Decide {
    /// What the phone is told, signed by the authority.
    fn signed(&self) -> Result<String, Refusal> {
        let order = &self.verified.order;
        let told = AppealDecision {
            citizen_id: order.citizen_id.clone(),
            subject: order.subject.clone(),
            id: order.appeal.clone(),
            outcome: order.outcome,
            reason: order.reason.clone(),
            text: order.text.clone().unwrap_or_default(),
            decided_at: self.now,
            officers: self.verified.officers(),
            order: BASE64URL_NOPAD.encode(&self.verified.bytes),
            signatures: self
                .verified
                .signed()
                .into_iter()
                .map(|one| one.1)
                .collect(),
        };
        let json = serde_json::to_vec(&told).map_err(|_| StoreError::Faulted)?;
        let signed = sign_bundle(
            DECISION_TYPE,
            Some(self.now),
            &json,
            &self.decider.issuer_key,
        );
        let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
        Ok(BASE64URL_NOPAD.encode(&signed))
    }
}

impl Unit for Decide {
    type Answer = DecideAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        self.verified.order.subject.clone()
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::APPEAL_DECISION, self.verified.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        let subject = &self.verified.order.subject;
        let mut all = decide::reads(subject);
        all.extend(reads(subject));
        all
    }

    fn apply(&self, rows: &mut Rows) -> Result<DecideAnswer, Refusal> {
        let order = &self.verified.order;
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let number = appeals.open_one(&order.appeal)?.number;
        let drafted_on = self.decider.definitions.day(order.at.min(self.now))?;
        // What has not been yet shows nothing.
        if order.additions.iter().any(|fact| fact.day > drafted_on) {
            return Err(Refusal::invalid("additions", "in_future"));
        }
        let signed = self.signed()?;
        Appeals::change_one(rows, &order.appeal, |appeal| {
            appeal.decision = Some(signed);
        })?;
        let mut corrected = rows.get::<CorrectedFacts>()?.unwrap_or_default();
        corrected.strike(&order.corrections);
        corrected.add(&order.appeal, &order.additions, &drafted_on);
        if !order.corrections.is_empty() || !order.additions.is_empty() {
            rows.put(&corrected)?;
        }
        let decided = self.decider.decide(self.citizen, rows, self.now)?;
        let decision = decided.as_ref().map(|decided| &decided.decision);
        Ok(DecideAnswer {
            order_hash: self.order_hash.clone(),
            number,
            colour: decision.map(|decision| decision.colour),
            reason: decision.map(|decision| decision.reason),
        })
    }
}

health_code_core::hidden_debug!(Decided);
