//! What is kept of a subject: records, and the numbers of their kinds.
//!
//! Invariant: each kind has one number, which is never used again; a record is replaced as a whole. None of them can be
//! printed.

use health_code_core::capability::officer_chain::SignedOrder;
use health_code_core::colour::{Colour, Reason};
use health_code_core::trust::Scheme;
use health_code_core::wire::{Identity, SubjectId};
use serde::{Deserialize, Serialize};

use crate::capability::identity_proof::ProofRecord;
use crate::store::{Kind, Record, RowKey, Rows, StoreError};

/// Numbers of kinds; 0 and 1 are the store's.
pub(crate) mod kinds {
    use crate::store::Kind;

    pub(crate) const REGISTRATION: Kind = Kind(2);
    pub(crate) const DEVICE: Kind = Kind(3);
    /// Bodies of uploads, as canonical JSON; the key is the kind's number and the id.
    pub(crate) const UPLOAD: Kind = Kind(4);
    pub(crate) const CHECK_INS: Kind = Kind(5);
    pub(crate) const DECLARED: Kind = Kind(6);
    pub(crate) const DECISION: Kind = Kind(7);
    pub(crate) const COLOUR_HISTORY: Kind = Kind(8);
    pub(crate) const CREDENTIALS: Kind = Kind(9);
    pub(crate) const ORDERS: Kind = Kind(10);
    pub(crate) const ORDER: Kind = Kind(11);
    pub(crate) const DEPENDANTS: Kind = Kind(12);
    pub(crate) const MOVE: Kind = Kind(13);
    pub(crate) const CHAIN_HEAD: Kind = Kind(32);
    pub(crate) const CHAIN_ENTRY: Kind = Kind(33);
    pub(crate) const UPLOADS_TODAY: Kind = Kind(14);
    /// In the partition of a document, which is nobody's.
    pub(crate) const KEPT_ORDER: Kind = Kind(15);
    /// In the partition of an officer's activation codes, which is nobody's.
    pub(crate) const ACTIVATION_CODE: Kind = Kind(36);
    /// Likewise.
    pub(crate) const ACTIVATION_CODES: Kind = Kind(37);
    pub(crate) const CARE: Kind = Kind(40);
    /// Codes that the dependant's side shows; the key is the hash of the code.
    pub(crate) const CARE_OFFER: Kind = Kind(41);
    /// In the partition of a document; the key is the id of the device that the desk agreed to.
    pub(crate) const CARE_ORDER: Kind = Kind(42);
    pub(crate) const APPEALS_HEAD: Kind = Kind(48);
    pub(crate) const APPEALS: Kind = Kind(49);
    pub(crate) const EVIDENCE_PIECE: Kind = Kind(50);
    pub(crate) const EVIDENCE_TODAY: Kind = Kind(51);
    pub(crate) const CORRECTED_FACTS: Kind = Kind(52);
    pub(crate) const REPORTED_FACTS: Kind = Kind(58);
    pub(crate) const RESULT: Kind = Kind(59);
    /// In the partition of a document.
    pub(crate) const REPORT: Kind = Kind(60);
    /// In the partition of a laboratory's id of a result, which is nobody's.
    pub(crate) const REPORT_HEAD: Kind = Kind(61);
    pub(crate) const CERTIFIED_FACTS: Kind = Kind(62);
    /// In the partition of a certificate, which is nobody's.
    pub(crate) const CERTIFICATE_PRESENTED: Kind = Kind(63);
}

/// Who the subject is said to be.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Registration {
    pub(crate) identity: Identity,
    pub(crate) consent_version: u32,
    /// Unix seconds.
    pub(crate) consented_at: i64,
    /// Unix seconds.
    pub(crate) registered_at: i64,
    /// The device that registered last, see [`health_code_core::wire::device_id`]; empty where an earlier version wrote it.
    #[serde(default)]
    pub(crate) device_id: String,
    /// Idempotency key of the request that these details came with, and when that was, Unix seconds.
    #[serde(default)]
    pub(crate) request: String,
    #[serde(default)]
    pub(crate) changed_at: i64,
    /// Where the desk sends the citizen; none where no order waits for its phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moving_to: Option<MovingTo>,
    /// How it was shown that this is who the citizen is; none where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) proof: Option<ProofRecord>,
}

