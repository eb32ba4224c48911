//! What the settings may be.
//!
//! Invariant: a refusal names the setting and what it may be, or the file, before anything is made by the settings.

use std::ops::RangeInclusive;
use std::path::Path;

use health_code_core::code::PersonInCode;
use health_code_core::identity::DocumentKind;
use health_code_core::wire::Supported;

use super::Config;
use crate::admission::{ForwardedHeader, TrustedProxies};
use crate::capability::appeals::RiskLevels;
use crate::errors::AuthorityError;
use crate::files;
use crate::init::{MAX_NAME_CHARS, names};

impl Config {
    /// Checks the settings against their bounds and against each other, and that the files they name can be read.
    ///
    /// # Errors
    /// [`AuthorityError::ConfigInvalid`] with the name of the first wrong setting and what it may be;
    /// [`AuthorityError::FileUnreadable`].
    pub fn validate(&self) -> Result<(), AuthorityError> {
        for (name, value, bounds) in self.bounded() {
            if !bounds.contains(&value) {
                let (lowest, highest) = bounds.into_inner();
                let at = if highest == i128::MAX {
                    format!("{name} = {value}, may be {lowest} or more")
                } else {
                    format!("{name} = {value}, may be {lowest} to {highest}")
                };
                return Err(AuthorityError::ConfigInvalid { at });
            }
        }
        if self.tls_cert.is_some() != self.tls_key.is_some() {
            return Err(AuthorityError::ConfigInvalid {
                at: "tls_cert and tls_key: both or neither".to_owned(),
            });
        }
        if names(
            self.division_names.iter().map(String::as_str),
            MAX_NAME_CHARS,
        )
        .is_none()
        {
            return Err(AuthorityError::ConfigInvalid {
                at: format!(
                    "division_names = {:?}, may be TAG=NAME, zh and en among them",
                    self.division_names
                ),
            });
        }
        if !["desk", "self_declared"].contains(&self.care_by.as_str()) {
            return Err(AuthorityError::ConfigInvalid {
                at: format!("care_by = {}, may be desk or self_declared", self.care_by),
            });
        }
        // As phones read it.
        if Supported::read(None, Some(&self.oldest_app)).is_none() {
            return Err(AuthorityError::ConfigInvalid {
                at: format!("oldest_app = {}, may be MAJOR.MINOR.PATCH", self.oldest_app),
            });
        }
        if RiskLevels::parse(&self.risk_levels).is_none() {
            return Err(AuthorityError::ConfigInvalid {
                at: format!(
                    "risk_levels = {:?}, may be CODE=low, medium or high, each code once",
                    self.risk_levels
                ),
            });
        }
        self.proxies()?;
        self.forwarded()?;
        self.person_in_code()?;
        let ids = health_code_core::rules::shipped().map(|(id, _)| id);
        let rule_sets = [
            ("rule_set", &self.rule_set),
            ("visitor_rule_set", &self.visitor_rule_set),
        ];
        for (name, said) in rule_sets {
            if !ids.contains(&said.as_str()) && !Path::new(said).is_file() {
                return Err(AuthorityError::ConfigInvalid {
                    at: format!(
                        "{name} = {said}, may be {} or a JSON file that exists",
                        ids.join(", ")
                    ),
                });
            }
        }
        let is_kind = |id: &String| DocumentKind::from_id(id).is_some();
        if !self.visitor_documents.iter().all(is_kind) {
            return Err(AuthorityError::ConfigInvalid {
                at: format!(
                    "visitor_documents = {:?}, may be {}",
                    self.visitor_documents,
                    DocumentKind::ALL.map(DocumentKind::id).join(", ")
                ),
            });
        }
        self.check_files()
    }

    /// Whose word on a client's address is taken.
    pub(crate) fn proxies(&self) -> Result<TrustedProxies, AuthorityError> {
        TrustedProxies::parse(&self.trusted_proxies).ok_or_else(|| AuthorityError::ConfigInvalid {
            at: format!(
                "trusted_proxies = {:?}, may be networks such as 10.0.0.0/8",
                self.trusted_proxies
            ),
        })
    }

    /// In which header.
    pub(crate) fn forwarded(&self) -> Result<ForwardedHeader, AuthorityError> {
        ForwardedHeader::parse(&self.forwarded_header).ok_or_else(|| {
            AuthorityError::ConfigInvalid {
                at: format!(
                    "forwarded_header = {}, may be x-forwarded-for or forwarded",
                    self.forwarded_header
                ),
            }
        })
    }

    /// How much of name and document a code says.
    pub(crate) fn person_in_code(&self) -> Result<PersonInCode, AuthorityError> {
        PersonInCode::from_id(&self.person_in_code).ok_or_else(|| AuthorityError::ConfigInvalid {
            at: format!(
                "person_in_code = {}, may be {}",
                self.person_in_code,
                PersonInCode::ALL.map(PersonInCode::id).join(", ")
            ),
        })
    }

