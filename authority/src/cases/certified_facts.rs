//! Facts that certificates of other countries tell: read with what is known of a subject, before the rules.
//!
//! Invariant: a certificate is verified and judged anew each time that a colour is decided, by the keys and the rules in force then:
//! one whose key was withdrawn, that ended or that no rule accepts any more tells nothing. Whose names differ tells nothing before
//! officers agreed. What is told of one is its day and its country. Decides no colour.

use std::sync::Arc;

use health_code_core::capability::dcc::{
    Certificate, DccError, DccKeys, DccKind, DccOutcome, DccRules, DccStandings, DccTold,
    NamesStanding,
};
use health_code_core::rules::DeclaredFacts;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::definitions::Definitions;
use super::records::kinds;
use crate::store::{Kind, Record};

/// The certificates that a subject handed in.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct CertifiedFacts {
    pub(crate) certificates: Vec<KeptCertificate>,
}

impl Record for CertifiedFacts {
    const KIND: Kind = kinds::CERTIFIED_FACTS;
}

/// One of them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeptCertificate {
    /// See [`Certificate::id`].
    pub(crate) id: String,
    /// As it was handed in.
    pub(crate) text: String,
    /// Unix seconds.
    pub(crate) received_at: i64,
    pub(crate) names: NamesStanding,
    /// Officers who decided about the names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) officers: Vec<String>,
}

/// Keys and rules in force, by the names of their lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct CertificateLists {
    pub(crate) keys: Vec<Arc<DccKeys>>,
    pub(crate) rules: Vec<Arc<DccRules>>,
}

impl CertificateLists {
    /// Goes by this list of keys from now on, in the place of the one of its name.
    pub(crate) fn take_keys(&mut self, list: DccKeys) {
        self.keys.retain(|held| held.id != list.id);
        self.keys.push(Arc::new(list));
    }

    /// Goes by these rules from now on, in the place of those of their name.
    pub(crate) fn take_rules(&mut self, list: DccRules) {
        self.rules.retain(|held| held.id != list.id);
        self.rules.push(Arc::new(list));
    }

    /// Reads and verifies a certificate.
    pub(crate) fn verified(&self, text: &str, at: i64) -> Result<Certificate, DccError> {
        let certificate = Certificate::read(text)?;
        certificate.verify(&self.keys, at)?;
        Ok(certificate)
    }
}

impl CertifiedFacts {
    /// As the rules are told at `at` (Unix seconds), whose local day is `today` (`YYYY-MM-DD`).
    pub(super) fn facts(
        &self,
        definitions: &Definitions,
        at: i64,
        today: &str,
    ) -> Result<Vec<DeclaredFacts>, Refusal> {
        let lists = &definitions.certificates;
        let mut facts = Vec::new();
        for kept in &self.certificates {
            if !matches!(kept.names, NamesStanding::Same | NamesStanding::Agreed) {
                continue;
            }
            let Ok(certificate) = lists.verified(&kept.text, at) else {
                continue;
            };
            if certificate.judge(&lists.rules, at) != Ok(DccOutcome::Accepted) {
                continue;
            }
            let member = match certificate.kind {
                DccKind::Vaccination => "daysSinceVaccination",
                DccKind::Recovery => "daysSinceRecovery",
                DccKind::Test if certificate.is_negative_test() => "daysSinceNegativeTest",
                // Whatever a rule says, what found something is no negative test.
                DccKind::Test => continue,
            };
            let day = match certificate.sampled_at() {
                Some(sampled_at) => definitions.day(sampled_at)?,
                None => certificate.day.clone(),
            };
            // A day that is still to come tells nothing yet.
            if day.as_str() > today {
                continue;
            }
            let mut told = DeclaredFacts::nothing_told(&day)
                .with(member, 0)
                .with("certificate", certificate.issuer.clone());
            if let Some(dose) = certificate.entry_number("dn") {
                told = told.with("vaccinationDose", dose);
            }
            facts.push(told);
        }
        Ok(facts)
    }

    /// What the phone is told.
    pub(crate) fn told(&self) -> DccStandings {
        let told = self.certificates.iter().map(|kept| DccTold {
            id: kept.id.clone(),
            received_at: kept.received_at,
            names: kept.names,
        });
        DccStandings {
            certificates: told.collect(),
        }
    }
}

health_code_core::hidden_debug!(CertifiedFacts, KeptCertificate);
