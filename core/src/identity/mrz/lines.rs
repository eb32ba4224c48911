//! The lines of a zone in a text.
//!
//! Invariant: only what a keyboard or a reader does to every character is undone (case, width, spaces, other angle brackets);
//! a line is never shifted: fillers are added to or taken from the end of the line of names alone, which has nothing behind.

use super::layout::SIZES;
use super::{MAX_MRZ_BYTES, MrzError, MrzFault, MrzFormat};
use crate::identity::characters::clean_short;

/// The layout, and its lines at their full length, ASCII.
pub(super) fn lines_of(text: &str) -> Result<(MrzFormat, Vec<Vec<u8>>), MrzFault> {
    let layout = MrzFault::new(MrzError::Layout, (0, 0, 0));
    if text.len() > MAX_MRZ_BYTES {
        return Err(layout);
    }
    let mut lines = Vec::new();
    for line in text.lines() {
        let line = folded(line);
        if !line.is_empty() {
            lines.push(line);
        }
    }
    if let [only] = lines.as_slice() {
        let whole = only.clone();
        let split = SIZES
            .into_iter()
            .find(|(_, count, length)| whole.len() == count * length);
        let (_, _, length) = split.ok_or(layout)?;
        lines = whole.chunks(length).map(<[char]>::to_vec).collect();
    }
    for (format, count, length) in SIZES {
        if lines.len() != count {
            continue;
        }
        let names = if format == MrzFormat::Td1 { 2 } else { 0 };
        let mut fitted = lines.clone();
        fit(&mut fitted[names], length);
        if fitted.iter().any(|line| line.len() != length) {
            continue;
        }
        return ascii(&fitted).map(|lines| (format, lines));
    }
    Err(layout)
}

/// Upper case, ASCII where there is a counterpart, without spaces; one filler for each angle bracket.
fn folded(line: &str) -> Vec<char> {
    let mut folded = Vec::new();
    for character in clean_short(line).chars() {
        match character {
            ' ' => {}
            '\u{ab}' | '\u{300a}' | '\u{226a}' => folded.extend(['<', '<']),
            '\u{2039}' | '\u{3008}' | '\u{2329}' | '\u{27e8}' | '\u{276e}' => folded.push('<'),
            other => folded.push(other.to_ascii_uppercase()),
        }
    }
    folded
}

/// The fillers at the end of a line of names, as many as there have to be.
fn fit(line: &mut Vec<char>, length: usize) {
    if line.last() == Some(&'<') {
        while line.len() > length && line.last() == Some(&'<') {
            line.pop();
        }
        while line.len() < length {
            line.push('<');
        }
    }
}

fn ascii(lines: &[Vec<char>]) -> Result<Vec<Vec<u8>>, MrzFault> {
    let mut all = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let mut bytes = Vec::with_capacity(line.len());
        for (place, character) in line.iter().enumerate() {
            match u8::try_from(*character) {
                Ok(byte @ (b'A'..=b'Z' | b'0'..=b'9' | b'<')) => bytes.push(byte),
                _ => return Err(MrzFault::new(MrzError::Character, (at + 1, place + 1, 1))),
            }
        }
        all.push(bytes);
    }
    Ok(all)
}
