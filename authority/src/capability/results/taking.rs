//! Each result once: claimed under the laboratory's id and version, then kept under its document, those of one document together:
//! acts on one document come one after the other, and a hundred of them would each wait for the disk.
//!
//! Invariant: the same id and version with the same content is the same result, whenever and from however many at once it comes;
//! with another content it is refused by name. What was taken stays taken when it comes again, though it would be refused today.
//! Nobody's registration is looked at.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use futures_util::future::try_join_all;
use health_code_core::capability::results::{
    Dose, Laboratory, OutcomePolicy, Report, ReportAnswer, ReportError, ResultRecord,
};
use health_code_core::identity::{DocumentKind, check_document_number, document_key};
use health_code_core::wire::SubjectId;
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use super::signed;
use crate::cases::definitions::Definitions;
use crate::cases::records::kinds;
use crate::cases::register::spaces;
use crate::cases::{Authority, Refusal, acts};
use crate::store::{CitizenId, Kind, Owner, Record, RowKey, Rows, Unique, Unit, UnitId};

/// Most reports that one act keeps: an act must not grow without end.
const KEPT_AT_ONCE: usize = 25;
/// Kind that allows a laboratory what the list does not know.
const OTHER: &str = "other";

/// What became of a report, and the documents that something was kept under.
pub(super) struct Taken {
    pub(super) answers: Vec<ReportAnswer>,
    pub(super) documents: Vec<[u8; 32]>,
}

/// One version of a result as it is kept under its document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeptReport {
    pub(super) laboratory: String,
    pub(super) laboratory_name: LocalizedText,
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) kind: String,
    pub(super) kind_name: Option<LocalizedText>,
    pub(super) outcome: String,
    /// Unix seconds.
    pub(super) sampled_at: i64,
    /// Unix seconds.
    pub(super) reported_at: i64,
    /// Unix seconds.
    pub(super) valid_until: Option<i64>,
    pub(super) fact: Option<String>,
    pub(super) place: Option<String>,
    pub(super) dose: Option<Dose>,
    pub(super) product: Option<String>,
    pub(super) withdrawn: bool,
    /// What tells it from every other, hex.
    pub(super) mark: String,
    /// When it goes, Unix seconds.
    pub(super) kept_until: i64,
}

impl Record for KeptReport {
    const KIND: Kind = kinds::REPORT;
}

impl KeptReport {
    /// As the citizen is told.
    pub(super) fn told(self, citizen: CitizenId) -> ResultRecord {
        ResultRecord {
            citizen_id: citizen.to_string(),
            laboratory: self.laboratory,
            laboratory_name: self.laboratory_name,
            id: self.id,
            version: self.version,
            kind: self.kind,
            kind_name: self.kind_name,
            outcome: self.outcome,
            sampled_at: self.sampled_at,
            reported_at: self.reported_at,
            valid_until: self.valid_until,
            fact: self.fact,
            place: self.place,
            dose: self.dose,
            product: self.product,
            withdrawn: self.withdrawn,
        }
    }
}

/// How far the versions of a result have come; in a partition of the laboratory's id of it.
#[derive(Clone, Serialize, Deserialize)]
struct ReportHead {
    version: u32,
    /// Keyed, hex.
    document: String,
}

impl Record for ReportHead {
    const KIND: Kind = kinds::REPORT_HEAD;
}

