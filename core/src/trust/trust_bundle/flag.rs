//! Something that a policy asks for: the number 1, and nothing where it does not.
//!
//! Invariant: there is one form of each answer.

use minicbor::decode::Error as DecodeError;
use minicbor::encode::{Error as EncodeError, Write};
use minicbor::{Decoder, Encoder};

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that the derive calls"
)]
pub(super) fn encode<C, W: Write>(
    _: &bool,
    e: &mut Encoder<W>,
    _: &mut C,
) -> Result<(), EncodeError<W::Error>> {
    e.u8(1)?.ok()
}

pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<bool, DecodeError> {
    match d.u8()? {
        1 => Ok(true),
        _ => Err(DecodeError::message("flag")),
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that the derive calls"
)]
pub(super) const fn is_nil(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::unnecessary_wraps, reason = "the form that the derive calls")]
pub(super) const fn nil() -> Option<bool> {
    Some(false)
}
