//! A certificate in words.
//!
//! Invariant: pure. Every text of a certificate's own is shown as it is; codes are named by the region's value sets where those have
//! them, and shown as they are elsewhere.

use std::sync::Arc;

use super::certificate::{Certificate, DccKind};
use super::names::{DccComparison, compare, overall};
use super::rules::{DccOutcome, DccRules};
use super::trust_list::DccKeys;
use super::views::{DccLevel, DccLine, DccNameView, DccSending, DccStatus, DccStep, DccView};
use super::{DccError, NamesStanding};
use crate::civil_time::CivilTime;
use crate::wire::Identity;
use crate::words::moments::{MomentStyle, Reading, date_text};
use crate::words::{self, FluentArgs, LanguageTag};

/// SNOMED CT: detected.
const DETECTED: &str = "260373001";
/// LOINC: a test of nucleic acid, a rapid test of antigen.
const NAAT: &str = "LP6464-4";
const ANTIGEN: &str = "LP217198-3";

/// What a certificate is looked at with.
pub(super) struct Looking<'a> {
    pub(super) keys: &'a [Arc<DccKeys>],
    pub(super) rules: &'a [Arc<DccRules>],
    /// Who is registered.
    pub(super) identity: Option<&'a Identity>,
    /// Unix seconds.
    pub(super) at: i64,
    /// Of the subject's region.
    pub(super) civil: CivilTime,
    pub(super) language: &'a LanguageTag,
}

/// The upload that hands one in.
#[derive(Clone, Default)]
pub(super) enum Upload {
    #[default]
    None,
    Waiting,
    /// For the reason with this code.
    Refused(String),
}

/// What is known of one beside what it says.
#[derive(Clone, Default)]
pub(super) struct Known {
    pub(super) is_kept: bool,
    pub(super) was_verified: bool,
    pub(super) upload: Upload,
    pub(super) told: Option<NamesStanding>,
}

