//! How much one device, one address and all together may ask.
//!
//! Invariant: a device's allowance is touched only by requests that it signed, so nobody can use up another's;
//! everything else is counted against the address it came from (an IPv6 address by its /64): what is public and what costs
//! next to nothing against one allowance, what costs a look into the store or a signature against a smaller one. Where that one is used up,
//! no signature is looked at any more but of devices that are known, until somebody signs wrongly in their names as well.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as GovernorClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use health_code_core::ports::Clock;

use super::shares::{NoPlace, Place, Shares, network};
use crate::config::Config;

/// Requests with a large body at the same time.
const LARGE_BODIES: usize = 4;
/// Bodies on their way for each request that may run.
const RECEIVING: usize = 4;

/// An allowance is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// When the next request may come.
    pub(crate) retry_after_secs: u64,
}

/// The port's monotonic clock as the limiter reads it.
#[derive(Clone)]
struct PortClock(Arc<dyn Clock>);

impl GovernorClock for PortClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.read().monotonic_ms)
    }
}

type Keyed<K> = RateLimiter<
    K,
    DashMapStateStore<K>,
    PortClock,
    NoOpMiddleware<<PortClock as GovernorClock>::Instant>,
>;

/// What devices and addresses may ask, counted in this process alone.
pub(crate) struct Limits {
    devices: Keyed<String>,
    addresses: Failures<IpAddr>,
    /// Wrong signatures in the name of a device that is known.
    in_name_of: Failures<String>,
    reads: Keyed<IpAddr>,
    running: Arc<Shares>,
    receiving: Arc<Shares>,
    large: Arc<Shares>,
    clock: PortClock,
}

/// An allowance that can be asked whether it is used up.
struct Failures<K: Hash + Eq + Clone> {
    allowance: Keyed<K>,
    used_up: Mutex<HashMap<K, Duration>>,
}

impl<K: Hash + Eq + Clone> Failures<K> {
    fn new(quota: Quota, clock: &PortClock) -> Self {
        Self {
            allowance: RateLimiter::dashmap_with_clock(quota, clock.clone()),
            used_up: Mutex::default(),
        }
    }

    /// Counts one more, or tells from when on there is room again.
    fn count(&self, key: K) -> Result<(), Duration> {
        self.allowance.check_key(&key).map_err(|until| {
            let earliest = until.earliest_possible();
            self.lock().insert(key, earliest);
            earliest
        })
    }

    /// From when on there is room again, where there is none at `now`.
    fn used_up(&self, key: &K, now: Duration) -> Option<Duration> {
        self.lock().get(key).copied().filter(|until| now < *until)
    }

    fn forget_idle(&self, now: Duration) {
        self.allowance.retain_recent();
        self.lock().retain(|_, until| now < *until);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<K, Duration>> {
        self.used_up.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    pub(crate) fn new(config: &Config, clock: Arc<dyn Clock>) -> Self {
        let clock = PortClock(clock);
        let quota = |per_minute: u32, burst: u32| {
            Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN))
                .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN))
        };
        Self {
            devices: RateLimiter::dashmap_with_clock(
                quota(config.device_requests_per_minute, config.device_burst),
                clock.clone(),
            ),
            addresses: Failures::new(
                quota(config.address_requests_per_minute, config.address_burst),
                &clock,
            ),
            in_name_of: Failures::new(
                quota(config.device_requests_per_minute, config.device_burst),
                &clock,
            ),
            reads: RateLimiter::dashmap_with_clock(
                quota(config.address_reads_per_minute, config.address_reads_burst),
                clock.clone(),
            ),
            running: Shares::new(
                config.concurrent_requests,
                config.address_concurrent_requests,
            ),
            receiving: Shares::new(
                config.concurrent_requests.saturating_mul(RECEIVING),
                config.address_concurrent_requests.saturating_mul(RECEIVING),
            ),
            large: Shares::new(LARGE_BODIES, 1),
            clock,
        }
    }

    /// Counts a request that `device_id` signed.
    pub(crate) fn count_device(&self, device_id: &str) -> Result<(), TooMany> {
        self.devices
            .check_key(&device_id.to_owned())
            .map_err(|until| self.refuse(until.earliest_possible()))
    }

    /// Counts a request that no registered device signed, and that costs something.
    pub(crate) fn count_address(&self, address: IpAddr) -> Result<(), TooMany> {
        self.addresses
            .count(network(address))
            .map_err(|earliest| self.refuse(earliest))
    }

    /// Counts a request for what is public, or for a nonce.
    pub(crate) fn count_read(&self, address: IpAddr) -> Result<(), TooMany> {
        self.reads
            .check_key(&network(address))
            .map_err(|until| self.refuse(until.earliest_possible()))
    }

    /// Whether a signature in the name of this device, which is known already or not, is looked at.
    pub(crate) fn may_verify(
        &self,
        address: IpAddr,
        device_id: &str,
        is_known: bool,
    ) -> Result<(), TooMany> {
        let now = self.clock.now();
        if is_known
            && self
                .in_name_of
                .used_up(&device_id.to_owned(), now)
                .is_none()
        {
            return Ok(());
        }
        let used_up = self.addresses.used_up(&network(address), now);
        used_up.map_or(Ok(()), |until| Err(self.refuse(until)))
    }

    /// Counts a signature that was not this device's.
    pub(crate) fn count_wrong_signature(
        &self,
        address: IpAddr,
        known_device: Option<&str>,
    ) -> Result<(), TooMany> {
        if let Some(device_id) = known_device {
            // The answer is the address's: nobody is refused for what others do in their name.
            let _ = self.in_name_of.count(device_id.to_owned());
        }
        self.count_address(address)
    }

    /// A place among the running requests; a trusted proxy speaks for many.
    pub(crate) fn enter(&self, address: IpAddr, is_proxy: bool) -> Result<Place, NoPlace> {
        self.running.enter(address, is_proxy)
    }

    /// A place among those whose bodies are on their way: they wait for somebody, and hold what has come so far.
    pub(crate) fn receive(&self, address: IpAddr, is_proxy: bool) -> Result<Place, NoPlace> {
        self.receiving.enter(address, is_proxy)
    }

    /// A place among those whose bodies are large, which all are held in memory: one an address.
    pub(crate) fn enter_large(&self, address: IpAddr, is_proxy: bool) -> Result<Place, NoPlace> {
        self.large.enter(address, is_proxy)
    }

    /// Forgets devices and addresses whose allowance is full again.
    pub(crate) fn forget_idle(&self) {
        let now = self.clock.now();
        self.devices.retain_recent();
        self.reads.retain_recent();
        self.addresses.forget_idle(now);
        self.in_name_of.forget_idle(now);
    }

    fn refuse(&self, earliest: Duration) -> TooMany {
        let wait: Nanos = earliest.duration_since(self.clock.now());
        TooMany {
            retry_after_secs: Duration::from(wait).as_secs() + 1,
        }
    }
}
