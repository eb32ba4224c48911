//! Spellings of phone numbers.

use proptest::prelude::*;

use super::PhoneError::{AreaCode, Country, Invalid, Several};
use super::check_phone;

#[test]
fn spellings_of_the_mainlands_numbers() {
    for (typed, normal) in [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("0086 138 0000 1234", "13800001234"),
        ("+86 010 6512 3456", "01065123456"),
        ("+86 10 6512 3456", "01065123456"),
        ("+86 (0571) 8765 4321", "057187654321"),
        ("+86 (0)571 8765 4321", "057187654321"),
        ("(+86) 138-0000-1234", "13800001234"),
        ("（０５７１）８７６５４３２１", "057187654321"),
        ("86 13800001234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("0 138 0000 1234", "13800001234"),
        ("+86 0138 0000 1234", "13800001234"),
        ("+0086 138 0000 1234", "13800001234"),
        ("tel:+86-138-0000-1234", "13800001234"),
        ("电话：138 0000 1234", "13800001234"),
        ("Tel: +86 138 0000 1234", "13800001234"),
        ("086 138 0000 1234", "13800001234"),
        ("\u{202d}138\u{a0}0000\u{a0}1234\u{202c}", "13800001234"),
        ("\u{feff}138.0000.1234\r\n", "13800001234"),
        ("0571-8765432", "05718765432"),
        ("0571-87654321-801", "057187654321;ext=801"),
        ("0571 8765 4321转801", "057187654321;ext=801"),
        ("010-65123456 ext. 12", "01065123456;ext=12"),
        ("057187654321;ext=801", "057187654321;ext=801"),
        ("057187654321#801", "057187654321;ext=801"),
        ("01065123456（分机12）", "01065123456;ext=12"),
        ("٠١٠٦٥١٢٣٤٥٦", "01065123456"),
    ] {
        assert_eq!(check_phone(typed).as_deref(), Ok(normal), "{typed}");
        assert_eq!(check_phone(normal).as_deref(), Ok(normal), "{normal}");
    }
}

#[test]
fn what_is_no_phone_number_is_told_why() {
    for (typed, error) in [
        ("8765 4321", AreaCode),
        ("571 8765 4321", AreaCode),
        ("9123 4567", AreaCode),
        ("12345678901", Invalid),
        ("+86 12345", Invalid),
        ("12345", Invalid),
        ("138000012345", Invalid),
        ("1380000123", Invalid),
        ("400-820-8820", Invalid),
        ("110", Invalid),
        ("call me", Invalid),
        ("138O0001234", Invalid),
        ("+44 20 7946 095", Invalid),
        ("+1 000 555 2671", Invalid),
        ("+852 123", Invalid),
        ("+999 123456789", Country),
        ("+0123456789", Country),
        ("+", Country),
        ("13800001234/13900001234", Several),
        ("13800001234、01065123456", Several),
        ("13800001234,13900001234", Several),
        ("+8613800001234 +8613900001234", Several),
        ("13800001234或13900001234", Several),
    ] {
        assert_eq!(check_phone(typed), Err(error), "{typed}");
    }
}

proptest! {
    #[test]
    fn what_is_accepted_is_normal(text in any::<String>(), odd in "[+0-9 ()\\-/x#,;转]{0,24}") {
        for text in [text, odd] {
            if let Ok(normal) = check_phone(&text) {
                prop_assert_eq!(check_phone(&normal), Ok(normal.clone()));
                prop_assert!(normal.len() <= 30);
            }
        }
    }
}