impl Authority {
    /// Takes what a laboratory sent. Each result is judged alone.
    pub(super) async fn take_reports(
        &self,
        laboratory: &str,
        body: &[u8],
    ) -> Result<Taken, Refusal> {
        let definitions = self.definitions();
        let now = self.now();
        let (division, skew_secs) = (self.policy.division, self.policy.clock_skew_secs);
        let list = &definitions.laboratories;
        let verified = signed::verify(list, laboratory, division, body, (now, skew_secs));
        let (laboratory, reports) = verified.map_err(Refusal::ReportRefused)?;
        let reports = &reports;
        // Versions of one result one after the other, all else at once: their writes are committed together.
        let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, report) in reports.results.iter().enumerate() {
            by_id.entry(&report.id).or_default().push(place);
        }
        let definitions = &definitions;
        let all = by_id.into_values().map(|places| async move {
            let mut taken = Vec::with_capacity(places.len());
            for place in places {
                let report = &reports.results[place];
                let outcome = self.claim(definitions, laboratory, report, now).await?;
                taken.push((place, outcome));
            }
            Ok::<_, Refusal>(taken)
        });
        let mut outcomes = Vec::with_capacity(reports.results.len());
        let mut by_document: BTreeMap<[u8; 32], Vec<KeptReport>> = BTreeMap::new();
        for (place, outcome) in try_join_all(all).await?.into_iter().flatten() {
            let refused = outcome.as_ref().err().map(|error| error.code().to_owned());
            outcomes.push((place, refused));
            if let Ok((document, report)) = outcome {
                by_document.entry(document).or_default().push(report);
            }
        }
        let documents = by_document.keys().copied().collect();
        let kept = by_document
            .into_iter()
            .map(|(document, reports)| self.keep(document, reports));
        try_join_all(kept).await?;
        outcomes.sort_by_key(|(place, _)| *place);
        let mut taken = Taken {
            answers: Vec::with_capacity(outcomes.len()),
            documents,
        };
        for (report, (_, refused)) in reports.results.iter().zip(outcomes) {
            taken.answers.push(ReportAnswer {
                id: report.id.clone(),
                version: report.version,
                refused,
            });
        }
        Ok(taken)
    }

    /// What is to be kept of a result that is claimed, and under which document; or why it is not.
    async fn claim(
        &self,
        definitions: &Definitions,
        laboratory: &Laboratory,
        report: &Report,
        now: i64,
    ) -> Result<Result<([u8; 32], KeptReport), ReportError>, Refusal> {
        if let Err(error) = report.check() {
            return Ok(Err(error));
        }
        let Some(document) = self.reported_document(report) else {
            return Ok(Err(ReportError::DocumentRefused));
        };
        let json = serde_json::to_vec(report).map_err(|_| Refusal::Malformed(None))?;
        let laboratory_id = laboratory.id.as_bytes();
        let id = self
            .sealer
            .hash("report", &[laboratory_id, report.id.as_bytes()]);
        let content = self
            .sealer
            .hash("content of a report", &[laboratory_id, &json]);
        let kept_until = now + self.policy.results_kept_secs;
        let claim = Claim {
            partition: CitizenId::from_random(first_16(&id)),
            id: UnitId::new(
                acts::REPORT_CLAIM,
                first_16(
                    &self
                        .sealer
                        .hash("version of a report", &[&id, &report.version.to_be_bytes()]),
                ),
            ),
            version: report.version,
            document: HEXLOWER.encode(&document),
            content: HEXLOWER.encode(&content),
            judged: self.judge(definitions, laboratory, report, now),
            now,
            kept_until,
        };
        let claimed = match self.units.run(&claim).await {
            Ok(done) => done.answer,
            Err(Claimed::Report(error)) => return Ok(Err(error)),
            Err(Claimed::Store(error)) => return Err(error.into()),
        };
        if claimed.content != claim.content {
            return Ok(Err(ReportError::IdReused));
        }
        let counted = counted(definitions, report);
        let valid_until = counted.and_then(|counted| counted.hours);
        let kind = definitions.laboratories.kind(&report.kind);
        let mark = HEXLOWER.encode(&content[..8]);
        let kept = KeptReport {
            laboratory: laboratory.id.clone(),
            laboratory_name: laboratory.name.clone(),
            id: report.id.clone(),
            version: report.version,
            kind: report.kind.clone(),
            kind_name: kind.map(|kind| kind.name.clone()),
            outcome: report.outcome.clone(),
            sampled_at: report.sampled_at,
            reported_at: claimed.reported_at,
            valid_until: valid_until
                .map(|hours| report.sampled_at.saturating_add(i64::from(hours) * 3_600)),
            fact: counted
                .and_then(|counted| counted.fact.clone())
                .filter(|_| !report.withdrawn),
            place: report.place.clone(),
            dose: report.dose,
            product: report.product.clone(),
            withdrawn: report.withdrawn,
            mark,
            kept_until,
        };
        Ok(Ok((document, kept)))
    }

    /// Keeps these under their document.
    async fn keep(&self, document: [u8; 32], reports: Vec<KeptReport>) -> Result<(), Refusal> {
        for reports in reports.chunks(KEPT_AT_ONCE) {
            let marks = reports.iter().map(|report| report.mark.as_bytes());
            let marks: Vec<&[u8]> = marks.collect();
            let keep = Keep {
                partition: self.place_of(&document),
                id: UnitId::new(
                    acts::REPORT,
                    first_16(&self.sealer.hash("reports kept", &marks)),
                ),
                reports,
            };
            // First on the list of what is to be delivered, so that nothing that is kept is on no list.
            let places = marks.iter().map(|mark| {
                let place = self.sealer.hash("report to deliver", &[mark]);
                to_deliver(&document, &first_16(&place))
            });
            let owner = Owner {
                citizen: keep.partition,
                unit: keep.id,
            };
            let store = self.units.store();
            store.reserve(places.collect(), owner).await?;
            self.units.run(&keep).await?;
        }
        Ok(())
    }

    /// What tells the document apart, as a registration's.
    fn reported_document(&self, report: &Report) -> Option<[u8; 32]> {
        let kind = DocumentKind::from_id(&report.document.kind)?;
        let number = check_document_number(kind, &report.document.number).ok()?;
        let key = document_key(kind, &number);
        Some(self.sealer.hash("document", &[key.as_bytes()]))
    }

    /// Whether it may be reported now.
    fn judge(
        &self,
        definitions: &Definitions,
        laboratory: &Laboratory,
        report: &Report,
        now: i64,
    ) -> Result<(), ReportError> {
        let kind = definitions.laboratories.kind(&report.kind);
        let asked = kind.map_or(OTHER, |kind| kind.id.as_str());
        if !laboratory.reports.contains(asked) {
            return Err(ReportError::KindNotAllowed);
        }
        if report.sampled_at > now.saturating_add(self.policy.clock_skew_secs) {
            return Err(ReportError::InFuture);
        }
        // What the list does not know is bounded by how long it would be kept.
        let within = kind.map_or(self.policy.results_kept_secs, |kind| {
            i64::from(kind.reported_within_hours) * 3_600
        });
        // A correction may come later than what it corrects, as long as that is kept.
        let within = match report.version {
            1 => within,
            _ => within.saturating_add(self.policy.results_kept_secs),
        };
        if report.sampled_at < now.saturating_sub(within) {
            return Err(ReportError::TooOld);
        }
        Ok(())
    }
}

