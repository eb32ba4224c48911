//! What the crash tests write to a store and how they check what is left of it.

use std::path::Path;
use std::sync::Arc;

use health_code_core::store::{
    Codec, FIRST_TEST_KIND, OfPhone, OfSubject, Place, RecordKind, SealedStore, SealedWrite,
    SledStore, StoreError, SubjectId,
};
use health_code_core::system::SystemEntropy;
use health_code_core::testing::key_guard::FixedKeyGuard;

/// A batch removes what the batch this many before it wrote.
pub const KEPT_BATCHES: u64 = 20;

/// What a batch writes of the owner's; by the batch's number.
const OWNERS: RecordKind<Vec<u8>, OfSubject> =
    RecordKind::of_subject(FIRST_TEST_KIND, "owner's", Codec::BYTES, 100_000);
/// What a batch writes of the phone's; by the batch's number.
const PHONES: RecordKind<Vec<u8>, OfPhone> =
    RecordKind::of_phone(FIRST_TEST_KIND + 1, "phone's", Codec::BYTES, 100_000);
/// Number of the last batch.
pub const LAST: RecordKind<u64, OfPhone> =
    RecordKind::of_phone(FIRST_TEST_KIND + 2, "last batch", Codec::JSON, 100);

/// Opens the store in `dir` with the key that all crash tests share.
///
/// # Errors
/// Any [`StoreError`].
pub fn open(dir: &Path) -> Result<SealedStore, StoreError> {
    let records = Arc::new(SledStore::open(dir)?);
    SealedStore::open(records, &FixedKeyGuard::new(1), Arc::new(SystemEntropy))
}

/// The writes of batch `number`.
///
/// # Panics
/// Never: the values are within the caps.
#[must_use]
pub fn batch(number: u64) -> Vec<SealedWrite> {
    let [owners, phones] = places();
    let (key, value) = (key(number), value(number));
    let put = |place: &Place<Vec<u8>>| place.clone().at(&key).put(&value);
    let mut writes: Vec<_> = [
        put(&owners),
        put(&phones),
        LAST.for_this_phone().put(&number),
    ]
    .into_iter()
    .map(|write| write.expect("within the caps"))
    .collect();
    if let Some(old) = number.checked_sub(KEPT_BATCHES) {
        writes.push(owners.at(&self::key(old)).delete());
        writes.push(phones.at(&self::key(old)).delete());
    }
    writes
}

fn places() -> [Place<Vec<u8>>; 2] {
    [
        OWNERS.for_subject(&SubjectId::OWNER),
        PHONES.for_this_phone(),
    ]
}

/// The number of the last batch in `store`, after checking that it and those before it are whole and unchanged and
/// that nothing else is there. `None`: there was no batch yet.
///
/// # Errors
/// What is wrong, for the test's report.
pub fn last_batch(store: &SealedStore) -> Result<Option<u64>, String> {
    let in_words = |error: StoreError| error.to_string();
    let Some(last) = store.read(&LAST.for_this_phone()).map_err(in_words)? else {
        return Ok(None);
    };
    let first = (last + 1).saturating_sub(KEPT_BATCHES);
    for place in places() {
        let records = store.read_all(&place).map_err(in_words)?;
        let numbers: Vec<_> = (first..=last).collect();
        if records.len() != numbers.len() {
            return Err(format!("{} records, not {}", records.len(), numbers.len()));
        }
        for ((found_key, found), number) in records.into_iter().zip(numbers) {
            if found_key != key(number) || found != value(number) {
                return Err(format!("batch {number} is not whole in {:?}", place.raw()));
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
