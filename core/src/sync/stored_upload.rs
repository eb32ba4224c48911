//! An upload as it is stored.
//!
//! Invariant: what a newer version of the app wrote is written back as it was. What is done with it is
//! [`outbox`](super::outbox)'s business.

use minicbor::{Decode, Decoder, Encode, Encoder};

use super::error::SyncError;
use super::outcome::UploadRefusal;

/// How many fields of a stored upload this version knows.
const FIELDS: u64 = 6;

/// A stored upload. Numbers of fields and kinds are never used for anything else.
#[derive(Clone, Encode, Decode)]
pub(super) struct StoredFields {
    #[n(0)]
    pub(super) kind: u8,
    /// Order in the queue: unlike the id's timestamp it does not depend on a clock.
    #[n(1)]
    pub(super) sequence: u64,
    #[n(2)]
    pub(super) queued_at_ms: i64,
    #[cbor(n(3), with = "minicbor::bytes")]
    pub(super) body: Vec<u8>,
    #[n(4)]
    pub(super) refusal: Option<StoredRefusal>,
    /// What shows the authority when it took it, once it did.
    #[n(5)]
    pub(super) acceptance: Option<String>,
}

/// A stored upload, also one that a newer version wrote.
#[derive(Clone)]
pub(super) enum StoredUpload {
    /// With the fields that a newer version wrote after ours: their CBOR, and how many they are.
    Read {
        fields: StoredFields,
        newer: (Vec<u8>, u64),
    },
    /// Of a form that this version cannot read.
    Newer(Vec<u8>),
}

#[derive(Clone, Encode, Decode)]
pub(super) struct StoredRefusal {
    #[n(0)]
    pub(super) code: String,
    #[n(1)]
    pub(super) field: Option<String>,
    #[n(2)]
    pub(super) field_code: Option<String>,
}

impl StoredUpload {
    /// The fields, where this version can read them.
    pub(super) fn fields(self) -> Result<StoredFields, SyncError> {
        match self {
            Self::Read { fields, .. } => Ok(fields),
            Self::Newer(_) => Err(SyncError::UploadDamaged),
        }
    }

    /// When it was queued; long ago where that cannot be read.
    pub(super) fn queued_at_ms(&self) -> i64 {
        match self {
            Self::Read { fields, .. } => fields.queued_at_ms,
            Self::Newer(_) => i64::MIN,
        }
    }

    /// Has it wait at this place of the queue, not refused.
    pub(super) fn wait_again(&mut self, sequence: u64) {
        if let Self::Read { fields, .. } = self {
            fields.sequence = sequence;
            fields.refusal = None;
        }
    }

    /// Notes what shows the authority when it took it; what came before stays where nothing new did.
    pub(super) fn accepted(&mut self, acceptance: Option<String>) {
        if let (Self::Read { fields, .. }, Some(new)) = (self, acceptance) {
            fields.acceptance = Some(new);
        }
    }

    /// Gives it another place in the queue; whether that changed it.
    pub(super) fn set_sequence(&mut self, sequence: u64) -> bool {
        match self {
            Self::Read { fields, .. } if fields.sequence != sequence => {
                fields.sequence = sequence;
                true
            }
            _ => false,
        }
    }

    fn read(bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let fields = minicbor::decode(bytes)?;
        let mut decoder = Decoder::new(bytes);
        let count = decoder.array()?.unwrap_or(0);
        for _ in 0..count.min(FIELDS) {
            decoder.skip()?;
        }
        let newer = bytes.get(decoder.position()..).unwrap_or_default();
        Ok(Self::Read {
            fields,
            newer: (newer.to_vec(), count.saturating_sub(FIELDS)),
        })
    }
}

impl<'b> Decode<'b, ()> for StoredUpload {
    /// Never fails: what is sealed is not damaged, so what cannot be read was written by a newer version.
    fn decode(decoder: &mut Decoder<'b>, (): &mut ()) -> Result<Self, minicbor::decode::Error> {
        let bytes = decoder.input();
        let bytes = bytes.get(decoder.position()..).unwrap_or_default();
        decoder.set_position(decoder.input().len());
        Ok(Self::read(bytes).unwrap_or_else(|_| Self::Newer(bytes.to_vec())))
    }
}

impl Encode<()> for StoredUpload {
    fn encode<W: minicbor::encode::Write>(
        &self,
        encoder: &mut Encoder<W>,
        context: &mut (),
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let write = |encoder: &mut Encoder<W>, bytes: &[u8]| {
            let written = encoder.writer_mut().write_all(bytes);
            written.map_err(minicbor::encode::Error::write)
        };
        match self {
            Self::Newer(bytes) => write(encoder, bytes),
            Self::Read {
                fields,
                newer: (_, 0),
            } => fields.encode(encoder, context),
            Self::Read {
                fields,
                newer: (newer, count),
            } => {
                encoder.array(FIELDS + count)?;
                encoder.u8(fields.kind)?.u64(fields.sequence)?;
                encoder.i64(fields.queued_at_ms)?.bytes(&fields.body)?;
                fields.refusal.encode(encoder, context)?;
                fields.acceptance.encode(encoder, context)?;
                write(encoder, newer)
            }
        }
    }
}

impl From<StoredRefusal> for UploadRefusal {
    fn from(stored: StoredRefusal) -> Self {
        Self {
            code: stored.code,
            field: stored.field,
            field_code: stored.field_code,
        }
    }
}
