//! What a citizen does with certificates: looks at one, keeps it, hands it in, removes it. All of it works offline.
//!
//! Invariant: each call writes once. The same certificate is the same, however often it is scanned, kept or handed in.

use std::sync::Arc;

use super::certificate::Certificate;
use super::in_words::{Known, Looking, Upload, can_be_sent};
use super::names::DccComparison;
use super::records::{CERTIFICATE, HeldCertificate, STANDINGS};
use super::wire::{DccRemoval, DccStandings, DccSubmission, MAX_CERTIFICATES};
use super::{
    DCC_KEYS, DCC_RULES, DccError, DccKeys, DccRules, DccView, DccsView, REMOVAL, SUBMISSION,
};
use crate::citizen::context::json;
use crate::citizen::{CitizenError, HealthCode};
use crate::sync::{PendingUpload, UploadKind};

/// One that is kept, and its text as it is read now.
type Held = (String, HeldCertificate, Certificate);

impl HealthCode {
    /// Looks at the text of a scanned code: what it says, whether a key of the list signed it, whether it counts here, whose it
    /// is. Keeps nothing.
    ///
    /// # Errors
    /// `Store`, `Sync`; what is wrong with the certificate is in the view.
    pub fn read_dcc(&self, text: &str) -> Result<DccView, CitizenError> {
        let stock = Stock::of(self)?;
        let looking = stock.looking();
        Ok(match Certificate::read(text) {
            Ok(certificate) => looking.view(&certificate, &stock.known(&certificate.id())),
            Err(error) => looking.unreadable(error),
        })
    }

    /// Keeps a certificate, sealed; one with the same identifier that was issued later takes the place of the earlier. Gives its
    /// id.
    ///
    /// # Errors
    /// The [`DccError`] of a text that is no certificate; [`DccError::TooMany`]; `Store`, `Sync`.
    pub fn keep_dcc(&self, text: &str) -> Result<String, CitizenError> {
        let certificate = Certificate::read(text)?;
        // Two at once would both find the last place free.
        let _turn = self.context.take_turn();
        let stock = Stock::of(self)?;
        let id = certificate.id();
        let there = stock.held.iter().find(|(held, ..)| *held == id);
        match there {
            Some((_, _, held)) if held.issued_at >= certificate.issued_at => return Ok(id),
            None if stock.held.len() >= MAX_CERTIFICATES => return Err(DccError::TooMany.into()),
            _ => {}
        }
        let held = HeldCertificate {
            text: text.trim().to_owned(),
            kept_at: stock.at,
            was_verified: certificate.verify(&stock.keys, stock.at).is_ok(),
            was_sent: there.is_some_and(|(_, held, _)| held.was_sent),
            newer: serde_json::Map::new(),
        };
        let place = CERTIFICATE.for_subject(&self.context.subject).at(&id);
        let life = self.context.sync.life(&self.context.subject)?;
        life.write(&[place.put(&held)?])?;
        Ok(id)
    }

    /// The certificates that are kept, as they stand now.
    ///
    /// # Errors
    /// `Store`, `Sync`.
    pub fn dccs(&self) -> Result<DccsView, CitizenError> {
        let stock = Stock::of(self)?;
        let looking = stock.looking();
        let views = stock
            .held
            .iter()
            .map(|(id, _, certificate)| looking.view(certificate, &stock.known(id)));
        let certificates: Vec<_> = views.collect();
        let keys: usize = stock.keys.iter().map(|list| list.len()).sum();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let text = match (certificates.is_empty(), keys) {
            (true, _) => "dcc-none",
            (false, 0) => "dcc-some-unchecked",
            (false, _) => "dcc-some",
        };
        Ok(DccsView {
            can_keep: certificates.len() < MAX_CERTIFICATES,
            certificates,
            max_certificates: count(MAX_CERTIFICATES),
            keys: count(keys),
            text: looking.said(text),
        })
    }

