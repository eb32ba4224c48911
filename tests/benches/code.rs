//! What a code costs beyond its signatures, against the bare signatures in the same run.
//!
//! `cargo xtask bench code` prints a markdown table. Each row times ours and the baseline in
//! turns, so that a busy machine slows both; the ratio is the median of the rounds' ratios.
#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

use std::hint::black_box;
use std::time::Instant;

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use health_code_core::code::{Checkpoint, Rotation, issue_credential, present, read_code};
use health_code_core::ports::{DeviceSigner, PortError};
use health_code_core::testing::nation::{Nation, sample_claims};
use health_code_core::trust::{DevicePublicKey, PresentationPolicy, SoftwareEd25519};
use health_code_tests::forge::{DeviceKey, Forgery, sig_structure};
use health_code_tests::vectors::NOW;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    UnparsedPublicKey,
};

const ROUNDS: usize = 300;
/// Presentations that one checkpoint can be shown at one instant.
const SLOTS: u16 = 60;

/// The fastest P-256 signer at hand: the smaller the signature's share, the harder the ratio.
struct RingP256(EcdsaKeyPair, SystemRandom, DevicePublicKey);

impl RingP256 {
    fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random)
                .expect("a key");
        let point = pair.public_key().as_ref();
        let mut compressed = [0; 33];
        compressed[0] = 2 | point[64] & 1;
        compressed[1..].copy_from_slice(&point[1..33]);
        Self(pair, random, DevicePublicKey::P256(compressed))
    }
}

impl DeviceSigner for RingP256 {
    fn public_key(&self) -> Result<DevicePublicKey, PortError> {
        Ok(self.2)
    }
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, PortError> {
        let signature = self.0.sign(&self.1, message);
        Ok(signature
            .map_err(|_| PortError::HostFailed)?
            .as_ref()
            .to_vec())
    }
    fn is_hardware(&self) -> bool {
        false
    }
}

