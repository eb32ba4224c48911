//! JSON without the blanks that only people need, made when the core is compiled: a third of a shipped form.
//!
//! Invariant: what is read from it is what is read from the original. It knows texts and blanks, nothing else of JSON.

/// Bytes of [`compact`].
pub(super) const fn length(json: &str) -> usize {
    let json = json.as_bytes();
    let (mut at, mut kept, mut state) = (0, 0, State::new());
    while at < json.len() {
        kept += state.keeps(json[at]) as usize;
        at += 1;
    }
    kept
}

/// `json` without blanks outside of its texts; `N` is its [`length`].
pub(super) const fn compact<const N: usize>(json: &str) -> [u8; N] {
    let json = json.as_bytes();
    let mut compact = [0; N];
    let (mut at, mut kept, mut state) = (0, 0, State::new());
    while at < json.len() {
        if state.keeps(json[at]) {
            compact[kept] = json[at];
            kept += 1;
        }
        at += 1;
    }
    compact
}

/// Where in a JSON text one is.
struct State {
    in_text: bool,
    after_backslash: bool,
}

impl State {
    const fn new() -> Self {
        Self {
            in_text: false,
            after_backslash: false,
        }
    }

    /// Whether this byte, the next one, stays.
    const fn keeps(&mut self, byte: u8) -> bool {
        if self.after_backslash {
            self.after_backslash = false;
            return true;
        }
        match byte {
            b'"' => self.in_text = !self.in_text,
            b'\\' => self.after_backslash = true,
            b' ' | b'\t' | b'\r' | b'\n' => return self.in_text,
            _ => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{compact, length};

    #[test]
    fn blanks_stay_in_texts_alone() {
        const JSON: &str = " { \"a b\" : [ 1 ,\r\n\t\"\\\" c \\\\\" , \"\\\\\" ] }\n";
        const COMPACT: [u8; length(JSON)] = compact(JSON);
        let text = std::str::from_utf8(&COMPACT).unwrap();
        assert_eq!(text, r#"{"a b":[1,"\" c \\","\\"]}"#);
    }

    #[test]
    fn shipped_forms_say_what_their_files_say() {
        let files = [
            include_str!("../../data/forms/health-declaration.json"),
            include_str!("../../data/forms/registration.json"),
            include_str!("../../data/forms/entry-declaration.json"),
        ];
        for (form, file) in super::super::shipped().iter().zip(files) {
            let read = |json| serde_json::from_str::<serde_json::Value>(json).unwrap();
            assert_eq!(read(form.json), read(file));
            assert!(form.json.len() * 10 < file.len() * 8);
        }
    }
}
