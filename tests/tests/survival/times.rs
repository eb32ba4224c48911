//! A week without network, clocks that are wrong, and stores of older versions.

use std::path::Path;
use std::sync::Arc;

use health_code_core::cancel::CancelHandle;
use health_code_core::citizen::{CitizenConfig, CitizenPorts, HealthCode};
use health_code_core::ports::{HttpRequest, HttpResponse, Transport, TransportError};
use health_code_core::sync::{HttpConfig, SyncResult};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::clock::FixedClock;
use health_code_core::testing::key_guard::FixedKeyGuard;
use health_code_tests::store_fixture::{Expected, KEY_GUARD, folder, unpack};

use super::cases::{ALL, Case};
use super::line::Network;
use super::world::{DAY_MS, sync};
use super::{act_all, for_every_case, see, settle, untroubled};

/// A week in which nobody answers: everything is done and seen as ever, and comes through when there is a network again.
#[test]
fn a_week_without_network_loses_nothing() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 7 * DAY_MS);
        let records = world.put_back(moment);
        (case.meanwhile)(world);
        world.network(Network::Off);
        world.pass_ms(7 * DAY_MS);
        let phone = world.open(&records);
        see(case, &phone);
        act_all(case, &phone);
        assert_eq!(sync(&phone).result, SyncResult::Offline, "{}", case.name);
        let seen = see(case, &phone);
        drop(phone);
        let phone = world.open(&records);
        assert_eq!(see(case, &phone), seen, "{}", case.name);
        world.network(Network::On);
        settle(&phone);
        assert_eq!((see(case, &phone), world.kept()), expected, "{}", case.name);
    });
}

/// A phone that starts with its clock days or decades off: views and acts work or are refused by name, and after a sync it is as
/// one whose clock was right.
#[test]
fn a_wrong_clock_ends_nothing_and_is_put_right() {
    for_every_case(|world, moment, case| {
        let expected = untroubled(world, moment, case, 0);
        for off_days in [-20_000, -2, 2, 400] {
            let records = world.put_back(moment);
            (case.meanwhile)(world);
            world.clocks[1].reboot_off_by(off_days * DAY_MS);
            let phone = world.open(&records);
            let mut undone = Vec::new();
            for (name, act) in case.acts {
                let before = see(case, &phone);
                if let Err(error) = act(&phone) {
                    assert!(!error.code().is_empty());
                    undone.push((name, act));
                } else if see(case, &phone) == before {
                    // What is over by this clock is not there to be marked.
                    undone.push((name, act));
                }
            }
            settle(&phone);
            for (name, act) in undone {
                act(&phone).unwrap_or_else(|error| panic!("{name}: {}", error.code()));
            }
            settle(&phone);
            let ended = (see(case, &phone), world.kept());
            assert_eq!(ended, expected, "{}, {off_days} days off", case.name);
        }
    });
}

/// Nobody answers.
struct Offline;

impl Transport for Offline {
    fn send(
        &self,
        _request: HttpRequest,
        _timeout_ms: u64,
        _cancel: &CancelHandle,
    ) -> Result<HttpResponse, TransportError> {
        Err(TransportError::Unreachable)
    }
}

fn open(dir: &Path, expected: &Expected) -> HealthCode {
    let root_key = data_encoding::HEXLOWER.decode(expected.root_key.as_bytes());
    let config = CitizenConfig {
        base_url: "https://health.example".to_owned(),
        language: "en".to_owned(),
        root_key: root_key.expect("hex").try_into().expect("32 bytes"),
        http: HttpConfig {
            roots_pem: Vec::new(),
            pins: None,
        },
    };
    let ports = CitizenPorts {
        clock: Arc::new(FixedClock::new(expected.left_at_ms)),
        entropy: Arc::new(SystemEntropy),
        key_guard: Arc::new(FixedKeyGuard::new(KEY_GUARD)),
        device_signer: None,
        subject_keys: None,
        transport: Some(Arc::new(Offline)),
        observer: None,
    };
    HealthCode::open(dir, config, ports).expect("a fixture")
}

/// What cannot be done by whom the fixtures are of: a registration that the authority refused stands before a proof, and one who has
/// dependants does not go first.
fn known_refusals(name: &str) -> &'static [&'static str] {
    match name {
        "identity_proof" => &["prove: form_refused"],
        "erase" => &["erase: sync_dependants_remain"],
        _ => &[],
    }
}

/// A store that the first version left: each view shows what there is, each act is done or refused by name, and what was done is
/// there when the phone starts again. Erasing comes last.
#[test]
fn a_store_of_the_first_version_takes_each_act() {
    let last = |case: &&Case| case.name == "erase";
    for fixture in ["store-v1", "store-v2"] {
        let dir = tempfile::tempdir().expect("a folder");
        let expected = unpack(&folder(fixture), dir.path()).expect("a fixture");
        let phone = open(dir.path(), &expected);
        let cases = || {
            ALL.iter()
                .filter(|case| !last(case))
                .chain(ALL.iter().filter(last))
        };
        for case in cases() {
            see(case, &phone);
            let refused = case.acts.iter().filter_map(|(name, act)| {
                let error = act(&phone).err()?;
                Some(format!("{name}: {}", error.code()))
            });
            let refused: Vec<_> = refused.collect();
            assert_eq!(refused, known_refusals(case.name), "{fixture}");
            see(case, &phone);
        }
        let seen: Vec<_> = ALL.iter().map(|case| see(case, &phone)).collect();
        drop(phone);
        let phone = open(dir.path(), &expected);
        let again: Vec<_> = ALL.iter().map(|case| see(case, &phone)).collect();
        assert_eq!(again, seen, "{fixture}");
    }
}