impl Looking<'_> {
    /// The view of what is no certificate.
    pub(super) fn unreadable(&self, error: DccError) -> DccView {
        let title = self.said(DccStatus::Unreadable.text_id());
        let fault_text = error.text(self.language.words()).to_owned();
        DccView {
            id: String::new(),
            level: DccLevel::Stop,
            status: DccStatus::Unreadable,
            spoken: format!("{title} {fault_text}"),
            title,
            next_step: DccStep::None,
            next_step_text: self.said(DccStep::None.text_id()),
            fault: Some(error.code().to_owned()),
            fault_text,
            kind: None,
            kind_text: String::new(),
            names: Vec::new(),
            names_comparison: None,
            names_text: String::new(),
            lines: Vec::new(),
            rules: Vec::new(),
            expires_at: None,
            is_kept: false,
            sending: DccSending::NotSent,
            sending_text: String::new(),
            can_submit: false,
            needs_confirmation: false,
        }
    }

    /// The view of a certificate.
    pub(super) fn view(&self, certificate: &Certificate, known: &Known) -> DccView {
        let (status, fault, rules) = self.standing(certificate, known.was_verified);
        let (names, comparison) = self.names(certificate);
        let sending = sending(known);
        let is_open = matches!(sending, DccSending::NotSent | DccSending::Refused);
        let can_submit = is_open && self.identity.is_some() && can_be_sent(status);
        let needs_confirmation = comparison.is_some_and(|it| it != DccComparison::Same);
        let next_step = step(status, sending, known.is_kept, comparison);
        let fault_text = fault.map_or_else(String::new, |error| {
            error.text(self.language.words()).to_owned()
        });
        let refusal = match &known.upload {
            Upload::Refused(code) => words::text_of_code(code, self.language.words()),
            _ => None,
        };
        let sending_text = match (sending, refusal) {
            (DccSending::Refused, Some(text)) => text.to_owned(),
            _ => sending
                .text_id()
                .map(|id| self.said(id))
                .unwrap_or_default(),
        };
        let title = self.said(status.text_id());
        let next_step_text = self.said(next_step.text_id());
        let kind_text = self.said(&format!("dcc-kind-{}", certificate.kind.id()));
        let names_text = comparison.map_or_else(String::new, |comparison| {
            self.said(&format!("{}.all", comparison.text_id()))
        });
        // A name on the screen, a sentence in speech.
        let kind_spoken = format!("{kind_text}.");
        let spoken = [
            &kind_spoken,
            &title,
            &fault_text,
            &names_text,
            &sending_text,
            &next_step_text,
        ];
        let spoken: Vec<_> = spoken.into_iter().filter(|it| !it.is_empty()).collect();
        let spoken = spoken.into_iter().map(String::as_str).collect::<Vec<_>>();
        DccView {
            id: certificate.id(),
            level: status.level(),
            status,
            spoken: spoken.join(" "),
            title,
            next_step,
            next_step_text,
            fault: fault.map(|error| error.code().to_owned()),
            fault_text,
            kind: Some(certificate.kind),
            kind_text,
            names,
            names_comparison: comparison,
            names_text,
            lines: self.lines(certificate),
            rules,
            expires_at: Some(certificate.expires_at),
            is_kept: known.is_kept,
            sending,
            sending_text,
            can_submit,
            needs_confirmation,
        }
    }

    fn standing(
        &self,
        certificate: &Certificate,
        was_verified: bool,
    ) -> (DccStatus, Option<DccError>, Vec<String>) {
        let verified = certificate.verify(self.keys, self.at);
        let fault = match verified.err() {
            Some(DccError::KeyUnknown) if was_verified => Some(DccError::KeyWithdrawn),
            other => other,
        };
        let status = match fault {
            Some(DccError::NoTrustList) => DccStatus::Unchecked,
            Some(DccError::KeyUnknown) => DccStatus::KeyUnknown,
            Some(DccError::KeyWithdrawn) => DccStatus::KeyWithdrawn,
            Some(DccError::Expired) => DccStatus::Expired,
            Some(_) => DccStatus::Refused,
            None => return self.by_rules(certificate),
        };
        (status, fault, Vec::new())
    }

    fn by_rules(&self, certificate: &Certificate) -> (DccStatus, Option<DccError>, Vec<String>) {
        match certificate.judge(self.rules, self.at) {
            Err(DccError::NoRules) => (DccStatus::NoRules, Some(DccError::NoRules), Vec::new()),
            Err(error) => (DccStatus::NotAccepted, Some(error), Vec::new()),
            Ok(DccOutcome::NotAccepted(rules)) => {
                let texts = rules.iter().map(|rule| rule.text.for_tag(self.language));
                let texts = texts.map(str::to_owned).collect();
                (DccStatus::NotAccepted, Some(DccError::NotAccepted), texts)
            }
            Ok(DccOutcome::Accepted) => (DccStatus::Counts, None, Vec::new()),
        }
    }

    fn names(&self, certificate: &Certificate) -> (Vec<DccNameView>, Option<DccComparison>) {
        // Nobody is registered: there is one side.
        let nobody = Identity {
            name: String::new(),
            sex: String::new(),
            nationality: String::new(),
            document_kind: String::new(),
            document_number: String::new(),
            division: 0,
            address: String::new(),
            phone: String::new(),
        };
        let parts = compare(&certificate.person, self.identity.unwrap_or(&nobody));
        let comparison = self.identity.is_some().then(|| overall(&parts));
        let views = parts.into_iter().map(|it| DccNameView {
            part: it.part,
            label: self.said(it.part.text_id()),
            in_certificate: it.in_certificate,
            in_document: it.in_document,
            comparison: it.comparison,
            comparison_text: self.said(it.comparison.text_id()),
        });
        (views.collect(), comparison)
    }

    fn lines(&self, certificate: &Certificate) -> Vec<DccLine> {
        let code = |member: &str| certificate.entry_text(member);
        let day = |member: &str| date_text(code(member), self.language);
        let mut lines = Vec::new();
        let mut add = |id: &str, value: String| {
            if !value.is_empty() {
                let label = self.said(&format!("dcc-line-{id}"));
                lines.push(DccLine { label, value });
            }
        };
        match certificate.kind {
            DccKind::Vaccination => {
                add("product", self.name("vaccines-covid-19-names", code("mp")));
                add("vaccine", self.name("sct-vaccines-covid-19", code("vp")));
                add(
                    "maker",
                    self.name("vaccines-covid-19-auth-holders", code("ma")),
                );
                add("dose", self.dose(certificate));
                add("day", day("dt"));
            }
            DccKind::Test => {
                add("test", self.test(code("tt")));
                add("test-name", code("nm").to_owned());
                add(
                    "test-maker",
                    self.name("covid-19-lab-test-manufacturer-and-name", code("ma")),
                );
                let style = MomentStyle::DayAndTime;
                let taken = certificate.sampled_at();
                let taken = taken.map(|at| self.moment(at, style));
                add("sampled", taken.unwrap_or_default());
                add("result", self.result(certificate));
                add("centre", code("tc").to_owned());
            }
            DccKind::Recovery => {
                add("first-positive", day("fr"));
                add("from", day("df"));
                add("until", day("du"));
            }
        }
        add("country", self.name("country-2-codes", code("co")));
        add("issuer", code("is").to_owned());
        add("identifier", certificate.uvci.clone());
        let style = MomentStyle::Deadline;
        let ends = self.moment(certificate.expires_at, style);
        add("expires", ends);
        lines
    }

    fn dose(&self, certificate: &Certificate) -> String {
        let number = |member| certificate.entry_number(member).unwrap_or_default();
        let mut arguments = FluentArgs::new();
        arguments.set("dose", number("dn"));
        arguments.set("of", number("sd"));
        words::format("dcc-dose", &arguments, self.language.words()).unwrap_or_default()
    }

    fn test(&self, code: &str) -> String {
        match code {
            NAAT => self.said("dcc-test-naat"),
            ANTIGEN => self.said("dcc-test-antigen"),
            other => self.name("covid-19-lab-test-type", other),
        }
    }

    fn result(&self, certificate: &Certificate) -> String {
        match certificate.entry_text("tr") {
            _ if certificate.is_negative_test() => self.said("dcc-result-not_detected"),
            DETECTED => self.said("dcc-result-detected"),
            other => self.name("covid-19-lab-result", other),
        }
    }

    /// The name of a code, or the code.
    fn name(&self, value_set: &str, code: &str) -> String {
        let mut names = self
            .rules
            .iter()
            .filter_map(|list| list.name_of(value_set, code));
        names
            .next()
            .map_or(code, |name| name.for_tag(self.language))
            .to_owned()
    }

    fn moment(&self, at: i64, style: MomentStyle) -> String {
        let reading = Reading {
            now: self.at,
            civil: self.civil,
            language: self.language,
        };
        reading.moment(at, style)
    }

    pub(super) fn said(&self, id: &str) -> String {
        words::text(id, self.language.words())
            .unwrap_or_default()
            .to_owned()
    }
}

