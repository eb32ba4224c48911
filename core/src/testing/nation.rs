//! A nation of two regions: root, issuer keys, trust bundle, status lists, sample citizens.
//!
//! Invariant: everything follows from fixed seeds and the instant given, so two runs make the same bytes.
//! The keys are public knowledge: never trust them.

use ed25519_dalek::SigningKey;

use crate::code::{
    Assurance, CredentialClaims, PaperClaims, SubjectKind, issue_credential, issue_paper, present,
};
use crate::colour::{Colour, Reason};
use crate::ports::DeviceSigner;
use crate::trust::{
    ColourMapping, DevicePublicKey, IssuerKey, PresentationPolicy, Region, Scheme, StatusList,
    StatusPlace, TrustBundle,
};
use crate::words::LocalizedText;

/// Hangzhou, Zhejiang.
pub const HANGZHOU: u32 = 330_100;
/// Wuhan, Hubei.
pub const WUHAN: u32 = 420_100;

const DAY_SECS: i64 = 24 * 3600;

/// Root, two regions, and the bundle that says so.
pub struct Nation {
    /// Signs trust bundles.
    pub root: SigningKey,
    /// Hangzhou's issuer key.
    pub hangzhou: SigningKey,
    /// Wuhan's issuer key.
    pub wuhan: SigningKey,
    /// Version 7, signed a day before the instant given, good for 90 days. Change it at will and sign it again.
    pub trust: TrustBundle,
}

impl Nation {
    /// The nation as it is at `at` (Unix seconds, at least a day).
    #[must_use]
    pub fn at(at: i64) -> Self {
        let root = SigningKey::from_bytes(&[0x11; 32]);
        let hangzhou = SigningKey::from_bytes(&[0x33; 32]);
        let wuhan = SigningKey::from_bytes(&[0x42; 32]);
        let region = |division, chinese: &str, english: &str, key: &SigningKey| Region {
            division,
            name: LocalizedText::new(english, chinese),
            keys: vec![IssuerKey {
                public_key: key.verifying_key().to_bytes(),
                not_before: at - DAY_SECS,
                not_after: at + 365 * DAY_SECS,
                revoked_at: None,
            }],
            utc_offset_minutes: None,
        };
        let trust = TrustBundle {
            version: 7,
            issued_at: at - DAY_SECS,
            expires_at: at + 89 * DAY_SECS,
            regions: vec![
                region(HANGZHOU, "杭州市", "Hangzhou", &hangzhou),
                region(WUHAN, "武汉市", "Wuhan", &wuhan),
            ],
            policy: PresentationPolicy::default(),
            mappings: vec![ColourMapping {
                rule_id: "HB-ORANGE".to_owned(),
                from_division: None,
                scheme: Some(Scheme::International),
                colour: Colour::Red,
                to_division: Some(420_000),
                to_colour: Colour::Yellow,
                text: LocalizedText::new(
                    "An orange international code counts as yellow in Hubei.",
                    "外地国际码橙码在湖北按黄码管理。",
                ),
            }],
            grace_orders: Vec::new(),
            sunset_orders: Vec::new(),
        };
        Self {
            root,
            hangzhou,
            wuhan,
            trust,
        }
    }

    /// Public key of the root.
    #[must_use]
    pub fn root_key(&self) -> [u8; 32] {
        self.root.verifying_key().to_bytes()
    }

    /// The trust bundle, signed.
    ///
    /// # Panics
    /// If it was changed to something that cannot be signed.
    #[must_use]
    pub fn trust_bytes(&self) -> Vec<u8> {
        expect(self.trust.sign(&self.root))
    }

    /// Hangzhou's base of revoked credentials, opened: of these indexes, whichever day around then they end on.
    ///
    /// # Panics
    /// If an index or the instant is out of range.
    #[must_use]
    pub fn hangzhou_status(&self, indexes: &[u32], issued_at: i64) -> StatusList {
        let places = places_around(indexes, issued_at);
        let bytes = expect(StatusList::build(&self.hangzhou, &places, issued_at, 3_600));
        expect(StatusList::open(&bytes, &self.trust, issued_at, 0))
    }

    /// A credential of Hangzhou.
    ///
    /// # Panics
    /// If a claim is out of range.
    #[must_use]
    pub fn issue(&self, claims: &CredentialClaims) -> Vec<u8> {
        expect(issue_credential(claims, &self.hangzhou))
    }

    /// The text of a paper code of Hangzhou.
    ///
    /// # Panics
    /// If a claim is out of range.
    #[must_use]
    pub fn paper(&self, claims: &PaperClaims) -> String {
        expect(issue_paper(claims, &self.hangzhou))
    }

    /// The text of a code of Hangzhou, made at `issued_at` for anywhere.
    ///
    /// # Panics
    /// If a claim is out of range or the signer fails.
    #[must_use]
    pub fn code(
        &self,
        claims: &CredentialClaims,
        issued_at: i64,
        signer: &dyn DeviceSigner,
    ) -> String {
        expect(present(&self.issue(claims), issued_at, None, signer))
    }
}

/// These indexes on every day on which a credential that counts at `at` can end, two weeks before included.
#[must_use]
pub fn places_around(indexes: &[u32], at: i64) -> Vec<StatusPlace> {
    let days = (-14..=31).map(|days| at + days * 24 * 3600);
    days.flat_map(|end| {
        indexes
            .iter()
            .map(move |index| StatusPlace::new(end, *index))
    })
    .collect()
}

/// 欧阳娜娜's green credential, issued an hour before `at` for twelve hours.
#[must_use]
pub fn sample_claims(device_key: DevicePublicKey, at: i64) -> CredentialClaims {
    CredentialClaims {
        expires_at: at + 11 * 3600,
        lifetime_quarter_hours: 48,
        device_key,
        colour: Colour::Green,
        reason: Reason::Clear.into(),
        rule_set_version: 3,
        status_index: 4_711,
        assurance: match device_key {
            DevicePublicKey::P256(_) => Assurance::Hardware,
            DevicePublicKey::Ed25519(_) => Assurance::Software,
        },
        subject_kind: SubjectKind::Myself,
        scheme: Scheme::Domestic,
        document_tail: "002X".to_owned(),
        masked_name: "欧**娜".to_owned(),
    }
}

/// 欧阳娜娜's sheet of paper, made an hour before `at` for twenty days.
#[must_use]
pub fn sample_paper(at: i64) -> PaperClaims {
    PaperClaims {
        expires_at: at + 20 * DAY_SECS - 3_600,
        lifetime_days: 20,
        status_index: 0xfc00_1267,
        subject_kind: SubjectKind::Myself,
        scheme: Scheme::Domestic,
        document_tail: "002X".to_owned(),
        masked_name: "欧**娜".to_owned(),
    }
}

fn expect<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    result.expect("a fixture within the ranges")
}
