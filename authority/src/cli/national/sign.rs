//! `national trust-bundle`: what stands, what is said, a higher version, the root's signature.
//!
//! Invariant: what stands stays unless it is said otherwise, to the second; a revocation is never taken back; no key comes
//! to outlive the one after it.

use std::path::PathBuf;

use clap::Args;
use data_encoding::HEXLOWER;
use health_code_core::ports::Clock;
use health_code_core::trust::{MAX_BUNDLE_BYTES, SunsetOrder, TrustBundle, key_id};

use super::edit::{self, Grace, KeyAt, Sunset, parse_region};
use super::revoked::RevokedKeys;
use super::{content, listing, read, refused, succession};
use crate::cli::speech::{explain, say, show};
use crate::errors::AuthorityError;
use crate::files;
use crate::init::{RegionKey, trust_bundle};
use crate::keys::{public_hex, read_key_file};
use crate::system::SystemClock;

/// Arguments of `national trust-bundle`.
#[derive(Args, Debug)]
pub(in crate::cli) struct TrustBundleArgs {
    /// Root key file
    #[arg(long, value_name = "FILE")]
    root_key: PathBuf,
    /// File to make or replace
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Trust bundle that stands; OUT where it is there already
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Start from nothing although OUT is there
    #[arg(long, conflicts_with = "from")]
    anew: bool,
    /// TOML in the form of `national show`, taken in the place of what stands (OUT, --from, or --anew for nothing); its
    /// version and times are not
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// Division, names and public key of one region; a key that is not listed yet is added, good from a day ago until the
    /// bundle's end (repeat it)
    #[arg(long = "region", value_name = "CODE:TAG=NAME,...:HEX", value_parser = parse_region)]
    regions: Vec<RegionKey>,
    /// Take a region out, with its keys (repeat it)
    #[arg(long, value_name = "CODE", value_parser = edit::parse_division)]
    drop_region: Vec<u32>,
    /// First instant at which a key may sign (repeat it)
    #[arg(long, value_name = "KEY=INSTANT", value_parser = edit::parse_key_at)]
    key_not_before: Vec<KeyAt>,
    /// Last instant at which a key may sign: it retires then, and what it signed goes on counting (repeat it)
    #[arg(long, value_name = "KEY=INSTANT", value_parser = edit::parse_key_at)]
    key_not_after: Vec<KeyAt>,
    /// From now or from an instant on nothing that a key ever signed counts (repeat it)
    #[arg(long, value_name = "KEY[=INSTANT]", value_parser = edit::parse_key_maybe_at)]
    revoke: Vec<(String, Option<i64>)>,
    /// Take a key out: it is unknown from now on, and if it was revoked can never be listed as good (repeat it)
    #[arg(long, value_name = "KEY")]
    drop_key: Vec<String>,
    /// Until an instant codes of a division, or all below it, count HOURS longer, at most 168 (repeat it)
    #[arg(long, value_name = "CODE:INSTANT:HOURS", value_parser = edit::parse_grace)]
    grace: Vec<Grace>,
    /// From an instant on codes of a division, or all below it, are over; why, by language (repeat it)
    #[arg(long, value_name = "CODE:INSTANT:TAG=TEXT,...", value_parser = edit::parse_sunset)]
    sunset: Vec<Sunset>,
    /// Days for which phones keep what they hold after a sunset that is ordered here, or after they heard of it, before they erase it
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=366))]
    erase_after: Option<u32>,
    /// Take all grace and sunset orders of a division back (repeat it)
    #[arg(long, value_name = "CODE", value_parser = edit::parse_division)]
    drop_orders: Vec<u32>,
    /// Must be higher than that of the bundle before, or phones and checkpoints refuse it [default: one more]
    #[arg(long = "version", value_name = "N")]
    bundle_version: Option<u64>,
    /// Days it counts; keys that were good until its end go on until its new one
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    valid_days: u32,
}

pub(super) fn run(args: &TrustBundleArgs) -> Result<(), AuthorityError> {
    let root = read_key_file(&args.root_key)?;
    let root_public = root.verifying_key().to_bytes();
    let now = SystemClock.read().wall_ms.div_euclid(1_000);
    let ends_at = now + i64::from(args.valid_days) * 86_400;
    let mut revoked = RevokedKeys::read(&args.root_key)?;
    let standing = standing(args, &root_public)?;
    // What lies at OUT counts for both, whatever this one starts from.
    let replaced = read(&args.out, &root_public).ok();
    let known = || standing.iter().chain(&replaced);
    known().for_each(|bundle| revoked.learn(bundle));
    let mut bundle = start(args, standing.as_ref(), now, ends_at)?;
    let before = known().map(|it| it.version).max();
    let version = args
        .bundle_version
        .unwrap_or_else(|| before.unwrap_or(bundle.version).saturating_add(1));
    if before.is_some_and(|before| version <= before) || version == 0 {
        let before = before.unwrap_or_default();
        return Err(refused(
            "--version",
            format!("{version}, must be above {before}"),
        ));
    }
    prolong(&mut bundle, ends_at);
    (bundle.version, bundle.issued_at, bundle.expires_at) = (version, now, ends_at);
    change(args, &mut bundle, &revoked, now)?;
    if bundle.regions.is_empty() {
        return Err(refused(
            "--region",
            "no region is listed, neither here nor before",
        ));
    }
    revoked.check(&bundle)?;
    refuse_outlived(standing.as_ref(), &bundle, now)?;
    let bytes = bundle
        .sign(&root)
        .map_err(|error| AuthorityError::TrustBundleRefused {
            at: format!("{} ({})", args.out.display(), error.code()),
        })?;
    revoked.learn(&bundle);
    revoked.write()?;
    files::write_public(&args.out, &bytes)?;
    explain!(
        "trust-bundle-signed",
        regions = bundle.regions.len(),
        version = bundle.version,
        bytes = bytes.len(),
    );
    if let Some(standing) = &standing {
        for change in listing::changes(standing, &bundle) {
            show(&change);
        }
    }
    for (division, end) in succession::without_key(&bundle, now) {
        let (division, end) = (division.to_string(), content::instant_text(end));
        explain!(
            "region-without-key",
            division = division.as_str(),
            end = end.as_str()
        );
    }
    say(&public_hex(&root));
    Ok(())
}

