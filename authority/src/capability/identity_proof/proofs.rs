//! Whether the proof that came with a registration is good, and what it takes so that it stands for one citizen.
//!
//! Invariant: what is refused here is refused in the same way whether the document is registered or not. Writes nothing but
//! reservations, which whoever finds them left over frees.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::capability::identity_proof::{
    IdentityProofError, ProofKind, Unproven, UnprovenAssurance,
};
use health_code_core::code::Assurance;
use health_code_core::trust::DevicePublicKey;
use health_code_core::wire::{IdentityProof, MAX_PROOF_BYTES, ProofStanding};
use serde::{Deserialize, Serialize};

use super::codes::CodePlace;
use super::tokens::Claimed;
use super::{TRIES, spaces};
use crate::cases::records::Registration;
use crate::cases::{Authority, Refusal};
use crate::store::{CitizenId, Owner, Settled, StoreError, Unique};

/// How a citizen is proven; part of the registration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProofRecord {
    /// Id of the kind, or `desk` where two officers saw person and document.
    pub(crate) kind: String,
    /// When the proof was made, Unix seconds: one that is not newer moves nobody.
    pub(crate) made_at: i64,
    /// When it was taken, Unix seconds.
    pub(crate) proven_at: i64,
    /// Who the citizen is to each issuer whose token was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) persons: Vec<PersonRecord>,
}

/// A person as an issuer names them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonRecord {
    issuer: String,
    /// Keyed hash, base64url.
    person: String,
}

impl ProofRecord {
    /// Two officers saw person and document, and ordered a move.
    pub(crate) fn of_desk(ordered_at: i64, now: i64, before: Option<&Self>) -> Self {
        Self {
            kind: "desk".to_owned(),
            made_at: ordered_at,
            proven_at: now,
            persons: Vec::new(),
        }
        .after(before)
    }

    /// This one in the place of `before`: who the person is to an issuer goes on to count.
    pub(crate) fn after(mut self, before: Option<&Self>) -> Self {
        if let Some(before) = before {
            self.made_at = self.made_at.max(before.made_at);
            let known = before.persons.iter();
            let others = known.filter(|one| !self.persons.contains(one));
            let others: Vec<_> = others.cloned().collect();
            self.persons.extend(others);
        }
        self
    }

    /// Whether one issuer says that these are two people.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        let contradicts = |one: &PersonRecord, other: &PersonRecord| {
            one.issuer == other.issuer && one.person != other.person
        };
        self.persons
            .iter()
            .any(|one| other.persons.iter().any(|other| contradicts(one, other)))
    }

    pub(crate) fn standing(&self) -> ProofStanding {
        ProofStanding {
            kind: self.kind.clone(),
            proven_at: self.proven_at,
        }
    }
}

/// A proof that is good.
#[derive(Clone)]
pub(crate) struct GoodProof {
    pub(crate) record: ProofRecord,
    person: Option<Unique>,
    code: Option<CodePlace>,
}

/// Whether a citizen's proof gives a code, and which assurance it can have at most.
pub(crate) fn assurance(
    unproven: Unproven,
    registration: &Registration,
    of_device: Assurance,
) -> Option<Assurance> {
    if registration.proof.is_some() {
        return Some(of_device);
    }
    unproven.code.then_some(match unproven.assurance {
        UnprovenAssurance::Device => of_device,
        UnprovenAssurance::Paper => Assurance::Paper,
    })
}

