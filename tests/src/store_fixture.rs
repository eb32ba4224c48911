//! A phone's store as a released version left it, packed: what later versions must open.
//!
//! Invariant: a fixture, once released, is never written anew; a version that stores something else adds a fixture.
//! Each file of the store's folder is gzipped under its name; `expected.json` beside them says what is inside.
//! It does not hold the reserve, whose content means nothing.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Byte of the [`health_code_core::testing::key_guard::FixedKeyGuard`] that wraps every fixture's key.
pub const KEY_GUARD: u8 = 9;
const EXPECTED: &str = "expected.json";
const RESERVE: &str = "reserve";

/// What a fixture holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Expected {
    /// The phone's clock when it was left, Unix milliseconds.
    pub left_at_ms: i64,
    /// The national root's public key, hex.
    pub root_key: String,
    /// Every record.
    pub records: Vec<ExpectedRecord>,
    /// The outbox in order: id, kind by [`health_code_core::sync::UploadKind::id`], code of the refusal.
    pub uploads: Vec<(String, String, Option<String>)>,
    /// Id of the correction that the authority took.
    pub correction_taken: String,
    /// By when it decides, Unix seconds.
    pub correction_decided_by: i64,
    /// Text of the home view's citizen id.
    pub citizen_id: String,
    /// What the draft holds, as JSON.
    pub draft: serde_json::Map<String, serde_json::Value>,
    /// Published bundles by id of the kind and name, with the SHA-256 of their signed bytes.
    pub bundles: Vec<(String, String, String)>,
}

/// One record of a fixture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExpectedRecord {
    /// Its kind, by name; in `store-v1` its collection.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// Length of its value.
    pub bytes: usize,
    /// SHA-256 of its value, lower-case hex.
    pub sha256: String,
}

impl ExpectedRecord {
    /// What is expected of a record with this value.
    #[must_use]
    pub fn new(kind: &str, key: &str, value: &[u8]) -> Self {
        Self {
            kind: kind.to_owned(),
            key: key.to_owned(),
            bytes: value.len(),
            sha256: sha256(value),
        }
    }
}

/// Lower-case hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The folder of fixture `name`.
#[must_use]
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// Packs the closed store in `dir` into `fixture`.
///
/// # Errors
/// What the file system says.
pub fn pack(dir: &Path, fixture: &Path, expected: &Expected) -> std::io::Result<()> {
    pack_folder(dir, fixture)?;
    let json = serde_json::to_string_pretty(expected)?;
    fs::write(fixture.join(EXPECTED), json + "\n")
}

fn pack_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            pack_folder(&entry.path(), &to.join(name))?;
        } else if name != RESERVE {
            let file = fs::File::create(to.join(format!("{name}.gz")))?;
            let mut packed = GzEncoder::new(file, Compression::best());
            packed.write_all(&fs::read(entry.path())?)?;
            packed.finish()?;
        }
    }
    Ok(())
}

/// Unpacks `fixture` into `dir`, a new folder; gives what is expected of it.
///
/// # Errors
/// What the file system says.
pub fn unpack(fixture: &Path, dir: &Path) -> std::io::Result<Expected> {
    unpack_folder(fixture, dir)?;
    // Git keeps no empty folders.
    fs::create_dir_all(dir.join("records/blobs"))?;
    Ok(serde_json::from_slice(&fs::read(fixture.join(EXPECTED))?)?)
}

fn unpack_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            unpack_folder(&entry.path(), &to.join(name))?;
        } else if let Some(name) = name.strip_suffix(".gz") {
            let mut bytes = Vec::new();
            GzDecoder::new(fs::File::open(entry.path())?).read_to_end(&mut bytes)?;
            fs::write(to.join(name), bytes)?;
        }
    }
    Ok(())
}