/// The bundle that is signed anew.
fn standing(
    args: &TrustBundleArgs,
    root: &[u8; 32],
) -> Result<Option<TrustBundle>, AuthorityError> {
    match &args.from {
        Some(path) => read(path, root).map(Some),
        None if args.out.exists() && !args.anew => read(&args.out, root).map(Some),
        None => Ok(None),
    }
}

/// What is there before anything of the command line changes it.
fn start(
    args: &TrustBundleArgs,
    standing: Option<&TrustBundle>,
    now: i64,
    ends_at: i64,
) -> Result<TrustBundle, AuthorityError> {
    let Some(path) = &args.content else {
        return Ok(standing.map_or_else(|| trust_bundle(&[], 0, now, ends_at - now), Clone::clone));
    };
    // What the text leaves out is a change too, which nobody would see.
    if standing.is_none() && !args.anew {
        return Err(refused(
            "--content",
            "in the place of which bundle? --from FILE, or --anew for none",
        ));
    }
    let bytes = files::read_capped(path, MAX_BUNDLE_BYTES as u64)?;
    let at = path.display().to_string();
    content::from_toml(&String::from_utf8_lossy(&bytes), &at)
}

/// A key that was good until the bundle's end goes on with the bundle; every other end was said.
fn prolong(bundle: &mut TrustBundle, ends_at: i64) {
    let end_before = bundle.expires_at;
    for key in bundle.regions.iter_mut().flat_map(|it| &mut it.keys) {
        if key.not_after == end_before && key.revoked_at.is_none() {
            key.not_after = ends_at;
        }
    }
}

/// Nobody could sign the status list of a key that outlives the one after it. Where that stands already it is said, so that
/// nothing else is held up.
fn refuse_outlived(
    standing: Option<&TrustBundle>,
    bundle: &TrustBundle,
    now: i64,
) -> Result<(), AuthorityError> {
    let before = standing.map(|it| succession::outlived(it, now));
    let before = before.unwrap_or_default();
    for pair in succession::outlived(bundle, now) {
        let [old, next] = [pair.0, pair.1].map(|key| HEXLOWER.encode(&key_id(&key)));
        if !before.contains(&pair) {
            return Err(AuthorityError::TrustBundleKeyOutlived {
                at: format!("{old} > {next}"),
            });
        }
        explain!("key-outlived", old = old.as_str(), next = next.as_str());
    }
    Ok(())
}

fn change(
    args: &TrustBundleArgs,
    bundle: &mut TrustBundle,
    revoked: &RevokedKeys,
    now: i64,
) -> Result<(), AuthorityError> {
    bundle
        .regions
        .retain(|region| !args.drop_region.contains(&region.division));
    for dropped in &args.drop_key {
        let public_key = edit::key(bundle, "--drop-key", dropped)?.public_key;
        for region in &mut bundle.regions {
            region.keys.retain(|key| key.public_key != public_key);
        }
    }
    let listed = trust_bundle(&args.regions, 0, now, bundle.expires_at - now);
    edit::add_regions(bundle, listed.regions)?;
    for at in &args.key_not_before {
        edit::key(bundle, "--key-not-before", &at.key)?.not_before = at.secs;
    }
    for at in &args.key_not_after {
        edit::key(bundle, "--key-not-after", &at.key)?.not_after = at.secs;
    }
    for (named, at) in &args.revoke {
        let key = edit::key(bundle, "--revoke", named)?;
        // Also where an earlier command wrote it down and got no further.
        let before = key
            .revoked_at
            .into_iter()
            .chain(revoked.at(&key.public_key));
        key.revoked_at = before.chain([at.unwrap_or(now)]).min();
    }
    let is_dropped = |division| args.drop_orders.contains(&division);
    // An order that is over says nothing any more.
    bundle
        .grace_orders
        .retain(|order| !is_dropped(order.division) && order.until >= now);
    bundle
        .sunset_orders
        .retain(|order| !is_dropped(order.division));
    bundle
        .grace_orders
        .extend(args.grace.iter().map(|grace| grace.0.clone()));
    let ordered = args.sunset.iter().map(|sunset| SunsetOrder {
        erase_after_secs: args.erase_after.map(|days| days * 86_400),
        ..sunset.0.clone()
    });
    bundle.sunset_orders.extend(ordered);
    Ok(())
}
