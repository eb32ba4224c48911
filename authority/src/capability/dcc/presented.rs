//! Who presented a certificate: kept under the keyed hash of its identifier, in a partition that is nobody's.
//!
//! Invariant: no more citizens hold one certificate than the settings say; one more is refused and named in the log, without saying
//! who. A citizen who was erased or took it back holds it no more. What is kept here ends with the certificate.

use health_code_core::capability::dcc::{Certificate, DccError};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::cases::certified_facts::CertifiedFacts;
use crate::cases::file::Filing;
use crate::cases::records::kinds;
use crate::cases::{Authority, Refusal};
use crate::store::{CitizenId, Kind, Record, RowKey, Rows, Unit, UnitId};

/// Namespace of the ids of these acts.
const ACT: u8 = 121;
/// How long a claim counts before the certificate is kept, seconds: an upload is filed right after.
const CLAIM_SECS: i64 = 600;

/// Who presented it.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Presented {
    by: Vec<PresentedBy>,
}

impl Record for Presented {
    const KIND: Kind = kinds::CERTIFICATE_PRESENTED;
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PresentedBy {
    citizen: String,
    subject: SubjectId,
    /// Unix seconds.
    at: i64,
}

/// Notes that this citizen presents the certificate.
///
/// # Errors
/// [`DccError::PresentedByAnother`].
pub(super) async fn claim(
    authority: &Authority,
    filing: Filing<'_>,
    certificate: &Certificate,
) -> Result<(), Refusal> {
    let hash = authority
        .sealer
        .hash("certificate", &[certificate.uvci.as_bytes()]);
    let partition = authority.place_of(&hash);
    let now = authority.now();
    let place = RowKey::for_record::<Presented>(&SubjectId::OWNER);
    let rows = authority
        .units
        .read(partition, &SubjectId::OWNER, vec![place])
        .await?;
    let mut gone = Vec::new();
    for one in rows.get::<Presented>()?.unwrap_or_default().by {
        if one.at + CLAIM_SECS < now && !holds(authority, &one, &certificate.id()).await? {
            gone.push(one);
        }
    }
    let mut id = [0; 16];
    let of = [filing.citizen.as_bytes().as_slice(), &filing.id];
    id.copy_from_slice(&authority.sealer.hash("certificate presented", &of)[..16]);
    let present = Present {
        partition,
        id,
        new: PresentedBy {
            citizen: filing.citizen.to_string(),
            subject: filing.subject.clone(),
            at: now,
        },
        gone,
        most: authority.policy.dcc.citizens_per_certificate,
        until: certificate.expires_at,
    };
    authority.units.run(&present).await.inspect_err(|refusal| {
        if matches!(refusal, Refusal::Invalid(Some((_, code))) if code == DccError::PresentedByAnother.code()) {
            tracing::warn!("a certificate was presented by another citizen than before");
        }
    })?;
    Ok(())
}

/// Whether somebody who presented it has it still.
async fn holds(authority: &Authority, one: &PresentedBy, id: &str) -> Result<bool, Refusal> {
    let Some(citizen) = CitizenId::parse(&one.citizen) else {
        return Ok(false);
    };
    let named = vec![RowKey::for_record::<CertifiedFacts>(&one.subject)];
    let rows = authority.units.read(citizen, &one.subject, named).await?;
    let kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
    Ok(kept.certificates.iter().any(|kept| kept.id == id))
}

struct Present {
    partition: CitizenId,
    id: [u8; 16],
    new: PresentedBy,
    /// Those who have it no more.
    gone: Vec<PresentedBy>,
    most: usize,
    /// Unix seconds.
    until: i64,
}

#[derive(Serialize, Deserialize)]
struct PresentAnswer {}

impl Unit for Present {
    type Answer = PresentAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.partition
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        UnitId::new(ACT, self.id)
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.until)
    }

    fn reads(&self) -> Vec<RowKey> {
        vec![RowKey::for_record::<Presented>(&SubjectId::OWNER)]
    }

    fn apply(&self, rows: &mut Rows) -> Result<PresentAnswer, Refusal> {
        let mut presented = rows.get::<Presented>()?.unwrap_or_default();
        presented.by.retain(|one| !self.gone.contains(one));
        let is_own = |one: &PresentedBy| {
            (&one.citizen, &one.subject) == (&self.new.citizen, &self.new.subject)
        };
        presented.by.retain(|one| !is_own(one));
        if presented.by.len() >= self.most {
            return Err(Refusal::invalid(
                "certificate",
                DccError::PresentedByAnother.code(),
            ));
        }
        presented.by.push(self.new.clone());
        let place = RowKey::for_record::<Presented>(&SubjectId::OWNER);
        rows.put_until(place, &presented, self.until)?;
        Ok(PresentAnswer {})
    }
}
