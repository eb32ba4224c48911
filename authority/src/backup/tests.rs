//! Made and put back within one process: what a manifest says is what counts.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;

use super::age::{AgeReader, AgeWriter};
use super::manifest::{Manifest, sign};
use super::{Identity, Request, Sources, make, restore};
use crate::config::Config;
use crate::errors::AuthorityError;
use crate::init::initialise;
use crate::keys;
use crate::store::{Sealer, SqliteStore, Store as _};
use crate::system::{SystemClock, SystemEntropy};

struct Made {
    folder: tempfile::TempDir,
    config: Config,
    identity: Identity,
    key: SigningKey,
    backup: PathBuf,
}

const SOURCES: Sources<'static> = Sources {
    clock: &SystemClock,
    entropy: &SystemEntropy,
};

impl Made {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let config = Config::for_development(&data);
        initialise(&config, &SystemClock, &SystemEntropy).expect("initialised");
        let storage_key = data.join("storage.key");
        let storage_key = keys::read_or_make_storage_key(&storage_key, &SystemEntropy);
        let check = Sealer::new(&storage_key.expect("a key")).hash("storage key", &[]);
        // It stays open, as a running server's does.
        let store = SqliteStore::open(&config.database_path(), check).expect("opens");
        let identity = Identity::generate(&folder.path().join("offline"), &SystemEntropy);
        let identity = identity.expect("a key");
        let backup = folder.path().join("b.age");
        let recipient = identity.recipient();
        make(&config, &backup, &recipient, &SystemClock, &SystemEntropy).expect("made");
        store.close();
        Self {
            key: keys::read_key_file(&config.issuer_key_path()).expect("a key"),
            folder,
            config,
            identity,
            backup,
        }
    }

    fn request<'a>(&'a self, backup: &'a Path, data: Option<&'a Path>) -> Request<'a> {
        Request {
            backup,
            identity: &self.identity,
            division: self.config.division,
            signed_by: self.key.verifying_key().to_bytes(),
            data,
            status_lists: &[],
        }
    }

    /// The files of the archive, in its order.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let sealed = std::fs::read(&self.backup).expect("read");
        let reader = AgeReader::new(sealed.as_slice(), &self.identity).expect("opens");
        let mut archive = tar::Archive::new(reader);
        let mut files = Vec::new();
        for entry in archive.entries().expect("an archive") {
            let mut entry = entry.expect("an entry");
            let name = entry.path().expect("a name").display().to_string();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("read");
            files.push((name, content));
        }
        files
    }

    /// Writes these files as a backup.
    fn write(&self, name: &str, files: &[(String, Vec<u8>)]) -> PathBuf {
        let path = self.folder.path().join(name);
        let file = std::fs::File::create(&path).expect("made");
        let sealed = AgeWriter::new(file, &self.identity.recipient(), &SystemEntropy);
        let mut archive = tar::Builder::new(sealed.expect("sealed"));
        for (name, content) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o600);
            archive
                .append_data(&mut header, name, content.as_slice())
                .expect("appended");
        }
        let mut file = archive
            .into_inner()
            .expect("an archive")
            .finish()
            .expect("sealed");
        file.flush().expect("written");
        path
    }

    /// The backup with a manifest that says something else, signed.
    fn with_manifest(&self, name: &str, change: impl FnOnce(&mut Manifest)) -> PathBuf {
        let mut files = self.files();
        let mut manifest: Manifest = serde_json::from_slice(&files[0].1).expect("a manifest");
        change(&mut manifest);
        files[0].1 = serde_json::to_vec(&manifest).expect("JSON");
        files[1].1 = sign(&files[0].1, &self.key).into_bytes();
        self.write(name, &files)
    }

    fn refusal(&self, backup: &Path) -> &'static str {
        let data = self.folder.path().join("elsewhere");
        let refused = restore(&self.request(backup, Some(&data)), SOURCES).expect_err("refused");
        assert!(!data.join("authority.sqlite").exists() && !data.join("storage.key").exists());
        let left = std::fs::read_dir(&data).map_or(0, Iterator::count);
        assert_eq!(left, 0, "nothing is left behind");
        refused.code()
    }
}

