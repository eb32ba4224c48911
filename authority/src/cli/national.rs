//! `national keygen` and `national trust-bundle`: the national platform's part, run where its root key is.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use health_code_core::ports::Clock;

use super::{explain, say};
use crate::errors::AuthorityError;
use crate::files;
use crate::init::{RegionKey, names, trust_bundle};
use crate::keys::{generate_key_file, parse_public_hex, public_hex, read_key_file};
use crate::system::{SystemClock, SystemEntropy};

/// What the national platform does.
#[derive(Debug, Subcommand)]
pub(super) enum National {
    /// Make the root key and print its public key, which every phone and checkpoint gets
    Keygen {
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sign the list of regions whose keys count
    #[command(after_help = "Example:
  health-code-authority national trust-bundle --root-key root.key --version 2 --valid-days 30 \\
    --region 330100:zh=杭州市,en=Hangzhou:$(cat hangzhou.pub) --region 420100:zh=武汉市,en=Wuhan:$(cat wuhan.pub) \\
    --out trust-bundle.cbor")]
    TrustBundle(Box<TrustBundleArgs>),
}

/// Arguments of `national trust-bundle`.
#[derive(Args, Debug)]
pub(super) struct TrustBundleArgs {
    /// Root key file
    #[arg(long, value_name = "FILE")]
    root_key: PathBuf,
    /// Division, names and public key of one region (repeat it for each; the same division twice adds a key)
    #[arg(long = "region", required = true, value_name = "CODE:TAG=NAME,...:HEX", value_parser = parse_region)]
    regions: Vec<RegionKey>,
    /// File to make or replace
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Must be higher than the version before, or phones and checkpoints refuse it
    #[arg(long = "version", default_value_t = 1, value_name = "N")]
    bundle_version: u64,
    /// Days it counts
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    valid_days: u32,
}

impl National {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        match self {
            Self::Keygen { out } => {
                say(&public_hex(&generate_key_file(out, &SystemEntropy)?));
                Ok(())
            }
            Self::TrustBundle(args) => sign(args),
        }
    }
}

fn sign(args: &TrustBundleArgs) -> Result<(), AuthorityError> {
    let root = read_key_file(&args.root_key)?;
    let now = SystemClock.read().wall_ms.div_euclid(1_000);
    let valid_for_secs = i64::from(args.valid_days) * 86_400;
    let bundle = trust_bundle(&args.regions, args.bundle_version, now, valid_for_secs);
    let refused = |_| AuthorityError::TrustBundleRefused {
        at: args.out.display().to_string(),
    };
    let bytes = bundle.sign(&root).map_err(refused)?;
    files::write_public(&args.out, &bytes)?;
    explain!(
        "trust-bundle-signed",
        regions = bundle.regions.len(),
        version = bundle.version,
        bytes = bytes.len(),
    );
    say(&public_hex(&root));
    Ok(())
}

fn parse_region(text: &str) -> Result<RegionKey, String> {
    let form = || {
        "want CODE:TAG=NAME,TAG=NAME:HEX, such as 330100:zh=杭州市,en=Hangzhou:3b6a...".to_owned()
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [division, said, key] = parts.as_slice() else {
        return Err(form());
    };
    let division = division
        .parse()
        .ok()
        .filter(|division| (100_000..=999_999).contains(division))
        .ok_or_else(|| "the division must have six digits".to_owned())?;
    let name = names(said.split(',')).ok_or_else(form)?;
    Ok(RegionKey {
        division,
        name,
        public_key: parse_public_hex(key, "region")
            .map_err(|_| "the public key must have 64 hex digits".to_owned())?,
    })
}