/// The phone that the desk moves a citizen to: it may register the citizen once, with whatever details.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MovingTo {
    pub(crate) device_id: String,
    /// When it was ordered, Unix seconds; consent given before that does not count for it.
    pub(crate) ordered_at: i64,
    /// Keyed hash of the document that it registers, base64url, where that is another one than before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) new_document: Option<String>,
}

impl Record for Registration {
    const KIND: Kind = kinds::REGISTRATION;
}

/// A subject's key on a device; the key of its row is the device's id. The owner's is the device's own, which signs its
/// requests; credentials are bound to the subject's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceRecord {
    /// Base64url.
    pub(crate) public_key: String,
    pub(crate) hardware: bool,
    /// Unix seconds.
    pub(crate) registered_at: i64,
    /// When the desk moved the citizen to another device, or the citizen was erased, Unix seconds: from then on this is none of
    /// the citizen's. The row stays, after an erasing for ten minutes, so that the device is not taken in again for a consent of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended_at: Option<i64>,
    /// Code of what ended it, where the citizen is told more than that it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended_by: Option<String>,
    /// It is a carer's, on which the citizen is a dependant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_carers: bool,
}

impl Record for DeviceRecord {
    const KIND: Kind = kinds::DEVICE;
}

impl DeviceRecord {
    /// Where the subject's key on the device with this id is.
    pub(crate) fn place(subject: &SubjectId, device_id: &str) -> RowKey {
        RowKey::new(subject, kinds::DEVICE, device_id.as_bytes())
    }

    /// The one at this place, unless it has ended.
    pub(crate) fn find(rows: &Rows, place: &RowKey) -> Result<Option<Self>, StoreError> {
        let found = rows.get_at::<Self>(place)?;
        Ok(found.filter(|device| device.ended_at.is_none()))
    }
}

/// The decision in force.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DecisionRecord {
    pub(crate) colour: Colour,
    /// Which set the colour is of; an earlier version knew one.
    #[serde(default)]
    pub(crate) scheme: Scheme,
    pub(crate) reason: Reason,
    pub(crate) rule_set_id: String,
    pub(crate) rule_version: u32,
    pub(crate) rule_id: String,
    /// Since when the colour is what it is, Unix seconds.
    pub(crate) since: i64,
    /// Local day for which it was decided.
    pub(crate) decided_day: String,
    /// Keyed hash of facts and rule set, hex.
    pub(crate) input_hash: String,
    /// Signed by the issuer, base64url.
    pub(crate) receipt: String,
    /// Id of the key that signed it, hex; empty where an earlier version did.
    #[serde(default)]
    pub(crate) signed_by: String,
    /// When, Unix seconds.
    #[serde(default)]
    pub(crate) signed_at: i64,
    /// Entries of the colour's history so far.
    pub(crate) changes: u32,
}

impl Record for DecisionRecord {
    const KIND: Kind = kinds::DECISION;
}

/// One entry of the colour's history; the key of its row is its number. It grows whenever colour or reason changes,
/// and at no other time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ColourChange {
    pub(crate) colour: Colour,
    pub(crate) reason: Reason,
    pub(crate) rule_set_id: String,
    pub(crate) rule_version: u32,
    pub(crate) rule_id: String,
    /// Unix seconds.
    pub(crate) since: i64,
}

impl Record for ColourChange {
    const KIND: Kind = kinds::COLOUR_HISTORY;
}

/// The newest credential, and the status indexes of all that have not expired.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Credentials {
    pub(crate) newest: Option<CredentialRecord>,
    /// The newest of each other phone on which the subject has a key: those of carers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) others: Vec<CredentialRecord>,
    pub(crate) unexpired: Vec<IndexInUse>,
}

