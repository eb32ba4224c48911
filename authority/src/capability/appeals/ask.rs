//! What an officer asks of somebody who appealed, and what is added then.
//!
//! Invariant: the deadline stands still from the request to the answer and for no longer than the policy says; a request that nobody
//! answers holds up nothing. One request is open at a time, and so many are made of an appeal as the policy says. An appeal that
//! was late when more was asked for stays late.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::appeals::{
    ADDITION_TYPE, AdditionAcknowledgement, AppealAddition, AppealError, AppealRequest,
    REQUEST_TYPE,
};
use health_code_core::trust::sign_bundle;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::policy::AppealPolicy;
use super::records::{Appeals, KeptAddition, KeptAppeal, KeptRequest, reads};
use crate::cases::decide::Decider;
use crate::cases::file::{Acknowledging, Acting, Effect, Filing, UploadKind};
use crate::cases::order::named_citizen;
use crate::cases::{Authority, Refusal, acts};
use crate::officers::{AppealRequestOrder, SignedOrder, Verified};
use crate::store::{CitizenId, Later, RowKey, Rows, StoreError, Unit, UnitId};

/// Row of the table of uploads: what is added to an appeal.
pub(crate) const ADDITION: UploadKind = UploadKind {
    before: Some(before),
    acknowledge: Some(acknowledge),
    ..UploadKind::plain("appeal-additions", 18, |_, body| {
        let addition: AppealAddition = crate::capability::read(body)?;
        addition.check().map_err(crate::capability::refused)?;
        Ok(Box::new(Add {
            addition,
            body: body.to_vec(),
        }))
    })
};

/// What is told of a request.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) id: String,
    /// Unix seconds.
    pub(super) answer_by: i64,
    /// Unix seconds.
    pub(super) decide_by: i64,
    /// It had come before.
    pub(super) again: bool,
}

impl Authority {
    /// Asks for more.
    pub(super) async fn ask_on_appeal(
        &self,
        submitted: &SignedOrder<AppealRequestOrder>,
    ) -> Result<Asked, Refusal> {
        let verified = self.verify_order(submitted)?;
        let citizen = named_citizen(&verified.order.citizen_id)?;
        let ask = Ask {
            citizen,
            order_hash: verified.hash(),
            verified,
            decider: self.decider(),
            policy: &self.policy.appeals,
            now: self.now(),
        };
        let done = self.units.run(&ask).await?;
        if done.answer.order_hash != ask.order_hash {
            return Err(Refusal::IdReused);
        }
        Ok(Asked {
            id: ask.verified.order.id.clone(),
            answer_by: done.answer.answer_by,
            decide_by: done.answer.decide_by,
            again: done.again,
        })
    }
}

struct Ask<'a> {
    citizen: CitizenId,
    verified: Verified<AppealRequestOrder>,
    order_hash: String,
    decider: Decider,
    policy: &'a AppealPolicy,
    now: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskAnswer {
    /// Hex.
    order_hash: String,
    answer_by: i64,
    decide_by: i64,
}

impl Ask<'_> {
    /// What the phone is told, signed by the authority.
    fn signed(&self, answer_by: i64, decide_by: i64) -> Result<String, Refusal> {
        let order = &self.verified.order;
        let signed = self.verified.signed().into_iter().next();
        let (officer, signature) = signed.unwrap_or_default();
        let told = AppealRequest {
            citizen_id: order.citizen_id.clone(),
            subject: order.subject.clone(),
            appeal: order.appeal.clone(),
            id: order.id.clone(),
            reason: order.reason.clone(),
            text: order.text.clone().unwrap_or_default(),
            asked_at: self.now,
            answer_by,
            decide_by,
            officer,
            order: BASE64URL_NOPAD.encode(&self.verified.bytes),
            signature,
        };
        let json = serde_json::to_vec(&told).map_err(|_| StoreError::Faulted)?;
        let key = &self.decider.issuer_key;
        let signed = sign_bundle(REQUEST_TYPE, Some(self.now), &json, key);
        let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
        Ok(BASE64URL_NOPAD.encode(&signed))
    }
}

