//! Which document it is, whatever kind and spelling it comes under.
//!
//! Invariant: two spellings of one document have one key. Two documents may have one key as well (a passport and a permit
//! whose numbers happen to be the same): a machine cannot tell these from one document under two kinds, so the second is
//! for a desk to look at, not for a second code. Does not know that several documents are one person's.

use super::DocumentKind;
use super::document_numbers::{is_hk_macao_permit, is_taiwan_permit};

/// The key of a number in its normal form ([`super::check_document_number`]): letters and digits alone, without the
/// count of renewals that older permits carry behind the holder's number.
#[must_use]
pub fn document_key(kind: DocumentKind, number: &str) -> String {
    let key: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
    let holders = match kind {
        DocumentKind::HkMacaoPermit if is_hk_macao_permit(key.as_bytes()) => 9,
        DocumentKind::TaiwanPermit if is_taiwan_permit(key.as_bytes()) => 8,
        _ => return key,
    };
    key.get(..holders).map_or(key.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::check_document_number;
    use super::document_key;
    use crate::identity::DocumentKind::{
        self, HkMacaoPermit, Other, Passport, ResidentId, TaiwanPermit,
    };

    #[test]
    fn spellings_and_kinds_of_one_document_have_one_key() {
        let alike: &[&[(DocumentKind, &str)]] = &[
            &[
                (ResidentId, "330106199003070014"),
                (ResidentId, "33010６ 19900307 0014"),
                (ResidentId, "330106900307001"),
                (ResidentId, "SFZ330106199003070014"),
                (ResidentId, "身份证号：330106199003070014"),
            ],
            &[
                (HkMacaoPermit, "H12345678"),
                (HkMacaoPermit, "h1234567801"),
                (HkMacaoPermit, "H12345678-02"),
                (Passport, "H12345678"),
            ],
            &[
                (TaiwanPermit, "12345678"),
                (TaiwanPermit, "1234567801"),
                (TaiwanPermit, "1234567802(B)"),
                (Passport, "12345678"),
            ],
            &[
                (Passport, "ab 123456"),
                (Other, "AB123456"),
                (Other, "AB/123456"),
            ],
            &[
                (Other, "军字第1234567号"),
                (Other, "军字1234567"),
                (Other, "军字第 123-4567 号"),
            ],
        ];
        let mut seen = std::collections::BTreeSet::new();
        for group in alike {
            let keys: std::collections::BTreeSet<_> = group
                .iter()
                .map(|(kind, number)| {
                    let normal = check_document_number(*kind, number);
                    document_key(
                        *kind,
                        &normal.unwrap_or_else(|error| panic!("{kind:?} {number} {error}")),
                    )
                })
                .collect();
            assert_eq!(keys.len(), 1, "{group:?} {keys:?}");
            assert!(seen.insert(keys), "{group:?}");
        }
    }
}