/// Whether an authority could take it, as far as is known here: its list may be newer than the phone's.
pub(super) const fn can_be_sent(status: DccStatus) -> bool {
    matches!(
        status,
        DccStatus::Counts
            | DccStatus::NotAccepted
            | DccStatus::NoRules
            | DccStatus::Unchecked
            | DccStatus::KeyUnknown
    )
}

const fn sending(known: &Known) -> DccSending {
    match (&known.upload, known.told) {
        (Upload::Waiting, _) => DccSending::Waiting,
        (_, Some(NamesStanding::Same | NamesStanding::Other)) => DccSending::Received,
        (_, Some(NamesStanding::Waiting)) => DccSending::AtDesk,
        (_, Some(NamesStanding::Agreed)) => DccSending::Agreed,
        (_, Some(NamesStanding::Refused)) => DccSending::NotOurs,
        (Upload::Refused(_), None) => DccSending::Refused,
        (Upload::None, None) => DccSending::NotSent,
    }
}

const fn step(
    status: DccStatus,
    sending: DccSending,
    is_kept: bool,
    comparison: Option<DccComparison>,
) -> DccStep {
    match status {
        DccStatus::Expired | DccStatus::KeyWithdrawn => return DccStep::AskIssuer,
        DccStatus::Refused | DccStatus::Unreadable => return DccStep::None,
        _ => {}
    }
    match (sending, comparison) {
        (DccSending::Waiting, _) => DccStep::Connect,
        (DccSending::AtDesk, _) => DccStep::Wait,
        (DccSending::NotOurs | DccSending::Refused, _) => DccStep::Desk,
        (DccSending::Received | DccSending::Agreed, _) => DccStep::None,
        (DccSending::NotSent, _) if !is_kept => DccStep::Keep,
        (DccSending::NotSent, None) => DccStep::Register,
        (DccSending::NotSent, Some(_)) if matches!(status, DccStatus::Unchecked) => {
            DccStep::Connect
        }
        (DccSending::NotSent, Some(DccComparison::Same)) => DccStep::Submit,
        (DccSending::NotSent, Some(_)) => DccStep::Compare,
    }
}
