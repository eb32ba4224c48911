//! EU certificates: keys and rules that officers publish, certificates that citizens hand in, names that officers decide about.
//!
//! Invariant: what is kept was verified here by the keys in force, and is verified anew whenever a colour is decided
//! ([`crate::cases::certified_facts`]); a certificate sets no colour. One certificate is of as many citizens as the settings say,
//! and another one is refused by name.
//!
//! | file | what it is |
//! |---|---|
//! | `filing` | what follows from a certificate that is handed in, and from its removal |
//! | `presented` | who presented a certificate |
//! | `order`, `desk` | what officers sign about the names, and its carrying out |
//! | `routes` | HTTP |

mod desk;
mod filing;
mod order;
mod presented;
mod routes;

use health_code_core::capability::dcc::{DCC_KEYS, DCC_RULES, DccKeys, DccRules, PART};
use health_code_core::wire::BundleKind;

pub(crate) use filing::{REMOVAL, UPLOAD};
pub use order::{DccAct, DccAnswer, DccAtDesk, DccOrder, DccPartAtDesk};
pub(crate) use routes::routes;

use crate::cases::Refusal;
use crate::cases::certified_facts::CertifiedFacts;
use crate::cases::parts::PartRow;
use crate::cases::publish::{BundleKindRow, Content};
use crate::config::Config;
use crate::store::{RowKey, StoreError};

/// What of the settings certificates go by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DccPolicy {
    /// Most certificates of a subject.
    pub(crate) per_subject: usize,
    /// Citizens who may present one and the same.
    pub(crate) citizens_per_certificate: usize,
    /// Officers who decide about names: one or two.
    pub(crate) desk_officers: u8,
}

impl DccPolicy {
    /// As the settings say, which were checked.
    pub(crate) fn new(config: &Config) -> Self {
        let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        Self {
            per_subject: count(config.certificates_per_person),
            citizens_per_certificate: count(config.citizens_per_certificate),
            desk_officers: config.certificate_name_officers,
        }
    }
}

/// Row of the table of public bundles: keys of other countries.
pub(crate) const KEYS: BundleKindRow = BundleKindRow {
    kind: BundleKind::new("dcc-keys"),
    id: "dcc-keys",
    typ: DCC_KEYS.typ,
    read: |content| {
        let list = DccKeys::read_strictly(content).map_err(|error| error.code())?;
        Ok(Content {
            name: list.id.clone(),
            version: list.version,
            in_force: Box::new(move |definitions| {
                definitions.certificates.take_keys(list);
                Ok(())
            }),
        })
    },
};

/// Row of the table of public bundles: which certificates count.
pub(crate) const RULES: BundleKindRow = BundleKindRow {
    kind: BundleKind::new("dcc-rules"),
    id: "dcc-rules",
    typ: DCC_RULES.typ,
    read: |content| {
        let list = DccRules::read_strictly(content).map_err(|error| error.code())?;
        Ok(Content {
            name: list.id.clone(),
            version: list.version,
            in_force: Box::new(move |definitions| {
                definitions.certificates.take_rules(list);
                Ok(())
            }),
        })
    },
};

/// Row of the table of parts: how the certificates stand.
pub(crate) const PART_ROW: PartRow = PartRow {
    name: PART,
    reads: |subject| vec![RowKey::for_record::<CertifiedFacts>(subject)],
    version: |rows| {
        let kept = rows.get::<CertifiedFacts>()?;
        let told = kept.map(|kept| serde_json::to_vec(&kept.told()));
        told.transpose().map_err(|_| StoreError::Faulted)
    },
    answer_reads: |_, _| Ok(Vec::new()),
    answers_with_all: false,
    answer: |_, rows| {
        let kept = rows.get::<CertifiedFacts>()?.unwrap_or_default();
        serde_json::to_value(kept.told()).map_err(|_| Refusal::Store(StoreError::Faulted))
    },
};
