//! What officers sign about certificates: to be shown those of somebody, with both names; that one is the citizen's, or is not.
//!
//! Invariant: to be shown them one officer is enough, who is told in the answer alone; a decision takes as many different officers as
//! the settings say. The signatures are under a prefix of their own.

use health_code_core::capability::dcc::{DccComparison, DccKind, DccPart, NamesStanding};
use health_code_core::colour::{Colour, Reason};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use crate::officers::Order;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DccAct {
    /// Show the certificates of somebody with both names.
    Show,
    /// One of them is the citizen's.
    Agree,
    /// It is not.
    Refuse,
}

/// What officers sign.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DccOrder {
    /// UUIDv7; the same id twice is the same order.
    pub id: String,
    /// What is to be done.
    pub act: DccAct,
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// Whose certificates: the citizen's own, or a dependant's.
    #[serde(default, skip_serializing_if = "SubjectId::is_owner")]
    pub subject: SubjectId,
    /// Id of the certificate that is decided about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// When it was drafted, Unix seconds.
    pub at: i64,
}

/// Answer to an order: 201, or 200 for the same order again and to be shown something.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccAnswer {
    /// Id of the order.
    pub id: String,
    /// The certificates as they stand now.
    pub certificates: Vec<DccAtDesk>,
    /// Colour that the rules give now, where something was decided.
    pub colour: Option<Colour>,
    /// Why.
    pub reason: Option<Reason>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// A certificate as an officer sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccAtDesk {
    /// The certificate's id at the authority, which a decision names.
    pub id: String,
    /// What it is about; none where it cannot be read any more.
    pub kind: Option<DccKind>,
    /// Country whose key signed it.
    pub issuer: String,
    /// Day of the dose, of the sample, of the first positive test, `YYYY-MM-DD`.
    pub day: String,
    /// How its names stand.
    pub names: NamesStanding,
    /// Names and date of birth on both sides.
    pub parts: Vec<DccPartAtDesk>,
    /// Code of what is wrong with it now; none: it counts by the rules.
    pub fault: Option<String>,
}

/// A part of what names a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DccPartAtDesk {
    /// `surname`, `givenNames`, `birthDate`.
    pub part: String,
    /// As the certificate has it.
    pub in_certificate: String,
    /// As it is registered.
    pub in_document: String,
    /// `same`, `differs`, `cannotCompare`.
    pub comparison: String,
}

impl Order for DccOrder {
    const PREFIX: &'static [u8] = b"health-code certificate names v1\n";
    const PATH: &'static str = "/v1/admin/certificates";
    const ONE_MAY_SIGN: bool = true;
    type Answer = DccAnswer;

    fn id(&self) -> &str {
        &self.id
    }

    fn at(&self) -> i64 {
        self.at
    }

    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let shows = self.act == DccAct::Show;
        (shows != self.certificate.is_none()).then_some(("certificate", "not_for_act"))
    }
}

/// As the order's answer names a part and what can be said of it.
pub(super) const fn part_id(part: DccPart) -> &'static str {
    match part {
        DccPart::Surname => "surname",
        DccPart::GivenNames => "givenNames",
        DccPart::BirthDate => "birthDate",
    }
}

pub(super) const fn comparison_id(comparison: DccComparison) -> &'static str {
    match comparison {
        DccComparison::Same => "same",
        DccComparison::Differs => "differs",
        DccComparison::CannotCompare => "cannotCompare",
    }
}

health_code_core::hidden_debug!(DccOrder, DccAnswer, DccAtDesk, DccPartAtDesk);
