//! Kinds of signed bundles: an open id, and the row of a table that says all there is to know of a kind.
//!
//! Invariant: whoever handles bundles handles rows; no other file tells kinds apart. A kind that this version does
//! not know has an id and no row: it is carried, and nothing of it is fetched, opened or kept.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::bundle::{FORM_TYPE, MAX_BUNDLE_BYTES, RULE_SET_TYPE, open_bundle};
use super::status_list::STATUS_LIST_TYPE;
use super::trust_bundle::TRUST_BUNDLE_TYPE;
use super::{BundleError, StatusList, TrustBundle};

/// A kind of published bundles by its id in the index, such as `status-list`; a later version may have added it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BundleKind(Cow<'static, str>);

impl BundleKind {
    /// Whose keys count; signed by the national root.
    pub const TRUST: Self = Self::new("trust");
    /// Which credentials were revoked: for doors; a phone that only shows codes does without.
    pub const STATUS_LIST: Self = Self::new("revocation-list");
    /// Colour rules.
    pub const RULE_SET: Self = Self::new("rule-set");
    /// A questionnaire.
    pub const FORM: Self = Self::new("form");

    /// The kind with this id, kebab-case.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// As it stands in the index, such as `rule-set`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// What signatures are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Anchors<'a> {
    /// The national root's Ed25519 key.
    pub root_key: &'a [u8; 32],
    /// The trust bundle that is held.
    pub trust: Option<&'a TrustBundle>,
    /// Unix seconds.
    pub at: i64,
}

/// What a bundle that holds says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Its name within the kind, as in the index; none where the content does not say.
    pub name: Option<String>,
    /// Its version.
    pub version: u64,
    /// The trust bundle, where it is one.
    pub trust: Option<TrustBundle>,
}

/// All that is to be known of one kind.
#[derive(Debug)]
pub struct BundleRow {
    /// Id in the index; in the store a bundle is kept under `id/name`.
    pub kind: BundleKind,
    /// COSE content type.
    pub typ: &'static str,
    /// Largest one, bytes; at most [`MAX_BUNDLE_BYTES`].
    pub max_bytes: usize,
    /// Whether there are several, told apart by name; of others there is one, whose name is empty.
    pub is_named: bool,
    /// Whether it is checked with the trust bundle, so that nothing can be done with it before there is one.
    pub needs_trust: bool,
    /// Checks signature and content of one that came, its version not below `lowest`.
    pub open: fn(&BundleRow, &[u8], Anchors<'_>, lowest: u64) -> Result<Opened, BundleError>,
}

impl BundleRow {
    /// Where one of this name is stored.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        format!("{}/{name}", self.kind.id())
    }

    /// A kind that issuer keys sign, whose JSON names itself by `id` and `version`; `open` may be replaced.
    #[must_use]
    pub const fn json(id: &'static str, typ: &'static str) -> Self {
        Self {
            kind: BundleKind::new(id),
            typ,
            max_bytes: MAX_BUNDLE_BYTES,
            is_named: true,
            needs_trust: true,
            open: open_json,
        }
    }
}

/// The kinds that codes, rules and forms need; capabilities add theirs in `core/src/capability`.
pub(crate) static BUNDLES: [BundleRow; 4] = [
    BundleRow {
        kind: BundleKind::TRUST,
        typ: TRUST_BUNDLE_TYPE,
        max_bytes: MAX_BUNDLE_BYTES,
        is_named: false,
        needs_trust: false,
        open: |_, bytes, anchors, lowest| {
            let trust = TrustBundle::open(bytes, anchors.root_key, anchors.at, lowest)?;
            Ok(Opened {
                name: None,
                version: trust.version,
                trust: Some(trust),
            })
        },
    },
    BundleRow {
        kind: BundleKind::STATUS_LIST,
        typ: STATUS_LIST_TYPE,
        max_bytes: MAX_BUNDLE_BYTES,
        is_named: true,
        needs_trust: true,
        open: |_, bytes, anchors, lowest| {
            let trust = anchors.trust.ok_or(BundleError::SignerUnknown)?;
            let lowest = i64::try_from(lowest).unwrap_or(i64::MAX);
            let list = StatusList::open(bytes, trust, anchors.at, lowest)?;
            Ok(Opened {
                name: Some(list.span().name(&list.key_id())),
                version: u64::try_from(list.span().until).unwrap_or(0),
                trust: None,
            })
        },
    },
    BundleRow::json("rule-set", RULE_SET_TYPE),
    BundleRow::json("form", FORM_TYPE),
];

fn open_json(
    row: &BundleRow,
    bytes: &[u8],
    anchors: Anchors<'_>,
    lowest: u64,
) -> Result<Opened, BundleError> {
    #[derive(Deserialize)]
    struct SelfNamed {
        id: String,
        version: u64,
    }
    let trust = anchors.trust.ok_or(BundleError::SignerUnknown)?;
    let signed = open_bundle(row.typ, bytes, trust, anchors.at)?;
    let named: SelfNamed = crate::encoding::json::from_slice(signed.payload)
        .map_err(|_| BundleError::ContentInvalid)?;
    if named.version < lowest {
        return Err(BundleError::RolledBack);
    }
    Ok(Opened {
        name: Some(named.id),
        version: named.version,
        trust: None,
    })
}
