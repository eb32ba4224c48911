//! Reads the listing of the interface, and what Kotlin and Swift sources call.

use std::fmt;

/// Something that an app calls.
#[derive(Debug, PartialEq, Eq)]
pub struct Public {
    /// The object; empty for a function.
    pub owner: String,
    pub name: String,
    pub is_constructor: bool,
}

impl Public {
    pub const fn is_method(&self) -> bool {
        !self.owner.is_empty()
    }
}

impl fmt::Display for Public {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner.as_str() {
            "" => write!(out, "{}", self.name),
            owner => write!(out, "{owner}.{}", self.name),
        }
    }
}

fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(is_letter)
}

/// The functions, constructors and methods of a listing, or the line that is none. What apps implement is not called by them.
pub fn listed(listing: &str) -> Result<Vec<Public>, String> {
    let (mut section, mut owner, mut found) = ("", String::new(), Vec::new());
    for line in listing.lines() {
        let text = line.trim_start();
        let (indent, words) = (line.len() - text.len(), text.trim_end());
        let depth = match (section, indent) {
            (_, 0) => {
                section = words;
                continue;
            }
            ("Objects" | "Functions", depth) => depth,
            _ => continue,
        };
        let (is_constructor, words) = match words.strip_prefix("static ") {
            Some(rest) => (true, rest),
            None => (false, words),
        };
        let name = words.split_once('(').map(|(name, _)| name);
        match (section, depth, name) {
            ("Objects", 2, None) if is_name(words) => words.clone_into(&mut owner),
            ("Objects", 6, Some(name)) if is_name(name) && !owner.is_empty() => {
                found.push(Public {
                    owner: owner.clone(),
                    name: name.to_owned(),
                    is_constructor,
                });
            }
            ("Functions", 2, Some(name)) if is_name(name) => found.push(Public {
                owner: String::new(),
                name: name.to_owned(),
                is_constructor,
            }),
            // The rest of a long line.
            (_, 4 | 10, _) => {}
            _ => return Err(line.to_owned()),
        }
    }
    Ok(found)
}

/// `code_png` as `codePng`.
pub fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        name + &word[..1].to_uppercase() + &word[1..]
    })
}

/// Whether code calls a name, with something before its dot if it `is_method`; where it is declared it is not called.
pub fn called(code: &str, name: &str, is_method: bool) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let begins = !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let is_declared = ["fun", "func"].iter().any(|word| {
            let rest = before.trim_end().strip_suffix(word);
            rest.is_some_and(|rest| !rest.ends_with(|letter: char| letter.is_alphanumeric()))
        });
        begins && after.starts_with('(') && !is_declared && (!is_method || before.ends_with('.'))
    })
}

/// Whether these words stand in code, wherever its lines end.
pub fn stands(code: &str, words: &str) -> bool {
    let squeezed: Vec<_> = code.split_whitespace().collect();
    let squeezed = squeezed.join(" ").replace("( ", "(");
    squeezed.match_indices(words).any(|(at, _)| {
        let before = &squeezed[..at];
        !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
    })
}

/// A source without its comments, texts and names in backticks.
pub fn code_of(source: &str) -> String {
    let (mut code, mut rest) = (String::new(), source);
    while let Some(first) = rest.chars().next() {
        let left_out = [
            ("//", "\n"),
            ("/*", "*/"),
            ("#\"", "\"#"),
            ("\"\"\"", "\"\"\""),
            ("`", "`"),
        ]
        .into_iter()
        .find(|(begin, _)| rest.starts_with(begin));
        let length = match left_out {
            Some((begin, end)) => {
                let inside = &rest[begin.len()..];
                begin.len() + inside.find(end).map_or(inside.len(), |at| at + end.len())
            }
            None if first == '"' || is_letter_in_quotes(rest) => quoted(rest, first),
            None => {
                code.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
        };
        code.push(' ');
        rest = &rest[length..];
    }
    code
}

/// How long a text in quotes is, with both.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote || letter == '\n' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Kotlin's `'"'` and `'\n'`.
fn is_letter_in_quotes(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('\'') else {
        return false;
    };
    let inside = inside.strip_prefix('\\').unwrap_or(inside);
    inside.chars().nth(1) == Some('\'')
}

#[test]
fn what_is_said_is_not_called() {
    let source = r##"
        // said(1) in a comment
        /* said(2) */ val a = "said(3) \" said(4)" + '"' + done(5)
        fun `it's said(6)`() = """said(7) "said(8)" """
        let raw = #"{"said(9)": "said(10)"}"#; x.ended(11)
    "##;
    let code = code_of(source);
    assert!(!code.contains("said"), "{code}");
    assert!(called(&code, "done", false) && called(&code, "ended", true));
}

#[test]
fn a_call_is_known_from_a_declaration_and_a_longer_name() {
    for (code, is_function, is_method) in [
        ("a.send(x)", true, true),
        ("send(x)", true, false),
        ("fun send(x)", false, false),
        ("private func send(x)", false, false),
        ("a.resend(x)", false, false),
        ("a.sends(x)", false, false),
        ("a.send", false, false),
        ("perfunc send(x)", true, false),
        ("?.send(x)", true, true),
    ] {
        assert_eq!(called(code, "send", false), is_function, "{code}");
        assert_eq!(called(code, "send", true), is_method, "{code}");
    }
    assert_eq!(camel("submit_declaration_for"), "submitDeclarationFor");
    assert!(stands("let a = B(\n        c: d,\n e: f)", "B(c: d, e:"));
    assert!(!stands("AB(c: d)", "B(c:"));
}
