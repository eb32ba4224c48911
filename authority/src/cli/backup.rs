//! `backup` and `restore`.
//!
//! Invariant: what is left to do by people is said each time: what a backup does not hold, what a restoration cannot know.

use std::path::PathBuf;

use clap::Args;

use super::{Settings, explain, say};
use crate::backup::{self, Identity, Manifest, Recipient, Request, Restored, Sources};
use crate::errors::AuthorityError;
use crate::keys::{parse_public_hex, read_key_file};
use crate::system::{SystemClock, SystemEntropy};

const BACKUP_EXAMPLES: &str = "\
A backup holds the database, the storage key that opens it, and authority.toml, officers.toml, root-key.hex and
trust-bundle.cbor, sealed for a key that is not on this machine. It does not hold the issuer key, keys of certificates,
officers or the national root, nor files that the settings name elsewhere: those seldom change, so keep a copy of each.

Examples:
  Once, on a machine that is not the server; the public key that is printed goes to the server:
    health-code-authority keys backup --out offline.key
  Every night at half past two, while the server runs (crontab of the user that the server runs as):
    30 2 * * * health-code-authority backup --data /var/lib/health-code --for age1... --to /backup/health-code-$(date +\\%F).age
  Whether it is whole, where the offline key is:
    health-code-authority restore health-code-2020-03-01.age --identity offline.key --division 330100 --signed-by HEX --check";

const RESTORE_EXAMPLES: &str = "\
What was acknowledged after the backup was begun is not in it. Phones send such uploads again by themselves (the last 20
of 14 days; they count as of the day on which they come). Officers draft and sign their orders since then anew. Settings that
are not in the folder yet come from the backup: compare them with now. Credentials that were revoked since then: give the newest status
lists that anybody has fetched (a door, a cache, another region); where there are none, --revoke-all revokes every code that
the backup knows, and phones get new ones with their next sync. Codes issued after the backup that no list names count
until they end, 24 hours at most; if that is too long, have the national root revoke the issuer key.

Examples:
  On a new machine, with the issuer key put into the folder before:
    install -m 600 -D issuer.key /var/lib/health-code/issuer.key
    health-code-authority restore health-code-2020-03-01.age --identity offline.key --data /var/lib/health-code \\
      --division 330100 --status-list door-7.cwt
  Look only:
    health-code-authority restore health-code-2020-03-01.age --identity offline.key --division 330100 --signed-by HEX --check";

/// Makes a backup.
#[derive(Args, Clone, Debug)]
#[command(after_help = BACKUP_EXAMPLES)]
pub(super) struct Backup {
    #[command(flatten)]
    settings: Settings,
    /// Public key to seal for, age1...
    #[arg(long = "for", value_parser = parse_recipient, value_name = "KEY")]
    recipient: Recipient,
    /// File to make; never over an existing one
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Puts a backup back.
#[derive(Args, Clone, Debug)]
#[command(after_help = RESTORE_EXAMPLES)]
#[command(group = clap::ArgGroup::new("revoking").required(true).args(["status_lists", "revoke_all", "check"]))]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
    /// Key that opens it, made by keys backup or age-keygen
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// Folder to put it into: without database and storage key
    #[arg(long, value_name = "DIR", required_unless_present = "check")]
    data: Option<PathBuf>,
    /// The region that is expected, GB/T 2260, six digits
    #[arg(long, value_name = "CODE")]
    division: u32,
    /// Public key of the issuer that signed it, 64 hex digits; that of DATA/issuer.key if left out
    #[arg(long, value_name = "HEX")]
    signed_by: Option<String>,
    /// A published status list of the region, newer than the backup, a base or what follows on it, the newest that there are
    /// (may be repeated): what they name is revoked
    #[arg(long = "status-list", value_name = "FILE")]
    status_lists: Vec<PathBuf>,
    /// Revoke every credential that the backup knows
    #[arg(long)]
    revoke_all: bool,
    /// Only look whether it opens and is whole; write nothing
    #[arg(long)]
    check: bool,
}

impl Backup {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        let config = self.settings.resolve()?;
        let manifest = backup::make(
            &config,
            &self.to,
            &self.recipient,
            &SystemClock,
            &SystemEntropy,
        )?;
        explain!(
            "backup-made",
            file = self.to.as_path(),
            citizens = manifest.counts.citizens,
        );
        explain!("backup-without", key = config.issuer_key_path().as_path());
        let rule_sets = [&config.rule_set, &config.visitor_rule_set].into_iter();
        let elsewhere = rule_sets.map(std::path::Path::new);
        let elsewhere = elsewhere.chain(config.forms.iter().map(PathBuf::as_path));
        let elsewhere = elsewhere.chain(config.identity_proofs.as_deref());
        for file in elsewhere.filter(|path| path.is_file()) {
            explain!("backup-without", key = file);
        }
        say_manifest(&manifest)
    }
}

impl Restore {
    pub(super) fn run(&self) -> Result<(), AuthorityError> {
        let identity = Identity::read(&self.identity)?;
        let request = Request {
            backup: &self.file,
            identity: &identity,
            division: self.division,
            signed_by: self.signer()?,
            data: self.data.as_deref().filter(|_| !self.check),
            status_lists: &self.status_lists,
        };
        let sources = Sources {
            clock: &SystemClock,
            entropy: &SystemEntropy,
        };
        let restored = backup::restore(&request, sources)?;
        if let Some(data) = request.data {
            tell(&restored, data);
        } else {
            explain!("backup-whole", file = self.file.as_path());
        }
        if restored.citizens.is_empty() {
            return say_manifest(&restored.manifest);
        }
        for citizen in &restored.citizens {
            say(citizen);
        }
        Ok(())
    }

    fn signer(&self) -> Result<[u8; 32], AuthorityError> {
        if let Some(hex) = &self.signed_by {
            return parse_public_hex(hex, "--signed-by");
        }
        let data = self.data.clone().unwrap_or_default();
        let key = read_key_file(&data.join("issuer.key"))?;
        Ok(key.verifying_key().to_bytes())
    }
}

fn tell(restored: &Restored, data: &std::path::Path) {
    for file in &restored.kept {
        explain!("restore-kept", file = file.as_path());
    }
    let time = |secs: i64| {
        let time = chrono::DateTime::from_timestamp(secs, 0);
        time.map_or_else(String::new, |time| time.to_rfc3339())
    };
    let begun = time(restored.manifest.begun_at);
    for file in &restored.put_back {
        explain!(
            "restore-put-back",
            file = file.as_path(),
            time = begun.as_str()
        );
    }
    explain!("restored", folder = data, time = begun.as_str());
    match restored.lists_of {
        Some(signed_at) => {
            let signed_at = time(signed_at);
            explain!(
                "restored-with-lists",
                count = restored.revoked,
                time = signed_at.as_str()
            );
        }
        None => explain!("restored-without-lists", count = restored.revoked),
    }
    explain!("restored-orders", time = begun.as_str());
    explain!("restored-uploads");
    if !restored.citizens.is_empty() {
        explain!("restored-citizens", count = restored.citizens.len());
    }
}

fn say_manifest(manifest: &Manifest) -> Result<(), AuthorityError> {
    let json = serde_json::to_string(manifest).map_err(|_| AuthorityError::ConfigInvalid {
        at: "manifest".to_owned(),
    })?;
    say(&json);
    Ok(())
}

fn parse_recipient(text: &str) -> Result<Recipient, String> {
    Recipient::parse(text).ok_or_else(|| "want a public key, age1...".to_owned())
}