    /// Hands a kept certificate in, to be delivered once; the authority verifies it again. Where the names are not the same the
    /// citizen saw both and says that it is theirs (`names_confirmed`); officers look at it then. Gives the upload's id; one that
    /// waits already is the same.
    ///
    /// # Errors
    /// `Precondition` before a registration; [`DccError::Unknown`], [`DccError::NamesNotConfirmed`], the [`DccError`] of one
    /// that does not hold; `Store`, `Sync`.
    pub fn submit_dcc(&self, id: &str, names_confirmed: bool) -> Result<String, CitizenError> {
        self.require_registration()?;
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        let _turn = context.take_turn();
        let stock = Stock::of(self)?;
        let (_, held, certificate) = stock.find(id)?;
        let waits = stock
            .sent
            .iter()
            .find(|(sent, one)| sent == id && one.is_waiting());
        if let Some((_, waiting)) = waits {
            return Ok(waiting.upload_id.clone());
        }
        let view = stock.looking().view(certificate, &stock.known(id));
        if !can_be_sent(view.status) {
            let fault = certificate.verify(&stock.keys, stock.at).err();
            return Err(fault.unwrap_or(DccError::SignatureWrong).into());
        }
        let is_same = view.names_comparison == Some(DccComparison::Same);
        if !is_same && !names_confirmed {
            return Err(DccError::NamesNotConfirmed.into());
        }
        let body = json(&DccSubmission {
            certificate: held.text.clone(),
            names_confirmed: !is_same && names_confirmed,
        })?;
        let held = HeldCertificate {
            was_sent: true,
            ..held.clone()
        };
        let place = CERTIFICATE.for_subject(&context.subject).at(id);
        let along = vec![place.put(&held)?];
        let upload = context
            .sync
            .enqueue_with(&life, &SUBMISSION, &body, along)?;
        // What was refused before is told no more.
        for (sent, before) in &stock.sent {
            if sent == id {
                context.sync.dismiss(&context.subject, &before.upload_id)?;
            }
        }
        Ok(upload)
    }

    /// Removes a certificate from this phone, and from the authority where it was handed in: it counts no more. Works offline.
    ///
    /// # Errors
    /// [`DccError::Unknown`]; `Store`, `Sync`.
    pub fn remove_dcc(&self, id: &str) -> Result<(), CitizenError> {
        let context = &self.context;
        let life = context.sync.life(&context.subject)?;
        let _turn = context.take_turn();
        let stock = Stock::of(self)?;
        let (_, held, _) = stock.find(id)?;
        let gone = CERTIFICATE.for_subject(&context.subject).at(id).delete();
        if held.was_sent || stock.is_told(id) {
            // One that waits may have reached the authority all the same; the removal follows it there.
            let body = json(&DccRemoval {
                certificate: id.to_owned(),
            })?;
            context
                .sync
                .enqueue_with(&life, &REMOVAL, &body, vec![gone])?;
        } else {
            life.write(&[gone])?;
        }
        Ok(())
    }
}

/// What is read for any of it.
struct Stock {
    keys: Vec<Arc<DccKeys>>,
    rules: Vec<Arc<DccRules>>,
    /// The newest first.
    held: Vec<Held>,
    /// Uploads that hand one in, by its id.
    sent: Vec<(String, PendingUpload)>,
    standings: DccStandings,
    identity: Option<crate::wire::Identity>,
    at: i64,
    civil: crate::civil_time::CivilTime,
    language: crate::words::LanguageTag,
}

impl Stock {
    fn of(phone: &HealthCode) -> Result<Self, CitizenError> {
        let context = &phone.context;
        let subject = &context.subject;
        let standings = context.read(&STANDINGS.for_subject(subject))?;
        Ok(Self {
            keys: phone.dcc_keys()?,
            rules: phone.published(&DCC_RULES, |content| DccRules::read(content).ok())?,
            held: phone.held_dccs()?,
            sent: phone.sent_dccs()?,
            standings: standings.unwrap_or_default(),
            identity: phone.identity()?,
            at: phone.now().at_secs(),
            civil: context.civil_time(),
            language: crate::words::LanguageTag::clone(&phone.language()),
        })
    }

