//! Codes that are let in.

use health_code_core::testing::nation::WUHAN;

use super::context::{But, Context, person};
use super::{CodeVector, NOW};

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [people(context), places(context), trust(context)].concat()
}

/// Who the code is about.
fn people(context: &Context) -> Vec<CodeVector> {
    let p256 = context.code();
    let named = |name: &str| p256.with(|code| code.scope.masked_name = name.as_bytes().to_vec());
    let flagged = |flags| p256.with(|code| code.scope.flags = flags);
    let ed25519 = context.ed25519_code();
    [
        (
            "p256",
            "Hardware key (P-256), name of four characters: 349 characters.",
            p256.clone(),
        ),
        ("ed25519", "Software key (Ed25519).", ed25519),
        ("two-character-name", "", named("王*")),
        ("three-character-name", "", named("王*明")),
        ("latin-name", "", named("M***")),
        (
            "name-outside-of-the-basic-plane",
            "Four-byte characters.",
            named("𠮷**𡈽"),
        ),
        (
            "dependant",
            "A child on a carer's phone.",
            flagged(0b01_00_00),
        ),
        ("visitor", "", flagged(0b10_00_00)),
        ("paper", "Assurance is told, not judged.", flagged(0b10_00)),
        ("international-green", "", flagged(0b100_0000)),
        (
            "measure-lifted",
            "Green with another reason than none.",
            p256.with(|code| code.scope.reason = 14),
        ),
        (
            "reason-of-tomorrow",
            "A number that only informs turns nobody away: shown as other.",
            p256.with(|code| code.scope.reason = 16),
        ),
        (
            "reason-withheld",
            "The code does not say why: null.",
            p256.with(|code| code.scope.reason = 255),
        ),
        (
            "assurance-of-tomorrow",
            "Counts as the lowest, paper.",
            flagged(0b11_00),
        ),
        (
            "subject-kind-of-tomorrow",
            "Shown as other.",
            flagged(0b11_00_00),
        ),
        (
            "document-tail-short",
            "Fewer than four characters.",
            p256.with(|code| {
                code.scope.document_tail = b"***7".to_vec();
            }),
        ),
        (
            "with-nonce",
            "cnonce of 16 bytes, which a checkpoint that asked for none ignores.",
            p256.with(|code| {
                code.nonce = Some((1..=16).collect());
            }),
        ),
    ]
    .into_iter()
    .map(|(name, about, code)| CodeVector::new(name, about, code.text()).accepted(person(&code)))
    .collect()
}

/// Where it is shown.
fn places(context: &Context) -> Vec<CodeVector> {
    let anywhere = context.code();
    let bound = anywhere.with(|code| code.audience = Some("HZ-00042".to_owned()));
    let bound_ed25519 = context
        .ed25519_code()
        .with(|code| code.audience = Some("HZ-00042".to_owned()));
    let orange = anywhere.with(|code| {
        code.scope.flags = 0b100_0010;
        code.scope.reason = 10;
    });
    let yellow = anywhere.with(|code| {
        code.scope.flags = 1;
        code.scope.reason = 11;
    });
    let vector =
        |name, about, code: &crate::forge::Forgery| CodeVector::new(name, about, code.text());
    vec![
        vector(
            "place-bound",
            "Made for the place where it is shown: 364 characters.",
            &bound,
        )
        .at_place("HZ-00042")
        .accepted(person(&bound)),
        vector("place-bound-ed25519", "", &bound_ed25519)
            .at_place("HZ-00042")
            .accepted(person(&bound_ed25519)),
        vector(
            "anywhere-at-a-place",
            "A code for anywhere is good at a place too.",
            &anywhere,
        )
        .at_place("HZ-00042")
        .accepted(person(&anywhere)),
        CodeVector::new(
            "scanner-line-end",
            "As a scanner sends it: a tab and the end of a line follow.",
            anywhere.text() + "\t\r\n",
        )
        .accepted(person(&anywhere)),
        CodeVector::new(
            "scanner-identifier",
            "As a scanner sends it that says what kind of picture it read.",
            format!("]Q1{}\r", anywhere.text()),
        )
        .accepted(person(&anywhere)),
        vector(
            "green-elsewhere",
            "Another region's green needs no rule.",
            &anywhere,
        )
        .standing_in(WUHAN)
        .accepted(person(&anywhere)),
        vector(
            "yellow-counts-as-green",
            "A mapping admits what its own region would not.",
            &yellow,
        )
        .standing_in(WUHAN)
        .trusting("yellow-counts-as-green")
        .accepted(
            person(&yellow)
                .but("localColour", "green")
                .but("mappingRule", "WH-YELLOW"),
        ),
        vector("yellow-admitted", "The policy admits yellow.", &yellow)
            .trusting("yellow-admitted")
            .accepted(person(&yellow)),
        vector(
            "orange-counts-as-yellow",
            "International orange, mapped, and yellow admitted.",
            &orange,
        )
        .standing_in(WUHAN)
        .trusting("yellow-admitted")
        .accepted(
            person(&orange)
                .but("localColour", "yellow")
                .but("mappingRule", "HB-ORANGE"),
        ),
    ]
}

