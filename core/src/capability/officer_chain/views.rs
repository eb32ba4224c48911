//! What a screen shows of the chain of changes.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;

use super::chain::{ChainAlarmKind, HeldEntry, read_order};
use super::officers::OfficerList;
use super::part::{Alarm, Alarms};
use super::wire::{ChainEntry, SIGNED_PREFIX, SignedOrder};
use crate::colour::{Colour, Reason, ReasonTexts};
use crate::trust::{ColourWords, Scheme};
use crate::words::moments::{MomentStyle, Reading};
use crate::words::{self, LanguageTag, marks};

crate::app_types! {
    describe as describe_chain_types;

    /// How the chain stands as a whole.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ChainState {
        /// Every entry that the authority tells of is held, each holds, and nothing was noticed.
        Whole,
        /// Every entry is held; something does not fit, and was read.
        AlarmsRead,
        /// Something does not fit and was not read yet.
        Alarmed,
        /// Entries are still to come.
        Incomplete,
        /// This authority tells of no chain.
        NotByAuthority,
    }

    /// Whether an entry holds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ChangeSeal {
        /// It follows on, and its order, where there is one, is signed by two officers whose keys counted.
        Verified,
        /// Something about it does not hold.
        Alarmed,
        /// Its order cannot be checked now: the officers' list is not on this phone yet.
        NotNow,
        /// It says something that this version of the app cannot read.
        NotByThisVersion,
        /// The authority lost it when it was put back to an earlier state.
        Lost,
    }

    /// An officer who signed.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OfficerView {
        /// The officer's id.
        pub id: String,
        /// What people compare, as `ab12 cd34`; empty where the key is not known.
        pub fingerprint: String,
    }

    /// A change of colour or reason, or an order, as the authority entered it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ChangeView {
        /// Its number, from 1; 0 where it cannot be read.
        pub number: u32,
        /// The colour from then on; none where this version cannot read it.
        pub colour: Option<Colour>,
        /// How that is shown: red of a visitor is orange.
        pub shown: Option<ColourWords>,
        /// Why; none where this version does not know it.
        pub reason: Option<Reason>,
        /// Why, in words, and what to do.
        pub texts: ReasonTexts,
        /// When, Unix seconds.
        pub at: i64,
        /// That in words.
        pub at_text: String,
        /// By which rule, or by which two officers, in words.
        pub by_text: String,
        /// Who signed the order in force; nobody where rules alone decided.
        pub officers: Vec<OfficerView>,
        /// Rule that decided.
        pub rule_id: String,
        /// Whether it holds.
        pub seal: ChangeSeal,
        /// That in words.
        pub seal_text: String,
        /// What is wrong with it, in words.
        pub faults: Vec<String>,
        /// Its hash, lower-case hex: what an office may ask for.
        pub sha256: String,
    }

    /// Something that does not fit.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ChainAlarmView {
        /// Id, for marking it as read.
        pub id: String,
        /// What.
        pub kind: ChainAlarmKind,
        /// What, in a sentence or two.
        pub text: String,
        /// What to do.
        pub next_step: String,
        /// Number of the entry; none where it is about none.
        pub number: Option<u32>,
        /// When this phone noticed it, Unix seconds.
        pub noticed_at: i64,
        /// That in words.
        pub noticed_at_text: String,
        /// Whether it was marked as read.
        pub is_read: bool,
    }

    /// The chain of changes.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ChangesView {
        /// How it stands.
        pub state: ChainState,
        /// That in words, also to be spoken. What to do stands in each alarm.
        pub text: String,
        /// A shape that tells the state without colour.
        pub shape: String,
        /// Newest first; those that the authority lost come last.
        pub changes: Vec<ChangeView>,
        /// What was noticed, newest first, what was read too.
        pub alarms: Vec<ChainAlarmView>,
        /// How many of them were not read.
        pub unread: u32,
    }
}

/// What the view is made of.
pub(super) struct Held<'a> {
    pub(super) entries: Vec<HeldEntry>,
    pub(super) lost: Vec<HeldEntry>,
    pub(super) alarms: Alarms,
    pub(super) officers: Option<&'a OfficerList>,
    /// Sets of rules of the international scheme, as receipts on this phone say: for entries of before they named their scheme.
    pub(super) international: BTreeSet<String>,
    /// Whether the authority tells of a chain, and whether it is held as told.
    pub(super) told: Option<bool>,
}

