//! What the crash tests write to a store and how they check what is left of it.

use std::path::Path;
use std::sync::Arc;

use health_code_core::store::{Collection, SealedStore, SealedWrite, SledStore, StoreError};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;

/// A batch removes what the batch this many before it wrote.
pub const KEPT_BATCHES: u64 = 20;

/// Opens the store in `dir` with the key that all crash tests share.
///
/// # Errors
/// Any [`StoreError`].
pub fn open(dir: &Path) -> Result<SealedStore, StoreError> {
    let records = Arc::new(SledStore::open(dir)?);
    SealedStore::open(records, &FixedKeyGuard::new(1), Arc::new(SystemEntropy))
}

/// The writes of batch `number`.
#[must_use]
pub fn batch(number: u64) -> Vec<SealedWrite> {
    let key = key(number);
    let mut writes = vec![
        SealedWrite::put(Collection::Outbox, &key, &value(number)),
        SealedWrite::put(Collection::State, &key, &value(number)),
        SealedWrite::put(Collection::Meta, "last", &number.to_be_bytes()),
    ];
    if let Some(old) = number.checked_sub(KEPT_BATCHES) {
        writes.push(SealedWrite::delete(Collection::Outbox, &self::key(old)));
        writes.push(SealedWrite::delete(Collection::State, &self::key(old)));
    }
    writes
}

/// The number of the last batch in `store`, after checking that it and those before it are whole and unchanged and
/// that nothing else is there. `None`: there was no batch yet.
///
/// # Errors
/// What is wrong, for the test's report.
pub fn last_batch(store: &SealedStore) -> Result<Option<u64>, String> {
    let told = |error: StoreError| error.to_string();
    let Some(last) = store.get(Collection::Meta, "last").map_err(told)? else {
        return Ok(None);
    };
    let last = last.as_slice().try_into().map(u64::from_be_bytes);
    let last = last.map_err(|_| "the last number is not a number".to_owned())?;
    let first = (last + 1).saturating_sub(KEPT_BATCHES);
    for collection in [Collection::Outbox, Collection::State] {
        let records = store.list(collection).map_err(told)?;
        let numbers: Vec<_> = (first..=last).collect();
        if records.len() != numbers.len() {
            return Err(format!("{} records, not {}", records.len(), numbers.len()));
        }
        for ((found_key, found), number) in records.iter().zip(numbers) {
            if *found_key != key(number) || **found != value(number) {
                return Err(format!("batch {number} is not whole in {collection:?}"));
            }
        }
    }
    Ok(Some(last))
}

fn key(number: u64) -> String {
    format!("batch {number:08}")
}

/// 50 to 2,500 bytes; now and then 60,000, which the store keeps in pieces.
fn value(number: u64) -> Vec<u8> {
    let length = if number % 40 == 7 {
        60_000
    } else {
        50 + usize::try_from(number * 977 % 2_450).unwrap_or(0)
    };
    let start = number.to_le_bytes();
    (0..length)
        .map(|at| start[at % 8] ^ u8::try_from(at % 251).unwrap_or(0))
        .collect()
}
