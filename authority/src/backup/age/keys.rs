//! Keys as `age-keygen` writes them: `age1...` to seal for, `AGE-SECRET-KEY-1...` to open with.
//!
//! Invariant: a secret key is never printed, and lives in a file of mode 600 and in zeroized memory.

use std::path::Path;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use health_code_core::ports::Entropy;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::errors::AuthorityError;
use crate::files;

const RECIPIENT: &str = "age";
const IDENTITY: &str = "age-secret-key-";

/// Whom a file is sealed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recipient(pub(super) PublicKey);

/// Opens what was sealed for its [`Recipient`].
pub(crate) struct Identity(pub(super) StaticSecret);

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(hidden)")
    }
}

impl Recipient {
    /// Reads `age1...`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        decode(RECIPIENT, text).map(|bytes| Self(PublicKey::from(*bytes)))
    }

    /// Writes `age1...`.
    pub(crate) fn text(&self) -> String {
        bech32::encode_lower::<Bech32>(Hrp::parse_unchecked(RECIPIENT), self.0.as_bytes())
            .unwrap_or_default()
    }
}

impl Identity {
    /// Makes one in a new file, as `age-keygen -o` does.
    ///
    /// # Errors
    /// [`AuthorityError::FileUnwritable`] where the file exists; [`AuthorityError::NoEntropy`].
    pub(crate) fn generate(path: &Path, entropy: &dyn Entropy) -> Result<Self, AuthorityError> {
        let mut secret = Zeroizing::new([0; 32]);
        entropy
            .fill(secret.as_mut_slice())
            .map_err(|_| AuthorityError::NoEntropy)?;
        let identity = Self(StaticSecret::from(*secret));
        let text = bech32::encode_upper::<Bech32>(Hrp::parse_unchecked(IDENTITY), &*secret);
        let text = Zeroizing::new(text.unwrap_or_default());
        let content = Zeroizing::new(format!(
            "# Opens backups: keep it away from the server.\n# public key: {}\n{}\n",
            identity.recipient().text(),
            text.as_str()
        ));
        files::write_secret(path, content.as_bytes())?;
        Ok(identity)
    }

    /// Reads the first key of a file that [`Identity::generate`] or `age-keygen` made.
    ///
    /// # Errors
    /// [`AuthorityError::FileUnreadable`], [`AuthorityError::KeyFileExposed`], [`AuthorityError::KeyInvalid`].
    pub(crate) fn read(path: &Path) -> Result<Self, AuthorityError> {
        let text = files::read_secret(path)?;
        let mut lines = text.lines().map(str::trim);
        let secret = lines.find_map(|line| decode(IDENTITY, line));
        let secret = secret.ok_or_else(|| AuthorityError::KeyInvalid {
            at: path.display().to_string(),
        })?;
        Ok(Self(StaticSecret::from(*secret)))
    }

    /// Whom to seal for so that this opens it.
    pub(crate) fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0))
    }
}

fn decode(prefix: &str, text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let checked = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if checked.hrp() != Hrp::parse_unchecked(prefix) {
        return None;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    let mut decoded = checked.byte_iter();
    for byte in bytes.iter_mut() {
        *byte = decoded.next()?;
    }
    decoded.next().is_none().then_some(bytes)
}
