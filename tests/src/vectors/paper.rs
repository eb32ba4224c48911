//! Sheets of paper: what holds, each way in which one does not, and what is no sheet.

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer as _, SigningKey};
use health_code_core::testing::nation::HANGZHOU;
use health_code_core::words::LocalizedText;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::context::{But, Context};
use super::{CodeVector, NOW};
use crate::forge::{CREDENTIAL_AAD, ED25519, ESP256, cbor, sig_structure, sign1, text};

const PAPER_AAD: &[u8] = b"JKM1 paper";
const DAY_SECS: u64 = 86_400;

/// A sheet, part by part. Good for a day, and ends with the codes of the vectors.
#[derive(Clone)]
struct Sheet {
    issuer: SigningKey,
    algorithm: i64,
    key_id: Vec<u8>,
    aad: &'static [u8],
    expires_at: u64,
    flags: u8,
    days: u8,
    index: u32,
    tail: Vec<u8>,
    name: Vec<u8>,
    claims: Option<Vec<u8>>,
    change_signature: fn(Vec<u8>) -> Vec<u8>,
}

impl Sheet {
    fn new(issuer: &SigningKey) -> Self {
        let key_id = health_code_core::trust::key_id(&issuer.verifying_key().to_bytes());
        Self {
            issuer: issuer.clone(),
            algorithm: ED25519,
            key_id: key_id[..4].to_vec(),
            aad: PAPER_AAD,
            expires_at: u64::try_from(NOW).expect("after 1970") + 11 * 3_600,
            flags: 0b10_00,
            days: 1,
            index: 4_711,
            tail: b"002X".to_vec(),
            name: "欧**娜".as_bytes().to_vec(),
            claims: None,
            change_signature: |right| right,
        }
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        change(&mut changed);
        changed
    }

    fn scope(&self) -> Vec<u8> {
        let mut scope = vec![self.flags, self.days];
        scope.extend(self.index.to_be_bytes());
        scope.extend(&self.tail);
        scope.extend(&self.name);
        scope
    }

    fn claims(&self) -> Vec<u8> {
        self.claims.clone().unwrap_or_else(|| {
            cbor(|e| {
                e.map(2)?.u8(4)?.u64(self.expires_at)?;
                e.u8(9)?.bytes(&self.scope())?.ok()
            })
        })
    }

    fn header(&self) -> Vec<u8> {
        cbor(|e| {
            e.map(2)?.u8(1)?.i64(self.algorithm)?;
            e.u8(4)?.bytes(&self.key_id)?.ok()
        })
    }

    fn signature(&self) -> Vec<u8> {
        let message = sig_structure(&self.header(), self.aad, &self.claims());
        self.issuer.sign(&message).to_bytes().to_vec()
    }

    fn text(&self) -> String {
        let signature = (self.change_signature)(self.signature());
        text(&sign1(&self.header(), &self.claims(), &signature))
    }

    /// Another door's list with this sheet alone.
    fn seen_at(&self, at: i64) -> String {
        let mut hash = Sha256::new();
        hash.update(b"JKM1 paper seen");
        hash.update(&self.signature()[..32]);
        let mut entry = hash.finalize()[..8].to_vec();
        entry.extend(at.to_be_bytes());
        HEXLOWER.encode(&cbor(|e| e.array(2)?.u8(1)?.bytes(&entry)?.ok()))
    }

    /// What a verdict says of whose it is.
    fn person(&self) -> Map<String, Value> {
        let subject_kinds = ["self", "dependant", "visitor", "other"];
        let schemes = ["domestic", "international"];
        let person = json!({
            "maskedName": String::from_utf8(self.name.clone()).expect("a valid sheet's name"),
            "documentTail": String::from_utf8(self.tail.clone()).expect("a valid sheet's tail"),
            "assurance": "paper",
            "subjectKind": subject_kinds[usize::from(self.flags >> 4 & 3)],
            "scheme": schemes[usize::from(self.flags >> 6)],
            "region": HANGZHOU,
            "regionName": LocalizedText::new("Hangzhou", "杭州市"),
            "credentialExpiresAt": self.expires_at,
        });
        let Value::Object(person) = person else {
            panic!("an object");
        };
        person
    }

    /// With a list of that age, seconds, that does not revoke it.
    fn checked(&self, age: i64) -> Map<String, Value> {
        self.person()
            .but("statusAgeSecs", age)
            .but("statusChecked", true)
    }

