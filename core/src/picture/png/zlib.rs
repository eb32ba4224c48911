//! The compressed stream of a PNG (RFC 1950, RFC 1951) for lines of which each comes several times.
//!
//! Invariant: any reader gets exactly these lines back. It looks for nothing but a line once more and a run of one byte,
//! which is what a scaled matrix is made of, and uses the fixed codes: a general compressor is 40 KB more in every app.

/// Two bytes before the data: deflate, a window of 32 KiB, no dictionary.
const HEAD: [u8; 2] = [0x78, 0x01];
/// Longest and shortest match (RFC 1951, 3.2.5).
const MATCH: std::ops::RangeInclusive<usize> = 3..=258;

/// `bytes` as they are, for at most 65,535 of them; none beyond.
pub(super) fn stored(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(bytes.len()).ok()?;
    let mut stream = Vec::with_capacity(bytes.len() + 11);
    stream.extend(HEAD);
    // The only block, of the kind that is not compressed.
    stream.push(1);
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(bytes);
    let mut checksum = Checksum::new();
    checksum.update(bytes);
    stream.extend(checksum.finish());
    Some(stream)
}

/// Each of `lines` so many `times`. A line has 3 to 32,768 bytes.
pub(super) fn repeated<'l>(lines: impl Iterator<Item = &'l [u8]>, times: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    let mut checksum = Checksum::new();
    // The only block, of the kind with fixed codes.
    bits.push(0b011, 3);
    for line in lines {
        bits.line(line);
        bits.matches(line.len() * (times - 1), line.len());
        for _ in 0..times {
            checksum.update(line);
        }
    }
    bits.symbol(256);
    let mut stream = bits.finish();
    stream.extend(checksum.finish());
    stream
}

/// What deflate writes, bit after bit from the lowest one.
struct Bits {
    stream: Vec<u8>,
    held: u64,
    count: u32,
}

impl Default for Bits {
    fn default() -> Self {
        Self {
            stream: HEAD.to_vec(),
            held: 0,
            count: 0,
        }
    }
}

impl Bits {
    /// The lowest `count` bits of `value`, at most 16.
    fn push(&mut self, value: usize, count: u32) {
        self.held |= (value as u64) << self.count;
        self.count += count;
        while self.count >= 8 {
            let [lowest, ..] = self.held.to_le_bytes();
            self.stream.push(lowest);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A Huffman code, which goes from its highest bit.
    fn code(&mut self, code: usize, count: u32) {
        self.push(code.reverse_bits() >> (usize::BITS - count), count);
    }

    /// A literal, a length or the end, in its fixed code (RFC 1951, 3.2.6).
    fn symbol(&mut self, symbol: usize) {
        match symbol {
            0..144 => self.code(0x30 + symbol, 8),
            144..256 => self.code(0x190 + symbol - 144, 9),
            256..280 => self.code(symbol - 256, 7),
            _ => self.code(0xC0 + symbol - 280, 8),
        }
    }

    /// A line that was not there before.
    fn line(&mut self, line: &[u8]) {
        for run in line.chunk_by(|left, right| left == right) {
            let literals = if run.len() > *MATCH.start() {
                1
            } else {
                run.len()
            };
            for byte in &run[..literals] {
                self.symbol(usize::from(*byte));
            }
            self.matches(run.len() - literals, 1);
        }
    }

    /// The `length` bytes that came `distance` before, once more: none, or 3 and more.
    fn matches(&mut self, mut length: usize, distance: usize) {
        while length > 0 {
            let mut piece = length.min(*MATCH.end());
            if (1..*MATCH.start()).contains(&(length - piece)) {
                piece -= MATCH.start();
            }
            length -= piece;
            self.length(piece);
            self.distance(distance);
        }
    }

    /// RFC 1951, 3.2.5: lengths in groups of four that have one more extra bit each.
    fn length(&mut self, length: usize) {
        let above = length - MATCH.start();
        match above {
            0..8 => self.symbol(257 + above),
            255 => self.symbol(285),
            _ => {
                let extra = above.ilog2() - 2;
                self.symbol(261 + 4 * extra as usize + ((above >> extra) & 3));
                self.push(above & ((1 << extra) - 1), extra);
            }
        }
    }

    /// RFC 1951, 3.2.5: distances in groups of two that have one more extra bit each.
    fn distance(&mut self, distance: usize) {
        let above = distance - 1;
        if above < 4 {
            return self.code(above, 5);
        }
        let extra = above.ilog2() - 1;
        self.code(2 + 2 * extra as usize + ((above >> extra) & 1), 5);
        self.push(above & ((1 << extra) - 1), extra);
    }

    /// The stream, filled up to a whole byte.
    fn finish(mut self) -> Vec<u8> {
        self.push(0, 7);
        self.stream
    }
}

/// Adler-32 (RFC 1950, 9).
struct Checksum(u32, u32);

impl Checksum {
    const fn new() -> Self {
        Self(1, 0)
    }

    fn update(&mut self, bytes: &[u8]) {
        // So many sums still fit into 32 bits.
        for chunk in bytes.chunks(5_552) {
            for byte in chunk {
                self.0 += u32::from(*byte);
                self.1 += self.0;
            }
            self.0 %= 65_521;
            self.1 %= 65_521;
        }
    }

    fn finish(self) -> [u8; 4] {
        (self.1 << 16 | self.0).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;
    use proptest::prelude::*;

    use super::{repeated, stored};

    fn read(stream: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(stream).read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn every_length_of_a_run_and_of_a_line() {
        for length in 3..1_200 {
            let line = vec![0x5A; length];
            for times in [1, 2, 3, 32] {
                let stream = repeated(std::iter::once(&line[..]), times);
                assert_eq!(read(&stream), line.repeat(times), "{length} {times}");
            }
        }
        let longest = vec![7; 32_768];
        assert_eq!(
            read(&repeated(std::iter::once(&longest[..]), 2)),
            longest.repeat(2)
        );
    }

    #[test]
    fn stored_up_to_what_one_block_holds() {
        for length in [0, 1, 5_552, 5_553, 65_535] {
            let bytes = vec![0xFF; length];
            assert_eq!(read(&stored(&bytes).unwrap()), bytes);
        }
        assert_eq!(stored(&vec![0; 65_536]), None);
    }

    proptest! {
        #[test]
        fn any_lines_come_back(
            lines in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 3..99), 0..9),
            times in 1..9_usize,
        ) {
            let stream = repeated(lines.iter().map(Vec::as_slice), times);
            let expected: Vec<u8> = lines.iter().flat_map(|line| line.repeat(times)).collect();
            prop_assert_eq!(read(&stream), expected);
        }
    }
}
