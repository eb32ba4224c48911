//! When verdicts by a trust bundle may change although no byte does.
//!
//! Invariant: between two neighbouring bounds the bundle, and what its keys signed, is judged the same; what else a
//! signed thing itself says about time is not here.

use super::{GraceOrder, IssuerKey, SunsetOrder, TrustBundle};

impl TrustBundle {
    /// First instants (Unix seconds) of another verdict: the bundle's beginning and end, each key's beginning, end and revocation, each
    /// order's beginning or end. In no order.
    pub(crate) fn bounds(&self) -> Vec<i64> {
        let keys = self.regions.iter().flat_map(|region| &region.keys);
        let counts_from = self.issued_at - i64::from(self.policy.skew_secs);
        let mut bounds = vec![counts_from, self.expires_at];
        bounds.extend(keys.flat_map(IssuerKey::bounds).flatten());
        bounds.extend(self.grace_orders.iter().map(GraceOrder::ends_at));
        bounds.extend(self.sunset_orders.iter().map(SunsetOrder::begins_at));
        bounds
    }
}

impl IssuerKey {
    fn bounds(&self) -> [Option<i64>; 3] {
        [
            Some(self.not_before),
            Some(self.not_after.saturating_add(1)),
            self.revoked_at,
        ]
    }
}

impl GraceOrder {
    const fn ends_at(&self) -> i64 {
        self.until.saturating_add(1)
    }
}

impl SunsetOrder {
    const fn begins_at(&self) -> i64 {
        self.effective_at
    }
}
