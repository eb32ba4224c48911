//! Every language says everything, and nothing that nobody asks for.

use std::collections::BTreeSet;

use fluent_bundle::FluentArgs;

use super::{CORE, Language, format, text, text_of_code};
use crate::capability::appeals::{DECISION_REASONS, REQUEST_REASONS};
use crate::capability::dcc;
use crate::capability::dependants::DependantState;
use crate::capability::international;
use crate::citizen::{HomeNoticeKind, NextStepKind, OpeningFailureKind};
use crate::colour::{Colour, Reason};
use crate::error_table;
use crate::identity::DocumentKind;
use crate::wire::ProblemKind;

/// Texts that need arguments.
const WITH_ARGUMENTS: [&str; 53] = [
    "paper-status-counts",
    "results-some",
    "results-unverified",
    "notice-new_results",
    "result-until",
    "result-sampled",
    "result-given",
    "result-reported",
    "result-dose",
    "result-dose-of",
    "result-earlier",
    "why-report",
    "why-report-appeal",
    "proof-code-missing",
    "care-ends",
    "carer-this_phone",
    "carer-other_phone",
    "carer-this_phone-moved",
    "carer-other_phone-moved",
    "group-title",
    "chain-by-officers",
    "chain-by-rule",
    "check-ins",
    "character-place",
    "export-bytes",
    "export-page",
    "export-records",
    "sunset-coming",
    "sunset-ended",
    "sunset-erased",
    "notice-region_ended",
    "notice-sunset_coming",
    "notice-grace_in_force",
    "notice-stale",
    "notice-upload_refused",
    "notice-uploads_waiting",
    "way-check-ins",
    "way-earliest",
    "notice-appeal_overdue",
    "notice-appeal_asked",
    "notice-appeal_decided",
    "appeal-sending",
    "appeal-refused",
    "appeal-received",
    "appeal-asked",
    "appeal-overdue",
    "appeal-limits",
    "appeals-count",
    "appeals-asked",
    "appeals-new",
    "appeals-overdue",
    "evidence-picture",
    "evidence-pdf",
];

