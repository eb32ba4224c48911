//! Which versions an authority goes along with, as every answer says, and what this version makes of it.
//!
//! Invariant: it only informs. A phone that should be updated goes on with all that still works.

use serde::{Deserialize, Serialize};

/// The version of the protocol that this build speaks (docs/PROTOCOL.md).
pub const PROTOCOL_VERSION: u16 = 1;
/// Header of every answer: the versions of the protocol that the authority speaks, such as `1` or `1, 2`.
pub const PROTOCOL_HEADER: &str = "health-code-protocol";
/// Header of every answer: the oldest app that the authority supports, by the version of this library, such as `1.4.0`.
pub const OLDEST_APP_HEADER: &str = "health-code-oldest-app";
/// The version of this library: what [`OLDEST_APP_HEADER`] is compared with.
pub const APP_VERSION: &str = env!("CARGO_PKG_VERSION");
/// The oldest app that an authority of this release supports, unless its operator sets another.
pub const OLDEST_APP: &str = "0.1.0";

/// Longest header that is read, bytes.
const MAX_HEADER_BYTES: usize = 128;

crate::app_types! {
    describe as describe_app_update;

    /// Whether the citizen should get a newer app.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum AppUpdate {
        /// No.
        #[default]
        NotNeeded,
        /// Soon: the authority speaks a newer protocol already, and this one's still.
        Advised,
        /// Now: the authority does not support this version any more.
        Needed,
    }
}

/// What an authority goes along with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supported {
    /// Versions of the protocol; empty where the answer did not say.
    #[serde(default)]
    pub protocols: Vec<u16>,
    /// Oldest app; none where the answer did not say.
    #[serde(default)]
    pub oldest_app: Option<String>,
}

impl Supported {
    /// What the two headers of an answer say; a header that cannot be read says nothing. None if neither says anything.
    #[must_use]
    pub fn read(protocols: Option<&str>, oldest_app: Option<&str>) -> Option<Self> {
        let fits = |text: &&str| text.len() <= MAX_HEADER_BYTES;
        let read = |text: &str| text.split(',').map(|one| one.trim().parse().ok()).collect();
        let protocols: Option<Vec<u16>> = protocols.filter(fits).and_then(read);
        let oldest_app = oldest_app
            .filter(fits)
            .filter(|text| version(text).is_some());
        (protocols.is_some() || oldest_app.is_some()).then(|| Self {
            protocols: protocols.unwrap_or_default(),
            oldest_app: oldest_app.map(str::to_owned),
        })
    }

    /// What it means for an app of this version that speaks this protocol.
    #[must_use]
    pub fn update_for(&self, app_version: &str, protocol: u16) -> AppUpdate {
        let oldest = self.oldest_app.as_deref().and_then(version);
        let is_too_old = oldest.is_some_and(|oldest| version(app_version) < Some(oldest));
        let is_spoken = self.protocols.is_empty() || self.protocols.contains(&protocol);
        if is_too_old || !is_spoken {
            AppUpdate::Needed
        } else if self.protocols.iter().any(|spoken| *spoken > protocol) {
            AppUpdate::Advised
        } else {
            AppUpdate::NotNeeded
        }
    }
}

/// `major.minor.patch`; what follows a hyphen or plus sign does not count.
fn version(text: &str) -> Option<[u32; 3]> {
    let numbers = text.split(['-', '+']).next()?;
    let numbers: Option<Vec<u32>> = numbers.split('.').map(|one| one.parse().ok()).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{APP_VERSION, AppUpdate, OLDEST_APP, PROTOCOL_VERSION, Supported, version};

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for protocols in ["", "one", "1,,2", "70000", "-1", &"1,".repeat(100)] {
            assert_eq!(Supported::read(Some(protocols), None), None, "{protocols}");
        }
        for oldest in ["", "2", "2.0", "2.0.0.0", "a.b.c", &"1".repeat(200)] {
            assert_eq!(Supported::read(None, Some(oldest)), None, "{oldest}");
        }
        let candidate = Supported::read(None, Some("2.0.0-rc.1")).expect("readable");
        assert_eq!(candidate.update_for("2.0.0", 1), AppUpdate::NotNeeded);
    }

    #[test]
    fn every_answer_of_the_vectors_says_what_it_should() {
        #[derive(serde::Deserialize)]
        struct Vectors {
            supported: Vec<Vector>,
        }
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Vector {
            name: String,
            protocols: Option<String>,
            oldest_app: Option<String>,
            app: String,
            protocol: u16,
            update: Option<String>,
        }
        let json = include_str!("../../../tests/vectors/wire.json");
        let vectors: Vectors = serde_json::from_str(json).expect("the vectors");
        assert!(vectors.supported.len() > 10);
        for vector in vectors.supported {
            let supported =
                Supported::read(vector.protocols.as_deref(), vector.oldest_app.as_deref());
            let update = supported.map(|it| it.update_for(&vector.app, vector.protocol));
            let update = update.map(|update| serde_json::to_value(update).expect("plain data"));
            assert_eq!(update, vector.update.map(Into::into), "{}", vector.name);
        }
    }

    #[test]
    fn an_authority_of_this_release_supports_its_own_app() {
        assert!(version(APP_VERSION) >= version(OLDEST_APP));
        let protocols = PROTOCOL_VERSION.to_string();
        let supported = Supported::read(Some(&protocols), Some(OLDEST_APP)).expect("readable");
        let update = supported.update_for(APP_VERSION, PROTOCOL_VERSION);
        assert_eq!(update, AppUpdate::NotNeeded);
    }
}