/// What the outcome counts as.
fn counted<'a>(definitions: &'a Definitions, report: &Report) -> Option<&'a OutcomePolicy> {
    let kind = definitions.laboratories.kind(&report.kind)?;
    kind.outcomes.get(&report.outcome)
}

/// The place of a report on the list of those that are to be delivered.
pub(super) fn to_deliver(document: &[u8; 32], report: &[u8; 16]) -> Unique {
    Unique {
        space: spaces::REPORT_TO_DELIVER,
        value: [&document[..], report].concat(),
    }
}

fn first_16(hash: &[u8; 32]) -> [u8; 16] {
    let mut first = [0; 16];
    first.copy_from_slice(&hash[..16]);
    first
}

/// Why a claim is none.
enum Claimed {
    Report(ReportError),
    Store(crate::store::StoreError),
}

impl From<crate::store::StoreError> for Claimed {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Store(error)
    }
}

/// A version of a result becomes this content.
struct Claim {
    partition: CitizenId,
    id: UnitId,
    version: u32,
    document: String,
    content: String,
    judged: Result<(), ReportError>,
    now: i64,
    kept_until: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClaimAnswer {
    /// Keyed, hex.
    content: String,
    reported_at: i64,
}

impl Unit for Claim {
    type Answer = ClaimAnswer;
    type Refusal = Claimed;

    fn citizen(&self) -> CitizenId {
        self.partition
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
        vec![RowKey::for_record::<ReportHead>(&SubjectId::OWNER)]
    }

    fn apply(&self, rows: &mut Rows) -> Result<ClaimAnswer, Claimed> {
        self.judged.map_err(Claimed::Report)?;
        let before = rows.get::<ReportHead>()?;
        let newest = before.as_ref().map_or(0, |before| before.version);
        if self.version != newest + 1 {
            return Err(Claimed::Report(ReportError::VersionNotNext));
        }
        if before
            .as_ref()
            .is_some_and(|before| before.document != self.document)
        {
            return Err(Claimed::Report(ReportError::OtherDocument));
        }
        let head = ReportHead {
            version: self.version,
            document: self.document.clone(),
        };
        let place = RowKey::for_record::<ReportHead>(&SubjectId::OWNER);
        rows.put_until(place, &head, self.kept_until)?;
        Ok(ClaimAnswer {
            content: self.content.clone(),
            reported_at: self.now,
        })
    }
}

/// They are kept under their document.
struct Keep<'a> {
    partition: CitizenId,
    id: UnitId,
    reports: &'a [KeptReport],
}

impl Keep<'_> {
    fn places(&self) -> impl Iterator<Item = (RowKey, &KeptReport)> {
        let place = |report: &KeptReport| {
            RowKey::new(&SubjectId::OWNER, kinds::REPORT, report.mark.as_bytes())
        };
        self.reports
            .iter()
            .map(move |report| (place(report), report))
    }
}

#[derive(Serialize, Deserialize)]
struct KeepAnswer {}

impl Unit for Keep<'_> {
    type Answer = KeepAnswer;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.partition
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        self.reports.iter().map(|report| report.kept_until).max()
    }

    fn reads(&self) -> Vec<RowKey> {
        self.places().map(|(place, _)| place).collect()
    }

    fn apply(&self, rows: &mut Rows) -> Result<KeepAnswer, Refusal> {
        for (place, report) in self.places() {
            // One that came before, in other company, stays as it was taken.
            if rows.bytes_at(&place)?.is_none() {
                rows.put_until(place, report, report.kept_until)?;
            }
        }
        Ok(KeepAnswer {})
    }
}

health_code_core::hidden_debug!(KeptReport, ReportHead);
