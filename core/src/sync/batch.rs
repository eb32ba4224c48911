//! A batch of credentials: what came in one answer, each for another key, so that each showing has its own.
//!
//! Invariant: a batch is taken whole or not at all, and its members say the same: one that is wrong keeps the others out. What has
//! run out since it was issued is passed over. Chooses none for showing.

use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};

use super::records::{BATCH, load};
use super::refusal::SyncRefusal;
use crate::code::{CredentialClaims, Refusal};
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::wire::MAX_CREDENTIAL_KEYS;

/// What is kept of a batch beside its newest, which versions of before batches read alone.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct Batch {
    /// SHA-256 of the newest: where that is another one, a version of before batches wrote it, and this is over.
    #[cbor(n(1), with = "minicbor::bytes")]
    newest: [u8; 32],
    /// Number of its key.
    #[n(2)]
    key_number: u64,
    #[n(3)]
    others: Vec<BatchCredential>,
}

/// A credential and the number of its key.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct BatchCredential {
    /// As in [`StoredState::credential_key`](super::StoredState::credential_key).
    #[n(1)]
    pub key_number: u64,
    /// Credential.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub credential: Vec<u8>,
}

/// One of a batch that was verified.
pub(super) struct Member {
    pub(super) key_number: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) claims: CredentialClaims,
}

/// The members of a verified batch, by the numbers of their keys; at least one.
pub(super) struct VerifiedBatch(Vec<Member>);

impl VerifiedBatch {
    /// Of what was found of each. The error is a stable code.
    pub(super) fn of(found: Vec<Result<Member, Refusal>>) -> Result<Self, &'static str> {
        if found.len() > MAX_CREDENTIAL_KEYS {
            return Err(SyncRefusal::BatchTooLarge.code());
        }
        let mut members = Vec::with_capacity(found.len());
        let mut over = None;
        for one in found {
            match one {
                Ok(member) => members.push(member),
                Err(Refusal::CredentialExpired) => over = Some(Refusal::CredentialExpired),
                Err(refusal) => return Err(refusal.code()),
            }
        }
        members.sort_by_key(|member| member.key_number);
        for (place, one) in members.iter().enumerate() {
            let others = || members[..place].iter().map(|other| &other.claims);
            let claims = &one.claims;
            let index = |it: &CredentialClaims| (it.status_index, it.expires_at.div_euclid(86_400));
            let is_twice = |it: &CredentialClaims| {
                it.device_key == claims.device_key || index(it) == index(claims)
            };
            let says_else = |it: &CredentialClaims| {
                (it.colour, it.scheme, it.subject_kind)
                    != (claims.colour, claims.scheme, claims.subject_kind)
            };
            if others().any(|it| is_twice(it) || says_else(it)) {
                return Err(SyncRefusal::BatchContradictsItself.code());
            }
        }
        let code = over.map_or(SyncRefusal::AnswerMalformed.code(), |refusal: Refusal| {
            refusal.code()
        });
        (!members.is_empty()).then_some(Self(members)).ok_or(code)
    }

    /// The one with the last key.
    pub(super) fn newest(&self) -> &Member {
        &self.0[self.0.len() - 1]
    }

    /// Until when one of them counts, Unix seconds.
    pub(super) fn counts_until(&self) -> i64 {
        let ends = self.0.iter().map(|member| member.claims.expires_at);
        ends.fold(i64::MIN, i64::max)
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let members = self.0.iter().rev();
        members.map(|member| (member.key_number, member.bytes.as_slice()))
    }

    /// What keeps all but the newest, and which that is.
    pub(super) fn write(&self, subject: &SubjectId) -> Result<SealedWrite, StoreError> {
        let place = BATCH.for_subject(subject);
        let newest = self.newest();
        let others = self.members().skip(1);
        let batch = Batch {
            newest: Sha256::digest(&newest.bytes).into(),
            key_number: newest.key_number,
            others: others
                .map(|(key_number, credential)| BatchCredential {
                    key_number,
                    credential: credential.to_vec(),
                })
                .collect(),
        };
        place.put(&batch)
    }
}

/// What is kept beside the `newest` credential: the number of its key, and the others; none where it is of no batch.
pub(super) fn load_beside(
    store: &SealedStore,
    subject: &SubjectId,
    newest: Option<&[u8]>,
) -> Result<Option<(u64, Vec<BatchCredential>)>, StoreError> {
    let batch = load(store, &BATCH.for_subject(subject))?;
    let hash: Option<[u8; 32]> = newest.map(|newest| Sha256::digest(newest).into());
    let batch = batch.filter(|batch| Some(batch.newest) == hash);
    Ok(batch.map(|batch| (batch.key_number, batch.others)))
}

crate::hidden_debug!(BatchCredential);
