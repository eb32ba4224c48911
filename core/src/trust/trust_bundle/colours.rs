//! Colours in a trust bundle: their numbers.
//!
//! Invariant: a number that is no colour does not decode.

/// One colour.
pub(super) mod one {
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use crate::colour::Colour;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the form that the derive calls"
    )]
    pub(in super::super) fn encode<C, W: Write>(
        colour: &Colour,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.u8(colour.number())?.ok()
    }

    pub(in super::super) fn decode<C>(
        d: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Colour, DecodeError> {
        Colour::from_number(d.u8()?).ok_or_else(|| DecodeError::message("colour"))
    }
}

/// An array of colours.
pub(super) mod many {
    use minicbor::decode::Error as DecodeError;
    use minicbor::encode::{Error as EncodeError, Write};
    use minicbor::{Decoder, Encoder};

    use super::one;
    use crate::colour::Colour;

    pub(in super::super) fn encode<C, W: Write>(
        colours: &[Colour],
        e: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), EncodeError<W::Error>> {
        e.array(colours.len() as u64)?;
        colours
            .iter()
            .try_for_each(|colour| one::encode(colour, e, context))
    }

    pub(in super::super) fn decode<C>(
        d: &mut Decoder<'_>,
        context: &mut C,
    ) -> Result<Vec<Colour>, DecodeError> {
        let length = d.array()?.unwrap_or(0);
        // There are three colours; a longer array is refused when it is compared with its encoding.
        (0..length.min(3))
            .map(|_| one::decode(d, context))
            .collect()
    }
}
