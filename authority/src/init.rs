//! Makes what a first start needs and is not there yet.
//!
//! Invariant: never overwrites anything; what it makes for development it says, since none of it belongs into a
//! real deployment: there the national root and the officers' keys are on other machines.

use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use health_code_core::ports::{Clock, Entropy};
use health_code_core::trust::{IssuerKey, PresentationPolicy, Region, TrustBundle};
use health_code_core::words::LocalizedText;

use crate::app;
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::officers::Officers;
use crate::{files, keys};

/// Validity of a self-made trust bundle, seconds.
const DEVELOPMENT_VALID_SECS: i64 = 365 * 86_400;
/// Keys count from this long before they were made, seconds: clocks differ.
const KEY_LEAD_SECS: i64 = 86_400;

/// What [`initialise`] made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Initialised {
    /// Each thing made; empty where everything was there.
    pub made: Vec<Made>,
}

/// One thing that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// The issuer key.
    IssuerKey {
        /// Where it lies.
        file: PathBuf,
        /// Its public half, hex.
        key: String,
    },
    /// A national root, for development only.
    NationalRoot {
        /// The trust bundle that it signed.
        bundle: PathBuf,
        /// Its public half.
        public: PathBuf,
        /// Its key.
        secret: PathBuf,
    },
    /// Two officers.
    Officers {
        /// Where they are enrolled.
        file: PathBuf,
        /// Where their keys lie.
        folder: PathBuf,
    },
}

/// A region to put into a trust bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionKey {
    /// GB/T 2260, six digits.
    pub division: u32,
    /// Its name by language, as checkpoints and phones show it.
    pub name: LocalizedText,
    /// The authority's Ed25519 public key.
    pub public_key: [u8; 32],
}

/// Longest name of a region, characters.
pub(crate) const MAX_NAME_CHARS: usize = 32;

/// A name or text, such as a region's, of parts `TAG=NAME`, such as `zh=杭州市` and `en=Hangzhou`: both must be there, more may. None where a
/// part is no such part.
pub(crate) fn names<'a>(
    parts: impl Iterator<Item = &'a str>,
    most_chars: usize,
) -> Option<LocalizedText> {
    let parts = parts.map(|part| part.split_once('='));
    let parts: Vec<(&str, &str)> = parts.collect::<Option<_>>()?;
    let owned = parts.iter();
    let names: LocalizedText = owned
        .map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned()))
        .collect();
    let is_whole = names.iter().count() == parts.len();
    (is_whole && names.faulty_language(most_chars).is_none()).then_some(names)
}

/// A trust bundle with one key per region, the default policy, no mappings and no orders. Times in Unix seconds.
/// Several keys of one division become one region.
#[must_use]
pub fn trust_bundle(
    regions: &[RegionKey],
    version: u64,
    issued_at: i64,
    valid_for_secs: i64,
) -> TrustBundle {
    let mut listed: Vec<Region> = Vec::new();
    for region in regions {
        let key = IssuerKey {
            public_key: region.public_key,
            not_before: issued_at - KEY_LEAD_SECS,
            not_after: issued_at + valid_for_secs,
            revoked_at: None,
        };
        let known = listed
            .iter_mut()
            .find(|known| known.division == region.division);
        match known {
            Some(known) => known.keys.push(key),
            None => listed.push(Region {
                division: region.division,
                name: region.name.clone(),
                keys: vec![key],
                utc_offset_minutes: None,
            }),
        }
    }
    TrustBundle {
        version,
        issued_at,
        expires_at: issued_at + valid_for_secs,
        regions: listed,
        policy: PresentationPolicy::default(),
        mappings: Vec::new(),
        grace_orders: Vec::new(),
        sunset_orders: Vec::new(),
    }
}

/// Makes in the data folder what is missing: issuer key; where there is no trust bundle either, a national root of
/// its own with a trust bundle that lists this authority; where no officers are enrolled, two of them.
///
/// # Errors
/// Any [`AuthorityError`] of reading and writing files.
pub fn initialise(
    config: &Config,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<Initialised, AuthorityError> {
    files::make_private_folder(&config.data)?;
    let mut done = Initialised::default();
    let issuer_path = config.issuer_key_path();
    let issuer = if issuer_path.exists() {
        keys::read_key_file(&issuer_path)?
    } else {
        let key = keys::generate_key_file(&issuer_path, entropy)?;
        done.made.push(Made::IssuerKey {
            file: issuer_path,
            key: keys::public_hex(&key),
        });
        key
    };
    make_root(config, &issuer, clock, entropy, &mut done)?;
    make_officers(config, entropy, &mut done)?;
    Ok(done)
}

fn make_root(
    config: &Config,
    issuer: &SigningKey,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
    done: &mut Initialised,
) -> Result<(), AuthorityError> {
    let path = config.trust_bundle_path();
    // A root key without its bundle is an operator's mistake, which a self-made root would hide.
    if path.exists() || config.trust_bundle.is_some() || config.root_key.is_some() {
        return Ok(());
    }
    let root = keys::generate_key_file(&config.data.join("national-root.key"), entropy)?;
    let region = RegionKey {
        division: config.division,
        name: names(
            config.division_names.iter().map(String::as_str),
            MAX_NAME_CHARS,
        )
        .unwrap_or_default(),
        public_key: issuer.verifying_key().to_bytes(),
    };
    let now = clock.read().wall_ms.div_euclid(1_000);
    let mut bundle = trust_bundle(&[region], 1, now, DEVELOPMENT_VALID_SECS);
    let told = app::civil_time(config).as_told();
    for region in &mut bundle.regions {
        region.utc_offset_minutes = told;
    }
    let signed = bundle
        .sign(&root)
        .map_err(|_| AuthorityError::TrustBundleRefused {
            at: path.display().to_string(),
        })?;
    files::write_public(&path, &signed)?;
    files::write_public(
        &config.root_key_path(),
        format!("{}\n", keys::public_hex(&root)).as_bytes(),
    )?;
    done.made.push(Made::NationalRoot {
        bundle: path,
        public: config.root_key_path(),
        secret: config.data.join("national-root.key"),
    });
    Ok(())
}

fn make_officers(
    config: &Config,
    entropy: &dyn Entropy,
    done: &mut Initialised,
) -> Result<(), AuthorityError> {
    let path = config.officers_path();
    if path.exists() {
        return Ok(());
    }
    let folder = config.data.join("officers");
    files::make_private_folder(&folder)?;
    let names = ["officer-1", "officer-2"];
    let mut made: Vec<(&str, SigningKey)> = Vec::new();
    for name in names {
        made.push((
            name,
            officer_key(&folder.join(format!("{name}.key")), entropy)?,
        ));
    }
    let enrolled: Vec<(&str, &SigningKey)> = made.iter().map(|(name, key)| (*name, key)).collect();
    files::write_public(&path, Officers::file(&enrolled).as_bytes())?;
    done.made.push(Made::Officers { file: path, folder });
    Ok(())
}

/// Left behind by an initialisation that was cut off, or new.
fn officer_key(path: &Path, entropy: &dyn Entropy) -> Result<SigningKey, AuthorityError> {
    if path.exists() {
        keys::read_key_file(path)
    } else {
        keys::generate_key_file(path, entropy)
    }
}
