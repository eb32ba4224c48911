//! What follows from an appeal, from an objection of before there were appeals, and from a withdrawal.
//!
//! Invariant: the deadline is counted from when all of it was here; an appeal is on the officers' list before it is acknowledged.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::appeals::{
    ACKNOWLEDGEMENT_TYPE, Acknowledgement, Appeal, AppealError, Withdrawal,
};
use health_code_core::trust::sign_bundle;
use health_code_core::wire::{Correction, SubjectId};
use serde::Deserialize;

use super::open_list::unique;
use super::policy::AppealPolicy;
use super::records::{Appeals, KeptAppeal, reads};
use crate::cases::file::{Acknowledging, Acting, Effect, Filing, UploadKind};
use crate::cases::records::Registration;
use crate::cases::{Authority, Refusal};
use crate::store::{Later, Owner, RowKey, Rows, StoreError};

/// Most open objections of before of one subject that are listed.
const MAX_OBJECTIONS: usize = 20;

/// Row of the table of uploads: appeals.
pub(crate) const UPLOAD: UploadKind = UploadKind {
    before: Some(before),
    acknowledge: Some(acknowledge),
    ..UploadKind::plain("appeals", 16, |checking, body| {
        let appeal: Appeal = crate::capability::read(body)?;
        appeal.check().map_err(crate::capability::refused)?;
        let policy = checking.policy.appeals.clone();
        Ok(Box::new(Listed {
            number: UPLOAD.number,
            due: Due::ByRisk(policy, checking.policy.division),
            body: body.to_vec(),
            received_at: checking.now,
        }))
    })
};

/// Row of the table of uploads: withdrawals.
pub(crate) const WITHDRAWAL: UploadKind = UploadKind::plain("withdrawals", 17, |_, body| {
    let withdrawal: Withdrawal = crate::capability::read(body)?;
    Ok(Box::new(Withdraw {
        appeal: withdrawal.appeal,
    }))
});

fn before<'a>(
    authority: &'a Authority,
    filing: Filing<'a>,
) -> Later<'a, Result<Vec<String>, Refusal>> {
    Box::pin(async move {
        // What cannot be read or be is for the act to refuse, which knows whether the id was used before.
        let Ok(appeal) = crate::capability::read::<Appeal>(filing.body) else {
            return Ok(Vec::new());
        };
        if appeal.check().is_err() {
            return Ok(Vec::new());
        }
        let missing = authority.missing_pieces(filing, &appeal.evidence).await?;
        if missing.is_empty() {
            reserve_place(authority, filing).await?;
        }
        Ok(missing)
    })
}

/// Takes a place on the officers' list for the objection of before that is filed next.
pub(crate) fn reserve<'a>(
    authority: &'a Authority,
    filing: Filing<'a>,
) -> Later<'a, Result<Vec<String>, Refusal>> {
    Box::pin(async move {
        // What is refused takes no place.
        let correction = crate::capability::read::<Correction>(filing.body);
        if correction.is_ok_and(|correction| correction.check().is_ok()) {
            reserve_place(authority, filing).await?;
        }
        Ok(Vec::new())
    })
}

async fn reserve_place(authority: &Authority, filing: Filing<'_>) -> Result<(), StoreError> {
    let owner = Owner {
        citizen: filing.citizen,
        unit: filing.unit,
    };
    let unique = unique(&filing.id, filing.subject);
    authority.units.store().reserve(vec![unique], owner).await?;
    Ok(())
}