pub(super) fn changes(held: &Held<'_>, reading: Reading<'_>) -> ChangesView {
    let language = reading.language;
    let unread = held.alarms.alarms.iter().filter(|one| !one.is_read).count();
    let all_hold = held.lost.is_empty()
        && held.alarms.alarms.is_empty()
        && held.entries.iter().all(|entry| entry.faults.is_empty());
    let state = match (unread, held.told) {
        (1.., _) => ChainState::Alarmed,
        (0, Some(true)) if all_hold => ChainState::Whole,
        (0, Some(true)) => ChainState::AlarmsRead,
        (0, Some(false)) => ChainState::Incomplete,
        (0, None) => ChainState::NotByAuthority,
    };
    let shown = |entry, is_lost| change(entry, is_lost, held, reading);
    let entries = held.entries.iter().rev().map(|entry| shown(entry, false));
    let lost = held.lost.iter().rev().map(|entry| shown(entry, true));
    let alarms = held.alarms.alarms.iter().rev();
    ChangesView {
        state,
        text: said(state.text_id(), &[], language),
        shape: state.shape().to_string(),
        changes: entries.chain(lost).collect(),
        alarms: alarms.map(|one| alarm(one, reading)).collect(),
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
    }
}

fn alarm(alarm: &Alarm, reading: Reading<'_>) -> ChainAlarmView {
    let language = reading.language;
    let next = match alarm.kind {
        ChainAlarmKind::Restored => "chain-next-restored",
        _ => "chain-next",
    };
    let style = MomentStyle::DayAndTime;
    ChainAlarmView {
        id: alarm.id.clone(),
        kind: alarm.kind,
        text: said(alarm.kind.text_id(), &[], language),
        next_step: said(next, &[], language),
        number: alarm.number,
        noticed_at: alarm.noticed_at,
        noticed_at_text: reading.moment(alarm.noticed_at, style),
        is_read: alarm.is_read,
    }
}

fn change(held: &HeldEntry, is_lost: bool, chain: &Held<'_>, reading: Reading<'_>) -> ChangeView {
    let language = reading.language;
    let entry = held.read();
    let seal = match &entry {
        _ if is_lost => ChangeSeal::Lost,
        None => ChangeSeal::NotByThisVersion,
        Some(_) if !held.faults.is_empty() => ChangeSeal::Alarmed,
        Some(entry) if entry.order.is_some() && !held.is_judged => ChangeSeal::NotNow,
        Some(_) => ChangeSeal::Verified,
    };
    let seen_at = held.seen_at_ms.div_euclid(1_000);
    let at = entry.as_ref().map_or(seen_at, |entry| entry.at);
    let order = entry.as_ref().and_then(|entry| entry.order.as_ref());
    let signers = order
        .map(|order| signers(order, chain.officers))
        .unwrap_or_default();
    let none = std::collections::BTreeMap::new();
    let texts = match entry.as_ref().map(|entry| &entry.reason) {
        Some(reason) => ReasonTexts::new(reason, &none, language),
        None => ReasonTexts {
            id: crate::code::OTHER.to_owned(),
            text: said("reason-unknown", &[], language),
            instruction: said("reason-unknown.instruction", &[], language),
        },
    };
    let faults = held.faults.iter();
    ChangeView {
        number: entry.as_ref().map_or(0, |entry| entry.number),
        colour: entry.as_ref().map(|entry| entry.colour),
        shown: entry.as_ref().map(|entry| {
            let scheme = if chain.international.contains(&entry.rule_set_id) {
                Scheme::International
            } else {
                entry.scheme
            };
            scheme.words(entry.colour, language.words())
        }),
        reason: entry.as_ref().and_then(|entry| entry.reason.known()),
        texts,
        at,
        at_text: reading.moment(at, MomentStyle::DayAndTime),
        by_text: entry
            .as_ref()
            .map_or_else(String::new, |entry| by_text(entry, &signers, language)),
        officers: signers,
        rule_id: entry
            .as_ref()
            .map_or_else(String::new, |it| it.rule_id.clone()),
        seal,
        seal_text: said(seal.text_id(), &[], language),
        faults: faults
            .map(|kind| said(kind.text_id(), &[], language))
            .collect(),
        sha256: held.hash(),
    }
}

/// Whether the colour is that of the order in force, or the rules decided beside it.
fn is_by_order(entry: &ChainEntry) -> bool {
    let bytes = entry.order.as_ref().and_then(SignedOrder::bytes);
    let order = bytes.and_then(|bytes| read_order(&bytes).ok());
    order.is_some_and(|order| order.colour == entry.colour && entry.reason == order.reason)
}

fn by_text(entry: &ChainEntry, signers: &[OfficerView], language: &LanguageTag) -> String {
    let name = |officer: &OfficerView| match officer.fingerprint.as_str() {
        "" => officer.id.clone(),
        fingerprint => format!("{} ({fingerprint})", officer.id),
    };
    match signers {
        [first, second] if is_by_order(entry) => {
            let names = [("first", name(first)), ("second", name(second))];
            said("chain-by-officers", &names, language)
        }
        _ => said(
            "chain-by-rule",
            &[("rule", entry.rule_id.clone())],
            language,
        ),
    }
}

