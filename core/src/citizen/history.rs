//! The changes of colour that this phone saw, newest first, each with the seal of the receipt that told it.
//!
//! Invariant: a change is told out of its receipt, verified anew each time; one whose receipt no longer verifies is shown as
//! such, never left out. It shows what this phone saw: what came and went between two syncs is not there.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::snapshot::Snapshot;
use super::{CitizenError, HealthCode};
use crate::colour::{Colour, Reason, ReasonTexts};
use crate::encoding::hex;
use crate::rules::Evidence;
use crate::sync::ColourSeen;
use crate::trust::{RECEIPT_TYPE, open_bundle, unverified_payload};
use crate::wire::Receipt;
use crate::words::moments::{MomentStyle, Reading};
use crate::words::{self, LanguageTag};

/// Officers who sign each order: the protocol takes none from fewer.
const OFFICERS_OF_AN_ORDER: u32 = 2;

crate::app_types! {
    describe as describe_history;

    /// Whether a receipt of the past still holds.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ReceiptSeal {
        /// Signed by a known authority, and tells this very change.
        Verified,
        /// It does not verify, or tells something else: its key was revoked, or it is not what was signed. Call the
        /// authority.
        Unverifiable,
        /// It cannot be checked now: there is no list of authorities on this phone that counts. Connect once.
        NotNow,
    }

    /// A change of colour or reason that this phone saw.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ColourPast {
        /// The colour before; none for the first that this phone saw.
        pub from: Option<Colour>,
        /// The colour from then on.
        pub to: Colour,
        /// Why; none where this version does not know the reason, or the receipt cannot be read.
        pub reason: Option<Reason>,
        /// Why, in words, and what to do.
        pub texts: ReasonTexts,
        /// Since when the colour held, Unix seconds.
        pub since: i64,
        /// When it was decided, Unix seconds.
        pub changed_at: i64,
        /// That in words.
        pub changed_at_text: String,
        /// When this phone heard of it, Unix seconds.
        pub seen_at: i64,
        /// SHA-256 of the signed receipt, lower-case hex.
        pub receipt_sha256: String,
        /// Whether the receipt still holds.
        pub seal: ReceiptSeal,
        /// How many officers signed, where the colour is that of an order; none where rules decided.
        pub officers: Option<u32>,
    }
}

impl HealthCode {
    /// The changes of colour or reason that this phone saw, newest first, 200 at most. The first may be the receipt that it
    /// held when it began to note them.
    ///
    /// # Errors
    /// `Store`.
    pub fn colour_history(&self) -> Result<Vec<ColourPast>, CitizenError> {
        let seen = self.context.sync.colours_seen(&self.context.subject)?;
        let now = self.now().at_secs();
        let snapshot = self.snapshot(now)?;
        let language = self.language();
        let reading = self.reading(now, &language);
        let past = |seen| colour_past(seen, &snapshot, reading);
        Ok(seen.iter().map(past).collect())
    }
}

fn colour_past(seen: &ColourSeen, snapshot: &Snapshot, reading: Reading<'_>) -> ColourPast {
    let (now, language) = (reading.now, reading.language);
    let payload = unverified_payload(RECEIPT_TYPE, &seen.receipt);
    let receipt =
        payload.and_then(|payload| crate::encoding::json::from_slice::<Receipt>(payload).ok());
    let seal = seal(seen, receipt.as_ref(), snapshot, now);
    let seen_at = seen.seen_at_ms.div_euclid(1_000);
    let (since, changed_at) = receipt
        .as_ref()
        .map_or((seen_at, seen_at), |it| (it.since, it.decided_at));
    ColourPast {
        from: seen.from,
        to: seen.to,
        reason: receipt.as_ref().and_then(|it| it.reason.known()),
        texts: receipt
            .as_ref()
            .map_or_else(|| unreadable(language), |it| texts(it, language)),
        since,
        changed_at,
        changed_at_text: reading.moment(changed_at, MomentStyle::DayAndTime),
        seen_at,
        receipt_sha256: hex::encode(&Sha256::digest(&seen.receipt)),
        seal,
        officers: receipt.as_ref().and_then(officers),
    }
}

fn seal(
    seen: &ColourSeen,
    receipt: Option<&Receipt>,
    snapshot: &Snapshot,
    now: i64,
) -> ReceiptSeal {
    let Some(trust) = &snapshot.trust else {
        return ReceiptSeal::NotNow;
    };
    let is_signed = open_bundle(RECEIPT_TYPE, &seen.receipt, &trust.bundle, now).is_ok();
    let tells_this = receipt.is_some_and(|receipt| receipt.colour == seen.to);
    if is_signed && tells_this {
        ReceiptSeal::Verified
    } else {
        ReceiptSeal::Unverifiable
    }
}

fn texts(receipt: &Receipt, language: &LanguageTag) -> ReasonTexts {
    ReasonTexts::new(&receipt.reason, &receipt.reason_texts, language)
}

fn unreadable(language: &LanguageTag) -> ReasonTexts {
    let own = |id| {
        words::text(id, language.words())
            .unwrap_or_default()
            .to_owned()
    };
    ReasonTexts {
        id: crate::code::OTHER.to_owned(),
        text: own("reason-unknown"),
        instruction: own("reason-unknown.instruction"),
    }
}

/// An order takes two; whether the colour is that of the order in force, the evidence says.
fn officers(receipt: &Receipt) -> Option<u32> {
    let order = Evidence::from_value(&receipt.evidence).ok()?.order?;
    let is_its_own = order.colour == receipt.colour && order.reason == receipt.reason;
    is_its_own.then_some(OFFICERS_OF_AN_ORDER)
}
