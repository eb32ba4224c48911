//! The server's insides, put together from the configuration.
//!
//! Invariant: made once, then only read; what changes sits behind the store, the published bundles or a limiter.
//! Knows every part and is known by `http` and `serve` alone.

mod definitions;

pub(crate) use definitions::civil_time;

use std::path::Path;
use std::sync::{Arc, RwLock};

use ed25519_dalek::SigningKey;
use health_code_core::civil_time::CivilTime;
use health_code_core::ports::{Clock, Entropy};
use health_code_core::trust::{IssuerKey, Scheme, TrustBundle};

use crate::admission::Admission;
use crate::capability;
use crate::capability::appeals::AppealPolicy;
use crate::capability::dcc::DccPolicy;
use crate::cases::bundles::{Bundles, OwnKey, read_trust};
use crate::cases::definitions::Definitions;
use crate::cases::devices::KnownDevices;
use crate::cases::issue::{Issuer, Lives, signer};
use crate::cases::key_standing::{self, KeyStanding};
use crate::cases::status_indexes::StatusIndexes;
use crate::cases::status_lists::StatusLists;
use crate::cases::subjects::CarePolicy;
use crate::cases::sure_time::SureTime;
use crate::cases::{Authority, Policy};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::officers::Officers;
use crate::store::{Sealer, SqliteStore, Store, StoreError, Units};
use crate::{files, keys};

/// The server's insides.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    pub(crate) admission: Admission,
    pub(crate) authority: Authority,
    pub(crate) root_key: [u8; 32],
}

impl App {
    /// Reads everything that the configuration names; the data folder must be initialised.
    pub(crate) async fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, AuthorityError> {
        Self::open_over(config, clock, entropy, open_store).await
    }

    /// As [`App::open`], over the store that `open_store` gives.
    pub(crate) async fn open_over(
        config: Config,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        open_store: impl FnOnce(&Config, &dyn Entropy) -> Result<OpenStore, AuthorityError>,
    ) -> Result<Self, AuthorityError> {
        let now = clock.read().wall_ms.div_euclid(1_000);
        let issuer_key = Arc::new(keys::read_key_file(&config.issuer_key_path())?);
        let root_key = root_key(&config)?;
        let trust_path = config.trust_bundle_path();
        let trust = read_trust(&trust_path, &root_key, now, 0)?;
        let (key, standing) =
            require_own_key(&trust.bundle, &config, &issuer_key, now, &trust_path)?;
        // As of one and the same time at each start: the same bytes, which no phone fetches twice.
        let key_time = key.not_before..=key.not_after.min(now);
        let mut started = definitions::from_settings(&config, *key_time.start(), &issuer_key)?;
        let proofs = Arc::new(definitions::identity_proofs(&config)?);
        started.list_identity_proofs(&proofs, *key_time.start(), &issuer_key)?;
        let (store, sealer) = open_store(&config, entropy.as_ref())?;
        let issued_under = issued_under(store.as_ref(), &config, &issuer_key, standing).await?;
        let sure_path = config.sure_time_path();
        let bundle_time = trust.bundle.issued_at..trust.bundle.expires_at;
        let sure_time = SureTime::open(sure_path, clock.read(), bundle_time);
        started.lay_over(
            &store
                .publications()
                .await
                .map_err(|error| refused(&config, error))?,
            &key_time,
            &issuer_key,
        )?;
        require_region_time(&trust.bundle, &config, &started.definitions)?;
        let officers = Officers::read(&config.officers_path())?;
        let told = capability::officer_chain::officers_bundle(
            &officers.list(),
            *key_time.start(),
            &issuer_key,
        );
        let told = told.map_err(|code| AuthorityError::DefinitionRefused {
            at: format!("officers.toml ({code})"),
        })?;
        started.listed.push(told);
        let restored = store.restored().await;
        let authority = Authority {
            restored: restored.map_err(|error| refused(&config, error))?,
            policy: policy(&config),
            proofs: Arc::clone(&proofs),
            units: Units::new(store, Arc::clone(&sealer), Arc::clone(&entropy)),
            officers,
            issuer: Issuer {
                key: Arc::clone(&issuer_key),
                lives: Lives {
                    shortest: config.credential_min_hours.saturating_mul(4),
                    longest: config.credential_max_hours.saturating_mul(4),
                },
                batch: config.credential_batch,
                person: config.person_in_code()?,
                unproven: proofs.published.unproven,
            },
            bundles: Arc::new(Bundles::new(
                OwnKey {
                    key: Arc::clone(&issuer_key),
                    division: config.division,
                    issued_under,
                },
                root_key,
                trust_path,
                trust,
                started.listed,
            )),
            bundle_kinds: capability::BUNDLES,
            part_rows: capability::PARTS,
            definitions: RwLock::new(Arc::new(started.definitions)),
            devices: KnownDevices::default(),
            status_indexes: StatusIndexes::default(),
            status_lists: StatusLists::new(config.status_refresh_secs),
            sure_time,
            publishing: tokio::sync::Mutex::default(),
            clock: Arc::clone(&clock),
            entropy: Arc::clone(&entropy),
            sealer,
            issuer_key,
        };
        Ok(Self {
            admission: Admission::new(&config, clock, entropy.as_ref())?,
            authority,
            config,
            root_key,
        })
    }

