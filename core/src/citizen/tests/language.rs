//! The language that the app sets: every view in it, from the next call on, and nothing else read for it.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::{World, registration, sync};
use crate::citizen::{CONSENT_VERSION, FormKind};
use crate::colour::{Colour, Reason};
use crate::encoding::cose::verifications;
use crate::store::MemoryStore;
use crate::sync::SyncResult;
use crate::trust::{RECEIPT_TYPE, sign_bundle};
use crate::words::{Language, LanguageTag};

#[test]
fn a_change_of_language_shows_in_the_next_view() {
    let world = World::new();
    let phone = world.open(Arc::new(world.settled())).unwrap();
    let told = || {
        let colour = phone.home().unwrap().colour.unwrap();
        (colour.why, colour.instruction)
    };
    let of = |language| {
        let reason = Reason::Clear;
        let texts = (reason.text(language), reason.instruction(language));
        (texts.0.to_owned(), texts.1.to_owned())
    };
    assert_eq!(phone.language().as_str(), "en-GB");
    assert_eq!(told(), of(Language::English));
    verifications::take();
    for (tag, language) in [
        ("zh-Hans-CN", Language::Chinese),
        ("ko-KR", Language::Korean),
        ("ar-Arab-SA", Language::Arabic),
        // What the core has no words in, and what is no language, is English.
        ("fr-FR", Language::English),
        ("zh_TW", Language::Chinese),
        ("", Language::English),
    ] {
        phone.set_language(tag);
        assert_eq!(told(), of(language), "{tag}");
        assert_eq!(*phone.language(), LanguageTag::new(tag));
    }
    assert_eq!(verifications::take(), 0, "the same snapshot in other words");
}

#[test]
fn forms_and_refused_answers_are_in_it() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    let label = || {
        let form = phone.form_view(FormKind::Registration).unwrap();
        let fields = form.sections.into_iter().flat_map(|section| section.fields);
        let mut fields = fields.filter(|field| field.id == "phone");
        fields.next().unwrap().label
    };
    let form = phone.form(FormKind::Registration).unwrap();
    let phone_field = form.field("phone").unwrap();
    let mut wrong = registration("王小明");
    wrong.insert("phone".to_owned(), json!("12"));
    for (tag, text) in [
        ("en", "This is not a phone number."),
        ("zh-CN", "电话号码无效。"),
    ] {
        phone.set_language(tag);
        assert_eq!(label(), phone_field.label.get(&tag[..2]).unwrap());
        let review = phone.review(&form, &wrong).unwrap();
        let error = phone.register(&wrong, CONSENT_VERSION).unwrap_err();
        assert_eq!(error.fields(&phone.language()), review.errors);
        let [field] = review.errors.as_slice() else {
            panic!("{:?}", review.errors)
        };
        assert_eq!((field.path.as_str(), field.text.as_str()), ("phone", text));
    }
}

#[test]
fn daily_check_ins_are_told_in_a_sentence_with_its_plural() {
    let world = World::new();
    let phone = world.open(Arc::new(MemoryStore::new())).unwrap();
    phone
        .register(&registration("王小明"), CONSENT_VERSION)
        .unwrap();
    world.publish();
    world
        .authority
        .decide(Colour::Yellow, Reason::CheckInsRunning);
    let vectors = include_str!("../../../../tests/vectors/recomputation.json");
    let mut receipt = serde_json::from_str::<Value>(vectors).unwrap()["cases"][0]["receipt"].take();
    receipt["checkInsDone"] = json!(6);
    receipt["checkInsRequired"] = json!(7);
    let key = &world.authority.nation.hangzhou;
    let signed = sign_bundle(RECEIPT_TYPE, None, receipt.to_string().as_bytes(), key).unwrap();
    let signed = BASE64URL_NOPAD.encode(&signed);
    world.authority.tamper(Some(Box::new(move |state| {
        state.receipt = Some(signed.clone());
    })));
    assert_eq!(sync(&phone).result, SyncResult::Synced);
    let text = || {
        let check_ins = phone.home().unwrap().colour.unwrap().check_ins.unwrap();
        check_ins.text.replace(['\u{2068}', '\u{2069}'], "")
    };
    let english = "6 of 7 daily check-ins done, 1 day to go.";
    assert_eq!((text(), text()), (english.to_owned(), english.to_owned()));
    phone.set_language("zh");
    assert_eq!(text(), "每日打卡已完成 6/7，还需 1 天。");
}