    /// That it is green, too.
    fn green(&self, age: i64) -> Map<String, Value> {
        self.checked(age)
            .but("colour", "green")
            .but("localColour", "green")
    }
}

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [
        sheets_that_hold(context),
        doors(context),
        times(context),
        forms(context),
        signatures(context),
    ]
    .concat()
}

fn vector(name: &str, about: &str, sheet: &Sheet) -> CodeVector {
    CodeVector::new(&format!("paper-{name}"), about, sheet.text())
}

fn sheets_that_hold(context: &Context) -> Vec<CodeVector> {
    let sheet = Sheet::new(&context.nation.hangzhou);
    let flagged = |flags| sheet.with(|sheet| sheet.flags = flags);
    let named = |name: &str| sheet.with(|sheet| sheet.name = name.as_bytes().to_vec());
    [
        (
            "sheet",
            "Compared with the document, never let in for it alone.",
            sheet.clone(),
        ),
        ("dependant", "", flagged(0b01_10_00)),
        ("kind-of-tomorrow", "Shown as other.", flagged(0b11_10_00)),
        ("international", "", flagged(0b100_1000)),
        ("longest-name", "24 bytes.", named("长长长长长长长长")),
        (
            "highest-index",
            "",
            sheet.with(|sheet| sheet.index = u32::MAX),
        ),
    ]
    .into_iter()
    .map(|(name, about, sheet)| {
        vector(name, about, &sheet)
            .with_status("clear")
            .concluded("compare_with_document", sheet.green(605))
    })
    .collect()
}

fn doors(context: &Context) -> Vec<CodeVector> {
    let sheet = Sheet::new(&context.nation.hangzhou);
    let again = "compare_with_document";
    let text = sheet.text();
    let mut elsewhere = vector(
        "shown-elsewhere",
        "A door that shares its list saw it a minute ago.",
        &sheet,
    )
    .with_status("clear")
    .after(&text, NOW)
    .concluded("paper_shown_elsewhere", sheet.green(605));
    elsewhere.seen_elsewhere = Some(sheet.seen_at(NOW - 55));
    let mut earlier = vector("shown-elsewhere-earlier", "More than a minute ago.", &sheet)
        .with_status("clear")
        .concluded(again, sheet.green(605));
    earlier.seen_elsewhere = Some(sheet.seen_at(NOW - 56));
    vec![
        vector("without-a-list", "No list: no colour.", &sheet)
            .concluded("paper_needs_status_list", sheet.person()),
        vector("list-too-old", "", &sheet)
            .with_status("clear-older")
            .concluded(
                "paper_needs_status_list",
                sheet.person().but("statusAgeSecs", 86_401),
            ),
        vector("list-a-day-old", "", &sheet)
            .with_status("clear-a-day-old")
            .concluded(again, sheet.green(86_400)),
        vector(
            "revoked",
            "Another one took its place, or the colour changed.",
            &sheet,
        )
        .with_status("revoked")
        .concluded("paper_revoked", sheet.checked(305)),
        vector(
            "revoked-by-an-old-list",
            "What an old list revokes stays so.",
            &sheet,
        )
        .with_status("revoked-older")
        .at(NOW + 1)
        .concluded("paper_revoked", sheet.person().but("statusAgeSecs", 86_401)),
        vector("shown-again", "", &sheet)
            .with_status("clear")
            .after(&text, NOW - 55)
            .concluded("paper_shown_again", sheet.green(605)),
        vector("shown-again-later", "More than a minute later.", &sheet)
            .with_status("clear")
            .after(&text, NOW - 56)
            .concluded(again, sheet.green(605)),
        elsewhere,
        earlier,
    ]
}

fn times(context: &Context) -> Vec<CodeVector> {
    let sheet = Sheet::new(&context.nation.hangzhou);
    let end = i64::try_from(sheet.expires_at).expect("an instant");
    let start = end - 86_400;
    vec![
        vector("last-second", "", &sheet)
            .with_status("clear")
            .at(end - 1)
            .concluded("compare_with_document", sheet.green(end - 1 - NOW + 600)),
        vector("over", "", &sheet)
            .at(end)
            .concluded("paper_expired", sheet.person()),
        vector(
            "over-in-a-time-of-grace",
            "No grace order stretches a sheet.",
            &sheet,
        )
        .trusting("zhejiang-grace")
        .at(end)
        .concluded("paper_expired", sheet.person()),
        vector("not-begun", "", &sheet)
            .at(start - 31)
            .concluded("credential_not_yet_valid", sheet.person()),
        vector(
            "key-too-late",
            "Made before its issuer's key might sign.",
            &sheet,
        )
        .trusting("key-from-now")
        .refused("issuer_key_not_valid"),
        vector("region-ended", "", &sheet)
            .trusting("hangzhou-ended")
            .at(NOW + 10)
            .refused("region_ended"),
    ]
}