/// What the checkpoint holds.
fn trust(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let end = NOW + 11 * 3_600;
    let in_grace = code.with(|code| code.issued_at = u64::try_from(end + 3_500).expect("positive"));
    let vector = |name, about| CodeVector::new(name, about, code.text());
    vec![
        vector("status-clear", "The list revokes the neighbours.")
            .with_status("clear")
            .accepted(
                person(&code)
                    .but("statusAgeSecs", 605)
                    .but("statusChecked", true),
            ),
        vector(
            "status-old",
            "A list that is too old for the policy is told as not checked.",
        )
        .with_status("clear-older")
        .accepted(person(&code).but("statusAgeSecs", 86_401)),
        vector(
            "status-ahead",
            "A list 30 s ahead of the checkpoint's clock.",
        )
        .with_status("clear-ahead")
        .at(NOW)
        .accepted(
            person(&code)
                .but("presentationAgeSecs", 0)
                .but("statusAgeSecs", -30)
                .but("statusChecked", true),
        ),
        vector(
            "status-too-far-ahead",
            "The checkpoint's clock went back after it took the list: not checked.",
        )
        .with_status("clear-ahead")
        .at(NOW - 1)
        .accepted(
            person(&code)
                .but("presentationAgeSecs", -1)
                .but("statusAgeSecs", -31),
        ),
        vector(
            "status-of-another-day",
            "The same index, revoked for credentials that end the day before and after.",
        )
        .with_status("another-day")
        .accepted(
            person(&code)
                .but("statusAgeSecs", 65)
                .but("statusChecked", true),
        ),
        vector(
            "status-renewed",
            "An empty delta that follows on the list renews its age.",
        )
        .with_status("clear")
        .with_status("clear-since")
        .accepted(
            person(&code)
                .but("statusAgeSecs", 105)
                .but("statusChecked", true),
        ),
        vector("two-status-lists", "The newer one counts.")
            .with_status("clear")
            .with_status("clear-older")
            .accepted(
                person(&code)
                    .but("statusAgeSecs", 605)
                    .but("statusChecked", true),
            ),
        vector(
            "issuer-key-retired",
            "Issued at the last second of its key: it lives on.",
        )
        .trusting("key-until-start")
        .accepted(person(&code)),
        CodeVector::new(
            "grace",
            "Expired, but Zhejiang's servers are down.",
            in_grace.text(),
        )
        .trusting("zhejiang-grace")
        .at(end + 3_520)
        .accepted(person(&in_grace)),
        vector(
            "shown-elsewhere-a-moment-ago",
            "Another presentation of the same credential.",
        )
        .after(&code.with(|code| code.issued_at -= 1).text(), NOW)
        .accepted(person(&code)),
    ]
}
