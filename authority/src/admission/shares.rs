//! Places of which no address takes more than its share.
//!
//! Invariant: a place is free again when it is dropped; an IPv6 address counts by its /64. What the places are for is not known here.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Places.
#[derive(Debug)]
pub(super) struct Shares {
    taken: Mutex<Taken>,
    most: usize,
    most_of_one: usize,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_network: HashMap<IpAddr, usize>,
}

/// One place.
#[derive(Debug)]
pub(crate) struct Place {
    shares: Arc<Shares>,
    network: IpAddr,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// All are taken.
    AllTaken,
    /// This address has its share.
    ShareTaken,
}

impl Shares {
    pub(super) fn new(most: usize, most_of_one: usize) -> Arc<Self> {
        Arc::new(Self {
            taken: Mutex::default(),
            most,
            most_of_one,
        })
    }

    /// A place for `address`; one that speaks for many has no share of its own.
    pub(super) fn enter(
        self: &Arc<Self>,
        address: IpAddr,
        speaks_for_many: bool,
    ) -> Result<Place, NoPlace> {
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = taken.by_network.get(&network).copied().unwrap_or(0);
        if taken.all >= self.most {
            return Err(NoPlace::AllTaken);
        }
        if of_one >= self.most_of_one && !speaks_for_many {
            return Err(NoPlace::ShareTaken);
        }
        taken.all += 1;
        taken.by_network.insert(network, of_one + 1);
        Ok(Place {
            shares: Arc::clone(self),
            network,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = &self.shares.taken;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(count) = taken.by_network.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.by_network.remove(&self.network);
            }
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

    use super::{NoPlace, Shares, network};

    #[test]
    fn one_address_cannot_take_the_places_of_others() {
        let shares = Shares::new(10, 3);
        let enter = |address: &str, for_many| {
            let address = address.parse().expect("an address");
            shares.enter(address, for_many)
        };
        let same = ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(|one| enter(one, false));
        assert!(same.iter().all(Result::is_ok));
        let refused = enter("2001:db8::4", false).expect_err("the same subscriber");
        assert_eq!(refused, NoPlace::ShareTaken);
        let other = enter("2001:db8:0:1::1", false).expect("another subscriber");
        let proxy: Vec<_> = (0..5).map(|_| enter("10.0.0.1", true)).collect();
        assert!(proxy.iter().all(Result::is_ok), "many clients' proxy");
        let last = enter("192.0.2.1", false).expect("a place");
        let refused = enter("192.0.2.2", false).expect_err("none is left");
        assert_eq!(refused, NoPlace::AllTaken);
        drop((same, other, proxy, last));
        let taken = shares.taken.lock().expect("taken");
        assert_eq!((taken.all, taken.by_network.len()), (0, 0));
    }

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