fn signers(order: &SignedOrder, officers: Option<&OfficerList>) -> Vec<OfficerView> {
    let bytes = order.bytes().unwrap_or_default();
    let signatures = order.signatures.iter();
    let view = |signature: &super::wire::OfficerSignature| {
        let mut keys = officers
            .into_iter()
            .flat_map(|list| list.of(&signature.officer));
        let key = keys.find(|one| {
            one.key()
                .is_some_and(|key| signature.is_by(SIGNED_PREFIX, &bytes, &key))
        });
        OfficerView {
            id: signature.officer.chars().take(64).collect(),
            fingerprint: key
                .map(super::officers::OfficerKey::fingerprint)
                .unwrap_or_default(),
        }
    };
    signatures.map(view).collect()
}

fn said(id: &str, arguments: &[(&'static str, String)], language: &LanguageTag) -> String {
    if arguments.is_empty() {
        let text = words::text(id, language.words());
        return text.unwrap_or_default().to_owned();
    }
    let arguments: FluentArgs<'_> = arguments
        .iter()
        .map(|(name, value)| (*name, FluentValue::from(value.as_str())))
        .collect();
    words::format(id, &arguments, language.words()).unwrap_or_default()
}

impl ChainState {
    const fn shape(self) -> char {
        match self {
            Self::Whole => marks::DONE,
            Self::Alarmed => marks::ATTENTION,
            Self::Incomplete => marks::WAITING,
            Self::AlarmsRead | Self::NotByAuthority => marks::UNCLEAR,
        }
    }

    const fn text_id(self) -> &'static str {
        match self {
            Self::Whole => "chain-whole",
            Self::AlarmsRead => "chain-alarms_read",
            Self::Alarmed => "chain-alarmed",
            Self::Incomplete => "chain-incomplete",
            Self::NotByAuthority => "chain-not_by_authority",
        }
    }
}

impl ChangeSeal {
    const fn text_id(self) -> &'static str {
        match self {
            Self::Verified => "change-verified",
            Self::Alarmed => "change-alarmed",
            Self::NotNow => "change-not_now",
            Self::NotByThisVersion => "change-not_by_this_version",
            Self::Lost => "change-lost",
        }
    }
}

impl ChainAlarmKind {
    const fn text_id(self) -> &'static str {
        match self {
            Self::SilentChange => "chain-alarm-silent_change",
            Self::Gap => "chain-alarm-gap",
            Self::Fork => "chain-alarm-fork",
            Self::Shortened => "chain-alarm-shortened",
            Self::Withdrawn => "chain-alarm-withdrawn",
            Self::SecondSignatureMissing => "chain-alarm-second_signature_missing",
            Self::SameOfficer => "chain-alarm-same_officer",
            Self::SignatureWrong => "chain-alarm-signature_wrong",
            Self::OfficerUnknown => "chain-alarm-officer_unknown",
            Self::OfficerNotValid => "chain-alarm-officer_not_valid",
            Self::ReasonNotForColour => "chain-alarm-reason_not_for_colour",
            Self::ReasonUnknown => "chain-alarm-reason_unknown",
            Self::OrderOfOther => "chain-alarm-order_of_other",
            Self::OrderUnreadable => "chain-alarm-order_unreadable",
            Self::Restored => "chain-alarm-restored",
            Self::Other => "chain-alarm-other",
        }
    }
}

/// Ids of the texts that are shown here.
#[cfg(test)]
pub(crate) const TEXT_IDS: &[&str] = &[
    "chain-alarm-silent_change",
    "chain-alarm-gap",
    "chain-alarm-fork",
    "chain-alarm-shortened",
    "chain-alarm-withdrawn",
    "chain-alarm-second_signature_missing",
    "chain-alarm-same_officer",
    "chain-alarm-signature_wrong",
    "chain-alarm-officer_unknown",
    "chain-alarm-officer_not_valid",
    "chain-alarm-reason_not_for_colour",
    "chain-alarm-reason_unknown",
    "chain-alarm-order_of_other",
    "chain-alarm-order_unreadable",
    "chain-alarm-restored",
    "chain-alarm-other",
    "chain-whole",
    "chain-alarms_read",
    "chain-alarmed",
    "chain-incomplete",
    "chain-not_by_authority",
    "chain-next",
    "chain-next-restored",
    "chain-by-officers",
    "chain-by-rule",
    "change-verified",
    "change-alarmed",
    "change-not_now",
    "change-not_by_this_version",
    "change-lost",
];