/// Signs that an appeal or an objection is here.
pub(crate) fn acknowledge(taken: &Acknowledging<'_>) -> Result<String, Refusal> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Named {
        receipt_sha256: String,
        #[serde(default)]
        evidence: Vec<Entry>,
    }
    #[derive(Deserialize)]
    struct Entry {
        sha256: String,
    }
    let named: Named = crate::capability::read(taken.body)?;
    let told = Acknowledgement {
        citizen_id: taken.citizen.to_string(),
        subject: taken.subject.clone(),
        id: uuid::Uuid::from_bytes(taken.id).to_string(),
        receipt_sha256: named.receipt_sha256,
        evidence: named.evidence.into_iter().map(|one| one.sha256).collect(),
        received_at: taken.received_at,
        decide_by: taken.decided_by,
    };
    let json = serde_json::to_vec(&told).map_err(|_| StoreError::Faulted)?;
    let signed = sign_bundle(
        ACKNOWLEDGEMENT_TYPE,
        Some(taken.received_at),
        &json,
        taken.issuer_key,
    );
    let signed = signed.map_err(|error| Refusal::Failed(error.code()))?;
    Ok(BASE64URL_NOPAD.encode(&signed))
}

/// By when it is decided.
pub(crate) enum Due {
    /// By the risk level of the subject's division; the authority's own where no registration says one.
    ByRisk(AppealPolicy, u32),
    /// Unix seconds.
    At(i64),
}

/// Puts an appeal on the subject's list.
pub(crate) struct Listed {
    pub(crate) number: u8,
    pub(crate) due: Due,
    pub(crate) body: Vec<u8>,
    /// Unix seconds.
    pub(crate) received_at: i64,
}

impl Listed {
    fn decide_by(&self, rows: &Rows) -> Result<i64, Refusal> {
        Ok(match &self.due {
            Due::At(at) => *at,
            Due::ByRisk(policy, own) => {
                let registration = rows.get::<Registration>()?;
                let division = registration.map_or(*own, |it| it.identity.division);
                self.received_at + policy.time_to_decide(division)
            }
        })
    }

    /// Whether there is room for one more; an objection of before is kept all the same.
    fn has_room(&self, open: usize) -> Result<bool, Refusal> {
        match &self.due {
            Due::ByRisk(policy, _) if open >= policy.open_at_most => {
                let code = AppealError::TooManyOpen.code();
                Err(Refusal::invalid("appeal", code))
            }
            Due::ByRisk(..) => Ok(true),
            Due::At(_) => Ok(open < MAX_OBJECTIONS),
        }
    }
}

impl Effect for Listed {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let open = rows.get::<Appeals>()?.unwrap_or_default().open();
        if !self.has_room(open)? {
            return Ok(0);
        }
        let decide_by = self.decide_by(rows)?;
        let acknowledgement = acknowledge(&Acknowledging {
            citizen: acting.citizen,
            subject: rows.subject(),
            id: acting.upload,
            body: &self.body,
            received_at: self.received_at,
            decided_by: decide_by,
            issuer_key: &acting.decider.issuer_key,
        })?;
        Appeals::change(rows, |appeals, change| {
            appeals.list.push(KeptAppeal {
                id: uuid::Uuid::from_bytes(acting.upload).to_string(),
                number: self.number,
                change,
                received_at: self.received_at,
                decide_by,
                acknowledgement,
                withdrawn_at: None,
                decision: None,
                requests: Vec::new(),
            });
        })?;
        Ok(0)
    }

    fn decided_by(&self, rows: &Rows) -> Result<Option<i64>, Refusal> {
        self.decide_by(rows).map(Some)
    }
}

struct Withdraw {
    appeal: String,
}

impl Effect for Withdraw {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        reads(subject)
    }

    fn apply(&self, acting: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let appeals = rows.get::<Appeals>()?.unwrap_or_default();
        let refused = |error: AppealError| Refusal::invalid("appeal", error.code());
        let appeal = appeals.list.iter().find(|one| one.id == self.appeal);
        let appeal = appeal.ok_or_else(|| refused(AppealError::Unknown))?;
        if appeal.decision.is_some() {
            return Err(refused(AppealError::Closed));
        }
        if appeal.withdrawn_at.is_some() {
            return Ok(0);
        }
        Appeals::change_one(rows, &self.appeal, |appeal| {
            appeal.withdrawn_at = Some(acting.received_at);
        })?;
        Ok(0)
    }
}
