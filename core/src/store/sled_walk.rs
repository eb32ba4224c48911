//! A walk over all heads of a sled tree from both ends at once: reading its pages is most of what opening costs.
//!
//! Invariant: each head is visited once. Each end claims what it has read, a chunk at a time, and leaves out what the
//! other end has claimed; an end is over when it meets the other. Nothing may be written meanwhile.

use std::sync::{Mutex, PoisonError};

use super::StoreError;
use super::sled_tree::guarded;

/// Heads that one end claims at a time.
const CHUNK: usize = 256;
/// So few are walked over faster than a thread is started.
const FEW: usize = 1_024;

type Head = (sled::IVec, sled::IVec);
/// What is done with a key and a value.
type Visit<'a> = dyn Fn(&[u8], &[u8]) -> Result<(), StoreError> + Sync + 'a;

/// How far the two ends have come.
#[derive(Default)]
struct Claims {
    /// Everything up to here, this included, is claimed by the front.
    front: Option<sled::IVec>,
    /// Everything from here on is claimed by the back.
    back: Option<sled::IVec>,
}

/// Calls `visit` with each key and value that starts with `prefix`.
///
/// # Errors
/// [`StoreError::Damaged`], [`StoreError::IoFailed`], and what `visit` gives.
pub(super) fn walk(db: &sled::Db, prefix: &[u8], visit: &Visit<'_>) -> Result<(), StoreError> {
    let claims = Mutex::new(Claims::default());
    let mut heads = db.scan_prefix(prefix);
    let mut front = || heads.next();
    for _ in 0..FEW / CHUNK {
        if !claim_and_visit(&mut front, &claims, true, visit)? {
            return Ok(());
        }
    }
    std::thread::scope(|scope| {
        let back = std::thread::Builder::new().spawn_scoped(scope, || {
            let mut heads = db.scan_prefix(prefix);
            let mut back = || heads.next_back();
            while claim_and_visit(&mut back, &claims, false, visit)? {}
            Ok(())
        });
        // Where no thread is to be had the front goes all the way.
        while claim_and_visit(&mut front, &claims, true, visit)? {}
        match back {
            Ok(back) => back.join().unwrap_or(Err(StoreError::Damaged)),
            Err(_) => Ok(()),
        }
    })
}

/// Takes a chunk of one end; whether there may be more.
fn claim_and_visit(
    next: &mut dyn FnMut() -> Option<sled::Result<Head>>,
    claims: &Mutex<Claims>,
    is_front: bool,
    visit: &Visit<'_>,
) -> Result<bool, StoreError> {
    let mut chunk: Vec<Head> = guarded(|| {
        let chunk = std::iter::from_fn(&mut *next).take(CHUNK);
        chunk.collect()
    })?;
    let read = chunk.len();
    {
        let mut claims = claims.lock().unwrap_or_else(PoisonError::into_inner);
        let Claims { front, back } = &mut *claims;
        if is_front {
            chunk.retain(|(key, _)| back.as_ref().is_none_or(|back| key < back));
        } else {
            chunk.retain(|(key, _)| front.as_ref().is_none_or(|front| key > front));
        }
        if let Some((last, _)) = chunk.last() {
            *(if is_front { front } else { back }) = Some(last.clone());
        }
    }
    for (key, value) in &chunk {
        visit(key, value)?;
    }
    Ok(read == CHUNK && chunk.len() == read)
}
