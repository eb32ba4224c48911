//! What a credential says, and the compact bytes that say it (claim `scope`).
//!
//! Invariant: [`Scope::read`] takes what [`Scope::write`] makes, and numbers of later versions where they only inform
//! (reason, assurance, kind of subject): a checkpoint that is not updated must not turn anybody away for them. What
//! restricts (colour, scheme) and any other value outside of its range is refused on both sides.

use serde::{Deserialize, Serialize};

use super::{OTHER, ReasonNumber};
use crate::colour::Colour;
use crate::identity::is_default_ignorable;
use crate::trust::{DevicePublicKey, Scheme};

/// Longest masked name, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 24;
/// Lifetime of a credential in quarter hours: 4 to 24 hours.
pub const LIFETIME_QUARTER_HOURS: std::ops::RangeInclusive<u8> = 16..=96;

const QUARTER_HOUR_SECS: i64 = 900;
const FIXED_BYTES: usize = 13;

crate::app_types! {
    describe as describe_claims;

    /// What holds the device's private key.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Assurance {
        /// Hardware that does not let it out.
        Hardware,
        /// The core's sealed store.
        Software,
        /// Nobody: a printed code.
        Paper,
    }

    /// Whose code it is, seen from the phone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum SubjectKind {
        /// The phone's owner.
        #[serde(rename = "self")]
        Myself,
        /// A child or an elder whom the owner cares for.
        Dependant,
        /// A guest of the region.
        Visitor,
        /// Somebody of a kind that a later version added; never issued.
        Other,
    }
}

impl Assurance {
    /// Stable id: `hardware`, `software`, `paper`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hardware => "hardware",
            Self::Software => "software",
            Self::Paper => "paper",
        }
    }
    /// A number of a later version counts as the lowest.
    const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Hardware,
            1 => Self::Software,
            _ => Self::Paper,
        }
    }
}

impl SubjectKind {
    /// Stable id: `self`, `dependant`, `visitor`, `other`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Dependant => "dependant",
            Self::Visitor => "visitor",
            Self::Other => OTHER,
        }
    }
}

/// Two bits of the flags; those of a later version are somebody else's.
pub(super) const fn subject_kind_of_bits(bits: u8) -> SubjectKind {
    match bits {
        0 => SubjectKind::Myself,
        1 => SubjectKind::Dependant,
        2 => SubjectKind::Visitor,
        _ => SubjectKind::Other,
    }
}

/// Two bits of the flags; none for what is never issued.
pub(super) const fn subject_kind_bits(kind: SubjectKind) -> Option<u8> {
    match kind {
        SubjectKind::Myself => Some(0),
        SubjectKind::Dependant => Some(1),
        SubjectKind::Visitor => Some(2),
        SubjectKind::Other => None,
    }
}

/// What an authority says about a citizen, bound to one device.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialClaims {
    /// First instant at which it no longer counts, Unix seconds.
    pub expires_at: i64,
    /// How long it counts, in quarter hours: 16 to 96.
    pub lifetime_quarter_hours: u8,
    /// The key that signs presentations.
    pub device_key: DevicePublicKey,
    /// Colour.
    pub colour: Colour,
    /// Why, or [`ReasonNumber::WITHHELD`].
    pub reason: ReasonNumber,
    /// Version of the rule set that decided.
    pub rule_set_version: u16,
    /// Place in the issuer's status lists for the day of `expires_at`; the two together name the credential.
    pub status_index: u32,
    /// What holds the private key.
    pub assurance: Assurance,
    /// Whose code it is.
    pub subject_kind: SubjectKind,
    /// Domestic or international.
    pub scheme: Scheme,
    /// Last four characters of the document, `0-9A-Z`, `*` where there are fewer.
    pub document_tail: String,
    /// Masked name, 1 to 24 bytes of UTF-8.
    pub masked_name: String,
}

impl CredentialClaims {
    /// First instant at which it counts, Unix seconds.
    #[must_use]
    pub const fn issued_at(&self) -> i64 {
        issued_at(self.expires_at, self.lifetime_quarter_hours)
    }
}

impl std::fmt::Debug for CredentialClaims {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialClaims(hidden)")
    }
}

