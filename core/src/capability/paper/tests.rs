//! What a phone believes of sheets: each alone, rubbish by name, tomorrow's data.

use serde_json::{Value, json};

use super::{PaperError, PaperRequest, PaperSheetView, Sheet, SheetStanding, Sheets};
use crate::capability::paper::views::{advice, waiting};
use crate::testing::nation::{Nation, sample_paper};
use crate::words::Language;

const NOW: i64 = 1_800_000_000;

fn sheet(nation: &Nation) -> Sheet {
    let claims = sample_paper(NOW);
    Sheet {
        id: "01934f5c-7c00-7000-8000-000000000000".to_owned(),
        made_at: NOW,
        expires_at: claims.expires_at,
        first_day: "2027-01-15".to_owned(),
        last_day: "2027-02-03".to_owned(),
        standing: SheetStanding::Good,
        by_desk: true,
        code: Some(nation.paper(&claims)),
    }
}

fn believed(nation: &Nation, sheets: &Value) -> Vec<Sheet> {
    let told: Sheets = serde_json::from_value(json!({ "sheets": sheets })).expect("sheets");
    told.believed(&nation.trust, NOW).sheets
}

#[test]
fn a_code_that_does_not_verify_is_left_out_and_the_other_sheets_stay() {
    let nation = Nation::at(NOW);
    let good = sheet(&nation);
    let another_end = Sheet {
        expires_at: good.expires_at + 1,
        ..good.clone()
    };
    let rubbish = Sheet {
        code: Some("JKM1:RUBBISH".to_owned()),
        ..good.clone()
    };
    let none = Sheet {
        code: None,
        ..good.clone()
    };
    let told = json!([rubbish, good, another_end, none]);
    let sheets = believed(&nation, &told);
    let standings: Vec<_> = sheets
        .iter()
        .map(|it| (it.standing, it.code.is_some()))
        .collect();
    let other = (SheetStanding::Other, false);
    assert_eq!(
        standings,
        [other, (SheetStanding::Good, true), other, other]
    );
}

#[test]
fn tomorrow_s_members_and_standings_are_passed_over() {
    let nation = Nation::at(NOW);
    let mut told = serde_json::to_value(sheet(&nation)).unwrap();
    told["laminated"] = json!(true);
    told["standing"] = json!("suspended");
    let sheets = believed(&nation, &json!([told]));
    assert_eq!(sheets[0].standing, SheetStanding::Other);
    let view = PaperSheetView::new(sheets[0].clone(), NOW, Language::English);
    assert!(!view.counts && view.code.is_none() && view.masked_name.is_empty());
}

#[test]
fn a_sheet_ends_on_its_day_without_the_authority() {
    let nation = Nation::at(NOW);
    let held = sheet(&nation);
    let view = |at| PaperSheetView::new(held.clone(), at, Language::English);
    let last = view(held.expires_at - 1);
    assert!(last.counts && last.code.is_some());
    assert_eq!(
        (last.masked_name.as_str(), last.document_tail.as_str()),
        ("欧**娜", "002X")
    );
    let over = view(held.expires_at);
    assert!(!over.counts && over.code.is_none());
    assert_ne!(last.standing_text, over.standing_text);
}

#[test]
fn a_thousand_sheets_are_the_newest_few() {
    let nation = Nation::at(NOW);
    let one = serde_json::to_value(sheet(&nation)).unwrap();
    let sheets = believed(&nation, &Value::Array(vec![one; 1_000]));
    assert_eq!(sheets.len(), super::SHEETS_KEPT);
}

#[test]
fn days_out_of_range_are_named() {
    for (days, is_right) in [(0, false), (1, true), (180, true), (181, false)] {
        let checked = PaperRequest { days }.check();
        assert_eq!(checked.is_ok(), is_right, "{days}");
        if let Err(refused) = checked {
            assert_eq!(refused[0].code, PaperError::DaysOutOfRange.code());
        }
    }
}

#[test]
fn everything_is_said_in_every_language() {
    let nation = Nation::at(NOW);
    for language in Language::ALL {
        for standing in [
            SheetStanding::Good,
            SheetStanding::Replaced,
            SheetStanding::Revoked,
            SheetStanding::Ended,
            SheetStanding::Over,
            SheetStanding::Other,
        ] {
            let held = Sheet {
                standing,
                ..sheet(&nation)
            };
            let view = PaperSheetView::new(held, NOW, language);
            assert!(!view.standing_text.starts_with("paper-"), "{language:?}");
        }
        assert!(
            advice(language)
                .iter()
                .all(|text| !text.starts_with("paper-"))
        );
        let texts =
            [(true, false), (false, true)].map(|(one, other)| waiting(one, other, language));
        assert!(texts.iter().flatten().count() == 2 && texts[0] != texts[1]);
        assert_eq!(waiting(false, false, language), None);
    }
}
