//! Fields of a zone, each by its alphabet, against its check digit.
//!
//! Invariant: a look-alike is replaced only where the alphabet of its place has no other reading (digits in dates and check
//! digits, letters in names and codes of states), and the replacement is told. Numbers of documents have both alphabets:
//! nothing is replaced there.

use super::layout::{Field, Layout};
use super::{MrzCorrection, MrzError, MrzFault};
use crate::identity::check_digits::check_digit_7_3_1;

const FILLER: u8 = b'<';

/// A zone while it is read.
pub(super) struct Zone {
    lines: Vec<Vec<u8>>,
    corrections: Vec<MrzCorrection>,
    faults: Vec<MrzFault>,
}

impl Zone {
    pub(super) const fn new(lines: Vec<Vec<u8>>) -> Self {
        Self {
            lines,
            corrections: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// What was corrected and what is wrong, in the order of the lines.
    pub(super) fn found(mut self) -> (Vec<MrzCorrection>, Vec<MrzFault>) {
        self.corrections.sort_by_key(|one| (one.line, one.column));
        self.faults
            .sort_by_key(|one| (one.line, one.column, one.length));
        self.faults.dedup();
        (self.corrections, self.faults)
    }

    pub(super) fn fault(&mut self, error: MrzError, at: Field) {
        let place = (at.line + 1, at.start + 1, at.len);
        self.faults.push(MrzFault::new(error, place));
    }

    fn get(&self, at: Field) -> Vec<u8> {
        let line = self.lines.get(at.line);
        let part = line.and_then(|line| line.get(at.start..at.start + at.len));
        part.unwrap_or_default().to_vec()
    }

    fn text(&self, at: Field) -> String {
        self.get(at).into_iter().map(char::from).collect()
    }

    /// Replaces each character of `at` that `other` has the only reading of.
    fn correct(&mut self, at: Field, other: impl Fn(u8) -> Option<u8>) {
        for place in at.start..at.start + at.len {
            let Some(byte) = self
                .lines
                .get_mut(at.line)
                .and_then(|line| line.get_mut(place))
            else {
                continue;
            };
            let Some(taken) = other(*byte) else { continue };
            self.corrections.push(MrzCorrection {
                line: u32::try_from(at.line + 1).unwrap_or(u32::MAX),
                column: u32::try_from(place + 1).unwrap_or(u32::MAX),
                read: char::from(*byte).to_string(),
                taken: char::from(taken).to_string(),
            });
            *byte = taken;
        }
    }

    /// A field of letters and fillers.
    pub(super) fn letters_and_fillers(&mut self, at: Field) -> String {
        self.correct(at, letter_for);
        for (offset, byte) in self.get(at).into_iter().enumerate() {
            if !byte.is_ascii_uppercase() && byte != FILLER {
                let one = Field {
                    start: at.start + offset,
                    len: 1,
                    ..at
                };
                self.fault(MrzError::Character, one);
            }
        }
        self.text(at)
    }

    /// One to three letters, then fillers.
    pub(super) fn state(&mut self, at: Field) -> String {
        let code = self.letters_and_fillers(at);
        let letters = code.trim_end_matches('<');
        if letters.is_empty() || letters.contains('<') {
            self.fault(MrzError::Character, at);
        }
        letters.to_owned()
    }

    /// By GB/T 2261.1.
    pub(super) fn sex(&mut self, at: Field) -> &'static str {
        match self.get(at).as_slice() {
            b"M" => "1",
            b"F" => "2",
            b"<" | b"X" => "9",
            _ => {
                self.fault(MrzError::Character, at);
                "9"
            }
        }
    }

    /// A date of digits, or with fillers where it is not known, and its check digit. None where it is neither.
    pub(super) fn checked_date(
        &mut self,
        at: Field,
        unchecked: MrzError,
        no_date: MrzError,
    ) -> Option<[u8; 6]> {
        self.correct(at, digit_for);
        self.correct(at.check(), digit_for);
        let date = self.get(at);
        if self.get(at.check()) != [check_digit_7_3_1(&date)] {
            self.fault(unchecked, at);
        }
        let fits = date
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == FILLER);
        let date = <[u8; 6]>::try_from(date).ok().filter(|_| fits);
        if date.is_none() {
            self.fault(no_date, at);
        }
        date
    }

    /// The document's number, long ones whole, and the optional data without the rest of it.
    pub(super) fn number_and_optional(&mut self, layout: &Layout) -> (String, Vec<String>) {
        let number = self.get(layout.number);
        let mut optional: Vec<Vec<u8>> = layout.optional.iter().map(|at| self.get(*at)).collect();
        let mut whole = number.clone();
        let is_long = layout.continues && self.get(layout.number.check()) == [FILLER];
        if is_long && let Some(first) = optional.first_mut() {
            // The rest, its check digit and a filler.
            let end = first
                .iter()
                .position(|byte| *byte == FILLER)
                .unwrap_or(first.len());
            let rest = first.drain(..end).collect::<Vec<_>>();
            match rest.split_last() {
                Some((check, rest)) if !number.contains(&FILLER) => {
                    whole.extend(rest);
                    if check_digit_7_3_1(&whole) != *check {
                        self.fault(MrzError::NumberCheck, layout.number);
                    }
                }
                _ => self.fault(MrzError::NumberCheck, layout.number),
            }
        } else {
            self.correct(layout.number.check(), digit_for);
            if self.get(layout.number.check()) != [check_digit_7_3_1(&number)] {
                self.fault(MrzError::NumberCheck, layout.number);
            }
        }
        if layout.optional_is_checked
            && let (Some(at), Some(data)) = (layout.optional.first(), optional.first())
        {
            let check = self.get(at.check());
            let is_empty = data.iter().all(|byte| *byte == FILLER);
            if check != [check_digit_7_3_1(data)] && !(is_empty && check == [FILLER]) {
                self.fault(MrzError::OptionalCheck, *at);
            }
        }
        let number = read_aloud(&whole).replace(' ', "");
        if number.is_empty() {
            self.fault(MrzError::NumberMissing, layout.number);
        }
        let optional = optional.iter().map(|data| read_aloud(data));
        (number, optional.filter(|data| !data.is_empty()).collect())
    }

    /// The check digit over the lines.
    pub(super) fn composite(&mut self, layout: &Layout) {
        self.correct(layout.composite, digit_for);
        let covered: Vec<u8> = layout.covered.iter().flat_map(|at| self.get(*at)).collect();
        if self.get(layout.composite) != [check_digit_7_3_1(&covered)] {
            self.fault(MrzError::CompositeCheck, layout.composite);
        }
    }
}

/// Without fillers at the ends, those within as spaces.
fn read_aloud(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let words = text.split('<').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The digit that a letter is, where only digits can stand.
const fn digit_for(byte: u8) -> Option<u8> {
    Some(match byte {
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'G' => b'6',
        b'B' => b'8',
        _ => return None,
    })
}

/// The letter that a digit is, where only letters can stand.
const fn letter_for(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0' => b'O',
        b'1' => b'I',
        b'2' => b'Z',
        b'5' => b'S',
        b'6' => b'G',
        b'8' => b'B',
        _ => return None,
    })
}
