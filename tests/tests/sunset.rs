//! The end of a region, end to end over TLS: phones that knew of it, that were off for a month, that never heard of it.

use data_encoding::BASE64URL_NOPAD;
use health_code_core::citizen::{
    CONSENT_VERSION, ErasureState, HomeNoticeKind, NextStepKind, Stage, SunsetStage, SunsetView,
};
use health_code_core::sync::SyncResult;
use health_code_core::trust::{SunsetOrder, TrustBundle};
use health_code_core::wire::{BundleKind, open_erasure_receipt};
use health_code_core::words::LocalizedText;
use health_code_tests::phone::{Phone, registration, resident_id};
use health_code_tests::town::Town;

const DAY_MS: u64 = 86_400_000;
/// Days from now until codes end, and from then until phones erase.
const ENDS: i64 = 10;
const ERASED_AFTER: u32 = 5;

fn order(town: &mut Town) {
    let now = town.now();
    town.change_trust(|trust| {
        trust.sunset_orders.push(SunsetOrder {
            division: 330_000,
            effective_at: now + ENDS * 86_400,
            text: LocalizedText::new("The epidemic is over.", "疫情结束。"),
            erase_after_secs: Some(ERASED_AFTER * 86_400),
        });
    });
}

fn pass(town: &Town, phone: &Phone, elapsed_ms: u64) {
    town.clock.advance_ms(elapsed_ms);
    phone.clock.advance_ms(elapsed_ms);
}

fn sunset(phone: &Phone) -> Option<SunsetView> {
    let view = phone.health_code.sunset().expect("a view");
    if let Some(view) = &view {
        assert!(view.spoken.starts_with(&view.title) && view.spoken.contains(&view.reason));
        assert_eq!(view.shape == "!", view.stage == SunsetStage::Coming);
    }
    view
}

fn stage(phone: &Phone) -> Stage {
    phone.health_code.home().expect("a view").stage
}

fn notices(phone: &Phone) -> Vec<HomeNoticeKind> {
    let home = phone.health_code.home().expect("a view");
    home.notices.into_iter().map(|notice| notice.kind).collect()
}

fn trust(phone: &Phone, town: &Town) -> TrustBundle {
    let trust = phone.health_code.published_bundle(&BundleKind::TRUST, "");
    let trust = trust.expect("the store").expect("a bundle");
    TrustBundle::open(&trust, &town.root_key, town.now(), 0).expect("opens")
}

#[test]
fn who_knew_of_it_is_erased_in_time_though_the_authority_is_gone_and_has_its_receipt_later() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    order(&mut town);
    assert_eq!(phone.sync().result, SyncResult::Synced);
    let coming = sunset(&phone).expect("ordered");
    assert_eq!(coming.stage, SunsetStage::Coming);
    assert_eq!(coming.reason, "The epidemic is over.");
    assert_eq!(notices(&phone), [HomeNoticeKind::SunsetComing]);
    // Until then nothing is different, at a door that knows of it too.
    let code = phone.health_code.current_code().expect("a code");
    let checkpoint = phone.checkpoint(&town);
    assert!(checkpoint.check(&code.text, town.now()).accepted);
    let ended = checkpoint.check(&code.text, coming.effective_at);
    assert_eq!(ended.reason, "region_ended");

    // The authority is gone. The phone's code is over at the end, without anybody saying so; its data can be saved.
    town.stop();
    pass(&town, &phone, 11 * DAY_MS);
    let home = phone.health_code.home().expect("a view");
    assert_eq!(home.next_step.kind, NextStepKind::SaveData);
    assert!(!home.code_available && notices(&phone).contains(&HomeNoticeKind::RegionEnded));
    assert!(phone.health_code.current_code().is_err());
    assert_ne!(phone.sync().result, SyncResult::Synced);
    let name = registration(&resident_id("001"))["name"].clone();
    let name = name.as_str().expect("a name");
    assert!(
        phone
            .health_code
            .export_data()
            .expect("a file")
            .contains(name)
    );
    let paper = phone.health_code.export_document().expect("a paper");
    assert!(paper.blocks.iter().any(|block| block.text == name));
    pass(&town, &phone, 3 * DAY_MS);
    phone.sync();
    assert_eq!(stage(&phone), Stage::Decided, "a day is left");

    pass(&town, &phone, 2 * DAY_MS);
    assert_eq!(stage(&phone), Stage::Decided, "nobody has looked yet");
    // It is enough that the app is opened; no sync, which may be given up or never tried where nobody answers.
    let clock = phone.clock.clone();
    drop(phone);
    let phone = Phone::with(&town, "phone", None, clock);
    assert_eq!(stage(&phone), Stage::NotRegistered);
    assert_eq!(sunset(&phone).expect("a view").stage, SunsetStage::Erased);
    assert!(
        !phone
            .health_code
            .export_data()
            .expect("a file")
            .contains(name)
    );
    let again = phone
        .health_code
        .register(&registration(&resident_id("001")), CONSENT_VERSION);
    assert_eq!(again.expect_err("ended").code(), "region_has_ended");
    drop(phone);

    // A year later somebody finds the server and switches it on for the receipts.
    town.clock.advance_ms(100 * DAY_MS);
    town.start();
    let phone = Phone::new(&town, "phone");
    assert_eq!(phone.health_code.erasures()[0].state, ErasureState::Waiting);
    let outcome = phone.sync();
    assert_eq!(outcome.result, SyncResult::Synced, "{outcome:?}");
    let erased = phone.health_code.erasures().remove(0);
    assert_eq!(erased.state, ErasureState::Confirmed, "{erased:?}");
    let receipt = BASE64URL_NOPAD.decode(erased.receipt.expect("a receipt").as_bytes());
    let receipt = receipt.expect("base64url");
    open_erasure_receipt(&receipt, &trust(&phone, &town), town.now()).expect("both signatures");
}

