//! The format against itself, against files of another implementation, and against damage.

use std::io::{Read as _, Write as _};

use super::{AgeReader, AgeWriter, CHUNK_BYTES, Fault, Identity, Recipient};
use crate::system::SystemEntropy;

fn identity(folder: &tempfile::TempDir, name: &str) -> Identity {
    Identity::generate(&folder.path().join(name), &SystemEntropy).expect("a key")
}

fn sealed(plain: &[u8], recipient: &Recipient) -> Vec<u8> {
    let mut writer = AgeWriter::new(Vec::new(), recipient, &SystemEntropy).expect("a header");
    writer.write_all(plain).expect("written");
    writer.finish().expect("finished")
}

fn opened(sealed: &[u8], identity: &Identity) -> Result<Vec<u8>, Fault> {
    let mut reader = AgeReader::new(sealed, identity)?;
    let fault = reader.fault();
    let mut plain = Vec::new();
    match reader.read_to_end(&mut plain) {
        Ok(_) => Ok(plain),
        Err(_) => Err(fault.get().expect("a fault")),
    }
}

#[test]
fn what_is_sealed_opens_with_its_key_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (own, other) = (identity(&folder, "own"), identity(&folder, "other"));
    for length in [
        0,
        1,
        CHUNK_BYTES - 1,
        CHUNK_BYTES,
        CHUNK_BYTES + 1,
        3 * CHUNK_BYTES,
    ] {
        let plain: Vec<u8> = (0..=250).cycle().take(length).collect();
        let file = sealed(&plain, &own.recipient());
        assert_eq!(opened(&file, &own), Ok(plain), "{length}");
        assert_eq!(opened(&file, &other), Err(Fault::KeyWrong));
    }
}

#[test]
fn every_cut_and_every_changed_byte_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = identity(&folder, "own");
    let plain = vec![7; 2 * CHUNK_BYTES + 100];
    let file = sealed(&plain, &own.recipient());
    let boundary = file.len() - (100 + 16);
    let cuts = (0..300).chain([boundary - 1, boundary, boundary + 1, file.len() - 1]);
    for cut in cuts {
        let fault = opened(&file[..cut], &own).expect_err("cut off");
        assert_eq!(fault, Fault::CutOff, "{cut}");
    }
    let changed = (0..300).chain([CHUNK_BYTES, boundary - 1]);
    for place in changed {
        let mut file = file.clone();
        file[place] ^= 1;
        let fault = opened(&file, &own).expect_err("changed");
        assert_ne!(fault, Fault::Unreadable, "{place}");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert_eq!(
        opened(&longer, &own),
        Err(Fault::CutOff),
        "its end was altered"
    );
}

/// Made with age 1.1.1: `printf 'read by others' | age -r age1... -r (another) `, in base64.
#[test]
fn a_file_of_age_opens_and_its_keys_are_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key");
    crate::files::write_secret(&path, include_bytes!("frozen/key.txt")).expect("written");
    let own = Identity::read(&path).expect("a key");
    let text = include_str!("frozen/key.txt");
    let public = text
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "));
    assert_eq!(public, Some(own.recipient().text().as_str()));
    assert_eq!(
        Recipient::parse(&own.recipient().text()),
        Some(own.recipient())
    );
    let file = include_bytes!("frozen/two-recipients.age");
    assert_eq!(opened(file, &own), Ok(b"read by others\n".to_vec()));
}

#[test]
fn only_keys_are_read_as_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = identity(&folder, "own").recipient().text();
    for wrong in [
        String::new(),
        "age1".to_owned(),
        own[..own.len() - 1].to_owned(),
        own.replacen("age1", "agf1", 1),
        format!("{own}q"),
        own.replace('q', "p"),
    ] {
        if wrong != own {
            assert_eq!(Recipient::parse(&wrong), None, "{wrong}");
        }
    }
}
