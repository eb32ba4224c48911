//! What is wrong with a chain of changes, and with an order in it: pure.
//!
//! Invariant: entries count only in one unbroken line; what does not follow on is named and put in no place. A change of the line is
//! taken for a restoration at the authority only if an entry says so and the phone heard of all that is lost within its time.

use super::officers::OfficerList;
use super::wire::{
    ChainEntry, ChangesAnswer, ColourOrder, MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_ORDER_AGE_SECS,
    OfficerSignature, Restored, SIGNED_PREFIX, SignedOrder, entry_hash, fits,
};
use crate::colour::Reason;
use crate::encoding::{base64, json};
use crate::wire::SubjectId;
use serde::{Deserialize, Serialize};

/// How far clocks may be apart, seconds.
const SKEW_SECS: i64 = 300;

crate::app_types! {
    describe as describe_chain_alarm;

    /// What is wrong with the chain of changes of a colour.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ChainAlarmKind {
        /// A colour or reason that no entry carries.
        SilentChange,
        /// Entries between those that are held and those that came are missing.
        Gap,
        /// Another line of entries than the one that this phone saw.
        Fork,
        /// Fewer entries than this phone saw.
        Shortened,
        /// The authority tells of no chain any more.
        Withdrawn,
        /// An order without two officers' signatures.
        SecondSignatureMissing,
        /// An order that one officer, or one key, signed twice.
        SameOfficer,
        /// A signature that does not hold.
        SignatureWrong,
        /// An officer who is not on the published list.
        OfficerUnknown,
        /// An officer's key that did not count at the time of the order.
        OfficerNotValid,
        /// An order whose reason does not fit its colour.
        ReasonNotForColour,
        /// An order with a reason that is not on the list which this version knows.
        ReasonUnknown,
        /// An order or entry for somebody else.
        OrderOfOther,
        /// An order that cannot be read.
        OrderUnreadable,
        /// The authority was put back to an earlier state, and lost entries that this phone holds.
        Restored,
        /// What a later version noticed.
        #[serde(other)]
        Other,
    }
}

/// An entry with what a phone keeps of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeldEntry {
    /// Base64url of its bytes.
    pub(crate) entry: String,
    /// When it came, trusted time, Unix milliseconds.
    pub(crate) seen_at_ms: i64,
    /// Whether its order was judged, or it has none.
    #[serde(default)]
    pub(crate) is_judged: bool,
    /// What was wrong with it.
    #[serde(default)]
    pub(crate) faults: Vec<ChainAlarmKind>,
}

crate::hidden_debug!(HeldEntry);

/// Where an entry stands.
#[derive(Deserialize)]
struct Link {
    number: u32,
    previous: String,
    #[serde(default)]
    restored: Option<Restored>,
}

impl HeldEntry {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        base64::decode_url(&self.entry).unwrap_or_default()
    }

    /// What it says; none where this version cannot read it.
    pub(crate) fn read(&self) -> Option<ChainEntry> {
        ChainEntry::from_bytes(&self.bytes())
    }

    pub(crate) fn hash(&self) -> String {
        entry_hash(&self.bytes())
    }
}

/// What an answer does to the entries that are held.
#[derive(PartialEq, Eq)]
pub(crate) enum Merged {
    /// These follow, each with its number; whether they are all.
    Follow(Vec<(u32, HeldEntry)>, bool),
    /// The authority lost what is held from the first of these on, and says so.
    Restored(Vec<(u32, HeldEntry)>, bool),
    /// They do not follow; at which number.
    Broken(ChainAlarmKind, u32),
}

/// Lays an answer over the entries that are `held`, 1 to the last. None if it cannot be read.
pub(crate) fn merge(held: &[HeldEntry], answer: &ChangesAnswer, now_ms: i64) -> Option<Merged> {
    if answer.entries.len() > MAX_ENTRIES as usize {
        return None;
    }
    let mut new = Vec::new();
    for text in &answer.entries {
        let bytes = base64::decode_url(text).filter(|bytes| bytes.len() <= MAX_ENTRY_BYTES)?;
        let link: Link = json::from_slice(&bytes).ok()?;
        let entry = HeldEntry {
            entry: text.clone(),
            seen_at_ms: now_ms,
            is_judged: false,
            faults: Vec::new(),
        };
        new.push((link, entry));
    }
    Some(merge_read(held, new, answer))
}

