//! What follows from a certificate that is handed in, and from its removal.
//!
//! Invariant: names are compared with the registration in the act that keeps the certificate; where they are not the same the
//! citizen said that it is theirs, and it waits for officers. The same certificate again is the same.

use health_code_core::capability::dcc::{
    CERTIFICATE_REMOVALS, CERTIFICATES, Certificate, DccComparison, DccError, DccRemoval,
    DccSubmission, NamesStanding, compare, overall,
};
use health_code_core::wire::SubjectId;

use super::presented::claim;
use crate::cases::certified_facts::{CertifiedFacts, KeptCertificate};
use crate::cases::decide;
use crate::cases::file::{Acting, Effect, Filing, UploadKind};
use crate::cases::records::Registration;
use crate::cases::{Authority, Refusal};
use crate::store::{Later, RowKey, Rows};

/// Row of the table of uploads: a certificate is handed in.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    before: Some(before),
    ..UploadKind::plain(CERTIFICATES, 26, |checking, body| {
        let submission: DccSubmission = crate::capability::read(body)?;
        let lists = &checking.definitions.certificates;
        let certificate = lists
            .verified(&submission.certificate, checking.now)
            .map_err(refused)?;
        Ok(Box::new(HandIn {
            certificate,
            submission,
            most: checking.policy.dcc.per_subject,
        }))
    })
};

/// Row of the table of uploads: it is taken back.
pub(crate) const REMOVAL: UploadKind = UploadKind::plain(CERTIFICATE_REMOVALS, 27, |_, body| {
    let removal: DccRemoval = crate::capability::read(body)?;
    Ok(Box::new(TakeBack {
        certificate: removal.certificate,
    }))
});

fn refused(error: DccError) -> Refusal {
    Refusal::invalid("certificate", error.code())
}

/// Notes who presents it, before it is filed: what is refused is nobody's.
fn before<'a>(
    authority: &'a Authority,
    filing: Filing<'a>,
) -> Later<'a, Result<Vec<String>, Refusal>> {
    Box::pin(async move {
        // What cannot be read or does not hold is for the act to refuse.
        let submission = crate::capability::read::<DccSubmission>(filing.body);
        let now = authority.now();
        let lists = authority.definitions();
        let lists = &lists.certificates;
        let held = submission.map(|submission| lists.verified(&submission.certificate, now));
        if let Ok(Ok(certificate)) = held {
            claim(authority, filing, &certificate).await?;
        }
        Ok(Vec::new())
    })
}

struct HandIn {
    certificate: Certificate,
    submission: DccSubmission,
    most: usize,
}

impl HandIn {
    /// How its names stand with the registration.
    fn names(&self, rows: &Rows) -> Result<NamesStanding, Refusal> {
        let registration = rows.get::<Registration>()?.ok_or(Refusal::DeviceUnknown)?;
        let parts = compare(&self.certificate.person, &registration.identity);
        match overall(&parts) {
            DccComparison::Same => Ok(NamesStanding::Same),
            _ if self.submission.names_confirmed => Ok(NamesStanding::Waiting),
            _ => Err(Refusal::invalid(
                "namesConfirmed",
                DccError::NamesNotConfirmed.code(),
            )),
        }
    }
}

impl Effect for HandIn {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let mut kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        let id = self.certificate.id();
        let before = kept.certificates.iter().position(|one| one.id == id);
        let text = self.submission.certificate.trim();
        if let Some(place) = before {
            let held = &kept.certificates[place];
            let issued_at = Certificate::read(&held.text).map(|held| held.issued_at);
            let is_older = issued_at.is_ok_and(|held| held > self.certificate.issued_at);
            // What officers decided of it stands.
            if held.text == text || is_older {
                return Ok(0);
            }
            kept.certificates.remove(place);
        } else if kept.certificates.len() >= self.most {
            return Err(refused(DccError::TooMany));
        }
        kept.certificates.push(KeptCertificate {
            names: self.names(rows)?,
            id,
            text: text.to_owned(),
            received_at: acting.received_at,
            officers: Vec::new(),
        });
        rows.put(&kept)?;
        decided(acting, rows)
    }
}

struct TakeBack {
    certificate: String,
}

impl Effect for TakeBack {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let mut kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        let count = kept.certificates.len();
        kept.certificates.retain(|one| one.id != self.certificate);
        if kept.certificates.len() == count {
            return Ok(0);
        }
        rows.put(&kept)?;
        decided(acting, rows)
    }
}

/// The rows that deciding about certificates reads.
pub(super) fn reads(subject: &SubjectId) -> Vec<RowKey> {
    let mut reads = decide::reads(subject);
    reads.push(RowKey::for_record::<CertifiedFacts>(subject));
    reads
}

/// The colour follows by the rules; how many credentials that revoked.
fn decided(acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
    let decided = acting.decider.decide(acting.citizen, rows, acting.now)?;
    Ok(decided.map_or(0, |decided| decided.revoked))
}