/// Microseconds for one of `times` calls.
fn micros(times: usize, mut work: impl FnMut(usize)) -> f64 {
    let start = Instant::now();
    for number in 0..times {
        work(number);
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(u32::try_from(times).expect("few"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Calls `round` `depth` frames further down: where its data lie on the stack changes a verification's time by more
/// than all that is not cryptography takes, so the rounds lie at different places.
#[inline(never)]
fn at_depth(depth: usize, round: &mut dyn FnMut() -> (f64, f64)) -> (f64, f64) {
    let frame = black_box([0_u8; 48]);
    let times = if depth == 0 {
        round()
    } else {
        at_depth(depth - 1, round)
    };
    black_box(&frame);
    times
}

/// One row: `round` gives the two times.
fn row(what: &str, baseline: &str, goal: &str, mut round: impl FnMut() -> (f64, f64)) {
    round();
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|number| at_depth(number % 64, &mut round))
        .collect();
    let ours = median(rounds.iter().map(|(ours, _)| *ours).collect());
    let raw = median(rounds.iter().map(|(_, raw)| *raw).collect());
    let ratio = median(rounds.iter().map(|(ours, raw)| ours / raw).collect());
    let rest = median(rounds.iter().map(|(ours, raw)| ours - raw).collect());
    println!("| {what} | {ours:.2} | {baseline} | {raw:.2} | {ratio:.3} | {rest:+.2} | {goal} |");
}

fn making(name: &str, nation: &Nation, signer: &dyn DeviceSigner, message: &[u8]) {
    let claims = sample_claims(signer.public_key().expect("a key"), NOW);
    let credential = nation.issue(&claims);
    row(
        &format!("present, {name}"),
        "device signature alone",
        "<= 1.10",
        || {
            let ours = micros(50, |_| {
                black_box(present(black_box(&credential), NOW, None, signer).expect("a code"));
            });
            let raw = micros(50, |_| {
                black_box(signer.sign(black_box(message)).expect("a signature"));
            });
            (ours, raw)
        },
    );
    let mut rotation =
        Rotation::new(credential, &PresentationPolicy::default()).expect("a rotation");
    let mut now_ms = NOW * 1_000;
    row(
        &format!("rotation's next frame, {name}"),
        "device signature alone",
        "<= 1.10",
        || {
            let ours = micros(50, |_| {
                now_ms += 25_000;
                black_box(rotation.code_at(now_ms, signer).expect("a frame"));
            });
            let raw = micros(50, |_| {
                black_box(signer.sign(black_box(message)).expect("a signature"));
            });
            (ours, raw)
        },
    );
}

/// The two signatures of a code, ready for the primitives.
struct Signed {
    issuer: VerifyingKey,
    issuer_message: Vec<u8>,
    issuer_signature: Signature,
    device_message: Vec<u8>,
    device_signature: [u8; 64],
}

impl Signed {
    fn new(code: &Forgery) -> Self {
        let (header, claims) = (code.credential_header(), code.credential_claims());
        let issuer_message = sig_structure(&header, code.credential_aad, &claims);
        let bytes = code.bytes();
        Self {
            issuer: code.issuer.verifying_key(),
            issuer_signature: code.issuer.sign(&issuer_message),
            issuer_message,
            device_message: code.signed_by_device(),
            device_signature: bytes[bytes.len() - 64..].try_into().expect("64 bytes"),
        }
    }

    fn verify_issuer(&self) -> bool {
        self.issuer
            .verify_strict(black_box(&self.issuer_message), &self.issuer_signature)
            .is_ok()
    }
}

fn checking(name: &str, nation: &Nation, code: &Forgery, verify_device: &dyn Fn(&Signed) -> bool) {
    let codes: Vec<Forgery> = (0..SLOTS)
        .map(|slot| code.with(|code| code.issued_at -= u64::from(slot)))
        .collect();
    // The same signatures on both sides: the time of a verification depends on its numbers.
    let signed: Vec<Signed> = codes.iter().map(Signed::new).collect();
    let codes: Vec<String> = codes.iter().map(Forgery::text).collect();
    row(
        &format!("check, {name}"),
        "its two verifications alone",
        "<= 1.05, <= 1.5 us",
        || {
            let checkpoint = Checkpoint::new(nation.trust.clone(), None, None);
            let (mut ours, mut raw) = (0.0, 0.0);
            // One after the other, and who goes first in turns: a drifting machine slows both alike.
            for slot in 0..usize::from(SLOTS) {
                let mut check = || {
                    ours += micros(1, |_| {
                        assert!(checkpoint.check(black_box(&codes[slot]), NOW).accepted);
                    });
                };
                let mut verify = || {
                    raw += micros(1, |_| {
                        assert!(signed[slot].verify_issuer() && verify_device(&signed[slot]));
                    });
                };
                if slot % 2 == 0 {
                    check();
                    verify();
                } else {
                    verify();
                    check();
                }
            }
            let (ours, raw) = (ours / f64::from(SLOTS), raw / f64::from(SLOTS));
            (ours, raw)
        },
    );
    let mut rounds: Vec<f64> = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(micros(codes.len() * 10, |number| {
            black_box(read_code(black_box(&codes[number % codes.len()])).expect("a code"));
        }));
    }
    println!(
        "| read without verifying, {name} | {:.2} | | | | | <= 1.5 us |",
        median(rounds)
    );
}

fn main() {
    let nation = Nation::at(NOW);
    let p256 = Forgery::new(&nation.hangzhou, DeviceKey::p256([7; 32]), NOW);
    let ed25519 = Forgery::new(&nation.hangzhou, DeviceKey::ed25519([7; 32]), NOW);

    println!("| what | us | baseline | us | ratio | difference, us | goal |");
    println!("|---|---|---|---|---|---|---|");
    making("P-256", &nation, &RingP256::new(), &p256.signed_by_device());
    let software = SoftwareEd25519::from_seed(&[7; 32]);
    making("Ed25519", &nation, &software, &ed25519.signed_by_device());

    let DeviceKey::P256(key) = &p256.device else {
        panic!("a P-256 key");
    };
    let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
    let verifier = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point);
    checking(
        "P-256 (key given uncompressed)",
        &nation,
        &p256,
        &|signed| {
            verifier
                .verify(black_box(&signed.device_message), &signed.device_signature)
                .is_ok()
        },
    );
    let key = DevicePublicKey::from_bytes(&p256.device_key).expect("a key");
    checking("P-256 (key given compressed)", &nation, &p256, &|signed| {
        key.verify(black_box(&signed.device_message), &signed.device_signature)
    });
    let bytes: [u8; 32] = ed25519.device_key.clone().try_into().expect("32 bytes");
    checking("Ed25519", &nation, &ed25519, &|signed| {
        let key = VerifyingKey::from_bytes(black_box(&bytes)).expect("a point");
        let signature = Signature::from_bytes(&signed.device_signature);
        key.verify_strict(black_box(&signed.device_message), &signature)
            .is_ok()
    });

    let claims = sample_claims(key, NOW);
    let message = &p256.signed_by_device()[..100];
    row("issue a credential", "Ed25519 signature alone", "", || {
        let ours = micros(50, |_| {
            black_box(issue_credential(black_box(&claims), &nation.hangzhou).expect("fits"));
        });
        let raw = micros(50, |_| {
            black_box(nation.hangzhou.sign(black_box(message)));
        });
        (ours, raw)
    });
}
