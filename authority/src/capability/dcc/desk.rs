//! Names at the desk: an officers' order, carried out in one act.
//!
//! Invariant: nothing about a citizen is told or changed before the signatures hold; a decision, the facts that follow from it and
//! the colour that follows from those are one act. Names are decided once: what officers found stands until the certificate is
//! taken back.

use health_code_core::capability::dcc::{
    Certificate, DccError, DccOutcome, NamesStanding, compare,
};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::{Identity, SubjectId};
use serde::{Deserialize, Serialize};

use super::filing::reads;
use super::order::{DccAct, DccAtDesk, DccOrder, DccPartAtDesk, comparison_id, part_id};
use crate::cases::certified_facts::{CertificateLists, CertifiedFacts, KeptCertificate};
use crate::cases::decide::Decider;
use crate::cases::order::{named_citizen, unknown_citizen};
use crate::cases::records::Registration;
use crate::cases::{Authority, Refusal};
use crate::officers::{OrderRefusal, SignedOrder, Verified};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// Namespace of the ids of these acts.
const ACT: u8 = 120;

/// What is told of an order.
pub(crate) struct DccDone {
    pub(crate) id: String,
    pub(crate) certificates: Vec<DccAtDesk>,
    pub(crate) colour: Option<Colour>,
    pub(crate) reason: Option<Reason>,
    /// It had come before, or changes nothing.
    pub(crate) again: bool,
}

impl Authority {
    /// Carries out an officers' order about certificates.
    pub(crate) async fn order_dcc(
        &self,
        submitted: &SignedOrder<DccOrder>,
    ) -> Result<DccDone, Refusal> {
        let now = self.now();
        let verified = self.verify_order(submitted)?;
        let deciding = usize::from(self.policy.dcc.desk_officers);
        if verified.order.act != DccAct::Show && verified.signatures.len() < deciding {
            return Err(OrderRefusal::Officers("signatures", "not_two").into());
        }
        let citizen = named_citizen(&verified.order.citizen_id)?;
        let subject = verified.order.subject.clone();
        let decider = self.decider();
        let (mut again, mut colour, mut reason) = (true, None, None);
        if let Some(certificate) = &verified.order.certificate {
            let decide = Decide {
                citizen,
                certificate,
                order: &verified,
                decider: &decider,
                now,
            };
            let done = self.units.run(&decide).await?;
            let signed = (verified.order.act, certificate.clone());
            if done.answer.signed != signed {
                return Err(Refusal::IdReused);
            }
            again = done.again;
            if !again {
                (colour, reason) = (done.answer.colour, done.answer.reason);
                self.publish_status_list().await?;
            }
        }
        let rows = self.units.read(citizen, &subject, reads(&subject)).await?;
        let registration = rows.get::<Registration>()?.ok_or_else(unknown_citizen)?;
        let kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        let lists = &decider.definitions.certificates;
        let certificates = kept.certificates.iter();
        Ok(DccDone {
            id: verified.order.id,
            certificates: certificates
                .map(|one| at_desk(one, &registration.identity, lists, now))
                .collect(),
            colour,
            reason,
            again,
        })
    }
}

/// A certificate with both names, and what the keys and rules of now say of it.
fn at_desk(
    kept: &KeptCertificate,
    identity: &Identity,
    lists: &CertificateLists,
    now: i64,
) -> DccAtDesk {
    let read = Certificate::read(&kept.text);
    let judged = read.as_ref().map_err(|error| *error).and_then(|read| {
        read.verify(&lists.keys, now)?;
        match read.judge(&lists.rules, now)? {
            DccOutcome::Accepted => Ok(()),
            DccOutcome::NotAccepted(_) => Err(DccError::NotAccepted),
        }
    });
    let read = read.ok();
    let parts = read.as_ref().map(|read| compare(&read.person, identity));
    let parts = parts.into_iter().flatten().map(|part| DccPartAtDesk {
        part: part_id(part.part).to_owned(),
        in_certificate: part.in_certificate,
        in_document: part.in_document,
        comparison: comparison_id(part.comparison).to_owned(),
    });
    DccAtDesk {
        id: kept.id.clone(),
        names: kept.names,
        parts: parts.collect(),
        fault: judged.err().map(|error| error.code().to_owned()),
        kind: read.as_ref().map(|read| read.kind),
        issuer: read
            .as_ref()
            .map_or_else(String::new, |read| read.issuer.clone()),
        day: read.map_or_else(String::new, |read| read.day),
    }
}

struct Decide<'a> {
    citizen: CitizenId,
    certificate: &'a String,
    order: &'a Verified<DccOrder>,
    decider: &'a Decider,
    now: i64,
}

#[derive(Serialize, Deserialize)]
struct DecideAnswer {
    signed: (DccAct, String),
    colour: Option<Colour>,
    reason: Option<Reason>,
}

impl Unit for Decide<'_> {
    type Answer = DecideAnswer;
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
        reads(&self.order.order.subject)
    }

    fn apply(&self, rows: &mut Rows) -> Result<DecideAnswer, Refusal> {
        let refused = |error: DccError| Refusal::invalid("certificate", error.code());
        let mut kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        let mut all = kept.certificates.iter_mut();
        let one = all.find(|one| one.id == *self.certificate);
        let one = one.ok_or_else(|| refused(DccError::Unknown))?;
        if one.names != NamesStanding::Waiting {
            return Err(refused(DccError::NothingToDecide));
        }
        one.names = match self.order.order.act {
            DccAct::Agree => NamesStanding::Agreed,
            DccAct::Refuse | DccAct::Show => NamesStanding::Refused,
        };
        one.officers = self.order.officers();
        rows.put(&kept)?;
        let decided = self.decider.decide(self.citizen, rows, self.now)?;
        let decision = decided.as_ref().map(|decided| &decided.decision);
        Ok(DecideAnswer {
            signed: (self.order.order.act, self.certificate.clone()),
            colour: decision.map(|decision| decision.colour),
            reason: decision.map(|decision| decision.reason),
        })
    }
}

health_code_core::hidden_debug!(DccDone);
