//! What syncing stores.
//!
//! Invariant: see [`RecordKind`]: numbers are never used for anything else.

use super::backoff::Pacing;
use super::batch::Batch;
use super::bundles::Held;
use super::colours_seen::ColoursSeen;
use super::credential_keys::KeyNumber;
use super::erasures::Erasure;
use super::passed_time::PassedTime;
use super::state::Meta;
use super::stored_upload::StoredUpload;
use super::trusted_time::TimeAnchor;
use super::upload_kind::Registration;
use crate::store::{
    Codec, KindRow, MAX_VALUE_BYTES, OfPhone, OfSubject, Place, RecordKind, SealedStore, StoreError,
};
use crate::wire::{Resend, Supported, UploadAnswer};

/// This device's registration.
pub(super) const REGISTRATION: RecordKind<Registration, OfSubject> =
    RecordKind::of_subject(25, "registration", Codec::JSON, 64 * 1024);
/// COSE_Sign1 with the authority's last receipt.
pub(crate) const RECEIPT: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(32, "receipt", Codec::BYTES, MAX_VALUE_BYTES);
/// The authority's last credential.
pub(crate) const CREDENTIAL: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(33, "credential", Codec::BYTES, 64 * 1024);
/// Entity tag of the answer that brought the two.
pub(super) const ETAG: RecordKind<String, OfSubject> =
    RecordKind::of_subject(34, "etag of the state", Codec::TEXT, 64 * 1024);
/// When that was and how long it counts.
pub(super) const META: RecordKind<Meta, OfSubject> =
    RecordKind::of_subject(35, "about the state", Codec::JSON, 64 * 1024);
/// Which of the subject's keys the credential is bound to.
pub(crate) const CREDENTIAL_KEY: RecordKind<KeyNumber, OfSubject> =
    RecordKind::of_subject(38, "credential key", Codec::JSON, 1024);
/// The rest of its batch.
pub(crate) const BATCH: RecordKind<Batch, OfSubject> =
    RecordKind::of_subject(416, "batch of credentials", Codec::CBOR, 16 * 1024).with_fields(&[
        "",
        "newest",
        "keyNumber",
        "others",
    ]);
/// When a correction was taken and by when it is decided; by the upload's id.
pub(super) const CORRECTION_ANSWER: RecordKind<UploadAnswer, OfSubject> =
    RecordKind::of_subject(36, "correction's answer", Codec::JSON, 64 * 1024);
/// The loss at the authority for which uploads were sent again last.
pub(super) const RESENT: RecordKind<Resend, OfSubject> =
    RecordKind::of_subject(37, "sent again for", Codec::JSON, 4 * 1024);
/// The receipts that told of another colour or reason.
pub(crate) const COLOURS_SEEN: RecordKind<ColoursSeen, OfSubject> =
    RecordKind::of_subject(39, "colours seen", Codec::CBOR, MAX_VALUE_BYTES)
        .with_fields(&["", "seen"]);
/// Tag of a part of the subject that is held as it stands for; by the part's name.
pub(super) const PART_TAG: RecordKind<String, OfSubject> =
    RecordKind::of_subject(42, "tag of a part", Codec::TEXT, 4 * 1024);
/// Names of a stored upload's fields.
const UPLOAD_FIELDS: &[&str] = &[
    "kind",
    "sequence",
    "queuedAtMs",
    "body",
    "refusal",
    "acceptance",
];
/// What waits to be sent; by its id.
pub(super) const UPLOAD: RecordKind<StoredUpload, OfSubject> =
    RecordKind::of_subject(40, "upload", Codec::CBOR, 256 * 1024).with_fields(UPLOAD_FIELDS);
/// What the authority took lately, as it was sent; by its id.
pub(super) const TAKEN: RecordKind<StoredUpload, OfSubject> =
    RecordKind::of_subject(41, "upload taken", Codec::CBOR, 256 * 1024).with_fields(UPLOAD_FIELDS);
/// Signed public bundles; by `kind/name`.
pub(crate) const BUNDLE: RecordKind<Vec<u8>, OfPhone> =
    RecordKind::of_phone(48, "bundle", Codec::BYTES, MAX_VALUE_BYTES);
/// Versions and hashes of the bundles.
pub(super) const HELD: RecordKind<Held, OfPhone> =
    RecordKind::of_phone(49, "bundles held", Codec::JSON, 256 * 1024);
/// How long to wait for the next sync.
pub(super) const PACING: RecordKind<Pacing, OfPhone> =
    RecordKind::of_phone(56, "pacing", Codec::JSON, 64 * 1024);
/// The authority's time at one reading of the phone's clocks.
pub(crate) const TIME_ANCHOR: RecordKind<TimeAnchor, OfPhone> =
    RecordKind::of_phone(57, "time anchor", Codec::JSON, 64 * 1024);
/// What has surely passed since.
pub(super) const PASSED_TIME: RecordKind<PassedTime, OfPhone> =
    RecordKind::of_phone(58, "time passed", Codec::JSON, 1024);

/// Which versions the authority goes along with.
pub(super) const SUPPORTED: RecordKind<Supported, OfPhone> =
    RecordKind::of_phone(50, "versions supported", Codec::JSON, 4 * 1024);

/// A subject that was erased, and what the authority says to it; by the id of the erasing.
pub(super) const ERASURE: RecordKind<Erasure, OfPhone> =
    RecordKind::of_phone(51, "erasure", Codec::JSON, 64 * 1024);

/// Rows of the table.
pub(crate) const RECORD_KINDS: &[KindRow] = &[
    REGISTRATION.row(),
    RECEIPT.row(),
    CREDENTIAL.row(),
    ETAG.row(),
    META.row(),
    CREDENTIAL_KEY.row(),
    BATCH.row(),
    CORRECTION_ANSWER.row(),
    RESENT.row(),
    COLOURS_SEEN.row(),
    UPLOAD.row(),
    TAKEN.row(),
    PART_TAG.row(),
    BUNDLE.row(),
    HELD.row(),
    PACING.row(),
    TIME_ANCHOR.row(),
    PASSED_TIME.row(),
    SUPPORTED.row(),
    ERASURE.row(),
];

/// What is at `place`. A record of a form that this version does not know counts as none: each of those that are read
/// this way can be had again.
pub(super) fn load<T>(store: &SealedStore, place: &Place<T>) -> Result<Option<T>, StoreError> {
    match store.read(place) {
        Err(StoreError::RecordUnreadable) => Ok(None),
        other => other,
    }
}
