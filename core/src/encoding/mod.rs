//! Bytes without meaning: deterministic CBOR, COSE_Sign1, base45, base64, hexadecimal, JSON, instants.
//!
//! Invariant: each value has exactly one byte form, and a reader accepts no other; JSON has one reading. Knows no key, no claim, no kind
//! of message: what the bytes say is for the floors above.

pub(crate) mod base45;
pub(crate) mod base64;
pub(crate) mod cbor;
pub(crate) mod cose;
pub(crate) mod hex;
mod instant;
pub mod json;

pub(crate) use instant::{MAX_INSTANT, instant};
