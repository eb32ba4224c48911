//! Every step of the checking order.

use super::Checkpoint;
use crate::code::{ACCEPTED, SoftwareEd25519};
use crate::ports::DeviceSigner;
use crate::testing::device_key::SoftwareP256;
use crate::testing::nation::{HANGZHOU, Nation, WUHAN, sample_claims};

const NOW: i64 = 1_800_000_000;

#[test]
fn both_kinds_of_device_keys_are_let_in_and_fit_version_11() {
    let nation = Nation::at(NOW);
    let signers: [&dyn DeviceSigner; 2] = [
        &SoftwareP256::from_seed(&[7; 32]),
        &SoftwareEd25519::from_seed(&[7; 32]),
    ];
    for (signer, length) in signers.into_iter().zip([349, 347]) {
        let claims = sample_claims(signer.public_key().unwrap(), NOW);
        let text = nation.code(&claims, NOW, signer);
        let checkpoint = Checkpoint::new(nation.trust.clone(), None, Some(WUHAN));
        let verdict = checkpoint.check(&text, NOW + 5);
        assert!(verdict.accepted, "{}", verdict.reason);
        assert_eq!(verdict.reason, ACCEPTED);
        assert_eq!(verdict.masked_name.as_deref(), Some("欧**娜"));
        assert_eq!(verdict.region, Some(HANGZHOU));
        assert_eq!(verdict.presentation_age_secs, Some(5));
        assert_eq!(text.len(), length);
    }
}
