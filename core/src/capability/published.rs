//! What lists that an authority publishes have in common: ids, and phone numbers as people read them.

const MAX_ID_CHARS: usize = 64;
const MAX_PHONE_CHARS: usize = 32;

/// Whether it is 1 to 64 of `a-z`, `0-9`, `-`.
pub(super) fn is_id(id: &str) -> bool {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=MAX_ID_CHARS).contains(&id.len()) && id.bytes().all(allowed)
}

/// Whether it is 3 to 32 digits, spaces, `+` and `-`, a digit among them. A short number of one place is no E.164 number,
/// so no numbering plan is asked.
pub(super) fn is_phone(phone: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_digit() || b"+- ".contains(&byte);
    (3..=MAX_PHONE_CHARS).contains(&phone.len())
        && phone.bytes().all(allowed)
        && phone.bytes().any(|byte| byte.is_ascii_digit())
}
