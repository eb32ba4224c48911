//! CBOR of others (RFC 8949), read strictly: one reading, no surprises.
//!
//! Invariant: definite lengths, no key twice, nothing after the end, nesting and members capped. Longer forms of a number are let
//! pass: what is signed are the bytes. What the values mean is not known here.

use minicbor::Decoder;
use minicbor::data::Type;
use serde_json::{Map, Value};

use super::DccError;

/// Deepest nesting: a certificate has five levels.
const MAX_DEPTH: u8 = 12;
/// Most members of an array or map.
const MAX_MEMBERS: u64 = 256;
/// Tag of a date-time in text, which some issuers put before what is text anyway.
const DATE_TIME: u64 = 0;

#[derive(Clone, PartialEq)]
pub(super) enum Item<'b> {
    Integer(i64),
    Float(f64),
    Bytes(&'b [u8]),
    Text(&'b str),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    Boolean(bool),
    Null,
    Tagged(u64, Box<Self>),
}

/// All of `bytes` as one item.
pub(super) fn read(bytes: &[u8]) -> Result<Item<'_>, DccError> {
    let mut decoder = Decoder::new(bytes);
    let item = read_item(&mut decoder, 0)?;
    if decoder.position() == bytes.len() {
        Ok(item)
    } else {
        Err(DccError::CborTrailing)
    }
}

fn read_item<'b>(decoder: &mut Decoder<'b>, depth: u8) -> Result<Item<'b>, DccError> {
    if depth > MAX_DEPTH {
        return Err(DccError::TooDeep);
    }
    let damaged = |_| DccError::CborDamaged;
    match decoder.datatype().map_err(damaged)? {
        Type::Bool => decoder.bool().map(Item::Boolean).map_err(damaged),
        Type::Null => decoder.null().map(|()| Item::Null).map_err(damaged),
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::Int => {
            let number = decoder.int().map_err(damaged)?;
            let number = i64::try_from(number).map_err(|_| DccError::ValueUnknown)?;
            Ok(Item::Integer(number))
        }
        Type::F32 => decoder
            .f32()
            .map(|it| Item::Float(it.into()))
            .map_err(damaged),
        Type::F64 => decoder.f64().map(Item::Float).map_err(damaged),
        Type::Bytes => decoder.bytes().map(Item::Bytes).map_err(damaged),
        Type::String => decoder.str().map(Item::Text).map_err(damaged),
        Type::Array => {
            let length = length(decoder.array().map_err(damaged)?)?;
            let items = (0..length).map(|_| read_item(decoder, depth + 1));
            items.collect::<Result<_, _>>().map(Item::List)
        }
        Type::Map => {
            let length = length(decoder.map().map_err(damaged)?)?;
            let mut pairs: Vec<(Item<'b>, Item<'b>)> = Vec::new();
            for _ in 0..length {
                let key = read_item(decoder, depth + 1)?;
                if pairs.iter().any(|(held, _)| *held == key) {
                    return Err(DccError::KeyRepeated);
                }
                pairs.push((key, read_item(decoder, depth + 1)?));
            }
            Ok(Item::Map(pairs))
        }
        Type::Tag => {
            let tag = decoder.tag().map_err(damaged)?.as_u64();
            let inner = read_item(decoder, depth + 1)?;
            Ok(Item::Tagged(tag, Box::new(inner)))
        }
        Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef => {
            Err(DccError::LengthIndefinite)
        }
        _ => Err(DccError::ValueUnknown),
    }
}

/// Of a definite length; no more members than there may be.
fn length(length: Option<u64>) -> Result<u64, DccError> {
    let length = length.ok_or(DccError::LengthIndefinite)?;
    if length > MAX_MEMBERS {
        return Err(DccError::TooDeep);
    }
    Ok(length)
}

impl<'b> Item<'b> {
    /// The value at an integer key, where this is a map.
    pub(super) fn at(&self, key: i64) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        let found = pairs.iter().find(|(held, _)| *held == Self::Integer(key));
        found.map(|(_, value)| value)
    }

    pub(super) const fn bytes(&self) -> Option<&'b [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The same as JSON, as the rules see it. What is no JSON is refused.
    pub(super) fn to_json(&self) -> Result<Value, DccError> {
        Ok(match self {
            Self::Integer(number) => Value::from(*number),
            Self::Text(text) => Value::from(*text),
            Self::Boolean(boolean) => Value::from(*boolean),
            Self::Null => Value::Null,
            Self::List(items) => {
                Value::Array(items.iter().map(Self::to_json).collect::<Result<_, _>>()?)
            }
            Self::Map(pairs) => {
                let mut members = Map::new();
                for (key, value) in pairs {
                    let Self::Text(key) = key else {
                        return Err(DccError::ValueUnknown);
                    };
                    members.insert((*key).to_owned(), value.to_json()?);
                }
                Value::Object(members)
            }
            Self::Tagged(DATE_TIME, inner) if matches!(**inner, Self::Text(_)) => {
                inner.to_json()?
            }
            Self::Tagged(..) => return Err(DccError::TagWrong),
            Self::Float(_) | Self::Bytes(_) => return Err(DccError::ValueUnknown),
        })
    }
}
