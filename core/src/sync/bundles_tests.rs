use serde::Deserialize;

use super::{Held, Index, read_index, reader};
use crate::wire::{BundleEntry, BundleKind};

/// tests/vectors/wire.json, as every implementation reads it.
#[derive(Deserialize)]
struct Vectors {
    indexes: Vec<IndexVector>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IndexVector {
    name: String,
    body: String,
    counts: Option<Vec<(String, String, u64)>>,
    left_out: Option<String>,
    error: Option<String>,
}

#[test]
fn every_index_of_the_vectors_counts_as_far_as_it_should() {
    let vectors: Vectors =
        serde_json::from_str(include_str!("../../../tests/vectors/wire.json")).unwrap();
    assert!(vectors.indexes.len() > 20);
    for vector in vectors.indexes {
        let (counts, left_out, error) = match read_index(vector.body.as_bytes()) {
            Ok(index) => {
                let told =
                    |entry: BundleEntry| (entry.kind.id().to_owned(), entry.name, entry.version);
                let left_out = index.left_out.map(|refusal| refusal.code().to_owned());
                let counts = index.entries.into_iter().map(told).collect();
                (Some(counts), left_out, None)
            }
            Err(refusal) => (None, None, Some(refusal.code().to_owned())),
        };
        assert_eq!(counts, vector.counts, "{}", vector.name);
        assert_eq!(left_out, vector.left_out, "{}", vector.name);
        assert_eq!(error, vector.error, "{}", vector.name);
    }
}

fn entry(version: u64) -> BundleEntry {
    BundleEntry {
        kind: BundleKind::FORM,
        name: "a".into(),
        version,
        sha256: "ab".repeat(32),
        size: 1,
    }
}

#[test]
fn an_etag_counts_only_for_the_version_that_read_the_index() {
    let index = Index {
        entries: vec![entry(2)],
        left_out: None,
    };
    let mut held = Held::default();
    assert!(!held.has_all(&index));
    assert_eq!(held.wanted(&index, false), (vec![entry(2)], false));
    assert!(held.book("form/a", &entry(2)).is_empty());
    assert!(held.has_all(&index));
    assert!(held.book_etag(Some("\"e\"".into())));
    assert_eq!(held.etag(), Some("\"e\""));
    assert!(!held.book_etag(Some("\"e\"".into())), "no news");
    // A phone that begins to check others has more to read in the same index.
    held.set_checks_others(true);
    assert_eq!(held.etag(), None);
    held.set_checks_others(false);

    let older = Index {
        entries: vec![entry(1)],
        left_out: None,
    };
    assert_eq!(held.wanted(&older, false), (vec![], true));

    // After an update of the app the index may have more to say: it is fetched once more.
    assert!(!reader(false).contains("revocation-list"));
    assert!(reader(true).contains("revocation-list"));
    assert!(reader(false).contains("rule-set"));
    let json = serde_json::to_string(&held).unwrap();
    let of_yesterday = json.replace("rule-set", "rules");
    assert_ne!(json, of_yesterday);
    let mut held: Held = serde_json::from_str(&of_yesterday).unwrap();
    assert_eq!(held.etag(), None);
    assert!(held.book_etag(Some("\"e\"".into())));
    // As written by the first version, which did not say who read it.
    let first = r#"{"etag":"\"e\"","bundles":{}}"#;
    let held: Held = serde_json::from_str(first).unwrap();
    assert_eq!(held.etag(), None);
}