fn merge_read(held: &[HeldEntry], new: Vec<(Link, HeldEntry)>, answer: &ChangesAnswer) -> Merged {
    let count = u32::try_from(held.len()).unwrap_or(u32::MAX);
    let head = held.last().map(HeldEntry::hash).unwrap_or_default();
    let Some((first, _)) = new.first() else {
        return match answer.count {
            same if same == count && answer.head == head => Merged::Follow(Vec::new(), true),
            fewer if fewer < count => Merged::Broken(ChainAlarmKind::Shortened, fewer),
            same if same == count => Merged::Broken(ChainAlarmKind::Fork, count),
            _ => Merged::Broken(ChainAlarmKind::Gap, count.saturating_add(1)),
        };
    };
    if first.number == 0 || first.number > count.saturating_add(1) {
        return Merged::Broken(ChainAlarmKind::Gap, count.saturating_add(1));
    }
    let mut before: Option<(u32, String)> = None;
    for (link, entry) in &new {
        if let Some((number, hash)) = &before {
            if link.number != number.saturating_add(1) {
                return Merged::Broken(ChainAlarmKind::Gap, number.saturating_add(1));
            }
            if link.previous != *hash {
                return Merged::Broken(ChainAlarmKind::Fork, link.number);
            }
        }
        before = Some((link.number, entry.hash()));
    }
    let (last_number, last_hash) = before.unwrap_or_default();
    if last_number > answer.count || (last_number == answer.count && last_hash != answer.head) {
        return Merged::Broken(ChainAlarmKind::Fork, last_number);
    }
    let is_all = last_number == answer.count;
    let at = |number: u32| held.get(number.checked_sub(1)? as usize);
    let is_held = |link: &Link, entry: &HeldEntry| {
        at(link.number).is_some_and(|known| known.hash() == entry.hash())
    };
    let Some(place) = new.iter().position(|(link, entry)| !is_held(link, entry)) else {
        return if is_all && answer.count < count {
            Merged::Broken(ChainAlarmKind::Shortened, answer.count)
        } else {
            Merged::Follow(Vec::new(), is_all)
        };
    };
    let (other, _) = &new[place];
    let (number, restored) = (other.number, other.restored);
    let hash_before = at(number - 1).map(HeldEntry::hash).unwrap_or_default();
    if other.previous != hash_before {
        return Merged::Broken(ChainAlarmKind::Fork, number);
    }
    let rest = new.into_iter().skip(place);
    let rest = rest.map(|(link, entry)| (link.number, entry)).collect();
    let lost = held.get(number as usize - 1..).unwrap_or_default();
    if lost.is_empty() {
        return Merged::Follow(rest, is_all);
    }
    let is_explained = restored.is_some_and(|restored| {
        let time = restored.since - SKEW_SECS..=restored.until + SKEW_SECS;
        lost.iter()
            .all(|one| time.contains(&one.seen_at_ms.div_euclid(1_000)))
    });
    if is_explained {
        Merged::Restored(rest, is_all)
    } else {
        Merged::Broken(ChainAlarmKind::Fork, number)
    }
}

/// Whose chain it is.
#[derive(Clone, Copy)]
pub(crate) struct Whose<'a> {
    pub(crate) citizen_id: &'a str,
    pub(crate) subject: &'a SubjectId,
}

