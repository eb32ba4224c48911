//! The deterministic CBOR of RFC 8949, 4.2.1, and nothing else: a reader that borrows and a writer.
//!
//! Invariant: what [`Reader`] accepts is byte for byte what the writer makes: shortest heads, definite lengths.
//! The order of map keys is the caller's: it asks for the keys in their order.

/// The bytes are not the one allowed form. Says no more: a refusal is the same for every damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotCanonical;

/// Reads one item after the other, without copying.
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// An unsigned integer.
    pub(crate) fn uint(&mut self) -> Result<u64, NotCanonical> {
        self.head_of(UINT)
    }

    /// A signed integer, anything CBOR can say.
    pub(crate) fn int(&mut self) -> Result<i128, NotCanonical> {
        match self.head()? {
            (UINT, value) => Ok(i128::from(value)),
            (NEGATIVE, value) => Ok(-1 - i128::from(value)),
            _ => Err(NotCanonical),
        }
    }

    /// A byte string.
    pub(crate) fn bytes(&mut self) -> Result<&'b [u8], NotCanonical> {
        let length = self.head_of(BYTES)?;
        self.take(length)
    }

    /// A byte string of `N` bytes.
    pub(crate) fn byte_array<const N: usize>(&mut self) -> Result<&'b [u8; N], NotCanonical> {
        self.bytes()?.try_into().map_err(|_| NotCanonical)
    }

    /// A text string, valid UTF-8.
    pub(crate) fn text(&mut self) -> Result<&'b str, NotCanonical> {
        let length = self.head_of(TEXT)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| NotCanonical)
    }

    /// The head of an array with `length` elements.
    pub(crate) fn array(&mut self, length: u64) -> Result<(), NotCanonical> {
        let found = self.head_of(ARRAY)?;
        (found == length).then_some(()).ok_or(NotCanonical)
    }

    /// The head of a map: how many pairs follow.
    pub(crate) fn map(&mut self) -> Result<u64, NotCanonical> {
        self.head_of(MAP)
    }

    /// The head of a map with `length` pairs.
    pub(crate) fn map_of(&mut self, length: u64) -> Result<(), NotCanonical> {
        let found = self.map()?;
        (found == length).then_some(()).ok_or(NotCanonical)
    }

    /// The unsigned map key `key`.
    pub(crate) fn key(&mut self, key: u64) -> Result<(), NotCanonical> {
        let found = self.uint()?;
        (found == key).then_some(()).ok_or(NotCanonical)
    }

    /// That nothing follows.
    pub(crate) fn end(&self) -> Result<(), NotCanonical> {
        self.0.is_empty().then_some(()).ok_or(NotCanonical)
    }

    /// The value in the next head, whose major type must be `major`.
    fn head_of(&mut self, major: u8) -> Result<u64, NotCanonical> {
        let (found, value) = self.head()?;
        (found == major).then_some(value).ok_or(NotCanonical)
    }

    /// The next head, in its shortest form: major type (as its three high bits) and value.
    fn head(&mut self) -> Result<(u8, u64), NotCanonical> {
        let (&first, rest) = self.0.split_first().ok_or(NotCanonical)?;
        self.0 = rest;
        let (value, smallest) = match first & 0x1f {
            info @ 0..=23 => (u64::from(info), 0),
            24 => (u64::from(u8::from_be_bytes(self.chunk()?)), 24),
            25 => (u64::from(u16::from_be_bytes(self.chunk()?)), 0x100),
            26 => (u64::from(u32::from_be_bytes(self.chunk()?)), 0x1_0000),
            27 => (u64::from_be_bytes(self.chunk()?), 0x1_0000_0000),
            // 28 to 30 mean nothing, 31 an indefinite length.
            _ => return Err(NotCanonical),
        };
        (value >= smallest)
            .then_some((first & 0xe0, value))
            .ok_or(NotCanonical)
    }

    fn chunk<const N: usize>(&mut self) -> Result<[u8; N], NotCanonical> {
        let (&chunk, rest) = self.0.split_first_chunk().ok_or(NotCanonical)?;
        self.0 = rest;
        Ok(chunk)
    }

    fn take(&mut self, length: u64) -> Result<&'b [u8], NotCanonical> {
        let length = usize::try_from(length).map_err(|_| NotCanonical)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(NotCanonical)?;
        self.0 = rest;
        Ok(taken)
    }
}

const UINT: u8 = 0;
const NEGATIVE: u8 = 1 << 5;
const BYTES: u8 = 2 << 5;
const TEXT: u8 = 3 << 5;
const ARRAY: u8 = 4 << 5;
const MAP: u8 = 5 << 5;

/// Writes the shortest head of major type `major`.
fn head(out: &mut Vec<u8>, major: u8, value: u64) {
    let bytes = value.to_be_bytes();
    match value {
        0..=23 => out.push(major | bytes[7]),
        24..=0xff => out.extend_from_slice(&[major | 0x18, bytes[7]]),
        0x100..=0xffff => {
            out.push(major | 0x19);
            out.extend_from_slice(&bytes[6..]);
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 0x1a);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(major | 0x1b);
            out.extend_from_slice(&bytes);
        }
    }
}

