//! Export: everything that is kept of a subject, for whom it is kept of.
//!
//! Invariant: it is read from the store itself, row by row, so nothing that a capability keeps escapes it; given to the
//! subject's own device alone, once it asked. Changes nothing but the note that it was asked for.

use std::collections::BTreeSet;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cases::Refusal;
use crate::cases::file::{Acting, Effect, UploadKind};
use crate::cases::parts::{PartAsked, PartRow};
use crate::cases::records::kinds;
use crate::cases::subjects::Care;
use crate::store::{Kind, Record, RowKey, Rows, StoreError};

/// Most bytes of records in an answer, but for the last of them.
const PAGE_BYTES: usize = 256 * 1024;

/// Names of kinds for people; those of other capabilities stand there by their number.
const NAMES: &[(Kind, &str)] = &[
    (kinds::REGISTRATION, "registration"),
    (kinds::DEVICE, "device"),
    (kinds::UPLOAD, "upload"),
    (kinds::CHECK_INS, "check-ins"),
    (kinds::DECLARED, "declared"),
    (kinds::DECISION, "decision"),
    (kinds::COLOUR_HISTORY, "changes of colour"),
    (kinds::CREDENTIALS, "credentials"),
    (kinds::ORDERS, "orders"),
    (kinds::ORDER, "order"),
    (kinds::DEPENDANTS, "dependants"),
    (kinds::MOVE, "move"),
    (kinds::UPLOADS_TODAY, "uploads of the day"),
    (kinds::APPEALS_HEAD, "changes of appeals"),
    (kinds::APPEALS, "appeals"),
    (kinds::EVIDENCE_PIECE, "piece of evidence"),
    (kinds::EVIDENCE_TODAY, "evidence of the day"),
    (kinds::CORRECTED_FACTS, "corrected facts"),
    (kinds::REPORTED_FACTS, "reported facts"),
    (kinds::RESULT, "result"),
    (kinds::CERTIFIED_FACTS, "EU certificates"),
    (DataRequest::KIND, "request for this"),
    (kinds::CHAIN_HEAD, "head of changes of colour"),
    (kinds::CHAIN_ENTRY, "change of colour"),
    (kinds::CARE, "care"),
    (kinds::CARE_OFFER, "care code"),
    (Kind(54), "paper sheets"),
    (Kind(55), "paper asked for today"),
];

/// Row of the table of uploads: a citizen asks for it.
pub(crate) const UPLOAD: UploadKind = UploadKind::plain("data-requests", 30, |checking, body| {
    let _: Empty = super::read(body)?;
    Ok(Box::new(DataRequest {
        requested_at: checking.now,
        count: 0,
    }))
});

/// Row of the table of parts: there from a request on.
pub(crate) const PART: PartRow = PartRow {
    name: "holdings",
    reads: |subject| vec![RowKey::for_record::<DataRequest>(subject)],
    version: |rows| {
        let request = rows.get::<DataRequest>()?;
        Ok(request.map(|request| request.count.to_be_bytes().to_vec()))
    },
    answer_reads: |_, _| Ok(Vec::new()),
    answers_with_all: true,
    answer: page,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}

/// When somebody last asked for it.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataRequest {
    /// Unix seconds.
    requested_at: i64,
    /// How often, this time included.
    count: u32,
}

impl Record for DataRequest {
    const KIND: Kind = Kind(68);
}

impl Effect for DataRequest {
    fn reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        vec![RowKey::for_record::<Self>(subject)]
    }

    fn apply(&self, _: &Acting<'_>, rows: &mut Rows) -> Result<usize, Refusal> {
        let before = rows.get::<Self>()?.map_or(0, |before| before.count);
        rows.put(&Self {
            count: before.saturating_add(1),
            ..*self
        })?;
        Ok(0)
    }
}

/// The records from the one that the cursor counts to, and where to go on.
fn page(asked: &PartAsked<'_>, rows: &Rows) -> Result<Value, Refusal> {
    let from = match asked.after {
        "" => 0,
        after => {
            let from = after.parse::<usize>();
            from.map_err(|_| Refusal::invalid("after", "out_of_range"))?
        }
    };
    let (mut records, mut bytes) = (Vec::new(), 0);
    // The phone of another who cares for the subject is that person's.
    let is_others =
        |place: &RowKey| place.kind == kinds::DEVICE && place.key != asked.device_id.as_bytes();
    let others = other_carers(asked, rows)?;
    let own = rows.all_read().filter(|(place, _)| !is_others(place));
    let mut left = own.skip(from);
    for (place, value) in left.by_ref() {
        bytes += value.len();
        records.push(record(place, value, &others));
        if bytes >= PAGE_BYTES {
            break;
        }
    }
    let next = left.next().map(|_| from + records.len());
    Ok(json!({"from": from, "next": next, "asOf": asked.now, "records": records}))
}

/// Ids of the phones of others who care, or cared, for the subject; none of who is in nobody's care.
fn other_carers(asked: &PartAsked<'_>, rows: &Rows) -> Result<BTreeSet<String>, Refusal> {
    let mut care = rows
        .all_read()
        .filter(|(place, _)| place.kind == kinds::CARE);
    let Some((_, care)) = care.next() else {
        return Ok(BTreeSet::new());
    };
    let care: Care = serde_json::from_slice(care).map_err(|_| StoreError::RecordUnreadable)?;
    let carers = care.carers.into_iter().map(|carer| carer.device_id);
    let devices = rows
        .all_read()
        .filter(|(place, _)| place.kind == kinds::DEVICE)
        .map(|(place, _)| String::from_utf8_lossy(&place.key).into_owned());
    let all = carers.chain(devices);
    Ok(all.filter(|id| id != asked.device_id).collect())
}

/// `others` are phones that are not to be told of.
fn record(place: &RowKey, value: &[u8], others: &BTreeSet<String>) -> Value {
    let mut names = NAMES.iter();
    let name = names.find(|(kind, _)| *kind == place.kind);
    let mut value = serde_json::from_slice::<Value>(value)
        .unwrap_or_else(|_| BASE64URL_NOPAD.encode(value).into());
    leave_out(&mut value, place.kind, others);
    if place.kind == kinds::DEPENDANTS {
        leave_out_moved(&mut value);
    }
    let mut record = json!({"kind": place.kind.0, "value": value});
    if let Some((_, name)) = name {
        record["name"] = (*name).into();
    }
    if !place.key.is_empty() {
        record["key"] = HEXLOWER.encode(&place.key).into();
    }
    record
}

/// Which phone another carer has is that person's, and so is what was issued for it. All else stays.
fn leave_out(value: &mut Value, kind: Kind, others: &BTreeSet<String>) {
    let is_others = |it: &Value| {
        let issued = it.get("deviceId").filter(|_| kind == kinds::CREDENTIALS);
        let id = issued.unwrap_or(it).as_str();
        id.is_some_and(|id| others.contains(id))
    };
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !is_others(member));
            for member in members.values_mut() {
                leave_out(member, kind, others);
            }
        }
        Value::Array(items) => {
            items.retain(|item| !is_others(item));
            for item in items {
                leave_out(item, kind, others);
            }
        }
        _ => {}
    }
}

/// Who the dependants of a carer are that goes on with another phone is told to that phone alone; each has an export.
fn leave_out_moved(list: &mut Value) {
    let links = list.get_mut("links").and_then(Value::as_array_mut);
    let links = links.into_iter().flatten();
    for link in links.filter_map(Value::as_object_mut) {
        link.remove("moved");
    }
}
