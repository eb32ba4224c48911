//! Single changes of a trust bundle, and how the command line says them.
//!
//! Invariant: whoever names a key names exactly one.

use data_encoding::HEXLOWER;
use health_code_core::trust::{GraceOrder, IssuerKey, Region, SunsetOrder, TrustBundle, key_id};

use super::content::parse_instant;
use super::refused;
use crate::errors::AuthorityError;
use crate::init::{MAX_NAME_CHARS, RegionKey, names};
use crate::keys::parse_public_hex;

/// Fewest digits that name a key.
const KEY_DIGITS: usize = 8;
/// Most hours of an outage grace.
const GRACE_HOURS: u32 = 7 * 24;

/// Longest text of a sunset order here, characters.
const SUNSET_CHARS: usize = 160;

/// A key and an instant, Unix seconds.
#[derive(Clone, Debug)]
pub(super) struct KeyAt {
    pub(super) key: String,
    pub(super) secs: i64,
}

/// An order as it is said.
#[derive(Clone, Debug)]
pub(super) struct Grace(pub(super) GraceOrder);

/// An order as it is said.
#[derive(Clone, Debug)]
pub(super) struct Sunset(pub(super) SunsetOrder);

/// The one key whose public key or id begins so.
pub(super) fn key<'b>(
    bundle: &'b mut TrustBundle,
    flag: &str,
    named: &str,
) -> Result<&'b mut IssuerKey, AuthorityError> {
    let named = named.to_ascii_lowercase();
    if named.len() < KEY_DIGITS {
        return Err(refused(
            flag,
            format!("{named}: at least {KEY_DIGITS} digits"),
        ));
    }
    let is_named = |key: &IssuerKey| {
        HEXLOWER.encode(&key.public_key).starts_with(&named)
            || HEXLOWER
                .encode(&key_id(&key.public_key))
                .starts_with(&named)
    };
    let keys = bundle.regions.iter_mut().flat_map(|it| &mut it.keys);
    let mut found = keys.filter(|key| is_named(key));
    match (found.next(), found.next()) {
        (Some(key), None) => Ok(key),
        (None, _) => Err(refused(flag, format!("no listed key begins with {named}"))),
        _ => Err(refused(
            flag,
            format!("several listed keys begin with {named}"),
        )),
    }
}

/// Adds what is not listed; a key that is stays as it is, a region's names are those said.
pub(super) fn add_regions(
    bundle: &mut TrustBundle,
    regions: Vec<Region>,
) -> Result<(), AuthorityError> {
    for new in regions {
        let elsewhere = bundle.regions.iter().find(|region| {
            region.division != new.division
                && region
                    .keys
                    .iter()
                    .any(|key| new.keys.iter().any(|new| new.public_key == key.public_key))
        });
        if let Some(region) = elsewhere {
            let what = format!("a key of {} is that of {}", new.division, region.division);
            return Err(refused("--region", what));
        }
        let known = bundle
            .regions
            .iter_mut()
            .find(|it| it.division == new.division);
        let Some(region) = known else {
            bundle.regions.push(new);
            continue;
        };
        region.name = new.name;
        for key in new.keys {
            if region.keys.iter().all(|it| it.public_key != key.public_key) {
                region.keys.push(key);
            }
        }
    }
    Ok(())
}

pub(super) fn parse_division(text: &str) -> Result<u32, String> {
    let division = text.parse().ok();
    division
        .filter(|division| (100_000..=999_999).contains(division))
        .ok_or_else(|| "the division must have six digits".to_owned())
}

pub(super) fn parse_key_at(text: &str) -> Result<KeyAt, String> {
    let form = || "want KEY=INSTANT".to_owned();
    let (key, at) = text.split_once('=').ok_or_else(form)?;
    Ok(KeyAt {
        key: key.to_owned(),
        secs: parse_instant(at)?,
    })
}

pub(super) fn parse_key_maybe_at(text: &str) -> Result<(String, Option<i64>), String> {
    match text.split_once('=') {
        Some((key, at)) => Ok((key.to_owned(), Some(parse_instant(at)?))),
        None => Ok((text.to_owned(), None)),
    }
}

pub(super) fn parse_grace(text: &str) -> Result<Grace, String> {
    let form = || "want CODE:INSTANT:HOURS, such as 330000:2026-11-24T23:59:59+08:00:12".to_owned();
    let (division, rest) = text.split_once(':').ok_or_else(form)?;
    let (until, hours) = rest.rsplit_once(':').ok_or_else(form)?;
    let hours = hours
        .parse::<u32>()
        .ok()
        .filter(|hours| (1..=GRACE_HOURS).contains(hours));
    let hours = hours.ok_or_else(|| format!("the hours must be 1 to {GRACE_HOURS}"))?;
    Ok(Grace(GraceOrder {
        division: parse_division(division)?,
        until: parse_instant(until)?,
        extra_secs: hours * 3_600,
    }))
}

pub(super) fn parse_sunset(text: &str) -> Result<Sunset, String> {
    let form = || "want CODE:INSTANT:TAG=TEXT,TAG=TEXT with zh and en".to_owned();
    let (division, rest) = text.split_once(':').ok_or_else(form)?;
    let (at, texts) = rest.rsplit_once(':').ok_or_else(form)?;
    Ok(Sunset(SunsetOrder {
        division: parse_division(division)?,
        effective_at: parse_instant(at)?,
        text: names(texts.split(','), SUNSET_CHARS).ok_or_else(form)?,
        erase_after_secs: None,
    }))
}

pub(super) fn parse_region(text: &str) -> Result<RegionKey, String> {
    let form = || {
        "want CODE:TAG=NAME,TAG=NAME:HEX, such as 330100:zh=杭州市,en=Hangzhou:3b6a...".to_owned()
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [division, said, key] = parts.as_slice() else {
        return Err(form());
    };
    Ok(RegionKey {
        division: parse_division(division)?,
        name: names(said.split(','), MAX_NAME_CHARS).ok_or_else(form)?,
        public_key: parse_public_hex(key, "region")
            .map_err(|_| "the public key must have 64 hex digits".to_owned())?,
    })
}