impl Unit for Ask<'_> {
    type Answer = AskAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        self.verified.order.subject.clone()
    }

    fn id(&self) -> UnitId {
        UnitId::new(acts::APPEAL_REQUEST, self.verified.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        reads(&self.verified.order.subject)
    }

    fn apply(&self, rows: &mut Rows) -> Result<AskAnswer, Refusal> {
        let order = &self.verified.order;
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let appeal = appeals.open_one(&order.appeal)?;
        let most = self.policy.requests_at_most;
        // An objection of a phone from before appeals cannot be added to.
        let may_ask = appeal.asked().is_none() && appeal.requests.len() < most;
        if !may_ask || appeal.number != super::filing::UPLOAD.number {
            return Err(Refusal::invalid("appeal", "no_request_possible"));
        }
        let answer_by = self.now + self.policy.time_to_answer;
        let decide_by = appeal.decide_by + self.policy.time_to_answer;
        let signed = self.signed(answer_by, decide_by)?;
        Appeals::change_one(rows, &order.appeal, |appeal| {
            appeal.decide_by = decide_by;
            appeal.requests.push(KeptRequest {
                id: order.id.clone(),
                answer_by,
                request: signed,
                addition: None,
            });
        })?;
        Ok(AskAnswer {
            order_hash: self.order_hash.clone(),
            answer_by,
            decide_by,
        })
    }
}

fn before<'a>(
    authority: &'a Authority,
    filing: Filing<'a>,
) -> Later<'a, Result<Vec<String>, Refusal>> {
    Box::pin(async move {
        // What cannot be read or be is for the act to refuse, which knows whether the id was used before.
        match crate::capability::read::<AppealAddition>(filing.body) {
            Ok(addition) if addition.check().is_ok() => {
                authority.missing_pieces(filing, &addition.evidence).await
            }
            _ => Ok(Vec::new()),
        }
    })
}

fn acknowledge(taken: &Acknowledging<'_>) -> Result<String, Refusal> {
    let sent: AppealAddition = crate::capability::read(taken.body)?;
    let told = AdditionAcknowledgement {
        citizen_id: taken.citizen.to_string(),
        subject: taken.subject.clone(),
        id: uuid::Uuid::from_bytes(taken.id).to_string(),
        appeal: sent.appeal,
        request: sent.request,
        evidence: sent.evidence.into_iter().map(|one| one.sha256).collect(),
        received_at: taken.received_at,
        decide_by: taken.decided_by,
    };
    let json = serde_json::to_vec(&told).map_err(|_| StoreError::Faulted)?;
    let at = Some(taken.received_at);
    let signed = sign_bundle(ADDITION_TYPE, at, &json, taken.issuer_key);
    let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
    Ok(BASE64URL_NOPAD.encode(&signed))
}

/// Puts what was added to the appeal, and lets its clock go on.
struct Add {
    addition: AppealAddition,
    body: Vec<u8>,
}

impl Add {
    /// The deadline from `at` (Unix seconds) on: what is left of the waiting is taken off again.
    fn decide_by(appeal: &KeptAppeal, request: &KeptRequest, at: i64) -> i64 {
        appeal.decide_by - (request.answer_by - at).max(0)
    }
}

impl Effect for Add {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let appeal = appeals.open_one(&self.addition.appeal)?;
        let asked = appeal.asked().filter(|it| it.id == self.addition.request);
        let not_asked = || Refusal::invalid("appeal", AppealError::NotAsked.code());
        let decide_by = Self::decide_by(appeal, asked.ok_or_else(not_asked)?, acting.received_at);
        let acknowledgement = acknowledge(&Acknowledging {
            citizen: acting.citizen,
            subject: rows.subject(),
            id: acting.upload,
            body: &self.body,
            received_at: acting.received_at,
            decided_by: decide_by,
            issuer_key: &acting.decider.issuer_key,
        })?;
        Appeals::change_one(rows, &self.addition.appeal, |appeal| {
            appeal.decide_by = decide_by;
            if let Some(request) = appeal.requests.last_mut() {
                request.addition = Some(KeptAddition {
                    id: uuid::Uuid::from_bytes(acting.upload).to_string(),
                    acknowledgement,
                });
            }
        })?;
        Ok(0)
    }

    /// Asked after it was applied.
    fn decided_by(&self, rows: &Rows) -> Result<Option<i64>, Refusal> {
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let mut all = appeals.list.iter();
        let appeal = all.find(|one| one.id == self.addition.appeal);
        Ok(appeal.map(|appeal| appeal.decide_by))
    }
}

health_code_core::hidden_debug!(Asked);
