//! Stored bytes as JSON, so that whoever exports them can read them.
//!
//! Invariant: nothing is lost: what is no JSON, no signed thing and no CBOR stands there as base64url. Not for deciding
//! anything: no signature is looked at.

use minicbor::data::Type;
use minicbor::{Decoder, decode};
use serde_json::{Map, Value, json};

use crate::encoding::base64;

/// Deepest nesting that is told by its parts.
const MAX_DEPTH: u8 = 16;

/// Bytes of which nothing is known.
pub(super) fn bytes(bytes: &[u8]) -> Value {
    of_bytes(bytes, MAX_DEPTH)
}

/// CBOR with its fields by `names`, index or key by index; by number where there is no name.
pub(super) fn cbor(bytes: &[u8], names: &[&str]) -> Value {
    let mut decoder = Decoder::new(bytes);
    let value = of_cbor(&mut decoder, names, MAX_DEPTH).ok();
    let is_whole = decoder.position() == bytes.len();
    value
        .filter(|_| is_whole)
        .unwrap_or_else(|| base64::encode_url(bytes).into())
}

fn of_bytes(bytes: &[u8], depth: u8) -> Value {
    let is_json = matches!(bytes.first(), Some(b'{' | b'['));
    if is_json && let Ok(value) = serde_json::from_slice(bytes) {
        return value;
    }
    if let Some(payload) = signed_payload(bytes).filter(|_| depth > 0) {
        let content = of_bytes(payload, depth - 1);
        return json!({"signed": base64::encode_url(bytes), "content": content});
    }
    base64::encode_url(bytes).into()
}

/// The payload of a COSE_Sign1 (RFC 9052, 4.2), untagged.
fn signed_payload(bytes: &[u8]) -> Option<&[u8]> {
    let mut decoder = Decoder::new(bytes);
    if decoder.array().ok()? != Some(4) {
        return None;
    }
    decoder.bytes().ok()?;
    if decoder.map().ok()? != Some(0) {
        return None;
    }
    let payload = decoder.bytes().ok()?;
    decoder.bytes().ok()?;
    (decoder.position() == bytes.len()).then_some(payload)
}

fn of_cbor(decoder: &mut Decoder<'_>, names: &[&str], depth: u8) -> Result<Value, decode::Error> {
    let deeper = depth
        .checked_sub(1)
        .ok_or_else(|| decode::Error::message("too deep"))?;
    Ok(match decoder.datatype()? {
        Type::Bool => decoder.bool()?.into(),
        Type::Null | Type::Undefined => {
            decoder.skip()?;
            Value::Null
        }
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => decoder.u64()?.into(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => decoder.i64()?.into(),
        Type::String => decoder.str()?.into(),
        Type::Bytes => of_bytes(decoder.bytes()?, deeper),
        Type::Array => {
            let count = decoder.array()?.unwrap_or_default();
            let mut parts = Vec::new();
            for _ in 0..count {
                parts.push(of_cbor(decoder, &[], deeper)?);
            }
            if names.is_empty() {
                Value::Array(parts)
            } else {
                let parts = parts.into_iter().enumerate();
                let named = parts.map(|(at, part)| (name(names, at as u64), part));
                Value::Object(named.collect())
            }
        }
        Type::Map => {
            let count = decoder.map()?.unwrap_or_default();
            let mut members = Map::new();
            for _ in 0..count {
                let key = match decoder.datatype()? {
                    Type::String => decoder.str()?.to_owned(),
                    _ => name(names, decoder.u64()?),
                };
                members.insert(key, of_cbor(decoder, &[], deeper)?);
            }
            Value::Object(members)
        }
        other => return Err(decode::Error::type_mismatch(other)),
    })
}

fn name(names: &[&str], number: u64) -> String {
    let known = usize::try_from(number).ok().and_then(|at| names.get(at));
    known.map_or_else(|| number.to_string(), |name| (*name).to_owned())
}
