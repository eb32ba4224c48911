//! Texts in a trust bundle: a map from language tags to texts, shorter tags first (deterministic CBOR).
//!
//! Invariant: what is no language tag, and a language that stands twice, does not decode.

use minicbor::decode::Error as DecodeError;
use minicbor::encode::{Error as EncodeError, Write};
use minicbor::{Decoder, Encoder};

use crate::sorting;
use crate::words::{LocalizedText, MAX_LANGUAGES};

pub(super) fn encode<C, W: Write>(
    text: &LocalizedText,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    let mut languages: Vec<_> = text.iter().collect();
    sorting::sort_by(&mut languages, |(left, _), (right, _)| {
        (left.len(), left).cmp(&(right.len(), right))
    });
    e.map(languages.len() as u64)?;
    for (tag, text) in languages {
        e.str(tag)?.str(text)?;
    }
    Ok(())
}

pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<LocalizedText, DecodeError> {
    let languages = d.map()?.unwrap_or(0);
    if languages > MAX_LANGUAGES as u64 {
        return Err(DecodeError::message("languages"));
    }
    let mut texts = LocalizedText::default();
    for _ in 0..languages {
        let (tag, text) = (d.str()?.to_owned(), d.str()?.to_owned());
        if !texts.add(tag, text) {
            return Err(DecodeError::message("language"));
        }
    }
    Ok(texts)
}
