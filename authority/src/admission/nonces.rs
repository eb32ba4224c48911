//! Server nonces: what makes a signed request fresh, without trusting the phone's clock.
//!
//! Invariant: a nonce is good for one request, within five minutes of being handed out, by this process only.
//! Handing one out keeps nothing: the nonce carries its time and a MAC. Used ones are remembered until they
//! would have expired anyway. The MAC key lives as long as the process, so a restart forgets no used nonce.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use health_code_core::ports::Entropy;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::errors::AuthorityError;

/// How long a nonce is good, milliseconds.
const VALID_MS: u64 = 5 * 60 * 1_000;
/// Used nonces remembered per five minutes; beyond it signed requests are refused until the next five.
const MOST_USED: usize = 1 << 20;
const TIME_BYTES: usize = 8;
const RANDOM_BYTES: usize = 16;
const MAC_BYTES: usize = 16;

/// Why a nonce does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NonceRefusal {
    /// Not one of this process, too old, or used.
    NotFresh,
    /// Too many were used: wait.
    Overloaded,
}

/// Makes and checks nonces.
pub(crate) struct Nonces {
    key: Zeroizing<[u8; 32]>,
    used: Mutex<Used>,
}

/// Used nonces of the running five minutes and of those before.
#[derive(Default)]
struct Used {
    since_ms: u64,
    running: HashSet<[u8; RANDOM_BYTES]>,
    before: HashSet<[u8; RANDOM_BYTES]>,
}

impl std::fmt::Debug for Nonces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nonces(hidden)")
    }
}

impl Nonces {
    /// With a fresh key.
    pub(crate) fn new(entropy: &dyn Entropy) -> Result<Self, AuthorityError> {
        let mut key = Zeroizing::new([0; 32]);
        entropy
            .fill(key.as_mut_slice())
            .map_err(|_| AuthorityError::NoEntropy)?;
        Ok(Self {
            key,
            used: Mutex::default(),
        })
    }

    /// A nonce handed out at `now_ms` (monotonic); 54 characters. None if there is no randomness.
    pub(crate) fn issue(&self, now_ms: u64, entropy: &dyn Entropy) -> Option<String> {
        let mut random = [0; RANDOM_BYTES];
        entropy.fill(&mut random).ok()?;
        let time = now_ms.to_be_bytes();
        let mac = self.mac(time, &random);
        Some(BASE64URL_NOPAD.encode(&[&time[..], &random[..], &mac[..]].concat()))
    }

    /// Whether the nonce was handed out by this process within the last five minutes.
    pub(crate) fn check(&self, nonce: &str, now_ms: u64) -> Result<(), NonceRefusal> {
        self.read(nonce, now_ms).map(|_| ())
    }

    /// Takes the nonce: it is good no more.
    pub(crate) fn take(&self, nonce: &str, now_ms: u64) -> Result<(), NonceRefusal> {
        let random = self.read(nonce, now_ms)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if now_ms.saturating_sub(used.since_ms) > VALID_MS {
            used.before = std::mem::take(&mut used.running);
            // After a pause of two periods nothing of before can still be good.
            if now_ms.saturating_sub(used.since_ms) > 2 * VALID_MS {
                used.before.clear();
            }
            used.since_ms = now_ms;
        }
        if used.before.contains(&random) {
            return Err(NonceRefusal::NotFresh);
        }
        if used.running.len() >= MOST_USED {
            return Err(NonceRefusal::Overloaded);
        }
        if used.running.insert(random) {
            Ok(())
        } else {
            Err(NonceRefusal::NotFresh)
        }
    }

