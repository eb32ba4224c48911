//! The contract suite on each implementation.

use std::sync::Arc;

use crate::store::{MemoryStore, SledStore};
use crate::testing::store_contract::{self, Place};

#[test]
fn memory_keeps_the_contract() {
    store_contract::run(&|| -> Place {
        let store = MemoryStore::new();
        Box::new(move || Arc::new(store.clone()))
    });
}

#[test]
fn sled_keeps_the_contract() {
    store_contract::run(&|| -> Place {
        let dir = tempfile::tempdir().unwrap();
        Box::new(move || Arc::new(SledStore::open(&dir.path().join("store")).unwrap()))
    });
}