impl Authority {
    /// Judges a proof for the details and the device of `registration`. None where the same citizen has used the same code
    /// before, which says nothing new.
    pub(crate) async fn judge_proof(
        &self,
        sent: &IdentityProof,
        registration: &Registration,
        key: &DevicePublicKey,
        owner_of_device: Option<CitizenId>,
    ) -> Result<Option<GoodProof>, Refusal> {
        let refused = Refusal::ProofRefused;
        let now = self.now();
        let kind = ProofKind::from_id(&sent.kind)
            .filter(|kind| *kind != ProofKind::None && self.proofs.published.takes(*kind));
        let kind = kind.ok_or(refused(IdentityProofError::KindNotTaken))?;
        if sent.value.len() > MAX_PROOF_BYTES {
            return Err(refused(IdentityProofError::Unreadable));
        }
        let record = ProofRecord {
            kind: kind.id().to_owned(),
            made_at: now,
            proven_at: now,
            persons: Vec::new(),
        };
        let identity = &registration.identity;
        if kind == ProofKind::ActivationCode {
            let document = self.document_hash(identity)?;
            let (place, code) = self.find_code(&sent.value, identity, &document).await?;
            if owner_of_device.is_some_and(|citizen| code.is_used_by(citizen)) {
                return Ok(None);
            }
            if code.is_used() {
                return Err(refused(IdentityProofError::CodeUsed));
            }
            return Ok(Some(GoodProof {
                record: ProofRecord {
                    made_at: code.made_at,
                    ..record
                },
                person: None,
                code: Some(place),
            }));
        }
        let claimed = Claimed {
            identity,
            key,
            now,
            skew_secs: self.policy.clock_skew_secs,
        };
        let token = self.proofs.check_token(kind, &sent.value, &claimed);
        let token = token.map_err(refused)?;
        let parts = [token.issuer.as_bytes(), token.subject.as_bytes()];
        let person = self.sealer.hash("person", &parts).to_vec();
        Ok(Some(GoodProof {
            record: ProofRecord {
                made_at: token.issued_at.min(now),
                persons: vec![PersonRecord {
                    issuer: token.issuer,
                    person: BASE64URL_NOPAD.encode(&person),
                }],
                ..record
            },
            person: Some(Unique {
                space: spaces::PERSON,
                value: person,
            }),
            code: None,
        }))
    }

    /// Takes what the proof stands on for an act on a citizen.
    ///
    /// # Errors
    /// The code was used meanwhile; the person is another citizen already, which is for the desk.
    pub(crate) async fn hold_proof(&self, proof: &GoodProof, act: Owner) -> Result<(), Refusal> {
        if let Some(code) = &proof.code
            && !self.take_code(code, act).await?
        {
            return Err(Refusal::ProofRefused(IdentityProofError::CodeUsed));
        }
        if let Some(person) = &proof.person
            && !self.take_person(person, act).await?
        {
            return Err(Refusal::NeedsDesk);
        }
        Ok(())
    }

    /// Lets go of what an act took and did not use.
    pub(crate) async fn let_go_of_proof(
        &self,
        proof: &GoodProof,
        act: Owner,
    ) -> Result<(), StoreError> {
        let code = proof.code.as_ref().map(CodePlace::use_of);
        for unique in code.into_iter().chain(proof.person.clone()) {
            self.units.store().release(unique, act).await?;
        }
        Ok(())
    }

    /// Once the citizen is written.
    pub(crate) async fn note_proof(
        &self,
        proof: &GoodProof,
        citizen: CitizenId,
    ) -> Result<(), Refusal> {
        match &proof.code {
            Some(code) => self.note_use(code, citizen).await,
            None => Ok(()),
        }
    }

    async fn take_person(&self, person: &Unique, act: Owner) -> Result<bool, Refusal> {
        let store = self.units.store();
        for _ in 0..TRIES {
            let owners = store.reserve(vec![person.clone()], act).await?;
            let owner = owners.first().copied().ok_or(StoreError::Faulted)?;
            if owner.citizen == act.citizen {
                return Ok(true);
            }
            if self.units.settle(owner).await? == Settled::Done {
                let registration = self.standing(owner.citizen, "").await?.registration;
                let proof = registration.and_then(|it| it.proof);
                let person = BASE64URL_NOPAD.encode(&person.value);
                let names = |proof: ProofRecord| proof.persons.iter().any(|it| it.person == person);
                if proof.is_some_and(names) {
                    return Ok(false);
                }
            }
            // Of somebody who was erased, or taken over, or of an act that never was.
            store.release(person.clone(), owner).await?;
        }
        Err(StoreError::Conflict.into())
    }

    /// How a citizen is proven.
    pub(crate) async fn proof_standing(
        &self,
        citizen: CitizenId,
    ) -> Result<Option<ProofStanding>, StoreError> {
        let registration = self.standing(citizen, "").await?.registration;
        let proof = registration.and_then(|it| it.proof);
        Ok(proof.map(|proof| proof.standing()))
    }
}

health_code_core::hidden_debug!(ProofRecord, PersonRecord, GoodProof);
