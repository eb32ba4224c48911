//! The home view, and the one colour change that the observer is told of.
//!
//! Invariant: a receipt that no longer verifies is left out, not shown. It decides no colour.

use chrono::NaiveDate;

use super::check_ins::CheckIns;
use super::notices::{Circumstances, notices};
use super::reader::Reader;
use super::records::TOLD_COLOUR;
use super::snapshot::{HeldColour, Snapshot};
use super::status::{Asked, next_step, status};
use super::{CheckInsView, CitizenError, ColourView, HealthCode, HomeView, Stage, lock};
use crate::capability::international::EntryStage;
use crate::capability::officer_chain::unread_alarms;
use crate::capability::results::reported_evidence;
use crate::colour::ReasonTexts;
use crate::event::{ColourChange, HealthCodeEvent};
use crate::sync::{ColourSeen, PendingUpload, RefusedUpload, TimeSource, UploadKind};
use crate::trust::{Scheme, key_fingerprint};
use crate::wire::BundleKind;
use crate::words::LanguageTag;

impl HealthCode {
    /// Everything the home screen shows.
    ///
    /// # Errors
    /// `Store`; [`CitizenFault::RecordUnreadable`](super::CitizenFault::RecordUnreadable) for a receipt
    /// that verifies and is none.
    pub fn home(&self) -> Result<HomeView, CitizenError> {
        let now = self.now();
        let snapshot = self.snapshot(now.at_secs())?;
        let language = self.language();
        let given = Circumstances {
            now,
            clock_off_ms: self.context.sync.clock_off_ms(),
            last_sync: *lock(&self.last_sync),
            has_alarms: unread_alarms(&self.context.store, &self.context.subject) > 0,
            asked: self.asked(&snapshot)?,
            language: &language,
            civil: self.context.civil_time(),
        };
        let mut view = home_view(&snapshot, &given, &self.reader)?;
        for refused in &mut view.uploads_refused {
            self.in_words(refused, &language);
        }
        Ok(view)
    }

    /// What capabilities ask of the citizen. Looked for where there is no code, or an entry from abroad: else nothing is read.
    fn asked(&self, snapshot: &Snapshot) -> Result<Asked, CitizenError> {
        let has_code = snapshot.has_code();
        let may_be_visitor = snapshot
            .receipt()
            .map_or(!has_code, |receipt| receipt.scheme == Scheme::International);
        Ok(Asked {
            check_in: false,
            proof: !has_code && self.asks_for_proof()?,
            entry: may_be_visitor && self.entry()?.stage == EntryStage::ToDeclare,
        })
    }

    /// The fingerprint of the national root's key that everything signed is held against.
    #[must_use]
    pub fn root_key_fingerprint(&self) -> String {
        key_fingerprint(&self.context.root_key)
    }

    /// Says whether others' codes are checked on this phone. If they are, the coming syncs fetch status lists too; a phone
    /// that only shows codes does without. Not kept: to be said after each start.
    pub fn set_checks_others(&self, checks_others: bool) {
        self.context.sync.set_checks_others(checks_others);
    }

    /// The status lists that the syncs brought, signature and all: for a checkpoint on this phone, to be taken in this order.
    ///
    /// # Errors
    /// `Sync`.
    pub fn status_lists(&self) -> Result<Vec<Vec<u8>>, CitizenError> {
        Ok(self.context.sync.status_lists()?)
    }

    /// A published bundle as the last sync brought it, signature and all: for a checkpoint on this phone.
    ///
    /// # Errors
    /// `Sync`.
    pub fn published_bundle(
        &self,
        kind: &BundleKind,
        name: &str,
    ) -> Result<Option<Vec<u8>>, CitizenError> {
        Ok(self.context.sync.bundle(kind, name)?)
    }

    /// Tells the observer of a colour it was not told of yet. What was told is kept, so a change is told
    /// once, also when the app was killed between sync and alert.
    pub(super) fn announce_colour(&self) {
        let Ok(life) = self.context.sync.life(&self.context.subject) else {
            return;
        };
        let Ok(snapshot) = self.snapshot(self.now().at_secs()) else {
            return;
        };
        let Ok(Some(colour)) = &snapshot.colour else {
            return;
        };
        let receipt = &colour.held.receipt;
        let place = TOLD_COLOUR.for_subject(&self.context.subject);
        let mut announced = lock(&self.announced);
        let before = match *announced {
            Some(colour) => Some(colour),
            None => self.context.read(&place).ok().flatten(),
        };
        if before == Some(receipt.colour) {
            return;
        }
        // An observer may sync within the event: that finds it announced, though not yet told.
        *announced = Some(receipt.colour);
        drop(announced);
        let language = self.language();
        let seen = self.context.sync.colours_seen(&self.context.subject);
        let seen = seen.unwrap_or_default();
        let last = seen.iter().find(|seen| Some(seen.to) == before);
        let last = last.and_then(ColourSeen::receipt);
        let scheme_before = last.map_or(receipt.scheme, |receipt| receipt.scheme);
        let event = HealthCodeEvent::ColourChanged(ColourChange {
            from: before,
            from_shown: before.map(|from| scheme_before.words(from, language.words())),
            to: receipt.colour,
            shown: receipt.scheme.words(receipt.colour, language.words()),
            reason: receipt.reason.known(),
            texts: ReasonTexts::new(&receipt.reason, &receipt.reason_texts, &language),
            since: receipt.since,
        });
        let told = receipt.colour;
        self.context.events.tell_then(
            event,
            Box::new(move || {
                // Not stored means told again next time: better twice than never.
                let _ = place.put(&told).map(|write| life.write(&[write]));
            }),
        );
    }
}

