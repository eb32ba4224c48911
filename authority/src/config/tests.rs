//! What the file and the bounds refuse, by name.

use health_code_core::wire::OLDEST_APP;

use super::{Config, Layer};
use crate::errors::AuthorityError;

fn from_file(text: &str) -> Result<Config, AuthorityError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.toml");
    std::fs::write(&path, text).expect("written");
    Config::resolve(Layer::default(), Some(&path))
}

#[test]
fn a_setting_that_nobody_says_has_its_default() {
    let config = from_file("correction_days = 9\nhosts = [\"a\", \"b\"]\n").expect("reads");
    let expected = Config {
        correction_days: 9,
        hosts: vec!["a".to_owned(), "b".to_owned()],
        ..Config::default()
    };
    assert_eq!(config, expected);
    assert_eq!(expected.listen.port(), 8443);
    assert_eq!(expected.oldest_app, OLDEST_APP);
    assert_eq!(expected.tls_cert, None);
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    for (text, place) in [
        (
            "division = 330100\nno_such_setting = 1\n",
            ":2: no_such_setting",
        ),
        ("\"devision\" = 330100\n", ":1: devision"),
        ("[limits]\ndevice_burst = 3\n", ":1: limits"),
    ] {
        match from_file(text) {
            Err(AuthorityError::ConfigKeyUnknown { at }) => assert!(at.ends_with(place), "{at}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_names_its_key_and_never_the_value() {
    for (text, place) in [
        ("division = \"secret\"\n", ":1: division"),
        ("division = 330100\ndevice_burst = -1\n", ":2: device_burst"),
        ("listen = \"secret\"\n", ":1: listen"),
        ("division = = secret\n", ":1: division"),
        ("division = 330100\ndivision = 330101\n", ":2: division"),
    ] {
        match from_file(text) {
            Err(AuthorityError::ConfigUnreadable { at }) => {
                assert!(at.ends_with(place) && !at.contains("secret"), "{at}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_value_out_of_bounds_tells_what_it_may_be() {
    for (text, place) in [
        ("division = 33", "division = 33, may be 100000 to 999999"),
        ("correction_days = 0", "correction_days = 0, may be 1 to 60"),
        ("device_burst = 0", "device_burst = 0, may be 1 or more"),
        (
            "credential_min_hours = 8\ncredential_max_hours = 7",
            "credential_max_hours = 7, may be 8 to 24",
        ),
        ("tls_key = \"k\"", "tls_cert and tls_key: both or neither"),
        (
            "oldest_app = \"1.2\"",
            "oldest_app = 1.2, may be MAJOR.MINOR.PATCH",
        ),
        (
            "rule_set = \"beijing\"",
            "rule_set = beijing, may be hangzhou, hubei, visitors or a JSON file that exists",
        ),
    ] {
        let at = place.to_owned();
        assert_eq!(from_file(text), Err(AuthorityError::ConfigInvalid { at }));
    }
}

#[test]
fn every_setting_has_a_flag_a_variable_and_a_help() {
    let command = <Layer as clap::Args>::augment_args(clap::Command::new("settings"));
    let fields = <Config as confique::Config>::META.fields;
    assert_eq!(command.get_arguments().count(), fields.len());
    for arg in command.get_arguments() {
        let name = arg.get_id().as_str();
        let variable = arg.get_env().and_then(|name| name.to_str());
        let expected = format!("HEALTH_CODE_{}", name.to_uppercase());
        assert_eq!(variable, Some(expected.as_str()));
        assert!(
            arg.get_long().is_some() && arg.get_help().is_some(),
            "{name}"
        );
    }
}
