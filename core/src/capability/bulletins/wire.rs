//! What an authority publishes: bulletins of one issuer, newest state of all, as JSON in a signed bundle.
//!
//! ```json
//! { "id": "hangzhou", "version": 7, "bulletins": [
//!   { "id": "2020-03-01-1", "division": 330100, "urgency": "urgent", "publishedAt": 1583020800,
//!     "expiresAt": 1583625600, "title": {"en": "...", "zh": "..."}, "text": {"en": "...", "zh": "..."},
//!     "phone": "12345", "link": "https://..." } ] }
//! ```
//!
//! Invariant: a phone judges each bulletin alone: one that it cannot read is left out, the rest counts. An authority
//! publishes nothing that any phone would leave out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::capability::published::{is_id, is_phone};
use crate::identity::is_plausible_division;
use crate::words::LocalizedText;

/// Most bulletins of one bundle.
const MAX_BULLETINS: usize = 500;
const MAX_TITLE_CHARS: usize = 120;
const MAX_TEXT_CHARS: usize = 4_000;
const MAX_LINK_CHARS: usize = 512;

crate::coded_errors! {
    /// Why bulletins cannot be published.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum BulletinsError {
        /// No JSON, a member missing, unknown or of the wrong type.
        Malformed => "bulletins_malformed";
        /// An id of other characters than `a-z`, `0-9`, `-`, or one that stands twice.
        IdInvalid => "bulletins_id_invalid";
        /// A text that is blank, too long, or missing in English or Chinese.
        TextInvalid => "bulletins_text_invalid";
        /// A version, a division, a time, a phone number or a link that cannot be.
        ValueInvalid => "bulletins_value_invalid";
    }
}

crate::app_types! {
    describe as describe_bulletin_urgency;

    /// How urgent a bulletin is, most urgent first.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum BulletinUrgency {
        /// Concerns what people do today.
        Urgent,
        /// Concerns what people do this week.
        Important,
        /// Good to know. What a later version calls otherwise is read as this.
        #[default]
        #[serde(other)]
        Info,
    }
}

/// The bulletins of one issuer.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulletins {
    /// Name in the index: 1 to 64 of `a-z`, `0-9`, `-`.
    pub id: String,
    /// Version, from 1.
    pub version: u64,
    /// In the issuer's order.
    pub bulletins: Vec<Bulletin>,
}

/// A notice of the authority's to everybody, or to some divisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bulletin {
    /// Id, stable and unique within the issuer's bulletins; formed like theirs.
    pub id: String,
    /// GB/T 2260 division that it concerns, with all below it; 0 for everywhere.
    pub division: u32,
    /// How urgent.
    #[serde(default)]
    pub urgency: BulletinUrgency,
    /// When it was published, Unix seconds.
    pub published_at: i64,
    /// First instant at which it no longer holds, Unix seconds; none: until it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// Headline, at most 120 characters.
    pub title: LocalizedText,
    /// What is to be known, at most 4,000 characters; paragraphs are parted by line feeds.
    pub text: LocalizedText,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where there is more: an https address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    version: u64,
    bulletins: Vec<Value>,
}

impl Bulletins {
    /// What a phone makes of a content that was signed: bulletins that it cannot read, and all after the 500th, are
    /// left out.
    ///
    /// # Errors
    /// [`BulletinsError::Malformed`] if it is no list of bulletins at all.
    pub fn read(content: &[u8]) -> Result<Self, BulletinsError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| BulletinsError::Malformed)?;
        let mut ids = BTreeSet::new();
        let readable = head.bulletins.into_iter().filter_map(|bulletin| {
            let bulletin: Bulletin = serde_json::from_value(bulletin).ok()?;
            bulletin.check().ok()?;
            ids.insert(bulletin.id.clone()).then_some(bulletin)
        });
        Ok(Self {
            id: head.id,
            version: head.version,
            bulletins: readable.take(MAX_BULLETINS).collect(),
        })
    }

    /// What an authority may publish: every bulletin whole, and nothing that this version does not know.
    ///
    /// # Errors
    /// Any [`BulletinsError`].
    pub fn read_strictly(content: &[u8]) -> Result<Self, BulletinsError> {
        let head: Head =
            crate::encoding::json::from_slice(content).map_err(|_| BulletinsError::Malformed)?;
        if !is_id(&head.id) {
            return Err(BulletinsError::IdInvalid);
        }
        if head.version == 0 || head.bulletins.len() > MAX_BULLETINS {
            return Err(BulletinsError::ValueInvalid);
        }
        let mut ids = BTreeSet::new();
        let mut bulletins = Vec::with_capacity(head.bulletins.len());
        for value in head.bulletins {
            let bulletin: Bulletin =
                serde_json::from_value(value.clone()).map_err(|_| BulletinsError::Malformed)?;
            bulletin.check()?;
            // A member that is unknown, or an urgency that would be read as another.
            let again = serde_json::to_value(&bulletin).map_err(|_| BulletinsError::Malformed)?;
            if !is_said_again(&value, &again) {
                return Err(BulletinsError::Malformed);
            }
            if !ids.insert(bulletin.id.clone()) {
                return Err(BulletinsError::IdInvalid);
            }
            bulletins.push(bulletin);
        }
        Ok(Self {
            id: head.id,
            version: head.version,
            bulletins,
        })
    }
}

impl Bulletin {
    fn check(&self) -> Result<(), BulletinsError> {
        if !is_id(&self.id) {
            return Err(BulletinsError::IdInvalid);
        }
        let texts = [(&self.title, MAX_TITLE_CHARS), (&self.text, MAX_TEXT_CHARS)];
        if texts
            .iter()
            .any(|(text, most)| text.faulty_language(*most).is_some())
        {
            return Err(BulletinsError::TextInvalid);
        }
        let is_valid = (self.division == 0 || is_plausible_division(self.division))
            && self.published_at >= 0
            && self.expires_at.is_none_or(|end| end > self.published_at)
            && self.phone.as_deref().is_none_or(is_phone)
            && self.link.as_deref().is_none_or(is_link);
        is_valid.then_some(()).ok_or(BulletinsError::ValueInvalid)
    }

    /// Id that is unique on a phone: the name of the issuer's list, `/`, its own.
    #[must_use]
    pub fn id_on_phone(&self, list: &str) -> String {
        format!("{list}/{}", self.id)
    }

    /// Whether it holds at `at`, Unix seconds.
    #[must_use]
    pub fn holds(&self, at: i64) -> bool {
        self.expires_at.is_none_or(|end| at < end)
    }
}

/// Whether all members of `said` are in `again` with the same value; null and nothing are the same.
fn is_said_again(said: &Value, again: &Value) -> bool {
    let Some(members) = said.as_object() else {
        return false;
    };
    members
        .iter()
        .all(|(key, value)| value.is_null() || again.get(key) == Some(value))
}

fn is_link(link: &str) -> bool {
    let rest = link.strip_prefix("https://").unwrap_or_default();
    !rest.is_empty()
        && link.len() <= MAX_LINK_CHARS
        && rest.bytes().all(|byte| byte.is_ascii_graphic())
}
