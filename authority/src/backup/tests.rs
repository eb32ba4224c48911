//! Made and put back within one process: what a manifest says is what counts.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use health_code_core::trust::{StatusList, StatusSpan, TrustBundle, key_id};

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

    fn begun_at(&self) -> i64 {
        let manifest: Manifest = serde_json::from_slice(&self.files()[0].1).expect("a manifest");
        manifest.begun_at
    }

    /// An empty list of this key's, signed at `at`.
    fn list(&self, name: &str, key: &SigningKey, span: StatusSpan, at: i64) -> PathBuf {
        let of = key_id(&key.verifying_key().to_bytes());
        let list = StatusList::build_for(of, key, span, &[], at, 600).expect("built");
        let path = self.folder.path().join(name);
        std::fs::write(&path, list).expect("written");
        path
    }

    /// A newer trust bundle, with this key as another region's.
    fn bundle_with(&self, other: &SigningKey) -> Vec<u8> {
        let root = keys::read_key_file(&self.config.data.join("national-root.key"));
        let root = root.expect("a root");
        let bytes = std::fs::read(self.config.trust_bundle_path()).expect("a bundle");
        let root_key = root.verifying_key().to_bytes();
        let mut trust = TrustBundle::read(&bytes, &root_key).expect("opens");
        trust.version += 1;
        let mut region = trust.regions[0].clone();
        region.division = 420_100;
        region.keys[0].public_key = other.verifying_key().to_bytes();
        trust.regions.push(region);
        trust.sign(&root).expect("signed")
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
    let settings = ["officers.toml", "root-key.hex", "trust-bundle.cbor"];
    assert_eq!(restored.put_back, settings.map(|name| data.join(name)));
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
    for name in [
        "authority.sqlite.restoring",
        "authority.sqlite.restoring-journal",
        "storage.key.restoring",
    ] {
        std::fs::write(new.join(name), b"half").expect("written");
    }
    // It had got as far as this; the officers are others by now.
    std::fs::copy(data.join("storage.key"), new.join("storage.key")).expect("copied");
    let bundle = "trust-bundle.cbor";
    std::fs::copy(data.join(bundle), new.join(bundle)).expect("copied");
    std::fs::write(new.join("officers.toml"), b"").expect("written");
    let restored = restore(&made.request(&to, Some(&new)), SOURCES).expect("restored");
    assert_eq!(restored.kept, [new.join("officers.toml")]);
    let put_back = ["root-key.hex", bundle].map(|name| new.join(name));
    assert_eq!(restored.put_back, put_back);
    let left = std::fs::read_dir(&new).expect("a folder").count();
    assert_eq!(left, 5, "nothing else is left behind");
}

#[test]
fn what_broke_off_starts_no_server_and_can_be_tried_again() {
    let made = Made::new();
    std::fs::write(made.config.sure_time_path(), b"7\n").expect("written");
    let to = made.folder.path().join("c.age");
    let recipient = made.identity.recipient();
    make(&made.config, &to, &recipient, &SystemClock, &SystemEntropy).expect("made");
    let new = made.folder.path().join("new");
    let in_the_way = new.join("storage.key.restoring");
    std::fs::create_dir_all(&in_the_way).expect("made");
    let request = made.request(&to, Some(&new));
    let broken = restore(&request, SOURCES).expect_err("in the way");
    assert!(matches!(broken, AuthorityError::FileUnwritable { .. }));
    // A server refuses to start where time passed and no database is.
    let is_there = |name: &str| new.join(name).exists();
    assert!(is_there("sure-time") && !is_there("authority.sqlite") && !is_there("storage.key"));
    std::fs::remove_dir(&in_the_way).expect("removed");
    // Something may be sealed with another key.
    std::fs::write(new.join("storage.key"), b"another").expect("written");
    let refused = restore(&request, SOURCES).expect_err("another key");
    let at = new.join("storage.key").display().to_string();
    assert_eq!(refused, AuthorityError::FileUnwritable { at });
    let key = std::fs::read(new.join("storage.key")).expect("a key");
    assert_eq!(key, b"another");
    std::fs::remove_file(new.join("storage.key")).expect("removed");
    let restored = restore(&request, SOURCES).expect("restored");
    assert!(restored.kept.is_empty() && restored.put_back.len() == 3);
    assert!(is_there("authority.sqlite") && is_there("storage.key"));
}

#[test]
fn only_lists_of_the_region_that_are_newer_than_the_backup_are_taken() {
    let made = Made::new();
    let begun = made.begun_at();
    let other = SigningKey::from_bytes(&[8; 32]);
    let span = |from, until| StatusSpan { from, until };
    let old_base = made.list("old-base", &made.key, span(0, begun - 60), begun - 60);
    let base = made.list("base", &made.key, span(0, begun), begun);
    let renewed = made.list("renewed", &made.key, span(0, begun - 60), begun);
    let delta = made.list("delta", &made.key, span(begun - 60, begun), begun);
    let old_delta = made.list("old-delta", &made.key, span(begun - 60, begun - 1), begun);
    let foreign = made.list("foreign", &other, span(0, begun), begun);
    for (number, (lists, expected)) in [
        (vec![&base], Ok(begun)),
        (vec![&delta, &old_base], Ok(begun)),
        (vec![&old_base], Err("status_list_older_than_backup")),
        // Signed anew, it tells no more than before.
        (vec![&renewed], Err("status_list_older_than_backup")),
        (
            vec![&old_base, &old_delta],
            Err("status_list_older_than_backup"),
        ),
        (vec![&delta], Err("status_list_refused")),
        (vec![&foreign], Err("status_list_of_another_region")),
        (vec![&base, &foreign], Err("status_list_of_another_region")),
    ]
    .into_iter()
    .enumerate()
    {
        let data = made.folder.path().join(format!("new-{number}"));
        std::fs::create_dir(&data).expect("made");
        let bundle = made.bundle_with(&other);
        std::fs::write(data.join("trust-bundle.cbor"), bundle).expect("written");
        let lists: Vec<PathBuf> = lists.into_iter().cloned().collect();
        let request = Request {
            status_lists: &lists,
            ..made.request(&made.backup, Some(&data))
        };
        let restored = restore(&request, SOURCES);
        let restored = restored.map(|restored| restored.lists_of);
        let restored = restored.map_err(|error| error.code());
        assert_eq!(restored, expected.map(Some), "{number}");
        assert_eq!(data.join("authority.sqlite").exists(), expected.is_ok());
    }
}
