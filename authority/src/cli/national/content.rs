//! A trust bundle as TOML: all of it, by names.
//!
//! Invariant: what is written reads back as the same bundle; a member that is not known is refused, since leaving it out
//! might leave out a restriction. Checks no signature and no range: signing does.

use chrono::{DateTime, SecondsFormat};
use data_encoding::HEXLOWER;
use health_code_core::civil_time::CivilTime;
use health_code_core::colour::Colour;
use health_code_core::trust::{
    ColourMapping, GraceOrder, IssuerKey, PresentationPolicy, Region, Scheme, SunsetOrder,
    TrustBundle, key_id,
};
use health_code_core::words::LocalizedText;
use serde::{Deserialize, Serialize};

use crate::errors::AuthorityError;
use crate::keys::parse_public_hex;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u64,
    issued_at: Instant,
    expires_at: Instant,
    policy: Policy,
    #[serde(default)]
    regions: Vec<RegionContent>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mappings: Vec<Mapping>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    grace_orders: Vec<Grace>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sunset_orders: Vec<Sunset>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    accept_secs: u32,
    skew_secs: u32,
    rotation_secs: u32,
    status_max_age_secs: u32,
    admit: Vec<Colour>,
    #[serde(default)]
    reason_in_code: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionContent {
    division: u32,
    /// By language.
    name: LocalizedText,
    #[serde(default)]
    keys: Vec<ListedKey>,
    /// Minutes east of UTC; none: China's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    utc_offset_minutes: Option<i32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedKey {
    /// For people; follows from the key.
    #[serde(default)]
    id: Option<String>,
    public_key: String,
    not_before: Instant,
    not_after: Instant,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Instant>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    rule_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from_division: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scheme: Option<Scheme>,
    colour: Colour,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to_division: Option<u32>,
    to_colour: Colour,
    /// By language.
    text: LocalizedText,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grace {
    division: u32,
    until: Instant,
    extra_secs: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sunset {
    division: u32,
    effective_at: Instant,
    /// By language.
    text: LocalizedText,
    /// How long phones keep what they hold after it; a week where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    erase_after_secs: Option<u32>,
}

/// RFC 3339; Unix seconds are read too.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Instant {
    Text(String),
    Secs(i64),
}

/// Unix seconds as RFC 3339, UTC.
pub(super) fn instant_text(secs: i64) -> String {
    DateTime::from_timestamp(secs, 0).map_or_else(
        || secs.to_string(),
        |at| at.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}

/// Unix seconds of RFC 3339 or of themselves.
pub(super) fn parse_instant(text: &str) -> Result<i64, String> {
    if let Ok(secs) = text.parse() {
        return Ok(secs);
    }
    let at = DateTime::parse_from_rfc3339(text);
    at.map(|at| at.timestamp())
        .map_err(|_| "want Unix seconds or RFC 3339, such as 2026-11-24T08:00:00+08:00".to_owned())
}

impl Instant {
    fn new(secs: i64) -> Self {
        Self::Text(instant_text(secs))
    }

    fn secs(&self) -> Result<i64, String> {
        match self {
            Self::Text(text) => parse_instant(text),
            Self::Secs(secs) => Ok(*secs),
        }
    }
}

/// All of a bundle.
pub(super) fn to_toml(bundle: &TrustBundle) -> Result<String, AuthorityError> {
    toml::to_string(&Content::new(bundle)).map_err(|_| AuthorityError::ConfigInvalid {
        at: "trust bundle".to_owned(),
    })
}

/// A bundle as a text says it; `at` names the text. The error says where what is wrong.
pub(super) fn from_toml(text: &str, at: &str) -> Result<TrustBundle, AuthorityError> {
    let refused = |what: String| AuthorityError::TrustContentInvalid {
        at: format!("{at}: {what}"),
    };
    let content: Content = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| {
            text[..span.start.min(text.len())].matches('\n').count() + 1
        });
        refused(format!("line {line}: {}", error.message()))
    })?;
    content.bundle().map_err(refused)
}

impl Content {
    fn new(bundle: &TrustBundle) -> Self {
        let policy = &bundle.policy;
        Self {
            version: bundle.version,
            issued_at: Instant::new(bundle.issued_at),
            expires_at: Instant::new(bundle.expires_at),
            policy: Policy {
                accept_secs: policy.accept_secs,
                skew_secs: policy.skew_secs,
                rotation_secs: policy.rotation_secs,
                status_max_age_secs: policy.status_max_age_secs,
                admit: policy.admit.clone(),
                reason_in_code: policy.reason_in_code,
            },
            regions: bundle.regions.iter().map(RegionContent::new).collect(),
            mappings: bundle.mappings.iter().map(Mapping::new).collect(),
            grace_orders: bundle.grace_orders.iter().map(Grace::new).collect(),
            sunset_orders: bundle.sunset_orders.iter().map(Sunset::new).collect(),
        }
    }

