//! How much one device, one address and all together may ask.
//!
//! Invariant: a device's allowance is touched only by requests that it signed, so nobody can use up another's;
//! everything else is counted against the address it came from (an IPv6 address by its /64).

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::{Clock as GovernorClock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use health_code_core::ports::Clock;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::Config;

/// Requests with a large body at the same time.
const LARGE_BODIES: usize = 4;

/// An allowance is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// When the next request may come.
    pub(crate) retry_after_secs: u64,
}

/// As many requests are being worked on as there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoPlace;

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
    addresses: Keyed<IpAddr>,
    running: Arc<Semaphore>,
    large: Arc<Semaphore>,
    clock: PortClock,
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
            addresses: RateLimiter::dashmap_with_clock(
                quota(config.address_requests_per_minute, config.address_burst),
                clock.clone(),
            ),
            running: Arc::new(Semaphore::new(config.concurrent_requests)),
            large: Arc::new(Semaphore::new(LARGE_BODIES)),
            clock,
        }
    }

    /// Counts a request that `device_id` signed.
    pub(crate) fn count_device(&self, device_id: &str) -> Result<(), TooMany> {
        self.devices
            .check_key(&device_id.to_owned())
            .map_err(|until| self.refuse(until.earliest_possible()))
    }

    /// Counts a request that no registered device signed.
    pub(crate) fn count_address(&self, address: IpAddr) -> Result<(), TooMany> {
        self.addresses
            .check_key(&network(address))
            .map_err(|until| self.refuse(until.earliest_possible()))
    }

    /// A place among the running requests.
    pub(crate) fn enter(&self) -> Result<OwnedSemaphorePermit, NoPlace> {
        Arc::clone(&self.running)
            .try_acquire_owned()
            .map_err(|_| NoPlace)
    }

    /// A place among those whose bodies are large, which all are held in memory.
    pub(crate) fn enter_large(&self) -> Result<OwnedSemaphorePermit, NoPlace> {
        Arc::clone(&self.large)
            .try_acquire_owned()
            .map_err(|_| NoPlace)
    }

    /// Forgets devices and addresses whose allowance is full again.
    pub(crate) fn forget_idle(&self) {
        self.devices.retain_recent();
        self.addresses.retain_recent();
    }

    fn refuse(&self, earliest: Duration) -> TooMany {
        let wait: Nanos = earliest.duration_since(self.clock.now());
        TooMany {
            retry_after_secs: Duration::from(wait).as_secs() + 1,
        }
    }
}

/// A subscriber owns a whole IPv6 /64.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::network;

    #[test]
    fn a_subscriber_is_one_address_or_one_network_of_ipv6() {
        let of = |text: &str| network(text.parse::<IpAddr>().expect("an address"));
        for (one, other, is_same) in [
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
            ("2001:db8:1:2::1", "2001:db8:2:2::1", false),
            ("2001:db8:1:2::", "2001:db9:1:2::", false),
            ("2001:db8:1:2::1", "2002:db8:1:2::1", false),
            ("192.0.2.1", "192.0.2.2", false),
            ("::ffff:192.0.2.1", "192.0.2.1", true),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
        ] {
            assert_eq!(of(one) == of(other), is_same, "{one} {other}");
        }
    }
}
