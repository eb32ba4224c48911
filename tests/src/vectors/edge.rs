//! Both sides of each limit, the first or last that is let in here, its neighbour refused.

use super::context::{But, Context, JIAXING, SHAOXING, colliding_key, person};
use super::{CodeVector, NOW};
use crate::forge::Forgery;
use health_code_core::words::LocalizedText;

pub(super) fn vectors(context: &Context) -> Vec<CodeVector> {
    [times(context), sizes(context), issuers(context)].concat()
}

fn secs(at: i64) -> u64 {
    u64::try_from(at).expect("after 1970")
}

fn times(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let (start, end) = (NOW - 3_600, NOW + 11 * 3_600);
    let made_at = |at| code.with(|code| code.issued_at = secs(at));
    let last = 253_402_300_799;
    let at_the_end_of_time = code.with(|code| {
        code.expires_at = secs(last);
        code.issued_at = secs(last - 10);
    });
    let clear = |age| {
        person(&code)
            .but("statusAgeSecs", age)
            .but("statusChecked", true)
    };
    let accepted = |name, about, code: &Forgery, at| {
        CodeVector::new(name, about, code.text())
            .at(at)
            .accepted(person(code))
    };
    vec![
        accepted(
            "sixty-seconds-old",
            "The last second of acceptance.",
            &code,
            NOW + 60,
        ),
        accepted(
            "thirty-seconds-ahead",
            "The first second of acceptance.",
            &code,
            NOW - 30,
        ),
        accepted("same-second", "", &code, NOW),
        accepted(
            "last-second-of-the-credential",
            "",
            &made_at(end - 1),
            end - 1,
        ),
        CodeVector::new(
            "first-second-after-the-credential",
            "",
            made_at(end - 1).text(),
        )
        .at(end)
        .refused_knowing("credential_expired", person(&made_at(end - 1))),
        accepted("first-second-of-the-credential", "", &made_at(start), start),
        accepted(
            "credential-thirty-seconds-ahead",
            "The checkpoint's clock is behind.",
            &made_at(start),
            start - 30,
        ),
        CodeVector::new("last-second-of-grace", "", made_at(end + 7_199).text())
            .trusting("zhejiang-grace")
            .at(end + 7_199)
            .accepted(person(&made_at(end + 7_199))),
        CodeVector::new(
            "last-second-of-the-grace-order",
            "",
            made_at(NOW + 12 * 3_600).text(),
        )
        .trusting("zhejiang-grace-short")
        .at(NOW + 12 * 3_600)
        .accepted(person(&made_at(NOW + 12 * 3_600))),
        CodeVector::new(
            "end-of-time",
            "The last instant of the format is an end, so its second before is let in.",
            at_the_end_of_time.text(),
        )
        .trusting("to-the-end-of-time")
        .at(last - 1)
        .accepted(person(&at_the_end_of_time)),
        CodeVector::new(
            "status-list-a-day-old",
            "The last second that counts as checked.",
            code.text(),
        )
        .with_status("clear-a-day-old")
        .accepted(clear(86_400)),
        CodeVector::new("last-second-before-the-region-ends", "", code.text())
            .trusting("hangzhou-ended")
            .at(NOW + 9)
            .accepted(person(&code)),
        CodeVector::new("last-second-before-the-key-is-revoked", "", code.text())
            .trusting("key-revoked")
            .at(NOW + 9)
            .accepted(person(&code)),
    ]
}

fn sizes(context: &Context) -> Vec<CodeVector> {
    let code = context.code();
    let shortest = context
        .ed25519_code()
        .with(|code| code.scope.masked_name = b"*".to_vec());
    let longest = code.with(|code| {
        code.scope.masked_name = "长".repeat(8).into_bytes();
        code.audience = Some("A-34567890123456".to_owned());
        code.nonce = Some(vec![0xff; 32]);
    });
    let living = |lifetime| {
        code.with(|code| {
            code.scope.lifetime_quarter_hours = lifetime;
            code.expires_at = secs(NOW) + 900 * u64::from(lifetime);
        })
    };
    let extreme = code.with(|code| {
        code.scope.rule_set_version = u16::MAX;
        code.scope.status_index = u32::MAX;
        code.scope.document_tail = b"****".to_vec();
        code.scope.reason = 15;
    });
    [
        (
            "shortest",
            "One character of name, Ed25519.",
            shortest,
            None,
        ),
        (
            "longest",
            "Name, place and nonce at their longest, P-256.",
            longest,
            Some("A-34567890123456"),
        ),
        ("shortest-life", "Four hours.", living(16), None),
        ("longest-life", "A day.", living(96), None),
        ("largest-numbers", "", extreme, None),
        (
            "nonce-of-eight-bytes",
            "",
            code.with(|code| code.nonce = Some(vec![0; 8])),
            None,
        ),
        (
            "audience-of-one-character",
            "",
            code.with(|code| code.audience = Some("-".to_owned())),
            Some("-"),
        ),
    ]
    .into_iter()
    .map(|(name, about, code, place)| {
        let vector = CodeVector::new(name, about, code.text()).accepted(person(&code));
        match place {
            Some(place) => vector.at_place(place),
            None => vector,
        }
    })
    .collect()
}

/// Two keys whose ids begin alike: a verifier must try both.
fn issuers(context: &Context) -> Vec<CodeVector> {
    let by = |which| Forgery::new(&colliding_key(which), context.p256.clone(), NOW);
    let (jiaxing, shaoxing) = (by(0), by(1));
    assert_eq!(
        jiaxing.key_id, shaoxing.key_id,
        "the keys were chosen for this"
    );
    let neither = jiaxing.with(|code| code.issuer = context.nation.wuhan.clone());
    let vector = |name, about, code: &Forgery| {
        CodeVector::new(name, about, code.text()).trusting("colliding-keys")
    };
    let of = |code: &Forgery, division: u32, chinese: &str, english: &str| {
        person(code)
            .but("region", division)
            .but("regionName", LocalizedText::new(english, chinese))
    };
    vec![
        vector("colliding-key-ids-first", "", &jiaxing).accepted(of(
            &jiaxing,
            JIAXING,
            "嘉兴市",
            "Jiaxing",
        )),
        vector("colliding-key-ids-second", "", &shaoxing).accepted(of(
            &shaoxing,
            SHAOXING,
            "绍兴市",
            "Shaoxing",
        )),
        vector("colliding-key-ids-neither", "", &neither).refused("credential_signature_wrong"),
    ]
}