pub(crate) fn write_uint(out: &mut Vec<u8>, value: u64) {
    head(out, UINT, value);
}

pub(crate) fn write_int(out: &mut Vec<u8>, value: i64) {
    match u64::try_from(value) {
        Ok(value) => head(out, UINT, value),
        // -1 - value is the bits turned over.
        Err(_) => head(out, NEGATIVE, !value.cast_unsigned()),
    }
}

pub(crate) fn write_bytes(out: &mut Vec<u8>, value: &[u8]) {
    head(out, BYTES, value.len() as u64);
    out.extend_from_slice(value);
}

pub(crate) fn write_text(out: &mut Vec<u8>, value: &str) {
    head(out, TEXT, value.len() as u64);
    out.extend_from_slice(value.as_bytes());
}

pub(crate) fn write_array(out: &mut Vec<u8>, length: u64) {
    head(out, ARRAY, length);
}

pub(crate) fn write_map(out: &mut Vec<u8>, pairs: u64) {
    head(out, MAP, pairs);
}

#[cfg(test)]
mod tests {
    use super::{
        NotCanonical, Reader, write_array, write_bytes, write_int, write_map, write_text,
        write_uint,
    };

    #[test]
    fn every_head_comes_back_and_its_longer_forms_do_not() {
        for value in [
            0,
            23,
            24,
            255,
            256,
            65_535,
            65_536,
            u64::from(u32::MAX),
            u64::from(u32::MAX) + 1,
            u64::MAX,
        ] {
            let mut out = Vec::new();
            write_uint(&mut out, value);
            assert_eq!(Reader::new(&out).uint(), Ok(value));
            for (info, width) in [(24_u8, 1_usize), (25, 2), (26, 4), (27, 8)] {
                let bytes = value.to_be_bytes();
                let mut longer = vec![info];
                longer.extend_from_slice(&bytes[8 - width..]);
                let fits = width == 8 || value < 1 << (8 * width);
                if fits && longer != out {
                    assert_eq!(Reader::new(&longer).uint(), Err(NotCanonical));
                }
            }
        }
    }

    #[test]
    fn integers_of_both_signs() {
        for value in [0, 23, 24, -1, -19, -24, -25, -256, -257, i64::MIN, i64::MAX] {
            let mut out = Vec::new();
            write_int(&mut out, value);
            assert_eq!(Reader::new(&out).int(), Ok(i128::from(value)));
        }
        assert_eq!(Reader::new(&[0x38, 18]).int(), Err(NotCanonical));
        assert_eq!(Reader::new(&[0x38, 24]).int(), Ok(-25));
    }

    #[test]
    fn strings_arrays_and_maps() {
        let mut out = Vec::new();
        write_array(&mut out, 3);
        write_bytes(&mut out, &[7; 30]);
        write_text(&mut out, "浙江");
        write_map(&mut out, 1);
        write_uint(&mut out, 5);
        write_bytes(&mut out, &[1, 2]);
        let mut reader = Reader::new(&out);
        reader.array(3).unwrap();
        assert_eq!(reader.bytes(), Ok(&[7; 30][..]));
        assert_eq!(reader.text(), Ok("浙江"));
        reader.map_of(1).unwrap();
        assert_eq!(reader.end(), Err(NotCanonical));
        reader.key(5).unwrap();
        assert_eq!(reader.byte_array::<2>(), Ok(&[1, 2]));
        assert_eq!(reader.end(), Ok(()));
    }

    #[test]
    fn other_forms_are_refused() {
        // Indefinite byte string, indefinite text, a tag, a text that is not UTF-8, cut off, a length of 2^64 - 1.
        assert!(Reader::new(&[0x5f, 0x41, 1, 0xff]).bytes().is_err());
        assert!(Reader::new(&[0x7f, 0x61, 0x61, 0xff]).text().is_err());
        assert!(Reader::new(&[0xc1, 0x01]).uint().is_err());
        assert!(Reader::new(&[0x62, 0xff, 0xff]).text().is_err());
        assert!(Reader::new(&[0x43, 1, 2]).bytes().is_err());
        assert!(
            Reader::new(&[0x5b, 255, 255, 255, 255, 255, 255, 255, 255])
                .bytes()
                .is_err()
        );
        assert!(Reader::new(&[0x58, 1, 9]).bytes().is_err());
        assert!(Reader::new(&[0x98, 1]).array(1).is_err());
        assert!(Reader::new(&[0x9f]).array(1).is_err());
        assert!(Reader::new(&[0xbf]).map().is_err());
        assert!(Reader::new(&[0xb8, 1]).map().is_err());
        assert!(Reader::new(&[]).uint().is_err());
    }
}
