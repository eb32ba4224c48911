//! An order of two officers: a subject's colour changes.
//!
//! Invariant: nothing about a citizen is told or changed before two different officers' signatures hold; the order, its
//! link of the chain, the decision and the revocation are one act. Decides no colour itself.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use health_code_core::capability::officer_chain::{self, order_chain_head};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::decide::{self, Decider};
use super::records::{OrderRecord, OrdersHead, Registration, numbered};
use super::{Authority, Refusal, acts};
use crate::officers::{self, ColourOrder, OfficerSignature, OrderRefusal, SignedOrder, Verified};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// What is told of an order.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Ordered {
    /// Id of the order.
    pub(crate) id: String,
    /// Hex head of the subject's chain after this order.
    pub(crate) head: String,
    /// What the rules give now; none where the order had come before.
    pub(crate) colour: Option<Colour>,
    pub(crate) reason: Option<Reason>,
    /// It had come before.
    pub(crate) again: bool,
}

impl Authority {
    /// Checks an order of any kind as of now.
    pub(crate) fn verify_order<O: officers::Order>(
        &self,
        submitted: &SignedOrder<O>,
    ) -> Result<Verified<O>, OrderRefusal> {
        let skew = self.policy.clock_skew_secs;
        self.officers.verify(submitted, self.now(), skew)
    }

    /// Carries out an order.
    pub(crate) async fn order(
        &self,
        submitted: &SignedOrder<ColourOrder>,
    ) -> Result<Ordered, Refusal> {
        let change = self.verify_order(submitted)?;
        let citizen = named_citizen(&change.order.citizen_id)?;
        let order = Order {
            citizen,
            change_hash: change.hash(),
            change,
            decider: self.decider(),
            now: self.now(),
        };
        let done = self.units.run(&order).await?;
        if done.answer.change_hash != order.change_hash {
            return Err(Refusal::IdReused);
        }
        if !done.again {
            // Officers may rely on it: checkpoints can fetch the revocation from now on.
            self.publish_status_list().await?;
        }
        // An order that comes again changes nothing, so it gives no change.
        let is_new = !done.again;
        Ok(Ordered {
            id: order.change.order.id,
            head: done.answer.head,
            colour: done.answer.colour.filter(|_| is_new),
            reason: done.answer.reason.filter(|_| is_new),
            again: done.again,
        })
    }
}

/// The citizen whom an order names.
pub(crate) fn named_citizen(id: &str) -> Result<CitizenId, Refusal> {
    CitizenId::parse(id).ok_or_else(unknown_citizen)
}

/// An order names nobody.
pub(crate) fn unknown_citizen() -> Refusal {
    Refusal::invalid("citizenId", "unknown")
}

impl From<OrderRefusal> for Refusal {
    fn from(refusal: OrderRefusal) -> Self {
        match refusal {
            OrderRefusal::Malformed(member) => Self::Malformed(Some((member, "unreadable"))),
            OrderRefusal::Officers(field, code) => Self::OfficersRefused(field, code),
            OrderRefusal::Invalid(member, code) => Self::invalid(member, code),
        }
    }
}

struct Order {
    citizen: CitizenId,
    change: Verified<ColourOrder>,
    change_hash: String,
    decider: Decider,
    now: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderAnswer {
    /// Hex.
    change_hash: String,
    head: String,
    colour: Option<Colour>,
    reason: Option<Reason>,
}

impl Unit for Order {
    type Answer = OrderAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        self.change.order.subject.clone()
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::ORDER, self.change.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        // The newest order is among them.
        let subject = &self.change.order.subject;
        decide::reads(subject)
    }

    fn apply(&self, rows: &mut Rows) -> Result<OrderAnswer, Refusal> {
        if rows.get::<Registration>()?.is_none() {
            return Err(unknown_citizen());
        }
        let before = rows.get::<OrdersHead>()?;
        let head_before = before.as_ref().map_or("", |before| before.head.as_str());
        if head_before != self.change.order.previous {
            return Err(Refusal::ChainHeadMismatch(head_before.to_owned()));
        }
        let head = HEXLOWER.encode(&order_chain_head(
            &self.change.bytes,
            &self.change.signatures,
        ));
        let count = before.map_or(0, |before| before.count) + 1;
        let signed = self.change.signed();
        let record = OrderRecord {
            change: BASE64URL_NOPAD.encode(&self.change.bytes),
            signatures: signed.clone(),
            head: head.clone(),
            received_at: self.now,
        };
        rows.put_at(numbered::<OrderRecord>(rows.subject(), count), &record)?;
        rows.put(&OrdersHead {
            count,
            head: head.clone(),
            colour: self.change.order.colour,
            reason: self.change.order.reason,
            received_at: self.now,
            signed: Some(officer_chain::SignedOrder {
                change: BASE64URL_NOPAD.encode(&self.change.bytes),
                signatures: signed
                    .into_iter()
                    .map(|(officer, signature)| OfficerSignature { officer, signature })
                    .collect(),
            }),
        })?;
        let decided = self.decider.decide(self.citizen, rows, self.now)?;
        Ok(OrderAnswer {
            change_hash: self.change_hash.clone(),
            head,
            colour: decided.as_ref().map(|decided| decided.decision.colour),
            reason: decided.as_ref().map(|decided| decided.decision.reason),
        })
    }
}

health_code_core::hidden_debug!(Ordered);
