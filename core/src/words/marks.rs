//! Shapes that tell how something stands without colour; no colour of a code has one of these.

/// It counts, or is done: the lines of a written sheet. No tick, which could be taken for a door's pass.
pub(crate) const DONE: char = '≡';
/// It waits for the network, the authority or a person.
pub(crate) const WAITING: char = '…';
/// It needs the reader.
pub(crate) const ATTENTION: char = '!';
/// Nobody knows here.
pub(crate) const UNCLEAR: char = '?';
/// It is over, or there is none.
pub(crate) const PAST: char = '–';
