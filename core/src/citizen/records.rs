//! What the citizen's use cases store.
//!
//! Invariant: see [`RecordKind`]: numbers are never used for anything else.

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::showing::ShownCredentials;
use super::sunset::{HeardSunset, RegionEnded};
use crate::colour::Colour;
use crate::store::{Codec, KindRow, OfPhone, OfSubject, RecordKind};
use crate::wire::{Identity, SubjectId};

/// The identity as registered.
pub(super) const IDENTITY: RecordKind<Identity, OfSubject> =
    RecordKind::of_subject(16, "identity", Codec::JSON, 64 * 1024);
/// The last declared answers, to fill in the next form.
pub(super) const LAST_ANSWERS: RecordKind<Map<String, Value>, OfSubject> =
    RecordKind::of_subject(17, "last answers", Codec::JSON, 256 * 1024);
/// A form half filled in; by the form's id.
pub(super) const DRAFT: RecordKind<Map<String, Value>, OfSubject> =
    RecordKind::of_subject(18, "draft", Codec::JSON, 256 * 1024);
/// The last colour that the observer was told of.
pub(super) const TOLD_COLOUR: RecordKind<Colour, OfSubject> =
    RecordKind::of_subject(19, "told colour", Codec::JSON, 1024);
/// Seed of the device key where the phone has no hardware for it, 32 bytes.
pub(super) const DEVICE_SEED: RecordKind<Zeroizing<Vec<u8>>, OfSubject> =
    RecordKind::of_subject(24, "device seed", Codec::SECRET, 1024);
/// The dependants on this phone, in the order in which they came; the owner is always there.
pub(super) const DEPENDANTS: RecordKind<Vec<SubjectId>, OfPhone> =
    RecordKind::of_phone(26, "dependants", Codec::JSON, 4 * 1024);

/// The order that ends the codes of the subject's region, as it was first heard of.
pub(super) const SUNSET: RecordKind<HeardSunset, OfSubject> =
    RecordKind::of_subject(27, "end of the region", Codec::JSON, 64 * 1024);
/// That what was held here was erased because the region ended.
pub(super) const REGION_ENDED: RecordKind<RegionEnded, OfPhone> =
    RecordKind::of_phone(28, "erased with the region", Codec::JSON, 64 * 1024);
/// How often each credential that is held was shown.
pub(super) const SHOWN_CREDENTIALS: RecordKind<ShownCredentials, OfSubject> =
    RecordKind::of_subject(417, "credentials shown", Codec::JSON, 4 * 1024);

/// Rows of the table.
pub(crate) const RECORD_KINDS: &[KindRow] = &[
    IDENTITY.row(),
    LAST_ANSWERS.row(),
    DRAFT.row(),
    TOLD_COLOUR.row(),
    DEVICE_SEED.row(),
    DEPENDANTS.row(),
    SUNSET.row(),
    REGION_ENDED.row(),
    SHOWN_CREDENTIALS.row(),
];
