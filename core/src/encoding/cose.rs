//! Untagged COSE_Sign1 (RFC 9052, 4.2) with empty unprotected headers: layout, and what is signed.
//!
//! Invariant: a signature covers the protected header, the payload and `external_aad`, which names what the
//! message is, so a signature made for one kind is never good for another (RFC 9052, 4.3).

use ed25519_dalek::{Signature, SigningKey, VerifyingKey};

use super::cbor::{self, NotCanonical, Reader};

/// Ed25519 (RFC 9864).
pub(crate) const ED25519: i64 = -19;
/// ECDSA with P-256 and SHA-256 (RFC 9864).
pub(crate) const ESP256: i64 = -9;

/// Header label: algorithm.
pub(crate) const ALG: u64 = 1;
/// Header label: key id.
pub(crate) const KID: u64 = 4;
/// Header label: claims of a CWT in the header (RFC 9597).
pub(crate) const CWT_CLAIMS: u64 = 15;
/// Header label: content type, `typ` (RFC 9596).
pub(crate) const TYP: u64 = 16;

/// Length of every signature, bytes.
pub(crate) const SIGNATURE_BYTES: usize = 64;

/// The parts of a COSE_Sign1.
#[derive(Clone, Copy)]
pub(crate) struct Sign1<'b> {
    pub(crate) protected: &'b [u8],
    pub(crate) payload: &'b [u8],
    pub(crate) signature: &'b [u8; SIGNATURE_BYTES],
}

impl<'b> Sign1<'b> {
    /// The next item.
    pub(crate) fn read(reader: &mut Reader<'b>) -> Result<Self, NotCanonical> {
        reader.array(4)?;
        let protected = reader.bytes()?;
        reader.map_of(0)?;
        let payload = reader.bytes()?;
        let signature = reader.byte_array()?;
        Ok(Self {
            protected,
            payload,
            signature,
        })
    }

    /// All of `bytes`.
    pub(crate) fn read_all(bytes: &'b [u8]) -> Result<Self, NotCanonical> {
        let mut reader = Reader::new(bytes);
        let parts = Self::read(&mut reader)?;
        reader.end()?;
        Ok(parts)
    }

    /// What the signature is over, put into `out`.
    pub(crate) fn signed_bytes(&self, external_aad: &[u8], out: &mut Vec<u8>) {
        out.clear();
        write_signed_bytes(self.protected, external_aad, self.payload, out);
    }

    /// Whether the signature is `key`'s. `scratch` is overwritten.
    pub(crate) fn is_signed_by(
        &self,
        key: &VerifyingKey,
        external_aad: &[u8],
        scratch: &mut Vec<u8>,
    ) -> bool {
        #[cfg(test)]
        verifications::add();
        self.signed_bytes(external_aad, scratch);
        key.verify_strict(scratch, &Signature::from_bytes(self.signature))
            .is_ok()
    }
}

/// Makes a COSE_Sign1, signed by `sign`.
pub(crate) fn sign1<E>(
    protected: &[u8],
    external_aad: &[u8],
    payload: &[u8],
    sign: impl FnOnce(&[u8]) -> Result<[u8; SIGNATURE_BYTES], E>,
) -> Result<Vec<u8>, E> {
    let length = protected.len() + payload.len() + external_aad.len() + SIGNATURE_BYTES + 32;
    let mut out = Vec::with_capacity(length);
    write_signed_bytes(protected, external_aad, payload, &mut out);
    let signature = sign(&out)?;
    out.clear();
    cbor::write_array(&mut out, 4);
    cbor::write_bytes(&mut out, protected);
    cbor::write_map(&mut out, 0);
    cbor::write_bytes(&mut out, payload);
    cbor::write_bytes(&mut out, &signature);
    Ok(out)
}

/// The Sig_structure of RFC 9052, 4.4.
pub(crate) fn write_signed_bytes(
    protected: &[u8],
    external_aad: &[u8],
    payload: &[u8],
    out: &mut Vec<u8>,
) {
    cbor::write_array(out, 4);
    cbor::write_text(out, "Signature1");
    cbor::write_bytes(out, protected);
    cbor::write_bytes(out, external_aad);
    cbor::write_bytes(out, payload);
}

/// Makes a COSE_Sign1 with an issuer's key.
pub(crate) fn sign1_ed25519(
    protected: &[u8],
    external_aad: &[u8],
    payload: &[u8],
    key: &SigningKey,
) -> Vec<u8> {
    let sign = |message: &[u8]| {
        Ok::<_, std::convert::Infallible>(ed25519_dalek::Signer::sign(key, message).to_bytes())
    };
    match sign1(protected, external_aad, payload, sign) {
        Ok(bytes) => bytes,
    }
}

/// How many Ed25519 signatures this thread verified: what tests of "once for the same bytes" count.
#[cfg(test)]
pub(crate) mod verifications {
    use std::cell::Cell;

    thread_local! {
        static COUNT: Cell<u32> = const { Cell::new(0) };
    }

    pub(super) fn add() {
        COUNT.set(COUNT.get() + 1);
    }

    /// The number since the last call.
    pub(crate) fn take() -> u32 {
        COUNT.take()
    }
}

crate::hidden_debug!(Sign1<'_>);
