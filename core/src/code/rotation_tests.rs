//! Slots, clocks, places, keys.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{CodeError, Rotation};
use crate::code::{Checkpoint, read_code};
use crate::ports::{DeviceSigner, PortError};
use crate::testing::device_key::{LostDeviceKey, SoftwareP256};
use crate::testing::nation::{Nation, sample_claims};
use crate::trust::{DevicePublicKey, PresentationPolicy, SoftwareEd25519};

const NOW: i64 = 1_800_000_000;
const NOW_MS: i64 = NOW * 1_000;

/// Counts what the host's key is asked for.
struct Counting(SoftwareP256, AtomicU32);

impl DeviceSigner for Counting {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        self.0.public_key()
    }
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.sign(message)
    }
    fn is_hardware(&self) -> bool {
        true
    }
}

fn fixture() -> (Nation, Counting, Rotation) {
    let nation = Nation::at(NOW);
    let signer = Counting(SoftwareP256::from_seed(&[7; 32]), AtomicU32::new(0));
    let credential = nation.issue(&sample_claims(signer.public_key().unwrap(), NOW));
    let rotation = Rotation::new(credential, &PresentationPolicy::default()).unwrap();
    (nation, signer, rotation)
}

#[test]
fn one_signature_for_a_slot() {
    let (nation, signer, mut rotation) = fixture();
    let first = rotation.code_at(NOW_MS + 400, &signer).unwrap();
    assert_eq!(
        (first.valid_from_ms, first.remaining_ms),
        (NOW_MS + 400, 25_000)
    );
    let later = rotation.code_at(NOW_MS + 25_399, &signer).unwrap();
    assert_eq!((&later.text, later.remaining_ms), (&first.text, 1));
    assert_eq!(signer.1.load(Ordering::SeqCst), 1);
    let second = rotation.code_at(NOW_MS + 25_400, &signer).unwrap();
    assert_ne!(second.text, first.text);
    assert_eq!(second.remaining_ms, 25_000);
    assert_eq!(signer.1.load(Ordering::SeqCst), 2);

    let checkpoint = Checkpoint::new(nation.trust, None, None);
    assert!(checkpoint.check(&first.text, NOW + 24).accepted);
    assert!(checkpoint.check(&second.text, NOW + 26).accepted);
}

#[test]
fn a_clock_that_goes_back_ends_the_slot() {
    let (_, signer, mut rotation) = fixture();
    let first = rotation.code_at(NOW_MS, &signer).unwrap();
    let back = rotation.code_at(NOW_MS - 1, &signer).unwrap();
    assert_ne!(first.text, back.text);
    for extreme in [i64::MIN, i64::MAX] {
        // Before the credential's start the start is signed; after the end of time nothing is.
        let frame = rotation.code_at(extreme, &signer);
        assert_eq!(frame.is_ok(), extreme < 0);
    }
    let early = rotation.code_at(0, &signer).unwrap();
    let start = rotation.claims().issued_at();
    assert_eq!(read_code(&early.text).unwrap().issued_at, start);
}

#[test]
fn an_expired_credential_goes_on_being_shown() {
    let (_, signer, mut rotation) = fixture();
    let end = rotation.claims().expires_at;
    let frame = rotation.code_at((end + 5) * 1_000, &signer).unwrap();
    assert_eq!(read_code(&frame.text).unwrap().issued_at, end + 5);
}

#[test]
fn a_place_takes_effect_at_once() {
    let (_, signer, mut rotation) = fixture();
    let anywhere = rotation.code_at(NOW_MS, &signer).unwrap();
    rotation.set_audience(Some("HZ-00042".to_owned())).unwrap();
    let bound = rotation.code_at(NOW_MS + 1, &signer).unwrap();
    assert_ne!(anywhere.text, bound.text);
    let read = read_code(&bound.text).unwrap();
    assert_eq!(read.audience.as_deref(), Some("HZ-00042"));
    assert_eq!(bound.text.len(), 365);

    let refused = rotation.set_audience(Some("hz".to_owned()));
    assert_eq!(refused, Err(CodeError::AudienceInvalid));
    rotation.set_audience(Some("HZ-00042".to_owned())).unwrap();
    let same = rotation.code_at(NOW_MS + 2, &signer).unwrap();
    assert_eq!(same.text, bound.text);
    rotation.set_audience(None).unwrap();
    let free = rotation.code_at(NOW_MS + 3, &signer).unwrap();
    assert_eq!(read_code(&free.text).unwrap().audience, None);
}

#[test]
fn failures_are_named() {
    let (_, signer, mut rotation) = fixture();
    let other = SoftwareEd25519::from_seed(&[1; 32]);
    let mismatch = rotation.code_at(NOW_MS, &other);
    assert_eq!(mismatch, Err(CodeError::SignerMismatch));
    let lost = LostDeviceKey(signer.public_key().unwrap());
    let failed = rotation.code_at(NOW_MS, &lost);
    assert_eq!(failed, Err(CodeError::SignerFailed));
    let malformed = Rotation::new(vec![0x84], &PresentationPolicy::default());
    assert_eq!(malformed.err(), Some(CodeError::CredentialMalformed));
}
