//! Document numbers: published specimens, each error, and what a check digit must catch.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::DocumentKind::{
    ForeignPermanentResident, HkMacaoPermit, Other, Passport, ResidentId, TaiwanPermit,
};
use super::{DocumentError, DocumentKind, birth_date, check_document_number, check_nationality};

#[test]
fn numbers_are_accepted_in_their_normal_form() {
    let cases = [
        // The example of GB 11643 and a well-known one; separators, full width and lower case.
        (ResidentId, "11010519491231002X", "11010519491231002X"),
        (ResidentId, "34052419800101001x", "34052419800101001X"),
        (
            ResidentId,
            "１１０１０５ 19491231 ００２ｘ",
            "11010519491231002X",
        ),
        // Specimens of the residence permits for people from Hong Kong and Taiwan.
        (ResidentId, "810000199408230021", "810000199408230021"),
        (ResidentId, "830000199201300022", "830000199201300022"),
        (Passport, "e12345678", "E12345678"),
        (Passport, "P.1234567", "P1234567"),
        (Passport, "AB123", "AB123"),
        (HkMacaoPermit, "H12345678", "H12345678"),
        (HkMacaoPermit, "m1234567801", "M1234567801"),
        (TaiwanPermit, "12345678", "12345678"),
        (TaiwanPermit, "1234567890(B)", "1234567890B"),
        // Specimens of the foreign permanent resident's card of 2023 and of 2017.
        (
            ForeignPermanentResident,
            "911124198108030024",
            "911124198108030024",
        ),
        (
            ForeignPermanentResident,
            "can110081080310",
            "CAN110081080310",
        ),
        (Other, "dipl/12 (7)", "DIPL/12(7)"),
        (Other, "军字 1234567", "军字第1234567号"),
        (Other, "武字第 0123456 号", "武字第0123456号"),
        (Other, "A123456(7)", "A123456(7)"),
        (Other, "900101-2345678", "9001012345678"),
        (Other, "784199012345671", "784199012345671"),
        (ResidentId, "110105491231002", "11010519491231002X"),
        (
            ResidentId,
            "身份证号码：11010519491231002x",
            "11010519491231002X",
        ),
        (ResidentId, "SFZ11010519491231002X", "11010519491231002X"),
        (ResidentId, "11010519491231002×", "11010519491231002X"),
        (ResidentId, "11010519491231002х", "11010519491231002X"),
        (ResidentId, "11010519491231002*", "11010519491231002X"),
        (Passport, "护照：E12345678", "E12345678"),
        (HkMacaoPermit, "\u{202d}H1234 5678\u{202c}", "H12345678"),
    ];
    for (kind, number, normal) in cases {
        assert_eq!(
            check_document_number(kind, number).as_deref(),
            Ok(normal),
            "{kind:?}"
        );
        assert_eq!(
            check_document_number(kind, normal).as_deref(),
            Ok(normal),
            "{kind:?}"
        );
    }
}

#[test]
fn each_refusal_has_its_code() {
    use DocumentError::{AnotherKind, BirthDate, CheckDigit, Format, Province};
    let cases = [
        (ResidentId, "", Format),
        (ResidentId, "1101051949123", Format),
        (ResidentId, "1101051949123100XX", Format),
        (ResidentId, "11010519491231002A", Format),
        (ResidentId, "110105194912310021", CheckDigit),
        (ResidentId, "160105194912310029", Province),
        (ResidentId, "110105194902300020", BirthDate),
        (ResidentId, "110105174912310021", BirthDate),
        (ResidentId, "911124198108030024", AnotherKind),
        (ResidentId, "911840199003070014", AnotherKind),
        (ResidentId, "E12345678", AnotherKind),
        (ResidentId, "H12345678", AnotherKind),
        (ResidentId, "军字第1234567号", AnotherKind),
        (Passport, "330106199003070014", AnotherKind),
        (Passport, "1234", Format),
        (Passport, "E123456789", Format),
        (Passport, "E1234567é", Format),
        (HkMacaoPermit, "K12345678", AnotherKind),
        (HkMacaoPermit, "Z12345678", Format),
        (HkMacaoPermit, "H123456789", Format),
        (TaiwanPermit, "123456789", Format),
        (TaiwanPermit, "123456789012", Format),
        (ForeignPermanentResident, "811124198108030026", Format),
        (ForeignPermanentResident, "911124198108030023", CheckDigit),
        (ForeignPermanentResident, "916124198108030029", Province),
        (ForeignPermanentResident, "911124198113030029", BirthDate),
        (ForeignPermanentResident, "CAN110081080311", CheckDigit),
        (ForeignPermanentResident, "CAN110081083915", BirthDate),
        (ForeignPermanentResident, "CAN160081080315", Province),
        (ForeignPermanentResident, "CA1110081080310", Format),
        (Other, "12", Format),
        (Other, "////", Format),
        (Other, "<script>", Format),
        (Other, "甲123456", Format),
        (Other, "330106199003070014", AnotherKind),
        (Other, "330106199003070015", AnotherKind),
        (Other, "SFZ330106199003070014", AnotherKind),
        (Other, "33010619900307001", AnotherKind),
        (Other, "3301061990030700144", AnotherKind),
        (Other, "330106/19900307/0014", AnotherKind),
        (Other, "330106A19900307A0014", AnotherKind),
        (Other, "330106900307001", AnotherKind),
        (Other, "33O1O6199OO3O7OO14", AnotherKind),
        (Other, "33OlO6I99OO3O7OOI4", AnotherKind),
        (Other, "X330106900307001", AnotherKind),
        (Other, "００330106199003070014", AnotherKind),
        (Other, "身份证330106199003070014", AnotherKind),
        (Other, "H12345678", AnotherKind),
        (Other, "H1234567801", AnotherKind),
        (Other, "H123456789", AnotherKind),
        (Other, "GAH12345678", AnotherKind),
        (Other, "M/12345678", AnotherKind),
        (Other, "12345678", AnotherKind),
        (Other, "1234567801(B)", AnotherKind),
        (Other, "E12345678", AnotherKind),
        (Other, "EA1234567", AnotherKind),
        (Other, "NOE12345678", AnotherKind),
        (Other, "E12345678/X", AnotherKind),
        (Other, "PASSPORT123456789", AnotherKind),
        (Other, "护照AB123456", Format),
        (Other, "911124198108030024", AnotherKind),
        (Other, "CAN110081080310", AnotherKind),
    ];
    let mut seen = BTreeSet::from([DocumentError::Nationality.code()]);
    for (kind, number, error) in cases {
        assert_eq!(
            check_document_number(kind, number),
            Err(error),
            "{kind:?} {number}"
        );
        seen.insert(error.code());
    }
    let all: BTreeSet<_> = DocumentError::ENTRIES
        .iter()
        .map(|entry| entry.code)
        .collect();
    assert_eq!(seen, all);
    let endless = "1".repeat(1_000_000);
    for kind in DocumentKind::ALL {
        assert_eq!(
            check_document_number(kind, &endless),
            Err(DocumentError::Format)
        );
    }
}

