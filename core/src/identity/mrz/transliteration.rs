//! Letters of national alphabets as a zone writes them: ICAO Doc 9303, part 3, section 6, tables A (Latin), B (Cyrillic) and C
//! (Arabic).
//!
//! Invariant: of several ways that the tables allow all are known, the recommended one first. What the tables do not have (Han,
//! Hangul, Greek) has none: it cannot be compared by a machine.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The ways in which a character may be written; none where the tables have none. Signs that are left out give an empty text.
pub(super) fn ways(character: char) -> Option<&'static [&'static str]> {
    let mut upper = character.to_uppercase();
    let upper = match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        // Of ß two letters are made, which is what the table says of it.
        _ => character,
    };
    latin(upper)
        .or_else(|| cyrillic(upper))
        .or_else(|| arabic(character))
}

fn latin(c: char) -> Option<&'static [&'static str]> {
    Some(match c {
        'A'..='Z' => letter(c),
        'Ä' => &["AE", "A"],
        'Å' => &["AA", "A"],
        'Æ' => &["AE"],
        'Ð' | 'Đ' => &["D"],
        'Ħ' => &["H"],
        'ı' => &["I"],
        'Ĳ' => &["IJ"],
        'ĸ' => &["Q"],
        'Ł' | 'Ŀ' => &["L"],
        'Ñ' => &["N", "NXX"],
        'Ŋ' => &["N"],
        'Ö' | 'Ø' => &["OE", "O"],
        'Œ' => &["OE"],
        'ß' | 'ẞ' => &["SS"],
        'Þ' => &["TH"],
        'Ŧ' => &["T"],
        'Ü' => &["UE", "UXX", "U"],
        // Left out: apostrophes, commas, full stops. Hyphens and spaces part words.
        '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{b4}' | '`' | ',' | '.' => &[""],
        other => return base(other),
    })
}

/// A letter without its marks.
fn base(c: char) -> Option<&'static [&'static str]> {
    let mut buffer = [0; 4];
    let text = c.encode_utf8(&mut buffer);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let first = decomposed.chars().next().filter(|first| *first != c);
    match first {
        Some(first @ 'A'..='Z') => Some(letter(first)),
        Some(first @ 'А'..='Я') if c != 'Й' && c != 'Ё' && c != 'Ї' && c != 'Ў' => {
            cyrillic(first)
        }
        _ => None,
    }
}

fn letter(c: char) -> &'static [&'static str] {
    const LETTERS: [[&str; 1]; 26] = [
        ["A"],
        ["B"],
        ["C"],
        ["D"],
        ["E"],
        ["F"],
        ["G"],
        ["H"],
        ["I"],
        ["J"],
        ["K"],
        ["L"],
        ["M"],
        ["N"],
        ["O"],
        ["P"],
        ["Q"],
        ["R"],
        ["S"],
        ["T"],
        ["U"],
        ["V"],
        ["W"],
        ["X"],
        ["Y"],
        ["Z"],
    ];
    let at = usize::try_from(u32::from(c).wrapping_sub(u32::from('A'))).unwrap_or(usize::MAX);
    LETTERS.get(at).map_or(&[], |way| way.as_slice())
}

/// With what single languages have instead: Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian.
fn cyrillic(c: char) -> Option<&'static [&'static str]> {
    Some(match c {
        'А' => &["A"],
        'Б' => &["B"],
        'В' => &["V"],
        'Г' => &["G", "H"],
        'Ґ' | 'Ѓ' => &["G"],
        'Д' | 'Ђ' => &["D"],
        'Е' | 'Э' => &["E"],
        'Ё' => &["E", "IO"],
        'Є' => &["IE"],
        'Ж' => &["ZH", "Z"],
        'З' => &["Z"],
        'Ѕ' => &["DZ"],
        'И' => &["I", "Y"],
        'І' | 'Ї' | 'Й' => &["I"],
        'Ј' => &["J"],
        'К' | 'Ќ' => &["K"],
        'Л' => &["L"],
        'Љ' => &["LJ"],
        'М' => &["M"],
        'Н' => &["N"],
        'Њ' => &["NJ"],
        'О' => &["O"],
        'П' => &["P"],
        'Р' => &["R"],
        'С' => &["S"],
        'Т' => &["T"],
        'Ћ' => &["C"],
        'У' | 'Ў' | 'Ѫ' => &["U"],
        'Ф' => &["F"],
        'Х' => &["KH", "H"],
        'Ц' => &["TS", "C"],
        'Ч' => &["CH", "C"],
        'Џ' => &["DZ", "DJ"],
        'Ш' => &["SH", "S"],
        'Щ' => &["SHCH", "SHT"],
        'Ъ' => &["IE", ""],
        'Ы' | 'Ѵ' => &["Y"],
        'Ь' => &[""],
        'Ю' => &["IU"],
        'Я' => &["IA"],
        _ => return None,
    })
}

/// Short vowels and the stretching stroke are not written.
fn arabic(c: char) -> Option<&'static [&'static str]> {
    Some(match c {
        '\u{621}' => &["XE"],
        '\u{622}' => &["XAA"],
        '\u{623}' => &["XAE"],
        '\u{624}' => &["U"],
        '\u{625}' => &["I"],
        '\u{626}' => &["XI"],
        '\u{627}' => &["A"],
        '\u{628}' => &["B"],
        // Within a word, and at its end.
        '\u{629}' => &["XTA", "XAH"],
        '\u{62a}' => &["T"],
        '\u{62b}' => &["XTH"],
        '\u{62c}' => &["J"],
        '\u{62d}' => &["XH"],
        '\u{62e}' => &["XKH"],
        '\u{62f}' => &["D"],
        '\u{630}' => &["XDH"],
        '\u{631}' => &["R"],
        '\u{632}' => &["Z"],
        '\u{633}' => &["S"],
        '\u{634}' => &["XSH"],
        '\u{635}' => &["XSS"],
        '\u{636}' => &["XDZ"],
        '\u{637}' => &["XTT"],
        '\u{638}' => &["XZZ"],
        '\u{639}' => &["E"],
        '\u{63a}' => &["G"],
        '\u{641}' => &["F"],
        '\u{642}' => &["Q"],
        '\u{643}' => &["K"],
        '\u{644}' => &["L"],
        '\u{645}' => &["M"],
        '\u{646}' => &["N"],
        '\u{647}' => &["H"],
        '\u{648}' => &["W"],
        '\u{649}' => &["XAY"],
        '\u{64a}' => &["Y"],
        '\u{67e}' => &["P"],
        '\u{686}' => &["XC"],
        '\u{698}' => &["XJ"],
        '\u{6a9}' => &["XKK"],
        '\u{6af}' => &["XGG"],
        '\u{6cc}' => &["XYA"],
        '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' => &[""],
        _ => return None,
    })
}

/// A name as a zone writes it, the recommended way: words parted by `<`. None where a letter is in none of the tables.
#[must_use]
pub fn transliterate(name: &str) -> Option<String> {
    let mut written = String::new();
    for word in words(name) {
        if !written.is_empty() {
            written.push('<');
        }
        let last = word.chars().count();
        for (at, character) in word.chars().enumerate() {
            let ways = ways(character)?;
            let is_end = at + 1 == last && character == '\u{629}';
            written.push_str(ways.get(usize::from(is_end)).or(ways.first())?);
        }
    }
    (!written.is_empty()).then_some(written)
}

/// The words of a name, those joined by a hyphen apart.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '<' | '\u{b7}')
    });
    parts.filter(|word| !word.is_empty())
}