impl Credentials {
    /// The newest of this device.
    pub(crate) fn newest_of(self, device_id: &str) -> Option<CredentialRecord> {
        let mut all = self.newest.into_iter().chain(self.others);
        all.find(|one| one.device_id == device_id)
    }
}

impl Record for Credentials {
    const KIND: Kind = kinds::CREDENTIALS;
}

/// A credential that was issued.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CredentialRecord {
    pub(crate) device_id: String,
    pub(crate) colour: Colour,
    #[serde(default)]
    pub(crate) scheme: Scheme,
    pub(crate) reason: Reason,
    /// Unix seconds.
    pub(crate) issued_at: i64,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    /// Not handed out any more: on the status list, or of a database that was put back since.
    pub(crate) revoked: bool,
    /// Id of the key that signed it, hex; empty where an earlier version did.
    #[serde(default)]
    pub(crate) signed_by: String,
    /// The key that it is bound to, base64url, where the phone offered one for it; empty for the subject's own on the device.
    #[serde(default)]
    pub(crate) offered_key: String,
    /// Base64url.
    pub(crate) credential: String,
    /// The rest of its batch, in the order of the keys; none of them ends later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) others: Vec<OtherCredential>,
}

impl CredentialRecord {
    /// Whether one of its batch is bound to a key, base64url.
    pub(crate) fn is_for(&self, key: &str) -> bool {
        self.offered_key == key || self.others.iter().any(|one| one.offered_key == key)
    }
}

/// A credential that was issued together with another one, for another key of the same device, and says the same.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OtherCredential {
    /// The key that it is bound to, base64url.
    pub(crate) offered_key: String,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    /// Base64url.
    pub(crate) credential: String,
}

/// The status index of a credential that was not revoked and has not expired for so long that no grace order reaches it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IndexInUse {
    pub(crate) index: u32,
    /// Unix seconds.
    pub(crate) expires_at: i64,
    /// The device that it was issued for; empty where an earlier version did.
    #[serde(default)]
    pub(crate) device_id: String,
}

/// The end of the subject's chain of orders.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrdersHead {
    pub(crate) count: u32,
    /// Hex; covers every order so far.
    pub(crate) head: String,
    pub(crate) colour: Colour,
    pub(crate) reason: Reason,
    /// When the newest was received, Unix seconds.
    pub(crate) received_at: i64,
    /// The newest as both officers signed it; none where an earlier version wrote this, and of an order that outlived an erasing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signed: Option<SignedOrder>,
}

impl Record for OrdersHead {
    const KIND: Kind = kinds::ORDERS;
}

/// One order; the key of its row is its number. Rows are only appended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderRecord {
    /// The exact bytes that both officers signed, base64url.
    pub(crate) change: String,
    /// Officer's id and signature, base64url, of both.
    pub(crate) signatures: Vec<(String, String)>,
    /// Hex hash over the head before, change and signatures.
    pub(crate) head: String,
    /// Unix seconds.
    pub(crate) received_at: i64,
}

impl Record for OrderRecord {
    const KIND: Kind = kinds::ORDER;
}

/// An order by which the desk moved the citizen to another device; the key of its row is the order's id.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MoveRecord {
    /// The exact bytes that both officers signed, base64url.
    pub(crate) order: String,
    /// Officer's id and signature, base64url, of both.
    pub(crate) signatures: Vec<(String, String)>,
    /// Unix seconds.
    pub(crate) received_at: i64,
}

impl Record for MoveRecord {
    const KIND: Kind = kinds::MOVE;
}

/// Row of a numbered record of the subject's.
pub(crate) fn numbered<R: Record>(subject: &SubjectId, number: u32) -> RowKey {
    RowKey::new(subject, R::KIND, &number.to_be_bytes())
}

health_code_core::hidden_debug!(IndexInUse);
