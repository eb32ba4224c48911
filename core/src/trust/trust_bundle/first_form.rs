//! Trust bundles as the first version signed them: each text in Chinese and in English under a key of its own.
//!
//! Phones hold such bundles; until the next one comes, what they show hangs on them. Nobody signs one any more.
//!
//! Invariant: one that is read was in its one byte form.

use minicbor::{Decode, Encode};

use super::colours;
use super::{
    ColourMapping, GraceOrder, IssuerKey, PresentationPolicy, Region, SunsetOrder, TrustBundle,
};
use crate::colour::Colour;
use crate::trust::{BundleError, Scheme};
use crate::words::LocalizedText;

pub(super) fn read(payload: &[u8]) -> Result<TrustBundle, BundleError> {
    let first: FirstForm = minicbor::decode(payload).map_err(|_| BundleError::ContentInvalid)?;
    if minicbor::to_vec(&first).ok().as_deref() != Some(payload) {
        return Err(BundleError::NotCanonical);
    }
    Ok(first.into())
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct FirstForm {
    #[n(1)]
    version: u64,
    #[n(2)]
    issued_at: i64,
    #[n(3)]
    expires_at: i64,
    #[n(4)]
    regions: Vec<FirstRegion>,
    #[n(5)]
    policy: PresentationPolicy,
    #[n(6)]
    mappings: Vec<FirstMapping>,
    #[n(7)]
    grace_orders: Vec<GraceOrder>,
    #[n(8)]
    sunset_orders: Vec<FirstSunset>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct FirstRegion {
    #[n(1)]
    division: u32,
    #[n(2)]
    chinese: String,
    #[n(3)]
    english: String,
    #[n(4)]
    keys: Vec<IssuerKey>,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct FirstMapping {
    #[n(1)]
    rule_id: String,
    #[n(2)]
    from_division: Option<u32>,
    #[n(3)]
    scheme: Option<Scheme>,
    #[cbor(n(4), with = "colours::one")]
    colour: Colour,
    #[n(5)]
    to_division: Option<u32>,
    #[cbor(n(6), with = "colours::one")]
    to_colour: Colour,
    #[n(7)]
    chinese: String,
    #[n(8)]
    english: String,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct FirstSunset {
    #[n(1)]
    division: u32,
    #[n(2)]
    effective_at: i64,
    #[n(3)]
    chinese: String,
    #[n(4)]
    english: String,
}

impl From<FirstForm> for TrustBundle {
    fn from(first: FirstForm) -> Self {
        let regions = first.regions.into_iter().map(|region| Region {
            division: region.division,
            name: LocalizedText::new(&region.english, &region.chinese),
            keys: region.keys,
            utc_offset_minutes: None,
        });
        let mappings = first.mappings.into_iter().map(|mapping| ColourMapping {
            rule_id: mapping.rule_id,
            from_division: mapping.from_division,
            scheme: mapping.scheme,
            colour: mapping.colour,
            to_division: mapping.to_division,
            to_colour: mapping.to_colour,
            text: LocalizedText::new(&mapping.english, &mapping.chinese),
        });
        let sunset_orders = first.sunset_orders.into_iter().map(|order| SunsetOrder {
            division: order.division,
            effective_at: order.effective_at,
            text: LocalizedText::new(&order.english, &order.chinese),
            erase_after_secs: None,
        });
        Self {
            version: first.version,
            issued_at: first.issued_at,
            expires_at: first.expires_at,
            regions: regions.collect(),
            policy: first.policy,
            mappings: mappings.collect(),
            grace_orders: first.grace_orders,
            sunset_orders: sunset_orders.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FirstForm, FirstMapping, FirstRegion, FirstSunset};
    use crate::testing::nation::{HANGZHOU, Nation};
    use crate::trust::trust_bundle::{SunsetOrder, TRUST_BUNDLE_TYPE};
    use crate::trust::{BundleError, TrustBundle, sign_bundle};
    use crate::words::LocalizedText;

    fn both(text: &LocalizedText) -> [String; 2] {
        ["zh", "en"].map(|tag| text.get(tag).expect("both").to_owned())
    }

    fn first_form(trust: TrustBundle) -> FirstForm {
        let regions = trust.regions.into_iter().map(|region| {
            let [chinese, english] = both(&region.name);
            let (division, keys) = (region.division, region.keys);
            FirstRegion {
                division,
                chinese,
                english,
                keys,
            }
        });
        let mappings = trust.mappings.into_iter().map(|mapping| {
            let [chinese, english] = both(&mapping.text);
            FirstMapping {
                rule_id: mapping.rule_id,
                from_division: mapping.from_division,
                scheme: mapping.scheme,
                colour: mapping.colour,
                to_division: mapping.to_division,
                to_colour: mapping.to_colour,
                chinese,
                english,
            }
        });
        let sunset_orders = trust.sunset_orders.into_iter().map(|order| {
            let [chinese, english] = both(&order.text);
            let (division, effective_at) = (order.division, order.effective_at);
            FirstSunset {
                division,
                effective_at,
                chinese,
                english,
            }
        });
        FirstForm {
            version: trust.version,
            issued_at: trust.issued_at,
            expires_at: trust.expires_at,
            regions: regions.collect(),
            policy: trust.policy,
            mappings: mappings.collect(),
            grace_orders: trust.grace_orders,
            sunset_orders: sunset_orders.collect(),
        }
    }

    #[test]
    fn a_bundle_of_the_first_version_says_the_same() {
        const NOW: i64 = 1_800_000_000;
        let mut nation = Nation::at(NOW);
        nation.trust.sunset_orders.push(SunsetOrder {
            division: HANGZHOU,
            effective_at: NOW,
            erase_after_secs: None,
            text: LocalizedText::new("ended", "停用"),
        });
        let payload = minicbor::to_vec(first_form(nation.trust.clone())).expect("CBOR");
        let (root, root_key) = (nation.root.clone(), nation.root_key());
        let open = |payload: &[u8]| {
            let bytes = sign_bundle(TRUST_BUNDLE_TYPE, None, payload, &root).expect("a bundle");
            TrustBundle::open(&bytes, &root_key, NOW, 0)
        };
        assert_eq!(open(&payload), Ok(nation.trust.clone()));
        let longer = [&payload[..], &[0]].concat();
        assert_eq!(open(&longer), Err(BundleError::NotCanonical));
        nation.trust.regions[0].name = LocalizedText::new("", "杭州市");
        let nameless = minicbor::to_vec(first_form(nation.trust.clone())).expect("CBOR");
        assert_eq!(open(&nameless), Err(BundleError::ContentInvalid));
    }
}
