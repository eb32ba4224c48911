//! The desk agrees that somebody comes into somebody's care: two officers order it for one document and one phone.
//!
//! Invariant: nothing is told or kept before two different officers' signatures hold. The order waits under the document, whether
//! anybody is registered with it or not, for as long as the settings say, until that phone asks; it takes nobody in itself.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::cases::records::kinds;
use crate::cases::{Authority, Refusal, acts};
use crate::officers::{CareOrder, SignedOrder, Verified};
use crate::store::{CitizenId, Kind, Record, RowKey, Rows, StoreError, Unit, UnitId};

/// What is told of an order.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OrderedCare {
    /// Id of the order.
    pub(crate) id: String,
    /// Until when the phone may ask, Unix seconds.
    pub(crate) until: i64,
    /// It had come before.
    pub(crate) again: bool,
}

health_code_core::hidden_debug!(OrderedCare);

/// The desk's word as it is kept, in the document's partition; the key of its row is the device's id.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AgreedCare {
    /// The exact bytes that both officers signed, base64url.
    order: String,
    /// Officer's id and signature, base64url, of both.
    signatures: Vec<(String, String)>,
    /// Unix seconds.
    until: i64,
    /// The phone has asked.
    is_used: bool,
}

impl Record for AgreedCare {
    const KIND: Kind = kinds::CARE_ORDER;
}

impl AgreedCare {
    fn place(device_id: &str) -> RowKey {
        RowKey::new(&SubjectId::OWNER, kinds::CARE_ORDER, device_id.as_bytes())
    }
}

impl Authority {
    /// Carries out the order.
    pub(crate) async fn agree_to_care(
        &self,
        submitted: &SignedOrder<CareOrder>,
    ) -> Result<OrderedCare, Refusal> {
        let now = self.now();
        let verified = self.verify_order(submitted)?;
        let order = &verified.order;
        let kind = DocumentKind::from_id(&order.document_kind)
            .ok_or_else(|| Refusal::invalid("documentKind", "answer_document_kind_refused"))?;
        let number = check_document_number(kind, &order.document_number)
            .map_err(|error| Refusal::invalid("documentNumber", error.code()))?;
        let key = document_key(kind, &number);
        let document = self.sealer.hash("document", &[key.as_bytes()]);
        let unit = CareOrdered {
            citizen: self.place_of(&document),
            verified: &verified,
            until: now + self.policy.care.order_secs,
        };
        let done = self.units.run(&unit).await?;
        Ok(OrderedCare {
            id: order.id.clone(),
            until: done.answer.until,
            again: done.again,
        })
    }

    /// Whether the desk agreed that the owner of this device cares for who has this document.
    pub(super) async fn has_care_order(
        &self,
        document: &[u8; 32],
        device_id: &str,
    ) -> Result<bool, Refusal> {
        let place = AgreedCare::place(device_id);
        let named = vec![place.clone()];
        let partition = self.place_of(document);
        let rows = self.units.read(partition, &SubjectId::OWNER, named).await?;
        let agreed = rows.get_at::<AgreedCare>(&place)?;
        let now = self.now();
        Ok(agreed.is_some_and(|agreed| !agreed.is_used && now <= agreed.until))
    }

    /// The phone has asked: the order counts no more.
    pub(super) async fn let_go_of_care_order(
        &self,
        document: &[u8; 32],
        device_id: &str,
    ) -> Result<(), Refusal> {
        if !self.has_care_order(document, device_id).await? {
            return Ok(());
        }
        let used = CareOrderUsed {
            id: UnitId::new(acts::OWN, self.random()?),
            citizen: self.place_of(document),
            place: AgreedCare::place(device_id),
            kept_until: self.now(),
        };
        self.units.run(&used).await?;
        Ok(())
    }
}

struct CareOrdered<'a> {
    citizen: CitizenId,
    verified: &'a Verified<CareOrder>,
    until: i64,
}

#[derive(Serialize, Deserialize)]
struct CareOrderedAnswer {
    until: i64,
}

impl Unit for CareOrdered<'_> {
    type Answer = CareOrderedAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::CARE_ORDER, self.verified.id)
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.until)
    }

    fn reads(&self) -> Vec<RowKey> {
        Vec::new()
    }

    fn apply(&self, rows: &mut Rows) -> Result<CareOrderedAnswer, Refusal> {
        let agreed = AgreedCare {
            order: BASE64URL_NOPAD.encode(&self.verified.bytes),
            signatures: self.verified.signed(),
            until: self.until,
            is_used: false,
        };
        let place = AgreedCare::place(&self.verified.order.device_id);
        rows.put_until(place, &agreed, self.until)?;
        Ok(CareOrderedAnswer { until: self.until })
    }
}

struct CareOrderUsed {
    id: UnitId,
    citizen: CitizenId,
    place: RowKey,
    kept_until: i64,
}

#[derive(Serialize, Deserialize)]
struct CareOrderUsedAnswer {}

impl Unit for CareOrderUsed {
    type Answer = CareOrderUsedAnswer;
    type Refusal = StoreError;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.kept_until)
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![self.place.clone()]
    }

    fn apply(&self, rows: &mut Rows) -> Result<CareOrderUsedAnswer, StoreError> {
        if let Some(agreed) = rows.get_at::<AgreedCare>(&self.place)? {
            let used = AgreedCare {
                is_used: true,
                ..agreed
            };
            rows.put_until(self.place.clone(), &used, used.until)?;
        }
        Ok(CareOrderUsedAnswer {})
    }
}