/// What is wrong with what an entry says, the order in it included, of which `officers` are to have signed. `before` is the entry before.
#[must_use]
pub(crate) fn faults(
    entry: &ChainEntry,
    before: Option<&ChainEntry>,
    whose: Whose<'_>,
    officers: &OfficerList,
) -> Vec<ChainAlarmKind> {
    let mut faults = Vec::new();
    if entry.citizen_id != whose.citizen_id || entry.subject != *whose.subject {
        faults.push(ChainAlarmKind::OrderOfOther);
    }
    if let Some(order) = &entry.order {
        let is_new = before.is_none_or(|before| before.order.as_ref() != Some(order));
        let entered_at = is_new.then_some(entry.at);
        faults.extend(order_faults(order, entered_at, whose, officers));
    }
    faults.sort_unstable();
    faults.dedup();
    faults
}

fn order_faults(
    signed: &SignedOrder,
    entered_at: Option<i64>,
    whose: Whose<'_>,
    officers: &OfficerList,
) -> Vec<ChainAlarmKind> {
    let Some(bytes) = signed.bytes() else {
        return vec![ChainAlarmKind::OrderUnreadable];
    };
    let order = match read_order(&bytes) {
        Ok(order) => order,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    if order.citizen_id != whose.citizen_id || order.subject != *whose.subject {
        faults.push(ChainAlarmKind::OrderOfOther);
    }
    if !fits(order.colour, order.reason) {
        faults.push(ChainAlarmKind::ReasonNotForColour);
    }
    let [first, second] = signed.signatures.as_slice() else {
        faults.push(ChainAlarmKind::SecondSignatureMissing);
        return faults;
    };
    let mut keys = Vec::new();
    for signature in [first, second] {
        match signer(signature, &bytes, order.at, officers) {
            Ok(key) => keys.push(key),
            Err(fault) => faults.push(fault),
        }
    }
    let is_one_key = matches!(keys.as_slice(), [one, two] if one == two);
    if first.officer == second.officer || is_one_key {
        faults.push(ChainAlarmKind::SameOfficer);
    }
    // An order that waited for longer, or comes from tomorrow, is dated so that a key counts.
    let time = |at: i64| at - MAX_ORDER_AGE_SECS - SKEW_SECS..=at + SKEW_SECS;
    if entered_at.is_some_and(|at| !time(at).contains(&order.at)) {
        faults.push(ChainAlarmKind::OfficerNotValid);
    }
    faults
}

/// Reads an order as officers sign it.
///
/// # Errors
/// [`ChainAlarmKind::ReasonUnknown`], [`ChainAlarmKind::OrderUnreadable`].
pub(crate) fn read_order(bytes: &[u8]) -> Result<ColourOrder, ChainAlarmKind> {
    #[derive(Deserialize)]
    struct Named {
        reason: String,
    }
    let named: Named = json::from_slice(bytes).map_err(|_| ChainAlarmKind::OrderUnreadable)?;
    if Reason::from_id(&named.reason).is_none() {
        return Err(ChainAlarmKind::ReasonUnknown);
    }
    let order: ColourOrder =
        json::from_slice(bytes).map_err(|_| ChainAlarmKind::OrderUnreadable)?;
    if order.is_written_as(bytes) {
        Ok(order)
    } else {
        Err(ChainAlarmKind::OrderUnreadable)
    }
}

/// The public key, hex, of an officer's by which a signature holds and counts.
fn signer<'a>(
    signature: &'a OfficerSignature,
    order: &[u8],
    at: i64,
    officers: &'a OfficerList,
) -> Result<&'a str, ChainAlarmKind> {
    let mut is_known = false;
    let mut is_signed = false;
    for officer in officers.of(&signature.officer) {
        is_known = true;
        let key = officer.key();
        if key.is_some_and(|key| signature.is_by(SIGNED_PREFIX, order, &key)) {
            is_signed = true;
            if officer.counts_at(at) {
                return Ok(&officer.public_key);
            }
        }
    }
    Err(match (is_known, is_signed) {
        (false, _) => ChainAlarmKind::OfficerUnknown,
        (true, false) => ChainAlarmKind::SignatureWrong,
        (true, true) => ChainAlarmKind::OfficerNotValid,
    })
}
