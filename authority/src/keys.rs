//! Ed25519 keys of the issuer, the officers and the national root, one to a file.
//!
//! Invariant: a secret lives in a file of mode 600 and in zeroized memory, nowhere else; it is never
//! printed, logged or sent. Does not know what a key is used for.

use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use ed25519_dalek::SigningKey;
use health_code_core::ports::Entropy;
use zeroize::Zeroizing;

use crate::errors::AuthorityError;
use crate::files;

/// First word of a key file's only line that is not a comment.
const PREFIX: &str = "ed25519-secret:";
/// The same of the storage key.
const STORAGE: &str = "storage-key:";

/// Makes a key and writes it to a new file.
///
/// # Errors
/// [`AuthorityError::FileUnwritable`] where the file exists; [`AuthorityError::NoEntropy`].
pub fn generate_key_file(path: &Path, entropy: &dyn Entropy) -> Result<SigningKey, AuthorityError> {
    let mut seed = Zeroizing::new([0_u8; 32]);
    entropy
        .fill(seed.as_mut_slice())
        .map_err(|_| AuthorityError::NoEntropy)?;
    let key = SigningKey::from_bytes(&seed);
    let secret = Zeroizing::new(HEX.encode(seed.as_slice()));
    let content = Zeroizing::new(format!(
        "# Secret key: whoever reads this file can sign. Public key: {}\n{PREFIX}{}\n",
        public_hex(&key),
        secret.as_str()
    ));
    files::write_secret(path, content.as_bytes())?;
    Ok(key)
}

/// Reads a key file made by [`generate_key_file`].
///
/// # Errors
/// [`AuthorityError::FileUnreadable`], [`AuthorityError::KeyFileExposed`], [`AuthorityError::KeyInvalid`].
pub fn read_key_file(path: &Path) -> Result<SigningKey, AuthorityError> {
    let invalid = || AuthorityError::KeyInvalid {
        at: path.display().to_string(),
    };
    let text = files::read_secret(path)?;
    let secret = text
        .lines()
        .map(str::trim)
        .find_map(|line| line.strip_prefix(PREFIX))
        .ok_or_else(invalid)?;
    let seed = Zeroizing::new(HEX.decode(secret.as_bytes()).map_err(|_| invalid())?);
    let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_slice()).map_err(|_| invalid())?);
    Ok(SigningKey::from_bytes(&seed))
}

/// The public key, 64 lower-case hex digits.
#[must_use]
pub fn public_hex(key: &SigningKey) -> String {
    HEX.encode(key.verifying_key().as_bytes())
}

/// Reads a public key of 64 hex digits; `at` says where it came from.
///
/// # Errors
/// [`AuthorityError::KeyInvalid`].
pub fn parse_public_hex(text: &str, at: &str) -> Result<[u8; 32], AuthorityError> {
    let invalid = || AuthorityError::KeyInvalid { at: at.to_owned() };
    let bytes = HEX
        .decode(text.trim().as_bytes())
        .map_err(|_| invalid())?
        .try_into()
        .map_err(|_| invalid())?;
    // Refuses what is no point of the curve, so that a typing error shows at once.
    ed25519_dalek::VerifyingKey::from_bytes(&bytes).map_err(|_| invalid())?;
    Ok(bytes)
}

/// Key bytes for the server's own use (not a signing key): made on first use, kept in a file of mode 600.
pub(crate) fn read_or_make_storage_key(
    path: &Path,
    entropy: &dyn Entropy,
) -> Result<Zeroizing<[u8; 32]>, AuthorityError> {
    if !path.exists() {
        let mut key = Zeroizing::new([0_u8; 32]);
        entropy
            .fill(key.as_mut_slice())
            .map_err(|_| AuthorityError::NoEntropy)?;
        let hex = Zeroizing::new(HEX.encode(key.as_slice()));
        let content = Zeroizing::new(format!(
            "# Opens the personal data in authority.sqlite. The backup command takes it along, sealed.\n{STORAGE}{}\n",
            hex.as_str()
        ));
        files::write_secret(path, content.as_bytes())?;
        return Ok(key);
    }
    read_storage_key(path)
}

/// Reads what [`read_or_make_storage_key`] made.
pub(crate) fn read_storage_key(path: &Path) -> Result<Zeroizing<[u8; 32]>, AuthorityError> {
    let text = files::read_secret(path)?;
    parse_storage_key(text.as_bytes()).ok_or_else(|| AuthorityError::KeyInvalid {
        at: path.display().to_string(),
    })
}

/// The key in the content of its file.
pub(crate) fn parse_storage_key(content: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut lines = std::str::from_utf8(content).ok()?.lines().map(str::trim);
    let secret = lines.find_map(|line| line.strip_prefix(STORAGE))?;
    let bytes = Zeroizing::new(HEX.decode(secret.as_bytes()).ok()?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{generate_key_file, parse_public_hex, public_hex, read_key_file};
    use crate::errors::AuthorityError;
    use crate::system::SystemEntropy;

    #[test]
    fn a_key_file_is_private_and_reads_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("issuer.key");
        let key = generate_key_file(&path, &SystemEntropy).expect("a key");
        assert_eq!(read_key_file(&path), Ok(key.clone()));
        assert!(matches!(
            generate_key_file(&path, &SystemEntropy),
            Err(AuthorityError::FileUnwritable { .. })
        ));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path)
                .expect("there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("set");
            assert!(matches!(
                read_key_file(&path),
                Err(AuthorityError::KeyFileExposed { .. })
            ));
        }
        assert_eq!(
            parse_public_hex(&public_hex(&key), "here"),
            Ok(key.verifying_key().to_bytes())
        );
        assert!(parse_public_hex("00", "here").is_err());
    }

    #[test]
    fn a_damaged_key_file_is_a_named_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("k");
        crate::files::write_secret(&path, b"ed25519-secret:zz\n").expect("written");
        assert!(matches!(
            read_key_file(&path),
            Err(AuthorityError::KeyInvalid { .. })
        ));
    }
}
