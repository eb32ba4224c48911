//! Publishing a public bundle while the server runs, on the order of two officers.
//!
//! Invariant: what is published was kept before, with the order that said so; under one kind and name versions only go
//! up; what the authority itself goes by is in force from the same moment. What a kind's content must be is for its row
//! of the table to say.

use std::sync::{Arc, PoisonError};

use ed25519_dalek::SigningKey;
use health_code_core::trust::MAX_BUNDLE_BYTES;
use health_code_core::wire::BundleKind;
use serde_json::json;

use super::bundles::{Listed, sha256_hex};
use super::definitions::Definitions;
use super::{Authority, Refusal};
use crate::officers::{PublicationOrder, SignedOrder, Verified, content_of};
use crate::store::{Publication, Published};

/// Largest content of a bundle, bytes; signed, it must still be one that phones take.
pub(crate) const MAX_CONTENT_BYTES: usize = MAX_BUNDLE_BYTES;

/// A kind of bundle that officers publish: one row of the table.
#[derive(Debug)]
pub(crate) struct BundleKindRow {
    pub(crate) kind: BundleKind,
    /// The kind as the index writes it.
    pub(crate) id: &'static str,
    /// `typ` of the signed bundle.
    pub(crate) typ: &'static str,
    /// Reads and checks a content; a refusal is a code.
    pub(crate) read: fn(&[u8]) -> Result<Content, &'static str>,
}

/// Puts a content in force.
pub(crate) type InForce = Box<dyn FnOnce(&mut Definitions) -> Result<(), &'static str> + Send>;

/// A content that was checked.
pub(crate) struct Content {
    /// Name in the index.
    pub(crate) name: String,
    pub(crate) version: u64,
    /// Makes it what the authority itself goes by; a refusal is a code.
    pub(crate) in_force: InForce,
}

/// What is told of a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicationDone {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) version: u64,
    /// Hex SHA-256 of the signed bundle.
    pub(crate) sha256: String,
    /// It had come before.
    pub(crate) again: bool,
}

impl BundleKindRow {
    /// The signed bundle of a content.
    ///
    /// # Errors
    /// The code of a bundle that no phone would take.
    pub(crate) fn sign(
        &self,
        name: String,
        version: u64,
        content: &[u8],
        signed_at: i64,
        key: &SigningKey,
    ) -> Result<Listed, &'static str> {
        let kind = (self.kind.clone(), self.typ);
        Listed::sign(kind, name, version, content.into(), signed_at, key)
    }
}

impl Authority {
    pub(crate) async fn publish(
        &self,
        submitted: &SignedOrder<PublicationOrder>,
    ) -> Result<PublicationDone, Refusal> {
        let now = self.now();
        let verified = self.verify_order(submitted)?;
        let bytes = content_of(&verified.order, submitted.content.as_deref())?;
        if bytes.len() > MAX_CONTENT_BYTES {
            return Err(Refusal::invalid("content", "too_large"));
        }
        let mut kinds = self.bundle_kinds.iter();
        let row = kinds
            .find(|row| row.id == verified.order.kind)
            .ok_or_else(|| Refusal::invalid("kind", "unknown"))?;
        let _one_by_one = self.publishing.lock().await;
        let refused = |code| Refusal::invalid("content", code);
        let content = (row.read)(&bytes).map_err(refused)?;
        let order = &verified.order;
        if content.name != order.name {
            return Err(Refusal::invalid("name", "not_of_content"));
        }
        if content.version != order.version {
            return Err(Refusal::invalid("version", "not_of_content"));
        }
        let (name, version) = (content.name, content.version);
        let signed = row
            .sign(name, version, &bytes, now, &self.issuer_key)
            .map_err(refused)?;
        let done = PublicationDone {
            id: order.id.clone(),
            kind: row.id,
            name: signed.name.clone(),
            version,
            sha256: sha256_hex(&signed.bytes),
            again: false,
        };
        if !is_name(&signed.name) {
            return Err(Refusal::invalid("name", "not_a_name"));
        }
        let not_higher = || Err(Refusal::invalid("version", "not_higher"));
        // What came with the program or its settings is listed as well, and is nowhere else.
        match self.bundles.listed(&row.kind, &signed.name) {
            Some(listed) if listed.is_same(&signed) => {
                return Ok(PublicationDone {
                    again: true,
                    sha256: sha256_hex(&listed.bytes),
                    ..done
                });
            }
            Some(listed) if listed.version >= version => return not_higher(),
            None if self.bundles.is_full() => return Err(Refusal::invalid("name", "index_full")),
            _ => {}
        }
        let mut definitions = Definitions::clone(&self.definitions());
        (content.in_force)(&mut definitions).map_err(refused)?;
        match self
            .units
            .store()
            .publish(record(&verified, bytes, now))
            .await?
        {
            Published::NotHigher(_) => return not_higher(),
            Published::New | Published::Before => {}
        }
        *self
            .definitions
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(definitions);
        self.bundles.publish_bundle(signed);
        Ok(done)
    }
}

/// A name that phones take in an index.
fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=64).contains(&name.len()) && name.bytes().all(is_allowed)
}

fn record(verified: &Verified<PublicationOrder>, content: Vec<u8>, now: i64) -> Publication {
    let signed = verified.signed().into_iter();
    let signatures: Vec<_> = signed
        .map(|(officer, signature)| json!({"officer": officer, "signature": signature}))
        .collect();
    let order = json!({"order": verified.order, "signatures": signatures});
    Publication {
        kind: verified.order.kind.clone(),
        name: verified.order.name.clone(),
        version: verified.order.version,
        content,
        order: order.to_string().into_bytes(),
        published_at: now,
    }
}
