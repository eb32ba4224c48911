//! From the first key to an emergency, by the real command lines: phones, doors and a second region on the way.
//!
//! Nobody is without a code for longer than one sync; nothing that was revoked comes back, at no second of it.

use std::time::Duration;

use health_code_core::sync::SyncResult;
use health_code_tests::authority_process::AuthorityProcess;

use nation::{Nation, Phone, done, now, run};

#[path = "rotation_drill/nation.rs"]
mod nation;

/// Two officers turn the citizen red.
fn turn_red(server: &AuthorityProcess, citizen: &str) {
    let at = |name: &str| server.data.join(name).display().to_string();
    let (one, two) = (at("officers/officer-1.key"), at("officers/officer-2.key"));
    done(&[
        "colour-change",
        "apply",
        "--citizen",
        citizen,
        "--colour",
        "red",
        "--reason",
        "confirmed",
        "--officer-key",
        &one,
        "--officer-key",
        &two,
        "--url",
        &server.url,
        "--ca",
        &at("ca.pem"),
    ]);
}

#[test]
fn from_the_first_key_to_an_emergency() {
    let nation = Nation::new();
    let (first, wuhan_key) = (nation.issuer_key("a.key"), nation.issuer_key("wuhan.key"));
    let of = |division: &str, names: &str, key: &str| format!("{division}:{names}:{key}");
    let hangzhou_names = "zh=杭州市,en=Hangzhou";
    nation.sign(&[
        "--region",
        &of("330100", hangzhou_names, &first),
        "--region",
        &of("420100", "zh=武汉市,en=Wuhan", &wuhan_key),
    ]);
    let mut hangzhou = nation.serve("hangzhou", "330100", "a.key");
    let wuhan = nation.serve("wuhan", "420100", "wuhan.key");
    let mut well = Phone::open(&nation, "well", &hangzhou);
    let mut later_red = Phone::open(&nation, "later-red", &hangzhou);
    let red = Phone::open(&nation, "red", &hangzhou);
    let elsewhere = Phone::open(&nation, "elsewhere", &wuhan);
    for (phone, order) in [
        (&well, "001"),
        (&later_red, "002"),
        (&red, "003"),
        (&elsewhere, "004"),
    ] {
        phone.register(order);
    }
    // One is revoked, and its phone stays away: it goes on showing what it holds.
    turn_red(&hangzhou, &red.citizen_id());
    let lists =
        |hangzhou: &AuthorityProcess| [nation.lists(hangzhou), nation.lists(&wuhan)].concat();
    let before = lists(&hangzhou);
    let is_revoked = |lists: &[Vec<u8>], phone: &Phone| {
        let reason = nation.check(lists, &phone.code()).reason;
        assert_eq!(reason, "credential_revoked");
    };
    is_revoked(&before, &red);
    for phone in [&well, &later_red, &elsewhere] {
        let verdict = nation.check(&before, &phone.code());
        assert!(
            verdict.accepted && verdict.status_checked,
            "{}",
            verdict.reason
        );
    }

    // The next key in time: both are listed, the first retires in some seconds.
    let second = nation.issuer_key("b.key");
    let retires_at = now() + 4;
    nation.sign(&[
        "--region",
        &of("330100", hangzhou_names, &second),
        "--key-not-after",
        &format!("{}={retires_at}", &first[..16]),
    ]);
    drop(hangzhou);
    hangzhou = nation.serve("hangzhou", "330100", "b.key");
    let at_turn = lists(&hangzhou);
    while now() <= retires_at + 2 {
        // With the lists from before the turn and with those after it.
        for lists in [&before, &at_turn] {
            is_revoked(lists, &red);
            for phone in [&well, &later_red, &elsewhere] {
                assert!(nation.check(lists, &phone.code()).accepted);
            }
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    // What the first key issued is revoked by the second's lists.
    turn_red(&hangzhou, &later_red.citizen_id());
    let after = lists(&hangzhou);
    for phone in [&red, &later_red] {
        is_revoked(&after, phone);
    }
    well.reopen(&nation, &hangzhou);
    let shown_before = well.code();
    assert!(
        nation.check(&after, &shown_before).accepted,
        "also before it has synced"
    );
    assert_eq!(well.sync(), SyncResult::Synced);
    assert_ne!(well.code(), shown_before);
    let verdict = nation.check(&after, &well.code());
    assert!(verdict.accepted && verdict.status_checked);

    // The second is stolen.
    let third = nation.issuer_key("c.key");
    let of_second = well.code();
    nation.sign(&[
        "--revoke",
        &second[..16],
        "--region",
        &of("330100", hangzhou_names, &third),
    ]);
    nation.wait_for_health(&hangzhou, "issuer_key_revoked");
    assert!(hangzhou.log().contains("issuer_key_revoked"));
    let reason = nation.check(&lists(&hangzhou), &of_second).reason;
    assert_eq!(reason, "issuer_key_not_valid");
    let outcome = well.sync();
    assert_eq!(outcome, SyncResult::AnswerRefused, "nothing is issued");
    let stolen = lists(&hangzhou);
    drop(hangzhou);
    hangzhou = nation.serve("hangzhou", "330100", "c.key");
    assert_eq!(nation.health(&hangzhou), "ok");
    // A door that has not thrown away the lists of the stolen key goes on with the others.
    let after = [at_turn.clone(), stolen, lists(&hangzhou)].concat();
    for phone in [&red, &later_red] {
        is_revoked(&after, phone);
    }
    well.reopen(&nation, &hangzhou);
    assert_eq!(well.sync(), SyncResult::Synced);
    let verdict = nation.check(&after, &well.code());
    assert!(
        verdict.accepted && verdict.status_checked,
        "one sync: {}",
        verdict.reason
    );
    // Who comes only now, red, gets that; and the other region never noticed.
    later_red.reopen(&nation, &hangzhou);
    assert_eq!(later_red.sync(), SyncResult::Synced);
    let reason = nation.check(&after, &later_red.code()).reason;
    assert_eq!(reason, "colour_not_admitted");
    assert!(nation.check(&after, &elsewhere.code()).accepted);
    assert_eq!(elsewhere.sync(), SyncResult::Synced);
    assert!(nation.check(&after, &elsewhere.code()).accepted);

    // And the root cannot take the revocation back by a slip.
    let (root, out, trust) = (
        nation.at("root.key"),
        nation.at("new.cbor"),
        nation.at("trust.cbor"),
    );
    let text = done(&["national", "show", &trust, "--root", &nation.root]);
    assert!(text.contains("revoked_at"), "{text}");
    let lines = text.lines().filter(|line| !line.starts_with("revoked_at"));
    let edited = nation.at("edited.toml");
    std::fs::write(&edited, lines.collect::<Vec<_>>().join("\n")).expect("written");
    let command = [
        "national",
        "trust-bundle",
        "--root-key",
        &root,
        "--from",
        &trust,
        "--content",
        &edited,
        "--out",
        &out,
    ];
    let refused = run(&command);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && said.contains("trust_bundle_un_revokes"),
        "{said}"
    );
}

/// A region's second server, with a store of its own, knows nothing of what the first one's revoked, and says nothing of it.
#[test]
fn a_second_store_of_a_region_un_revokes_nothing() {
    let nation = Nation::new();
    let keys = [nation.issuer_key("a.key"), nation.issuer_key("b.key")];
    let regions = keys.map(|key| format!("330100:zh=杭州市,en=Hangzhou:{key}"));
    nation.sign(&["--region", &regions[0], "--region", &regions[1]]);
    let first = nation.serve("hangzhou", "330100", "a.key");
    let red = Phone::open(&nation, "red", &first);
    red.register("001");
    turn_red(&first, &red.citizen_id());
    let of_first = nation.lists(&first);
    // Its lists are later than those of the first.
    std::thread::sleep(Duration::from_millis(1_100));
    let second = nation.serve("hangzhou-2", "330100", "b.key");
    assert!(
        second.log().contains("not_issued_here"),
        "the log names the key"
    );
    let of_second = nation.lists(&second);
    // Of one key each: of two there would be twice as many, a base and its deltas (at most 19) of each.
    for lists in [&of_first, &of_second] {
        assert!((1..=19).contains(&lists.len()), "{}", lists.len());
    }
    for lists in [
        [&of_first[..], &of_second].concat(),
        [&of_second[..], &of_first].concat(),
    ] {
        let reason = nation.check(&lists, &red.code()).reason;
        assert_eq!(reason, "credential_revoked");
    }
}