    fn looking(&self) -> Looking<'_> {
        Looking {
            keys: &self.keys,
            rules: &self.rules,
            identity: self.identity.as_ref(),
            at: self.at,
            civil: self.civil,
            language: &self.language,
        }
    }

    fn find(&self, id: &str) -> Result<&Held, DccError> {
        let found = self.held.iter().find(|(held, ..)| held == id);
        found.ok_or(DccError::Unknown)
    }

    fn is_told(&self, id: &str) -> bool {
        self.standings.certificates.iter().any(|one| one.id == id)
    }

    fn known(&self, id: &str) -> Known {
        let held = self.held.iter().find(|(held, ..)| held == id);
        let told = self.standings.certificates.iter().find(|one| one.id == id);
        let sent = self.sent.iter().rev().find(|(sent, _)| sent == id);
        Known {
            is_kept: held.is_some(),
            was_verified: held.is_some_and(|(_, held, _)| held.was_verified),
            upload: match sent.map(|(_, upload)| upload.refusal.as_ref()) {
                None => Upload::None,
                Some(None) => Upload::Waiting,
                Some(Some(refusal)) => {
                    let code = refusal.field_code.as_ref().unwrap_or(&refusal.code);
                    Upload::Refused(code.clone())
                }
            },
            told: told.map(|one| one.names),
        }
    }
}

impl HealthCode {
    fn dcc_keys(&self) -> Result<Vec<Arc<DccKeys>>, CitizenError> {
        self.published(&DCC_KEYS, |content| DccKeys::read(content).ok())
    }

    /// Those that are kept, the newest first. One that this version cannot read stays where it is and is not shown.
    fn held_dccs(&self) -> Result<Vec<Held>, CitizenError> {
        let place = CERTIFICATE.for_subject(&self.context.subject);
        let all = self.context.store.read_all(&place)?.into_iter();
        let mut held: Vec<Held> = all
            .filter_map(|(id, held)| {
                let certificate = Certificate::read(&held.text).ok()?;
                Some((id, held, certificate))
            })
            .collect();
        crate::sorting::sort_by(&mut held, |(one, a, _), (other, b, _)| {
            b.kept_at.cmp(&a.kept_at).then_with(|| one.cmp(other))
        });
        Ok(held)
    }

    fn sent_dccs(&self) -> Result<Vec<(String, PendingUpload)>, CitizenError> {
        let sync = &self.context.sync;
        let subject = &self.context.subject;
        let pending = sync.pending(subject)?.into_iter();
        let sent = pending.filter(|upload| upload.kind == UploadKind::Known(&SUBMISSION));
        Ok(sent
            .filter_map(|upload| {
                let body = sync.pending_body(subject, &upload.upload_id).ok()?;
                let body: DccSubmission = crate::encoding::json::from_slice(&body).ok()?;
                let certificate = Certificate::read(&body.certificate).ok()?;
                Some((certificate.id(), upload))
            })
            .collect())
    }
}

/// Notes which certificates a key of the list verifies by now, so that a key that goes is told from one that never came.
pub(super) fn note_verified(phone: &HealthCode) {
    let (Ok(keys), Ok(held)) = (phone.dcc_keys(), phone.held_dccs()) else {
        return;
    };
    let at = phone.now().at_secs();
    let place = CERTIFICATE.for_subject(&phone.context.subject);
    let new = held.into_iter().filter(|(_, held, certificate)| {
        !held.was_verified && certificate.verify(&keys, at).is_ok()
    });
    let writes = new.filter_map(|(id, held, _)| {
        let held = HeldCertificate {
            was_verified: true,
            ..held
        };
        place.clone().at(&id).put(&held).ok()
    });
    let writes: Vec<_> = writes.collect();
    if !writes.is_empty()
        && let Ok(life) = phone.context.sync.life(&phone.context.subject)
    {
        // What is not noted now is noted after the next sync.
        let _ = life.write(&writes);
    }
}
