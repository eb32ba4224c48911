//! What goes over the wire: a dependant taken into care, a code that is shown for it, the end of a carer's care.
//!
//! Invariant: a code leaves the phone that shows it by its screen alone; the authority knows its hash. Pure.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::care_code::CareCode;
use crate::encoding::base64;
use crate::ports::{DeviceSigner, PortError};
use crate::trust::{DEVICE_SIGNATURE_BYTES, DevicePublicKey};
use crate::wire::{Consent, Identity, SubjectId};

/// `PUT /v1/subjects/{s}/care/{uuidv7}`: the owner of the device wants to care for this person, whom the phone calls `{s}`. It
/// is answered as a registration is, [`crate::wire::RegistrationAnswer`], with the id of the citizen that the person is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareRequest {
    /// The dependant's key on this phone.
    pub key: DependantKey,
    /// Who the dependant is.
    pub identity: Identity,
    /// Day of birth, `YYYY-MM-DD`; of those alone whose document does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// What the carer agreed to for the dependant.
    pub consent: Consent,
    /// The code that another carer, or the dependant's own phone, showed; in normal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CareCode>,
}

/// A dependant's key on a phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DependantKey {
    /// Base64url: 33 bytes (P-256, SEC 1 compressed) or 32 bytes (Ed25519).
    pub public_key: String,
    /// Whether hardware holds the private key.
    pub hardware: bool,
    /// Base64url: its signature over three lines, see [`DependantKey::proof_text`].
    pub proof: String,
}

impl DependantKey {
    /// The key of `signer` with its proof.
    ///
    /// # Errors
    /// What `signer` returns.
    pub fn prove(
        signer: &dyn DeviceSigner,
        device_id: &str,
        subject: &SubjectId,
    ) -> Result<Self, PortError> {
        let key = signer.public_key()?;
        let text = Self::proof_text(device_id, subject);
        let signature = key.canonical_signature(&signer.sign(text.as_bytes())?)?;
        Ok(Self {
            public_key: base64::encode_url(key.as_bytes()),
            hardware: signer.is_hardware(),
            proof: base64::encode_url(&signature),
        })
    }

    /// The key, if whoever made this for the device and the subject has its private key.
    #[must_use]
    pub fn proven(&self, device_id: &str, subject: &SubjectId) -> Option<DevicePublicKey> {
        let bytes = base64::decode_url(&self.public_key)?;
        let key = DevicePublicKey::from_bytes(&bytes).ok()?;
        let proof: [u8; DEVICE_SIGNATURE_BYTES] =
            base64::decode_url(&self.proof)?.try_into().ok()?;
        let text = Self::proof_text(device_id, subject);
        key.verify(text.as_bytes(), &proof).then_some(key)
    }

    /// What the key signs: three lines, of which none can hold a line feed.
    #[must_use]
    pub fn proof_text(device_id: &str, subject: &SubjectId) -> String {
        format!("JKM1 dependant key\n{device_id}\n{}", subject.as_str())
    }
}

/// `PUT /v1/subjects/{s}/care-offers/{uuidv7}`: a code that is shown for the subject.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareOffer {
    /// Base64url of the code's [`code_hash`].
    pub code_hash: String,
    /// For whom.
    pub purpose: CarePurpose,
}

crate::app_types! {
    describe as describe_care_purpose;

    /// What a code is for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum CarePurpose {
        /// Another carer takes the subject into care as well.
        Carer,
        /// The subject's own new phone registers.
        Phone,
    }
}

/// `PUT /v1/subjects/{s}/care-ends/{uuidv7}`: whom a citizen wants for a carer no more; from the citizen's own phone alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareEnds {
    /// [`carer_id`]s; nobody else's are touched.
    pub carers: Vec<String>,
}

/// `GET /v1/subjects/{s}/parts/care`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CareStanding {
    /// Who cares for the subject.
    #[serde(default)]
    pub carers: Vec<CarerEntry>,
    /// Days, `YYYY-MM-DD`, of a child whose carers care no more from some day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<CareEndDays>,
    /// Whom the subject cares for, as many.
    #[serde(default)]
    pub dependants: u32,
    /// Most dependants of one citizen.
    #[serde(default)]
    pub most_dependants: u32,
    /// Most carers of one dependant.
    #[serde(default)]
    pub most_carers: u32,
    /// Whom the subject looked after on a phone before this one, which is to take them over; told to the subject's own phone alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedDependant>,
}

/// A dependant whose carer goes on with another phone.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MovedDependant {
    /// By which the phone before called the dependant.
    pub subject: SubjectId,
    /// Who it is.
    pub identity: Identity,
    /// Day of birth, `YYYY-MM-DD`, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
}

/// Who cares for the dependant, as each carer's phone is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CarerEntry {
    /// [`carer_id`].
    pub id: String,
    /// Since which day, `YYYY-MM-DD`.
    pub since: String,
    /// Since which day with another phone than before, `YYYY-MM-DD`; none where it is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_on: Option<String>,
}

/// When the care of a child's carers ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CareEndDays {
    /// From this day on it is told.
    pub told_from: String,
    /// The child is of age.
    pub of_age_on: String,
    /// First day on which it counts no more.
    pub ends_on: String,
}

/// How a carer is named to those who share the care: says nothing of the carer, and is another one for each dependant.
#[must_use]
pub fn carer_id(citizen_id: &str, device_id: &str) -> String {
    let text = format!("JKM1 carer\n{citizen_id}\n{device_id}");
    base64::encode_url(&Sha256::digest(text.as_bytes())[..12])
}

/// SHA-256 of a code, by which the authority finds it.
#[must_use]
pub fn code_hash(code: &CareCode) -> [u8; 32] {
    let text = format!("JKM1 care code\n{}", code.as_str());
    Sha256::digest(text.as_bytes()).into()
}

crate::hidden_debug!(
    CareRequest,
    DependantKey,
    CareOffer,
    CareEnds,
    CareStanding,
    MovedDependant,
    CarerEntry,
    CareEndDays
);