pub(super) const fn issued_at(expires_at: i64, lifetime_quarter_hours: u8) -> i64 {
    expires_at - QUARTER_HOUR_SECS * lifetime_quarter_hours as i64
}

/// The application's claim: bytes 0 flags, 1 reason, 2-3 rule-set version, 4 lifetime, 5-8 status index,
/// 9-12 document tail, then the masked name.
#[derive(Clone, Copy)]
pub(super) struct Scope<'b> {
    pub(super) colour: Colour,
    pub(super) assurance: Assurance,
    pub(super) subject_kind: SubjectKind,
    pub(super) scheme: Scheme,
    pub(super) reason: ReasonNumber,
    pub(super) rule_set_version: u16,
    pub(super) lifetime_quarter_hours: u8,
    pub(super) status_index: u32,
    pub(super) document_tail: &'b str,
    pub(super) masked_name: &'b str,
}

impl<'b> Scope<'b> {
    /// None if a value is outside of its range.
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        let (fixed, name) = bytes.split_first_chunk::<FIXED_BYTES>()?;
        let &[
            flags,
            reason,
            version_high,
            version_low,
            lifetime,
            index_0,
            index_1,
            index_2,
            index_3,
            ..,
        ] = fixed;
        let scope = Self {
            colour: Colour::from_number(flags & 3)?,
            assurance: Assurance::from_number(flags >> 2 & 3),
            subject_kind: subject_kind_of_bits(flags >> 4 & 3),
            scheme: match flags >> 6 {
                0 => Scheme::Domestic,
                1 => Scheme::International,
                _ => return None,
            },
            reason: ReasonNumber::new(reason),
            rule_set_version: u16::from_be_bytes([version_high, version_low]),
            lifetime_quarter_hours: lifetime,
            status_index: u32::from_be_bytes([index_0, index_1, index_2, index_3]),
            document_tail: std::str::from_utf8(&fixed[9..]).ok()?,
            masked_name: std::str::from_utf8(name).ok()?,
        };
        scope.is_in_range().then_some(scope)
    }

    /// None if a value is outside of its range.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let subject_bits = subject_kind_bits(self.subject_kind)?;
        self.is_in_range().then_some(())?;
        let flags = self.colour.number()
            | (self.assurance as u8) << 2
            | subject_bits << 4
            | (self.scheme as u8) << 6;
        let mut bytes = Vec::with_capacity(FIXED_BYTES + self.masked_name.len());
        bytes.extend_from_slice(&[flags, self.reason.number()]);
        bytes.extend_from_slice(&self.rule_set_version.to_be_bytes());
        bytes.push(self.lifetime_quarter_hours);
        bytes.extend_from_slice(&self.status_index.to_be_bytes());
        bytes.extend_from_slice(self.document_tail.as_bytes());
        bytes.extend_from_slice(self.masked_name.as_bytes());
        Some(bytes)
    }

    fn is_in_range(&self) -> bool {
        let is_tail = |byte: u8| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'*');
        LIFETIME_QUARTER_HOURS.contains(&self.lifetime_quarter_hours)
            && self.document_tail.len() == 4
            && self.document_tail.bytes().all(is_tail)
            && (1..=MAX_NAME_BYTES).contains(&self.masked_name.len())
            && self.masked_name.chars().all(is_allowed_in_name)
    }
}

/// Neither a control character nor one that is drawn as nothing or reverses or breaks the text around it, nor one that
/// looks different on every device: a name is read on the checkpoint's screen.
pub(super) const fn is_allowed_in_name(character: char) -> bool {
    !(is_default_ignorable(character)
        || matches!(character,
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}'))
}

impl CredentialClaims {
    /// The application's part of the claims.
    pub(super) fn scope(&self) -> Scope<'_> {
        Scope {
            colour: self.colour,
            assurance: self.assurance,
            subject_kind: self.subject_kind,
            scheme: self.scheme,
            reason: self.reason,
            rule_set_version: self.rule_set_version,
            lifetime_quarter_hours: self.lifetime_quarter_hours,
            status_index: self.status_index,
            document_tail: &self.document_tail,
            masked_name: &self.masked_name,
        }
    }
}