    /// What is named must be there; the issuer key and the officers are made where they are missing, if they can be.
    fn check_files(&self) -> Result<(), AuthorityError> {
        let single = [
            &self.tls_cert,
            &self.tls_key,
            &self.trust_bundle,
            &self.identity_proofs,
        ];
        let mut named = single.into_iter().flatten().chain(&self.forms);
        named.try_for_each(|file| files::check_readable(file))?;
        for file in [&self.issuer_key, &self.officers].into_iter().flatten() {
            let folder = file.parent().unwrap_or(Path::new(""));
            let can_be_made =
                folder.as_os_str().is_empty() || folder == self.data || folder.is_dir();
            if file.exists() {
                files::check_readable(file)?;
            } else if !can_be_made {
                let at = file.display().to_string();
                return Err(AuthorityError::FileUnwritable { at });
            }
        }
        Ok(())
    }

    fn bounded(&self) -> [(&'static str, i128, RangeInclusive<i128>); 45] {
        const MORE: i128 = i128::MAX;
        let shortest = self.credential_min_hours;
        [
            ("division", self.division.into(), 100_000..=999_999),
            (
                "device_requests_per_minute",
                self.device_requests_per_minute.into(),
                1..=MORE,
            ),
            ("device_burst", self.device_burst.into(), 1..=MORE),
            (
                "address_requests_per_minute",
                self.address_requests_per_minute.into(),
                1..=MORE,
            ),
            ("address_burst", self.address_burst.into(), 1..=MORE),
            (
                "refused_registrations_per_day",
                self.refused_registrations_per_day.into(),
                1..=MORE,
            ),
            (
                "citizen_uploads_per_day",
                self.citizen_uploads_per_day.into(),
                1..=MORE,
            ),
            (
                "citizen_upload_kib_per_day",
                self.citizen_upload_kib_per_day.into(),
                64..=MORE,
            ),
            (
                "address_reads_per_minute",
                self.address_reads_per_minute.into(),
                1..=MORE,
            ),
            (
                "address_reads_burst",
                self.address_reads_burst.into(),
                1..=MORE,
            ),
            (
                "connections",
                i128::try_from(self.connections).unwrap_or(MORE),
                1..=i128::from(u32::MAX),
            ),
            (
                "address_connections",
                i128::try_from(self.address_connections).unwrap_or(MORE),
                1..=i128::from(u32::MAX),
            ),
            (
                "idle_connection_secs",
                self.idle_connection_secs.into(),
                1..=86_400,
            ),
            (
                "address_concurrent_requests",
                i128::try_from(self.address_concurrent_requests).unwrap_or(MORE),
                1..=i128::from(u32::MAX),
            ),
            (
                "concurrent_requests",
                i128::try_from(self.concurrent_requests).unwrap_or(MORE),
                1..=i128::from(u32::MAX),
            ),
            (
                "request_timeout_secs",
                self.request_timeout_secs.into(),
                1..=3_600,
            ),
            ("credential_min_hours", shortest.into(), 4..=24),
            (
                "credential_max_hours",
                self.credential_max_hours.into(),
                i128::from(shortest)..=24,
            ),
            ("credential_batch", self.credential_batch.into(), 1..=16),
            (
                "status_refresh_secs",
                self.status_refresh_secs.into(),
                1..=MORE,
            ),
            ("correction_days", self.correction_days.into(), 1..=60),
            (
                "appeal_hours_low_risk",
                self.appeal_hours_low_risk.into(),
                1..=720,
            ),
            (
                "appeal_hours_medium_risk",
                self.appeal_hours_medium_risk.into(),
                1..=720,
            ),
            (
                "appeal_hours_high_risk",
                self.appeal_hours_high_risk.into(),
                1..=720,
            ),
            ("open_appeals", self.open_appeals.into(), 1..=20),
            ("appeal_requests", self.appeal_requests.into(), 0..=3),
            (
                "appeal_answer_hours",
                self.appeal_answer_hours.into(),
                1..=720,
            ),
            (
                "citizen_evidence_kib_per_day",
                self.citizen_evidence_kib_per_day.into(),
                64..=MORE,
            ),
            (
                "evidence_kept_days",
                self.evidence_kept_days.into(),
                2..=3_650,
            ),
            (
                "late_declaration_days",
                self.late_declaration_days.into(),
                0..=60,
            ),
            ("orders_kept_days", self.orders_kept_days.into(), 0..=36_500),
            ("paper_max_days", self.paper_max_days.into(), 0..=180),
            (
                "results_kept_days",
                self.results_kept_days.into(),
                1..=3_660,
            ),
            ("papers_per_day", self.papers_per_day.into(), 0..=1_000),
            (
                "certificates_per_person",
                self.certificates_per_person.into(),
                0..=20,
            ),
            (
                "citizens_per_certificate",
                self.citizens_per_certificate.into(),
                1..=100,
            ),
            (
                "certificate_name_officers",
                self.certificate_name_officers.into(),
                1..=2,
            ),
            ("clock_skew_secs", self.clock_skew_secs.into(), 0..=3_600),
            (
                "dependants_per_citizen",
                self.dependants_per_citizen.into(),
                0..=64,
            ),
            (
                "carers_per_dependant",
                self.carers_per_dependant.into(),
                1..=8,
            ),
            (
                "care_code_minutes",
                self.care_code_minutes.into(),
                1..=1_440,
            ),
            ("care_order_days", self.care_order_days.into(), 1..=60),
            ("care_ends_at_age", self.care_ends_at_age.into(), 1..=150),
            ("care_grace_days", self.care_grace_days.into(), 0..=3_650),
            ("care_told_days", self.care_told_days.into(), 0..=3_650),
        ]
    }
}