#[test]
fn documents_go_with_nationalities() {
    let cases = [
        (ResidentId, "11010519491231002X", "CHN", true),
        (ResidentId, "11010519491231002X", "FRA", false),
        (Passport, "E12345678", "CHN", true),
        (Passport, "EA1234567", "CHN", true),
        (Passport, "EI1234567", "CHN", false),
        (Passport, "DE1234567", "CHN", true),
        (Passport, "MA1234567", "CHN", true),
        (Passport, "141234567", "CHN", true),
        (Passport, "AB123", "CHN", false),
        (Passport, "AB123", "FRA", true),
        (TaiwanPermit, "12345678", "TWN", true),
        (TaiwanPermit, "12345678", "FRA", false),
        (HkMacaoPermit, "H12345678", "GBR", true),
        (ForeignPermanentResident, "911124198108030024", "CAN", true),
        (ForeignPermanentResident, "911124198108030024", "CHN", false),
        (Other, "1234", "XXA", true),
    ];
    for (kind, number, nationality, fits) in cases {
        let answer = check_nationality(kind, number, nationality);
        assert_eq!(answer.is_ok(), fits, "{kind:?} {number} {nationality}");
    }
}

#[test]
fn the_birth_date_is_read() {
    let read = |kind, number| birth_date(kind, number).map(|date| date.to_string());
    assert_eq!(
        read(ResidentId, "11010519491231002X").as_deref(),
        Some("1949-12-31")
    );
    let foreign = read(ForeignPermanentResident, "911124198108030024");
    assert_eq!(foreign.as_deref(), Some("1981-08-03"));
    assert_eq!(read(ForeignPermanentResident, "CAN110081080310"), None);
    assert_eq!(read(Passport, "E12345678"), None);
    assert_eq!(read(ResidentId, "1"), None);
}

#[test]
fn ids_are_those_of_the_json() {
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::from_id(kind.id()), Some(kind));
        let json = serde_json::to_string(&kind).expect("a string");
        assert_eq!(json, format!("\"{}\"", kind.id()));
    }
}

/// The check character by the standard's other formulation: a table of weights and one of remainders.
fn check_character(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let weighted = digits
        .chars()
        .zip(WEIGHTS)
        .map(|(c, weight)| c.to_digit(10).unwrap() * weight);
    "10X98765432"
        .chars()
        .nth((weighted.sum::<u32>() % 11) as usize)
        .unwrap()
}

fn resident_ids() -> impl Strategy<Value = String> {
    let provinces = prop::sample::select(&super::super::division::PROVINCES[..]);
    (
        provinces,
        0..10_000_u32,
        1900..2100_u32,
        1..=12_u32,
        1..=28_u32,
        0..1000_u32,
    )
        .prop_map(|(province, county, year, month, day, sequence)| {
            let digits = format!("{province}{county:04}{year}{month:02}{day:02}{sequence:03}");
            format!("{digits}{}", check_character(&digits))
        })
}

proptest! {
    #[test]
    fn well_formed_resident_ids_pass(number in resident_ids()) {
        prop_assert_eq!(check_document_number(ResidentId, &number), Ok(number));
    }

    #[test]
    fn a_changed_character_is_refused(number in resident_ids(), at in 0..18_usize, with in "[0-9X]") {
        let mut changed = number.clone();
        changed.replace_range(at..=at, &with);
        prop_assume!(changed != number);
        prop_assert!(check_document_number(ResidentId, &changed).is_err());
    }

    #[test]
    fn two_swapped_neighbours_are_refused(number in resident_ids(), at in 0..17_usize) {
        let mut swapped = number.clone().into_bytes();
        swapped.swap(at, at + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        prop_assume!(swapped != number);
        prop_assert!(check_document_number(ResidentId, &swapped).is_err());
    }

    #[test]
    fn no_text_panics_and_what_passes_is_normal(number in any::<String>(), digits in "[0-9A-Zx９]{0,20}") {
        for kind in DocumentKind::ALL {
            for number in [&number, &digits] {
                if let Ok(normal) = check_document_number(kind, number) {
                    prop_assert_eq!(check_document_number(kind, &normal), Ok(normal));
                }
            }
        }
    }
}