fn forms(context: &Context) -> Vec<CodeVector> {
    let sheet = Sheet::new(&context.nation.hangzhou);
    let flagged = |flags| sheet.with(|sheet| sheet.flags = flags);
    let living = |days| sheet.with(|sheet| sheet.days = days);
    let claims = |claims: Vec<u8>| sheet.with(|sheet| sheet.claims = Some(claims));
    let expires_at = sheet.expires_at;
    let scope = sheet.scope();
    let invalid = [
        ("colour", "A sheet says no colour.", flagged(0b10_01)),
        ("assurance-hardware", "", flagged(0)),
        ("assurance-of-tomorrow", "", flagged(0b11_00)),
        ("bit-7", "", flagged(0b1000_1000)),
        ("no-day", "", living(0)),
        ("too-many-days", "181.", living(181)),
        (
            "tail-lower-case",
            "",
            sheet.with(|sheet| sheet.tail = b"002x".to_vec()),
        ),
        ("name-empty", "", sheet.with(|sheet| sheet.name.clear())),
        (
            "name-too-long",
            "25 bytes.",
            sheet.with(|sheet| sheet.name = vec![b'A'; 25]),
        ),
        (
            "name-turned",
            "",
            sheet.with(|sheet| sheet.name = "王\u{202e}明".into()),
        ),
        (
            "name-not-utf8",
            "",
            sheet.with(|sheet| sheet.name = vec![0xe7, 0x8e]),
        ),
        (
            "end-of-time",
            "",
            sheet.with(|sheet| sheet.expires_at = 253_402_300_800),
        ),
    ];
    let not_canonical = [
        (
            "with-iat",
            "A claim more than a sheet has.",
            claims(cbor(|e| {
                e.map(3)?.u8(4)?.u64(expires_at)?;
                e.u8(6)?.u64(expires_at - DAY_SECS)?;
                e.u8(9)?.bytes(&scope)?.ok()
            })),
        ),
        (
            "with-a-key",
            "A credential by itself: its key never signed a presentation.",
            claims(cbor(|e| {
                e.map(3)?.u8(4)?.u64(expires_at)?;
                e.u8(8)?.map(1)?.u8(3)?.bytes(&context.p256.public_key())?;
                e.u8(9)?.bytes(&scope)?.ok()
            })),
        ),
        (
            "without-an-end",
            "",
            claims(cbor(|e| e.map(1)?.u8(9)?.bytes(&scope)?.ok())),
        ),
        (
            "key-id-too-long",
            "",
            sheet.with(|sheet| sheet.key_id.push(0)),
        ),
    ];
    let refused = |reason: &'static str| {
        move |(name, about, sheet): (&str, &str, Sheet)| vector(name, about, &sheet).refused(reason)
    };
    let mut vectors: Vec<_> = invalid
        .into_iter()
        .map(refused("code_claims_invalid"))
        .collect();
    vectors.extend(not_canonical.into_iter().map(refused("code_not_canonical")));
    vectors
}

fn signatures(context: &Context) -> Vec<CodeVector> {
    let sheet = Sheet::new(&context.nation.hangzhou);
    let wrong = "credential_signature_wrong";
    let flipped = |mut signature: Vec<u8>| {
        signature[40] ^= 1;
        signature
    };
    vec![
        vector(
            "algorithm",
            "",
            &sheet.with(|sheet| sheet.algorithm = ESP256),
        )
        .refused("code_algorithm_not_allowed"),
        vector(
            "signature-changed",
            "",
            &sheet.with(|it| it.change_signature = flipped),
        )
        .refused(wrong),
        vector(
            "signed-as-a-credential",
            "A signature of the one never counts for the other.",
            &sheet.with(|sheet| sheet.aad = CREDENTIAL_AAD),
        )
        .refused(wrong),
        vector(
            "of-another-issuer",
            "Named Hangzhou's key, signed with another.",
            &sheet.with(|sheet| sheet.issuer = context.nation.wuhan.clone()),
        )
        .refused(wrong),
        vector("of-nobody", "", &Sheet::new(&context.nation.root)).refused("issuer_unknown"),
    ]
}