    /// Milliseconds of the monotonic clock.
    pub(crate) fn monotonic_ms(&self) -> u64 {
        self.authority.clock.read().monotonic_ms
    }

    /// What is done every minute or so.
    pub(crate) async fn keep_house(&self) -> Result<(), StoreError> {
        self.admission.limits.forget_idle();
        self.authority.keep_house().await
    }

    /// Writes what is queued, then closes the store.
    pub(crate) fn close(&self) {
        self.authority.units.store().close();
    }
}

fn policy(config: &Config) -> Policy {
    Policy {
        division: config.division,
        correction_days: config.correction_days,
        late_declaration_days: config.late_declaration_days,
        uploads_per_day: config.citizen_uploads_per_day,
        upload_bytes_per_day: config.citizen_upload_kib_per_day.saturating_mul(1_024),
        orders_kept_days: config.orders_kept_days,
        paper_max_days: config.paper_max_days,
        results_kept_secs: i64::from(config.results_kept_days) * 86_400,
        papers_per_day: config.papers_per_day,
        clock_skew_secs: config.clock_skew_secs,
        dcc: DccPolicy::new(config),
        care: CarePolicy {
            is_self_declared: config.care_by == "self_declared",
            dependants: config.dependants_per_citizen,
            carers: config.carers_per_dependant,
            code_secs: i64::from(config.care_code_minutes) * 60,
            order_secs: i64::from(config.care_order_days) * 86_400,
            ends_at_age: config.care_ends_at_age,
            grace_days: config.care_grace_days,
            told_days: config.care_told_days,
        },
        next_sync_after_secs: config.next_sync_after_secs,
        next_sync_spread_secs: config.next_sync_spread_secs,
        appeals: AppealPolicy::new(config),
    }
}

/// A store, and what seals its values.
pub(crate) type OpenStore = (Arc<dyn Store>, Arc<Sealer>);

fn open_store(config: &Config, entropy: &dyn Entropy) -> Result<OpenStore, AuthorityError> {
    let key_path = config.data.join("storage.key");
    let is_there = config.database_path().exists();
    // A new key beside an old database would make everything in it unreadable, silently.
    if is_there && !key_path.exists() {
        return Err(AuthorityError::StorageKeyWrong {
            at: key_path.display().to_string(),
        });
    }
    // An empty database in the place of one that was used would un-revoke, silently. The file of the time is written by a
    // server that runs, hence never before its database.
    if !is_there && config.sure_time_path().exists() {
        return Err(AuthorityError::DatabaseMissing {
            at: config.database_path().display().to_string(),
        });
    }
    let storage_key = keys::read_or_make_storage_key(&key_path, entropy)?;
    let sealer = Arc::new(Sealer::new(&storage_key));
    let check = sealer.hash("storage key", &[]);
    let store = SqliteStore::open(&config.database_path(), check)
        .map_err(|error| refused(config, error))?;
    Ok((Arc::new(store), sealer))
}