/// What the tables ask for.
fn asked_for() -> BTreeSet<String> {
    // The last three are the boundary's own errors, declared where it is.
    let own = [
        "consent-text",
        "code-shown-before",
        "registers-again",
        "reason-unknown",
        "reason-unknown.instruction",
        "accepted",
        "argument_invalid",
        "closed",
        "internal_error",
        "check-ins-reset",
        "status-unknown",
        "status-unknown.spoken",
        "status-no_colour",
        "status-no_colour.spoken",
        "notice-clock_wrong.without-code",
        "way-check-in-today",
        "way-check-in-tomorrow",
        "way-connect",
        "way-declare",
        "way-object",
        "way-office",
        "way-wait",
        "export-title",
        "export-details-title",
        "export-colour-title",
        "export-history-title",
        "export-declared-title",
        "export-appeals-title",
        "export-dependants-title",
        "export-paper-title",
        "export-unsent-title",
        "export-erasures-title",
        "export-authority-title",
        "export-holdings-not-requested",
        "export-holdings-requested",
        "export-holdings-coming",
        "export-upload-data-request",
        "export-file-title",
        "export-nothing",
        "export-colour",
        "export-why",
        "export-since",
        "export-rule",
        "export-citizen-id",
        "export-waiting",
        "export-refused",
        "export-upload-registration",
        "export-upload-declaration",
        "export-upload-itinerary",
        "export-upload-correction",
        "export-upload-other",
        "export-erased",
        "export-file",
        "export-left-out",
        "export-left-out-text",
        "export-phone-records",
        "export-authority-records",
        "export-cut",
        "sunset-coming-title",
        "sunset-ended-title",
        "sunset-erased-title",
        "dependants-none",
        "dependants-some",
        "dependants-waiting",
        "care-key-hardware",
        "care-key-store",
        "care-next-waiting",
        "care-next-refused",
        "care-next-ended",
        "care-code-waiting",
        "care-code-for_carer",
        "care-code-for_phone",
        "care-code-over",
    ];
    let mut asked: BTreeSet<String> = own.map(str::to_owned).into();
    asked.extend(crate::capability::identity_proof::text_ids());
    asked.extend(WITH_ARGUMENTS.map(str::to_owned));
    asked.extend(international::WITH_ARGUMENTS.map(str::to_owned));
    asked.extend(international::text_ids());
    asked.extend(dcc::WITH_ARGUMENTS.map(str::to_owned));
    asked.extend(dcc::text_ids());
    asked.extend(["", ".title", ".spoken"].map(|part| std::format!("colour-orange{part}")));
    asked.extend(DependantState::ALL.map(|state| state.text_id().to_owned()));
    asked.extend(DocumentKind::ALL.map(|kind| std::format!("document-kind-{}", kind.id())));
    for state in [
        "queued",
        "sending",
        "refused",
        "received",
        "asked",
        "answering",
        "overdue",
        "withdrawing",
        "withdrawn",
        "upheld",
        "partly",
        "rejected",
        "decided",
    ] {
        asked.insert(std::format!("appeal-{state}"));
        asked.insert(std::format!("appeal-{state}.title"));
    }
    let steps = ["connect", "wait", "answer", "call", "again", "see_colour"];
    asked.extend(steps.map(|step| std::format!("appeal-step-{step}")));
    let reasons = DECISION_REASONS.iter().map(|(id, _)| *id);
    let reasons = reasons.chain(["other"]);
    asked.extend(reasons.map(|id| std::format!("appeal-reason-{id}")));
    let requests = REQUEST_REASONS.into_iter().chain(["other"]);
    asked.extend(requests.map(|id| std::format!("appeal-ask-{id}")));
    let events = ["received", "asked", "answered", "withdrawn", "decided"];
    asked.extend(events.map(|event| std::format!("appeal-event-{event}")));
    asked.extend(Colour::ALL.map(|colour| std::format!("colour-{}", colour.id())));
    for colour in Colour::ALL {
        for attribute in ["title", "spoken"] {
            asked.insert(std::format!("{}.{attribute}", colour.text_id()));
        }
    }
    for kind in OpeningFailureKind::ALL {
        asked.insert(kind.text_id().to_owned());
        asked.insert(std::format!("{}.title", kind.text_id()));
    }
    asked.extend(HomeNoticeKind::ALL.map(|kind| kind.text_id().to_owned()));
    asked.extend(
        NextStepKind::ALL
            .iter()
            .filter_map(|kind| kind.text_id().map(str::to_owned)),
    );
    asked.extend(crate::capability::paper::TEXT_IDS.map(str::to_owned));
    asked.extend(crate::citizen::ERASURE_TEXT_IDS.map(str::to_owned));
    asked.extend(crate::capability::results::text_ids());
    let of_chain = crate::capability::officer_chain::TEXT_IDS;
    asked.extend(of_chain.iter().map(|id| (*id).to_owned()));
    for reason in Reason::ALL {
        asked.insert(std::format!("reason-{}", reason.id()));
        asked.insert(std::format!("reason-{}.instruction", reason.id()));
    }
    asked.extend(
        ProblemKind::ALL
            .iter()
            .map(|kind| std::format!("problem-{}", kind.code())),
    );
    asked.extend(
        error_table::catalogue()
            .iter()
            .map(|entry| entry.code.to_owned()),
    );
    asked
}

