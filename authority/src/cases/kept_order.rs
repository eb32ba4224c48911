//! An order in force outlives an erasing: it is kept under the keyed hash of the document, and whoever registers with that
//! document again has it.
//!
//! Invariant: it is on disk before the citizen's rows go, and is let go of only after another citizen's rows hold it; so at no
//! moment is it nowhere. It says colour, reason, chain and time, and whose document it was to nobody without the storage key.
//! An order of green binds nobody and is not kept.

use health_code_core::colour::Colour;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::records::{OrdersHead, kinds};
use super::{Authority, Refusal, acts};
use crate::store::{CitizenId, Kind, Record, RowKey, Rows, StoreError, Unit, UnitId};

/// Keyed hash of a document.
type DocumentHash = [u8; 32];

/// An order that waits for whoever registers with its document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptOrder {
    pub(crate) order: OrdersHead,
    /// Unix seconds; it binds nobody after that.
    until: i64,
    /// The act that put it here: another one's is another life's.
    kept_by: Vec<u8>,
}

impl Record for KeptOrder {
    const KIND: Kind = kinds::KEPT_ORDER;
}

impl KeptOrder {
    /// What is in force of this order and the citizen's own: the stricter colour, on the citizen's own chain where there is one.
    pub(crate) fn taken_up(self, own: Option<OrdersHead>) -> OrdersHead {
        match own {
            None => self.order,
            Some(own) if own.colour >= self.order.colour => own,
            Some(own) => OrdersHead {
                count: own.count,
                head: own.head,
                ..self.order
            },
        }
    }
}

impl Authority {
    /// Has `order` wait under the document until `until` (Unix seconds), for the erasing `erasing`; whether it binds anybody.
    /// What waited there before goes.
    pub(crate) async fn keep_order(
        &self,
        document: DocumentHash,
        order: Option<OrdersHead>,
        until: i64,
        erasing: UnitId,
    ) -> Result<(), Refusal> {
        let order = order.filter(is_binding);
        let head = order.as_ref().map_or("", |order| order.head.as_str());
        // With another order in force it is another act.
        let id = self
            .sealer
            .hash("kept order", &[erasing.as_bytes(), head.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&id[..16]);
        let unit = UnitId::new(acts::KEPT_ORDER, bytes);
        let change = Change {
            citizen: self.place_of(&document),
            unit,
            only: None,
            order: order.map(|order| KeptOrder {
                // Signed, it names the citizen who was erased.
                order: OrdersHead {
                    signed: None,
                    ..order
                },
                until,
                kept_by: unit.as_bytes().to_vec(),
            }),
            until,
        };
        self.units.run(&change).await?;
        Ok(())
    }

    /// The order that waits for whoever registers with the document.
    pub(crate) async fn kept_order(
        &self,
        document: &DocumentHash,
    ) -> Result<Option<KeptOrder>, StoreError> {
        let whose = SubjectId::OWNER;
        let named = vec![RowKey::for_record::<KeptOrder>(&whose)];
        let rows = self.units.read(self.place_of(document), &whose, named);
        let kept = rows.await?.get::<KeptOrder>()?;
        let sure_now = self.sure_now();
        Ok(kept.filter(|kept| kept.until >= sure_now))
    }

    /// Lets go of an order that a citizen's own rows hold by now.
    pub(crate) async fn let_go_of_order(
        &self,
        document: &DocumentHash,
        kept: &KeptOrder,
    ) -> Result<(), Refusal> {
        let change = Change {
            citizen: self.place_of(document),
            unit: UnitId::new(acts::OWN, self.random()?),
            only: Some(kept),
            order: None,
            until: self.now(),
        };
        self.units.run(&change).await?;
        Ok(())
    }

    /// The partition of a document's own.
    pub(crate) fn place_of(&self, document: &DocumentHash) -> CitizenId {
        let hash = self.sealer.hash("partition of a document", &[document]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        CitizenId::from_random(id)
    }
}

/// Whether an order is one that nobody should come off by erasing.
pub(super) fn is_binding(order: &OrdersHead) -> bool {
    order.colour != Colour::Green
}

/// What waits under a document becomes `order`.
struct Change<'a> {
    citizen: CitizenId,
    unit: UnitId,
    /// Only where this waits there.
    only: Option<&'a KeptOrder>,
    order: Option<KeptOrder>,
    /// How long the act's own row is kept, Unix seconds.
    until: i64,
}

#[derive(Serialize, Deserialize)]
struct ChangeAnswer {}

impl Unit for Change<'_> {
    type Answer = ChangeAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.unit
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.until)
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::for_record::<KeptOrder>(&SubjectId::OWNER)]
    }

    fn apply(&self, rows: &mut Rows) -> Result<ChangeAnswer, Refusal> {
        let before = rows.get::<KeptOrder>()?;
        if self.only.is_some() && before.as_ref() != self.only {
            return Ok(ChangeAnswer {});
        }
        match &self.order {
            Some(order) => {
                let place = RowKey::for_record::<KeptOrder>(&SubjectId::OWNER);
                rows.put_until(place, order, order.until)?;
            }
            None if before.is_some() => rows.erase(SubjectId::OWNER),
            None => {}
        }
        Ok(ChangeAnswer {})
    }
}

health_code_core::hidden_debug!(KeptOrder);
