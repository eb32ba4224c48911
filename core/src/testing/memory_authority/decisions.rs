//! What it signs: receipts and credentials.

use super::answers::{answer, header, json, problem};
use super::signatures::offered_keys;
use super::{CITIZEN_ID, Inner, MemoryAuthority};
use crate::colour::{Colour, Reason, ReasonText};
use crate::encoding::base64;
use crate::ports::{HttpRequest, HttpResponse};
use crate::testing::nation::sample_claims;
use crate::trust::{DevicePublicKey, RECEIPT_TYPE, sign_bundle};
use crate::wire::{NextSync, Parts, Receipt, StateAnswer, SubjectId};

impl MemoryAuthority {
    /// Binds the next credentials to a key that the phone offers.
    pub(super) fn offered(
        &self,
        request: &HttpRequest,
        subject: &SubjectId,
        key: DevicePublicKey,
        inner: &mut Inner,
    ) -> HttpResponse {
        let mut offered = match offered_keys(request, &subject.path_below("credentials")) {
            Ok(offered) => offered,
            Err(kind) => return problem(kind),
        };
        let most = usize::try_from(inner.batch.unwrap_or(1)).unwrap_or(usize::MAX);
        offered.truncate(most);
        let held = inner.subjects.entry(subject.clone()).or_default();
        if held.offered != offered {
            held.offered = offered;
            held.answer = None;
        }
        held.is_bound_to_offered = true;
        self.state(request, subject, key, inner)
    }

    pub(super) fn state(
        &self,
        request: &HttpRequest,
        subject: &SubjectId,
        key: DevicePublicKey,
        inner: &mut Inner,
    ) -> HttpResponse {
        let now = self.now_ms().div_euclid(1000);
        let held = inner.subjects.entry(subject.clone()).or_default();
        let mut state = if let Some(state) = &held.answer {
            state.clone()
        } else {
            let own = [held.key.unwrap_or(key)];
            let keys = if held.offered.is_empty() {
                &own[..]
            } else {
                &held.offered
            };
            let mut decided = self.decided(subject, held.colour, keys, now);
            // The next ones wait for the next keys.
            if !held.offered.is_empty() && !held.is_bound_to_offered {
                decided.credential = None;
                decided.other_credentials.clear();
            }
            decided
        };
        if held.offered.is_empty() || held.is_bound_to_offered {
            held.answer = Some(state.clone());
        }
        let held_parts = Self::told_parts(held);
        state.next_sync = inner.next_sync.unwrap_or(state.next_sync);
        state.server_time_ms = self.now_ms();
        state.parts = held_parts;
        state.credential_batch = inner.batch.unwrap_or(1);
        if let Some(tamper) = &inner.tamper {
            tamper(&mut state);
        }
        let etag = format!("\"state-{}\"", inner.revision);
        if header(request, "if-none-match") == etag {
            return answer(304, "", Vec::new());
        }
        let mut response = json(200, &state);
        response.headers.push(("etag".to_owned(), etag));
        response
    }

    pub(super) fn decided(
        &self,
        subject: &SubjectId,
        colour: Option<(Colour, Reason)>,
        keys: &[DevicePublicKey],
        now: i64,
    ) -> StateAnswer {
        let receipt = colour
            .map(|(colour, reason)| self.receipt_for(CITIZEN_ID, subject, colour, reason, now));
        let issued = |place: usize, (colour, reason): (Colour, Reason)| {
            let sample = sample_claims(keys[place], now);
            // The last one ends last, as that of a batch of one does.
            let earlier = u8::try_from(keys.len() - 1 - place).unwrap_or_default();
            let claims = crate::code::CredentialClaims {
                colour,
                reason: reason.into(),
                expires_at: sample.expires_at - i64::from(earlier) * 900,
                status_index: sample.status_index + u32::from(earlier) * 1_009,
                ..sample
            };
            base64::encode_url(&self.nation.issue(&claims))
        };
        let last = keys.len() - 1;
        let credential = colour.map(|decided| issued(last, decided));
        let others = colour.map(|decided| (0..last).map(move |place| issued(place, decided)));
        let other_credentials = others.into_iter().flatten().collect();
        StateAnswer {
            receipt,
            credential,
            other_credentials,
            credential_batch: 1,
            next_sync: NextSync {
                after_secs: 3_600,
                spread_secs: 0,
            },
            resend: None,
            parts: Parts::default(),
            server_time_ms: 0,
        }
    }

    /// A receipt of a citizen's own that it signs, base64url.
    #[must_use]
    pub fn receipt(&self, citizen_id: &str, colour: Colour, reason: Reason, at: i64) -> String {
        self.receipt_for(citizen_id, &SubjectId::OWNER, colour, reason, at)
    }

    /// A receipt that it signs, base64url.
    #[must_use]
    pub fn receipt_for(
        &self,
        citizen_id: &str,
        subject: &SubjectId,
        colour: Colour,
        reason: Reason,
        at: i64,
    ) -> String {
        let receipt = Receipt {
            scheme: crate::trust::Scheme::default(),
            citizen_id: citizen_id.to_owned(),
            subject: subject.clone(),
            colour,
            reason: reason.into(),
            reason_texts: ReasonText::by_language(reason),
            rule_set_id: "hangzhou".to_owned(),
            rule_set_version: 3,
            rule_id: "HZ-TEST".to_owned(),
            since: at,
            evidence_date: None,
            earliest_green: None,
            check_ins_done: None,
            check_ins_required: None,
            evidence: serde_json::Value::Null,
            decided_at: at,
            change: None,
        };
        let payload = serde_json::to_vec(&receipt).unwrap_or_default();
        base64::encode_url(
            &sign_bundle(RECEIPT_TYPE, Some(at), &payload, &self.nation.hangzhou)
                .unwrap_or_default(),
        )
    }
}