#[test]
fn who_was_off_line_for_a_month_hears_of_it_before_at_or_after_the_end() {
    // Days off line; whether codes still count when the phone comes back.
    for (days, counts) in [(9, true), (10, false), (31, false)] {
        let mut town = Town::new();
        let phone = Phone::new(&town, "phone");
        phone.turn_green(&town);
        order(&mut town);
        pass(&town, &phone, days * DAY_MS);
        // What it signs every hour it signs at the start as well.
        town.stop();
        town.start();
        // The credential has long ended; that there is an end nobody told the phone.
        let home = phone.health_code.home().expect("a view");
        assert!(!home.code_available && sunset(&phone).is_none(), "{days}");

        let outcome = phone.sync();
        assert_eq!(outcome.result, SyncResult::Synced, "{days}: {outcome:?}");
        let heard = sunset(&phone).expect("told");
        assert_eq!(heard.stage == SunsetStage::Coming, counts, "{days}");
        assert_eq!(phone.health_code.current_code().is_ok(), counts, "{days}");
        // From the end on, or from when it heard of it: as long as anybody has.
        let from = heard.effective_at.max(town.now());
        let grace = i64::from(ERASED_AFTER) * 86_400;
        assert!((heard.erase_at - from - grace).abs() < 60, "{days}");
        assert_eq!(stage(&phone), Stage::Decided);

        let left = u64::try_from(heard.erase_at - town.now()).expect("ahead");
        pass(&town, &phone, left * 1_000 - 3_600_000);
        phone.sync();
        assert_eq!(stage(&phone), Stage::Decided, "{days}: an hour is left");
        pass(&town, &phone, 2 * 3_600_000);
        phone.sync();
        assert_eq!(stage(&phone), Stage::NotRegistered, "{days}");
        phone.sync();
        assert_eq!(
            phone.health_code.erasures()[0].state,
            ErasureState::Confirmed,
            "{days}"
        );
    }
}

/// What a phone cannot know it cannot do: its code is over all the same, and its holder can erase it by hand.
#[test]
fn who_never_heard_of_it_keeps_its_data_and_has_no_code() {
    let mut town = Town::new();
    let phone = Phone::new(&town, "phone");
    phone.turn_green(&town);
    let code = phone.health_code.current_code().expect("a code");
    order(&mut town);
    let neighbour = Phone::new(&town, "neighbour");
    neighbour.register_as("002");
    neighbour.sync();
    assert!(sunset(&neighbour).is_some());
    let checkpoint = neighbour.checkpoint(&town);
    town.stop();
    pass(&town, &phone, 60 * DAY_MS);
    assert_ne!(phone.sync().result, SyncResult::Synced);
    let home = phone.health_code.home().expect("a view");
    assert!(sunset(&phone).is_none() && !home.code_available);
    assert_eq!(stage(&phone), Stage::Decided);
    let verdict = checkpoint.check(&code.text, town.now());
    assert!(!verdict.accepted, "{verdict:?}");
}
