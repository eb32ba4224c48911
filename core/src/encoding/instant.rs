//! Instants as every signed format here carries them: whole Unix seconds, 1970 to the end of the year 9999.

/// Latest instant: the end of the year 9999.
pub(crate) const MAX_INSTANT: i64 = 253_402_300_799;

/// The instant, if it is one that the formats carry.
pub(crate) fn instant(secs: u64) -> Option<i64> {
    i64::try_from(secs).ok().filter(|secs| *secs <= MAX_INSTANT)
}