    fn bundle(self) -> Result<TrustBundle, String> {
        Ok(TrustBundle {
            version: self.version,
            issued_at: self.issued_at.secs()?,
            expires_at: self.expires_at.secs()?,
            regions: collect(self.regions, RegionContent::region)?,
            policy: PresentationPolicy {
                accept_secs: self.policy.accept_secs,
                skew_secs: self.policy.skew_secs,
                rotation_secs: self.policy.rotation_secs,
                status_max_age_secs: self.policy.status_max_age_secs,
                admit: self.policy.admit,
                reason_in_code: self.policy.reason_in_code,
            },
            mappings: self.mappings.into_iter().map(Mapping::mapping).collect(),
            grace_orders: collect(self.grace_orders, |grace| {
                Ok(GraceOrder {
                    division: grace.division,
                    until: grace.until.secs()?,
                    extra_secs: grace.extra_secs,
                })
            })?,
            sunset_orders: collect(self.sunset_orders, |sunset| {
                Ok(SunsetOrder {
                    division: sunset.division,
                    effective_at: sunset.effective_at.secs()?,
                    text: sunset.text,
                    erase_after_secs: sunset.erase_after_secs,
                })
            })?,
        })
    }
}

fn collect<A, B>(all: Vec<A>, one: impl Fn(A) -> Result<B, String>) -> Result<Vec<B>, String> {
    all.into_iter().map(one).collect()
}

impl RegionContent {
    fn new(region: &Region) -> Self {
        Self {
            division: region.division,
            name: region.name.clone(),
            keys: region.keys.iter().map(ListedKey::new).collect(),
            utc_offset_minutes: region.utc_offset_minutes,
        }
    }

    fn region(self) -> Result<Region, String> {
        Ok(Region {
            division: self.division,
            name: self.name,
            keys: collect(self.keys, ListedKey::key)?,
            utc_offset_minutes: self
                .utc_offset_minutes
                .filter(|it| *it != CivilTime::CHINA.minutes_east()),
        })
    }
}

impl ListedKey {
    fn new(key: &IssuerKey) -> Self {
        Self {
            id: Some(HEXLOWER.encode(&key_id(&key.public_key))),
            public_key: HEXLOWER.encode(&key.public_key),
            not_before: Instant::new(key.not_before),
            not_after: Instant::new(key.not_after),
            revoked_at: key.revoked_at.map(Instant::new),
        }
    }

    fn key(self) -> Result<IssuerKey, String> {
        let public_key = parse_public_hex(&self.public_key, "public_key")
            .map_err(|_| format!("{} is no public key", self.public_key))?;
        let id = HEXLOWER.encode(&key_id(&public_key));
        if self.id.is_some_and(|said| said != id) {
            return Err(format!("the id of {} is {id}", self.public_key));
        }
        Ok(IssuerKey {
            public_key,
            not_before: self.not_before.secs()?,
            not_after: self.not_after.secs()?,
            revoked_at: self.revoked_at.map(|at| at.secs()).transpose()?,
        })
    }
}

impl Mapping {
    fn new(mapping: &ColourMapping) -> Self {
        Self {
            rule_id: mapping.rule_id.clone(),
            from_division: mapping.from_division,
            scheme: mapping.scheme,
            colour: mapping.colour,
            to_division: mapping.to_division,
            to_colour: mapping.to_colour,
            text: mapping.text.clone(),
        }
    }

    fn mapping(self) -> ColourMapping {
        ColourMapping {
            rule_id: self.rule_id,
            from_division: self.from_division,
            scheme: self.scheme,
            colour: self.colour,
            to_division: self.to_division,
            to_colour: self.to_colour,
            text: self.text,
        }
    }
}

impl Grace {
    fn new(order: &GraceOrder) -> Self {
        Self {
            division: order.division,
            until: Instant::new(order.until),
            extra_secs: order.extra_secs,
        }
    }
}

impl Sunset {
    fn new(order: &SunsetOrder) -> Self {
        Self {
            division: order.division,
            effective_at: Instant::new(order.effective_at),
            text: order.text.clone(),
            erase_after_secs: order.erase_after_secs,
        }
    }
}
