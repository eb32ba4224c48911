//! Sheets at the desk: an officer's order, carried out in one act.
//!
//! Invariant: nothing about a citizen is told or changed before an enrolled officer's signature holds; the same order again is the
//! same sheet. What was revoked is published before the answer, so that the older sheet is dead when the newer is in hand.

use health_code_core::capability::paper::Sheet;
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::order::{PaperAct, PaperOrder, SignedPaperOrder};
use super::sheets::{self, Made, Making};
use crate::cases::decide::Decider;
use crate::cases::file::{Acting, Issuing};
use crate::cases::order::{named_citizen, unknown_citizen};
use crate::cases::records::Registration;
use crate::cases::{Authority, Refusal};
use crate::officers::Verified;
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// Namespace of the ids of these acts.
const ACT: u8 = 112;

/// What is told of an order.
pub(crate) struct PaperDone {
    pub(crate) id: String,
    pub(crate) region: LocalizedText,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) revoked: u32,
    /// It had come before, or changes nothing.
    pub(crate) again: bool,
}

impl Authority {
    /// Carries out an officer's order.
    pub(crate) async fn order_paper(
        &self,
        submitted: &SignedPaperOrder,
    ) -> Result<PaperDone, Refusal> {
        let now = self.now();
        let skew_secs = self.policy.clock_skew_secs;
        let (order, signature) = (&submitted.order, &submitted.signature);
        let verified = self
            .officers
            .verify_one::<PaperOrder>(order, signature, now, skew_secs)?;
        let citizen = named_citizen(&verified.order.citizen_id)?;
        let subject = verified.order.subject.clone();
        let decider = self.decider();
        let (again, revoked) = match verified.order.act {
            PaperAct::List => (true, 0),
            PaperAct::Issue | PaperAct::Revoke => {
                let expires_at = match verified.order.days {
                    Some(days) => Some(sheets::expires_at(
                        &self.policy,
                        &decider.definitions,
                        days,
                        now,
                    )?),
                    None => None,
                };
                let issuing = match expires_at {
                    Some(until) => Some(self.issuing_until(until).await?),
                    None => None,
                };
                let desk = Desk {
                    citizen,
                    order: &verified,
                    decider: &decider,
                    expires_at,
                    issuing,
                    max_days: self.policy.paper_max_days,
                    now,
                };
                let done = self.units.run(&desk).await?;
                let signed = (verified.order.act, verified.order.days);
                if done.answer.signed != signed {
                    return Err(Refusal::IdReused);
                }
                if !done.again && done.answer.revoked > 0 {
                    self.publish_status_list().await?;
                }
                (done.again, done.answer.revoked)
            }
        };
        let reads = sheets::reads(&subject);
        let rows = self.units.read(citizen, &subject, reads).await?;
        if rows.get::<Registration>()?.is_none() {
            return Err(unknown_citizen());
        }
        Ok(PaperDone {
            id: verified.order.id,
            region: self.bundles.region_name().unwrap_or_default(),
            sheets: sheets::list(&rows, now)?,
            revoked: u32::try_from(revoked).unwrap_or(u32::MAX),
            again,
        })
    }
}

struct Desk<'a> {
    citizen: CitizenId,
    order: &'a Verified<PaperOrder>,
    decider: &'a Decider,
    /// Unix seconds; of a sheet to be made.
    expires_at: Option<i64>,
    issuing: Option<Issuing>,
    max_days: u8,
    now: i64,
}

#[derive(Serialize, Deserialize)]
struct DeskAnswer {
    signed: (PaperAct, Option<u8>),
    revoked: usize,
}

impl Unit for Desk<'_> {
    type Answer = DeskAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        self.order.order.subject.clone()
    }

    fn id(&self) -> UnitId {
        UnitId::new(ACT, self.order.id)
    }

    fn reads(&self) -> Vec<RowKey> {
        sheets::reads(&self.order.order.subject)
    }

    fn apply(&self, rows: &mut Rows) -> Result<DeskAnswer, Refusal> {
        if rows.get::<Registration>()?.is_none() {
            return Err(unknown_citizen());
        }
        let order = &self.order.order;
        let revoked = match (order.days, self.expires_at, self.issuing) {
            (Some(days), Some(expires_at), Some(issuing)) => {
                let acting = Acting {
                    citizen: self.citizen,
                    is_carers: false,
                    decider: self.decider,
                    now: self.now,
                    upload: self.order.id,
                    issuing: Some(issuing),
                    received_at: self.now,
                };
                let making = Making {
                    made: Made::AtDesk(&order.id, self.order.officer()),
                    days,
                    expires_at,
                    issuing,
                    max_days: self.max_days,
                };
                sheets::make(rows, &acting, making)?.1
            }
            _ => sheets::end(rows)?,
        };
        let signed = (order.act, order.days);
        Ok(DeskAnswer { signed, revoked })
    }
}

health_code_core::hidden_debug!(PaperDone);