#[test]
fn every_language_says_what_is_asked_for_and_nothing_else() {
    for language in Language::ALL {
        let listed = CORE.ids(language).unwrap();
        let said: BTreeSet<String> = listed.iter().cloned().collect();
        assert_eq!(said.len(), listed.len(), "{language:?}: an id stands twice");
        let asked = asked_for();
        let missing: Vec<_> = asked.difference(&said).collect();
        let idle: Vec<_> = said.difference(&asked).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(idle.is_empty(), "nobody asks for {idle:?}");
        for id in said
            .iter()
            .filter(|id| !WITH_ARGUMENTS.contains(&id.as_str()))
            .filter(|id| !international::WITH_ARGUMENTS.contains(&id.as_str()))
            .filter(|id| !dcc::WITH_ARGUMENTS.contains(&id.as_str()))
        {
            let text = text(id, language).unwrap_or_default();
            assert!(!text.trim().is_empty(), "{language:?}: {id}");
        }
    }
}

#[test]
fn a_phones_tag_finds_its_language() {
    for (tag, language) in [
        ("zh", Language::Chinese),
        ("zh-Hans-CN", Language::Chinese),
        ("zh_TW", Language::Chinese),
        ("ZH-hant", Language::Chinese),
        ("en", Language::English),
        ("en-GB", Language::English),
        ("ko-KR", Language::Korean),
        ("ko_KR", Language::Korean),
        ("kok", Language::English),
        ("ar", Language::Arabic),
        ("ar-SA", Language::Arabic),
        ("ar-Arab-EG", Language::Arabic),
        ("ar-u-nu-latn", Language::Arabic),
        ("fr", Language::English),
        ("", Language::English),
        ("zhx", Language::English),
    ] {
        assert_eq!(Language::for_tag(tag), language, "{tag}");
    }
}

#[test]
fn what_is_not_there_is_none() {
    for language in Language::ALL {
        assert_eq!(text("no-such-text", language), None);
        assert_eq!(text("colour-green.instruction", language), None);
        assert_eq!(text("", language), None);
    }
}

fn check_ins(done: u32, required: u32) -> FluentArgs<'static> {
    let mut arguments = FluentArgs::new();
    arguments.set("done", done);
    arguments.set("required", required);
    arguments.set("left", required - done);
    arguments
}

#[test]
fn numbers_take_the_plural_form_of_the_language() {
    // What is put in is kept apart, so that it stands rightly in a text of the other direction (Unicode, UAX 9).
    let said = |done, language| {
        let text = format("check-ins", &check_ins(done, 7), language).unwrap();
        assert!(text.contains('\u{2068}') && text.contains('\u{2069}'));
        text.replace(['\u{2068}', '\u{2069}'], "")
    };
    assert_eq!(
        said(3, Language::English),
        "3 of 7 daily check-ins done, 4 days to go."
    );
    assert_eq!(
        said(6, Language::English),
        "6 of 7 daily check-ins done, 1 day to go."
    );
    assert_eq!(
        said(3, Language::Chinese),
        "每日打卡已完成 3/7，还需 4 天。"
    );
    assert_eq!(
        said(6, Language::Chinese),
        "每日打卡已完成 6/7，还需 1 天。"
    );
    assert_eq!(
        said(3, Language::Korean),
        "매일 건강 체크 7일 중 3일 완료, 4일 남았습니다."
    );
    for (done, left) in [
        (7, "ولم يبقَ أي يوم."),
        (6, "وبقي يوم واحد."),
        (5, "وبقي يومان."),
        (4, "وبقيت 3 أيام."),
    ] {
        let text = said(done, Language::Arabic);
        assert_eq!(text, std::format!("تمت المتابعة {done} من 7، {left}"));
    }
    for language in Language::ALL {
        assert_eq!(format("check-ins", &FluentArgs::new(), language), None);
    }
}

#[test]
fn a_code_has_its_text_and_nothing_else_has() {
    let english = |code| text_of_code(code, Language::English);
    assert_eq!(english("answer_required"), Some("This must be answered."));
    assert_eq!(
        english("already_registered"),
        text("problem-already_registered", Language::English)
    );
    for no_code in [
        "",
        "colour-green",
        "consent",
        "consent-text",
        "registers-again",
        "no_such_code",
        "reason-fever.instruction",
    ] {
        assert_eq!(english(no_code), None, "{no_code}");
    }
}
