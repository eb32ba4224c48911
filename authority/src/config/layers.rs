//! Flag, variable, file and default laid over each other.
//!
//! Invariant: flags win over variables, those over the file, that over the defaults; a refusal names file, line and key, never a value.

use std::path::Path;

use confique::Layer as _;

use super::{Config, Layer};
use crate::errors::AuthorityError;
use crate::files;

/// Largest settings file, bytes.
const MAX_FILE_BYTES: u64 = 256 * 1024;

impl Config {
    /// `said` by flags and variables, over the file, over the defaults. Without `file` it is `authority.toml` in the
    /// data folder, where that exists.
    ///
    /// # Errors
    /// Those of reading the file and of [`Config::validate`].
    pub(crate) fn resolve(said: Layer, file: Option<&Path>) -> Result<Self, AuthorityError> {
        let beside_data = || {
            let data = said.data.clone().unwrap_or_else(|| Self::default().data);
            Some(data.join("authority.toml")).filter(|path| path.exists())
        };
        let layer = match file.map(Path::to_owned).or_else(beside_data) {
            Some(path) => said.with_fallback(read_layer(&path)?),
            None => said,
        };
        let layer = layer.with_fallback(Layer::default_values());
        let config = <Self as confique::Config>::from_layer(layer).map_err(|_| {
            AuthorityError::ConfigInvalid {
                at: "configuration".to_owned(),
            }
        })?;
        config.validate()?;
        Ok(config)
    }
}

/// The settings of a TOML file. A refusal names file, line and key, never a value.
fn read_layer(path: &Path) -> Result<Layer, AuthorityError> {
    let bytes = files::read_capped(path, MAX_FILE_BYTES)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| AuthorityError::ConfigUnreadable {
        at: path.display().to_string(),
    })?;
    toml::from_str(text).map_err(|error| {
        let start = error
            .span()
            .map_or(0, |span| text.floor_char_boundary(span.start));
        let line = text[..start].matches('\n').count();
        let key = text.lines().nth(line).and_then(key_of);
        let at = format!("{}:{}", path.display(), line + 1);
        match key {
            Some(key) if !is_setting(key) => AuthorityError::ConfigKeyUnknown {
                at: format!("{at}: {key}"),
            },
            Some(key) => AuthorityError::ConfigUnreadable {
                at: format!("{at}: {key}"),
            },
            None => AuthorityError::ConfigUnreadable { at },
        }
    })
}

/// The key that a line of TOML sets, or the table that it opens.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=').or_else(|| {
        let table = line.trim().strip_prefix('[')?;
        table.split_once(']')
    })?;
    let key = key.trim().trim_matches('"');
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (!key.is_empty() && key.bytes().all(is_bare)).then_some(key)
}

fn is_setting(key: &str) -> bool {
    let fields = <Config as confique::Config>::META.fields;
    fields.iter().any(|field| field.name == key)
}