#[test]
fn what_was_made_is_put_back_over_nothing() {
    let made = Made::new();
    let looked = restore(&made.request(&made.backup, None), SOURCES).expect("whole");
    assert_eq!(looked.manifest.division, made.config.division);
    let data = made.folder.path().join("new");
    let request = made.request(&made.backup, Some(&data));
    let restored = restore(&request, SOURCES).expect("restored");
    assert_eq!((restored.revoked, restored.lists_of), (0, None));
    let mut there: Vec<String> = std::fs::read_dir(&data)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    there.sort();
    let expected = [
        "authority.sqlite",
        "officers.toml",
        "root-key.hex",
        "storage.key",
        "trust-bundle.cbor",
    ];
    assert_eq!(there, expected);
    // Neither the issuer's key nor another that signs.
    let secret = std::fs::read_to_string(made.config.issuer_key_path()).expect("a key");
    let secret = secret.lines().last().expect("a line").to_owned();
    let has_secret = |(_, content): &(String, Vec<u8>)| {
        let secret = secret.as_bytes();
        content.windows(secret.len()).any(|window| window == secret)
    };
    assert!(!made.files().iter().any(has_secret));
    let again = restore(&request, SOURCES).expect_err("there");
    assert!(matches!(again, AuthorityError::FileUnwritable { .. }));
}

#[test]
fn what_does_not_fit_is_named_and_nothing_is_written() {
    let made = Made::new();
    let newer_form = made.with_manifest("form", |manifest| manifest.format += 1);
    let newer_schema = made.with_manifest("schema", |manifest| manifest.schema += 1);
    let older = made.with_manifest("older", |manifest| manifest.schema -= 1);
    let elsewhere = made.with_manifest("region", |manifest| manifest.division = 420_100);
    let outside = made.with_manifest("names", |manifest| {
        manifest.files[1].name = "../officers.toml".to_owned();
    });
    let fewer = made.with_manifest("counts", |manifest| manifest.counts.records += 1);
    let mut files = made.files();
    let last = files.len() - 1;
    files[last].1[5_000] ^= 1;
    let altered = made.write("altered", &files);
    let mut files = made.files();
    files.pop();
    let without = made.write("without", &files);
    let mut files = made.files();
    files[1].1 = sign(&files[0].1, &SigningKey::from_bytes(&[1; 32])).into_bytes();
    let signed_by_another = made.write("signer", &files);
    for (backup, code) in [
        (newer_form, "backup_newer"),
        (newer_schema, "backup_newer"),
        (older, "authority_database_schema_foreign"),
        (elsewhere, "backup_of_another_region"),
        (outside, "backup_damaged"),
        (fewer, "backup_damaged"),
        (altered, "backup_damaged"),
        (without, "backup_damaged"),
        (signed_by_another, "backup_signature_refused"),
    ] {
        assert_eq!(made.refusal(&backup), code, "{}", backup.display());
    }
}

#[test]
fn a_killed_attempt_stands_in_nobodys_way() {
    let made = Made::new();
    let data = &made.config.data;
    std::fs::write(data.join("authority.sqlite.backup"), b"half").expect("written");
    let to = made.folder.path().join("c.age");
    std::fs::write(made.folder.path().join("c.age.part"), b"half").expect("written");
    let recipient = made.identity.recipient();
    make(&made.config, &to, &recipient, &SystemClock, &SystemEntropy).expect("made");
    let new = made.folder.path().join("new");
    std::fs::create_dir(&new).expect("made");
    std::fs::write(new.join("authority.sqlite.restoring"), b"half").expect("written");
    restore(&made.request(&to, Some(&new)), SOURCES).expect("restored");
}
