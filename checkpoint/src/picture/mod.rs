//! From a picture file to the text of the health code in it.
//!
//! Invariant: size and pixels are checked before anything is decoded, so a hostile file costs bounded memory.
//! Not here: what the text means. A text that was read wrongly cannot pass: it is signed.
//!
//! | file | what it does |
//! |---|---|
//! | `decoding` | a PNG or JPEG becomes greys |
//! | `tones` | the same greys with more contrast |
//! | `reading` | the codes in the greys, and which of them is meant |

mod decoding;
mod reading;
mod tones;

pub use decoding::MAX_FILE_BYTES;
pub use reading::read_code;

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// Why no text was read.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ReadingError {
        /// More than [`MAX_FILE_BYTES`] or [`decoding::MAX_PIXELS`].
        TooLarge => "picture_too_large";
        /// Neither a PNG nor a JPEG, or a damaged one.
        Unreadable => "picture_unreadable";
        /// A picture as iPhones keep them unless they are told otherwise.
        Heic => "picture_is_heic";
        /// No QR code was found that could be read.
        NoCode => "no_code_in_picture";
        /// Different health codes: whose is meant?
        SeveralCodes => "several_codes_in_picture";
    }
}
