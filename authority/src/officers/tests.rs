//! Enrolment and the chain's hash.

use ed25519_dalek::SigningKey;

use super::{Officers, uuid_v7};
use crate::errors::AuthorityError;
use health_code_core::capability::officer_chain::order_chain_head as chain_head;

fn read(text: &str) -> Result<Officers, AuthorityError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("officers.toml");
    std::fs::write(&path, text).expect("written");
    Officers::read(&path)
}

#[test]
fn enrolled_officers_read_back() {
    let (one, two) = (
        SigningKey::from_bytes(&[1; 32]),
        SigningKey::from_bytes(&[2; 32]),
    );
    let officers = read(&Officers::file(&[("li", &one), ("wang", &two)])).expect("reads");
    assert_eq!(officers.count(), 2);
    let missing = Officers::read(std::path::Path::new("/nowhere/officers.toml")).expect("none");
    assert_eq!(missing.count(), 0);
}

#[test]
fn the_same_id_or_the_same_key_twice_is_refused() {
    let (one, two) = (
        SigningKey::from_bytes(&[1; 32]),
        SigningKey::from_bytes(&[2; 32]),
    );
    for officers in [
        [("li", &one), ("li", &two)],
        [("li", &one), ("wang", &one)],
        [("li", &one), ("w w", &two)],
    ] {
        let refused = read(&Officers::file(&officers)).expect_err("refused");
        assert!(
            matches!(refused, AuthorityError::ConfigInvalid { .. }),
            "{refused:?}"
        );
    }
    assert!(matches!(
        read("x"),
        Err(AuthorityError::ConfigUnreadable { .. })
    ));
    assert!(matches!(
        read("[[officer]]\nid = \"a\"\npublic_key = \"00\"\n"),
        Err(AuthorityError::KeyInvalid { .. })
    ));
}

#[test]
fn the_chain_covers_change_officers_and_signatures() {
    let signed = |officer: &str, byte| {
        [
            (officer.to_owned(), [byte; 64]),
            ("wang".to_owned(), [2; 64]),
        ]
    };
    let head = chain_head(b"change", &signed("li", 1));
    assert_ne!(head, chain_head(b"changf", &signed("li", 1)));
    assert_ne!(head, chain_head(b"change", &signed("lu", 1)));
    assert_ne!(head, chain_head(b"change", &signed("li", 3)));
    assert_eq!(head, chain_head(b"change", &signed("li", 1)));
}

#[test]
fn only_one_form_of_an_id_is_accepted() {
    let id = "01708b3a-4c00-7000-8000-000000000001";
    assert!(uuid_v7(id).is_some());
    for wrong in [
        id.to_uppercase(),
        id.replace('-', ""),
        format!("{{{id}}}"),
        id.replacen("-7", "-4", 1),
        String::new(),
    ] {
        assert!(uuid_v7(&wrong).is_none(), "{wrong}");
    }
}