    fn read(&self, nonce: &str, now_ms: u64) -> Result<[u8; RANDOM_BYTES], NonceRefusal> {
        let refused = NonceRefusal::NotFresh;
        let bytes = BASE64URL_NOPAD
            .decode(nonce.as_bytes())
            .map_err(|_| refused)?;
        let (time, rest) = bytes.split_first_chunk::<TIME_BYTES>().ok_or(refused)?;
        let (random, mac) = rest.split_first_chunk::<RANDOM_BYTES>().ok_or(refused)?;
        self.keyed(*time, random)
            .verify_truncated_left(mac)
            .map_err(|_| refused)?;
        let age = now_ms
            .checked_sub(u64::from_be_bytes(*time))
            .ok_or(refused)?;
        if mac.len() != MAC_BYTES || age > VALID_MS {
            return Err(refused);
        }
        Ok(*random)
    }

    fn mac(&self, time: [u8; TIME_BYTES], random: &[u8; RANDOM_BYTES]) -> [u8; MAC_BYTES] {
        let full: [u8; 32] = self.keyed(time, random).finalize().into_bytes().into();
        let mut mac = [0; MAC_BYTES];
        mac.copy_from_slice(&full[..MAC_BYTES]);
        mac
    }

    fn keyed(&self, time: [u8; TIME_BYTES], random: &[u8; RANDOM_BYTES]) -> Hmac<Sha256> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.key.as_slice()) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(b"health-code nonce v1");
        mac.update(&time);
        mac.update(random);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::{NonceRefusal, Nonces, VALID_MS};
    use crate::system::SystemEntropy;

    #[test]
    fn a_nonce_is_good_once_and_for_five_minutes() {
        let nonces = Nonces::new(&SystemEntropy).expect("a key");
        let nonce = nonces.issue(1_000, &SystemEntropy).expect("a nonce");
        assert_eq!(nonces.check(&nonce, 1_000 + VALID_MS), Ok(()));
        assert_eq!(
            nonces.check(&nonce, 1_001 + VALID_MS),
            Err(NonceRefusal::NotFresh)
        );
        assert_eq!(nonces.check(&nonce, 999), Err(NonceRefusal::NotFresh));
        assert_eq!(nonces.take(&nonce, 2_000), Ok(()));
        assert_eq!(nonces.take(&nonce, 2_000), Err(NonceRefusal::NotFresh));
    }

    #[test]
    fn a_used_nonce_stays_used_when_the_periods_turn() {
        let nonces = Nonces::new(&SystemEntropy).expect("a key");
        let start = 10 * VALID_MS;
        let first = nonces.issue(start, &SystemEntropy).expect("a nonce");
        assert_eq!(nonces.take(&first, start), Ok(()));
        let late = nonces
            .issue(start + VALID_MS, &SystemEntropy)
            .expect("a nonce");
        assert_eq!(nonces.take(&late, start + VALID_MS), Ok(()));
        // The turn: `late` moves to the period before and still counts as used.
        let next = nonces
            .issue(start + VALID_MS + 1, &SystemEntropy)
            .expect("a nonce");
        assert_eq!(nonces.take(&next, start + VALID_MS + 1), Ok(()));
        for at in [start + VALID_MS + 1, start + 2 * VALID_MS] {
            assert_eq!(nonces.take(&late, at), Err(NonceRefusal::NotFresh));
            assert_eq!(nonces.take(&next, at), Err(NonceRefusal::NotFresh));
        }
    }

    #[test]
    fn foreign_altered_and_short_nonces_are_refused() {
        let nonces = Nonces::new(&SystemEntropy).expect("a key");
        let foreign = Nonces::new(&SystemEntropy).expect("a key");
        let nonce = foreign.issue(0, &SystemEntropy).expect("a nonce");
        assert_eq!(nonces.check(&nonce, 0), Err(NonceRefusal::NotFresh));
        let own = nonces.issue(0, &SystemEntropy).expect("a nonce");
        for cut in 0..own.len() {
            assert!(nonces.check(&own[..cut], 0).is_err());
        }
        for bad in ["", "x", "!!!!", &format!("{own}A")] {
            assert!(nonces.check(bad, 0).is_err());
        }
    }
}
