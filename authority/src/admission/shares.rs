//! Places of which no address takes more than its share.
//!
//! Invariant: a place is free again when it is dropped; an IPv6 address counts by its /64, and all of a /48 have so many
//! shares ([`OF_SITE`]) and no more: a subscriber may own that much, and a carrier's phones share it. What the places are for is not known here.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Shares of an IPv6 /48.
const OF_SITE: usize = 8;

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
    by_site: HashMap<[u16; 3], usize>,
}

/// A connection's or a request's place while it lasts; freed when dropped.
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
        let site = site(network);
        let of_site = site.and_then(|site| taken.by_site.get(&site).copied());
        let of_site = of_site.unwrap_or(0);
        let is_taken =
            of_one >= self.most_of_one || of_site >= self.most_of_one.saturating_mul(OF_SITE);
        if is_taken && !speaks_for_many {
            return Err(NoPlace::ShareTaken);
        }
        taken.all += 1;
        taken.by_network.insert(network, of_one + 1);
        if let Some(site) = site {
            taken.by_site.insert(site, of_site + 1);
        }
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
        give_back(&mut taken.by_network, self.network);
        if let Some(site) = site(self.network) {
            give_back(&mut taken.by_site, site);
        }
    }
}

fn give_back<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: K) {
    if let Entry::Occupied(mut count) = counts.entry(key) {
        *count.get_mut() -= 1;
        if *count.get() == 0 {
            count.remove();
        }
    }
}

/// The /48 of an IPv6 address.
const fn site(address: IpAddr) -> Option<[u16; 3]> {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            Some([a, b, c])
        }
        IpAddr::V4(_) => None,
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

    use super::{NoPlace, OF_SITE, Shares, network};

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
        assert!(taken.by_site.is_empty());
    }

    #[test]
    fn many_networks_of_one_site_are_one_site() {
        let shares = Shares::new(1_000, 2);
        let enter = |address: String, for_many| {
            let address = address.parse().expect("an address");
            shares.enter(address, for_many)
        };
        let of_site = |network: usize| format!("2001:db8:1:{network:x}::1");
        let mut places: Vec<_> = (0..2 * OF_SITE)
            .map(|network| enter(of_site(network), false).expect("a place"))
            .collect();
        let refused = enter(of_site(500), false).expect_err("the site has its shares");
        assert_eq!(refused, NoPlace::ShareTaken);
        for other in ["2001:db8:2::1", "192.0.2.1", "::ffff:192.0.2.2"] {
            enter(other.to_owned(), false).expect("elsewhere");
        }
        enter(of_site(501), true).expect("a proxy");
        places.pop();
        enter(of_site(502), false).expect("one came back");
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