fn home_view(
    snapshot: &Snapshot,
    given: &Circumstances<'_>,
    reader: &Reader,
) -> Result<HomeView, CitizenError> {
    let (now, language) = (given.now, given.language);
    let colour = snapshot.colour.as_ref().map_err(Clone::clone)?.as_ref();
    let stage = stage(snapshot, colour.is_some());
    let credential = snapshot.credential.as_ref().ok();
    let uploads = snapshot.uploads.iter();
    let waiting = uploads.clone().filter(|upload| upload.is_waiting()).count();
    let is_of_newer_app = |upload: &&PendingUpload| matches!(upload.kind, UploadKind::Newer { .. });
    let of_newer_app = uploads.clone().filter(is_of_newer_app).count();
    let synced_at_ms = snapshot.checked_at_ms;
    let today = given.civil.at(now.at_secs()).date();
    let confirmed_on = synced_at_ms.map(|at_ms| given.civil.at(at_ms.div_euclid(1_000)).date());
    let colour = colour.map(|colour| {
        let check_ins = CheckIns::of(&colour.held, today, confirmed_on, language);
        let check_ins = check_ins.map(|check_ins| reader.check_ins(check_ins));
        colour_view(colour, check_ins, today, reader, language)
    });
    let check_ins = colour.as_ref().and_then(|colour| colour.check_ins.as_ref());
    let asked = Asked {
        check_in: check_ins.is_some_and(|it| is_due(it, today)),
        ..given.asked
    };
    Ok(HomeView {
        stage,
        status: status(snapshot, language.words()),
        next_step: next_step(snapshot, stage, asked, now.at_secs(), language.words()),
        notices: notices(snapshot, given),
        colour,
        code_available: snapshot.has_code(),
        credential_expires_at: credential.map(|held| held.claims.expires_at),
        synced_at_ms,
        utc_offset_minutes: given.civil.minutes_east(),
        data_age_secs: synced_at_ms.map(|at_ms| (now.at_ms - at_ms).max(0) / 1_000),
        uploads_waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        uploads_of_newer_app: u32::try_from(of_newer_app).unwrap_or(u32::MAX),
        uploads_refused: uploads.filter_map(refusal).collect(),
        app_update: snapshot.app_update,
        time_is_anchored: now.source == TimeSource::Anchored,
    })
}

fn stage(snapshot: &Snapshot, has_colour: bool) -> Stage {
    let registrations = snapshot.uploads.iter().filter(|it| it.is_registration());
    let is_queued = registrations.clone().any(PendingUpload::is_waiting);
    let is_registered = snapshot.is_registered();
    if is_registered || is_queued {
        match (has_colour, is_registered) {
            (true, _) => Stage::Decided,
            (false, true) => Stage::AwaitingColour,
            (false, false) => Stage::RegistrationQueued,
        }
    } else if registrations.count() > 0 {
        Stage::RegistrationRefused
    } else {
        Stage::NotRegistered
    }
}

fn colour_view(
    colour: &HeldColour,
    check_ins: Option<CheckInsView>,
    today: NaiveDate,
    reader: &Reader,
    language: &LanguageTag,
) -> ColourView {
    let receipt = &colour.held.receipt;
    let evidence = colour.held.evidence.as_ref();
    let texts = ReasonTexts::new(&receipt.reason, &receipt.reason_texts, language);
    let is_due = check_ins.as_ref().is_some_and(|it| is_due(it, today));
    let shown = receipt.scheme.words(receipt.colour, language.words());
    ColourView {
        citizen_id: receipt.citizen_id.clone(),
        colour: receipt.colour,
        reason: receipt.reason.known(),
        reason_id: texts.id,
        why: texts.text,
        instruction: texts.instruction,
        title: shown.title.clone(),
        scheme: receipt.scheme,
        shown,
        rule_text: reader.rule(colour, language),
        since: receipt.since,
        earliest_green: receipt.earliest_green.clone(),
        evidence_date: receipt.evidence_date.clone(),
        rule_set_id: receipt.rule_set_id.clone(),
        rule_set_version: receipt.rule_set_version,
        rule_id: receipt.rule_id.clone(),
        check_ins,
        way_to_green: reader.way_to_green(colour, today, is_due, language),
        reports: evidence
            .map(|evidence| reported_evidence(evidence, language))
            .unwrap_or_default(),
        recomputation: colour.recomputation,
        receipt_sha256: colour.held.sha256.clone(),
    }
}

/// Whether today's check-in is.
fn is_due(check_ins: &CheckInsView, today: NaiveDate) -> bool {
    check_ins.next_due.as_deref() == Some(&*today.to_string())
}

fn refusal(upload: &PendingUpload) -> Option<RefusedUpload> {
    let refusal = upload.refusal.as_ref()?;
    let (id, kind) = (&upload.upload_id, upload.kind);
    Some(RefusedUpload::new(id, kind, refusal))
}
