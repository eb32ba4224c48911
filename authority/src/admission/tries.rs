//! How often somebody may try whether documents are registered.
//!
//! A device that is registered counts for itself, and against an allowance of its address's registered devices, which is wider
//! than that of the others: so a stranger on the same address holds nobody up who has a registration, unless with many of those.
//!
//! Invariant: a try counts only where it was refused for that, or put another document in the place of one; whoever has none left is refused before the document is looked
//! at, so that the refusal says nothing of it. Forgotten when the process ends; bounded in memory.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use super::TooMany;
use super::shares::network;

/// Tries of one device a day: a person needs two or three.
const OF_DEVICE: u32 = 10;
/// How much wider the allowance of an address's registered devices is than that of the others.
const REGISTERED_FACTOR: u32 = 10;
/// Devices, and addresses, that are remembered at once.
const REMEMBERED: usize = 1 << 16;
const DAY_MS: u64 = 86_400_000;

/// See the module.
pub(crate) struct Tries {
    devices: Counted<String>,
    addresses: Counted<IpAddr>,
    /// Of devices that are registered.
    addresses_of_registered: Counted<IpAddr>,
}

impl std::fmt::Debug for Tries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tries")
    }
}

impl Tries {
    /// So many tries a day of one address.
    pub(crate) fn new(of_address: u32) -> Self {
        Self {
            devices: Counted::new(OF_DEVICE),
            addresses: Counted::new(of_address),
            addresses_of_registered: Counted::new(of_address.saturating_mul(REGISTERED_FACTOR)),
        }
    }

    /// Refuses where none is left; `now_ms` monotonic, here and below.
    pub(crate) fn check(
        &self,
        device: TryingDevice<'_>,
        address: IpAddr,
        now_ms: u64,
    ) -> Result<(), TooMany> {
        self.devices.check(&device.id.to_owned(), now_ms)?;
        self.addresses_of(device).check(&network(address), now_ms)
    }

    /// Notes a try of this device and address at `now_ms`, Unix milliseconds.
    pub(crate) fn count(&self, device: TryingDevice<'_>, address: IpAddr, now_ms: u64) {
        self.devices.count(device.id.to_owned(), now_ms);
        self.addresses_of(device).count(network(address), now_ms);
    }

    const fn addresses_of(&self, device: TryingDevice<'_>) -> &Counted<IpAddr> {
        if device.is_registered {
            &self.addresses_of_registered
        } else {
            &self.addresses
        }
    }
}

/// Who tries.
#[derive(Clone, Copy)]
pub(crate) struct TryingDevice<'a> {
    pub(crate) id: &'a str,
    pub(crate) is_registered: bool,
}

/// Counts by key, each of which comes back by itself: half of a day's may be used at once.
struct Counted<K> {
    /// How long it takes until one comes back, milliseconds.
    each_ms: u64,
    most_ms: u64,
    /// When all will have come back.
    full_at: Mutex<HashMap<K, u64>>,
}

impl<K: Eq + Hash> Counted<K> {
    fn new(a_day: u32) -> Self {
        let each_ms = (DAY_MS / u64::from(a_day.max(1))).max(1);
        Self {
            each_ms,
            most_ms: each_ms.saturating_mul(u64::from((a_day / 2).max(1))),
            full_at: Mutex::default(),
        }
    }

    fn check(&self, key: &K, now_ms: u64) -> Result<(), TooMany> {
        let full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let used_ms = full_at.get(key).map_or(0, |at| at.saturating_sub(now_ms));
        let wait_ms = (used_ms + self.each_ms).saturating_sub(self.most_ms);
        if wait_ms == 0 {
            return Ok(());
        }
        Err(TooMany {
            retry_after_secs: wait_ms / 1_000 + 1,
        })
    }

    fn count(&self, key: K, now_ms: u64) {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED {
            full_at.retain(|_, at| *at > now_ms);
        }
        // Who fills it does so from as many addresses: then nothing here would hold them up.
        if full_at.len() >= REMEMBERED {
            full_at.clear();
        }
        let at = full_at.entry(key).or_insert(now_ms);
        *at = (*at).max(now_ms).saturating_add(self.each_ms);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{DAY_MS, Tries, TryingDevice};

    #[test]
    fn tries_come_back_over_a_day_and_one_address_is_not_another() {
        let tries = Tries::new(20);
        let here = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        let there = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));
        for number in 0..10 {
            let device = format!("device {number}");
            assert_eq!(tries.check(new(&device), here, 0), Ok(()));
            tries.count(new(&device), here, 0);
        }
        let wait = tries.check(new("another"), here, 0).expect_err("used up");
        assert_eq!(wait.retry_after_secs, DAY_MS / 20 / 1_000 + 1);
        assert_eq!(tries.check(new("another"), there, 0), Ok(()));
        assert_eq!(tries.check(new("another"), here, DAY_MS / 20), Ok(()));
        // One device, from wherever it asks.
        for _ in 0..5 {
            assert_eq!(tries.check(new("one"), there, 0), Ok(()));
            tries.count(new("one"), there, 0);
        }
        assert!(
            tries
                .check(new("one"), IpAddr::V4(Ipv4Addr::LOCALHOST), 0)
                .is_err()
        );
        assert_eq!(tries.check(new("one"), there, DAY_MS), Ok(()));
    }

    #[test]
    fn who_is_registered_waits_for_registered_ones_alone() {
        let tries = Tries::new(2);
        let here = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        tries.count(new("stranger"), here, 0);
        assert!(tries.check(new("another"), here, 0).is_err());
        for number in 0..10 {
            let device = format!("device {number}");
            assert_eq!(tries.check(registered(&device), here, 0), Ok(()));
            tries.count(registered(&device), here, 0);
        }
        assert!(tries.check(registered("one more"), here, 0).is_err());
    }

    fn registered(id: &str) -> TryingDevice<'_> {
        TryingDevice {
            id,
            is_registered: true,
        }
    }

    fn new(id: &str) -> TryingDevice<'_> {
        TryingDevice {
            id,
            is_registered: false,
        }
    }
}