/// The public keys under which `store` issues and issued. The own one is kept among them before anything is issued or
/// published under it; not one whose time is over, since what counts under it, if anything, is another store's.
async fn issued_under(
    store: &dyn Store,
    config: &Config,
    key: &SigningKey,
    standing: KeyStanding,
) -> Result<Vec<[u8; 32]>, AuthorityError> {
    let refused = |error| refused(config, error);
    let own = key.verifying_key().to_bytes();
    let mut keys = store.issuer_keys().await.map_err(refused)?;
    if keys.contains(&own) {
        return Ok(keys);
    }
    let id = signer(key);
    if standing != KeyStanding::Good {
        return Err(AuthorityError::IssuerKeyOfAnotherStore { at: id });
    }
    store.add_issuer_key(own).await.map_err(refused)?;
    if keys.is_empty() {
        tracing::warn!(
            key = id,
            "a new database: if another one issued under this key before, what was revoked there counts again"
        );
    } else {
        tracing::info!(
            key = id,
            before = keys.len(),
            "the database goes over to this key"
        );
    }
    keys.push(own);
    Ok(keys)
}

/// Why the database cannot be used, with its path.
pub(crate) fn refused(config: &Config, error: StoreError) -> AuthorityError {
    let at = config.database_path().display().to_string();
    match error {
        StoreError::KeyWrong => AuthorityError::StorageKeyWrong {
            at: config.data.join("storage.key").display().to_string(),
        },
        StoreError::SchemaForeign => AuthorityError::DatabaseSchemaForeign { at },
        StoreError::Damaged => AuthorityError::DatabaseDamaged { at },
        other => AuthorityError::DatabaseRefused {
            at: format!("{at} ({})", other.code()),
        },
    }
}

pub(crate) fn root_key(config: &Config) -> Result<[u8; 32], AuthorityError> {
    if let Some(hex) = &config.root_key {
        return keys::parse_public_hex(hex, "root_key");
    }
    let path = config.root_key_path();
    let bytes = files::read_capped(&path, 1_024)?;
    let at = path.display().to_string();
    let text =
        std::str::from_utf8(&bytes).map_err(|_| AuthorityError::KeyInvalid { at: at.clone() })?;
    keys::parse_public_hex(text, &at)
}

/// A phone counts its days by the region's clock of the trust bundle, the rules by that of the rule set.
fn require_region_time(
    bundle: &TrustBundle,
    config: &Config,
    definitions: &Definitions,
) -> Result<(), AuthorityError> {
    let by_rules = definitions.rules_of(Scheme::Domestic).utc_offset_minutes;
    let by_region = bundle.civil_time(config.division);
    let by_region = by_region.unwrap_or(CivilTime::CHINA).minutes_east();
    if by_rules == by_region {
        return Ok(());
    }
    Err(AuthorityError::DefinitionRefused {
        at: format!("the rule set's utcOffsetMinutes {by_rules}, in the trust bundle {by_region}"),
    })
}

/// A server whose key may not issue would issue codes that every checkpoint refuses. One whose key is over may start: its
/// citizens declare, and what is revoked is published.
fn require_own_key(
    bundle: &TrustBundle,
    config: &Config,
    key: &SigningKey,
    now: i64,
    path: &Path,
) -> Result<(IssuerKey, KeyStanding), AuthorityError> {
    let own = key.verifying_key().to_bytes();
    let standing = KeyStanding::new(bundle, config.division, &own, now);
    let key = key_standing::own(bundle, config.division, &own);
    match (standing, key) {
        (KeyStanding::Good | KeyStanding::Retired, Some(key)) => Ok((key.clone(), standing)),
        _ => Err(AuthorityError::TrustBundleRefused {
            at: format!("{} ({})", path.display(), standing.code()),
        }),
    }
}
